"""The ASGI application: Django as WSGI in a fixed pool of threads, signal streams beside it.

A stream holds no thread and no database connection; database connections live with the eight threads
(`docs/adr`: five times as fast as Django's own ASGI handler).
"""

import gc
import os
import re
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gemensam.web.settings")

from django.core.wsgi import get_wsgi_application

from gemensam.web.bridge import Bridge, Receive, Scope, Send
from gemensam.web.crowd import Crowd

WORKERS = 8
_STREAM = re.compile(r"/signals|/api/v1/spaces/[^/]+/signals")

_web = Bridge(cast(Any, get_wsgi_application()), workers=WORKERS)

from gemensam.accounts import principals  # noqa: E402  needs Django's settings
from gemensam.audit import log as audit_log  # noqa: E402  needs Django's settings
from gemensam.live import stream  # noqa: E402  needs Django's settings
from gemensam.web.together import Together, is_of_part, tails  # noqa: E402  needs Django's settings

_parts = Crowd(Together(principals.judge_together).answer, _web, at_once=principals.MANY)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one connection: the server's lifespan, a signal stream, a part of a page, or a page."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http" and _STREAM.fullmatch(scope["path"]):
        await stream.signals(scope, receive, send)
    elif scope["type"] == "http" and is_of_part(scope):
        await _parts(scope, receive, send)
    elif scope["type"] == "http":
        await _web(scope, receive, send)
    else:
        await send({"type": "websocket.close", "code": 1003})


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            audit_log.start()
            tails()
            _freeze_what_is_loaded()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def _freeze_what_is_loaded() -> None:
    """Let the cyclic collector pass over the program itself: else some requests wait while it walks through it all."""
    gc.collect()
    gc.freeze()
