"""Making a *sanerad version*: original and edited text side by side, the wide readers, and one press (R52)."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gemensam.core.refusal import Refused
from gemensam.ledger.noting import note_reading
from gemensam.picture import commands
from gemensam.picture.commands import Sent
from gemensam.picture.marking import mark_choices, mark_fields, marks_of, marks_sent, secrecy_choices, stopping
from gemensam.picture.readers import reader_list
from gemensam.picture.report_boxes import warning
from gemensam.picture.report_fields import sent_fields
from gemensam.picture.reporting_views import report_url
from gemensam.picture.sanitising import Sanitising, sanitising_of
from gemensam.web import page as pages
from gemensam.web.access import Request, may
from gemensam.web.answering import told_in_form


@may("report")
@require_http_methods(["GET", "POST"])
def sanitise(request: Request, space: str, subject: str) -> HttpResponse:
    """Edit what a circle reads until all may read it, and publish that to them."""
    page = pages.space_page(request, space)
    page.require_now()
    making = sanitising_of(page, subject, sent_fields(request.POST) if request.method == "POST" else {})
    if request.method != "POST":
        note_reading(page.lens.principal, space, making.view.trace)
        return _form(request, making)
    content = making.told()
    if making.errors:
        return _form(request, making, status=422)
    try:
        receipt = commands.sanitise_report(
            page.lens, (space, subject), making.wide, content, corrects=making.corrects, sent=_sent(request, making)
        )
    except Refused as refused:
        words, status = told_in_form(refused)
        return _form(request, making, refusal=words, status=status)
    messages.success(request, _("The sanitised version is published."))
    return HttpResponseRedirect(report_url(making.wide, receipt.subject))


def _sent(request: Request, making: Sanitising) -> Sent:
    circle, told = request.POST.get("circle", ""), request.POST.get("seen", "")[:200]
    key = request.POST.get("key", "")[:100]
    sent = Sent(int(circle) if circle.isdecimal() else None, key=key, marks=marks_sent(request.POST))
    return replace(sent, last=told) if making.corrects else replace(sent, follows=told)


def _form(request: Request, making: Sanitising, *, refusal: str = "", status: int = 200) -> HttpResponse:
    lens = making.page.lens
    kept = marks_of(lens, making.page.space, making.view.data.content)
    wide = marks_of(lens, making.wide, making.base.data.content) if making.base is not None else ()
    context = {
        "making": making,
        "lines": making.lines(),
        "statuses": making.statuses(),
        "summary": making.summary(),
        "errors": making.errors,
        "original_marks": kept,
        "fields": making.fields or mark_fields(making.lists, wide),
        "marks": mark_choices(making.lists),
        "secrecy": secrecy_choices(making.lists),
        "stopping": stopping(making.lists),
        "readers": reader_list(lens, making.wide),
        "narrow_readers": reader_list(lens, making.page.space),
        "seen": making.base.last if making.corrects and making.base is not None else making.follows,
        "warnings": [warning(making.lists, "sakerhetsskydd"), warning(making.lists, "personuppgifter")],
        "refusal": refusal,
    }
    return pages.render(request, "picture/sanitise.html", context, status=status)
