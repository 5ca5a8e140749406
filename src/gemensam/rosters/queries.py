"""What the pages of this room show of one member: contacts, covers, and the schedule day by day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from gemensam.core.policy import ROSTERS
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.ledger.noting import note_reading
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import Organisation, organisation
from gemensam.organisations.domain import function as function_of
from gemensam.rosters.domain.gaps import function_gaps
from gemensam.rosters.domain.local import instant, local
from gemensam.rosters.domain.reading import call_list, reach, shifts_between, shifts_of, usable
from gemensam.rosters.domain.shifts import SHIFT, Hold
from gemensam.rosters.shown import ShownAddress, Speech, contacts_of, day_words, gap_words, span_words
from gemensam.web.page import SpacePage

WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class ShownContact:
    """A duty contact in words; `standing_for`: names of functions. `used` is False for one out of use."""

    subject: str
    label: str
    addresses: tuple[ShownAddress, ...]
    standing_for: tuple[str, ...]
    used: bool
    last: str


@dataclass(frozen=True, slots=True)
class ShownCover:
    """A cover in words. `answer`: accepted, declined or "" while nobody has said; `is_over`: ended, or its time."""

    subject: str
    owner: str
    by: str
    from_at: int
    until_at: int
    answer: str
    note: str
    status: str
    is_over: bool
    holds: bool
    last: str


@dataclass(frozen=True, slots=True)
class ShownShift:
    """A shift, or a part of one that one contact holds; `span`: from when until when, in words.

    `is_held` is False where its contact cannot be reached; `overlaps`: another shift holds at the same time.
    `wins` is False where it gives way at its beginning.
    """

    subject: str
    contact: str
    span: str
    is_held: bool
    overlaps: bool
    wins: bool
    handed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a day: a shift, or a gap where `shift` is None. `told`: the gap in words."""

    from_at: int
    shift: ShownShift | None
    told: str = ""
    standing: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A local day of the schedule, with what begins on it and what goes on from before (on the first)."""

    name: str
    is_today: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A function's days; `standing`: the contact that takes its calls where it is not kept by shifts, else ""."""

    function: str
    name: str
    days: tuple[Day, ...]
    standing: str = ""


def find_member(page: SpacePage, organisation_id: str) -> Organisation:
    """Return an organisation of the network; raises `Refused("not_found")`."""
    found = organisation(page.lens.directory, organisation_id)
    if found is None or not found.insider:
        raise Refused("not_found")
    return found


def find_shift(page: SpacePage, subject: str) -> Thing:
    """Return a shift, cancelled ones too; raises `Refused("not_found")`."""
    thing = page.state.thing(subject)
    if thing is None or thing.type != SHIFT.name:
        raise Refused("not_found")
    return thing


def list_contacts(speech: Speech, organisation_id: str) -> list[ShownContact]:
    """Return an organisation's duty contacts: those in use, then the others."""
    found = [_contact(speech, thing) for thing in contacts_of(speech.rosters, organisation_id, used=False)]
    return sorted(found, key=lambda each: not each.used)


def _contact(speech: Speech, thing: Thing) -> ShownContact:
    standing = tuple(speech.function(each) for each in thing.data.standing_for)
    return ShownContact(
        thing.subject, speech.contact(thing.subject), tuple(map(speech.address, thing.data.addresses)), standing,
        thing.status == "used", thing.last,
    )  # fmt: skip


def list_covers(lens: Lens, speech: Speech, group: str, organisation_id: str) -> list[ShownCover]:
    """Return the covers of an organisation (`covers`) or by it (`covers_by`), the newest first."""
    found = list(speech.rosters.group(group, organisation_id))
    texts = lens.payloads(ROSTERS, [thing.data.content for thing in found])
    return [_cover(speech, thing, texts.get(thing.data.content) or {}) for thing in reversed(found)]


def _cover(speech: Speech, thing: Thing, text: Mapping[str, Any]) -> ShownCover:
    data = thing.data
    return ShownCover(
        thing.subject, speech.organisation(thing.organisation), speech.organisation(data.by), data.from_at,
        data.until_at, data.answer_at(speech.at), str(text.get("note", "")), thing.status,
        thing.status == "ended" or data.until_at <= speech.at, data.holds_at(speech.at), thing.last,
    )  # fmt: skip


def note_opened(page: SpacePage, subjects: Sequence[str]) -> None:
    """Note that the reader's organisation has opened what these things say."""
    things = (page.state.thing(subject) for subject in subjects)
    rows = page.lens.rows(ROSTERS, [thing.last for thing in things if thing is not None])
    note_reading(page.lens.principal, ROSTERS, rows)


def schedule_functions(speech: Speech, organisation_id: str) -> tuple[str, ...]:
    """Return the functions that a schedule has: those of the call list, and others that have shifts."""
    steps = call_list(speech.directory, speech.rosters, organisation_id).steps
    planned = dict.fromkeys(thing.data.function for thing in speech.rosters.group("shifts_by", organisation_id))
    return (*steps, *(each for each in planned if each not in steps))


def table_of(speech: Speech, function: str, first: date, count: int) -> Table:
    """Return so many local days of a function."""
    days = tuple(days_of(speech, function, first, count))
    if any(day.lines for day in days):
        return Table(function, speech.function(function), days)
    standing = reach(speech.directory, speech.rosters, function, instant(first, 0)).label
    return Table(function, speech.function(function), days, standing)


def days_of(speech: Speech, function: str, first: date, count: int) -> list[Day]:
    """Return so many local days of a function's schedule, with its shifts and gaps."""
    ends = [instant(first + timedelta(days=place), 0) for place in range(count + 1)]
    span = (ends[0], ends[-1])
    lines = sorted(_lines(speech, function, span), key=lambda line: (line.from_at, line.shift is not None))
    today = local(speech.at).date()
    return [
        Day(day_words(day[0]), local(day[0]).date() == today, tuple(_of_day(lines, day, is_first=place == 0)))
        for place, day in enumerate(pairwise(ends))
    ]


def _of_day(lines: Sequence[Line], day: tuple[int, int], *, is_first: bool) -> Iterator[Line]:
    for line in lines:
        if day[0] <= line.from_at < day[1] or (is_first and line.from_at < day[0]):
            yield line


def _lines(speech: Speech, function: str, span: tuple[int, int]) -> Iterator[Line]:
    for gap in function_gaps(speech.directory, speech.rosters, function, span):
        yield Line(gap.from_at, None, gap_words(gap), gap.standing)
    found = function_of(speech.directory, function)
    shifts = list(shifts_between(speech.rosters, shifts_of(found), span)) if found is not None else []
    for thing in shifts:
        for place, part in enumerate(thing.data.holds()):
            if part.until_at > span[0] and part.from_at < span[1]:
                day = max(part.from_at, span[0])
                yield Line(part.from_at, _shift(speech, (thing, part, day), shifts, handed=bool(place)))


def _shift(speech: Speech, told: tuple[Thing, Hold, int], shifts: Sequence[Thing], *, handed: bool) -> ShownShift:
    """A part of a shift on the line of a day (an instant within it)."""
    thing, part, day = told
    overlaps = any(
        other.subject != thing.subject and other.data.from_at < part.until_at and other.data.until_at > part.from_at
        for other in shifts
    )
    holder = reach(speech.directory, speech.rosters, thing.data.function, part.from_at).shift
    is_held = usable(speech.rosters, part.contact, thing.organisation) is not None
    return ShownShift(
        thing.subject, speech.contact(part.contact), span_words(part.from_at, part.until_at, day), is_held, overlaps,
        not overlaps or holder == thing.subject, handed,
    )  # fmt: skip
