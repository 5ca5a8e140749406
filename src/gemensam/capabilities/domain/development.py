"""How many stood at each level at the end of each half-year: counts, never an average."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from gemensam.capabilities.domain.levels import LevelData
from gemensam.capabilities.domain.scale import Scale


class HalfYear(NamedTuple):
    """The first or second half of a year."""

    year: int
    half: int

    @property
    def last_day(self) -> date:
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def next(self) -> "HalfYear":
        return HalfYear(self.year, 2) if self.half == 1 else HalfYear(self.year + 1, 1)


class Step(NamedTuple):
    """A half-year's counts by (level shown, unproven), on its last day, or today in the present one."""

    half_year: HalfYear
    day: date
    counts: Mapping[tuple[str, bool], int]


def half_year_of(day: date) -> HalfYear:
    return HalfYear(day.year, 1 if day.month <= 6 else 2)


def half_years(first: date, last: date) -> list[HalfYear]:
    """Return the half-years that two days lie in and those between; none where the second is earlier."""
    found, each = [], half_year_of(first)
    while each <= half_year_of(last):
        found.append(each)
        each = each.next
    return found


def step_of(half_year: HalfYear, levels: Iterable[LevelData], ends: Mapping[date, int], scale: Scale) -> Step:
    """Return the counts of one delförmåga at a half-year's end. `ends`: the day → its last instant (ms UTC)."""
    day = min(half_year.last_day, max(ends))
    points = (data.at(ends[day]) for data in levels)
    stand = (scale.standing(point.level, point.proven_on, day) for point in points if point is not None)
    return Step(half_year, day, Counter((one.shown, one.unproven) for one in stand))


def days_of(found: Iterable[HalfYear], today: date) -> list[date]:
    """Return the days on which the half-years are looked at."""
    return sorted({min(each.last_day, today) for each in found})
