"""Agreements: the list with what is overdue, recording one, one agreement with every answer, and the table."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.coordination import commands
from gemensam.coordination.agreement_queries import AgreementShown, get_agreement, list_agreements
from gemensam.coordination.comment_page import registration_rows
from gemensam.coordination.conference_queries import find_conference, may_record
from gemensam.coordination.forms import (
    UNDERTAKINGS_SHOWN,
    AgreementChangeForm,
    AgreementForm,
    ReasonForm,
    initial_terms,
)
from gemensam.coordination.rows import agreement_row
from gemensam.coordination.shown import told
from gemensam.coordination.tables import agreement_table
from gemensam.coordination.view_parts import (
    about_thing,
    came_from,
    organisation_choices,
    page_of,
    sent_of,
    speech_of,
    table_page,
    writable,
)
from gemensam.core.refusal import Refused
from gemensam.picture.readers import reader_list
from gemensam.web import page as pages
from gemensam.web.access import Request, may, signed_in
from gemensam.web.answering import answered, go_on, pressed, there, told_in_form
from gemensam.web.page import SpacePage

FIELDS = {
    "undertaking.confirmed": "note", "undertaking.completed": "note", "undertaking.reserved": "reservation",
    "undertaking.declined": "reason", "undertaking.reopened": "reason",
}  # fmt: skip
LINES_MAX = 40


@signed_in
@require_GET
def show_agreements(request: Request, space: str) -> HttpResponseBase:
    """What is overdue or to be followed up first, then what is open, then what is done or withdrawn."""
    page = page_of(request, space)
    own = page.lens.principal.organisation

    def draw() -> HttpResponse:
        speech = speech_of(page)
        found = list_agreements(page.lens, space, page.moment)
        rows = [agreement_row(each, speech, page.moment.at, own) for each in reversed(found)]
        context = {
            "due": [row for row in rows if _is_due(row["shown"])],
            "open": [row for row in rows if row["shown"].stands.open and not _is_due(row["shown"])],
            "ended": [row for row in rows if not row["shown"].stands.open],
        }
        return pages.render(request, "coordination/agreements.html", context)

    return pages.conditional(request, page.key("agreements", own), draw)


def _is_due(shown: AgreementShown) -> bool:
    return shown.stands.follow_up_due or any(party.overdue for party in shown.stands.named)


@signed_in
@require_GET
def agreements_csv(request: Request, space: str) -> StreamingHttpResponse:
    """The agreements as a table, one line for each organisation's undertaking."""
    page = page_of(request, space)
    found = list_agreements(page.lens, space, page.moment)
    table, digests = agreement_table(found, speech_of(page), page.moment.at), (each.data.terms for each in found)
    return table_page(page, "agreements", pgettext("file name", "agreements"), table, digests)


@signed_in
@require_http_methods(["GET", "POST"])
def record_agreement(request: Request, space: str) -> HttpResponse:
    """Write down an agreement of a conference (leader or secretary); nobody is bound until it confirms itself."""
    page = writable(request, space)
    named = request.POST.get("conference") or request.GET.get("conference", "")
    held = find_conference(page.lens, space, named, page.moment)
    if not may_record(page.lens, held.thing.organisation):
        raise Refused("not_permitted", permission="record")
    form = _form(page, AgreementForm, request)
    context = {
        "form": form, "readers": reader_list(page.lens, space), "conference": named, "title": told(held.data),
    }  # fmt: skip

    def write() -> HttpResponse:
        commands.record_agreement(page.lens, space, named, form.content(), sent=sent_of(request))
        done = _("The agreement is recorded. Those named are asked to confirm it themselves.")
        return go_on(request, done, there(space, f"conferences/{named}/{came_from(request)}", "agreements"))

    return answered(request, "coordination/agreement_form.html", context, write)


