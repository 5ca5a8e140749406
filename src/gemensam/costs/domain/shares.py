"""Shares of a budget: half by population, half by a key, exact to the öre (G9, starter-data 13.7). Amounts are öre.

One half is paid by the municipalities in proportion to their inhabitants at the start of the budget year; for the other
half the network sets a key. Each half is shared on its own by the method of the largest remainder: everyone first pays
the whole öre of its quota, and the öre that are left go one each to the largest fractions; of equal fractions to the
lowest code. So the sum is exact, the order of rows changes nothing, and more inhabitants never mean a smaller share.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from gemensam.core.refusal import Refused

RULE: Final = "largest_remainder"
LARGEST_KRONOR: Final = 10**9
ORE: Final = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """A municipality's inhabitants on the day of the figures."""

    kommunkod: str
    name: str
    inhabitants: int


@dataclass(frozen=True, slots=True)
class Part:
    """A member's parts of the other half: it pays parts / all parts."""

    organisation: str
    name: str
    parts: int


@dataclass(frozen=True, slots=True)
class Basis:
    """All that shares are computed from. Without `parts` the other half is not distributed, and never guessed."""

    budget: int
    figures: tuple[Figure, ...]
    parts: tuple[Part, ...] = ()
    rule: str = RULE


@dataclass(frozen=True, slots=True)
class Shares:
    """What each pays of each half, in öre: by kommunkod and by organisation, in the order of those codes.

    `other` is None where there is no key.
    """

    budget: int
    municipal: Mapping[str, int]
    other: Mapping[str, int] | None

    @property
    def half(self) -> int:
        return self.budget // 2

    def of(self, organisation: str, kommunkod: str) -> int:
        """Return what a member pays of both halves, as far as they are distributed."""
        return self.municipal.get(kommunkod, 0) + (self.other or {}).get(organisation, 0)


def compute(basis: Basis) -> Shares:
    """Return the shares; the same basis gives the same shares for ever.

    Raises `Refused`: `budget_not_positive`, `budget_too_large`, `budget_odd`, `cost_rule_unknown`, `cost_weights`.
    """
    check_budget(basis.budget)
    if basis.rule != RULE:
        raise Refused("cost_rule_unknown", rule=basis.rule)
    half = basis.budget // 2
    municipal = allot(half, {figure.kommunkod: figure.inhabitants for figure in basis.figures})
    other = allot(half, {part.organisation: part.parts for part in basis.parts}) if basis.parts else None
    return Shares(basis.budget, municipal, other)


def allot(amount: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Share an amount in proportion to whole weights by the largest remainder; the result's order is that of the codes.

    Raises `Refused("cost_weights")` where a weight is negative or all are nothing.
    """
    total = sum(weights.values())
    if amount < 0 or total <= 0 or min(weights.values()) < 0:
        raise Refused("cost_weights")
    shares = {code: amount * weights[code] // total for code in sorted(weights)}
    left = amount - sum(shares.values())
    by_fraction = sorted(weights, key=lambda code: (-(amount * weights[code] % total), code))
    for code in by_fraction[:left]:
        shares[code] += 1
    return shares


def check_budget(budget: int) -> None:
    """Raise `Refused`: `budget_not_positive`, `budget_too_large`, `budget_odd` (its half would be half an öre)."""
    if budget <= 0:
        raise Refused("budget_not_positive")
    if budget > LARGEST_KRONOR * ORE:
        raise Refused("budget_too_large", most=LARGEST_KRONOR)
    if budget % 2:
        raise Refused("budget_odd")


def reference_day(at: date) -> date:
    """Return the day whose figures hold at a day: the last 31 December up to it.

    The start of the budget year 2026, 1 January 2026, uses the figures of 31 December 2025.
    """
    return at if (at.month, at.day) == (12, 31) else date(at.year - 1, 12, 31)


def reference_day_of(year: int) -> date:
    """Return the day of the figures that are final for a budget year."""
    return date(year - 1, 12, 31)


def kronor(ore: int) -> str:
    """Return an amount in kronor with a point and two decimals, for programs: 1234567 → 12345.67."""
    sign, whole = ("-" if ore < 0 else ""), abs(ore)
    return f"{sign}{whole // ORE}.{whole % ORE:02}"
