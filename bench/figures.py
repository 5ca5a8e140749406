"""Measured figures: what was measured, its bar, and the physical limit it stands beside."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """What the machine itself needs for the least that the work contains, measured in the same run."""

    value: float
    what: str


@dataclass(frozen=True)
class Figure:
    """One measured value. `bar` is None where nothing was promised; `at_least` turns the bar around."""

    row: str
    what: str
    database: str
    value: float
    unit: str
    bar: float | None = None
    at_least: bool = False
    limit: Limit | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """`bar met`, `bar not met`, or nothing where there is no bar."""
        if self.bar is None:
            return ""
        met = self.value >= self.bar if self.at_least else self.value <= self.bar
        return "bar met" if met else "bar not met"

    @property
    def ratio(self) -> float | None:
        """How many times the physical limit the program needs (or, for a rate, how many times less it does)."""
        if self.limit is None or not self.value or not self.limit.value:
            return None
        return self.limit.value / self.value if self.at_least else self.value / self.limit.value


@dataclass(frozen=True)
class Missing:
    """A row that could not be measured, and why."""

    row: str
    database: str
    why: str


Outcome = Figure | Missing


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` (0–1) of the values lie (nearest rank); raises `ValueError` when empty."""
    if not values:
        raise ValueError("no values were measured")
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)]


def median(values: Sequence[float]) -> float:
    return percentile(values, 0.5)


def p95(values: Sequence[float]) -> float:
    return percentile(values, 0.95)


def shown(value: float, unit: str) -> str:
    """Return a value with its unit, with about three significant digits."""
    if value >= 100:
        number = f"{value:,.0f}"
    elif value >= 10:
        number = f"{value:.1f}"
    else:
        number = f"{value:.2f}"
    return f"{number} {unit}"
