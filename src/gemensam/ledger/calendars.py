"""Calendar files (iCalendar, RFC 5545) that any calendar program reads.

`icalendar` writes the file: folding by octets, escaping and time zones are its matter. Times are in UTC, so that the
file needs no rules of summer time; whole days are dates, as people mean them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from gemensam.web import times

CONTENT_TYPE = "text/calendar; charset=utf-8"
TENTATIVE, CONFIRMED, CANCELLED = "TENTATIVE", "CONFIRMED", "CANCELLED"
PUBLIC, CONFIDENTIAL = "PUBLIC", "CONFIDENTIAL"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One entry of a calendar. Times in ms UTC; `ends_at` is not counted; `stamped_at`: when what is told was written.

    `uid` stays the same when what it tells of is changed or cancelled, and `sequence` then rises (RFC 5545, 3.8.7.4).
    What is empty is left out. `whole_days`: from the local day of `starts_at` to the one before `ends_at`.
    `is_free`: it does not make the calendar busy.
    """

    uid: str
    title: str
    starts_at: int
    ends_at: int
    stamped_at: int
    sequence: int = 0
    status: str = ""
    place: str = ""
    text: str = ""
    url: str = ""
    access: str = ""
    whole_days: bool = False
    is_free: bool = False


def calendar_file(name: str, product: str, entries: Iterable[CalendarEntry]) -> bytes:
    """Return a calendar file; the same entries give the same bytes. `product`: what of the program made it."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Gemensam//{product}//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    for key, value in _properties(entry):
        if value != "":
            event.add(key, value)
    return event


def _properties(entry: CalendarEntry) -> Iterator[tuple[str, object]]:
    when = _day if entry.whole_days else _instant
    yield "uid", entry.uid
    yield "dtstamp", _instant(entry.stamped_at)
    yield "dtstart", when(entry.starts_at)
    yield "dtend", when(entry.ends_at)
    yield "summary", entry.title
    yield "status", entry.status
    yield "sequence", entry.sequence
    yield "location", entry.place
    yield "description", entry.text
    yield "url", entry.url
    yield "class", entry.access
    yield "transp", "TRANSPARENT" if entry.is_free else ""


def _instant(at: int) -> datetime:
    """A calendar has whole seconds."""
    return _EPOCH + timedelta(seconds=at // 1000)


def _day(at: int) -> date:
    return times.local(at).date()
