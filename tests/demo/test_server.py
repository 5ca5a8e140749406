"""`gemensam demo` as a newcomer runs it: a real process, a port, a sign-in, Ctrl+C, and a second start."""

import contextlib
import http.cookiejar
import json
import re
import signal
import sqlite3
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.web.site import GEMENSAM, environment, free_port, wait_until_up

PASSWORD = "vinter-demo-2026"


@dataclass(frozen=True)
class Demo:
    """A demonstration that runs: where it answers, and its process."""

    address: str
    process: subprocess.Popen[str]

    def stop(self) -> float:
        """Press Ctrl+C; return how many seconds it took to end."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(20)
        return time.monotonic() - began


@contextlib.contextmanager
def _demo(data: Path, *more: str) -> Iterator[Demo]:
    port = free_port()
    command: list[str | Path] = [GEMENSAM, "demo", "--data", data, "--port", str(port), *more]
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            wait_until_up(port, process, patience=60)
            yield Demo(f"http://localhost:{port}", process)
        finally:
            process.kill()


class Visitor:
    """A browser without a screen: keeps its cookies and sends forms."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._cookies))
        self._opener.addheaders = [("Accept-Language", "sv")]

    def get(self, path: str) -> str:
        with self._opener.open(self._address + path, timeout=20) as answer:
            return str(answer.read().decode())

    def sign_in(self, name: str) -> str:
        """Sign in and return the page that comes after."""
        self.get("/accounts/login/")
        token = next(cookie.value for cookie in self._cookies if "csrf" in cookie.name)
        form = {"login": name, "password": PASSWORD, "csrfmiddlewaretoken": token or ""}
        request = urllib.request.Request(
            f"{self._address}/accounts/login/", urllib.parse.urlencode(form).encode(),
            {"Referer": f"{self._address}/accounts/login/", "X-CSRFToken": token or ""},
        )  # fmt: skip
        with self._opener.open(request, timeout=20) as answer:
            return str(answer.read().decode())


def _entries(data: Path) -> dict[str, int]:
    with contextlib.closing(sqlite3.connect(data / "gemensam.sqlite3")) as database:
        return dict(database.execute("SELECT space, count(*) FROM ledger_entry GROUP BY space"))


def _without_seals(data: Path) -> int:
    with contextlib.closing(sqlite3.connect(data / "gemensam.sqlite3")) as database:
        sql = "SELECT count(*) FROM ledger_entry WHERE kind <> 'arrivals.sealed'"
        return int(database.execute(sql).fetchone()[0])


def test_a_newcomer_starts_signs_in_stops_and_starts_again(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with _demo(data, "--speed", "100000") as demo:
        assert "DEMONSTRATION" in Visitor(demo.address).get("/accounts/login/")
        visitor = Visitor(demo.address)
        page = visitor.sign_in("lansstyrelsen-tib")
        assert "DEMONSTRATION" in page
        assert "Snöoväder med stora elavbrott" in page
        spaces = re.findall(r"/spaces/([0-9a-f-]{36})/", page)
        matrix = visitor.get(f"/spaces/{spaces[0]}/picture/")
        assert "DEMONSTRATION" in matrix
        assert "Norrtälje" in matrix
        _wait_for_the_end(demo)
        assert demo.stop() < 5
    written = _without_seals(data)
    assert written > 300
    with _demo(data, "--speed", "100000") as demo:
        assert "Snöoväder med stora elavbrott" in Visitor(demo.address).sign_in("nacka-tib")
        assert demo.stop() < 5
    assert _without_seals(data) == written


def _wait_for_the_end(demo: Demo) -> None:
    """Read what the demonstration says until the storm is over; a fault that it tells fails the test."""
    assert demo.process.stdout is not None
    for line in demo.process.stdout:
        assert "kunde inte spelas" not in line
        if "spelat till slut" in line:
            return
    raise AssertionError("the demonstration ended before its storm")


def test_a_storm_that_is_played_stops_at_once(tmp_path: Path) -> None:
    with _demo(tmp_path / "data") as demo:
        health = json.loads(Visitor(demo.address).get("/healthz"))
        assert health["status"] == "ok"
        assert demo.stop() < 5
    assert _entries(tmp_path / "data")["standing"] > 40
