"""Founded data folders filled for a run, and the server that serves them as anybody would start it."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.filling import Crisis, write_lines
from bench.herd import ROOT

READER, REGISTRAR = "nacka-tib", "kansliet-registrerare"
SCREENS = 200
START_LIMIT_S = 60


@dataclass(frozen=True)
class Account:
    """Somebody who can act: by token, or by session."""

    name: str
    function: str
    token: str
    cookie: str
    csrf: str

    def by_token(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}

    def by_session(self) -> dict[str, str]:
        return {"Cookie": self.cookie, "X-CSRFToken": self.csrf, "Content-Type": "application/json"}

    def browsing(self) -> dict[str, str]:
        """Headers of a browser that asks for a page."""
        return browsing(self.cookie)


def browsing(cookie: str) -> dict[str, str]:
    """Headers of a browser that asks for a page."""
    return {"Cookie": cookie, "Accept-Language": "sv", "Accept": "text/html", "Accept-Encoding": "gzip"}


@dataclass
class House:
    """A data folder with members' accounts, readers of one function, a registrar, and filled spaces.

    `screens`: the cookies of many browsers, each with a session of its own, of the members in turn.
    """

    data: Path
    database: str
    url: str
    spaces: dict[str, str] = field(default_factory=dict)
    rows: list[str] = field(default_factory=list)
    members: list[Account] = field(default_factory=list)
    alike: list[Account] = field(default_factory=list)
    screens: list[str] = field(default_factory=list)
    registrar: Account | None = None
    pairs: list[tuple[str, str]] = field(default_factory=list)
    loaded_per_s: float = 0.0
    line_bytes: float = 0.0

    def environment(self) -> dict[str, str]:
        given = {**os.environ, "GEMENSAM_DATA": str(self.data), "GEMENSAM_DATABASE": self.url}
        return {**given, "DJANGO_SETTINGS_MODULE": "gemensam.web.settings"}

    def command(self, *given: str, within_s: float = 3_600) -> str:
        """Run `gemensam …` for this folder and return what it printed; raises with its complaint."""
        environment = {name: value for name, value in self.environment().items() if name != "DJANGO_SETTINGS_MODULE"}
        return _run([sys.executable, "-m", "gemensam", *given], environment, within_s=within_s)

    def fill(self, title: str, count: int) -> None:
        """Load a crisis of `count` entries into the space of this title."""
        lines = self.data / "lines.jsonl"
        crisis = Crisis(self.spaces[title], self.pairs, self.rows, count, time.time_ns() // 1_000_000)
        self.line_bytes = write_lines(lines, crisis) / count
        began = time.monotonic()
        self.command("load", str(lines), "--data", str(self.data))
        self.loaded_per_s = count / (time.monotonic() - began)
        lines.unlink()

    @contextlib.contextmanager
    def serving(self, *more: str) -> Iterator["Server"]:
        """Serve the folder by the program's own command, with `more` after it, until the block ends."""
        began, port = time.perf_counter(), free_port()
        command = [sys.executable, "-m", "gemensam", "serve", "--data", str(self.data), "--port", str(port), *more]
        log = self.data / "server.log"
        with process(command, env=self.environment(), log=log) as started:
            await_answer(started, port, log=log)
            yield Server(port, started.pid, began)


@dataclass(frozen=True)
class Server:
    """A running server; `began` is when its process was started, by `time.perf_counter`."""

    port: int
    pid: int
    began: float = 0.0

    def memory_mb(self) -> tuple[float, float]:
        """Return resident memory now and at its highest, in MB (10^6 bytes)."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        found = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        now, highest = (int(found[name].split()[0]) * 1024 / 1e6 for name in ("VmRSS", "VmHWM"))
        return now, highest


def found_house(data: Path, database: str, url: str, spaces: Sequence[str], *, alike: int) -> House:
    """Found a network in a folder, with an account for every member and `alike` readers of one function."""
    house = House(data, database, url)
    house.command("init", "--region", "stockholm", "--data", str(data))
    wanted = {
        "opener": "lansstyrelsen-tib",
        "spaces": list(spaces),
        "reader": READER,
        "alike": alike,
        "screens": SCREENS,
        "registrar": REGISTRAR,
    }
    told: dict[str, Any] = json.loads(
        _run([sys.executable, "-m", "bench.stage"], house.environment(), given=json.dumps(wanted))
    )
    accounts = [Account(**one) for one in told["accounts"]]
    house.spaces, house.rows, house.screens = told["spaces"], told["rows"], told["screens"]
    house.pairs = [(organisation, function) for organisation, function in told["members"]]
    *readers, house.registrar = accounts
    house.members, house.alike = readers[: len(house.pairs)], readers[len(house.pairs) :]
    return house


@contextlib.contextmanager
def empty_server() -> Iterator[Server]:
    """Serve the empty application until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "bench.empty", str(port)]
    with process(command, env=dict(os.environ), log=Path(os.devnull)) as started:
        await_answer(started, port)
        yield Server(port, started.pid)


@contextlib.contextmanager
def process(
    command: Sequence[str], *, env: dict[str, str], log: Path, cwd: Path = ROOT
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a program in a process group of its own, and end it and its children when the block ends."""
    with (
        log.open("ab") as out,
        subprocess.Popen(
            command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        ) as started,
    ):
        try:
            yield started
        finally:
            _end(started)


def _end(started: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(started.pid, signal.SIGTERM)
    try:
        started.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()


def await_answer(
    started: "subprocess.Popen[bytes]", port: int, within_s: float = START_LIMIT_S, *, log: Path | None = None
) -> None:
    """Wait until a server answers /healthz; raises `RuntimeError` with its last words otherwise."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if started.poll() is not None:
            raise RuntimeError(f"the server ended with code {started.returncode}: {last_words(log)}")
        with contextlib.suppress(OSError, http.client.HTTPException):
            if get(port, "/healthz")[0] == 200:
                return
        time.sleep(0.01)
    raise RuntimeError(f"the server did not answer: {last_words(log)}")


def last_words(log: Path | None) -> str:
    """Return the last lines of a log, in one."""
    written = log.read_text(encoding="utf-8", errors="replace").splitlines() if log and log.exists() else []
    return " / ".join(written[-3:])


def get(port: int, path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
    """Ask once, on a connection of its own; returns status, headers (lower case) and body as sent."""
    return ask(port, "GET", path, headers or {})


def ask(
    port: int, method: str, path: str, headers: dict[str, str], body: bytes = b""
) -> tuple[int, dict[str, str], bytes]:
    """Send one request and return status, headers (lower case) and body as sent."""
    connection = http.client.HTTPConnection("localhost", port, timeout=60)
    try:
        connection.request(method, path, body or None, {"Host": "localhost", **headers})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _run(command: Sequence[str], environment: dict[str, str], *, given: str = "", within_s: float = 600) -> str:
    done = subprocess.run(
        command, cwd=ROOT, env=environment, input=given, capture_output=True, text=True, check=False, timeout=within_s
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[-4:])}: {done.stderr[-600:] or done.stdout[-600:]}")
    return done.stdout
