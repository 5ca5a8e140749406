"""Målområden, the goals within them, and what is to be done for them year by year (G3).

All three are the joint office's: added, changed as a whole, and withdrawn with a visible trace.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gemensam.coordination.domain.rules import CORRECTS, check_seen
from gemensam.core.entry import Header
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.objectives.domain import rules
from gemensam.objectives.domain.traces import Source, Trace, check_traces, traced
from gemensam.objectives.domain.versions import decide_reason
from gemensam.organisations.domain import organisation

ADDED, WITHDRAWN = "added", "withdrawn"
TEXT_MAX = 4_000  # characters
ORDER_MAX = 99
ACTIVITY_STATES = "activity_states"  # list


@dataclass(frozen=True)
class AreaContent:
    """A målområde; `order` 1 the first."""

    title: str
    text: str = ""
    order: int = 1


@dataclass(frozen=True)
class GoalContent:
    """A goal within a målområde, and what it comes from."""

    title: str
    area: str
    text: str = ""
    traces: tuple[Trace, ...] = ()


@dataclass(frozen=True)
class ActivityContent:
    """What is to be done in a quarter of a year; `state` from the list `activity_states`."""

    title: str
    area: str
    year: int
    quarter: int
    responsible: str = ""
    state: str = ""
    text: str = ""


@dataclass(frozen=True)
class Withdrawal:
    """Why it no longer holds."""

    reason: str


@dataclass(frozen=True, slots=True)
class AreaData:
    """A målområde in the state; times in ms UTC, 0 where there is none."""

    content: str
    at: int
    title: str = ""
    order: int = 0
    ended_at: int = 0


@dataclass(frozen=True, slots=True)
class GoalData:
    """A goal in the state."""

    content: str
    at: int
    title: str = ""
    area: str = ""
    traced: tuple[Source, ...] = ()
    ended_at: int = 0


@dataclass(frozen=True, slots=True)
class ActivityData:
    """An activity in the state."""

    content: str
    at: int
    title: str = ""
    area: str = ""
    year: int = 0
    quarter: int = 0
    responsible: str = ""
    state: str = ""
    ended_at: int = 0


def machine(noun: str) -> Machine:
    """Return the table of what is added, changed and withdrawn by its owner."""
    return Machine(
        {
            ("", f"{noun}.added"): ADDED,
            (ADDED, f"{noun}.changed"): ADDED,
            (ADDED, f"{noun}.withdrawn"): WITHDRAWN,
        }
    )


def first_time(data: Any, header: Header) -> int:
    """Return when a thing was added, also when this entry changes it."""
    return int(data.at) if data is not None else header.occurred_at


def ended(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Any:
    """Mark that a thing has been withdrawn."""
    return replace(data, ended_at=header.occurred_at)


def _index_areas(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    if thing.status == ADDED:
        yield ("areas",), (thing.data.order, thing.created_clock, thing.subject)


def _index_goals(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    if thing.status == ADDED:
        yield ("goals",), (thing.created_clock, thing.subject)
        for source in thing.data.traced:
            yield ("comes_from", *source), (thing.created_clock, thing.subject)


def _index_activities(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    if thing.status == ADDED:
        yield ("activities",), (thing.data.year, thing.data.quarter, thing.created_clock, thing.subject)


AREA = SubjectType("area", owner=machine("area"), index=_index_areas)
GOAL = SubjectType("goal", owner=machine("goal"), index=_index_goals)
ACTIVITY = SubjectType("activity", owner=machine("activity"), index=_index_activities)


def _area(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> AreaData:
    given = payload or {}
    return AreaData(digest, first_time(data, header), given.get("title", ""), given.get("order", 0))


def _goal(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> GoalData:
    given = payload or {}
    at = first_time(data, header)
    return GoalData(digest, at, given.get("title", ""), given.get("area", ""), traced(header.refs))


def _activity(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ActivityData:
    given = payload or {}
    return ActivityData(
        digest, first_time(data, header), given.get("title", ""), given.get("area", ""), given.get("year", 0),
        given.get("quarter", 0), given.get("responsible", ""), given.get("state", ""),
    )  # fmt: skip


def check_named(decision: Decision) -> None:
    """Check a title and a text, and that what is changed is what the writer saw; raises `Refused("moved")` else."""
    payload = decision.draft.payload
    if decision.thing is not None:
        check_seen(decision, CORRECTS, decision.thing.data.content)
    rules.need_text("title", payload["title"])
    rules.check_words(longest=rules.TITLE_MAX, title=payload["title"])
    rules.check_words(longest=TEXT_MAX, text=payload["text"])


def check_area(state: SpaceState, subject: str) -> None:
    """Raise `Refused("objective_area_unknown")` for what is no målområde that holds."""
    thing = state.thing(subject)
    if thing is None or thing.type != AREA.name or thing.status != ADDED:
        raise Refused("objective_area_unknown")


def _decide_area(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    check_named(decision)
    if not 1 <= payload["order"] <= ORDER_MAX:
        raise Refused("order_wrong", most=ORDER_MAX)
    return payload


def _decide_area_ended(decision: Decision) -> Mapping[str, Any]:
    """Raises `Refused("area_in_use")` while goals, milestones or activities stand in it."""
    for group in ("goals", "milestones", "activities"):
        if any(thing.data.area == decision.draft.subject for thing in decision.state.group(group)):
            raise Refused("area_in_use")
    return decide_reason(decision)


def _decide_goal(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    check_named(decision)
    check_area(decision.state, payload["area"])
    check_traces(decision, payload["traces"])
    return payload


def _decide_goal_ended(decision: Decision) -> Mapping[str, Any]:
    """Raises `Refused("goal_in_use")` while milestones stand below it."""
    if any(thing.data.goal == decision.draft.subject for thing in decision.state.group("milestones")):
        raise Refused("goal_in_use")
    return decide_reason(decision)


def _decide_activity(decision: Decision) -> Mapping[str, Any]:
    payload, years = decision.draft.payload, rules.years_in(decision.state)
    check_named(decision)
    check_area(decision.state, payload["area"])
    if years is None or not years.first_year <= payload["year"] <= years.last_year or not 1 <= payload["quarter"] <= 4:
        raise Refused("quarter_wrong")
    rules.check_codes(decision, ACTIVITY_STATES, payload["state"], "unknown_activity_state")
    if payload["responsible"] and organisation(decision.directory, payload["responsible"]) is None:
        raise Refused("no_such_organisation", organisation=payload["responsible"])
    return payload


def found_text(payload: Mapping[str, Any]) -> str:
    """Return what the search finds of an entry."""
    told = [str(payload[name]) for name in ("title", "text", "evidence", "note", "reason") if payload.get(name)]
    return "\n".join([*told, *(each["text"] for each in payload.get("traces", ()) if each["text"])])


def only(*names: str) -> Any:
    """Return what the fold reads of a payload: a few short values, no text."""
    return lambda payload: {name: payload[name] for name in names}


def owned(subject: SubjectType, content: type, apply: Any, decide: Any, **more: Any) -> tuple[Kind, Kind, Kind]:
    """Return the three kinds of what is added, changed and withdrawn by those who govern."""
    noun, decide_end, end = subject.name, more.pop("decide_end", decide_reason), more.pop("end", ended)
    words: Any = {"spaces": rules.PERIOD, "text": found_text}
    return (
        Kind(f"{noun}.added", 1, subject, content, "govern", apply, decide=decide, **words, **more),
        Kind(f"{noun}.changed", 1, subject, content, "govern", apply, decide=decide, **words, **more),
        Kind(f"{noun}.withdrawn", 1, subject, Withdrawal, "govern", end, decide=decide_end, folds_payload=False,
             **words),
    )  # fmt: skip


KINDS = (
    *owned(AREA, AreaContent, _area, _decide_area, extract=only("title", "order"), decide_end=_decide_area_ended),
    *owned(GOAL, GoalContent, _goal, _decide_goal, extract=only("title", "area"), decide_end=_decide_goal_ended),
    *owned(ACTIVITY, ActivityContent, _activity, _decide_activity,
           extract=only("title", "area", "year", "quarter", "responsible", "state")),
)  # fmt: skip
TYPES = (AREA, GOAL, ACTIVITY)
