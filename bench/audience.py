"""The viewers: one process that holds many signal streams open and notes when each hears of a position, and, where it
follows a part of a page, when it has been given what the part shows then.

As a browser does, a viewer asks for its part on a second connection, at some moment within the time that the
signal names.

Run as a child process; jobs come as JSON lines on stdin, results go out as JSON lines. Times are of the machine's
monotonic clock, which all its processes share.
"""

import asyncio
import json
import random
import re
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_SIGNAL = re.compile(rb'"space": ?"([^"]+)", ?"kind": ?"[^"]+", ?"position": ?(\d+)(?:, ?"spread": ?(\d+))?')
_LENGTH = re.compile(rb"content-length: ?(\d+)", re.IGNORECASE)
AT_ONCE = 20


class Audience:
    """The viewers' process, seen from the run; use as a context manager."""

    def __enter__(self) -> "Audience":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.audience"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(self, *_error: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=20)

    def open(self, port: int, headers: Sequence[Mapping[str, str]], *, part: str = "") -> None:
        """Open one stream for each set of headers; raises `RuntimeError` unless all have heard their first beat.

        `part`: the address that each asks for, with the same headers, when it has heard of something.
        """
        job = {"port": port, "path": "/signals", "headers": list(headers), "part": part}
        seated = int(self._ask({"open": job}))
        if seated != len(headers):
            raise RuntimeError(f"only {seated} of {len(headers)} viewers were let in")

    def heard(self, space: str, position: int, *, within_s: float) -> list[int]:
        """Wait until all have heard of a position, at most so long; returns when each did (monotonic ns)."""
        found: list[int] = self._ask({"heard": {"space": space, "position": position, "within": within_s}})
        return found

    def shown(self, space: str, position: int, *, within_s: float) -> list[tuple[int, int, int]]:
        """Wait until all have what their part shows after a position, at most so long; returns when each had it
        (monotonic ns, in order), the status of the answer and how many bytes it had.
        """
        found = self._ask({"shown": {"space": space, "position": position, "within": within_s}})
        return [(at, status, size) for at, status, size in found]

    def leave(self) -> None:
        """Close every stream."""
        self._ask({"leave": True})

    def _ask(self, job: Mapping[str, Any]) -> Any:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError("the viewers' process has ended")
        return json.loads(answer)


class _Hall:
    """All viewers of the process, what they have heard, and what they have been shown."""

    def __init__(self) -> None:
        self.viewers: set[_Viewer] = set()
        self.heard: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        self.shown: defaultdict[tuple[str, int], list[tuple[int, int, int]]] = defaultdict(list)

    async def open(self, port: int, path: str, headers: list[dict[str, str]], part: str) -> int:
        turn = asyncio.Semaphore(AT_ONCE)

        async def come(given: dict[str, str]) -> None:
            async with turn:
                loop = asyncio.get_running_loop()
                asker = None
                if part:
                    _, asker = await loop.create_connection(lambda: _Asker(self, part, given), "127.0.0.1", port)
                _, viewer = await loop.create_connection(lambda: _Viewer(self, path, given, asker), "127.0.0.1", port)
                await asyncio.wait_for(viewer.seated.wait(), 30)

        await asyncio.gather(*(come(given) for given in headers), return_exceptions=True)
        return sum(viewer.seated.is_set() for viewer in self.viewers)

    async def wait(self, noted: defaultdict[tuple[str, int], list[Any]], about: dict[str, Any]) -> list[Any]:
        place, deadline = (about["space"], about["position"]), time.monotonic() + about["within"]
        while len(noted[place]) < len(self.viewers) and time.monotonic() < deadline:
            await asyncio.sleep(0.005)
        return sorted(noted.pop(place))

    async def leave(self) -> int:
        for viewer in list(self.viewers):
            viewer.transport.close()
            if viewer.asker is not None:
                viewer.asker.transport.close()
        while self.viewers:
            await asyncio.sleep(0.01)
        return 0


class _Asker(asyncio.Protocol):
    """The connection on which a viewer asks for its part, one question at a time."""

    transport: asyncio.Transport

    def __init__(self, hall: _Hall, path: str, headers: Mapping[str, str]) -> None:
        self._hall, self._question = hall, _request(path, headers)
        self._about: list[tuple[str, int]] = []
        self._received = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def ask(self, about: tuple[str, int]) -> None:
        self._about.append(about)
        self.transport.write(self._question)

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, body = self._received.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if end and len(body) >= (int(length[1]) if length else 0):
            shown = (time.monotonic_ns(), int(head[9:12]), len(self._received))
            self._hall.shown[self._about.pop(0)].append(shown)
            self._received.clear()


class _Viewer(asyncio.Protocol):
    """One stream. The clock is read before anything is looked at."""

    transport: asyncio.Transport

    def __init__(self, hall: _Hall, path: str, headers: Mapping[str, str], asker: _Asker | None) -> None:
        self._hall, self._question, self.asker = hall, _request(path, headers), asker
        self.seated = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._hall.viewers.add(self)
        transport.write(self._question)

    def data_received(self, data: bytes) -> None:
        at = time.monotonic_ns()
        if b"event: beat" in data:
            self.seated.set()
        for space, position, spread in _SIGNAL.findall(data):
            about = (space.decode(), int(position))
            self._hall.heard[about].append(at)
            if self.asker is not None:
                wait_s = random.random() * int(spread or 0) / 1_000
                asyncio.get_running_loop().call_later(wait_s, self.asker.ask, about)

    def connection_lost(self, exc: Exception | None) -> None:
        self._hall.viewers.discard(self)


def _request(path: str, headers: Mapping[str, str]) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n".encode()


async def _main() -> None:
    hall = _Hall()
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        job = json.loads(line)
        match job:
            case {"open": given}:
                answer: Any = await hall.open(given["port"], given["path"], given["headers"], given["part"])
            case {"heard": about}:
                answer = await hall.wait(hall.heard, about)
            case {"shown": about}:
                answer = await hall.wait(hall.shown, about)
            case _:
                answer = await hall.leave()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8_192) if hard > 0 else 8_192, hard))
    asyncio.run(_main())
