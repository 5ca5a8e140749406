"""A round of self-assessment: the joint office opens it with a last day, each member says when it has answered.

That a member has answered is told in the period's space, where the round was opened (design 3.4); what it answered is
not. A machine for the office, one for each member.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from gemensam.capabilities.domain.rules import (
    ASSESSES,
    GOVERNS,
    LINE_MAX,
    TEXT_MAX,
    check_member,
    check_texts,
    office_of,
)
from gemensam.capabilities.domain.scale import read_day
from gemensam.core.entry import Header
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision

PERIOD = frozenset({"period"})
OPEN, ANSWERED = "open", "answered"


@dataclass(frozen=True)
class RoundPayload:
    """A round; a change carries it anew. `due_on`: the last day, `YYYY-MM-DD`."""

    title: str
    due_on: str
    text: str = ""


@dataclass(frozen=True)
class RoundClosed:
    """No more answers are waited for."""


@dataclass(frozen=True)
class RoundAnswered:
    """A member has gone through its delförmågor: nothing of what it found."""


class RoundData(NamedTuple):
    """A round in the state; `answers`: (member, ms UTC), the latest of each, sorted."""

    title: str = ""
    due_on: str = ""
    content: str = ""
    answers: tuple[tuple[str, int], ...] = ()

    def answered_at(self, member: str, by: int | None = None) -> int | None:
        at = dict(self.answers).get(member)
        return at if at is not None and (by is None or at <= by) else None


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    yield ("rounds",), (thing.created_clock, thing.subject)


ROUND = SubjectType(
    "round",
    owner=Machine({("", "round.opened"): OPEN, (OPEN, "round.changed"): OPEN, (OPEN, "round.closed"): "closed"}),
    each=Machine({("", "round.answered"): ANSWERED, (ANSWERED, "round.answered"): ANSWERED}),
    index=_index,
)


def _opened(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> RoundData:
    before, given = data if isinstance(data, RoundData) else RoundData(), payload or {}
    return RoundData(given.get("title", ""), given.get("due_on", ""), digest, before.answers)


def _kept(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Any:
    return data


def _answered(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> RoundData:
    before = data if isinstance(data, RoundData) else RoundData()
    first = min(header.occurred_at, dict(before.answers).get(header.organisation, header.occurred_at))
    answers = {**dict(before.answers), header.organisation: first}
    return before._replace(answers=tuple(sorted(answers.items())))


def _decide_opened(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    if decision.organisation != office_of(decision.state):
        raise Refused("round_not_by_office")
    if not payload["title"].strip():
        raise Refused("round_title_missing")
    if read_day(payload["due_on"], "due_on") is None:
        raise Refused("assessment_day", field="due_on")
    check_texts(LINE_MAX, title=payload["title"])
    check_texts(TEXT_MAX, text=payload["text"])
    return payload


def _decide_answered(decision: Decision) -> Mapping[str, Any]:
    thing = decision.thing
    check_member(decision)
    if thing is None or thing.status != OPEN:
        raise Refused("round_closed")
    return decision.draft.payload


def rounds(state: SpaceState) -> list[Thing]:
    """Return the rounds of a period's space, newest first."""
    return list(state.newest("rounds"))


def open_round(state: SpaceState) -> Thing | None:
    """Return the newest round that waits for answers."""
    return next((thing for thing in rounds(state) if thing.status == OPEN), None)


TYPES = (ROUND,)
KINDS = (
    Kind("round.opened", 1, ROUND, RoundPayload, GOVERNS, _opened, spaces=PERIOD, decide=_decide_opened,
         text=lambda payload: f"{payload['title']}\n{payload['text']}"),
    Kind("round.changed", 1, ROUND, RoundPayload, GOVERNS, _opened, spaces=PERIOD, decide=_decide_opened,
         text=lambda payload: f"{payload['title']}\n{payload['text']}"),
    Kind("round.closed", 1, ROUND, RoundClosed, GOVERNS, _kept, spaces=PERIOD, folds_payload=False),
    Kind("round.answered", 1, ROUND, RoundAnswered, ASSESSES, _answered, spaces=PERIOD,
         decide=_decide_answered, folds_payload=False),
)  # fmt: skip
