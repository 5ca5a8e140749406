"""The synpunkter of a remiss by section, the bemötanden, and the list of changes since the remissversion."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from gemensam.consultation import commands
from gemensam.consultation.domain.rules import ANSWER, GOVERN
from gemensam.consultation.domain.texts import compare
from gemensam.consultation.edit_views import sections_after
from gemensam.consultation.forms import MoveViewForm, ReasonForm, ResponseForm, paragraph_choices
from gemensam.consultation.queries import Remiss, ViewShown, get_remiss, list_views
from gemensam.consultation.rows import by_section, change_row, view_row
from gemensam.consultation.view_parts import Row, Speech, own_page, sent_of, to_remiss, writable
from gemensam.consultation.views import about, marks
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.ledger.ids import uuid7
from gemensam.ledger.noting import note_now
from gemensam.ledger.tables import csv_response
from gemensam.web import page as pages
from gemensam.web.access import Request, may, require, signed_in
from gemensam.web.answering import pressed
from gemensam.web.page import SpacePage

UNMET = "unmet"


@signed_in
@require_GET
def show_views(request: Request, space: str, subject: str) -> HttpResponse:
    """All synpunkter, section by section; those that are ticked are met with one bemötande."""
    page, speech = own_page(request, space)
    return _draw(request, page, get_remiss(page.lens, space, subject, page.moment), speech)


def _draw(
    request: Request, page: SpacePage, remiss: Remiss, speech: Speech, *, status: int = 200, **more: Any
) -> HttpResponse:
    shown, chosen = list_views(page.lens, page.state, remiss.thing), request.GET.get("only", "")
    rows = [view_row(each, speech) for each in shown if _fits(each, chosen)]
    sections = [*remiss.sections, *sections_after(page, remiss)]
    context = {
        **about(page, remiss, speech), "groups": by_section(sections, rows), "all": len(shown), "count": len(rows),
        "only": chosen, "filters": _filters(shown, speech), "form": ResponseForm(lists=speech.lists),
        "reason_form": ReasonForm(), "key": uuid7(), "own": page.lens.principal.organisation,
        "move_form": MoveViewForm(lists=speech.lists, paragraphs=paragraph_choices(remiss.sections)),
        "ticked": request.POST.getlist("view"), **more,
    }  # fmt: skip
    return pages.render(request, "consultation/synpunkter.html", context, status=status)


def _fits(each: ViewShown, chosen: str) -> bool:
    if chosen == UNMET:
        return each.response is None or each.moved
    return chosen in ("", each.thing.data.kind, each.thing.organisation)


def _filters(shown: Iterable[ViewShown], speech: Speech) -> list[tuple[str, str, int]]:
    told = list(shown)
    found = [(UNMET, pgettext("synpunkt", "without bemötande"), sum(1 for each in told if _fits(each, UNMET)))]
    kinds, members = Counter(each.thing.data.kind for each in told), Counter(each.thing.organisation for each in told)
    found += [(code, word, kinds[code]) for code, word in speech.lists.choices("view_kinds")]
    found += [(member, speech.short(member), n) for member, n in members.items()]
    return [each for each in found if each[2]]


@signed_in
@require_GET
def views_csv(request: Request, space: str, subject: str) -> StreamingHttpResponse:
    """The synpunkter with their bemötanden as a table for other programs."""
    page, speech = own_page(request, space)
    remiss = get_remiss(page.lens, space, subject, page.moment)
    rows = (view_row(each, speech) for each in list_views(page.lens, page.state, remiss.thing))
    head = (_("Organisation"), _("Paragraph"), pgettext("synpunkt", "Kind"), pgettext("synpunkt", "Quote"), _("Place"),
            pgettext("synpunkt", "Note"), _("Bemötande"), _("In words"))  # fmt: skip
    note_now(page.lens.principal, "export", space=space, subject=subject, detail={"what": "views", "format": "csv"})
    name = pgettext("file name", "views")
    return csv_response(f"{name}-{remiss.data.title}", head, map(_cells, rows), marks(page, remiss))


def _cells(row: Row) -> tuple[object, ...]:
    return (row["name"], row["paragraph"], row["kind"], row["quote"], row["place"], row["note"], row["outcome_word"],
            row["response"])  # fmt: skip


@may(GOVERN)
@require_POST
def respond(request: Request, space: str, subject: str) -> HttpResponse:
    """Meet the synpunkter that are ticked."""
    page = writable(request, space)
    remiss, speech = get_remiss(page.lens, space, subject, page.moment), Speech(page)
    form = ResponseForm(request.POST, lists=speech.lists)
    if not form.is_valid():
        return _draw(request, page, remiss, speech, status=422, form=form)
    content, sent = form.cleaned_data, sent_of(request)

    def act() -> None:
        views = [_view(page, subject, each) for each in request.POST.getlist("view")[:500]]
        if not views:
            raise Refused("views_missing")
        commands.respond(page.lens, space, views, content, sent=sent)

    return pressed(request, act, _("The bemötande is given."), to_remiss(space, subject, "views/"))


def _view(page: SpacePage, remiss: str, view: str) -> Thing:
    thing = page.state.thing(view)
    if thing is None or thing.type != "view" or thing.data.remiss != remiss:
        raise Refused("not_found")
    return thing


@may(GOVERN)
@require_POST
def withdraw_response(request: Request, space: str, subject: str, response: str) -> HttpResponse:
    """Take a bemötande back, with the reason."""
    page, form = writable(request, space), ReasonForm(request.POST)
    where = to_remiss(space, subject, "views/")
    reason, sent = request.POST.get("reason", "") if form.is_valid() else "", sent_of(request)
    return pressed(request, lambda: commands.withdraw_response(page.lens, space, response, reason, sent=sent),
                   _("The bemötande is withdrawn."), where)  # fmt: skip


@signed_in
@require_POST
def change_view(request: Request, space: str, subject: str, view: str) -> HttpResponse:
    """Put a synpunkt to another paragraph or kind."""
    page = writable(request, space)
    speech = Speech(page)
    thing = _mine(request, page, subject, view)
    remiss = get_remiss(page.lens, space, subject, page.moment)
    form = MoveViewForm(request.POST, lists=speech.lists, paragraphs=paragraph_choices(remiss.sections))
    if not form.is_valid():
        return _draw(request, page, remiss, speech, status=422, refused_form=form)
    said = page.lens.payloads(space, [thing.data.content]).get(thing.data.content) or {}
    content, sent = {**said, **form.cleaned_data}, sent_of(request)
    return pressed(request, lambda: commands.change_view(page.lens, space, thing, content, sent=sent),
                   _("The synpunkt is changed."), to_remiss(space, subject, "views/"))  # fmt: skip


@signed_in
@require_POST
def withdraw_view(request: Request, space: str, subject: str, view: str) -> HttpResponse:
    """Take a synpunkt back that was marked by mistake."""
    page, form = writable(request, space), ReasonForm(request.POST)
    thing = _mine(request, page, subject, view)
    reason, sent = request.POST.get("reason", "") if form.is_valid() else "", sent_of(request)
    return pressed(request, lambda: commands.withdraw_view(page.lens, space, thing, reason, sent=sent),
                   _("The synpunkt is withdrawn."), to_remiss(space, subject, "views/"))  # fmt: skip


def _mine(request: Request, page: SpacePage, remiss: str, view: str) -> Thing:
    """A synpunkt that this function may change: the member's own, or as the joint office."""
    thing = _view(page, remiss, view)
    require(request, ANSWER if thing.organisation == page.lens.principal.organisation else GOVERN)
    return thing


@signed_in
@require_GET
def show_changes(request: Request, space: str, subject: str) -> HttpResponse:
    """What has changed since the remissversion, paragraph by paragraph."""
    page, speech = own_page(request, space)
    remiss = get_remiss(page.lens, space, subject, page.moment)
    after = sections_after(page, remiss)
    found = compare(remiss.sections, after) if after else ()
    rows = [change_row(each) for each in found]
    only_changes = request.GET.get("all") != "1"
    context = {
        **about(page, remiss, speech), "revised": bool(after), "only_changes": only_changes,
        "rows": [row for row in rows if row["kind"] != "same" or not only_changes],
        "same": sum(1 for row in rows if row["kind"] == "same"),
    }  # fmt: skip
    return pages.render(request, "consultation/changes.html", context)
