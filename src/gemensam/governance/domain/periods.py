"""The years of a period: a målbild covers four, tied to the term of office (G3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from gemensam.core.entry import Header
from gemensam.core.kinds import Kind, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision

PERIOD = frozenset({"period"})
EARLIEST, LATEST, LONGEST = 2000, 2100, 10  # years


@dataclass(frozen=True)
class PeriodDated:
    """From the first day of one year to the last of another, both counted."""

    first_year: int
    last_year: int


class PeriodData(NamedTuple):
    """The years of a period."""

    first_year: int
    last_year: int

    @property
    def first_day(self) -> date:
        return date(self.first_year, 1, 1)

    @property
    def last_day(self) -> date:
        return date(self.last_year, 12, 31)

    def covers(self, day: date) -> bool:
        return self.first_year <= day.year <= self.last_year


YEARS = SubjectType("years", owner=Machine({("", "period.dated"): "dated", ("dated", "period.dated"): "dated"}))


def years_of(space: str) -> str:
    """Return the subject that holds a period's years."""
    return f"years-{space}"


def _dated(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Any:
    return PeriodData(payload["first_year"], payload["last_year"]) if payload else data


def _decide(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    first, last = payload["first_year"], payload["last_year"]
    if not EARLIEST <= first <= last <= LATEST or last - first >= LONGEST:
        raise Refused("period_years_wrong", first=first, last=last)
    return payload


TYPES = (YEARS,)
KINDS = (
    Kind("period.dated", 1, YEARS, PeriodDated, "govern", _dated, spaces=PERIOD, decide=_decide, disposable=False),
)
