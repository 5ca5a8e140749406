"""From the event loop to Django's WSGI handler in a fixed pool of threads, with one hand-over each way.

Every hand-over between threads waits for the interpreter: with one for the request and one for the answer a post takes
a fifth less of the processor than with one for each message. So a small body is read before a thread is taken (which
then cannot be held up by a slow sender), and an answer is sent when it is whole. A large body is read by the thread
itself, as it comes, by a2wsgi; so few at once that the other threads go on answering.
"""

import asyncio
import io
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi import Body, build_environ
from a2wsgi.wsgi_typing import WSGIApp

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Push = Callable[[Message], None]

SMALL_BODY = 256 * 1024
WHOLE_ANSWER = 1024 * 1024
LARGE_AT_ONCE = 4
_BODY = "http.response.body"


class Bridge:
    """An ASGI application that answers HTTP by a WSGI application in `workers` threads."""

    def __init__(self, app: WSGIApp, workers: int) -> None:
        self._app = app
        self._as_it_comes = WSGIMiddleware(app, workers=workers)
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; nothing is answered to a client that leaves before its body is whole."""
        if not _is_small(scope):
            async with self._large:
                await self._as_it_comes(scope, receive, send)  # type: ignore[arg-type]
        elif (body := await _read(receive)) is not None:
            await self._answer(scope, body, send)

    async def _answer(self, scope: Scope, body: bytes, send: Send) -> None:
        loop = asyncio.get_running_loop()

        def push(message: Message) -> None:
            asyncio.run_coroutine_threadsafe(cast(Any, send(message)), loop).result()

        environ = cast(dict[str, Any], build_environ(cast(Any, scope), cast(Body, io.BytesIO(body))))
        for message in await loop.run_in_executor(self._as_it_comes.executor, self._run, environ, push):
            await send(message)

    def _run(self, environ: dict[str, Any], push: Push) -> list[Message]:
        """Run the application in a thread; returns what is left to send. A long answer goes out part by part."""
        start: Message = {"type": "http.response.start"}

        def start_response(status: str, headers: list[tuple[str, str]], _fault: object = None) -> Callable[..., None]:
            start["status"] = int(status[:3])
            start["headers"] = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
            return _never

        parts: Iterable[bytes] = self._app(cast(Any, environ), cast(Any, start_response))
        try:
            if not getattr(parts, "streaming", False) or _length(start["headers"]) <= WHOLE_ANSWER:
                return [start, {"type": _BODY, "body": b"".join(parts)}]
            push(start)
            for part in parts:
                push({"type": _BODY, "body": part, "more_body": True})
            return [{"type": _BODY, "body": b""}]
        finally:
            getattr(parts, "close", lambda: None)()


async def _read(receive: Receive) -> bytes | None:
    """Return the whole body; None when the client has left."""
    parts = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _is_small(scope: Scope) -> bool:
    """Whether the body is known to be small; one that does not say how long it is may be of any length."""
    headers = scope["headers"]
    return _length(headers, otherwise=0) <= SMALL_BODY and not any(name == b"transfer-encoding" for name, _ in headers)


def _length(headers: Iterable[tuple[bytes, bytes]], *, otherwise: int = WHOLE_ANSWER + 1) -> int:
    return next((int(value) for name, value in headers if name == b"content-length" and value.isdigit()), otherwise)


def _never(_part: bytes) -> None:
    """WSGI's old way to send; Django does not use it."""
    raise RuntimeError("write() is not offered")
