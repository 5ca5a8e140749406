"""One report with its trace, what may be done with it, its text to copy, and files that belong to reports."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gemensam.core.refusal import Refused
from gemensam.ledger.noting import note_now, note_reading
from gemensam.ledger.pages.log import table_marks
from gemensam.ledger.tables import file_name, first_line
from gemensam.organisations.domain import organisation
from gemensam.picture import commands, settling
from gemensam.picture.acts import acts_on
from gemensam.picture.commands import Sent
from gemensam.picture.late_entry import afterwards, waited, written_in
from gemensam.picture.lists import Lists, told
from gemensam.picture.narrow_shown import parts_key, shown_parts, whole_of
from gemensam.picture.report_shown import sections, template_of
from gemensam.picture.report_text import Answer, answers_of, as_text
from gemensam.picture.reporting_queries import ReportView, get_report
from gemensam.picture.sanitising import versions_of
from gemensam.picture.traces import quick_word, trace
from gemensam.web import labels, times
from gemensam.web import page as pages
from gemensam.web.access import Request, may, signed_in
from gemensam.web.answering import go_on, pressed, refused_page
from gemensam.web.returning import back_to


@signed_in
@require_GET
def show_report(request: Request, space: str, subject: str) -> HttpResponseBase:
    """A report as it stands at the moment, with its trace."""
    page = pages.space_page(request, space)
    view = get_report(page.lens, space, subject, page.moment)
    note_reading(page.lens.principal, space, view.trace)
    acts = sorted(acts_on(page, view.thing))
    key = page.key("report", subject, view.thing.order, acts, parts_key(page, subject))
    return pages.conditional(request, key, lambda: pages.render(request, "picture/report.html", _context(page, view)))


@signed_in
@require_GET
def report_text(request: Request, space: str, subject: str) -> HttpResponse:
    """The report as a text file, with what it is and when it was made on its first line (R84)."""
    page = pages.space_page(request, space)
    view = get_report(page.lens, space, subject, page.moment)
    if view.content is None:
        raise Refused("not_found")
    note_reading(page.lens.principal, space, view.trace)
    note_now(page.lens.principal, "export", space=space, subject=subject, detail={"what": "report", "format": "txt"})
    lists = Lists(page.lens.directory, page.state, view.pins)
    text = _text(page, view, lists, answers_of(view.content, lists, page.moment.at))
    lines = f"{first_line([*table_marks(page), *view.marks])}\n\n{text}\n".replace("\n", "\r\n")
    response = HttpResponse(lines, content_type="text/plain; charset=utf-8")
    when = f"{times.local(view.data.stated_at):%Y-%m-%d-%H%M}"
    name = file_name(f"{_('situation report')}-{lists.organisation(view.thing.organisation)}-{when}")
    response["Content-Disposition"] = f'attachment; filename="{name}.txt"'
    return response


@signed_in
@require_GET
def show_version(request: Request, space: str, subject: str, digest: str) -> HttpResponse:
    """What a report said before it was corrected."""
    page = pages.space_page(request, space)
    view = get_report(page.lens, space, subject, page.moment)
    row = next((row for row in view.trace if row.digest == digest), None)
    if row is None or (row.payload is not None and "cells" not in row.payload):
        raise Refused("not_found")
    note_reading(page.lens.principal, space, [row])
    lists = Lists(page.lens.directory, page.state, row.header.vocabulary)
    context = {
        "view": view,
        "row": row,
        "organisation": organisation(page.lens.directory, view.thing.organisation),
        "sections": sections(row.payload, lists, page.moment.at) if row.payload is not None else [],
        "content": row.payload,
        "is_in_force": digest == view.data.content,
        "step": trace([row], lists, page.lens.directory)[0],
    }
    return pages.render(request, "picture/report_version.html", context)


@may("confirm")
@require_POST
def confirm_report(request: Request, space: str, subject: str) -> HttpResponse:
    """Confirm what was entered for the own organisation."""
    page = pages.space_page(request, space)
    page.require_now()
    try:
        commands.confirm_report(page.lens, space, subject, sent=sent_of(request))
    except Refused as refused:
        if refused.code != "moved":
            raise
        messages.warning(request, labels.words(refused))
    else:
        messages.success(request, _("Confirmed. The report is now your organisation's own."))
    return back_to(request, _url(space, subject))


@may("confirm")
@require_POST
def deny_report(request: Request, space: str, subject: str) -> HttpResponse:
    """Say that what was entered is not the own organisation's report."""
    return _with_reason(request, space, subject, commands.deny_report, _("Denied. It no longer counts as your report."))


@may("report")
@require_POST
def confirm_cell(request: Request, space: str, subject: str, row: str) -> HttpResponse:
    """Lift *obekräftad* from one row of the own organisation's report."""
    return _settle(request, space, subject, row, (settling.confirm_cell, _("Confirmed.")))


@may("report")
@require_POST
def deny_cell(request: Request, space: str, subject: str, row: str) -> HttpResponse:
    """Say that an unconfirmed row of the own organisation's report is not so."""
    return _settle(request, space, subject, row, (settling.deny_cell, _("Denied. What stood is kept in the history.")))


