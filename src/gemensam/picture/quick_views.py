"""Quick answers: *oförändrat*, *ingen påverkan hos oss*, *inget att rapportera*, each in one press (R21)."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gemensam.core.refusal import Refused
from gemensam.core.writing import Receipt
from gemensam.picture import commands
from gemensam.picture.commands import Sent
from gemensam.picture.domain.reports import UNCHANGED
from gemensam.picture.report_desk import Desk
from gemensam.picture.reporting_views import own_desk, report_url, sent_from
from gemensam.web import labels, times
from gemensam.web.access import Request, may


@may("report")
@require_POST
def quick_report(request: Request, space: str) -> HttpResponse:
    """*Oförändrat*, *ingen påverkan hos oss*, *inget att rapportera*: one press (R21)."""
    desk = own_desk(request, space)
    sent, answers = sent_from(request, desk), [view.thing.subject for view in desk.requests]
    if request.POST.get("quick") == UNCHANGED and (left := _not_gone_through(request, desk)):
        told = _("Go through what weighs most first: %(rows)s.") % {"rows": ", ".join(left)}
        messages.warning(request, told)
        return HttpResponseRedirect(f"{desk.url}#quick-title")
    try:
        receipt = _quick(desk, request.POST.get("quick", ""), answers, sent)
    except Refused as refused:
        if refused.code not in ("moved", "id_reused", "readers_changed"):
            raise
        return _quick_again(request, desk, refused)
    messages.success(request, _("Published. You are seen to have reported."))
    return HttpResponseRedirect(report_url(space, receipt.subject))


def _not_gone_through(request: Request, desk: Desk) -> list[str]:
    """Return the names of the rows that a walk-through has left out; none where none is asked for."""
    still = set(request.POST.getlist("still"))
    return [cell.name for cell in desk.walk if cell.row not in still]


def _quick(desk: Desk, quick: str, answers: Sequence[str], sent: Sent) -> Receipt:
    lens, space, template = desk.page.lens, desk.page.space, str(desk.template["code"])
    match quick:
        case "unchanged":
            return commands.report_unchanged(lens, space, answers=answers, sent=sent)
        case "no_impact":
            return commands.report_no_impact(lens, space, template, answers=answers, sent=sent)
        case "nothing_to_report":
            return commands.nothing_to_report(lens, space, template, answers=answers, sent=sent)
    raise Refused("unknown_quick", value=quick)


def _quick_again(request: Request, desk: Desk, refused: Refused) -> HttpResponse:
    """A press that came twice is done; one that met a colleague's report leads to the form with both."""
    quick = request.POST.get("quick", "")
    latest = desk.base
    pressed_twice = latest is not None and latest.data.quick == quick and refused.code != "readers_changed"
    if pressed_twice and latest is not None and desk.page.lens.now - latest.data.clock.ms < times.MINUTE:
        return HttpResponseRedirect(report_url(desk.page.space, latest.subject))
    messages.warning(request, labels.words(refused))
    return HttpResponseRedirect(desk.url)
