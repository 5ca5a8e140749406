"""A milstolpe: one subject of the joint office, and a machine for each member that says how far it has come (G3).

The milestone is the joint office's; each state is the member's own. Neither takes the other away: what does not fit
is named by the view (design 3.9).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from sys import intern
from typing import Any

from gemensam.coordination.domain.rules import ANSWERS
from gemensam.core.clock import ZERO
from gemensam.core.entry import Clock, Header
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.objectives.domain import rules
from gemensam.objectives.domain.areas import (
    ADDED,
    TEXT_MAX,
    WITHDRAWN,
    check_area,
    check_named,
    first_time,
    found_text,
    machine,
    only,
    owned,
)
from gemensam.objectives.domain.traces import Source, Trace, check_traces, traced
from gemensam.organisations.domain import members

STATED = "stated"
STATES, LEVELS = "milestone_states", "levels"  # lists


@dataclass(frozen=True)
class MilestoneContent:
    """A milstolpe. `due`: the last day (ISO); `level`: which level owns it; `evidence`: what counts as evidence.

    `concerns`: the members that it concerns; none named means all. `number` is the program's.
    """

    title: str
    area: str
    level: str
    due: str
    text: str = ""
    goal: str = ""
    evidence: str = ""
    concerns: tuple[str, ...] = ()
    traces: tuple[Trace, ...] = ()
    number: int = 0


@dataclass(frozen=True)
class MilestoneStated:
    """How far a member has come: `state` from the list; what shows it, from which day (ISO), and a note."""

    state: str
    evidence: str = ""
    on: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class StateWord:
    """One word of a member about a milestone, in order; its texts are in the payload of `digest`.

    `terms`: the wording of the milestone that it saw, or "". `on`: the day of the evidence (ISO), or "".
    """

    organisation: str
    state: str
    at: int
    clock: Clock
    digest: str
    on: str = ""
    has_evidence: bool = False
    terms: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneData:
    """A milestone in the state; times in ms UTC, 0 where there is none. `content`: the entry whose text is in force."""

    content: str
    at: int
    number: int = 0
    title: str = ""
    area: str = ""
    goal: str = ""
    level: str = ""
    due: str = ""
    concerns: tuple[str, ...] = ()
    traced: tuple[Source, ...] = ()
    changes: int = 0
    node: str = ""
    ended_at: int = 0
    ended_clock: Clock = ZERO
    words: tuple[StateWord, ...] = ()

    @property
    def label(self) -> str:
        """What the milestone is called in a narrow place."""
        return f"M{self.number}" if self.number else "M–"

    def latest(self, happened_by: int | None = None) -> dict[str, StateWord]:
        """Return each member's last word, of those said by an instant where one is asked for."""
        return {word.organisation: word for word in self.words if happened_by is None or word.at <= happened_by}


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    key = (thing.data.due, thing.created_clock, thing.subject)
    yield ("milestones_ever",), key
    if thing.status == ADDED:
        yield ("milestones",), key
        for source in thing.data.traced:
            yield ("comes_from", *source), key


MILESTONE = SubjectType(
    "milestone",
    owner=machine("milestone"),
    each=Machine({("", "milestone.stated"): STATED, (STATED, "milestone.stated"): STATED}),
    index=_index,
)


