"""A function's shifts as a calendar file (iCalendar, RFC 5545): who holds it when, never a number to ring.

Whoever has a calendar's address reads it, and calendars are shared on: so the file tells labels and times alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

PRODUCT = "-//Gemensam//Beredskap//SV"
CONTENT_TYPE = "text/calendar; charset=utf-8"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Duty:
    """A part of a shift as it stands in a calendar. Times in ms UTC; `sequence` rises when the shift is changed."""

    uid: str
    title: str
    from_at: int
    until_at: int
    stamped_at: int
    sequence: int
    url: str


def calendar_file(name: str, duties: Iterable[Duty]) -> bytes:
    """Return a calendar file; the same duties give the same bytes."""
    calendar = Calendar()
    for key, value in _head(name):
        calendar.add(key, value)
    for duty in duties:
        calendar.add_component(_event(duty))
    return bytes(calendar.to_ical())


def _head(name: str) -> Iterator[tuple[str, str]]:
    yield "prodid", PRODUCT
    yield "version", "2.0"
    yield "method", "PUBLISH"
    yield "x-wr-calname", name


def _event(duty: Duty) -> Event:
    event = Event()
    event.add("uid", duty.uid)
    event.add("dtstamp", _instant(duty.stamped_at))
    event.add("dtstart", _instant(duty.from_at))
    event.add("dtend", _instant(duty.until_at))
    event.add("summary", duty.title)
    event.add("sequence", duty.sequence)
    event.add("url", duty.url)
    event.add("transp", "TRANSPARENT")  # being on duty does not make a calendar busy
    return event


def _instant(at: int) -> datetime:
    """A calendar has whole seconds, and these are in UTC: the file needs no rules of summer time."""
    return _EPOCH + timedelta(seconds=at // 1000)
