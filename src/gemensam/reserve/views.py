"""The reservpärm, and a member's one sheet, as pages that print in one press and as documents."""

from typing import Literal

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gemensam.coordination.conference_queries import KINDS_WITH_CONFERENCES
from gemensam.core.refusal import Refused
from gemensam.documents import shapes
from gemensam.documents.rendering import DocumentError, render
from gemensam.ledger.noting import note_now
from gemensam.ledger.tables import file_name
from gemensam.organisations.domain import function, organisation
from gemensam.reserve.content import Binder
from gemensam.reserve.one_sheet import OneSheet
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, signed_in
from gemensam.web.page import SpacePage

BUSY = frozenset({"busy", "timeout", "memory", "too_large"})


@signed_in
@require_GET
def binder(request: Request, space: str) -> HttpResponse:
    """All that is needed to go on with paper and radio, one sheet after the other."""
    page = _page(request, space)
    context = {"sheets": Binder(page).sheets(), "printed_by": _printed_by(page)}
    return pages.render(request, "reserve/binder.html", context)


@signed_in
@require_GET
def binder_pdf(request: Request, space: str) -> HttpResponse:
    """The same as a document; the local log notes that it was made."""
    page = _page(request, space)
    document = shapes.BinderDocument(frame=_frame(page, _("Reserve binder")), sheets=Binder(page).sheets())
    return _made(page, "binder", document, _("reserve binder"))


@signed_in
@require_GET
def one_sheet(request: Request, space: str) -> HttpResponse:
    """The own organisation's one sheet: call list, ways to talk, first report, agenda."""
    page = _page(request, space)
    sheet = OneSheet(page)
    context = {"sheets": sheet.sides(), "printed_by": _printed_by(page), "name": sheet.name}
    return pages.render(request, "reserve/one_sheet.html", context)


@signed_in
@require_GET
def one_sheet_pdf(request: Request, space: str) -> HttpResponse:
    """The same as a document of two pages."""
    page = _page(request, space)
    sheet = OneSheet(page)
    document = shapes.OneSheetDocument(frame=_frame(page, _("One sheet")), sheets=sheet.sides())
    return _made(page, "one_sheet", document, f"{_('one sheet')}-{sheet.name}")


def _made(page: SpacePage, template: str, document: shapes.Shape, word: str) -> HttpResponse:
    note_now(page.lens.principal, "print", space=page.space, detail={"what": template, "format": "pdf"})
    try:
        made = render(template, document.as_json())
    except DocumentError as error:
        raise Refused("document_busy" if error.code in BUSY else "fault") from error
    response = HttpResponse(made, content_type="application/pdf")
    name = file_name(f"{word}-{page.title}-{times.local(page.lens.now):%Y-%m-%d-%H%M}")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _page(request: Request, space: str) -> SpacePage:
    return pages.space_page(request, space, KINDS_WITH_CONFERENCES)


def _frame(page: SpacePage, title: str) -> shapes.Frame:
    language: Literal["sv", "en"] = "en" if (get_language() or "sv").startswith("en") else "sv"
    readers = len(page.lens.readers(page.space).organisations)
    marks = ["demonstration"] if settings.GEMENSAM_DEMO else []
    if page.exercise:
        marks.append("exercise")
    return shapes.Frame(
        title=title,
        language=language,
        author=f"{settings.GEMENSAM_NETWORK_NAME}, {_printed_by(page)}",
        space=page.title,
        printed_at=page.lens.now,
        printed_by=_printed_by(page),
        circle=_("%(n)s organisations") % {"n": readers},
        moment=times.exact(page.moment.at) if page.historical else "",
        marks=tuple(marks),
    )


def _printed_by(page: SpacePage) -> str:
    principal, directory = page.lens.principal, page.lens.directory
    who, post = organisation(directory, principal.organisation), function(directory, principal.function)
    return f"{who.short if who else principal.organisation} – {post.name if post else principal.function}"
