"""Pages of excerpts: choosing what to take, preview and publish; the list, an excerpt, its documents (R44, R94)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.core.refusal import Refused
from gemensam.ledger.ids import uuid7
from gemensam.ledger.noting import note_now, note_reading
from gemensam.ledger.tables import file_name
from gemensam.organisations.domain import function
from gemensam.picture import queries
from gemensam.picture.excerpt_document import excerpt_document, excerpt_pdf, excerpt_text, sender_of
from gemensam.picture.excerpt_shown import (
    ExcerptView,
    get_excerpt,
    kind_named,
    kinds,
    list_excerpts,
    name_of,
    own_fields,
    read_excerpt,
    recipient_of,
    shown_parts,
    start_excerpt,
    takeable,
)
from gemensam.picture.excerpting import Excerpt, excerpt_marks, preview_excerpt, publish_excerpt, withdraw_excerpt
from gemensam.picture.lists import Lists, told
from gemensam.picture.queries import PictureView
from gemensam.picture.readers import reader_list
from gemensam.picture.withdrawing import may_withdraw, reason_of
from gemensam.web import labels, times
from gemensam.web import page as pages
from gemensam.web.access import Request, may, signed_in
from gemensam.web.page import SpacePage


@may("compile")
@require_http_methods(["GET", "POST"])
def make(request: Request, space: str, label: str) -> HttpResponseBase:
    """Choose a recipient, then what is taken of a picture; preview and publish post the same form."""
    page = _page(request, space)
    view = queries.get_picture(page.lens, space, label, page.moment)
    if view.content is None or view.withdrawn:
        raise Refused("excerpt_no_picture")
    note_reading(page.lens.principal, space, [view.entry])
    if request.method == "POST":
        page.require_now()
        return _press(request, page, view)
    code = request.GET.get("kind", "")
    lists = Lists(page.lens.directory, page.state)
    if not code:
        return _choose(request, page, view, lists)
    kind = kind_named(lists, code)
    return _form(request, page, view, start_excerpt(page, view, kind))


def _choose(request: Request, page: SpacePage, view: PictureView, lists: Lists) -> HttpResponse:
    offered = [(item["code"], told(item), told(item, "to"), told(item, "help")) for item in kinds(lists)]
    return pages.render(request, "picture/excerpt_choose.html", {"view": view, "kinds": offered})


def _press(request: Request, page: SpacePage, view: PictureView) -> HttpResponseBase:
    made = Excerpt(request.POST.get("kind", "")[:40])
    try:
        made = read_excerpt(request.POST)
        kind_named(Lists(page.lens.directory, page.state), made.kind)
        if "edit" in request.POST:
            return _form(request, page, view, made)
        if "publish" in request.POST:
            return _publish(request, page, view, made)
        return _preview(request, page, view, made)
    except Refused as refused:
        if refused.code in ("unknown_excerpt", "bad_request", "not_permitted"):
            raise
        return _form(request, page, view, made, refused=refused)


def _publish(request: Request, page: SpacePage, view: PictureView, made: Excerpt) -> HttpResponse:
    circle, key = request.POST.get("circle", ""), request.POST.get("key", "")[:100]
    version = int(circle) if circle.isdecimal() else None
    receipt = publish_excerpt(page.lens, view, made, circle=version, key=key)
    messages.success(request, _("The excerpt is published here. Take it on as PDF or as text."))
    return HttpResponseRedirect(f"/spaces/{page.space}/excerpts/{receipt.subject}/")


def _preview(request: Request, page: SpacePage, view: PictureView, made: Excerpt) -> HttpResponse:
    content = preview_excerpt(page.lens, view, made)
    context = {
        **_told(page, content),
        "view": view,
        "made": made,
        "boxes": request.POST.getlist("take"),
        "marks": excerpt_marks(page.lens, view, made),
        "readers": reader_list(page.lens, page.space),
        "key": uuid7(),
        "may_publish": page.may("publish_picture"),
    }
    return pages.render(request, "picture/excerpt_preview.html", context)


def _form(
    request: Request, page: SpacePage, view: PictureView, made: Excerpt, *, refused: Refused | None = None
) -> HttpResponse:
    kind = kind_named(Lists(page.lens.directory, page.state), made.kind)
    context = {
        "view": view,
        "kind": kind["code"],
        "name": told(kind),
        "to": told(kind, "to"),
        "help": told(kind, "help"),
        "is_public": kind.get("is_public"),
        "headings": takeable(page, view, kind, made),
        "fields": own_fields(kind, made),
        "error": labels.words(refused) if refused is not None else "",
    }
    status = labels.status_of(refused.code) if refused is not None else 200
    return pages.render(request, "picture/excerpt_form.html", context, status=status)


def _told(page: SpacePage, content: Any, pins: str = "") -> dict[str, Any]:
    since = queries.sources_since(page.state, content)
    return {
        "content": content,
        "name": name_of(content),
        "to": recipient_of(content),
        "parts": shown_parts(page.lens.directory, page.state, content, pins=pins, since=since),
    }


@signed_in
@require_GET
def excerpt_list(request: Request, space: str) -> HttpResponseBase:
    """All excerpts of a space, newest first."""
    page = _page(request, space)

    def draw() -> HttpResponse:
        lists = Lists(page.lens.directory, page.state)
        found = list_excerpts(page.state, page.moment)
        rows = [
            (thing, lists.word("excerpts", thing.data.kind), _function(page, thing.data.function)) for thing in found
        ]
        return pages.render(request, "picture/excerpts.html", {"excerpts": rows})

    return pages.conditional(request, page.key("excerpts"), draw)


@signed_in
@require_GET
def excerpt(request: Request, space: str, subject: str) -> HttpResponseBase:
    """An excerpt as it was published, and apart from it what has become of its sources since."""
    page = _page(request, space)
    view = get_excerpt(page.lens, space, subject, page.moment)
    note_reading(page.lens.principal, space, [view.entry])

    def draw() -> HttpResponse:
        context: dict[str, Any] = {"view": view, "sender": sender_of(page, view), "publisher": _publisher(page, view)}
        if view.content is not None:
            context |= _told(page, view.content, view.entry.header.vocabulary)
        context["may_withdraw"] = may_withdraw(page, view)
        context["withdrawn_reason"] = reason_of(page, view)
        return pages.render(request, "picture/excerpt.html", context)

    return pages.conditional(request, page.key("excerpt", subject), draw)


@signed_in
@require_GET
def as_pdf(request: Request, space: str, subject: str) -> HttpResponse:
    """The excerpt as a document."""
    page, view = _leaving(request, space, subject, "pdf")
    response = HttpResponse(excerpt_pdf(page, view), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{_file(view)}.pdf"'
    return response


@signed_in
@require_GET
def as_text(request: Request, space: str, subject: str) -> HttpResponse:
    """The excerpt as plain text."""
    page, view = _leaving(request, space, subject, "text")
    text = excerpt_text(excerpt_document(page, view))
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{_file(view)}.txt"'
    return response


@may("publish_picture")
@require_POST
def withdraw(request: Request, space: str, subject: str) -> HttpResponse:
    """Take an excerpt back, with a reason; it stays readable."""
    page = _page(request, space)
    page.require_now()
    view = get_excerpt(page.lens, space, subject, page.moment)
    withdraw_excerpt(page.lens, space, subject, request.POST.get("reason", ""), last=view.thing.last)
    messages.success(request, _("The excerpt has been taken back. It can still be read."))
    return HttpResponseRedirect(f"/spaces/{space}/excerpts/{subject}/")


def _page(request: Request, space: str) -> SpacePage:
    return pages.space_page(request, space, queries.KINDS_WITH_PICTURE)


def _leaving(request: Request, space: str, subject: str, form: str) -> tuple[SpacePage, ExcerptView]:
    """The excerpt that is taken out of the program; the local log says so."""
    page = _page(request, space)
    view = get_excerpt(page.lens, space, subject, page.moment)
    if view.content is None:
        raise Refused("not_found")
    note_reading(page.lens.principal, space, [view.entry])
    detail = {"what": "excerpt", "format": form}
    note_now(page.lens.principal, "export", space=space, subject=subject, detail=detail)
    return page, view


def _file(view: ExcerptView) -> str:
    content: Any = view.content
    return file_name(f"{name_of(content)}-{times.local(content['stated_at']):%Y-%m-%d-%H%M}")


def _function(page: SpacePage, function_id: str) -> str:
    found = function(page.lens.directory, function_id)
    return found.name if found is not None else function_id


def _publisher(page: SpacePage, view: ExcerptView) -> str:
    return f"{sender_of(page, view).partition(',')[0]} – {_function(page, view.entry.header.function)}"
