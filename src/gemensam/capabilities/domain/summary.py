"""Counts by group that give nobody away: no set of fewer than the fewest members can be worked out from them.

What a member has told everybody is known to everybody, so that only the others count, the *reserved* ones: those who
have told the joint office alone. A group's counts are shown where none of its members are reserved, or enough are. One
more group is withheld where what is withheld could be found by subtraction (starter data 12).

Groups lie within each other like boxes. What can be worked out from counts of such groups are sums of what remains of
each shown group outside the shown groups within it; so each of these remainders holds no reserved member or enough.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from gemensam.capabilities.domain.scale import Scale, Standing


@dataclass(frozen=True, slots=True)
class Group:
    """A group of members; those within it share no member with each other."""

    code: str
    members: frozenset[str]
    within: tuple["Group", ...] = ()


class Told(NamedTuple):
    """How a member's level stands, and whether it has told it to everybody."""

    standing: Standing
    is_open: bool


class Count(NamedTuple):
    """A group's counts by (level shown, unproven); None where they are withheld. `size`: all its members."""

    group: str
    size: int
    counts: Mapping[tuple[str, bool], int] | None

    @property
    def told(self) -> int:
        return sum(self.counts.values()) if self.counts is not None else 0


def summarise(root: Group, told: Mapping[str, Told], fewest: int) -> list[Count]:
    """Return the counts of a group and of all within it, outermost first; `told`: by member, only those who told."""
    reserved = frozenset(member for member, one in told.items() if not one.is_open)
    shown = {group.code for group in shown_groups(root, reserved, fewest)}
    return [_count(group, told, is_shown=group.code in shown) for group in every(root)]


def shown_groups(root: Group, reserved: frozenset[str], fewest: int) -> list[Group]:
    """Return the groups whose counts are shown."""
    safe = [group for group in every(root) if not group.members & reserved]
    return [*safe, *_shown(root, reserved, fewest)]


def _shown(group: Group, reserved: frozenset[str], fewest: int) -> Iterator[Group]:
    """Yield what is shown of a group that nothing is withheld around; those without reserved members aside."""
    if len(group.members & reserved) < fewest:
        return
    yield group
    within = sorted(
        (each for each in group.within if len(each.members & reserved) >= fewest),
        key=lambda each: (-len(each.members & reserved), each.code),
    )
    while within and 0 < _remaining(group, within, reserved) < fewest:
        within.pop()  # the smallest: what is withheld is then enough
    for each in within:
        yield from _shown(each, reserved, fewest)


def _remaining(group: Group, within: Iterable[Group], reserved: frozenset[str]) -> int:
    inside = frozenset[str]().union(*(each.members for each in within))
    return len((group.members - inside) & reserved)


def _count(group: Group, told: Mapping[str, Told], *, is_shown: bool) -> Count:
    stand = (told[member].standing for member in sorted(group.members) if member in told)
    counts = Counter((one.shown, one.unproven) for one in stand) if is_shown else None
    return Count(group.code, len(group.members), counts)


def every(group: Group) -> Iterator[Group]:
    """Yield a group and all within it, outermost first."""
    yield group
    for each in group.within:
        yield from every(each)


class Gap(NamedTuple):
    """A delförmåga where something is missing: how many are at the low levels or unproven, of how many that told."""

    capability: str
    missing: int
    told: int
    helpers: tuple[str, ...]


def gap_of(capability: str, told: Mapping[str, Told], scale: Scale) -> Gap:
    """Return what is missing of a delförmåga, and the members that everybody knows can help."""
    missing = sum(1 for one in told.values() if scale.is_gap(one.standing))
    helpers = tuple(sorted(member for member, one in told.items() if one.is_open and scale.can_help(one.standing)))
    return Gap(capability, missing, len(told), helpers)
