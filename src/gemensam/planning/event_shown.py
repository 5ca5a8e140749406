"""Known events in words, for pages, tables and calendars."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gemensam.coordination.shown import Speech
from gemensam.ledger.calendars import CANCELLED, CONFIRMED, CalendarEntry
from gemensam.planning.domain.clashes import PLACE, RESOURCE, Occurrence
from gemensam.planning.domain.known_events import CLASH_RULES, EVENT_KINDS, RESOURCES, Terms
from gemensam.planning.event_queries import ClashShown, EventPage, EventShown, Line
from gemensam.web import times
from gemensam.web.page import SpacePage

Row = dict[str, Any]
Table = tuple[list[str], list[Sequence[object]]]
HALF_DAY_MS = 12 * times.HOUR


def line_row(line: Line, speech: Speech, reference: int) -> Row:
    """Return one time of an event as it is drawn."""
    clashes = [clash_row(each, speech, reference) for each in line.clashes]
    when = when_words(line.at, whole=line.event.terms.whole_days, reference=reference)
    return {
        **event_row(line.event, speech), "when": when,
        "from_at": line.at.from_at, "day": times.local(line.at.from_at).date(), "clashes": clashes, "key": line.at.key,
        "warnings": list(dict.fromkeys((each["rule"], each["is_open"]) for each in clashes)),
        "open_clashes": sum(each["is_open"] for each in clashes), "is_yearly": bool(line.event.terms.yearly_until),
    }  # fmt: skip


def event_row(event: EventShown, speech: Speech) -> Row:
    """Return an event as it is drawn, without its times."""
    terms, text = event.terms, event.text
    return {
        "subject": event.subject, "title": event.title, "kind": speech.lists.word(EVENT_KINDS, terms.kind),
        "organisation": event.thing.organisation, "who": speech.organisation(event.thing.organisation),
        "where": speech.lists.places.shown(terms.where), "place": text.get("place", ""), "text": text,
        "resources": [speech.lists.word(RESOURCES, code) for code in terms.resources], "takes_place": event.takes_place,
    }  # fmt: skip


def when_words(at: Occurrence, *, whole: bool, reference: int) -> str:
    """Return from when until when: days alone where it lasts whole days, one day told once."""
    last = at.until_at - (HALF_DAY_MS if whole else 1)
    same = times.local(at.from_at).date() == times.local(last).date()
    if whole:
        first = times.day(at.from_at, reference)
        return first if same else f"{first} – {times.day(last, reference)}"
    begins, ends = times.clock(at.from_at, reference), times.clock(at.until_at, at.from_at if same else reference)
    return f"{begins} – {ends}"


def clash_row(shown: ClashShown, speech: Speech, reference: int) -> Row:
    """Return a clash as it is drawn: by which rule, what is shared, which events, who accepts it."""
    clash = shown.clash
    return {
        "key": clash.key, "subject": clash.events[0].subject, "rule": speech.lists.word(CLASH_RULES, clash.rule),
        "shared": shared_words(shown, speech), "is_open": shown.is_open, "may_accept": shown.may_accept,
        "may_reopen": shown.may_reopen, "from_at": clash.from_at,
        "events": [
            {"subject": at.subject, "title": event.title,
             "when": when_words(at, whole=event.terms.whole_days, reference=reference)}
            for at, event in zip(clash.events, shown.events, strict=True)
        ],
        "accepted": [
            {"who": speech.organisation(said.organisation), "at": said.at, "reason": reason}
            for said, reason in shown.accepted
        ],
    }  # fmt: skip


def shared_words(shown: ClashShown, speech: Speech) -> str:
    """Return what the events of a clash share, in words."""
    clash = shown.clash
    if clash.by == PLACE:
        return speech.lists.places.named(clash.shared)
    if clash.by == RESOURCE:
        return ", ".join(speech.lists.word(RESOURCES, code) for code in clash.shared)
    return speech.organisations(clash.shared)


def event_table(lines: Iterable[Line], speech: Speech, reference: int) -> Table:
    """Return head and lines: one line for each time that an event takes place."""
    head = [
        _("Title"), pgettext("known event", "Kind"), _("From"), _("Until"), _("Whole days"), _("Municipalities"),
        _("Point"), _("Place in words"), pgettext("known event", "Responsible"), _("Who arranges it"),
        _("Expected effect"), _("Strained resources"), _("Where is it known from?"), _("Clashes"), _("Entry"),
    ]  # fmt: skip
    return head, [_cells(line, speech, reference) for line in lines]


def _cells(line: Line, speech: Speech, reference: int) -> Sequence[object]:
    row, text = line_row(line, speech, reference), line.event.text
    where = row["where"]
    return (
        row["title"], row["kind"], times.iso(line.at.from_at), times.iso(line.at.until_at),
        _("yes") if line.event.terms.whole_days else _("no"), where.names,
        where.coordinates.wgs84 if where.coordinates else "", row["place"], row["who"], text.get("organiser", ""),
        text.get("effect", ""), ", ".join(row["resources"]), text.get("source", ""),
        "; ".join(_clash_cell(each) for each in row["clashes"]), line.event.terms.digest,
    )  # fmt: skip


def _clash_cell(clash: Row) -> str:
    state = _("not accepted") if clash["is_open"] else _("accepted")
    return f"{clash['rule']} ({clash['shared']}): {state}"


def calendar_entries(page: SpacePage, lines: Iterable[Line], speech: Speech, address: str) -> Iterator[CalendarEntry]:
    """Yield events for a calendar file; `address`: where the program is, for the links."""
    for line in lines:
        yield calendar_entry(page, line.event, line.at, speech, address)


def calendar_entry(
    page: SpacePage, event: EventShown, at: Occurrence, speech: Speech, address: str
) -> CalendarEntry:  # fmt: skip
    row = event_row(event, speech)
    marks = [_("EXERCISE")] if page.exercise else []
    told = [row["kind"], row["who"], str(row["text"].get("effect", ""))]
    place = ", ".join(filter(None, [row["place"], row["where"].names]))
    return CalendarEntry(
        f"{at.key}@gemensam", " · ".join([*marks, row["title"]]), at.from_at, at.until_at, event.terms.at,
        len(event.data.terms) - 1 + (not event.takes_place), CONFIRMED if event.takes_place else CANCELLED, place,
        "\n".join(filter(None, told)), f"{address}/spaces/{page.space}/known-events/{event.subject}/",
        whole_days=event.terms.whole_days, is_free=True,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of a month's table. `is_within`: it belongs to the month; `rows`: what goes on that day."""

    day: date
    is_within: bool
    is_today: bool
    rows: tuple[Row, ...]


