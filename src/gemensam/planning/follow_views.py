"""Follow-ups: list, one with its answers, answering, the report with its versions, PDF and table."""

import logging
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.coordination.shown import told
from gemensam.core.refusal import Refused
from gemensam.documents.rendering import DocumentError, render
from gemensam.documents.shapes import Frame
from gemensam.ledger.noting import note_now, note_reading
from gemensam.ledger.pages.log import table_marks
from gemensam.ledger.tables import csv_response, file_name
from gemensam.picture.readers import reader_list
from gemensam.planning import follow_commands as commands
from gemensam.planning import follow_shown as shown
from gemensam.planning.domain.follow_ups import HERE, Version
from gemensam.planning.event_forms import ReasonForm
from gemensam.planning.follow_forms import AnswerForm, ExtendForm, OpenForm, ReportForm, initial_answers
from gemensam.planning.follow_queries import (
    ANSWERED_KIND,
    FollowUpShown,
    answers_of,
    get_follow_up,
    get_report,
    list_follow_ups,
    versions_of,
)
from gemensam.planning.view_parts import entered_of, organisation_choices, sent_of, speech_of, trace_of
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, may, signed_in
from gemensam.web.answering import SAVED, answered, go_on, is_ready, pressed, there
from gemensam.web.page import SpacePage

_log = logging.getLogger(__name__)
PLACE = "follow-ups/"
BUSY = frozenset({"busy", "timeout", "memory", "too_large"})


@signed_in
@require_GET
def follow_ups(request: Request, space: str) -> HttpResponse:
    """The follow-ups, those that wait for answers first."""
    page = pages.space_page(request, space, HERE)
    speech, at = speech_of(page), page.moment.at
    rows = [shown.follow_row(each, speech, at) for each in list_follow_ups(page.lens, space, page.moment)]
    rows.sort(key=lambda row: row["is_closed"])
    context = {"rows": rows, "may_plan": page.may("plan")}
    return pages.render(request, "planning/follow_ups.html", context)


@may("plan")
@require_http_methods(["GET", "POST"])
def new_follow_up(request: Request, space: str) -> HttpResponse:
    """Ask members about a document or an agreement; a document's page can lead here with its name filled in."""
    page = pages.writable_page(request, space, HERE)
    members = organisation_choices(page, members_only=True)
    named = {name: request.GET[name][:160] for name in ("title", "about", "about_subject", "template", "year")
             if name in request.GET}  # fmt: skip
    initial = {"year": times.local(times.now()).year, "recipients": [each for each, _name in members], **named}
    form = OpenForm(request.POST or None, lists=speech_of(page).lists, members=members, initial=initial)
    context = {"form": form, "readers": reader_list(page.lens, space)}

    def write() -> HttpResponse:
        receipt = commands.open_follow_up(page.lens, space, form.content(), sent=sent_of(request))
        return there(space, f"{PLACE}{receipt.subject}/")

    return answered(request, "planning/follow_up_form.html", context, write)


@signed_in
@require_GET
def follow_up(request: Request, space: str, subject: str) -> HttpResponse:
    """One follow-up: who has answered what, and its reports."""
    return _draw(request, pages.space_page(request, space, HERE), subject)


def _draw(request: Request, page: SpacePage, subject: str, *, status: int = 200, **more: Any) -> HttpResponse:
    found, speech = get_follow_up(page.lens, page.space, subject, page.moment), speech_of(page)
    answers = answers_of(page.lens, page.space, found)
    row, rows = shown.follow_row(found, speech, page.moment.at), shown.answer_rows(found, answers, speech)
    versions = versions_of(found, page.moment.happened_by)
    context = {
        "follow": row, "questions": [told(each, "text") for each in found.text.get("questions", ())],
        "rows": shown.with_questions(found.text.get("questions", ()), rows),
        "counts": shown.counts(found, answers),
        "versions": [(number, each, speech.function(each.function)) for number, each in enumerate(versions, 1)][::-1],
        "acts": row["acts"] if not page.readonly else {}, "asks_own": page.lens.principal.organisation in found.missing,
        "extend_form": ExtendForm(members=_not_asked(page, found)), "reason_form": ReasonForm(),
        "report_form": ReportForm(again=bool(versions)), "seen": found.thing.last,
        "trace": trace_of(page, subject), **more,
    }  # fmt: skip
    return pages.render(request, "planning/follow_up.html", context, status=status)


