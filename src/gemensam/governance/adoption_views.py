"""Pages of antagande: members × steps of a document, one member over all documents, and both as tables and PDF."""

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gemensam.core.refusal import Refused
from gemensam.governance.adoption_commands import clear_route, set_route
from gemensam.governance.adoption_drawing import draw_chains, legend
from gemensam.governance.adoption_queries import (
    Board,
    Chains,
    Rules,
    board_for,
    chains_for,
    decisions_of_member,
    route_of,
)
from gemensam.governance.adoption_shown import decision_line, own_routes, route_shown
from gemensam.governance.adoption_tables import board_cells, board_table, chain_table, table_pdf
from gemensam.governance.adoption_words import CellWords, answer, brief_of, cell_words
from gemensam.governance.decision_forms import RouteForm
from gemensam.governance.document_forms import link_from, link_text
from gemensam.governance.document_queries import DocumentShown, get_document_for, list_documents_for
from gemensam.governance.domain.documents import NOTHING
from gemensam.governance.view_parts import (
    OF_ANOTHER,
    Chosen,
    chosen,
    lists_of,
    own_member,
    page_of,
    sent_of,
    shared_key,
)
from gemensam.ledger.noting import note_now
from gemensam.ledger.reading import Lens
from gemensam.ledger.tables import csv_response, file_name
from gemensam.organisations.domain import Organisation, members
from gemensam.organisations.names import organisation_name
from gemensam.web import page as pages
from gemensam.web.access import Request, may, signed_in
from gemensam.web.answering import answered, go_on
from gemensam.web.fragments import kept_fragment

STANDING = "standing"


@signed_in
@require_GET
def show_adoption(request: Request, space: str, subject: str) -> HttpResponseBase:
    """Members × steps of one document: state, date, §, diarienummer and file."""
    page = page_of(request, space)
    choice = chosen(request)
    document = get_document_for(page.lens, space, subject, choice.moment)
    key = shared_key(request, choice, "chains", document.link)

    def draw() -> HttpResponse:
        context = {
            "document": document,
            "choice": choice,
            "matrix": kept_fragment(key, lambda: draw_chains(_chains(request, space, subject), choice.query)).text,
            "legend": legend(),
            "may_register": page.may("register_decision") and not document.is_withdrawn,
        }
        return pages.render(request, "governance/adoption.html", context)

    return pages.conditional(request, (key, page.lens.version), draw)


def _chains(request: Request, space: str, subject: str) -> Chains:
    choice = chosen(request)
    document = get_document_for(request.lens, space, subject, choice.moment)
    return chains_for(request.lens, document, choice.day, choice.moment)


@signed_in
@require_GET
def adoption_csv(request: Request, space: str, subject: str) -> StreamingHttpResponse:
    """The chains of a document as CSV: one line for each registered step, and one for a member that has none."""
    page = page_of(request, space)
    chains = _chains(request, space, subject)
    heads, lines = chain_table(chains)
    note_now(page.lens.principal, "export", space=space, detail={"what": "adoption", "format": "csv"})
    return csv_response(f"antagande-{chains.document.data.code}", heads, lines, _told(chosen(request)))


@signed_in
@require_GET
def board_csv(request: Request) -> StreamingHttpResponse:
    """Members × documents as CSV: one line for each member and document."""
    choice = chosen(request)
    heads, lines = board_table(board_for(request.lens, choice.day, choice.moment))
    note_now(request.lens.principal, "export", space=STANDING, detail={"what": "adoption", "format": "csv"})
    return csv_response(f"antagande-{choice.day}", heads, lines, _told(choice))


@signed_in
@require_GET
def board_pdf(request: Request) -> HttpResponse:
    """Members × documents as a document to print and keep."""
    choice = chosen(request)
    board = board_for(request.lens, choice.day, choice.moment)
    rows = [[organisation_name(member), *board_cells(board, member)] for member in board.members]
    title = _("Steering documents and the members, %(day)s") % {"day": choice.day}
    made = table_pdf(request.lens, title, [_("Member"), *(each.data.code for each in board.documents)], rows)
    return _document(request, made, f"antagande-{choice.day}", STANDING)


