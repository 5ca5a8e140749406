"""From the event loop to Django's WSGI handler in a fixed pool of threads, with one hand-over each way.

Every hand-over between threads waits for the interpreter: with one for the request and one for the answer a post takes
a fifth less of the processor than with one for each message. So a small body is read before a thread is taken (which
then cannot be held up by a slow sender), and an answer is sent when it is whole. A large body is read by the thread
itself, as it comes, by a2wsgi; so few at once that the other threads go on answering. And threads that all want the
interpreter hand it to each other at each question to the database; so only a few work at once, in the order in which
they came, and who takes long (waits for a lock, draws a PDF) lets the next begin beside it.
"""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, MutableMapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, TypeVar, cast

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi import Body, build_environ
from a2wsgi.wsgi_typing import WSGIApp

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Push = Callable[[Message], None]
Answer = TypeVar("Answer")

SMALL_BODY = 256 * 1024
WHOLE_ANSWER = 1024 * 1024
LARGE_AT_ONCE = 4
AT_ONCE, LONG_S = 2, 0.05
_BODY = "http.response.body"


class Turns:
    """Lets `at_once` work at a time in the order in which they came; who takes longer than `long_s` seconds goes on
    beside the next."""

    def __init__(self, at_once: int = AT_ONCE, long_s: float = LONG_S) -> None:
        self._free, self._long_s = asyncio.Semaphore(at_once), long_s

    @property
    def is_full(self) -> bool:
        """Whether the next one must wait."""
        return self._free.locked()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, and have it until the block ends or has taken long."""
        await self._free.acquire()
        has_turn = True

        def give_up() -> None:
            nonlocal has_turn
            if has_turn:
                has_turn = False
                self._free.release()

        long = asyncio.get_running_loop().call_later(self._long_s, give_up)
        try:
            yield
        finally:
            long.cancel()
            give_up()


class Bridge:
    """An ASGI application that answers HTTP by a WSGI application in `workers` threads."""

    def __init__(self, app: WSGIApp, workers: int) -> None:
        self._app = app
        self._as_it_comes = WSGIMiddleware(app, workers=workers)
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)
        self.turns = Turns()

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

        environ = environ_of(scope, body)
        async with self.turns.turn():
            messages = await self.in_thread(partial(self._run, environ, push))
        for message in messages:
            await send(message)

    async def in_thread(self, work: Callable[[], Answer]) -> Answer:
        """Do work in one of the threads; who has a turn does."""
        return await asyncio.get_running_loop().run_in_executor(self._as_it_comes.executor, work)

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


def environ_of(scope: Scope, body: bytes = b"") -> dict[str, Any]:
    """Return what WSGI knows of a request."""
    return cast(dict[str, Any], build_environ(cast(Any, scope), cast(Body, io.BytesIO(body))))


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