def _not_asked(page: SpacePage, found: FollowUpShown) -> list[tuple[str, str]]:
    return [each for each in organisation_choices(page, members_only=True) if each[0] not in found.recipients]


@signed_in
@require_http_methods(["GET", "POST"])
def answer(request: Request, space: str, subject: str) -> HttpResponse:
    """Answer the questions for the own organisation, or enter what another told."""
    page = pages.writable_page(request, space, HERE)
    found = get_follow_up(page.lens, space, subject, page.moment)
    if ANSWERED_KIND not in found.acts:
        raise Refused("follow_up_closed" if found.is_closed else "follow_up_not_asked")
    own = page.lens.principal.organisation
    others = _others(page, found) if page.may("report_for_others") else []
    mine = answers_of(page.lens, space, found).get(own, {})
    form = AnswerForm(
        request.POST or None, questions=found.text.get("questions", ()), others=others, initial=initial_answers(mine),
        lists=speech_of(page).lists,
    )  # fmt: skip
    context = {
        "form": form, "follow": shown.follow_row(found, speech_of(page), page.moment.at), "again": bool(mine),
        "readers": reader_list(page.lens, space),
    }  # fmt: skip

    def write() -> HttpResponse:
        sent = sent_of(request, entered_of(form, own))
        commands.answer_follow_up(page.lens, space, subject, form.content(), sent=sent)
        done = _("The answer is given. It can be changed until the follow-up is closed.")
        return go_on(request, done, there(space, f"{PLACE}{subject}/"))

    return answered(request, "planning/follow_up_answer.html", context, write)


def _others(page: SpacePage, found: FollowUpShown) -> list[tuple[str, str]]:
    """Whose answers may be entered: all that are asked, the own organisation first where it is one of them."""
    own = page.lens.principal.organisation
    speech = speech_of(page)
    named = [(each, speech.organisation(each)) for each in shown.in_order(found.recipients, speech)]
    return [*(each for each in named if each[0] == own), *(each for each in named if each[0] != own)]


@may("plan")
@require_POST
def extend(request: Request, space: str, subject: str) -> HttpResponse:
    """Give another last day, or ask more members."""
    page = pages.writable_page(request, space, HERE)
    found = _own(page, subject, "follow_up.extended")
    form = ExtendForm(request.POST, members=_not_asked(page, found))
    if not form.is_valid():
        return _draw(request, page, subject, status=422, extend_form=form, form=form)
    return pressed(
        request, lambda: commands.extend_follow_up(page.lens, space, subject, form.content(), sent=sent_of(request)),
        SAVED, there(space, f"{PLACE}{subject}/"),
    )  # fmt: skip


@may("plan")
@require_POST
def close(request: Request, space: str, subject: str) -> HttpResponse:
    """Take no more answers."""
    page, form = pages.writable_page(request, space, HERE), ReasonForm(request.POST)
    _own(page, subject, "follow_up.closed")
    if not form.is_valid():
        return _draw(request, page, subject, status=422, reason_form=form, form=form)
    reason = form.cleaned_data["reason"]
    return pressed(
        request, lambda: commands.close_follow_up(page.lens, space, subject, reason, sent=sent_of(request)),
        _("The follow-up is closed."), there(space, f"{PLACE}{subject}/"),
    )  # fmt: skip


