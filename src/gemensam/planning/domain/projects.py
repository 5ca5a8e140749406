"""A joint project (aktörsgemensamt projekt): purpose, plan, participants, state and result (G11).

It is its leading organisation's. Each organisation says itself whether it takes part; nobody is put into a project.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from sys import intern
from typing import Any

from gemensam.coordination.domain import rules
from gemensam.core.entry import Header
from gemensam.core.kinds import FOR_OTHERS, GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.organisations.domain.bodies import check_day
from gemensam.organisations.domain.reading import vocabulary

HERE = frozenset({"period"})
OPEN, JOINED, DECLINED, LEFT = "open", "joined", "declined", "left"
STATES = "project_states"
TITLE_MAX, STEPS_MAX = 120, 40


@dataclass(frozen=True)
class Step:
    """A step of the plan; days in ISO, "" where not stated. `code` is the program's and stays when the text changes."""

    text: str
    due_on: str = ""
    done_on: str = ""
    code: str = ""


@dataclass(frozen=True)
class ProjectOpened:
    """A project, whole. `goal`: the subject of a goal of the målbild in this space, or ""; `goal_text`: it in words.

    `invited`: whom the leading organisation asks to take part. Days in ISO, "" where not stated.
    """

    title: str
    purpose: str = ""
    goal: str = ""
    goal_text: str = ""
    invited: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    begins_on: str = ""
    ends_on: str = ""
    state: str = ""


@dataclass(frozen=True)
class ProjectChanged(ProjectOpened):
    """The project as it is now, whole, with the reason; its state is moved by an entry of its own."""

    reason: str = ""


@dataclass(frozen=True)
class ProjectMoved:
    """The project's state from now on, of `project_states`; the reason and the result where the list asks for them."""

    state: str
    reason: str = ""
    result: str = ""


@dataclass(frozen=True)
class Participation:
    """What an organisation says of taking part: with what, or why not."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of an organisation about taking part, in order."""

    organisation: str
    status: str
    at: int
    digest: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The project as one entry gives it: its digest, when it was said (ms UTC), and what lists are made of."""

    digest: str
    at: int
    invited: tuple[str, ...] = ()
    begins_on: str = ""
    ends_on: str = ""
    steps: tuple[tuple[str, str], ...] = ()  # (due_on, done_on)
    goal: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A state that the project has had since `at` (ms UTC)."""

    state: str
    at: int
    digest: str


@dataclass(frozen=True, slots=True)
class ProjectData:
    """A project in the state: every plan, every state and every word about taking part, in order."""

    plans: tuple[Plan, ...] = ()
    moves: tuple[Moved, ...] = ()
    words: tuple[Word, ...] = ()

    def plan_at(self, happened_by: int | None = None) -> Plan | None:
        return next((one for one in reversed(self.plans) if happened_by is None or one.at <= happened_by), None)

    def state_at(self, happened_by: int | None = None) -> Moved:
        """Return the state that it has, the first one where none was set."""
        found = (one for one in reversed(self.moves) if happened_by is None or one.at <= happened_by)
        return next(found, Moved("", 0, ""))

    def participation(self, happened_by: int | None = None) -> dict[str, Word]:
        """Return each organisation's last word about taking part."""
        told = (one for one in self.words if happened_by is None or one.at <= happened_by)
        return {one.organisation: one for one in told}


_WORDS = {"project.joined": JOINED, "project.declined": DECLINED, "project.left": LEFT}


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    key = (thing.created_clock, thing.subject)
    yield ("projects",), key
    plan = thing.data.plan_at()
    if plan and plan.goal:
        yield ("projects_of_goal", plan.goal), key


PROJECT = SubjectType(
    "project",
    owner=Machine(
        {
            ("", "project.opened"): OPEN,
            (OPEN, "project.changed"): OPEN,
            (OPEN, "project.moved"): OPEN,
        }
    ),
    each=Machine(
        {
            ("", "project.joined"): JOINED,
            ("", "project.declined"): DECLINED,
            (JOINED, "project.joined"): JOINED,  # with something else
            (JOINED, "project.left"): LEFT,
            (DECLINED, "project.joined"): JOINED,
            (LEFT, "project.joined"): JOINED,
        }
    ),
    index=_index,
)


