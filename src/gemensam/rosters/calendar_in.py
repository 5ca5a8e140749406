"""Reads another program's calendar file (iCalendar, RFC 5545) as far as shifts need it.

`icalendar` takes the lines apart: unfolding, parameters, quoting. Nothing in the file is carried out: its own time zone
rules are passed over (zones are known by name), alarms, attachments and unknown properties are not looked at, and
repetitions are only read, so that no file takes longer than its length.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from itertools import islice
from zoneinfo import ZoneInfo, available_timezones

from icalendar.parser import Contentline, Contentlines
from icalendar.prop import vDuration
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from gemensam.core.refusal import Refused
from gemensam.rosters.domain.calendars import (
    DAILY,
    EVENTS_MAX,
    SHIFTS_MAX,
    TITLE_MAX,
    WEEKLY,
    Event,
    Repeat,
    at_midnight,
)
from gemensam.rosters.domain.local import STOCKHOLM

BYTES_MAX, LINES_MAX, LINE_MAX, DEPTH_MAX = 512 * 1024, 30_000, 20_000, 10
INTERVAL_MAX, COUNT_MAX = 60, 1_000
_WEEKDAYS = {"MO": 1, "TU": 2, "WE": 3, "TH": 4, "FR": 5, "SA": 6, "SU": 7}
_ESCAPED = re.compile(r"\\([nN,;\\])")  # of a text (RFC 5545, 3.3.11)
_TIME, _NUMBER = re.compile(r"[0-9]{8}T[0-9]{6}"), re.compile(r"[1-9][0-9]{0,4}")
_FREQUENCY, _MONDAY = re.compile(f"{DAILY}|{WEEKLY}"), re.compile("MO")
_RULES = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"})
_SINGLE = frozenset({"DTSTART", "DTEND", "DURATION", "SUMMARY", "RRULE", "STATUS", "RECURRENCE-ID"})


@dataclass(frozen=True, slots=True)
class _Property:
    value: str
    parameters: Mapping[str, str]


@dataclass(slots=True)
class _Raw:
    """An event's own properties, as they stand."""

    single: dict[str, _Property] = field(default_factory=dict)
    excepted: list[_Property] = field(default_factory=list)
    repeats: int = 0

    def text(self, name: str) -> str:
        found = self.single.get(name)
        return _ESCAPED.sub(_plain, found.value).strip() if found is not None else ""

    @property
    def title(self) -> str:
        return " ".join(self.text("SUMMARY").split())[:TITLE_MAX]


def _plain(escaped: re.Match[str]) -> str:
    return "\n" if escaped[1] in "nN" else escaped[1]


def read_calendar(data: bytes) -> tuple[Event, ...]:
    """Return the events of a calendar file; cancelled ones are left out.

    Raises `Refused`: `calendar_too_large`, `calendar_not_text`, `calendar_unreadable` (fact `line`), `calendar_zone`
    (a time zone that nobody knows by name), `calendar_times`, `calendar_repeat` (a repetition other than by days or
    weeks), `calendar_too_many`, `calendar_empty`.
    """
    raws = list(islice(_raw_events(_text(data)), EVENTS_MAX + 1))
    if len(raws) > EVENTS_MAX:
        raise Refused("calendar_too_many", limit=SHIFTS_MAX)
    found = [raw for raw in raws if raw.text("STATUS").upper() != "CANCELLED"]
    if not found:
        raise Refused("calendar_empty")
    return tuple(_event(raw) for raw in found)


