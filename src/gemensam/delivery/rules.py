"""When a message is handed over, again or no more, and what a channel's reports mean. Pure; times are ms UTC.

Design section 6: before an outside effect an attempt is committed, after it the outcome; an attempt without outcome is
*unknown*: tried once more, then counted as not reached. Past `not_after` nothing is begun.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

STARTED, UNKNOWN, SENT, FAILED, DELIVERED, MISSED = "started", "unknown", "sent", "failed", "delivered", "missed"
STATES = (STARTED, UNKNOWN, SENT, FAILED, DELIVERED, MISSED)
ARRIVED = frozenset({SENT, DELIVERED})
LEFT = frozenset({STARTED, UNKNOWN, SENT, DELIVERED})  # may have reached somebody
MOST_UNKNOWN = 2
PROV, EXERCISE = "PROV", "ÖVNING"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to hand a message over. Times are 0 where it has not come to that; `again`: failed for now only.

    `reason` is the channel's own word, or one of ours, which `labels.REASONS` lists: `stopped`, `exercise`, `fault`, ….
    """

    item: str
    number: int
    channel: str
    address: str
    state: str
    started_at: int = 0
    ended_at: int = 0
    reported_at: int = 0
    reason: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how soon: the waits are 2, 6, 18 and 54 seconds, so that all is tried within 80 seconds."""

    tries: int = 5
    first_wait_ms: int = 2_000
    factor: int = 3

    def wait_ms(self, failures: int) -> int:
        """Return how long to wait after so many attempts that came to nothing (1 or more)."""
        return int(self.first_wait_ms * self.factor ** (failures - 1))


PATIENCE = Patience()


@dataclass(frozen=True, slots=True)
class Send:
    """Hand it over now, as this attempt."""

    number: int


@dataclass(frozen=True, slots=True)
class Miss:
    """It was never handed over in time: shown as missed and never done."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing now; at `until` look again. 0: when the attempt under way has ended."""

    until: int = 0


@dataclass(frozen=True, slots=True)
class Finish:
    """Nothing more is done."""


Step = Send | Miss | Wait | Finish


def next_step(
    attempts: Sequence[Attempt], *, due_at: int, not_after: int, now: int, patience: Patience = PATIENCE
) -> Step:
    """Return what is to be done with an item, given its attempts in the order of their numbers."""
    if not attempts:
        return _first(due_at, not_after, now)
    last = attempts[-1]
    if any(one.state in ARRIVED for one in attempts) or last.state == MISSED:
        return Finish()
    if last.state == STARTED:
        return Wait()
    if not _is_worth_more(attempts, patience) or now > not_after:
        return Finish()
    passed, wait = now - last.ended_at, patience.wait_ms(len(attempts))
    # A clock that has been set back must not make anybody wait for an hour.
    return Wait(last.ended_at + wait) if 0 <= passed < wait else Send(last.number + 1)


def _first(due_at: int, not_after: int, now: int) -> Step:
    if now < due_at:
        return Wait(due_at)
    return Miss() if now > not_after else Send(1)


def _is_worth_more(attempts: Sequence[Attempt], patience: Patience) -> bool:
    last = attempts[-1]
    if last.state == FAILED and not last.again:
        return False
    unknown = sum(one.state == UNKNOWN for one in attempts)
    return unknown < MOST_UNKNOWN and len(attempts) < patience.tries


_RANK = {STARTED: 0, UNKNOWN: 1, SENT: 2, FAILED: 3, DELIVERED: 4}


def merged(state: str, told: str) -> str:
    """Return the state after a report, whatever the order that reports come in and however often.

    Delivered outweighs failed: a channel that first gave up and then got through did get through. What was never begun
    (missed) no report changes.
    """
    if MISSED in (state, told):
        return state
    return max(state, told, key=_RANK.__getitem__)


def may_leave(*, exercise: bool, mark: str, allowed: bool) -> bool:
    """Return whether a message may leave the program.

    From an exercise nothing does, unless it is marked PROV and its item says that it is for the real recipients.
    """
    return not exercise or (mark == PROV and allowed)


def reached_further(state: str, than: str) -> bool:
    """Return whether an attempt in one state came further than one in another; what was never begun came least far."""
    return _RANK.get(state, -1) > _RANK.get(than, -1)


def as_of(attempt: Attempt, at: int) -> Attempt | None:
    """Return an attempt as it was known at an instant (ms UTC), None before it was begun.

    Between its end and the channel's report it had been sent, as far as anybody knew.
    """
    if attempt.started_at > at:
        return None
    if attempt.ended_at > at:
        return replace(attempt, state=STARTED, ended_at=0, reported_at=0, reason="")
    if attempt.reported_at > at:
        return replace(attempt, state=SENT, reported_at=0, reason="")
    return attempt


def marked(text: str, mark: str) -> str:
    """Return a text that carries its mark (R9): as it is where a word of it begins so, else with the mark before it."""
    is_said = re.search(rf"\b{re.escape(mark)}", text, re.IGNORECASE)
    return text if not mark or is_said else f"{mark} {text}".rstrip()


def jumped(wall_ms: int, steady_ms: int, *, tolerance_ms: int = 30_000) -> bool:
    """Return whether the wall clock was set between two looks: it went otherwise than the steady clock by this much."""
    return abs(wall_ms - steady_ms) > tolerance_ms
