"""A demonstration for stories: founded once in a run, copied for each module, served by a process of its own.

What a story finds there is put there as anybody would: by the demonstration's own start, by commands, and by the
interface for programs. No story reads or writes the database.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from tests.ids import new_id
from tests.web.site import GEMENSAM, environment, free_port, wait_until_up

PASSWORD = json.loads((files("gemensam.demo") / "logins.json").read_text(encoding="utf-8"))["password"]
# Functions that write by the interface while a page is held; each has a login in the demonstration.
WRITERS = ("lansstyrelsen-tib", "nacka-tib", "norrtalje-tib", "sundbyberg-tib", "trafikverket-tib")
STARTED_WITHIN_S = 180.0  # a limit for a machine with much else to do
CLOCK = Path(__file__).parent / "clock"  # what makes a server's clock go on


@dataclass(frozen=True)
class Founded:
    """A founded demonstration that nobody serves; the tokens are by function."""

    data: Path
    tokens: Mapping[str, str]


@dataclass
class House:
    """A served copy of a founded demonstration. Times in ms UTC. `ahead_ms`: how long after the present it starts."""

    founded: Founded
    port: int = field(default_factory=free_port)
    server: "subprocess.Popen[bytes] | None" = None
    ahead_ms: int = 0

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Serve on the house's port, as before if it was served already."""
        command = [str(GEMENSAM), "serve", "--data", str(self.founded.data), "--port", str(self.port), "--no-worker"]
        moved = {"PYTHONPATH": str(CLOCK), "CLOCK_AHEAD_MS": str(self.ahead_ms)} if self.ahead_ms else {}
        self.server = subprocess.Popen(command, env=environment() | moved, stdout=subprocess.DEVNULL)
        wait_until_up(self.port, self.server, STARTED_WITHIN_S)

    def kill(self) -> None:
        """Kill -9: no farewell to anybody."""
        assert self.server is not None
        self.server.kill()
        self.server.wait()

    def stop(self) -> None:
        if self.server is not None and self.server.poll() is None:
            self.server.terminate()
            self.server.wait()

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """Let the server fall silent with every connection open, as when a cable is cut; then let it go on."""
        assert self.server is not None
        os.kill(self.server.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.server.pid, signal.SIGCONT)

    def open_space(self, title: str, *, kind: str = "incident", parent: str = "", circle: Sequence[str] = ()) -> str:
        """Open a space as Länsstyrelsen, for everybody or for some functions, and return its id."""
        pairs = [{"organisation": function.rpartition("-")[0], "function": function} for function in circle]
        given = {"kind": kind, "title": title, "parent": parent, "circle": pairs}
        return str(self.call("lansstyrelsen-tib", "/api/v1/spaces", given)["id"])

    def ask(self, space: str, *asked: str, deadline_at: int, template: str = "forsta") -> None:
        """Länsstyrelsen asks organisations for a report."""
        payload = {
            "purpose": "aktiverat", "template": template, "deadline_at": deadline_at, "asked": list(asked),
        }  # fmt: skip
        self.write("lansstyrelsen-tib", space, "request.made", payload)

    def report(
        self, function: str, space: str, cells: Mapping[str, tuple[str, str]], *, mark: str = "", **more: Any
    ) -> None:
        """An organisation reports a status and a text for each of some rows: `{"el": ("allvarlig", "Utan el.")}`."""
        rows = [
            {"row": row, "status": status, "text": text, "type": "fakta", "source": "egen"}
            for row, (status, text) in cells.items()
        ]
        payload = {"template": "forsta", "stated_at": now_ms(), "summary": "Läget just nu.", "cells": rows} | more
        self.write(function, space, "report.published", payload, marks=[mark] if mark else [])

    def report_for_all(self, space: str) -> list[str]:
        """Länsstyrelsen reports, and enters a report for each of the other members; returns what each says."""
        said = []
        for number, member in enumerate(self.members(), start=1):
            told = f"Avbrott på {number} platser i {member}, reparation pågår."
            status = ("betydande", "allvarlig", "mattlig")[number % 3]
            cells = [{"row": "el", "status": status, "text": told, "type": "fakta", "source": "egen"}]
            report = {"template": "forsta", "stated_at": now_ms(), "summary": f"Läget i {member}.", "cells": cells}
            if member == "lansstyrelsen":
                self.write("lansstyrelsen-tib", space, "report.published", report)
            else:
                relayed = {**report, "received_by": "TiB"}
                self.write("lansstyrelsen-tib", space, "report.relayed", relayed, organisation=member, via="telefon")
            said.append(f"{report['summary']} {told}")
        return said

    def members(self) -> list[str]:
        """Return the members of the region, by id."""
        listed = json.loads((files("gemensam.regions") / "stockholm" / "organisations.json").read_text("utf-8"))
        return [str(one["id"]) for one in listed["items"] if one.get("member", True)]

    def last_received_at(self, space: str) -> int:
        """When the newest entry of a space came in."""
        found = self.call("lansstyrelsen-tib", f"/api/v1/spaces/{space}/entries?limit=500")["entries"]
        return round(datetime.fromisoformat(found[-1]["received_at"]).timestamp() * 1000)

    def write(self, function: str, space: str, kind: str, payload: Mapping[str, Any], **more: Any) -> None:
        entry = {"id": new_id(), "kind": kind, "subject": new_id(), "payload": payload, **more}
        self.call(function, f"/api/v1/spaces/{space}/entries", entry)

    def call(self, function: str, path: str, given: Mapping[str, Any] | None = None) -> Any:
        """Post to the interface in a function, or read without `given`; fails with the program's words of refusal."""
        headers = {"Authorization": f"Bearer {self.founded.tokens[function]}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.address + path, json.dumps(given).encode() if given else None, headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()) from error


def found(data: Path, *more: str) -> Founded:
    """Make a demonstration with its logins and this week's standing space, as `make demo` does before the play.

    `more`: further words of the command.
    """
    port = free_port()
    command: list[str | Path] = [GEMENSAM, "demo", "--no-play", "--data", data, "--port", str(port), *more]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL) as server:
        try:
            wait_until_up(port, server, STARTED_WITHIN_S)
        finally:
            server.terminate()
    return Founded(data, _tokens(data))


def copied(founded: Founded, data: Path) -> Founded:
    """A copy that a module may change."""
    shutil.copytree(founded.data, data)
    return Founded(data, founded.tokens)


def _tokens(data: Path) -> dict[str, str]:
    command = [sys.executable, "-m", "tests.stories.tokens", str(data), *WRITERS]
    made = subprocess.run(command, check=True, capture_output=True, text=True, env=environment())
    return dict(json.loads(made.stdout))


def now_ms() -> int:
    return round(datetime.now(UTC).timestamp() * 1000)