@may("plan")
@require_POST
def report(request: Request, space: str, subject: str) -> HttpResponse:
    """Publish a version of the report; answers that have come meanwhile are shown first."""
    page = pages.writable_page(request, space, HERE)
    found = _own(page, subject, "follow_up.reported")
    form = ReportForm(request.POST, again=bool(found.data.versions))
    if not is_ready(form):
        return _draw(request, page, subject, status=422, report_form=form, form=form)
    try:
        commands.publish_report(page.lens, space, subject, form.content(), sent=sent_of(request))
    except Refused as refused:
        if refused.code != "moved":
            raise
        words = _("Something has come in since you opened the page. Look at it, and publish again.")
        return _draw(request, page, subject, status=409, report_form=form, refusal=words)
    messages.success(request, _("The report is published."))
    return there(space, f"{PLACE}{subject}/", "reports")


def _own(page: SpacePage, subject: str, kind: str) -> FollowUpShown:
    found = get_follow_up(page.lens, page.space, subject, page.moment)
    if kind not in found.acts:
        raise Refused("not_permitted", permission="plan")
    return found


@signed_in
@require_GET
def table(request: Request, space: str, subject: str) -> StreamingHttpResponse:
    """The answers as a table, one line for each member."""
    page = pages.space_page(request, space, HERE)
    found = get_follow_up(page.lens, space, subject, page.moment)
    rows = shown.answer_rows(found, answers_of(page.lens, space, found), speech_of(page))
    head, lines = shown.answer_table(found, rows)
    note_now(page.lens.principal, "export", space=space, subject=subject, detail={"what": "follow_up", "format": "csv"})
    return csv_response(
        f"{pgettext('file name', 'follow-up')}-{found.text.get('title', '')}", head, lines, table_marks(page)
    )


@signed_in
@require_GET
def show_report(request: Request, space: str, subject: str, version: int) -> HttpResponse:
    """A published report, as it was published."""
    page = pages.space_page(request, space, HERE)
    found = get_follow_up(page.lens, space, subject, page.moment)
    chosen, content = get_report(page.lens, space, found, version, page.moment)
    note_reading(page.lens.principal, space, [page.lens.entry(space, chosen.digest)])
    context = {
        "subject": subject, "version": version, "chosen": chosen, "content": content,
        "by": speech_of(page).function(chosen.function),
        "rows": shown.with_questions(content["questions"], shown.report_rows(content)),
        "questions": [told(each, "text") for each in content["questions"]],
        "newer": version < len(versions_of(found, page.moment.happened_by)),
    }  # fmt: skip
    return pages.render(request, "planning/follow_up_report.html", context)


@signed_in
@require_GET
def report_pdf(request: Request, space: str, subject: str, version: int) -> HttpResponse:
    """A published report as accessible PDF."""
    page = pages.space_page(request, space, HERE)
    found = get_follow_up(page.lens, space, subject, page.moment)
    chosen, content = get_report(page.lens, space, found, version, page.moment)
    note_reading(page.lens.principal, space, [page.lens.entry(space, chosen.digest)])
    detail = {"what": "follow_up", "format": "pdf", "version": str(version)}
    note_now(page.lens.principal, "print", space=space, subject=subject, detail=detail)
    try:
        body = render("table", shown.report_document(content, _frame(page, content, version, chosen)).as_json())
    except DocumentError as error:
        _log.error("a follow-up could not be printed: %s", error)
        raise Refused("document_busy" if error.code in BUSY else "fault") from error
    response = HttpResponse(body, content_type="application/pdf")
    name = file_name(f"{pgettext('file name', 'follow-up')}-{content['title']}-v{version}")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _frame(page: SpacePage, content: Mapping[str, Any], number: int, version: Version) -> Frame:
    count = len(page.lens.readers(page.space).organisations)
    circle = ngettext("%(count)s organisation", "%(count)s organisations", count) % {"count": count}
    title = _("Follow-up: %(title)s, version %(version)s") % {"title": content["title"], "version": number}
    return Frame(
        title=title, language="en" if times.language() == "en" else "sv", author=settings.GEMENSAM_NETWORK_NAME,
        space=page.title, printed_at=page.lens.now, printed_by=speech_of(page).function(page.lens.principal.function),
        circle=f"{page.title}, {circle}", heads=shown.heads_of(content),
        marks=("demonstration",) if settings.GEMENSAM_DEMO else (),
    )  # fmt: skip