def _planned(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ProjectData:
    before = data if isinstance(data, ProjectData) else ProjectData()
    plan = Plan(digest, header.occurred_at)
    if payload:
        steps = tuple((step["due_on"], step["done_on"]) for step in payload["steps"])
        plan = Plan(
            digest, header.occurred_at, tuple(intern(each) for each in payload["invited"]), payload["begins_on"],
            payload["ends_on"], steps, payload["goal"],
        )  # fmt: skip
    found = replace(before, plans=(*before.plans, plan))
    return found if before.moves else replace(found, moves=(_move(header, digest, payload),))


def _move(header: Header, digest: str, payload: Mapping[str, Any] | None) -> Moved:
    return Moved(intern((payload or {}).get("state", "")), header.occurred_at, digest)


def _moved(data: ProjectData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ProjectData:
    return replace(data, moves=(*data.moves, _move(header, digest, payload)))


def _said(data: ProjectData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ProjectData:
    word = Word(intern(header.organisation), _WORDS[header.kind], header.occurred_at, digest)
    return replace(data, words=(*data.words, word))


def _decide_project(decision: Decision) -> Mapping[str, Any]:
    """Check a project and number its steps.

    Raises `Refused`: `words_missing`, `text_too_long`, `no_such_organisation`, `day_unreadable`, `days_reversed`,
    `project_steps`, `unknown_project_state`, `reason_missing`, and `moved` where another plan is in force.
    """
    payload = decision.draft.payload
    rules.need_text("title", payload["title"])
    rules.check_words(longest=TITLE_MAX, title=payload["title"])
    rules.check_words(longest=rules.TEXT_MAX, purpose=payload["purpose"], goal_text=payload["goal_text"])
    rules.check_organisations(decision, payload["invited"])
    _check_days(payload)
    if decision.draft.kind == "project.changed":
        _check_change(decision)
    else:
        _state(decision, payload["state"])
    invited = sorted(set(payload["invited"]) - {decision.organisation})
    return {**payload, "invited": invited, "steps": _numbered(payload["steps"])}


def _check_days(payload: Mapping[str, Any]) -> None:
    if len(payload["steps"]) > STEPS_MAX:
        raise Refused("project_steps", limit=STEPS_MAX)
    for step in payload["steps"]:
        rules.need_text("step", step["text"])
        rules.check_words(step=step["text"])
    told = [payload["begins_on"], payload["ends_on"]]
    told += [step[name] for step in payload["steps"] for name in ("due_on", "done_on")]
    for day in filter(None, told):
        check_day(day)
    if payload["begins_on"] and payload["ends_on"] and payload["begins_on"] > payload["ends_on"]:
        raise Refused("days_reversed")


def _check_change(decision: Decision) -> None:
    if not decision.draft.payload["reason"].strip():
        raise Refused("reason_missing")
    rules.check_words(reason=decision.draft.payload["reason"])
    if decision.thing is not None:
        rules.check_seen(decision, rules.CORRECTS, decision.thing.data.plans[-1].digest)


def _numbered(steps: tuple[Mapping[str, Any], ...]) -> list[dict[str, Any]]:
    """Give the steps that have no code the next ones; a code that comes twice is given anew."""
    used: set[str] = set()
    found: list[dict[str, Any]] = []
    for step in steps:
        code = step["code"] if step["code"] and step["code"] not in used else ""
        used.add(code)
        found.append({**step, "code": code})
    free = (str(number) for number in range(1, 10_000) if str(number) not in used)
    return [step if step["code"] else {**step, "code": next(free)} for step in found]


def _state(decision: Decision, code: str) -> Mapping[str, Any]:
    item = vocabulary(decision.directory, STATES).item(code)
    if item is None:
        raise Refused("unknown_project_state", value=code)
    return item


def _decide_moved(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `unknown_project_state`, `project_state_same`, `reason_missing`, `project_result_missing`,
    `text_too_long`.
    """
    payload = decision.draft.payload
    item = _state(decision, payload["state"])
    if decision.thing is not None and decision.thing.data.state_at().state == payload["state"]:
        raise Refused("project_state_same")
    if item.get("needs_reason") and not payload["reason"].strip():
        raise Refused("reason_missing")
    if item.get("ends") and not payload["result"].strip():
        raise Refused("project_result_missing")
    rules.check_words(reason=payload["reason"])
    rules.check_words(longest=rules.TEXT_MAX, result=payload["result"])
    return payload


def _decide_word(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `project_leads` for the leading organisation, which takes part already, `text_too_long`."""
    if decision.thing is not None and decision.thing.organisation == decision.organisation:
        raise Refused("project_leads")
    rules.check_words(text=decision.draft.payload["text"])
    return decision.draft.payload


def _text(payload: Mapping[str, Any]) -> str:
    names = ("title", "purpose", "goal_text", "text", "reason", "result")
    return "\n".join([*(payload[name] for name in names if payload.get(name)),
                      *(step["text"] for step in payload.get("steps", ()))])  # fmt: skip


def _kind(name: str, payload: type, apply: Any, decide: Any, **more: Any) -> Kind:
    return Kind(name, 1, PROJECT, payload, "plan", apply, spaces=HERE, decide=decide, text=_text, **more)


KINDS = (
    _kind("project.opened", ProjectOpened, _planned, _decide_project),
    _kind("project.changed", ProjectChanged, _planned, _decide_project),
    _kind("project.moved", ProjectMoved, _moved, _decide_moved),
    _kind("project.joined", Participation, _said, _decide_word, folds_payload=False, on_behalf=FOR_OTHERS),
    _kind("project.declined", Participation, _said, _decide_word, folds_payload=False, on_behalf=FOR_OTHERS),
    _kind("project.left", Participation, _said, _decide_word, folds_payload=False, on_behalf=FOR_OTHERS),
)
