"""Readers of this room: the table of members and delförmågor as one circle may read it, and a member's own account."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gemensam.capabilities.domain.assessments import AssessmentData, assessment_of
from gemensam.capabilities.domain.development import Step, days_of, half_years, step_of
from gemensam.capabilities.domain.levels import LevelData, Point, told_levels
from gemensam.capabilities.domain.rounds import open_round, rounds
from gemensam.capabilities.domain.rules import office_circle, office_of, own_circle
from gemensam.capabilities.domain.scale import CAPABILITIES, Item, Scale, Standing, scale_of
from gemensam.capabilities.domain.summary import Count, Gap, Group, Told, gap_of, summarise
from gemensam.core.moment import Moment
from gemensam.core.policy import SpaceInfo
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.core.swedish import sort_key
from gemensam.governance.queries import Period, list_periods_for
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import Organisation, VocabularyVersion, members, pinned_vocabulary
from gemensam.rosters.domain.local import MINUTES_OF_DAY, instant, local
from gemensam.web.page import SpacePage

Key = tuple[str, str]  # member, delförmåga
EVERYBODY, UNGROUPED = "everybody", "ungrouped"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a circle is told of a member's delförmåga; `standing` and `point` are None where nothing is.

    `has_answered`: whether the member has answered the round, so that what is missing is not shared.
    """

    standing: Standing | None
    point: Point | None
    is_open: bool
    has_answered: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Members and delförmågor as one circle reads them. `day`: the local day on which proofs are judged."""

    scale: Scale
    capabilities: tuple[Item, ...]
    members: tuple[Organisation, ...]
    cells: Mapping[Key, Cell]
    day: date

    def told(self, capability: str) -> dict[str, Told]:
        """Return how the level of each member that told it stands."""
        found = ((one.id, self.cells[one.id, capability]) for one in self.members)
        return {who: Told(cell.standing, cell.is_open) for who, cell in found if cell.standing is not None}

    def counts(self, capability: str) -> list[Count]:
        return summarise(groups_of(self.members), self.told(capability), self.scale.fewest)

    def gap(self, capability: str) -> Gap | None:
        """Return what is missing of a delförmåga; None where its counts are withheld for all members."""
        if self.counts(capability)[0].counts is None:
            return None
        return gap_of(capability, self.told(capability), self.scale)


def framework_of(lens: Lens, period: SpaceState) -> VocabularyVersion:
    """Return the period's version of the list of delförmågor; raises `Refused("no_such_vocabulary")`."""
    return pinned_vocabulary(lens.directory, period, CAPABILITIES)


def get_table(page: SpacePage) -> Table:
    """Return the table as everybody who reads the period reads it: of its own space alone."""
    return _table(page, (page.state,))


def get_office_table(page: SpacePage) -> Table:
    """Return the table as the joint office reads it; raises `Refused("not_found")` for anybody else."""
    if not is_office(page):
        raise Refused("not_found")
    narrow = [page.lens.state(info.id, page.moment) for info in _office_circles(page)]
    return _table(page, (page.state, *narrow))


def is_office(page: SpacePage) -> bool:
    return page.lens.principal.organisation == office_of(page.state)


def _office_circles(page: SpacePage) -> Iterator[SpaceInfo]:
    office = page.lens.principal.organisation
    wanted = {office_circle(one.id, office) for one in members(page.lens.directory)}
    return (info for info in page.lens.spaces() if info.parent == page.space and info.circle in wanted)


def _table(page: SpacePage, states: tuple[SpaceState, ...]) -> Table:
    """Return the table; what is told to more readers stands before what is told to fewer."""
    scale, day = scale_of(page.lens.directory, page.state), day_at(page.moment)
    items, who = framework_of(page.lens, page.state).items, _members(page.lens)
    answered, at = _answered(page.state, page.moment), page.moment.happened_by
    told: dict[Key, tuple[Point, bool]] = {}
    for state in reversed(states):
        levels = told_levels(state)
        told.update((key, (point, state is page.state)) for key, data in levels.items() if (point := data.at(at)))

    def cell(key: Key) -> Cell:
        point, is_open = told.get(key, (None, False))
        standing = scale.standing(point.level, point.proven_on, day) if point is not None else None
        return Cell(standing, point, is_open, key[0] in answered)

    cells = {key: cell(key) for one in who for item in items for key in ((one.id, str(item["code"])),)}
    return Table(scale, items, who, cells, day)


def _answered(state: SpaceState, moment: Moment) -> frozenset[str]:
    latest = next(iter(rounds(state)), None)
    if latest is None:
        return frozenset()
    return frozenset(who for who, at in latest.data.answers if moment.happened_by is None or at <= moment.happened_by)


