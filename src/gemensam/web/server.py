"""The web server process: uvicorn around `asgi.application`, which stops at once although streams are open."""

import socket
from pathlib import Path

import uvicorn


class Server(uvicorn.Server):
    """uvicorn that tells the viewers' streams to end before it waits for connections to close.

    Without it SIGTERM waits for ever: a stream ends only when its viewer leaves, and lifespan's shutdown
    comes after the wait.
    """

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        from gemensam.live import stream

        await stream.close()
        await super().shutdown(sockets)
        _flush_audit()


def make_server(host: str, port: int, *, certificate: Path | None = None, key: Path | None = None) -> Server:
    """A server that listens on `host:port` when run; with certificate and key (PEM files) over TLS."""
    return Server(
        uvicorn.Config(
            "gemensam.web.asgi:application",
            host=host,
            port=port,
            ssl_certfile=certificate,
            ssl_keyfile=key,
            access_log=False,  # paths can be personal links
            server_header=False,
            log_level="warning",
            timeout_graceful_shutdown=5,
            timeout_keep_alive=20,
            backlog=2048,
        )
    )


def serve(host: str, port: int, *, certificate: Path | None = None, key: Path | None = None) -> int:
    """Collect the static files if they have changed, serve until told to stop, and return the exit code."""
    import django

    django.setup()
    from gemensam.web.collected import collect_if_changed

    collect_if_changed()
    server = make_server(host, port, certificate=certificate, key=key)
    server.run()
    return 0 if server.started else 1


def _flush_audit() -> None:
    from gemensam.audit import log

    log.close()
