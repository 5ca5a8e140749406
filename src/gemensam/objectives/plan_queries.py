"""Readers of målområden, goals, milestones with their members' states, activities and the schedule."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.governance.domain.periods import PeriodData
from gemensam.governance.queries import list_periods_for
from gemensam.ledger.reading import Lens
from gemensam.objectives.domain import areas, milestones, rules, schedule
from gemensam.objectives.domain.areas import WITHDRAWN
from gemensam.objectives.domain.milestones import MilestoneData
from gemensam.objectives.domain.schedule import Step
from gemensam.objectives.domain.standing import Reading, Standing, standing
from gemensam.organisations.domain import members, pinned_vocabulary
from gemensam.web import times

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a page is narrowed to; "" and 0: everything. `until`: the last day on which they are due (ISO)."""

    area: str = ""
    level: str = ""
    year: int = 0
    until: str = ""

    def takes(self, data: MilestoneData) -> bool:
        of_area = not self.area or data.area == self.area
        of_level = not self.level or data.level == self.level
        return of_area and of_level and self._is_due(data.due)

    def _is_due(self, due: str) -> bool:
        return (not self.year or due.startswith(f"{self.year}-")) and (not self.until or due <= self.until)


ALL = Chosen()


@dataclass(frozen=True, slots=True)
class MilestoneShown:
    """A milestone, and how it stands at the moment."""

    thing: Thing
    stands: Standing

    @property
    def data(self) -> MilestoneData:
        data: MilestoneData = self.thing.data
        return data

    @property
    def subject(self) -> str:
        return self.thing.subject


def day_of(moment: Moment) -> date:
    """Return the local day of a moment, from which overdue is counted."""
    return times.local(moment.at).date()


def reading_of(lens: Lens, state: SpaceState, moment: Moment) -> Reading:
    """Return what milestones are read with at a moment."""
    known = tuple(each.id for each in members(lens.directory))
    scale = {item["code"]: item for item in list_items(lens, state, milestones.STATES)}
    return Reading(known, scale, day_of(moment), moment.happened_by)


def list_items(lens: Lens, state: SpaceState, code: str) -> tuple[Payload, ...]:
    """Return the items of a list as a space uses it; none where the network has no such list."""
    try:
        return pinned_vocabulary(lens.directory, state, code).items
    except Refused:
        return ()


def list_milestones(
    lens: Lens, space: str, moment: Moment, chosen: Chosen = ALL
) -> tuple[MilestoneShown, ...]:  # fmt: skip
    """Return the milestones that hold, the soonest due first."""
    state = lens.state(space, moment)
    reading = reading_of(lens, state, moment)
    things = (thing for thing in state.group("milestones") if was_there(thing, moment) and chosen.takes(thing.data))
    return tuple(MilestoneShown(thing, standing(thing.data, thing.status, reading)) for thing in things)


def get_milestone(lens: Lens, space: str, subject: str, moment: Moment) -> MilestoneShown:
    """Return one milestone, also one that has been withdrawn; raises `Refused("not_found")`."""
    state = lens.state(space, moment)
    thing = thing_of(state, subject, milestones.MILESTONE.name)
    return MilestoneShown(thing, standing(thing.data, thing.status, reading_of(lens, state, moment)))


def list_of(state: SpaceState, group: str, moment: Moment) -> tuple[Thing, ...]:
    """Return the `areas`, `goals` or `activities` that hold, in their order."""
    return tuple(thing for thing in state.group(group) if was_there(thing, moment))


def thing_of(state: SpaceState, subject: str, kind: str) -> Thing:
    """Return a thing of a type; raises `Refused("not_found")`."""
    thing = state.thing(subject)
    if thing is None or thing.type != kind:
        raise Refused("not_found")
    return thing


def was_there(thing: Thing, moment: Moment) -> bool:
    """Whether a thing had been added by its own time."""
    return moment.happened_by is None or thing.data.at <= moment.happened_by


def text_of(lens: Lens, space: str, thing: Thing) -> Payload:
    """Return the text in force of a thing; empty where it has been removed."""
    return lens.payloads(space, [thing.data.content]).get(thing.data.content) or {}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A goal or milestone that comes from something: its period, type, title and label."""

    space: str
    subject: str
    kind: str
    title: str
    label: str
    ended: bool


def list_outcomes(lens: Lens, space: str, subject: str = "") -> tuple[Outcome, ...]:
    """Return the goals and milestones of readable periods that come from a space, or from a thing in one (G4)."""
    found: list[Outcome] = []
    for period in list_periods_for(lens):
        things = lens.state(period.id).group("comes_from", space, subject or space)
        found += (_outcome(period.id, thing) for thing in things)
    return tuple(found)


def _outcome(space: str, thing: Thing) -> Outcome:
    label = thing.data.label if thing.type == milestones.MILESTONE.name else ""
    return Outcome(space, thing.subject, thing.type, thing.data.title, label, thing.status == WITHDRAWN)


def schedule_of(lens: Lens, space: str, moment: Moment) -> tuple[Step, ...]:
    """Return a period's schedule at a moment, soonest first; empty where its years are not known."""
    state = lens.state(space, moment)
    years = rules.years_in(state)
    if years is None:
        return ()
    return schedule.steps(list_items(lens, state, schedule.SCHEDULE), years.first_day, state, day_of(moment))


@dataclass(frozen=True, slots=True)
class Coming:
    """The schedule of a period that has work to do now: `space` is "" where nobody has opened it."""

    space: str
    years: PeriodData
    steps: tuple[Step, ...]

    @property
    def is_followed(self) -> bool:
        """Whether anybody has ticked off a step: a period that ran before it was kept here nags nobody."""
        return any(step.done_on is not None for step in self.steps)

    @property
    def late(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.late)

    @property
    def soon(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.soon)


def list_coming(lens: Lens, moment: Moment) -> Iterator[Coming]:
    """Yield the schedules of periods that are not over, and of the next one where nobody has opened it."""
    today, last = day_of(moment), None
    for period in list_periods_for(lens):
        last = period.years
        if period.years.last_day >= today and not period.info.closed:
            yield Coming(period.id, period.years, schedule_of(lens, period.id, moment))
    if last is not None:
        length = last.last_year - last.first_year
        following = PeriodData(last.last_year + 1, last.last_year + 1 + length)
        items = list_items(lens, lens.directory, schedule.SCHEDULE)
        yield Coming("", following, schedule.steps(items, following.first_day, None, today))


def titles(things: Iterable[Thing]) -> dict[str, str]:
    """Return the titles of things by subject."""
    return {thing.subject: thing.data.title for thing in things}


NOUN_TYPES = {"area": areas.AREA, "goal": areas.GOAL, "activity": areas.ACTIVITY, "milestone": milestones.MILESTONE}
