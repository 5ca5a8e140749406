"""Commands about larm: what goes on, and whom it has reached."""

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gemensam.cli.setting_up import open_data

if TYPE_CHECKING:
    from gemensam.activation.domain.board import Line
    from gemensam.core.state import SpaceState, Thing


def status(_chosen: argparse.Namespace) -> None:
    """Print every larm that goes on: its space, mark, share that has acknowledged, and who is not reached.

    No contact datum and no text of a space is printed: names of organisations and functions, and times in UTC.
    """
    open_data()
    from gemensam.activation.sending import active
    from gemensam.ledger.append import now_ms

    now = now_ms()
    lines = [line for state, thing in active(now) for line in _told(state, thing, now)]
    print("\n".join(lines) if lines else "no larm goes on")


def _told(state: "SpaceState", thing: "Thing", now: int) -> list[str]:
    from gemensam.activation.domain.board import UNREACHED, board
    from gemensam.activation.domain.larms import LarmData
    from gemensam.activation.domain.reading import settled_at
    from gemensam.activation.domain.rules import data_of

    data = data_of(thing, LarmData)
    stands = board(data, now, settled_at=settled_at(state, thing))
    marks = [data.mark] if data.mark else []
    where = "telephones, mail and push" if data.live else "the program only"
    head = " ".join([
        *marks, f"larm {thing.subject} ({data.text}) in space {state.space}, by {thing.organisation},",
        f"sent {_utc(data.sent_at)}, ends {_utc(data.ends_at)}, to {where}:",
    ])  # fmt: skip
    acknowledged = f"{stands.acknowledged} of {stands.members} have acknowledged ({stands.percent} %)"
    share = f"  {acknowledged}, {stands.take_part} take part"
    return [head, share, *(_line(line) for line in stands.lines if line.status == UNREACHED)]


def _line(line: "Line") -> str:
    tried = ", ".join(f"{step.function} {_utc(step.at)}" for step in line.course.steps)
    return f"  not reached: {line.organisation}; tried {tried or 'nobody: there is no call list'}"


def _utc(at: int) -> str:
    return f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m-%dT%H:%M:%SZ}"
