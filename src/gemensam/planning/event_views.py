"""The calendar of known events: list, month, table, calendar file; one event, its planning and its clashes."""

from datetime import date
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.core.refusal import Refused
from gemensam.ledger.calendars import CONTENT_TYPE, calendar_file
from gemensam.ledger.noting import note_now
from gemensam.ledger.pages.log import table_marks
from gemensam.ledger.tables import csv_response, file_name
from gemensam.picture.domain.places import kommuner
from gemensam.picture.readers import reader_list
from gemensam.planning import event_commands as commands
from gemensam.planning import event_shown as shown
from gemensam.planning.domain.known_events import EVENT_KINDS, FILES_MAX, HERE
from gemensam.planning.event_forms import ChangeEventForm, EventForm, NoteForm, ReasonForm, initial_event
from gemensam.planning.event_queries import (
    EventPage,
    Line,
    Wanted,
    all_events,
    get_event,
    list_cancelled,
    list_clashes,
    list_lines,
)
from gemensam.planning.view_parts import entered_of, organisation_choices, sent_of, speech_of, stored_files, trace_of
from gemensam.rosters.domain.local import instant
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, may, signed_in
from gemensam.web.answering import SAVED, answered, pressed, there
from gemensam.web.page import SpacePage
from gemensam.web.spaces import title_of

PLACE = "known-events/"
SPAN_MS = 400 * times.DAY
PRODUCT = "Kända händelser"


@signed_in
@require_GET
def events(request: Request, space: str) -> HttpResponse:
    """What is known to come, by month, with what clashes first."""
    page = pages.space_page(request, space, HERE)
    wanted, speech = _wanted(request), speech_of(page)
    lines = list_lines(page.lens, space, page.moment, _span(page, wanted), wanted)
    rows = [shown.line_row(line, speech, page.moment.at) for line in lines]
    clashes = list_clashes(page.lens, space, page.moment, all_events(page.lens, space, page.moment))
    context = {
        "rows": rows, "wanted": wanted, **_choices(page), "asked": request.GET.urlencode(),
        "clashes": [shown.clash_row(each, speech, page.moment.at) for each in clashes if each.is_open],
        "cancelled": [shown.event_row(each, speech) for each in list_cancelled(page.lens, space, page.moment)],
        "may_plan": page.may("plan"), "month": times.local(page.moment.at).strftime("%Y-%m"),
    }  # fmt: skip
    return pages.render(request, "planning/events.html", context)


def _wanted(request: Request) -> Wanted:
    given = {name: request.GET.get(name, "").strip()[:100] for name in ("kind", "kommun", "organisation")}
    text = request.GET.get("q", "").strip()[:100]
    return Wanted(**given, text=text, clashing=request.GET.get("clashing") == "1", past=request.GET.get("past") == "1")


def _span(page: SpacePage, wanted: Wanted) -> tuple[int, int]:
    today = instant(times.local(page.moment.at).date(), 0)
    return (today - SPAN_MS, today) if wanted.past else (today, today + SPAN_MS)


def _choices(page: SpacePage) -> dict[str, Any]:
    return {
        "kinds": speech_of(page).lists.choices(EVENT_KINDS), "kommuner": list(kommuner(page.lens.directory).items()),
        "organisations": organisation_choices(page),
    }  # fmt: skip


@signed_in
@require_GET
def month(request: Request, space: str) -> HttpResponse:
    """One month as a table of its days, and as a list."""
    page = pages.space_page(request, space, HERE)
    first, speech = _month(request, page), speech_of(page)
    span = (instant(first, 0), instant(shown.next_month(first), 0))
    lines = list_lines(page.lens, space, page.moment, span, Wanted())
    rows = [shown.line_row(line, speech, page.moment.at) for line in lines]
    spans = [(line.at.from_at, line.at.until_at) for line in lines]
    context = {
        "first": first, "rows": rows, "before": shown.month_before(first), "after": shown.next_month(first),
        "weeks": shown.month_weeks(first, times.local(page.moment.at).date(), rows, spans),
        "weekdays": [times.weekday(number) for number in range(1, 8)], "may_plan": page.may("plan"),
    }  # fmt: skip
    return pages.render(request, "planning/month.html", context)


