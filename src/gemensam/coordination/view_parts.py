"""What the views of this room share: the page of a space, what a post was sent with, lists, tables and choices."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from gemensam.coordination.conference_queries import KINDS_WITH_CONFERENCES, find_conference, going_on, may_speak
from gemensam.coordination.domain.rules import readers
from gemensam.coordination.forms import NeedForm, QuestionForm, ReasonForm
from gemensam.coordination.rows import Row
from gemensam.coordination.sending import OWN_WORD, Entered, Sent
from gemensam.coordination.shown import Speech, told
from gemensam.coordination.tables import Table
from gemensam.coordination.traces import history
from gemensam.core.state import Thing
from gemensam.core.swedish import sort_key
from gemensam.ledger.noting import note_now, note_reading
from gemensam.ledger.tables import csv_response
from gemensam.organisations.domain import functions, organisations
from gemensam.picture.lists import Lists
from gemensam.picture.marking import mark_of_all, marks_sent
from gemensam.picture.report_fields import parse_time
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request
from gemensam.web.page import SpacePage

VoiceForm = TypeVar("VoiceForm", NeedForm, QuestionForm)
KEY_MAX, DIGEST_MAX = 100, 64
DESK = "desk/"  # the secretary's page of a conference, below the conference's own


def page_of(request: HttpRequest, space: str) -> SpacePage:
    """Return the page of a space that has conferences; raises `Refused("not_found")` for others."""
    return pages.space_page(request, space, KINDS_WITH_CONFERENCES)


def writable(request: HttpRequest, space: str) -> SpacePage:
    """Return such a page that can be written on; raises `Refused`: `not_found`, `historical`, `space_closed`."""
    return pages.writable_page(request, space, KINDS_WITH_CONFERENCES)


def speech_of(page: SpacePage) -> Speech:
    return Speech(page.lens.directory, page.state)


def sent_of(request: Request, entered: Entered = OWN_WORD) -> Sent:
    """Return what a form was sent with."""
    circle = request.POST.get("circle", "")
    return Sent(
        int(circle) if circle.isdecimal() else None, request.POST.get("seen", "")[:DIGEST_MAX],
        request.POST.get("key", "")[:KEY_MAX], entered, marks_sent(request.POST),
    )  # fmt: skip


def entered_of(request: Request, own: str) -> Entered:
    """Return whose word a form enters and how it came in; the own one where none is chosen.

    Raises `Refused("bad_moment")`.
    """
    organisation, at = request.POST.get("organisation", "")[:KEY_MAX], request.POST.get("at", "").strip()
    said_at = parse_time(at, times.now(), coming=False) if at else None
    if organisation in ("", own):
        return Entered(at=said_at)
    return Entered(organisation, request.POST.get("via", "")[:KEY_MAX], said_at)


def came_from(request: Request) -> str:
    """Return which page of a conference a form was sent from: the secretary's desk, or "" for everybody's."""
    return DESK if DESK in (request.POST.get("from"), request.GET.get("from")) else ""


def conference_named(request: Request, page: SpacePage) -> dict[str, str]:
    """Return the conference that a form belongs to: the one it names, else the one that is going on."""
    named = request.POST.get("conference") or request.GET.get("conference", "")
    if not named:
        thing = going_on(page.state) if request.method == "GET" else None
        named = thing.subject if thing is not None else ""
    if not named:
        return {"subject": "", "title": ""}
    found = find_conference(page.lens, page.space, named, page.moment)
    return {"subject": named, "title": told(found.data)}


def list_page(page: SpacePage, request: Request, name: str, rows: Callable[[], list[Row]]) -> HttpResponseBase:
    """The list of what is still open, and of what has ended, last first; by the words of each row's `is_open`."""

    def draw() -> HttpResponse:
        found = rows()
        context = {
            "open": [row for row in found if row["is_open"]],
            "ended": [row for row in reversed(found) if not row["is_open"]],
            "speaks": not page.readonly and may_speak(page.lens),
        }
        return pages.render(request, f"coordination/{name}.html", context)

    return pages.conditional(request, page.key(name, page.lens.principal.organisation), draw)


def about_thing(page: SpacePage, thing: Thing, conference: Thing | None, speech: Speech) -> dict[str, Any]:
    """Return what every page of one thing shows: its conference and its history. That it was read is noted."""
    rows = page.lens.history(page.space, thing.subject, page.moment)
    note_reading(page.lens.principal, page.space, rows)
    return {
        "conference": conference,
        "conference_title": told(conference.data) if conference is not None else "",
        "reason_form": ReasonForm(),
        "trace": history(rows, speech),
    }


def voice_form(kind: type[VoiceForm], page: SpacePage, data: Any, **more: Any) -> VoiceForm:
    """Return a form in which an organisation speaks, for itself or as it was told by telephone."""
    lists, own = Lists(page.lens.directory, page.state), page.lens.principal.organisation
    for_others = page.may("report_for_others")
    return kind(data, lists=lists, organisations=organisation_choices(page), own=own, for_others=for_others, **more)


def table_page(page: SpacePage, what: str, name: str, table: Table, digests: Iterable[str]) -> StreamingHttpResponse:
    """A table for other programs, with the marks of what stands in it; `what` as the local log notes it."""
    marks = mark_of_all(page.lens, page.space, digests)
    note_now(page.lens.principal, "export", space=page.space, detail={"what": what, "format": "csv"})
    head, rows = table
    return csv_response(f"{name}-{page.title}", head, rows, [*marks_of(page), *marks])


def organisation_choices(page: SpacePage) -> list[tuple[str, str]]:
    """Return the organisations that may take part in the space (id, name), in Swedish order."""
    allowed = readers(page.lens.directory, page.info)
    found = [each for each in organisations(page.lens.directory) if each.id in allowed]
    return [(each.id, each.name) for each in sorted(found, key=lambda each: sort_key(each.name))]


def function_choices(page: SpacePage, organisation: str) -> list[tuple[str, str]]:
    """Return an organisation's functions (id, words)."""
    speech = speech_of(page)
    return [(each.id, speech.names.function(each.id)) for each in functions(page.lens.directory, organisation)]


def function_groups(page: SpacePage) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the functions of every organisation of the space, grouped by it."""
    return [(name, function_choices(page, each)) for each, name in organisation_choices(page)]


def marks_of(page: SpacePage) -> list[str]:
    """Return what a table says of itself on its first line: the space, and the moment that it shows."""
    return [page.title, moment_words(page)]


def moment_words(page: SpacePage) -> str:
    """Return which past moment a page shows, "" for now."""
    if page.moment.knew_at is not None:
        return _("What we knew %(when)s") % {"when": times.spoken(page.moment.knew_at)}
    if page.moment.happened_by is not None:
        return _("What had happened by %(when)s") % {"when": times.spoken(page.moment.happened_by)}
    return ""
