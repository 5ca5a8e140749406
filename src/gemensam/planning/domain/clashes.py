"""Which known events get in each other's way: pure, by rules that are data (list `clash_rules`, G12).

A clash is a largest set of events that share something (a place, who is responsible, a strained resource) at the same
time, at least as many as the rule says. Events within the rule's margin of each other count as at the same time.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

PLACE, RESPONSIBLE, RESOURCE = "place", "responsible", "resource"
MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One time that an event takes place, `from_at` to before `until_at` (ms UTC); `year` tells yearly ones apart."""

    from_at: int
    until_at: int
    subject: str
    year: int
    organisation: str
    kommuner: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.subject}.{self.year}"


@dataclass(frozen=True, slots=True)
class Rule:
    """What clashes: events that share a `by`, at least `least` of them, nearer than `margin_ms` to each other."""

    code: str
    by: str
    least: int = 2
    margin_ms: int = 0


@dataclass(frozen=True, slots=True)
class Clash:
    """Events that clash by a rule, in the order of their times, and what they share (codes, sorted).

    `key` is made of the facts that clash: when one of them changes, so does the key, and an acceptance holds no more.
    """

    rule: str
    by: str
    shared: tuple[str, ...]
    events: tuple[Occurrence, ...]
    key: str

    @property
    def from_at(self) -> int:
        """When the last of them has begun: from then on all of them go on."""
        return max(each.from_at for each in self.events)

    @property
    def organisations(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.organisation for each in self.events))


def rules_of(items: Iterable[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """Return the rules of the list `clash_rules` that are in use."""
    return tuple(
        Rule(str(item["code"]), str(item["by"]), max(2, int(item["least"])), int(item["margin_minutes"]) * MINUTE_MS)
        for item in items
        if not item.get("retired")
    )


def find_clashes(occurrences: Iterable[Occurrence], rules: Iterable[Rule]) -> tuple[Clash, ...]:
    """Return all clashes, the first in time first; the order of the occurrences and of the rules changes nothing."""
    ordered = sorted(set(occurrences))
    found = [clash for rule in sorted(rules, key=lambda rule: rule.code) for clash in _by_rule(ordered, rule)]
    return tuple(sorted(found, key=lambda clash: (clash.from_at, clash.rule, clash.key)))


def _by_rule(ordered: list[Occurrence], rule: Rule) -> Iterator[Clash]:
    shared: dict[tuple[Occurrence, ...], list[str]] = {}
    for value, alike in sorted(_grouped(ordered, rule.by).items()):
        for events in _together(alike, rule.margin_ms):
            if len({each.subject for each in events}) >= rule.least:
                shared.setdefault(events, []).append(value)
    for events, values in shared.items():
        yield Clash(rule.code, rule.by, tuple(values), events, _key(rule.code, values, events))


def _grouped(ordered: Iterable[Occurrence], by: str) -> dict[str, list[Occurrence]]:
    groups: dict[str, list[Occurrence]] = {}
    for each in ordered:
        for value in _values(each, by):
            groups.setdefault(value, []).append(each)
    return groups


def _values(each: Occurrence, by: str) -> tuple[str, ...]:
    if by == PLACE:
        return tuple(sorted(set(each.kommuner)))
    return tuple(sorted(set(each.resources))) if by == RESOURCE else (each.organisation,)


def _together(alike: list[Occurrence], margin_ms: int) -> list[tuple[Occurrence, ...]]:
    """Return the largest sets that go on at the same time: what goes on when one begins, unless more go on later."""
    sets = [tuple(one for one in alike if one.from_at <= each.from_at < one.until_at + margin_ms) for each in alike]
    distinct = sorted(set(sets))
    return [each for each in distinct if not any(set(each) < set(other) for other in distinct)]


def _key(rule: str, values: Iterable[str], events: Iterable[Occurrence]) -> str:
    told = [rule, *values]
    told += [f"{one.key} {one.from_at} {one.until_at} {one.organisation}" for one in events]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]