@signed_in
@require_GET
def adoption_pdf(request: Request, space: str, subject: str) -> HttpResponse:
    """The chains of a document as a document to print and keep: the registered steps, member by member."""
    page = page_of(request, space)
    chains = _chains(request, space, subject)
    heads, lines = chain_table(chains, brief=True)
    title = _("Members and steps to a decision on %(title)s") % {"title": chains.document.data.code}
    made = table_pdf(page.lens, title, heads, [[str(cell) for cell in line] for line in lines])
    return _document(request, made, f"antagande-{chains.document.data.code}", space)


def _document(request: Request, made: bytes, name: str, space: str) -> HttpResponse:
    note_now(request.lens.principal, "print", space=space, detail={"what": "adoption", "format": "pdf"})
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{file_name(name)}.pdf"'
    return response


def _told(choice: Chosen) -> list[str]:
    return [_("as it stood on %(day)s") % {"day": choice.day}]


@signed_in
@require_GET
def show_member(request: Request, organisation: str) -> HttpResponse:
    """One member: what held for it on a day, in words; its route; and all that it has decided, newest first."""
    member, choice = _member(request.lens, organisation), chosen(request)
    board = board_for(request.lens, choice.day, choice.moment, only=organisation)
    decided = decisions_of_member(request.lens, organisation, choice.moment)
    route = route_of(request.lens, member, board.rules, moment=choice.moment)
    context = {
        "member": member,
        "name": organisation_name(member),
        "choice": choice,
        "answer": answer(board, organisation, request.lens.now),
        "standings": [_stands(board, each, organisation) for each in board.documents],
        "route": route_shown(route, board.rules),
        "own_routes": own_routes(request.lens, organisation, board, choice.moment),
        "decided": [decision_line(document, thing, board.rules) for document, thing in decided],
        "may_set_route": _may_set(request.lens, organisation) and not choice.moment.historical,
    }  # fmt: skip
    return pages.render(request, "governance/member.html", context)


@may("register_decision")
@require_http_methods(["GET", "POST"])
def set_member_route(request: Request, organisation: str) -> HttpResponse:
    """Set or take away a member's own route to a decision."""
    member = _member(request.lens, organisation)
    if not _may_set(request.lens, organisation):
        raise Refused("not_your_organisation", organisation=organisation)
    rules, where = Rules(request.lens), HttpResponseRedirect(f"/governance/members/{organisation}/")
    documents = [(link_text(each.link), each.data.code) for each in list_documents_for(request.lens)]
    chosen_link = request.POST.get("document", request.GET.get("document", ""))
    link = link_from(chosen_link) if chosen_link in dict(documents) else NOTHING
    about = get_document_for(request.lens, *link) if link != NOTHING else None
    now = route_of(request.lens, member, rules, about)
    first = {"route": now.code, "official": now.official, "steps": now.steps, "deciding": sorted(now.deciding)}
    first["document"] = chosen_link
    posted = request.POST if request.method == "POST" else None
    form = RouteForm(
        posted, lists=lists_of(request.lens, STANDING), kind=member.kind, documents=documents, initial=first
    )
    context = {"form": form, "member": member, "name": organisation_name(member), "is_own": now.is_own}
    key = sent_of(request).key
    if posted is not None and "clear" in posted:
        clear_route(request.lens, organisation, document=link, key=key)
        return where

    def write() -> HttpResponse:
        set_route(request.lens, organisation, form.given(), document=link, key=key)
        return go_on(request, _("The route is set. What decides on it is now this member's own word."), where)

    return answered(request, "governance/route_form.html", context, write, also=OF_ANOTHER)


def _stands(board: Board, document: DocumentShown, member: str) -> tuple[DocumentShown, CellWords, str, str]:
    """Return a document, the member's standing in words, and the step that it rests on: its citation and subject."""
    found = board.of(document, member)
    data = board.basis(found)
    return document, cell_words(found, None), brief_of(data) if data is not None else "", found.basis


def _may_set(lens: Lens, organisation: str) -> bool:
    return lens.may("register_decision") and own_member(lens) in ("", organisation)


def _member(lens: Lens, organisation: str) -> Organisation:
    found = next((each for each in members(lens.directory) if each.id == organisation), None)
    if found is None or all(info.id != STANDING for info in lens.spaces()):
        raise Refused("not_found")
    return found