def month_weeks(
    first: date, today: date, rows: Sequence[Row], spans: Sequence[tuple[int, int]]
) -> list[list[MonthDay]]:
    """Return the weeks of a month, Monday first; `spans` (ms UTC) go with `rows`."""
    begin = first - timedelta(days=first.weekday())
    weeks: list[list[MonthDay]] = []
    while begin <= last_of(first):
        days = [begin + timedelta(days=place) for place in range(7)]
        weeks.append([_month_day(day, first, today, rows, spans) for day in days])
        begin += timedelta(days=7)
    return weeks


def _month_day(
    day: date, first: date, today: date, rows: Sequence[Row], spans: Sequence[tuple[int, int]]
) -> MonthDay:  # fmt: skip
    held = tuple(
        row
        for row, (from_at, until_at) in zip(rows, spans, strict=True)
        if times.local(from_at).date() <= day <= times.local(until_at - 1).date()
    )
    return MonthDay(day, day.month == first.month, day == today, held)


def last_of(first: date) -> date:
    """Return the last day of the month that a first day begins."""
    return next_month(first) - timedelta(days=1)


def next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def own_occurrence(terms: Terms, page: EventPage) -> Occurrence:
    """Return the first time that an event takes place, as its terms give it."""
    event = page.shown
    year = times.local(terms.from_at).year
    return Occurrence(terms.from_at, terms.until_at, event.subject, year, event.thing.organisation)