def _form(
    page: SpacePage, kind: type[AgreementForm], request: Request, terms: Mapping[str, Any] | None = None,
    marks: Sequence[str] = (),
) -> AgreementForm:  # fmt: skip
    data = request.POST if request.method == "POST" else None
    initial = {**initial_terms(terms or {}), "mark": tuple(marks)}
    lines = max(_lines(data), len((terms or {}).get("undertakings", ())) + 2, UNDERTAKINGS_SHOWN)
    return kind(
        data, lists=speech_of(page).lists, organisations=organisation_choices(page), lines=min(lines, LINES_MAX),
        initial=initial,
    )  # fmt: skip


def _lines(data: Any) -> int:
    return sum(1 for name in data if name.startswith("who_")) if data else 0


@signed_in
@require_GET
def show_agreement(request: Request, space: str, subject: str) -> HttpResponseBase:
    """One agreement: its wording, each organisation's own word, and its history."""
    page = page_of(request, space)
    return _draw(request, page, get_agreement(page.lens, space, subject, page.moment))


def _draw(
    request: Request, page: SpacePage, shown: AgreementShown, *, status: int = 200, **more: Any
) -> HttpResponse:  # fmt: skip
    speech, own = speech_of(page), page.lens.principal.organisation
    context = {
        **about_thing(page, shown.thing, shown.conference, speech),
        "agreement": agreement_row(shown, speech, page.moment.at, own),
        "registrations": registration_rows(page, shown.thing.subject),
        "registered": shown.thing.subject,
        **more,
    }
    return pages.render(request, "coordination/agreement.html", context, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def change_agreement(request: Request, space: str, subject: str) -> HttpResponse:
    """Give an agreement another wording; who had confirmed is shown as having confirmed the earlier one."""
    page = writable(request, space)
    shown = get_agreement(page.lens, space, subject, page.moment)
    if not may_record(page.lens, shown.thing.organisation):
        raise Refused("not_permitted", permission="record")
    terms = page.lens.payloads(space, [shown.data.terms]).get(shown.data.terms)
    form = _form(page, AgreementChangeForm, request, terms, shown.marks)
    context = {
        "form": form, "readers": reader_list(page.lens, space), "changed": subject, "seen": shown.data.terms,
        "label": shown.label, "stands": shown.wording,
    }  # fmt: skip

    def write() -> HttpResponse:
        commands.change_agreement(page.lens, space, subject, form.content(), sent=sent_of(request))
        done = _("The agreement is changed. Those named are asked to confirm the new wording.")
        return go_on(request, done, there(space, f"agreements/{subject}/"))

    return answered(request, "coordination/agreement_form.html", context, write)


@signed_in
@require_POST
def withdraw_agreement(request: Request, space: str, subject: str) -> HttpResponse:
    """Take an agreement back, with the reason; what the named organisations have said stays."""
    page = writable(request, space)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        shown = get_agreement(page.lens, space, subject, page.moment)
        return _draw(request, page, shown, reason_form=form, status=422)
    reason = form.cleaned_data["reason"]
    return pressed(
        request, lambda: commands.withdraw_agreement(page.lens, space, subject, reason),
        _("The agreement is withdrawn."), there(space, f"agreements/{subject}/"),
    )  # fmt: skip


@may("undertake")
@require_POST
def answer(request: Request, space: str, subject: str) -> HttpResponse:
    """The own organisation's word on its undertaking; it confirms the wording that was on the page, and no other."""
    page = writable(request, space)
    kind, text = request.POST.get("kind", ""), request.POST.get("text", "").strip()
    if kind not in FIELDS:
        raise Refused("bad_request")
    try:
        word = (kind, {FIELDS[kind]: text})
        commands.answer_undertaking(page.lens, space, subject, word, sent=sent_of(request))
    except Refused as refused:
        words, status = told_in_form(refused)
        shown = get_agreement(page.lens, space, subject, page.moment)
        return _draw(request, page, shown, status=status, refusal=words, answered=kind, text=text)
    messages.success(request, _("Your organisation's answer is noted."))
    shown = get_agreement(page.lens, space, subject, page.moment)
    if request.POST.get("from") == "conference":
        return there(space, f"conferences/{shown.data.conference}/", f"agreement-{subject}")
    return there(space, f"agreements/{subject}/")
