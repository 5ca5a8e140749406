"""A whole server in a process of its own, for tests that drive a browser: a demonstration with one account."""

import contextlib
import os
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GEMENSAM = Path(sys.executable).parent / "gemensam"
PASSWORD = "en-lang-losenfras-som-ar-pahittad"


@dataclass(frozen=True)
class Site:
    """Where the server answers, and as whom one can sign in."""

    address: str
    server: subprocess.Popen[bytes]
    username: str = "nacka-tib"
    password: str = PASSWORD


def run(data: Path, *arguments: str, given: str = "") -> None:
    """Run a command of the program on the data folder."""
    subprocess.run([GEMENSAM, *arguments, "--data", data], input=given, text=True, check=True, env=environment())


@contextlib.contextmanager
def served(data: Path, *, tls: bool = False) -> Iterator[Site]:
    """Found a demonstration in `data` and serve it until the block ends; with `tls` by an authority of its own."""
    run(data, "init", "--region", "stockholm", "--demo", *(["--authority", "localhost"] if tls else []))
    run(data, "user", "add", "--name", "nacka-tib", "--function", "nacka-tib", "--password-stdin", given=PASSWORD)
    port = free_port()
    keys: list[str | Path] = (
        ["--certificate", data / "tls" / "certificate.pem", "--key", data / "tls" / "key.pem"] if tls else []
    )
    command: list[str | Path] = [GEMENSAM, "serve", "--data", data, "--port", str(port), "--no-worker", *keys]
    trust = ssl.create_default_context(cafile=data / "tls" / "authority.pem") if tls else None
    with subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL) as server:
        try:
            wait_until_up(port, server, trust=trust)
            yield Site(f"{'https' if tls else 'http'}://localhost:{port}", server)
        finally:
            server.terminate()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def wait_until_up(
    port: int, server: subprocess.Popen[Any], patience: float = 30, *, trust: ssl.SSLContext | None = None
) -> None:
    """Return when the server answers; raise when it has ended or the patience has."""
    address = f"{'https' if trust else 'http'}://localhost:{port}/healthz"
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=1, context=trust):
            return
        time.sleep(0.05)
    raise TimeoutError(f"the server did not answer (exit code {server.poll()})")


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("GEMENSAM_", "DJANGO_"))}
