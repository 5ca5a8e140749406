"""What stands outside the program in these tests: the provider's process, a mail server, settings that lead to them."""

import contextlib
import json
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gemensam.delivery.configuration import ChannelSettings
from tests.delivery.provider import PASSWORD, USER
from tests.faults.killing import free_port

OUR_NUMBER = "+46766860000"
PATIENCE_S = 20.0
SPEECH = (sys.executable, str(Path(__file__).with_name("speech.py")), "{file}")


@dataclass(frozen=True)
class Elks:
    """The provider's process, seen from a test."""

    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/a1"

    def behave(self, *, forget: bool = False, phones: dict[str, Any] | None = None, **behaviour: Any) -> None:
        """Have it behave so: `sms={"status": 500}`, `calls={"delay_s": 1}`, `phones={number: {"keys": ["1"]}}`."""
        self._post("behave", {"forget": forget, "behaviour": behaviour, "phones": phones or {}})

    def answer(self, sender: str, text: str, **more: str) -> dict[str, Any]:
        """Send a text message from a telephone; returns status and text of what the program answered."""
        return self._post("answer", {"sender": sender, "to": OUR_NUMBER, "text": text, **more})

    def taken(self, path: str = "") -> list[dict[str, Any]]:
        return [one for one in self._seen()["taken"] if path in ("", one["path"])]

    def told(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._seen()["told"]
        return found

    def fetched(self) -> list[str]:
        found: list[str] = self._seen()["fetched"]
        return found

    def _seen(self) -> dict[str, Any]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/seen", timeout=10) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    def _post(self, path: str, told: dict[str, Any]) -> dict[str, Any]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/{path}", json.dumps(told).encode())
        with urllib.request.urlopen(request, timeout=60) as answer:
            found: dict[str, Any] = json.load(answer)
            return found


@contextlib.contextmanager
def elks_running() -> Iterator[Elks]:
    """Run the provider until the block ends."""
    command = [sys.executable, "-m", "tests.delivery.provider", "0"]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert started.stdout is not None
    try:
        yield Elks(int(started.stdout.readline()))
    finally:
        started.kill()
        started.wait()
        started.stdout.close()


def settings_for(elks: Elks, **more: Any) -> ChannelSettings:
    """Settings that lead to this provider, and to nothing else."""
    given: dict[str, Any] = {
        "public_address": "http://localhost:1", "sms_number": OUR_NUMBER, "elks_address": elks.address,
        "elks_user": USER, "elks_password": PASSWORD, "speech_command": SPEECH, "push_contact": "mailto:ssr@localhost",
    }  # fmt: skip
    return ChannelSettings(**{**given, **more})


def await_that(holds: Any, told: str = "it did not come about", within_s: float = PATIENCE_S) -> None:
    """Wait until something holds, and fail when it takes too long."""
    deadline = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < deadline, told
        threading.Event().wait(0.01)


def closed_port() -> int:
    """Return a port on which nobody listens."""
    return free_port()