def _members(lens: Lens) -> tuple[Organisation, ...]:
    """Return the members in Swedish order of the short names that the pages call them by."""
    return tuple(sorted(members(lens.directory), key=lambda one: sort_key(one.short)))


def day_at(moment: Moment) -> date:
    return local(moment.at).date()


def groups_of(who: tuple[Organisation, ...]) -> Group:
    """Return all members, within them each kind of member, and within the kommuner the municipal groups."""
    kinds = sorted({one.kind for one in who})
    return Group(EVERYBODY, frozenset(one.id for one in who), tuple(_kind(kind, who) for kind in kinds))


def _kind(kind: str, who: tuple[Organisation, ...]) -> Group:
    inside = [one for one in who if one.kind == kind]
    named = sorted({str(one.about.get("group") or UNGROUPED) for one in inside})
    within = tuple(
        Group(f"{kind}/{name}", frozenset(one.id for one in inside if str(one.about.get("group") or UNGROUPED) == name))
        for name in named
        if named != [UNGROUPED]
    )
    return Group(kind, frozenset(one.id for one in inside), within)


# Development -----------------------------------------------------------------------------------------------------


def get_development(page: SpacePage) -> dict[str, list[Step]]:
    """Return the counts of each delförmåga for each half-year since the first level was told to all.

    A half-year is counted in the space of the period that it lies in; each period's levels are its own.
    """
    scale, today = scale_of(page.lens.directory, page.state), day_at(page.moment)
    by_period = [(period, _levels_of(page, period)) for period in list_periods_for(page.lens)]
    firsts = [point.at for _, levels in by_period for data in levels for point in data.points]
    if not firsts:
        return {}
    wanted = half_years(local(min(firsts)).date(), today)
    ends = {day: min(instant(day, MINUTES_OF_DAY) - 1, page.moment.at) for day in days_of(wanted, today)}
    codes = [str(item["code"]) for item in framework_of(page.lens, page.state).items]
    return {
        code: [
            step_of(each, _of(code, by_period, min(each.last_day, today)), ends, scale)
            for each in wanted
        ]
        for code in codes
    }  # fmt: skip


def _levels_of(page: SpacePage, period: Period) -> tuple[LevelData, ...]:
    return tuple(told_levels(page.lens.state(period.id, page.moment)).values())


def _of(code: str, by_period: list[tuple[Period, tuple[LevelData, ...]]], day: date) -> list[LevelData]:
    return [
        data for period, levels in by_period if period.years.covers(day) for data in levels if data.capability == code
    ]


# A member's own --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Own:
    """A member's own account of a period. `circle`: its own narrower space, None where it has opened none."""

    member: str
    circle: SpaceInfo | None
    state: SpaceState | None

    def thing(self, capability: str) -> Thing | None:
        return self.state.thing(assessment_of(self.member, capability)) if self.state is not None else None

    def data(self, capability: str) -> AssessmentData | None:
        thing = self.thing(capability)
        return thing.data if thing is not None else None


def get_own(lens: Lens, period: str, moment: Moment | None = None) -> Own:
    """Return the account of the reader's organisation."""
    member = lens.principal.organisation
    circle = circle_within(lens, period, own_circle(member))
    return Own(member, circle, lens.state(circle.id, moment) if circle is not None else None)


def circle_within(lens: Lens, period: str, circle: tuple[tuple[str, str], ...]) -> SpaceInfo | None:
    """Return the open narrower space of a period with just these readers; the first of several, else None."""
    found = [
        info
        for info in lens.spaces()
        if info.kind == "sub" and info.parent == period and info.circle == circle and not info.closed
    ]
    return min(found, key=lambda info: (_opened_at(lens, info.id), info.id), default=None)


def _opened_at(lens: Lens, space: str) -> int:
    thing = lens.state(space).thing(space)
    return thing.created_clock.ms if thing is not None else 0


def earlier_own(lens: Lens, period: str) -> tuple[Period, Own] | None:
    """Return the latest earlier period in which the reader's organisation has assessed itself, and its account."""
    before: tuple[Period, Own] | None = None
    for each in list_periods_for(lens):
        if each.id == period:
            return before
        own = get_own(lens, each.id)
        if own.state is not None and own.state.size("assessments"):
            before = (each, own)
    return None


def missing_answers(lens: Lens, state: SpaceState) -> tuple[Organisation, ...]:
    """Return the members that have not answered the open round; none where no round is open."""
    thing = open_round(state)
    if thing is None:
        return ()
    return tuple(one for one in members(lens.directory) if thing.data.answered_at(one.id) is None)
