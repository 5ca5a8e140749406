"""What the tests of live updates share: a log in memory, a server on loopback, and viewers that listen to it."""

import asyncio
import contextlib
import json
import socket
import threading
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import uvicorn

from gemensam.live.hub import Hub, Pace
from gemensam.live.seat import Viewer
from gemensam.live.stream import Streams

QUICK = Pace(beat=0.2, judge=0.3, held=0.6, tick=0.02)
SLOW_BEATS = Pace(beat=600.0, judge=600.0, held=600.0, tick=0.02)


class MemoryLog:
    """Positions and kinds per space, as the log would answer; safe for threads."""

    def __init__(self, *spaces: str) -> None:
        self._rows: dict[str, list[str]] = {space: [] for space in spaces}
        self._lock = threading.Lock()

    def append(self, space: str, kind: str) -> int:
        with self._lock:
            rows = self._rows.setdefault(space, [])
            rows.append(kind)
            return len(rows)

    def heads(self, spaces: Iterable[str]) -> dict[str, int]:
        with self._lock:
            return {space: len(self._rows.get(space, ())) for space in spaces}

    def news(self, after: Mapping[str, int]) -> list[tuple[str, str, int]]:
        with self._lock:
            newest = {
                (space, kind): position
                for space, last in after.items()
                for position, kind in enumerate(self._rows.get(space, ()), start=1)
                if position > last
            }
        return [(space, kind, position) for (space, kind), position in newest.items()]

    def rights_version(self) -> object:
        with self._lock:
            return sum(kind.startswith("space.") for rows in self._rows.values() for kind in rows)


class People:
    """Who may read what: `Cookie: name` is the sign-in. Changed by a test while streams are open."""

    def __init__(self, **readable: str) -> None:
        self.readable = {name: frozenset(spaces.split()) for name, spaces in readable.items()}
        self.valid_until: dict[str, int] = {}
        self.closed: frozenset[str] = frozenset()
        self.asked = 0

    def authorise(self, scope: Mapping[str, Any]) -> Viewer | None:
        self.asked += 1
        name = dict(scope["headers"]).get(b"cookie", b"").decode()
        spaces = self.readable.get(name)
        if spaces is None:
            return None
        return Viewer(name, spaces, spaces & self.closed, self.valid_until.get(name))


@dataclass(frozen=True)
class Event:
    name: str
    data: dict[str, Any]
    id: str = ""

    @property
    def told(self) -> tuple[str, str, int]:
        return self.data["space"], self.data["kind"], self.data["position"]


@dataclass
class Listener:
    """One open connection: status, headers, and the events as they come."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    bytes: bytes = b""
    _unread: str = ""

    async def start(self) -> "Listener":
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        self.status = int(head[0].split()[1])
        self.headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        return self

    async def body(self) -> dict[str, Any]:
        found = await self.reader.readexactly(int(self.headers["content-length"]))
        return dict(json.loads(found))

    async def event(self) -> Event:
        """The next event; raises `asyncio.IncompleteReadError` when the stream has ended."""
        while "\n\n" not in self._unread:
            await self._chunk()
        text, _, self._unread = self._unread.partition("\n\n")
        fields = dict(line.split(": ", 1) for line in text.split("\n"))
        return Event(fields["event"], json.loads(fields["data"]), fields.get("id", ""))

    async def signal(self) -> Event:
        """The next event that is not a beat."""
        while (event := await self.event()).name == "beat":
            pass
        return event

    async def _chunk(self) -> None:
        size = int(await self.reader.readuntil(b"\r\n"), 16)
        said = (await self.reader.readexactly(size + 2))[:-2]
        if not size:
            raise asyncio.IncompleteReadError(b"", None)
        self.bytes += said
        self._unread += said.decode()

    async def silence(self, seconds: float = 0.15) -> bool:
        """Whether nothing is said within this time."""
        try:
            await asyncio.wait_for(self.event(), seconds)
        except TimeoutError:
            return True
        return False

    def leave(self) -> None:
        self.writer.close()


class StoppingServer(uvicorn.Server):
    """Ends the streams before it waits for connections, as the program's own server does."""

    hub: Hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.hub.close()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def listen(port: int, path: str = "/signals", *, method: str = "GET", **headers: str) -> Listener:
    """Open a stream and read the answer's head."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    given = {"Host": "localhost", **{key.replace("_", "-"): value for key, value in headers.items()}}
    lines = "".join(f"{key}: {value}\r\n" for key, value in given.items())
    writer.write(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode())
    return await Listener(reader, writer).start()


@dataclass
class House:
    """A hub behind a real server."""

    log: MemoryLog
    people: People
    hub: Hub
    port: int
    server: StoppingServer

    async def listen(self, name: str = "", path: str = "/signals", *, method: str = "GET", **headers: str) -> Listener:
        """Open a stream as this person and read the answer's head."""
        who = {"Cookie": name} if name else {}
        return await listen(self.port, path, method=method, **(who | headers))

    async def begin(self, name: str, path: str = "/signals", **headers: str) -> Listener:
        """Open a stream and hear its first beat: from here on nothing is missed."""
        listener = await self.listen(name, path, **headers)
        assert (await listener.event()).name == "beat"
        return listener

    async def publish(self, space: str, kind: str) -> int:
        """Commit an entry and tell the hub, in a thread as a web request does."""
        return await asyncio.to_thread(self.publish_here, space, kind)

    def publish_here(self, space: str, kind: str) -> int:
        position = self.log.append(space, kind)
        self.hub.published(space, kind, position)
        return position


@contextlib.asynccontextmanager
async def house(log: MemoryLog, people: People, *, pace: Pace = SLOW_BEATS, **options: Any) -> AsyncIterator[House]:
    """Serve a hub over a log in memory on a free port of loopback until the block ends."""
    hub = Hub(people.authorise, log, pace=pace, **options)
    async with served(hub) as server:
        port = server.servers[0].sockets[0].getsockname()[1]
        yield House(log, people, hub, port, server)


@contextlib.asynccontextmanager
async def served(hub: Hub) -> AsyncIterator[StoppingServer]:
    """Serve the streams of any hub on a free port of loopback until the block ends."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=2048)
    # As the program's own server: it does not wait for ever for a viewer that takes nothing.
    config = uvicorn.Config(
        Streams(hub), lifespan="off", log_level="error", access_log=False, timeout_graceful_shutdown=5
    )
    server = StoppingServer(config)
    server.hub = hub
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:
        await asyncio.sleep(0.005)
    try:
        yield server
    finally:
        server.should_exit = True
        await serving
        listening.close()
