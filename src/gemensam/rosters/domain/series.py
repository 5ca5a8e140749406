"""A series of shifts from one form: the same hours on chosen days, contacts by turns. Pure.

Hours are local: a night shift 18.00–06.00 is eleven hours long when summer time begins within it and thirteen when it
ends, and the one who is relieved at 06.00 is relieved at 06.00.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gemensam.core.refusal import Refused
from gemensam.rosters.domain.local import MINUTES_OF_DAY, instant
from gemensam.rosters.domain.shifts import LONGEST_MS

SHIFTS_MAX = 200
DAYS_MAX = 400
EACH, DAY, WEEK = "shift", "day", "week"
TURNS = (EACH, DAY, WEEK)


@dataclass(frozen=True, slots=True)
class SeriesRule:
    """When shifts are held. `first`, `last`: local dates on which shifts begin, both included.

    `weekdays`: 1 = Monday; `start_minute` of the local day; `length_min`: hours on the clock, whole days for shifts
    that last until the same time some days later. `turn`: contacts change with each shift, day or week (from Monday).
    """

    first: date
    last: date
    weekdays: frozenset[int]
    start_minute: int
    length_min: int
    contacts: tuple[str, ...]
    turn: str = EACH


@dataclass(frozen=True, slots=True)
class Planned:
    """A shift to plan; times in ms UTC."""

    from_at: int
    until_at: int
    contact: str


def planned(rule: SeriesRule) -> tuple[Planned, ...]:
    """Return the shifts of a series in order.

    Raises `Refused`: `series_days` (none, or too many), `series_hours`, `series_contacts`, `series_turn`,
    `series_too_long` (more than 200 shifts).
    """
    check(rule)
    found = tuple(_planned(rule))
    if not found:
        raise Refused("series_days")
    if len(found) > SHIFTS_MAX:
        raise Refused("series_too_long", limit=SHIFTS_MAX)
    return found


def check(rule: SeriesRule) -> None:
    """Raise what `planned` raises of the rule itself."""
    if not timedelta(0) <= rule.last - rule.first <= timedelta(days=DAYS_MAX) or not rule.weekdays:
        raise Refused("series_days")
    if not 0 <= rule.start_minute < MINUTES_OF_DAY or not 0 < rule.length_min * 60_000 <= LONGEST_MS:
        raise Refused("series_hours")
    if not rule.contacts:
        raise Refused("series_contacts")
    if rule.turn not in TURNS:
        raise Refused("series_turn")


def length_between(start_minute: int, end_minute: int, days: int = 0) -> int:
    """Return how many minutes of the clock lie from one minute of a day to another, the same or earlier one meaning
    the next day's; `days`: so many whole days more.
    """
    passed = end_minute - start_minute
    return (passed if passed > 0 else passed + MINUTES_OF_DAY) + days * MINUTES_OF_DAY


def _planned(rule: SeriesRule) -> Iterator[Planned]:
    for place, day in enumerate(_days(rule)):
        from_at = instant(day, rule.start_minute)
        until_at = instant(day, rule.start_minute + rule.length_min)
        if from_at < until_at:  # a short shift wholly within the hour that is skipped in spring is none
            yield Planned(from_at, until_at, _contact(rule, rule.contacts, place, day))


def _days(rule: SeriesRule) -> Iterator[date]:
    for distance in range((rule.last - rule.first).days + 1):
        day = rule.first + timedelta(days=distance)
        if day.isoweekday() in rule.weekdays:
            yield day


def _contact(rule: SeriesRule, contacts: Sequence[str], place: int, day: date) -> str:
    monday = rule.first - timedelta(days=rule.first.isoweekday() - 1)
    turns = {EACH: place, DAY: (day - rule.first).days, WEEK: (day - monday).days // 7}
    return contacts[turns[rule.turn] % len(contacts)]