def _month(request: Request, page: SpacePage) -> date:
    told = request.GET.get("month", "")
    try:
        first = date.fromisoformat(f"{told}-01") if told else times.local(page.moment.at).date().replace(day=1)
    except ValueError as fault:
        raise Refused("month_unreadable", given=told[:20]) from fault
    if not 2000 <= first.year <= 2100:
        raise Refused("month_unreadable", given=told[:20])
    return first


@signed_in
@require_GET
def table(request: Request, space: str) -> StreamingHttpResponse:
    """What the list shows as a table."""
    page, lines = _listed(request, space)
    head, rows = shown.event_table(lines, speech_of(page), page.moment.at)
    note_now(page.lens.principal, "export", space=space, detail={"what": "known_events", "format": "csv"})
    return csv_response(f"{pgettext('file name', 'known events')}-{page.title}", head, rows, table_marks(page))


@signed_in
@require_GET
def calendar(request: Request, space: str) -> HttpResponse:
    """What the list shows as a calendar file."""
    page, lines = _listed(request, space)
    entries = shown.calendar_entries(page, lines, speech_of(page), request.build_absolute_uri("/").rstrip("/"))
    return _calendar(page, pgettext("file name", "known events"), calendar_file(page.title, PRODUCT, entries))


def _listed(request: Request, space: str) -> tuple[SpacePage, list[Line]]:
    page = pages.space_page(request, space, HERE)
    wanted = _wanted(request)
    return page, list_lines(page.lens, space, page.moment, _span(page, wanted), wanted)


