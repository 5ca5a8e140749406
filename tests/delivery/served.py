"""The program's own views served over HTTP from the test's process, so that providers can call back."""

import contextlib
import socketserver
import threading
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import override_settings

from tests.delivery.outside import Elks, settings_for


class Threading(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


class Quiet(WSGIRequestHandler):
    def log_message(self, *_given: Any) -> None:
        """Say nothing."""


@contextlib.contextmanager
def program_served() -> Iterator[str]:
    """Serve the views of this process; gives the address."""
    application = get_wsgi_application()

    def answer(environ: Any, start: Any) -> Any:
        parts = application(environ, start)
        try:
            return list(parts)
        finally:
            # A file that nobody closes ends its request when it is collected: in any thread, within any transaction.
            getattr(parts, "close", lambda: None)()
            connection.close()

    made = make_server("localhost", 0, answer, server_class=Threading, handler_class=Quiet)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{made.server_port}"
    made.shutdown()
    made.server_close()
    thread.join()


@contextlib.contextmanager
def reachable(provider: Elks) -> Iterator[Elks]:
    """Serve the program, and let the provider and the program know each other."""
    provider.behave(forget=True)
    with (
        program_served() as address,
        override_settings(
            GEMENSAM_CHANNELS=settings_for(provider, public_address=address), ALLOWED_HOSTS=["localhost"]
        ),
    ):
        from gemensam.delivery.links import incoming_address

        provider.behave(incoming={"address": incoming_address("elks")})
        yield provider
