"""Drawings: making, changing and withdrawing one, and its page with its history."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.geography import commands
from gemensam.geography.commands import Sent
from gemensam.geography.drawing_forms import DrawingForm, initial_of
from gemensam.geography.map_shown import shown_drawing
from gemensam.geography.map_views import map_codes, may_draw
from gemensam.geography.place_views import place_page
from gemensam.geography.queries import get_drawing
from gemensam.ledger.noting import note_reading
from gemensam.picture.domain.statements import WRITERS
from gemensam.picture.lists import Lists
from gemensam.picture.marking import marks_of
from gemensam.picture.matrix_words import MatrixWords
from gemensam.picture.place_words import Coordinates
from gemensam.picture.readers import reader_list
from gemensam.picture.traces import trace
from gemensam.web import page as pages
from gemensam.web.access import Request, signed_in
from gemensam.web.answering import refused_page, seen_again, told_in_form
from gemensam.web.page import SpacePage


@signed_in
@require_http_methods(["GET", "POST"])
def make_drawing(request: Request, space: str) -> HttpResponse:
    """Draw an area, a line or a point on the map."""
    page = _writable(request, space)
    lists, now = Lists(page.lens.directory, page.state), page.lens.now
    if request.method != "POST":
        return _form(request, page, DrawingForm(lists=lists, now=now, initial={"shape": "area"}))
    form = DrawingForm(request.POST, lists=lists, now=now)
    if not form.is_valid():
        return _form(request, page, form, status=422)
    try:
        receipt = commands.make_drawing(page.lens, space, form.content(), sent=_sent(request, form.marks))
    except Refused as refused:
        return _again(request, page, form, refused)
    messages.success(request, _("It is drawn on the map."))
    return HttpResponseRedirect(_url(space, receipt.subject))


@signed_in
@require_http_methods(["GET", "POST"])
def change_drawing(request: Request, space: str, subject: str) -> HttpResponse:
    """The whole new content of one's own drawing; what stood before stays in its history."""
    page = _writable(request, space)
    thing = _own(page, subject)
    lists, now = Lists(page.lens.directory, page.state), page.lens.now
    if request.method != "POST":
        payload = _payload(page, thing)
        initial = initial_of(payload, marks_of(page.lens, space, thing.data.content)) if payload else {}
        return _form(request, page, DrawingForm(lists=lists, now=now, initial=initial), changed=thing)
    form = DrawingForm(request.POST, lists=lists, now=now)
    if not form.is_valid():
        return _form(request, page, form, status=422, changed=thing, seen=seen_again(request))
    try:
        commands.change_drawing(page.lens, space, subject, form.content(), sent=_sent(request, form.marks))
    except Refused as refused:
        return _again(request, page, form, refused, changed=thing, seen=seen_again(request, refused))
    messages.success(request, _("The drawing is changed. What stood before is kept in its history."))
    return HttpResponseRedirect(_url(space, subject))


@signed_in
@require_POST
def withdraw_drawing(request: Request, space: str, subject: str) -> HttpResponse:
    """Take one's own drawing off the map."""
    page = _writable(request, space)
    thing = _own(page, subject)
    try:
        reason = request.POST.get("reason", "").strip()
        commands.withdraw_drawing(page.lens, space, subject, reason, sent=_sent(request))
    except Refused as refused:
        return refused_page(request, "geography/drawing.html", _context(page, thing), refused)
    messages.success(request, _("The drawing is off the map. It is kept in the log."))
    return HttpResponseRedirect(f"/spaces/{space}/map/")


@signed_in
@require_GET
def show_drawing(request: Request, space: str, subject: str) -> HttpResponse:
    """A drawing with its corners in the three systems, and its history."""
    page = place_page(request, space)
    return pages.render(request, "geography/drawing.html", _context(page, get_drawing(page.state, subject)))


def _context(page: SpacePage, thing: Thing) -> dict[str, Any]:
    words = MatrixWords(page.lens.directory, page.state, page.moment.at)
    payload = _payload(page, thing)
    rows = page.lens.history(page.space, thing.subject, page.moment)
    note_reading(page.lens.principal, page.space, rows)
    marks = next((row.header.marks for row in rows if row.digest == thing.data.content), ())
    corners = payload["corners"] if payload else ()
    return {
        "thing": thing,
        "drawing": shown_drawing(thing, payload, words, marks) if payload else None,
        "writer": words.name(thing.organisation),
        "corners": [Coordinates.of((corner["latitude"], corner["longitude"])) for corner in corners],
        "trace": trace(rows, words.lists, page.lens.directory),
        "codes": map_codes(page),
        "may_change": may_draw(page) and thing.status == "drawn" and _is_own(page, thing),
    }


def _payload(page: SpacePage, thing: Thing) -> Any:
    return page.lens.payloads(page.space, [thing.data.content]).get(thing.data.content)


def _is_own(page: SpacePage, thing: Thing) -> bool:
    return page.lens.principal.organisation == thing.organisation


def _own(page: SpacePage, subject: str) -> Thing:
    thing = get_drawing(page.state, subject)
    if not _is_own(page, thing):
        raise Refused("not_owner")
    if thing.status != "drawn":
        raise Refused("not_allowed_now", status=thing.status)
    return thing


def _writable(request: Request, space: str) -> SpacePage:
    page = place_page(request, space)
    if WRITERS.isdisjoint(page.lens.principal.permissions):
        raise Refused("not_permitted", permission="report")
    page.require_open()
    return page


def _again(request: Request, page: SpacePage, form: DrawingForm, refused: Refused, **more: Any) -> HttpResponse:
    words, status = told_in_form(refused)
    return _form(request, page, form, status=status, refusal=words, **more)


def _form(request: Request, page: SpacePage, form: DrawingForm, *, status: int = 200, **more: Any) -> HttpResponse:
    readers, codes = reader_list(page.lens, page.space), map_codes(page)
    context = {"form": form, "readers": readers, "codes": codes, **more}
    return pages.render(request, "geography/drawing_form.html", context, status=status)


def _sent(request: Request, marks: tuple[str, ...] = ()) -> Sent:
    circle = request.POST.get("circle", "")
    seen, key = request.POST.get("seen", "")[:64], request.POST.get("key", "")[:100]
    return Sent(int(circle) if circle.isdecimal() else None, seen, key, marks)


def _url(space: str, subject: str) -> str:
    return f"/spaces/{space}/drawings/{subject}/"
