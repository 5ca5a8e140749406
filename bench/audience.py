"""The viewers: one process that holds many signal streams open and notes when each hears of a position.

Run as a child process; jobs come as JSON lines on stdin, results go out as JSON lines. Times are of the machine's
monotonic clock, which all its processes share.
"""

import asyncio
import json
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
_SIGNAL = re.compile(rb'"space": ?"([^"]+)", ?"kind": ?"[^"]+", ?"position": ?(\d+)')
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

    def open(self, port: int, path: str, headers: Sequence[Mapping[str, str]]) -> int:
        """Open one stream for each set of headers; returns how many heard their first beat."""
        return int(self._ask({"open": {"port": port, "path": path, "headers": list(headers)}}))

    def heard(self, space: str, position: int, *, within_s: float) -> list[int]:
        """Wait until all have heard of a position, at most so long; returns when each did (monotonic ns)."""
        found: list[int] = self._ask({"heard": {"space": space, "position": position, "within": within_s}})
        return found

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
    """All viewers of the process and what they have heard."""

    def __init__(self) -> None:
        self.viewers: set[_Viewer] = set()
        self.heard: defaultdict[tuple[str, int], list[int]] = defaultdict(list)

    async def open(self, port: int, path: str, headers: list[dict[str, str]]) -> int:
        turn = asyncio.Semaphore(AT_ONCE)

        async def come(given: dict[str, str]) -> None:
            async with turn:
                loop = asyncio.get_running_loop()
                _, viewer = await loop.create_connection(lambda: _Viewer(self, path, given), "127.0.0.1", port)
                await asyncio.wait_for(viewer.seated.wait(), 30)

        await asyncio.gather(*(come(given) for given in headers), return_exceptions=True)
        return sum(viewer.seated.is_set() for viewer in self.viewers)

    async def wait(self, space: str, position: int, within: float) -> list[int]:
        deadline = time.monotonic() + within
        while len(self.heard[space, position]) < len(self.viewers) and time.monotonic() < deadline:
            await asyncio.sleep(0.005)
        return sorted(self.heard.pop((space, position)))

    async def leave(self) -> int:
        for viewer in list(self.viewers):
            viewer.transport.close()
        while self.viewers:
            await asyncio.sleep(0.01)
        return 0


class _Viewer(asyncio.Protocol):
    """One stream. The clock is read before anything is looked at."""

    transport: asyncio.Transport

    def __init__(self, hall: _Hall, path: str, headers: Mapping[str, str]) -> None:
        self._hall, self._path, self._headers = hall, path, headers
        self.seated = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._hall.viewers.add(self)
        lines = "".join(f"{name}: {value}\r\n" for name, value in self._headers.items())
        transport.write(f"GET {self._path} HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n".encode())

    def data_received(self, data: bytes) -> None:
        at = time.monotonic_ns()
        if b"event: beat" in data:
            self.seated.set()
        for space, position in _SIGNAL.findall(data):
            self._hall.heard[space.decode(), int(position)].append(at)

    def connection_lost(self, exc: Exception | None) -> None:
        self._hall.viewers.discard(self)


async def _main() -> None:
    hall = _Hall()
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        job = json.loads(line)
        match job:
            case {"open": given}:
                answer: Any = await hall.open(given["port"], given["path"], given["headers"])
            case {"heard": given}:
                answer = await hall.wait(given["space"], given["position"], given["within"])
            case _:
                answer = await hall.leave()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8_192) if hard > 0 else 8_192, hard))
    asyncio.run(_main())