def _text(data: bytes) -> str:
    if len(data) > BYTES_MAX:
        raise Refused("calendar_too_large", limit=BYTES_MAX // 1024)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("calendar_not_text") from error
    if "\0" in text:
        raise Refused("calendar_not_text")
    return text


def _raw_events(text: str) -> Iterator[_Raw]:
    """Yield the events that stand directly in a calendar; what stands within them (alarms) is passed over."""
    within: list[str] = []
    event, number = _Raw(), 0
    for number, name, prop in _properties(text):
        if name == "BEGIN":
            _enter(within, prop.value.upper(), number)
            if within[1:] == ["VEVENT"]:
                event = _Raw()
        elif name == "END":
            if not within or within.pop() != prop.value.upper():
                raise Refused("calendar_unreadable", line=number)
            if prop.value.upper() == "VEVENT" and len(within) == 1:
                yield event
        elif within[1:] == ["VEVENT"]:
            _take(event, name, prop, number)
        elif not within:
            raise Refused("calendar_unreadable", line=number)
    if within or not number:
        raise Refused("calendar_unreadable", line=number + 1)


def _enter(within: list[str], name: str, number: int) -> None:
    within.append(name)
    if within[0] != "VCALENDAR" or len(within) > DEPTH_MAX:
        raise Refused("calendar_unreadable", line=number)


def _take(event: _Raw, name: str, prop: _Property, number: int) -> None:
    if name == "EXDATE":
        event.excepted.append(prop)
    elif name in ("RDATE", "EXRULE"):
        event.repeats += 1
    elif name in _SINGLE:
        if name in event.single:
            raise Refused("calendar_unreadable", line=number)
        event.single[name] = prop


def _properties(text: str) -> Iterator[tuple[int, str, _Property]]:
    """Yield (number of the unfolded line, name, property)."""
    try:
        lines = Contentlines.from_ical(text)  # type: ignore[no-untyped-call]
    except ValueError as error:
        raise Refused("calendar_unreadable", line=1) from error
    if len(lines) > LINES_MAX:
        raise Refused("calendar_too_many", limit=SHIFTS_MAX)
    for number, line in enumerate(lines, 1):
        if line:
            yield number, *_property(line, number)


def _property(line: Contentline, number: int) -> tuple[str, _Property]:
    if len(line) > LINE_MAX:
        raise Refused("calendar_unreadable", line=number)
    try:
        name, parameters, value = line.parts()
    except ValueError as error:
        raise Refused("calendar_unreadable", line=number) from error
    given = {str(key).upper(): str(each) for key, each in parameters.items()}
    return name.upper(), _Property(str(value), given)


def _event(raw: _Raw) -> Event:
    title = raw.title
    begins = raw.single.get("DTSTART")
    if begins is None:
        raise Refused("calendar_times", title=title[:80])
    starts, is_day = _moment(begins, title)
    ends = _ends(raw, starts, is_day, title)
    if raw.repeats or "RECURRENCE-ID" in raw.single:
        raise Refused("calendar_repeat", title=title[:80])
    excepted = frozenset(
        round(_moment(_Property(value, prop.parameters), title)[0].timestamp() * 1000)
        for prop in raw.excepted
        for value in prop.value.split(",")
    )
    return Event(title, starts, ends, _repeat(raw, starts, title), excepted)


def _ends(raw: _Raw, starts: datetime, is_day: bool, title: str) -> datetime:
    """When an event ends: as it says, so long after it begins, else with its day (RFC 5545, 3.6.1)."""
    if "DTEND" in raw.single:
        ends, _is_day = _moment(raw.single["DTEND"], title)
        return ends.astimezone(starts.tzinfo)
    if "DURATION" in raw.single:
        try:
            length: timedelta = vDuration.from_ical(raw.single["DURATION"].value)  # type: ignore[no-untyped-call]
            return starts + length
        except (ValueError, OverflowError) as error:
            raise Refused("calendar_times", title=title[:80]) from error
    if is_day:
        return starts + timedelta(days=1)
    raise Refused("calendar_times", title=title[:80])


def _moment(prop: _Property, title: str) -> tuple[datetime, bool]:
    """Return a date or a time with its zone, and whether it is a whole day. A time of no zone is local here."""
    text = prop.value.strip()
    try:
        if len(text) == 8 and text.isascii() and text.isdigit():
            return at_midnight(_date(text)), True
        zone: tzinfo = UTC if text.endswith("Z") else _zone(prop.parameters.get("TZID", ""))
        moment = datetime.strptime(_checked(_TIME, text.removesuffix("Z")), "%Y%m%dT%H%M%S").replace(tzinfo=zone)
        moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Refused("calendar_times", title=title[:80]) from error
    return moment, False


def _checked(pattern: re.Pattern[str], text: str) -> str:
    """Return the text; raises `ValueError` where it is not as the pattern says."""
    if pattern.fullmatch(text) is None:
        raise ValueError(text)
    return text


def _date(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _zone(name: str) -> tzinfo:
    """Return a time zone by its name, as calendars of this world write it; raises `Refused("calendar_zone")`."""
    if not name:
        return STOCKHOLM
    plain = WINDOWS_TO_OLSON.get(name, name)
    for candidate in (plain, "/".join(plain.split("/")[-2:]), plain.rpartition("/")[2]):
        if candidate in _zones():
            return ZoneInfo(candidate)
    raise Refused("calendar_zone", zone=name[:80])


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _repeat(raw: _Raw, starts: datetime, title: str) -> Repeat | None:
    """Return how an event comes again; raises `Refused("calendar_repeat")` for what is not by days or weeks."""
    if "RRULE" not in raw.single:
        return None
    try:
        parts = dict(part.split("=", 1) for part in raw.single["RRULE"].value.upper().strip(";").split(";"))
        _check_rules(parts)
        interval = _whole(parts.get("INTERVAL", "1"), INTERVAL_MAX)
        if interval > 1:  # with which day a week begins matters only then
            _checked(_MONDAY, parts.get("WKST", "MO"))
        return Repeat(
            _checked(_FREQUENCY, parts["FREQ"]), interval,
            _whole(parts["COUNT"], COUNT_MAX) if "COUNT" in parts else 0, _until(parts.get("UNTIL", ""), starts, title),
            frozenset(_WEEKDAYS[day] for day in parts["BYDAY"].split(",")) if "BYDAY" in parts else frozenset(),
        )  # fmt: skip
    except (KeyError, ValueError) as error:
        raise Refused("calendar_repeat", title=title[:80]) from error


def _check_rules(parts: Mapping[str, str]) -> None:
    if unread := parts.keys() - _RULES:
        raise KeyError(*sorted(unread))


def _whole(text: str, limit: int) -> int:
    found = int(_checked(_NUMBER, text))
    if found > limit:
        raise ValueError(text)
    return found


def _until(text: str, starts: datetime, title: str) -> int:
    """The last instant of a repetition; a date means its whole day where the event is."""
    if not text:
        return 0
    moment, is_day = _moment(_Property(text, {}), title)
    if is_day:
        moment = moment.replace(tzinfo=starts.tzinfo) + timedelta(days=1, seconds=-1)
    elif not text.endswith("Z"):
        moment = moment.replace(tzinfo=starts.tzinfo)
    return round(moment.timestamp() * 1000)
