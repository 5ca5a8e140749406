"""Readers of governance: the periods."""

from dataclasses import dataclass

from gemensam.core.policy import SpaceInfo
from gemensam.governance.domain.periods import PeriodData, years_of
from gemensam.ledger.reading import Lens


@dataclass(frozen=True, slots=True)
class Period:
    """A period that this reader may read, with its years."""

    info: SpaceInfo
    years: PeriodData

    @property
    def id(self) -> str:
        return self.info.id


def list_periods_for(lens: Lens) -> tuple[Period, ...]:
    """Return the periods by their years, the earliest first."""
    found = [
        Period(info, thing.data)
        for info in lens.spaces()
        if info.kind == "period" and (thing := lens.state(info.id).thing(years_of(info.id))) is not None
    ]
    return tuple(sorted(found, key=lambda each: (each.years, each.id)))