def _calendar(page: SpacePage, name: str, body: bytes) -> HttpResponse:
    response = HttpResponse(body, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{file_name(f"{name}-{page.title}")}.ics"'
    note_now(page.lens.principal, "export", space=page.space, detail={"what": "known_events", "format": "ics"})
    return response


@signed_in
@require_GET
def event_calendar(request: Request, space: str, subject: str) -> HttpResponse:
    """One event as a calendar file, also when it is cancelled: the calendar then strikes it out."""
    page = pages.space_page(request, space, HERE)
    found = get_event(page.lens, space, subject, page.moment)
    at = shown.own_occurrence(found.shown.terms, found)
    address = request.build_absolute_uri("/").rstrip("/")
    entry = shown.calendar_entry(page, found.shown, at, speech_of(page), address)
    return _calendar(page, found.shown.title, calendar_file(page.title, PRODUCT, [entry]))


@may("plan")
@require_http_methods(["GET", "POST"])
def new_event(request: Request, space: str) -> HttpResponse:
    """Enter a known event."""
    page = pages.writable_page(request, space, HERE)
    form = EventForm(request.POST or None, **_form_facts(page))
    context = {"form": form, "readers": reader_list(page.lens, space), "event": None}

    def write() -> HttpResponse:
        sent = sent_of(request, entered_of(form, page.lens.principal.organisation))
        return there(space, f"{PLACE}{commands.enter_event(page.lens, space, form.content(), sent=sent).subject}/")

    return answered(request, "planning/event_form.html", context, write)


def _form_facts(page: SpacePage) -> dict[str, Any]:
    others = organisation_choices(page) if page.may("report_for_others") else []
    own = page.lens.principal.organisation
    return {"lists": speech_of(page).lists, "organisations": others, "own": own}


@may("plan")
@require_http_methods(["GET", "POST"])
def change_event(request: Request, space: str, subject: str) -> HttpResponse:
    """Say how an event is now; what another has said meanwhile is shown first."""
    page = pages.writable_page(request, space, HERE)
    found = get_event(page.lens, space, subject, page.moment)
    _require(found, "known_event.changed")
    facts = {**_form_facts(page), "organisations": []}
    initial = initial_event(found.shown.text, facts["lists"]) if found.shown.text else {}
    form = ChangeEventForm(request.POST or None, initial=initial, **facts)
    context = {
        "form": form, "readers": reader_list(page.lens, space), "event": shown.event_row(found.shown, speech_of(page)),
        "seen": found.shown.terms.digest,
    }  # fmt: skip

    def write() -> HttpResponse:
        commands.change_event(page.lens, space, subject, form.content(), sent=sent_of(request))
        return there(space, f"{PLACE}{subject}/")

    return answered(request, "planning/event_form.html", context, write)


def _require(found: EventPage, kind: str) -> None:
    if kind not in found.acts:
        raise Refused("not_permitted", permission="plan")


@signed_in
@require_GET
def event(request: Request, space: str, subject: str) -> HttpResponse:
    """One event: what is known, how it is planned for, what clashes, and what it turned into."""
    page = pages.space_page(request, space, HERE)
    return _draw(request, page, subject)


def _draw(request: Request, page: SpacePage, subject: str, *, status: int = 200, **more: Any) -> HttpResponse:
    found, speech = get_event(page.lens, page.space, subject, page.moment), speech_of(page)
    at = page.moment.at
    own = page.lens.principal.organisation
    context = {
        "event": shown.event_row(found.shown, speech), "terms": found.shown.terms, "ended": found.ended,
        "when": shown.when_words(shown.own_occurrence(found.shown.terms, found),
                                 whole=found.shown.terms.whole_days, reference=at),
        "notes": [
            {"who": speech.organisation(said.organisation), "at": said.at, "text": text["text"], "digest": said.digest,
             "files": text["attachments"], "is_mine": said.organisation == own}
            for said, text in found.notes
        ],
        "clashes": [shown.clash_row(each, speech, at) for each in found.clashes],
        "incidents": [(info.id, title_of(page.lens, info)) for info, _call in found.incidents],
        "acts": {kind.partition(".")[2]: True for kind in found.acts}, "may_call": page.may("call"),
        "note_form": NoteForm(), "reason_form": ReasonForm(), "trace": trace_of(page, subject), **more,
    }  # fmt: skip
    return pages.render(request, "planning/event.html", context, status=status)


@may("plan")
@require_POST
def cancel_event(request: Request, space: str, subject: str) -> HttpResponse:
    """Say that an event does not take place, and why."""
    page, form = pages.writable_page(request, space, HERE), ReasonForm(request.POST)
    _require(get_event(page.lens, space, subject, page.moment), "known_event.cancelled")
    if not form.is_valid():
        return _draw(request, page, subject, status=422, reason_form=form, form=form)
    reason = form.cleaned_data["reason"]
    return pressed(
        request, lambda: commands.cancel_event(page.lens, space, subject, reason, sent=sent_of(request)),
        _("It is cancelled, and stands as such."), there(space, f"{PLACE}{subject}/"),
    )  # fmt: skip


@may("plan")
@require_POST
def note_planning(request: Request, space: str, subject: str) -> HttpResponse:
    """Tell what the own organisation has planned, with files."""
    page, form = pages.writable_page(request, space, HERE), NoteForm(request.POST)
    get_event(page.lens, space, subject, page.moment)
    if not form.is_valid():
        return _draw(request, page, subject, status=422, note_form=form, form=form)

    def write() -> None:
        content = {"text": form.cleaned_data["text"], "attachments": stored_files(request, page, FILES_MAX)}
        commands.note_planning(page.lens, space, subject, content, sent=sent_of(request))

    return pressed(request, write, SAVED, there(space, f"{PLACE}{subject}/", "planning"))


@may("plan")
@require_POST
def withdraw_note(request: Request, space: str, subject: str) -> HttpResponse:
    """Take an own planning note back, with the reason."""
    page, form = pages.writable_page(request, space, HERE), ReasonForm(request.POST)
    get_event(page.lens, space, subject, page.moment)
    if not form.is_valid():
        return _draw(request, page, subject, status=422, form=form)
    given = (request.POST.get("note", "")[:64], form.cleaned_data["reason"])
    return pressed(
        request, lambda: commands.withdraw_note(page.lens, space, subject, given, sent=sent_of(request)),
        SAVED, there(space, f"{PLACE}{subject}/", "planning"),
    )  # fmt: skip


@may("plan")
@require_POST
def judge_clash(request: Request, space: str, subject: str) -> HttpResponse:
    """Accept a clash with the reason, or take that back."""
    page, form = pages.writable_page(request, space, HERE), ReasonForm(request.POST)
    get_event(page.lens, space, subject, page.moment)
    if not form.is_valid():
        return _draw(request, page, subject, status=422, form=form)
    given = (request.POST.get("clash", "")[:64], form.cleaned_data["reason"])
    act = commands.reopen_clash if request.POST.get("act") == "reopen" else commands.accept_clash
    return pressed(
        request, lambda: act(page.lens, space, subject, given, sent=sent_of(request)),
        SAVED, there(space, f"{PLACE}{subject}/", "clashes"),
    )  # fmt: skip
