"""Conferences as a calendar file (iCalendar, RFC 5545) that any calendar program reads.

`icalendar` writes the file: folding by octets, escaping and time zones are its matter. Times are in UTC, so that the
file needs no rules of summer time; what comes by the takt is told one by one and not as a rule, for a takt changes.
The code of a dial-in is left out: a calendar is read by others than those who read the space.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

PRODUCT = "-//Gemensam//Samverkanskonferens//SV"
CONTENT_TYPE = "text/calendar; charset=utf-8"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TENTATIVE, CONFIRMED, CANCELLED = "TENTATIVE", "CONFIRMED", "CANCELLED"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of a calendar. Times in ms UTC; `stamped_at`: when what is told of it was written.

    `uid` stays the same when the meeting is changed or cancelled, and `sequence` then rises (RFC 5545, 3.8.7.4).
    """

    uid: str
    starts_at: int
    length_min: int
    title: str
    stamped_at: int
    status: str = CONFIRMED
    sequence: int = 0
    place: str = ""
    text: str = ""
    url: str = ""
    confidential: bool = False


def calendar_file(name: str, meetings: Iterable[Meeting]) -> bytes:
    """Return a calendar file; the same meetings give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for meeting in meetings:
        calendar.add_component(_event(meeting))
    return bytes(calendar.to_ical())


def _event(meeting: Meeting) -> Event:
    event = Event()
    starts = _instant(meeting.starts_at)
    event.add("uid", meeting.uid)
    event.add("dtstamp", _instant(meeting.stamped_at))
    event.add("dtstart", starts)
    event.add("dtend", starts + timedelta(minutes=meeting.length_min))
    event.add("summary", meeting.title)
    event.add("status", meeting.status)
    event.add("sequence", meeting.sequence)
    for key, value in (("location", meeting.place), ("description", meeting.text), ("url", meeting.url)):
        if value:
            event.add(key, value)
    event.add("class", "CONFIDENTIAL" if meeting.confidential else "PUBLIC")
    return event


def _instant(at: int) -> datetime:
    """A calendar has whole seconds."""
    return _EPOCH + timedelta(seconds=at // 1000)
