"""Shifts out of another program's calendar: what its events amount to, judged before anything is written. Pure.

The file itself is read by `gemensam.rosters.calendar_in`; here stand the events as plain local dates and instants.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gemensam.core.refusal import Refused
from gemensam.rosters.domain.local import STOCKHOLM
from gemensam.rosters.domain.shifts import EARLIEST_MS, LATEST_MS, LONGEST_MS

EVENTS_MAX, SHIFTS_MAX, TITLE_MAX = 1_000, 200, 200
DAILY, WEEKLY = "DAILY", "WEEKLY"
EVERY_DAY = frozenset(range(1, 8))
# A repeating event is walked day by day: so many of them at most, begun no longer ago.
REPEATS_MAX, OLDEST_REPEAT_MS = 100, 10 * 366 * 86_400_000
NEW, KNOWN, PAST, NAMELESS = "new", "known", "past", "nameless"


@dataclass(frozen=True, slots=True)
class Repeat:
    """How an event comes again: by `frequency` DAILY or WEEKLY, every `interval`; `until_at` ms UTC or 0 for none,
    `count` or 0 for none, on `weekdays` (1 = Monday; none: that of the event).
    """

    frequency: str
    interval: int = 1
    count: int = 0
    until_at: int = 0
    weekdays: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a calendar. `starts`, `ends`: local or zoned times; whole days begin and end at local midnight.

    `except_at`: instants (ms UTC) at which it does not come.
    """

    title: str
    starts: datetime
    ends: datetime
    repeat: Repeat | None = None
    except_at: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """A shift that a calendar tells of. `state`: new, known (planned already so), past, or nameless (no contact)."""

    title: str
    from_at: int
    until_at: int
    contact: str
    state: str


def at_midnight(day: date) -> datetime:
    """Return the beginning of a local day."""
    return datetime(day.year, day.month, day.day, tzinfo=STOCKHOLM)


def occurrences(event: Event, now: int) -> Iterator[tuple[int, int]]:
    """Yield the times (from, until) of an event, as far as shifts are planned; at most `SHIFTS_MAX` + 1.

    What comes again keeps its local time in the event's own zone over a change to or from summer time.
    Raises `Refused`: `calendar_times`, `calendar_too_long`.
    """
    length = event.ends.replace(tzinfo=None) - event.starts.replace(tzinfo=None)
    given = 0
    for starts in _starts(event, now):
        from_at, until_at = _ms(starts), _ms(starts + length)
        if not from_at < until_at:
            raise Refused("calendar_times", title=event.title[:80])
        if until_at - from_at > LONGEST_MS:
            raise Refused("calendar_too_long", title=event.title[:80], days=LONGEST_MS // 86_400_000)
        if from_at in event.except_at or from_at < now - EARLIEST_MS:
            continue
        yield from_at, until_at
        given += 1
        if given > SHIFTS_MAX:
            return


def _starts(event: Event, now: int) -> Iterator[datetime]:
    if event.repeat is None:
        yield event.starts
        return
    repeat = event.repeat
    for came, starts in enumerate(_candidates(event.starts, repeat, now + LATEST_MS), 1):
        if (repeat.until_at and _ms(starts) > repeat.until_at) or (repeat.count and came > repeat.count):
            return
        yield starts


def _candidates(starts: datetime, repeat: Repeat, latest: int) -> Iterator[datetime]:
    """Yield day by day, so that no rule of any calendar takes longer than its days."""
    monday = starts.date() - timedelta(days=starts.isoweekday() - 1)
    is_weekly = repeat.frequency == WEEKLY
    weekdays = repeat.weekdays or (frozenset({starts.isoweekday()}) if is_weekly else EVERY_DAY)
    day = starts
    while _ms(day) <= latest:
        passed = (day.date() - monday).days // 7 if is_weekly else (day.date() - starts.date()).days
        if passed % repeat.interval == 0 and day.isoweekday() in weekdays:
            yield day
        day += timedelta(days=1)


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def matched(
    events: Sequence[Event], contacts: Iterable[tuple[str, str]], known: frozenset[tuple[int, int, str]],
    *, chosen: str = "", now: int,
) -> tuple[Found, ...]:  # fmt: skip
    """Return the shifts that events tell of, in order, each with the contact whose label its title says.

    `contacts`: (id, label); `chosen`: the contact for all events, whatever they are called; `known`: (from, until,
    contact) of what is planned already. Raises `Refused`: `calendar_empty`, `calendar_too_many`, `calendar_too_old`,
    or what `occurrences` raises.
    """
    _check_amount(events, now)
    by_label = {_plain(label): contact for contact, label in contacts}
    found: list[Found] = []
    for event in events:
        contact = chosen or by_label.get(_plain(event.title), "")
        for from_at, until_at in occurrences(event, now):
            state = _state((from_at, until_at, contact), known, now)
            found.append(Found(event.title, from_at, until_at, contact, state))
        if len(found) > SHIFTS_MAX:
            raise Refused("calendar_too_many", limit=SHIFTS_MAX)
    if not found:
        raise Refused("calendar_empty")
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (each.from_at, each.until_at, each.title)))


def _check_amount(events: Sequence[Event], now: int) -> None:
    repeating = [event for event in events if event.repeat is not None]
    if len(events) > EVENTS_MAX or len(repeating) > REPEATS_MAX:
        raise Refused("calendar_too_many", limit=SHIFTS_MAX)
    for event in repeating:
        if _ms(event.starts) < now - OLDEST_REPEAT_MS:
            raise Refused("calendar_too_old", title=event.title[:80])


def _state(shift: tuple[int, int, str], known: frozenset[tuple[int, int, str]], now: int) -> str:
    if not shift[2]:
        return NAMELESS
    if shift in known:
        return KNOWN
    return PAST if shift[1] <= now else NEW


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
