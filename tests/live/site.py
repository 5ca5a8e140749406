"""A small site for browser tests: one page with a live part, the program's own modules, and a real stream."""

import asyncio
import contextlib
import hashlib
import socket
import threading
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn

import gemensam
from gemensam.live.hub import Hub, Pace
from gemensam.live.stream import Receive, Scope, Send, Streams
from tests.live.line import MemoryLog, People, StoppingServer

MODULES = Path(gemensam.__file__).parent / "web" / "static" / "js"
POLICY = "default-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'"
PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8"><title>Live</title>
<script type="module" src="/static/js/live.js"></script>
<body{body}><p data-live-age hidden
 data-text-cut="Ingen kontakt med servern. Sidan visar läget {{age}} ({{time}})."
 data-text-back="Kontakten är tillbaka. Sidan uppdaterades {{time}}."
 data-text-ended="Du är inte längre inloggad. Sidan visar läget kl. {{time}}."
 data-text-gone="Det här delas inte längre med dig."
 data-text-new="ny" data-text-changed="ändrad"
 data-text-announce-one="En uppgift har ändrats." data-text-announce-many="{{n}} uppgifter har ändrats."></p>
<div data-live-announce aria-live="polite"></div>
<section id="part" data-live="standing" data-live-src="/part" data-live-kinds="report. need." data-live-at="{at}">
{part}</section></body></html>"""
ROW = """<li data-key="{key}"><b>{text}</b> <time>{age}</time>
<label>Svar <input name="{key}"></label><details><summary>Mer</summary>{text}</details></li>"""
EMPTY = b""


@dataclass
class Site:
    """The site's content, changed by the test, and how to change it as the program would."""

    rows: dict[str, str] = field(default_factory=dict)
    age: str = "nu"
    fetched: list[int] = field(default_factory=list)
    streams_opened: int = 0
    part_status: int = 200
    log: MemoryLog = field(default_factory=lambda: MemoryLog("standing"))
    people: People = field(default_factory=lambda: People(**{"who=taby": "standing"}))
    pace: Pace = field(default_factory=lambda: Pace(beat=0.5, tick=0.05))
    port: int = 0
    hub: Hub | None = None

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def publish(self, kind: str = "report.published", **rows: str) -> None:
        """Change rows and tell the viewers, as a committed entry does; while the server is down nobody is told."""
        self.rows |= rows
        position = self.log.append("standing", kind)
        if self.hub:
            self.hub.published("standing", kind, position)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/signals" and self.hub:
            self.streams_opened += 1
            return await Streams(self.hub)(scope, receive, send)
        status, kind, body = self._answer(scope)
        etag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
        if (b"if-none-match", etag.encode()) in scope["headers"]:
            status, body = 304, EMPTY
        if scope["path"] == "/part":
            self.fetched.append(status)
        headers = {"content-type": kind, "content-security-policy": POLICY, "etag": etag, "cache-control": "no-cache"}
        told = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": told})
        await send({"type": "http.response.body", "body": body})
        return None

    def _answer(self, scope: MutableMapping[str, Any]) -> tuple[int, str, bytes]:
        path = scope["path"]
        if path.startswith("/static/js/"):
            return 200, "text/javascript", (MODULES / path.rpartition("/")[2]).read_bytes()
        if path == "/part":
            return self.part_status, "text/html; charset=utf-8", self.part().encode()
        if path in ("/", "/past"):
            return 200, "text/html; charset=utf-8", self.page(path).encode()
        return 404, "text/plain", EMPTY

    def part(self) -> str:
        rows = "".join(ROW.format(key=key, text=text, age=self.age) for key, text in self.rows.items())
        return f"<h2>Rapporter</h2><ul>{rows}</ul>"

    def page(self, path: str) -> str:
        at = self.log.heads(["standing"])["standing"]
        body = " data-historical" if path == "/past" else ""
        return PAGE.format(language="sv", body=body, at=at, part=self.part())

    @contextlib.contextmanager
    def served(self) -> Iterator[None]:
        """Serve in a thread until the block ends; a second time on the same port."""
        self.hub = Hub(self.people.authorise, self.log, pace=self.pace)
        listening = socket.create_server(("127.0.0.1", self.port))
        self.port = listening.getsockname()[1]
        server = StoppingServer(uvicorn.Config(self, lifespan="off", log_level="error", timeout_graceful_shutdown=1))
        server.hub = self.hub
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])))
        thread.start()
        try:
            yield
        finally:
            server.should_exit = True
            thread.join()
            listening.close()
            self.hub = None
