"""Pages of the published pictures: the list, a version, its document and table, and taking one back."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gemensam.core.refusal import Refused
from gemensam.ledger.noting import note_now, note_reading
from gemensam.ledger.pages.log import table_marks
from gemensam.ledger.tables import csv_response, file_name
from gemensam.organisations.domain import function, organisation
from gemensam.picture import queries
from gemensam.picture.compiling import withdraw_picture
from gemensam.picture.excerpt_shown import list_excerpts
from gemensam.picture.matrix_drawing import Drawing, draw_cards, draw_table
from gemensam.picture.matrix_tables import matrix_table, picture_file
from gemensam.picture.matrix_words import MatrixWords
from gemensam.picture.pdf import picture_pdf
from gemensam.picture.picture_shown import ShownPicture, shown_picture
from gemensam.picture.queries import PictureView
from gemensam.picture.window_shown import window_pdf, window_report
from gemensam.picture.withdrawing import may_withdraw, reason_of
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, may, signed_in
from gemensam.web.page import SpacePage


@signed_in
@require_GET
def picture_list(request: Request, space: str) -> HttpResponseBase:
    """All published pictures of a space, newest first."""
    page = _page(request, space)

    def draw() -> HttpResponse:
        found = queries.list_pictures(page.state, page.moment)
        directory = page.lens.directory
        rows = [(label, thing, function(directory, thing.data.function)) for label, thing in found]
        return pages.render(request, "picture/pictures.html", {"pictures": rows})

    return pages.conditional(request, page.key("pictures"), draw)


@signed_in
@require_GET
def version(request: Request, space: str, label: str) -> HttpResponseBase:
    """One published picture as it was published, and apart from it what has become of its sources since."""
    page = _page(request, space)
    view = queries.get_picture(page.lens, space, label, page.moment)
    note_reading(page.lens.principal, space, [view.entry])

    def draw() -> HttpResponse:
        return pages.render(request, "picture/version.html", _context(page, view))

    return pages.conditional(request, page.key("version", label), draw)


@signed_in
@require_GET
def version_pdf(request: Request, space: str, label: str) -> HttpResponse:
    """The picture as a document."""
    page, view, shown = _shown(request, space, label)
    _note(page, view, "print", "pdf")
    response = HttpResponse(picture_pdf(page, view, shown), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{file_name(_file(view))}.pdf"'
    return response


@signed_in
@require_GET
def window(request: Request, space: str, label: str) -> HttpResponseBase:
    """The picture as a window report: the situation now, forecast, wanted state and gap, window by window."""
    page, view, shown = _shown(request, space, label)
    note_reading(page.lens.principal, space, [view.entry])

    def draw() -> HttpResponse:
        context = {"view": view, "report": window_report(shown), "publisher": _publisher(page, view)}
        return pages.render(request, "picture/window.html", context)

    return pages.conditional(request, page.key("window", label), draw)


@signed_in
@require_GET
def window_as_pdf(request: Request, space: str, label: str) -> HttpResponse:
    """The window report as a document."""
    page, view, shown = _shown(request, space, label)
    _note(page, view, "print", "pdf")
    response = HttpResponse(window_pdf(page, view, shown), content_type="application/pdf")
    name = file_name(f"{pgettext('file name', 'window-report')}-{view.label}")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@signed_in
@require_GET
def version_csv(request: Request, space: str, label: str) -> StreamingHttpResponse:
    """The picture's matrix as CSV."""
    page, view, shown = _shown(request, space, label)
    _note(page, view, "export", "csv")
    heads, lines = matrix_table(shown.live, shown.words)
    number = _("Combined picture no. %(number)s") % {"number": view.label}
    return csv_response(_file(view), heads, lines, [*table_marks(page), number, *view.entry.header.marks])


@may("publish_picture")
@require_POST
def withdraw(request: Request, space: str, label: str) -> HttpResponse:
    """Take a picture back, with a reason; it stays readable."""
    page = _page(request, space)
    page.require_now()
    view = queries.get_picture(page.lens, space, label, page.moment)
    withdraw_picture(page.lens, space, view.thing.subject, request.POST.get("reason", ""), last=view.thing.last)
    messages.success(request, _("The picture has been taken back. It can still be read."))
    return HttpResponseRedirect(f"/spaces/{space}/pictures/{label}/")