def _content(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> MilestoneData:
    before, given = data if isinstance(data, MilestoneData) else None, payload or {}
    return MilestoneData(
        content=digest,
        at=first_time(before, header),
        number=before.number if before else given.get("number", 0),
        title=given.get("title", ""),
        area=given.get("area", ""),
        goal=given.get("goal", ""),
        level=intern(given.get("level", "")),
        due=given.get("due", ""),
        concerns=tuple(given.get("concerns", ())),
        traced=traced(header.refs),
        changes=before.changes + 1 if before else 0,
        node=before.node if before else header.node,
        words=before.words if before else (),
    )


def _ended(data: MilestoneData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> MilestoneData:
    return replace(data, ended_at=header.occurred_at, ended_clock=header.clock)


def _stated(data: MilestoneData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> MilestoneData:
    given = payload or {}
    terms = next((ref.digest for ref in header.refs if ref.rel == ANSWERS), "")
    word = StateWord(
        intern(header.organisation), intern(given.get("state", "")), header.occurred_at, header.clock, digest,
        given.get("on", ""), bool(given.get("shown", False)), terms,
    )  # fmt: skip
    return replace(data, words=(*data.words, word))


def _told(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"state": payload["state"], "on": payload["on"], "shown": bool(payload["evidence"].strip())}


def _decide_content(decision: Decision) -> Mapping[str, Any]:
    """Check a milestone and number it: a series belongs to one node.

    Raises `Refused`: `objective_area_unknown`, `objective_goal_unknown`, `owner_level_unknown`, `objective_day_wrong`,
    `due_outside`, `milestone_member_unknown`.
    """
    payload, state = decision.draft.payload, decision.state
    check_named(decision)
    rules.check_words(longest=TEXT_MAX, evidence=payload["evidence"])
    check_area(state, payload["area"])
    _check_goal(decision, payload)
    rules.check_item(decision, LEVELS, payload["level"], "owner_level_unknown")
    _check_due(decision, payload["due"])
    check_traces(decision, payload["traces"])
    known = {each.id for each in members(decision.directory)}
    if unknown := sorted(set(payload["concerns"]) - known):
        raise Refused("milestone_member_unknown", organisation=unknown[0])
    own = sum(1 for thing in state.group("milestones_ever") if thing.data.node == decision.node)
    number = decision.thing.data.number if decision.thing is not None else own + 1
    return {**payload, "concerns": sorted(set(payload["concerns"])), "number": number}


def _check_goal(decision: Decision, payload: Mapping[str, Any]) -> None:
    if not payload["goal"]:
        return
    goal = decision.state.thing(payload["goal"])
    if goal is None or goal.type != "goal" or goal.status != ADDED or goal.data.area != payload["area"]:
        raise Refused("objective_goal_unknown")


def _check_due(decision: Decision, due: str) -> None:
    rules.check_day("due", due, needed=True)
    years = rules.years_in(decision.state)
    if years is None or not years.first_day.isoformat() <= due <= years.last_day.isoformat():
        raise Refused("due_outside")


def _decide_stated(decision: Decision) -> Mapping[str, Any]:
    """Check a member's own word.

    Raises `Refused`: `milestone_ended`, `milestone_not_concerned`, `unknown_milestone_state`,
    `milestone_evidence_missing`, `objective_day_wrong`.
    """
    payload, thing = decision.draft.payload, decision.thing
    if thing is None:
        raise Refused("no_such_subject", subject=decision.draft.subject)
    if thing.status == WITHDRAWN:
        raise Refused("milestone_ended")
    known = thing.data.concerns or tuple(each.id for each in members(decision.directory))
    if decision.organisation not in known:
        raise Refused("milestone_not_concerned")
    item = rules.check_codes(decision, STATES, payload["state"], "unknown_milestone_state")
    rules.check_words(longest=TEXT_MAX, evidence=payload["evidence"], note=payload["note"])
    rules.check_day("on", payload["on"], needed=False)
    if item.get("needs_evidence") and not payload["evidence"].strip():
        raise Refused("milestone_evidence_missing")
    return payload


KINDS = (
    *owned(MILESTONE, MilestoneContent, _content, _decide_content, end=_ended,
           extract=only("title", "area", "goal", "level", "due", "concerns", "number")),
    Kind("milestone.stated", 1, MILESTONE, MilestoneStated, "assess_capability", _stated, spaces=rules.PERIOD,
         decide=_decide_stated, text=found_text, extract=_told),
)  # fmt: skip
TYPES = (MILESTONE,)
