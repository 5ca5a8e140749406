"""Kill -9 of a real server under load, over and over, and look for what was lost.

The server is forked from a process that has imported the program, so that a round takes parts of a second. The database
is one folder (or one PostgreSQL database) through all rounds; whatever was acknowledged in any of them must be there.
"""

import atexit
import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.ids import new_id

CLIENTS = 4
START_LIMIT_S = 30


@dataclass
class Acknowledged:
    """What the clients were told: digests by subject, and requests whose answer never came."""

    digests: dict[str, str] = field(default_factory=dict)
    unanswered: list[dict[str, Any]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True)
class Target:
    """A founded data folder with an incident and a token."""

    data: Path
    database: str
    space: str
    token: str

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "GEMENSAM_DATA": str(self.data),
            "GEMENSAM_DATABASE": self.database,
            "DJANGO_SETTINGS_MODULE": "gemensam.web.settings",
        }


def prepare(data: Path, database: str = "") -> Target:
    """Give a founded network with an incident in a folder: made once by the program's own commands, then copied."""
    if database:
        return _made(data, database)
    if not _templates:
        home = Path(tempfile.mkdtemp(prefix="gemensam-template-"))
        atexit.register(shutil.rmtree, home, ignore_errors=True)
        _templates.append(_made(home / "data", ""))
    shutil.copytree(_templates[0].data, data)
    return replace(_templates[0], data=data)


_templates: list[Target] = []


def _made(data: Path, database: str) -> Target:
    environment = found(data, database)
    name = ["--data", str(data)]
    for function in ("nacka-tib", "lansstyrelsen-tib"):
        _gemensam("user", "add", *name, "--name", function, "--function", function, environment=environment)
    leader, token = (
        _gemensam("token", "add", *name, "--user", user, environment=environment).strip()
        for user in ("lansstyrelsen-tib", "nacka-tib")
    )
    target = Target(data, database, "", token)
    with serving(target) as port:
        status, told = call(port, leader, "POST", "/api/v1/spaces", {"kind": "incident", "title": "Snöoväder"})
        assert status == 201, told
    return replace(target, space=told["id"])


def found(data: Path, database: str = "") -> dict[str, str]:
    """Found a network in a folder by the program's own command; returns the environment of further commands."""
    environment = {**os.environ, "GEMENSAM_DATABASE": database, "GEMENSAM_DATA": str(data)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    _gemensam("init", "--region", "stockholm", "--data", str(data), "--authority", "localhost", environment=environment)
    return environment


def _gemensam(*given: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "gemensam", *given]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout


class Zygote:
    """A process that has imported the program and forks a server for each round: a fifth of a second, not two."""

    def __init__(self, target: Target) -> None:
        command = [sys.executable, "-c", _ZYGOTE]
        self._process = subprocess.Popen(
            command, env=target.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def serve(self) -> tuple[int, int]:
        """Fork a server; return its process id and port once it answers."""
        assert self._process.stdin is not None and self._process.stdout is not None
        port = free_port()
        self._process.stdin.write(f"{port}\n")
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline())
        await_answer(port)
        return pid, port

    def close(self) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()


_ZYGOTE = """
import os, signal, sys
import django; django.setup()
import gemensam.web.asgi
from gemensam.web.server import make_server
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        make_server('127.0.0.1', int(line)).run()
        os._exit(0)
    print(pid, flush=True)
"""


@contextmanager
def zygote(target: Target) -> Iterator[Zygote]:
    """Give a zygote and end it afterwards."""
    made = Zygote(target)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def serving(target: Target) -> Iterator[int]:
    """Run a server until the block ends; gives its port."""
    with zygote(target) as made:
        pid, port = made.serve()
        try:
            yield port
        finally:
            os.kill(pid, signal.SIGKILL)


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def await_answer(port: int) -> None:
    """Wait until the server answers /healthz; fail when it takes too long."""
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline:
        with suppress(OSError, http.client.HTTPException):
            if _get(port, "/healthz") == 200:
                return
        threading.Event().wait(0.01)
    raise AssertionError("the server did not answer")


def _get(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def call(port: int, token: str, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    """Call the interface once and return status and answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read() or b"null")
    finally:
        connection.close()


def report() -> dict[str, Any]:
    """Return an API entry that is a report with one row."""
    payload = {
        "template": "full", "stated_at": 1_763_615_400_000, "summary": "Elavbrott i norra delen.",
        "cells": [{"row": "el", "status": "allvarlig", "text": "Tre områden utan el."}],
    }  # fmt: skip
    return {"id": new_id(), "kind": "report.published", "subject": new_id(), "payload": payload}


def load(target: Target, port: int, told: Acknowledged, stop: threading.Event) -> list[threading.Thread]:
    """Start clients that post without pause until told to stop or the server is gone."""

    def post() -> None:
        while not stop.is_set():
            entry = told.unanswered.pop() if told.unanswered else report()
            try:
                status, answer = call(port, target.token, "POST", f"/api/v1/spaces/{target.space}/entries", entry)
            except (OSError, http.client.HTTPException, ValueError):
                told.unanswered.append(entry)
                return
            assert status in (200, 201), answer
            with told.lock:
                told.digests[entry["subject"]] = answer["digest"]

    threads = [threading.Thread(target=post) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    return threads


def kill_round(target: Target, made: Zygote, told: Acknowledged, chance: random.Random) -> None:
    """Serve, load, kill -9 at a random moment."""
    pid, port = made.serve()
    stop = threading.Event()
    threads = load(target, port, told, stop)
    stop.wait(chance.uniform(0.02, 0.5))
    os.kill(pid, signal.SIGKILL)
    stop.set()
    for thread in threads:
        thread.join()


def check(target: Target, told: Acknowledged) -> str:
    """Look at the database in a fresh process: nothing acknowledged is missing, the chain holds.

    Returns the fingerprint of the state. Raises `AssertionError` with what is wrong.
    """
    given = json.dumps({"space": target.space, "digests": told.digests})
    command = [sys.executable, "-m", "tests.faults.looking"]
    done = subprocess.run(command, input=given, capture_output=True, text=True, env=target.environment(), check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def run_rounds(target: Target, rounds: int, seed: int = 1) -> tuple[Acknowledged, str]:
    """Kill `rounds` times, checking after each; returns what was acknowledged and the last fingerprint."""
    told, chance = Acknowledged(), random.Random(seed)
    fingerprint = ""
    with zygote(target) as made:
        for number in range(rounds):
            kill_round(target, made, told, chance)
            if number % 10 == 9 or number == rounds - 1:
                fingerprint = check(target, told)
    assert told.digests, "no entry was acknowledged: the load did nothing"
    return told, fingerprint
