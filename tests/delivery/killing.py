"""Kill -9 of the worker at a random moment in a call-out, over and over, against a provider's process.

Each round is a call-out to 37 members × 3 functions by SMS and by voice, and an escalation that falls due while it
lasts. The worker is killed, a new one takes over. Then: everybody was reached, nobody got more than one repeat of the
same message, only messages that were under way were repeated, and nothing went out early or more than 5 s late.
"""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tests.delivery.outside import OUR_NUMBER, SPEECH, Elks, await_that
from tests.delivery.provider import PASSWORD, USER
from tests.faults.killing import Target

MEMBERS, FUNCTIONS, ESCALATED = 37, 3, 37
ESCALATION_MS, LATE_MS = 2_000, 5_000
UNDER_WAY = 16  # 8 text messages and 8 calls
ANSWERS_IN_S = 0.05


@dataclass
class Tally:
    """What was found in all rounds."""

    rounds: int = 0
    messages: int = 0
    repeated: int = 0
    latest_ms: int = 0


class Workers:
    """Forks workers of a data folder that send to the provider."""

    def __init__(self, target: Target, elks: Elks) -> None:
        environment = {
            **target.environment(), "GEMENSAM_ELKS_ADDRESS": elks.address, "GEMENSAM_ELKS_USER": USER,
            "GEMENSAM_ELKS_PASSWORD": PASSWORD, "GEMENSAM_SMS_NUMBER": OUR_NUMBER,
            "GEMENSAM_PUBLIC_ADDRESS": "http://localhost:1", "GEMENSAM_SPEECH_COMMAND": " ".join(SPEECH),
        }  # fmt: skip
        command = [sys.executable, "-m", "tests.delivery.sending"]
        self._process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def start(self) -> int:
        """Fork a worker and return its process id."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def kill(self, pid: int) -> None:
        """Kill -9."""
        os.kill(pid, signal.SIGKILL)

    def close(self) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()


@contextlib.contextmanager
def workers(target: Target, elks: Elks) -> Iterator[Workers]:
    """Give what forks workers and end it afterwards."""
    made = Workers(target, elks)
    try:
        yield made
    finally:
        made.close()


def call_out(number: int, now: int) -> list[tuple[str, str, int]]:
    """The messages of a round: channel, address, when due; the first all at once, the escalation later."""
    first = [(channel, f"+4670{number:04}{who:03}", now) for channel in ("sms", "voice")
             for who in range(MEMBERS * FUNCTIONS)]  # fmt: skip
    return first + [("sms", f"+4671{number:04}{who:03}", now + ESCALATION_MS) for who in range(ESCALATED)]


def kill_round(target: Target, cause: str, made: Workers, elks: Elks, chance: random.Random, tally: Tally) -> None:
    """Call out, kill at a random moment, let another take over, and look at what arrived."""
    number = tally.rounds
    slow = {"delay_s": ANSWERS_IN_S, "silent": True}
    elks.behave(forget=True, sms=slow, calls=slow)
    items = call_out(number, time.time_ns() // 1_000_000)
    told = {"round": number, "cause": cause, "space": target.space, "items": items}
    written = target.data / "items.json.new"
    written.write_text(json.dumps(told))
    written.replace(target.data / "items.json")
    first = made.start()
    threading.Event().wait(chance.uniform(0.02, 2.5))
    made.kill(first)
    second = made.start()
    try:
        wanted = {(channel, address) for channel, address, _ in items}
        await_that(lambda: _settled(elks, wanted), f"round {number}: not everybody was reached", within_s=30)
    finally:
        made.kill(second)
    _check(elks, items, tally)
    tally.rounds += 1


def _arrived(elks: Elks) -> list[tuple[str, str, int]]:
    channels = {"sms": "sms", "calls": "voice"}
    return [(channels[one["path"]], one["to"], int(one["at"] * 1000)) for one in elks.taken()]


def _settled(elks: Elks, wanted: set[tuple[str, str]]) -> bool:
    """Whether everybody has been reached, and whoever would be told again has had the time to be."""
    arrived = _arrived(elks)
    threading.Event().wait(0.2)
    quiet = not arrived or time.time() * 1000 - max(at for _, _, at in arrived) > 3_500
    return wanted <= {(channel, address) for channel, address, _ in arrived} and quiet


def _check(elks: Elks, items: list[tuple[str, str, int]], tally: Tally) -> None:
    due = {(channel, address): at for channel, address, at in items}
    arrived = _arrived(elks)
    times = Counter((channel, address) for channel, address, _ in arrived)
    assert set(times) == set(due), "somebody was reached that nobody called out"
    assert max(times.values()) <= 2, f"more than one repeat: {times.most_common(3)}"
    repeated = sum(count > 1 for count in times.values())
    assert repeated <= UNDER_WAY, f"{repeated} were repeated, and {UNDER_WAY} can have been under way"
    firsts: dict[tuple[str, str], int] = {}
    for channel, address, at in arrived:
        firsts[channel, address] = min(at, firsts.get((channel, address), at))
    lateness = [at - due[whom] for whom, at in firsts.items()]
    assert min(lateness) >= 0 and max(lateness) <= LATE_MS, f"sent {min(lateness)} to {max(lateness)} ms after its time"
    tally.messages += len(due)
    tally.repeated += repeated
    tally.latest_ms = max(tally.latest_ms, *lateness)


def run_rounds(target: Target, elks: Elks, rounds: int, seed: int = 1) -> Tally:
    """Kill `rounds` times; raises `AssertionError` with what went wrong."""
    tally, chance = Tally(), random.Random(seed)
    cause = first_entry(target)
    with workers(target, elks) as made:
        for _ in range(rounds):
            kill_round(target, cause, made, elks, chance, tally)
    return tally


def first_entry(target: Target) -> str:
    """Return the digest of the entry that opened the incident: what the call-outs are caused by."""
    program = (
        "import django; django.setup(); from gemensam.ledger.log import fetch; "
        f"print(fetch('SELECT digest FROM ledger_entry WHERE space = %s AND position = 1', ['{target.space}'])[0][0])"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=target.environment(), capture_output=True, text=True, check=True)
    return done.stdout.strip()
