"""An empty ASGI application on the same server with the same settings: what HTTP alone costs on this machine.

`/bytes/N` answers N bytes, POST reads its body and answers as a receipt would, `/signals` holds a stream open, and
POST `/shout` sends one event to every stream.
"""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]
RECEIPT = b'{"space":"018f3c1e-0000-7000-8000-000000000000","position":12345,"digest":"' + b"0" * 64 + b'"}'
_streams: set["asyncio.Queue[bytes]"] = set()


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Answer with constant bytes."""
    if scope["type"] != "http":
        return
    path = scope["path"]
    if path == "/signals":
        await _stream(send)
        return
    while (await receive()).get("more_body"):
        pass
    if path.startswith("/shout/"):
        await _shout(path.removeprefix("/shout/"))
    body = RECEIPT if not path.startswith("/bytes/") else b"x" * int(path.removeprefix("/bytes/"))
    headers = [(b"content-type", b"text/html"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _stream(send: Send) -> None:
    queue: asyncio.Queue[bytes] = asyncio.Queue()
    _streams.add(queue)
    try:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})
        await send({"type": "http.response.body", "body": b"event: beat\ndata: {}\n\n", "more_body": True})
        while True:
            await send({"type": "http.response.body", "body": await queue.get(), "more_body": True})
    finally:
        _streams.discard(queue)


async def _shout(position: str) -> None:
    told = f'event: signal\ndata: {{"space":"empty","kind":"report.published","position":{position}}}\n\n'.encode()
    for queue in _streams:
        queue.put_nowait(told)


if __name__ == "__main__":
    config = uvicorn.Config(
        application,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        access_log=False,
        server_header=False,
        log_level="critical",
        lifespan="off",
        timeout_graceful_shutdown=1,
        timeout_keep_alive=20,
        backlog=2048,
    )
    uvicorn.Server(config).run()
    os._exit(0)
