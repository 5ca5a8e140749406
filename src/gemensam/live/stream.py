"""The streams as a raw ASGI application: `/signals`, and `/api/v1/spaces/<space>/signals` for one space.

Who asks is found out once, in a thread; after that a stream holds no thread and no database connection. Errors are
problem documents (RFC 9457).
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs, unquote

from gemensam.live.hub import Hub, Refusal
from gemensam.live.labels import words
from gemensam.live.seat import CursorNotUnderstood, Seat, event_bytes, read_cursor

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_ONE_SPACE = re.compile(r"/api/v1/spaces/([^/]+)/signals")
_STATUS = {
    "not_signed_in": 401,
    "not_found": 404,
    "method_not_allowed": 405,
    "cursor_not_understood": 422,
    "too_many_streams": 429,
    "closing": 503,
}
_EXTRA = {
    "not_signed_in": [(b"www-authenticate", b"Bearer")],
    "method_not_allowed": [(b"allow", b"GET, HEAD")],
    "too_many_streams": [(b"retry-after", b"60")],
    "closing": [(b"retry-after", b"2")],
}
_SAFE = [(b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]
# x-accel-buffering: a proxy in front must pass each signal on at once.
_OPENED = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no"), *_SAFE]


async def signals(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the streams of this process's hub."""
    from gemensam.live.access import the_hub

    await Streams(the_hub())(scope, receive, send)


async def close() -> None:
    """End every stream of this process: the server calls it before it waits for connections to close."""
    from gemensam.live import access

    access.close()


class Streams:
    """The ASGI application over one hub."""

    def __init__(self, hub: Hub, *, stalled_after: float = 30.0) -> None:
        self.hub = hub
        self._stalled_after = stalled_after

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a stream that lasts until the viewer leaves, loses its rights, or the hub closes."""
        try:
            await self._answer(scope, receive, send)
        except Refusal as refusal:
            await _refuse(refusal.code, scope, send)
        except CursorNotUnderstood:
            await _refuse("cursor_not_understood", scope, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        only = _space_asked_for(scope)
        if scope["method"] == "HEAD":
            await self.hub.check(scope, only)
            await _finish(200, _OPENED, b"", send)
        elif scope["method"] == "GET":
            cursor = _cursor_of(scope, only)
            await self._serve(await self.hub.admit(scope, only, cursor), receive, send)
        else:
            raise Refusal("method_not_allowed")

    async def _serve(self, seat: Seat, receive: Receive, send: Send) -> None:
        gone = asyncio.ensure_future(_until_disconnect(receive))
        gone.add_done_callback(lambda _: _leave_quietly(seat))
        try:
            async with asyncio.timeout(None) as patience:
                await self._write(seat, send, patience)
        except TimeoutError:
            pass  # the line takes nothing: the viewer is dropped, and resumes from its cursor when it comes back
        finally:
            self.hub.leave(seat)
            gone.cancel()

    async def _write(self, seat: Seat, send: Send, patience: asyncio.Timeout) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": _OPENED})
        # At once a sign of life with the cursor: the viewer knows that the line is open and where it begins.
        said = seat.beat()
        while seat.is_open():
            if said:
                await self._say(said, send, patience)
            await seat.awake.wait()
            seat.awake.clear()
            said = self.hub.next_bytes(seat)
        if not seat.left:
            await self._say(event_bytes("end", {"reason": seat.ending}), send, patience, more=False)

    async def _say(self, said: bytes, send: Send, patience: asyncio.Timeout, *, more: bool = True) -> None:
        patience.reschedule(asyncio.get_running_loop().time() + self._stalled_after)
        await send({"type": "http.response.body", "body": said, "more_body": more})
        patience.reschedule(None)


async def _until_disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _leave_quietly(seat: Seat) -> None:
    seat.left = True
    seat.awake.set()


def _space_asked_for(scope: Scope) -> str | None:
    found = _ONE_SPACE.fullmatch(scope["path"])
    return unquote(found[1]) if found else None


def _cursor_of(scope: Scope, only: str | None) -> dict[str, int] | None:
    """The cursor from `Last-Event-ID`, or from `after=` of a script that opens its stream anew; None without either."""
    given = _header(scope, b"last-event-id")
    if given is None:
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        given = asked.get("after", [None])[0]
    return None if given is None else read_cursor(given, only)


def _header(scope: Scope, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), None)


async def _refuse(code: str, scope: Scope, send: Send) -> None:
    status = _STATUS[code]
    about = {"type": f"/problems/{code}/", "title": words(code, scope), "status": status, "code": code}
    body = json.dumps(about, ensure_ascii=False, sort_keys=True).encode()
    kind = [(b"content-type", b"application/problem+json")]
    await _finish(status, [*kind, *_SAFE, *_EXTRA.get(code, [])], body, send)


async def _finish(status: int, headers: list[tuple[bytes, bytes]], body: bytes, send: Send) -> None:
    length = [(b"content-length", str(len(body)).encode())] if body else []
    await send({"type": "http.response.start", "status": status, "headers": headers + length})
    await send({"type": "http.response.body", "body": body, "more_body": False})