def _page(request: Request, space: str) -> SpacePage:
    return pages.space_page(request, space, queries.KINDS_WITH_PICTURE)


def _shown(request: Request, space: str, label: str) -> tuple[SpacePage, PictureView, ShownPicture]:
    page = _page(request, space)
    view = queries.get_picture(page.lens, space, label, page.moment)
    if view.content is None:
        raise Refused("not_found")
    return page, view, _shown_of(page, view)


def _shown_of(page: SpacePage, view: PictureView) -> ShownPicture:
    if view.content is None:
        raise Refused("not_found")
    since = queries.sources_since(page.state, view.content)
    pins = view.entry.header.vocabulary
    return shown_picture(page.lens.directory, page.state, view.content, pins=pins, since=since)


def _note(page: SpacePage, view: PictureView, action: str, form: str) -> None:
    """Write in the local log that a picture is taken out of the program, and a marked one read."""
    detail = {"what": "picture", "number": view.label, "format": form}
    note_reading(page.lens.principal, page.space, [view.entry])
    note_now(page.lens.principal, action, space=page.space, subject=view.thing.subject, detail=detail)


def _file(view: PictureView) -> str:
    return picture_file(view.thing.data.stated_at, view.label)


def _context(page: SpacePage, view: PictureView) -> dict[str, Any]:
    if view.content is None:
        return {"view": view, "publisher": _publisher(page, view)}
    shown = _shown_of(page, view)
    then = times.iso(view.entry.header.clock.ms)
    drawing = Drawing(shown.live, shown.words, f"/spaces/{page.space}/", f"?knew_at={then.replace('+', '%2B')}")
    revised = queries.revised_since(page.lens, page.space, view.thing, page.moment)
    labels = [label for label, _thing in queries.list_pictures(page.state, page.moment)]
    place = labels.index(view.label)
    return {
        "view": view,
        "shown": shown,
        **_drawn(page, view, drawing),
        "publisher": _publisher(page, view),
        "revised": revised_lines(page, revised, shown.words),
        "newer": labels[place - 1] if place else "",
        "older": labels[place + 1] if place + 1 < len(labels) else "",
        "may_withdraw": may_withdraw(page, view),
        "next_at": None if page.info.closed else queries.next_picture(page.lens, page.state, page.moment),
        "may_excerpt": page.may("compile") and not view.withdrawn,
        "excerpts": [
            (thing, shown.words.lists.word("excerpts", thing.data.kind))
            for thing in list_excerpts(page.state, page.moment, view.thing.subject)
        ],
        "withdrawn_reason": reason_of(page, view),
    }


def _drawn(page: SpacePage, view: PictureView, drawing: Drawing) -> dict[str, str]:
    """The matrix of a version never changes: drawn once for each language (and for each change of the lists)."""
    key = ("version", page.space, view.thing.data.content, page.lens.directory.position, get_language())
    parts = {"table": draw_table, "cards": draw_cards}
    return {name: pages.cached_fragment((*key, name), partial(draw, drawing)) for name, draw in parts.items()}


def revised_lines(page: SpacePage, revised: Any, words: MatrixWords) -> list[dict[str, Any]]:
    """Return what later information says otherwise: member, function, value then and value now known."""
    return [
        {
            "organisation": words.name(who),
            "row": words.column(row),
            "then": words.value(then),
            "now": words.value(cell.value),
            "url": f"/spaces/{page.space}/members/{who}/{row}/{page.query}",
        }
        for (who, row), (cell, then) in sorted(revised.items())
    ]


def _publisher(page: SpacePage, view: PictureView) -> str:
    header, directory = view.entry.header, page.lens.directory
    who, post = organisation(directory, header.by_organisation), function(directory, header.function)
    return f"{who.short if who else header.by_organisation} – {post.name if post else header.function}"
