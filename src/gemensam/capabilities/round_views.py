"""Rounds of self-assessment: opening one, who has answered, closing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.capabilities import commands, queries
from gemensam.capabilities.domain.rounds import OPEN, PERIOD, rounds
from gemensam.capabilities.forms import RoundForm
from gemensam.capabilities.shown import framework
from gemensam.capabilities.table_views import period_page
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.organisations.domain import members
from gemensam.picture.readers import reader_list
from gemensam.web import page as pages
from gemensam.web.access import Request, may, signed_in
from gemensam.web.answering import answered
from gemensam.web.page import SpacePage


@may("govern")
@require_http_methods(["GET", "POST"])
def new_round(request: Request, space: str) -> HttpResponse:
    """Ask the members to assess themselves by a day."""
    return _edit(request, _governed(request, space), None)


@may("govern")
@require_http_methods(["GET", "POST"])
def change_round(request: Request, space: str, subject: str) -> HttpResponse:
    """Another title, last day or text."""
    page = _governed(request, space)
    return _edit(request, page, _round(page, subject))


def _edit(request: Request, page: SpacePage, thing: Thing | None) -> HttpResponse:
    form = RoundForm(request.POST) if request.method == "POST" else RoundForm(initial=_initial(page, thing))
    context = {"form": form, "thing": thing, "framework": framework(page), "seen": thing.last if thing else "",
               "readers": reader_list(page.lens, page.space)}  # fmt: skip

    def write() -> HttpResponse:
        return HttpResponseRedirect(_url(page, _write(request, page, thing, form)))

    return answered(request, "capabilities/round_form.html", context, write)


def _write(request: Request, page: SpacePage, thing: Thing | None, form: RoundForm) -> str:
    if thing is None:
        key = request.POST.get("key", "")[:100]
        receipt = commands.open_assessment_round(page.lens, page.space, form.content(), key=key)
        messages.success(request, _("The round is open. It stands on each member's start page."))
        return receipt.subject
    based_on = request.POST.get("seen", "")[:64]
    commands.change_round(page.lens, page.space, thing.subject, form.content(), based_on=based_on)
    messages.success(request, _("The round is changed."))
    return thing.subject


def _initial(page: SpacePage, thing: Thing | None) -> dict[str, Any]:
    if thing is None:
        return {"title": _("Self-assessment")}
    return initial_of_round(page, thing)


def initial_of_round(page: SpacePage, thing: Thing) -> dict[str, Any]:
    """Return what a round says, for its form and its page."""
    payload = page.lens.payloads(page.space, [thing.data.content]).get(thing.data.content) or {}
    return {"title": payload.get("title", ""), "text": payload.get("text", ""), "due_on": payload.get("due_on", "")}


@signed_in
@require_GET
def show_round(request: Request, space: str, subject: str) -> HttpResponse:
    """Who has answered and who has not: that, never what."""
    page = period_page(request, space)
    thing = _round(page, subject)
    rows = [(one, thing.data.answered_at(one.id, page.moment.happened_by)) for one in members(page.lens.directory)]
    context = {
        "thing": thing,
        "given": initial_of_round(page, thing),
        "waiting": [one for one, at in rows if at is None],
        "answered": [(one, at) for one, at in rows if at is not None],
        "total": len(rows),
        "may_change": thing.status == OPEN and page.may("govern") and queries.is_office(page),
    }
    return pages.render(request, "capabilities/round.html", context)


@signed_in
@require_GET
def list_rounds(request: Request, space: str) -> HttpResponse:
    """All rounds of the period, the newest first."""
    page = period_page(request, space)
    total = len(members(page.lens.directory))
    may_open = page.may("govern") and queries.is_office(page)
    context = {"rounds": [(thing, len(thing.data.answers)) for thing in rounds(page.state)], "total": total,
               "may_open": may_open}  # fmt: skip
    return pages.render(request, "capabilities/rounds.html", context)


@may("govern")
@require_POST
def close_round(request: Request, space: str, subject: str) -> HttpResponse:
    """Wait for no more answers."""
    page = _governed(request, space)
    commands.close_round(page.lens, space, _round(page, subject).subject, key=request.POST.get("key", "")[:100])
    messages.success(request, _("The round is closed."))
    return HttpResponseRedirect(_url(page, subject))


def _governed(request: Request, space: str) -> SpacePage:
    return pages.writable_page(request, space, PERIOD)


def _round(page: SpacePage, subject: str) -> Thing:
    thing = page.state.thing(subject)
    if thing is None or thing.type != "round":
        raise Refused("not_found")
    return thing


def _url(page: SpacePage, subject: str) -> str:
    return f"/spaces/{page.space}/capabilities/rounds/{subject}/"
