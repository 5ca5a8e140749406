"""The clients: one light process that sends prepared requests over raw sockets that are kept open.

Run as a child process; jobs come as JSON lines on stdin and results go out as JSON lines. One thread, no library:
the two cores are shared with the server, so that a heavy generator would measure itself.
"""

import json
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_S = 120.0


class Driven(NamedTuple):
    """What a drive measured: seconds from first to last byte of all, and per client, milliseconds, statuses, sizes."""

    wall: float
    ms: list[list[float]]
    statuses: list[list[int]]
    sizes: list[list[int]]
    heads: list[str]

    @property
    def all_ms(self) -> list[float]:
        return [ms for client in self.ms for ms in client]

    @property
    def all_statuses(self) -> list[int]:
        return [status for client in self.statuses for status in client]


class Herd:
    """The client process, seen from the run; use as a context manager."""

    def __enter__(self) -> "Herd":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.herd"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(self, *_error: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)

    def drive(self, port: int, requests: Sequence[Sequence[bytes]]) -> Driven:
        """Let one client per inner list send its requests, each after the answer to the one before."""
        assert self._process.stdin is not None and self._process.stdout is not None
        job = {"port": port, "requests": [[one.decode("latin-1") for one in client] for client in requests]}
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError("the client process has ended")
        return Driven(**json.loads(answer))


def request_bytes(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """Return the bytes of one HTTP/1.1 request."""
    given = {"Host": "localhost", **headers}
    if body or method == "POST":
        given["Content-Length"] = str(len(body))
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


@dataclass
class _Client:
    """One connection: what is still to be sent, and what has been measured."""

    connection: socket.socket
    requests: list[bytes]
    sent: int = 0
    began: int = 0
    received: bytearray = field(default_factory=bytearray)
    wanted: int = -1  # length of the whole answer once its head is known
    chunked: bool = False
    head: str = ""
    ms: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    def send_next(self) -> bool:
        """Send the next request; False when there is none left."""
        if self.sent == len(self.requests):
            return False
        self.received, self.wanted, self.chunked = bytearray(), -1, False
        self.began = time.perf_counter_ns()
        self.connection.sendall(self.requests[self.sent])
        self.sent += 1
        return True

    def receive(self) -> bool:
        """Take what has come; True when the answer is whole."""
        data = self.connection.recv(262_144)
        if not data:
            raise ConnectionError(f"the server closed the connection; {bytes(self.received[:300])!r}")
        self.received += data
        if self.wanted < 0 and not self.chunked:
            self._read_head()
        whole = self.received.endswith(b"0\r\n\r\n") if self.chunked else 0 <= self.wanted <= len(self.received)
        if whole:
            self.ms.append((time.perf_counter_ns() - self.began) / 1e6)
            self.statuses.append(int(self.received[9:12]))
            self.sizes.append(len(self.received))
        return whole

    def _read_head(self) -> None:
        end = self.received.find(b"\r\n\r\n")
        if end < 0:
            return
        self.head = self.received[:end].decode("latin-1")
        status = int(self.received[9:12])
        length = 0
        for line in self.head.split("\r\n")[1:]:
            name, _, value = line.partition(":")
            if name.lower() == "content-length":
                length = int(value)
            elif name.lower() == "transfer-encoding" and "chunked" in value:
                self.chunked = status not in (204, 304)
        self.wanted = -1 if self.chunked else end + 4 + (0 if status in (204, 304) else length)


def _drive(port: int, requests: list[list[bytes]]) -> dict[str, Any]:
    clients = [_Client(_connect(port), one) for one in requests]
    with selectors.DefaultSelector() as waiting:
        began = time.perf_counter()
        for client in clients:
            waiting.register(client.connection, selectors.EVENT_READ, client)
            client.send_next()
        busy = len(clients)
        while busy:
            ready = waiting.select(PATIENCE_S)
            if not ready:
                raise TimeoutError("the server did not answer")
            busy -= sum(_step(key.data, waiting) for key, _ in ready)
        wall = time.perf_counter() - began
    for client in clients:
        client.connection.close()
    return {
        "wall": wall,
        "ms": [client.ms for client in clients],
        "statuses": [client.statuses for client in clients],
        "sizes": [client.sizes for client in clients],
        "heads": [client.head for client in clients],
    }


def _step(client: _Client, waiting: selectors.BaseSelector) -> int:
    """Go on with a client that has something to read; 1 when it has finished."""
    if not client.receive() or client.send_next():
        return 0
    waiting.unregister(client.connection)
    return 1


def _connect(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _main() -> None:
    for line in sys.stdin:
        job = json.loads(line)
        requests = [[one.encode("latin-1") for one in client] for client in job["requests"]]
        print(json.dumps(_drive(job["port"], requests)), flush=True)


if __name__ == "__main__":
    _main()
