"""Drafts of reports, saved while one writes; a draft is the organisation's, and several may write on it (R59)."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from gemensam.core.refusal import Refused
from gemensam.picture.drafting import draft_words
from gemensam.picture.marking import ask_first
from gemensam.picture.report_desk import CORRECTED, RELAYED, Desk, desk_for
from gemensam.picture.report_fields import sent_fields
from gemensam.picture.reporting_queries import get_report
from gemensam.picture.reporting_views import own_desk, started_of, writable
from gemensam.web.access import Request, may


@may("report")
@require_POST
def save_report_draft(request: Request, space: str) -> HttpResponse:
    """What is written so far, saved while one writes."""
    return _save(request, own_desk(request, space))


@may("report_for_others")
@require_POST
def save_relay_draft(request: Request, space: str, organisation_id: str) -> HttpResponse:
    """The draft of a report for another member."""
    return _save(request, desk_for(writable(request, space), RELAYED, organisation_id))


@may("report")
@require_POST
def save_correction_draft(request: Request, space: str, subject: str) -> HttpResponse:
    """The draft of a correction."""
    page = writable(request, space)
    thing = get_report(page.lens, space, subject, page.moment).thing
    return _save(request, desk_for(page, CORRECTED, thing.organisation, corrected=thing))


def _save(request: Request, desk: Desk) -> HttpResponse:
    fields = sent_fields(request.POST)
    ask_first(fields, desk.lists)
    try:
        saved = desk.save(fields, request.POST.getlist("answers"), started_of(request))
    except Refused as refused:
        if refused.code != "draft_moved":
            raise
        return _save_refused(desk)
    return HttpResponse(status=204, headers={"X-Draft-Version": saved.version})


def _save_refused(desk: Desk) -> HttpResponse:
    """What the page's script tells the writer, who then chooses: somebody else has saved something else."""
    draft = desk.draft()
    told = {"text": draft_words(desk, draft), "version": draft.version if draft is not None else 0}
    return JsonResponse(told, status=409)
