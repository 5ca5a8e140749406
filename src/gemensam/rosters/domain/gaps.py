"""What is missing before a member can be reached: gaps, lists not set, not confirmed or not tested (R8). Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.organisations.domain import Function, vocabulary
from gemensam.organisations.domain import function as function_of
from gemensam.rosters.domain.reading import (
    CallList,
    call_list,
    holds_between,
    reach,
    shifts_between,
    shifts_of,
    standing_contacts,
)
from gemensam.rosters.domain.shifts import DAY_MS

LIST = "roster_limits"
ENDLESS = 2**53
GAP_AHEAD, TEST_EVERY, CONFIRM_EVERY = "gap_ahead", "test_every", "confirm_every"
# What holds in a network that was founded before the list came.
USUAL_DAYS: Mapping[str, int] = {GAP_AHEAD: 14, TEST_EVERY: 30, CONFIRM_EVERY: 90}
NO_OWN_LIST, NOT_REACHED, GAP, UNTESTED, UNCONFIRMED = "no_own_list", "not_reached", "gap", "untested", "unconfirmed"


@dataclass(frozen=True, slots=True)
class Limits:
    """How far ahead gaps are looked for, and how old a test and a confirmation may be; in ms."""

    gap_ahead: int
    test_every: int
    confirm_every: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A time (ms UTC, the end not included) when no shift holds a function; `standing`: a standing contact takes it."""

    function: str
    from_at: int
    until_at: int
    standing: bool


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that a member and the joint office should see; times in ms UTC, 0 where it has none.

    `code`: no_own_list, not_reached (a function of the list, at once), gap, untested or unconfirmed (since `from_at`).
    """

    code: str
    organisation: str
    function: str = ""
    from_at: int = 0
    until_at: int = 0
    standing: bool = False


def limits(directory: SpaceState) -> Limits:
    """Return the network's limits from its list."""
    try:
        items = vocabulary(directory, LIST).items
    except Refused:
        items = ()
    told = {str(item["code"]): item.get("days") for item in items}
    days = {code: given if isinstance(given := told.get(code), int) else usual for code, usual in USUAL_DAYS.items()}
    return Limits(days[GAP_AHEAD] * DAY_MS, days[TEST_EVERY] * DAY_MS, days[CONFIRM_EVERY] * DAY_MS)


def gaps(directory: SpaceState, rosters: SpaceState, organisation: str, span: tuple[int, int]) -> tuple[Gap, ...]:
    """Return the times within a span (from, until) when no shift holds a function of a member's call list.

    A function without shifts that has a standing contact has no gaps: it is not kept by shifts.
    """
    steps = call_list(directory, rosters, organisation).steps
    return tuple(gap for step in steps for gap in function_gaps(directory, rosters, step, span))


def function_gaps(directory: SpaceState, rosters: SpaceState, function: str, span: tuple[int, int]) -> Iterator[Gap]:
    """Yield the gaps of one function, by when they begin."""
    found = function_of(directory, function)
    if found is None:
        return
    standing = bool(standing_contacts(rosters, found))
    if standing and not _keeps_shifts(rosters, found, span):
        return
    for from_at, until_at in uncovered(holds_between(rosters, found, span), span):
        yield Gap(function, from_at, until_at, standing)


def uncovered(parts: Iterable[tuple[int, int, str]], span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the times of a span that no part covers; adjacent parts leave nothing between them."""
    reached = span[0]
    for from_at, until_at, _contact in sorted(parts):
        if from_at > reached:
            yield reached, from_at
        reached = max(reached, until_at)
    if reached < span[1]:
        yield reached, span[1]


def _keeps_shifts(rosters: SpaceState, function: Function, span: tuple[int, int]) -> bool:
    """Whether a function has had a shift within as long before the span as the span is, or has one later."""
    since = span[0] - (span[1] - span[0])
    return next(shifts_between(rosters, shifts_of(function), (since, ENDLESS)), None) is not None


def untested(told: CallList, at: int, limit: int) -> bool:
    """Return whether a list's last test is older than a limit (ms), or there has been none (R8)."""
    return told.tested_at == 0 or at - told.tested_at > limit


def flags(directory: SpaceState, rosters: SpaceState, organisation: str, at: int) -> tuple[Flag, ...]:
    """Return what a member should mend, the gravest first."""
    told, limit = call_list(directory, rosters, organisation), limits(directory)
    unreached = [step for step in told.steps if not reach(directory, rosters, step, at).addresses]
    found = [Flag(NOT_REACHED, organisation, step) for step in unreached]
    end = at + limit.gap_ahead
    found += (
        Flag(GAP, organisation, gap.function, gap.from_at, gap.until_at, gap.standing)
        for gap in gaps(directory, rosters, organisation, (at, end))
        if gap.function not in unreached or gap.until_at < end
    )
    if not told.is_own:
        found.append(Flag(NO_OWN_LIST, organisation))
    if untested(told, at, limit.test_every):
        found.append(Flag(UNTESTED, organisation, from_at=told.tested_at))
    if told.is_own and at - told.confirmed_at > limit.confirm_every:
        found.append(Flag(UNCONFIRMED, organisation, from_at=told.confirmed_at))
    return tuple(found)
