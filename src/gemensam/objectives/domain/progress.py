"""Progress by year: how many members had reached each milestone when a year ended, by their own days; no averages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from gemensam.governance.domain.periods import PeriodData
from gemensam.objectives.domain.standing import REACHED, Standing

_EPOCH = date(1970, 1, 1)


class Quarter(NamedTuple):
    """A quarter of a year, 1 to 4."""

    year: int
    number: int

    @property
    def last_day(self) -> date:
        following = date(self.year + self.number // 4, self.number % 4 * 3 + 1, 1)
        return following - timedelta(days=1)


def quarter_of(day: date) -> Quarter:
    """Return the quarter in which a day lies."""
    return Quarter(day.year, (day.month - 1) // 3 + 1)


def quarters(years: PeriodData) -> tuple[Quarter, ...]:
    """Return the quarters of a period, the first first."""
    return tuple(
        Quarter(year, number) for year in range(years.first_year, years.last_year + 1) for number in (1, 2, 3, 4)
    )


def read_day(text: str) -> date | None:
    """Return a stored day (ISO), None for none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class YearCount:
    """How many of those that it concerns had reached a milestone when a year ended; None before it has begun."""

    year: int
    reached: int | None
    asked: int


def reached_by_year(standing: Standing, years: PeriodData, today: date, zone: tzinfo) -> tuple[YearCount, ...]:
    """Return the count at the end of each year (this year: today), by the day of the evidence, else of the word."""
    days = reached_days(standing, zone)
    return tuple(
        YearCount(
            year,
            sum(1 for day in days if day <= min(date(year, 12, 31), today)) if year <= today.year else None,
            standing.asked,
        )
        for year in range(years.first_year, years.last_year + 1)
    )


def reached_days(standing: Standing, zone: tzinfo) -> Sequence[date]:
    """Return the day on which each member that has reached it did so."""
    found = []
    for party in standing.parties:
        if party.counts == REACHED and party.word is not None:
            said = datetime.fromtimestamp(party.word.at / 1000, zone).date()
            found.append(min(read_day(party.word.on) or said, said))
    return sorted(found)