def _settle(request: Request, space: str, subject: str, row: str, act: tuple[Any, str]) -> HttpResponse:
    page = pages.space_page(request, space)
    page.require_now()
    command, done = act
    key = request.POST.get("key", "")[:100]
    return pressed(
        request, lambda: command(page.lens, space, subject, row, key=key), done, back_to(request, _url(space, subject))
    )


@may("report")
@require_POST
def withdraw_report(request: Request, space: str, subject: str) -> HttpResponse:
    """Take a report back, with a visible trace."""
    return _with_reason(request, space, subject, commands.withdraw_report, _("Withdrawn. The trace is kept."))


def sent_of(request: Request) -> Sent:
    """Return what the form of an act on a thing says its author had seen."""
    page = getattr(request, "space_page", None)
    written = waited(page) if page is not None else None
    return Sent(last=request.POST.get("seen", ""), key=request.POST.get("key", "")[:100], written=written)


def _with_reason(request: Request, space: str, subject: str, command: Any, done: str) -> HttpResponse:
    page = pages.space_page(request, space)
    page.require_now()
    reason = request.POST.get("reason", "").strip()
    try:
        command(page.lens, space, subject, reason, sent=sent_of(request))
    except Refused as refused:
        view = get_report(page.lens, space, subject, page.moment)
        return refused_page(request, "picture/report.html", {**_context(page, view), "reason": reason}, refused)
    return go_on(request, done, back_to(request, _url(space, subject)))


def _context(page: pages.SpacePage, view: ReportView) -> dict[str, Any]:
    lists = Lists(page.lens.directory, page.state, view.pins)
    found = organisation(page.lens.directory, view.thing.organisation)
    acts = acts_on(page, view.thing)
    content = view.content
    said = answers_of(content, lists, page.moment.at) if content is not None else []
    return {
        "view": view,
        "thing": view.thing,
        "data": view.data,
        "organisation": found,
        "template_name": told(template_of(lists, view.data.template)),
        "content": content,
        "sections": sections(content, lists, page.moment.at) if content is not None else [],
        "trace": trace(view.trace, lists, page.lens.directory),
        "versions": [row.digest for row in view.trace if row.payload is None or "cells" in row.payload],
        "is_held": any(row.held for row in view.trace if row.digest == view.data.content),
        "parts": shown_parts(page, view.thing.subject),
        "whole": whole_of(page, view),
        "sanitised": versions_of(page, view),
        "may_sanitise": "report.sanitised" in acts and page.info.kind == "sub" and content is not None,
        "by": lists.organisation(view.data.by_organisation),
        "is_relayed": view.data.by_organisation not in ("", view.thing.organisation),
        "via": lists.word("via", view.data.relayed_via, "text") if view.data.relayed_via else "",
        "quick": quick_word(view.data.quick),
        "answers": _answered(page, view, lists),
        "written": afterwards(written_in(content), lists, view.data.clock.ms),
        "here": _url(page.space, view.thing.subject),
        "settle": f"{_url(page.space, view.thing.subject)}cells/" if _may_settle(page, view) else "",
        "may": {name.replace(".", "_"): True for name in acts},
        "attachments": content["attachments"] if content is not None else [],
        "answers_as_text": said,
        "text": _text(page, view, lists, said) if content is not None else "",
    }


def _may_settle(page: pages.SpacePage, view: ReportView) -> bool:
    own = view.thing.organisation == page.lens.principal.organisation
    return own and view.thing.status == "published" and page.may("report")


def _answered(page: pages.SpacePage, view: ReportView, lists: Lists) -> list[dict[str, Any]]:
    found = [page.state.thing(request) for request in view.data.answers]
    return [
        {
            "subject": thing.subject,
            "asker": lists.organisation(thing.organisation),
            "purpose": lists.word("request_purposes", thing.data.purpose),
            "deadline_at": thing.data.deadline_at,
        }
        for thing in found
        if thing is not None
    ]


def _text(page: pages.SpacePage, view: ReportView, lists: Lists, answers: Sequence[Answer]) -> str:
    owner = lists.organisation_name(view.thing.organisation)
    template = told(template_of(lists, view.data.template))
    exercise = _("EXERCISE") if page.exercise else ""
    title = " · ".join(filter(None, [exercise, *view.marks, template, owner, quick_word(view.data.quick)]))
    told_when = times.exact(view.data.stated_at)
    told_version = view.data.corrections + 1
    foot = _("Situation at %(time)s, given by %(organisation)s, version %(version)s.") % {
        "time": told_when, "organisation": owner, "version": told_version,
    }  # fmt: skip
    standing = {"unconfirmed": _("Unconfirmed"), "withdrawn": _("Withdrawn"), "denied": _("Denied")}
    if word := standing.get(view.thing.status):
        foot = f"{word}. {foot}"
    return as_text(answers, title=title, foot=foot)


def _url(space: str, subject: str) -> str:
    return f"/spaces/{space}/reports/{subject}/"
