"""Who is reached: all members, one member, its schedule, and the larmlista on paper. Every insider reads them."""

from datetime import date, timedelta
from typing import Any, Literal

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gemensam.core.policy import ROSTERS
from gemensam.core.refusal import Refused
from gemensam.documents import shapes
from gemensam.documents.rendering import DocumentError, render
from gemensam.ledger.noting import note_now
from gemensam.ledger.tables import file_name
from gemensam.organisations.domain import function
from gemensam.rosters import queries
from gemensam.rosters.domain.local import local
from gemensam.rosters.forms import ConfirmForm
from gemensam.rosters.labels import COVER_ANSWERS
from gemensam.rosters.shown import ShownMember, Speech, contacts_of, list_members, on_paper, speech_of
from gemensam.rosters.view_parts import ADMINISTER_OWN, page_of
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, principal_of, signed_in
from gemensam.web.page import SpacePage

BUSY = frozenset({"busy", "timeout", "memory", "too_large"})
ONLY = ("", "grave", "flags")
SPANS = {"week": 7, "month": 35}
PAPER_STEPS = 3


@signed_in
@require_GET
def overview(request: Request) -> HttpResponse:
    """All members: who is reached now in each function of their lists, and what is missing."""
    page, only = page_of(request), request.GET.get("only", "")
    found = list_members(speech_of(page))
    shown = [member for member in found if _is_wanted(member, only)]
    context = {
        "members": shown,
        "only": only if only in ONLY else "",
        "counts": [(code, word, sum(_is_wanted(each, code) for each in found)) for code, word in _choices()],
        "own": page.lens.principal.organisation,
    }
    return pages.render(request, "rosters/overview.html", context)


def _choices() -> list[tuple[str, str]]:
    words = (pgettext("rosters", "All"), _("Somebody may not be reached"), _("Something to mend"))
    return list(zip(ONLY, words, strict=True))


def _is_wanted(member: ShownMember, only: str) -> bool:
    if only == "grave":
        return any(flag.grave for flag in member.flags)
    return bool(member.flags) if only == "flags" else True


@signed_in
@require_GET
def member(request: Request, organisation: str) -> HttpResponse:
    """One member: its call list with who is reached, its contacts, its covers."""
    page = page_of(request)
    found, speech = queries.find_member(page, organisation), speech_of(page)
    shown = speech.member(found)
    own = page.lens.principal.organisation == organisation
    queries.note_opened(page, [thing.subject for thing in contacts_of(page.state, organisation)])
    context = {
        "shown": shown,
        "contacts": queries.list_contacts(speech, organisation),
        "covers": queries.list_covers(page.lens, speech, "covers", organisation),
        "covering": queries.list_covers(page.lens, speech, "covers_by", organisation),
        "answers": COVER_ANSWERS,
        "may_edit": own and page.may(ADMINISTER_OWN),
        "confirm_form": ConfirmForm(),
        "is_own": own,
    }
    return pages.render(request, "rosters/member.html", context)


@signed_in
@require_GET
def schedule(request: Request, organisation: str) -> HttpResponse:
    """A member's shifts by function and day, for a week or five; gaps and overlaps are said."""
    page = page_of(request)
    found, speech = queries.find_member(page, organisation), speech_of(page)
    span = request.GET.get("span", "week")
    first, count = _first_day(request, page), SPANS.get(span, SPANS["week"])
    functions = queries.schedule_functions(speech, organisation)
    chosen = request.GET.get("function", "")
    shown = [each for each in functions if chosen in ("", each)]
    if chosen and not shown:
        raise Refused("not_found")
    context = {
        "organisation": found,
        "name": speech.organisation(organisation),
        "tables": [queries.table_of(speech, each, first, count) for each in shown],
        "functions": [(each, speech.function(each)) for each in functions],
        "chosen": chosen,
        "span": span if span in SPANS else "week",
        "first": first,
        "last": first + timedelta(days=count - 1),
        "earlier": first - timedelta(days=count),
        "later": first + timedelta(days=count),
        "may_edit": principal_of(request).organisation == organisation and page.may(ADMINISTER_OWN),
    }
    return pages.render(request, "rosters/schedule.html", context)


def _first_day(request: Request, page: SpacePage) -> date:
    """The day that a schedule begins with: as the address says, else the Monday of the page's moment."""
    given = request.GET.get("from", "")
    if not given:
        here = local(page.moment.at).date()
        return here - timedelta(days=here.isoweekday() - 1)
    try:
        day = date.fromisoformat(given)
    except ValueError as error:
        raise Refused("bad_moment", given=given[:40]) from error
    if not 2000 <= day.year < 2100:
        raise Refused("bad_moment", given=given[:40])
    return day


@signed_in
@require_GET
def sheet(request: Request) -> HttpResponse:
    """The larmlista of all members, to be printed."""
    page = page_of(request)
    speech = speech_of(page)
    context = {"members": list_members(speech), "columns": range(1, PAPER_STEPS + 1), "printed_by": _printed_by(page)}
    return pages.render(request, "rosters/sheet.html", context)


@signed_in
@require_GET
def sheet_pdf(request: Request) -> HttpResponse:
    """The same as a document; the local log notes that it was made."""
    page = page_of(request)
    document = shapes.BinderDocument(frame=_frame(page), sheets=(call_list_sheet(speech_of(page)),))
    note_now(page.lens.principal, "print", space=ROSTERS, detail={"what": "call_list", "format": "pdf"})
    try:
        made = render("binder", document.as_json())
    except DocumentError as error:
        raise Refused("document_busy" if error.code in BUSY else "fault") from error
    response = HttpResponse(made, content_type="application/pdf")
    name = file_name(f"{_('call list')}-{times.local(page.lens.now):%Y-%m-%d-%H%M}")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def call_list_sheet(speech: Speech) -> shapes.PaperSheet:
    """Return the larmlista of all members as a sheet: who holds each function at the speech's moment."""
    heads = [(_("Organisation"), 3), *((str(place), 4) for place in range(1, PAPER_STEPS + 1)), (_("Reserve path"), 4)]
    rows = tuple(tuple(on_paper(each, PAPER_STEPS)) for each in list_members(speech))
    columns = tuple(shapes.Column(heading=heading, weight=weight) for heading, weight in heads)
    text = _("As it stood %(at)s. Shifts change: look at the program first where it can be reached.")
    return shapes.PaperSheet(
        title=pgettext("roster", "Call list"), text=text % {"at": times.exact(speech.at)}, landscape=True,
        tables=(shapes.PaperTable(heading="", columns=columns, rows=rows),),
    )  # fmt: skip


def _frame(page: SpacePage) -> shapes.Frame:
    language: Literal["sv", "en"] = "en" if (get_language() or "sv").startswith("en") else "sv"
    readers = len(page.lens.readers(ROSTERS).organisations)
    more: dict[str, Any] = {"marks": ("demonstration",)} if settings.GEMENSAM_DEMO else {}
    return shapes.Frame(
        title=pgettext("roster", "Call list"), language=language,
        author=f"{settings.GEMENSAM_NETWORK_NAME}, {_printed_by(page)}", space=page.title, printed_at=page.lens.now,
        printed_by=_printed_by(page), circle=_("%(n)s organisations") % {"n": readers},
        moment=times.exact(page.moment.at) if page.historical else "", **more,
    )  # fmt: skip


def _printed_by(page: SpacePage) -> str:
    principal, speech = page.lens.principal, speech_of(page)
    post = function(page.lens.directory, principal.function)
    return f"{speech.organisation(principal.organisation)} – {speech.function(post.id) if post else principal.function}"
