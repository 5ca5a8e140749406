"""When the next målbild must be started: a template counted back from a period's first day (starter data 13.6)."""

from calendar import SUNDAY, monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from gemensam.core.entry import Header
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.objectives.domain import rules

SCHEDULE = "objectives_schedule"  # list
DONE, REOPENED = "done", "reopened"
SOON = timedelta(days=60)
ELECTION = "election"


@dataclass(frozen=True)
class StepDone:
    """A step of the schedule was done on a day (ISO)."""

    on: str
    note: str = ""


@dataclass(frozen=True)
class StepReopened:
    """Why a step is not done after all."""

    reason: str


@dataclass(frozen=True, slots=True)
class StepData:
    """A step in the state; `on` is "" where it is not done, or its text is gone."""

    content: str
    on: str = ""


def step_of(code: str) -> str:
    """Return the subject that holds a step of a period's schedule."""
    return f"step-{code}"


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    yield ("schedule_steps",), (thing.subject,)


STEP = SubjectType(
    "schedule_step",
    owner=Machine(
        {
            ("", "schedule_step.done"): DONE,
            (DONE, "schedule_step.done"): DONE,  # on another day
            (DONE, "schedule_step.reopened"): REOPENED,
            (REOPENED, "schedule_step.done"): DONE,
        }
    ),
    index=_index,
)


def _done(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> StepData:
    return StepData(digest, (payload or {}).get("on", ""))


def _reopened(data: StepData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> StepData:
    return replace(data, on="")


def _decide_done(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    codes = rules.codes_of(decision, SCHEDULE)
    if decision.draft.subject not in {step_of(code) for code in codes}:
        raise Refused("unknown_step")
    rules.check_day("on", payload["on"], needed=True)
    rules.check_words(note=payload["note"])
    return payload


def _decide_reopened(decision: Decision) -> Mapping[str, Any]:
    rules.need_text("reason", decision.draft.payload["reason"])
    rules.check_words(reason=decision.draft.payload["reason"])
    return decision.draft.payload


def _text(payload: Mapping[str, Any]) -> str:
    return str(payload.get("note") or payload.get("reason") or "")


KINDS = (
    Kind("schedule_step.done", 1, STEP, StepDone, "govern", _done, spaces=rules.PERIOD, decide=_decide_done,
         text=_text),
    Kind("schedule_step.reopened", 1, STEP, StepReopened, "govern", _reopened, spaces=rules.PERIOD,
         decide=_decide_reopened, text=_text, folds_payload=False),
)  # fmt: skip
TYPES = (STEP,)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a period's schedule. `done_on`: the day on which it was done, None while it is not."""

    code: str
    due: date
    done_on: date | None
    late: bool
    soon: bool

    @property
    def days_late(self) -> int | None:
        """How many days after its day it was done; None while it is not done."""
        return max(0, (self.done_on - self.due).days) if self.done_on is not None else None


def months_from(day: date, months: int) -> date:
    """Return the same day so many months later (earlier where negative), the month's last where it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def election_day(first_day: date, item: Mapping[str, Any]) -> date:
    """Return the election before a period: in Sweden the second Sunday of September the year before (VL 1:3)."""
    first = date(first_day.year - int(item.get("years_before", 1)), int(item.get("month", 9)), 1)
    return first + timedelta(days=(SUNDAY - first.weekday()) % 7 + 7 * (int(item.get("sunday", 2)) - 1))


def due_of(item: Mapping[str, Any], first_day: date) -> date:
    """Return when a step of the template should be done for a period that begins on a day."""
    if item.get("anchor") == ELECTION:
        return election_day(first_day, item)
    return months_from(first_day, int(item.get("months", 0)))


def steps(
    items: Iterable[Mapping[str, Any]], first_day: date, state: SpaceState | None, today: date
) -> tuple[Step, ...]:
    """Return a period's schedule, soonest first; `state` None for a period whose space nobody has opened."""
    found = []
    for item in items:
        due, done_on = due_of(item, first_day), _done_on(state, str(item["code"]))
        late = done_on is None and today > due
        found.append(Step(str(item["code"]), due, done_on, late, not late and done_on is None and due - today <= SOON))
    return tuple(sorted(found, key=lambda each: (each.due, each.code)))


def _done_on(state: SpaceState | None, code: str) -> date | None:
    thing = state.thing(step_of(code)) if state is not None else None
    if thing is None or thing.status != DONE:
        return None
    return (
        date.fromisoformat(thing.data.on) if thing.data.on else date.min
    )  # its text is gone: done, on a day not known
