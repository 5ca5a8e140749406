"""The activation of an incident: its page, first information, läge and level, closing, links to other incidents."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.activation import commands
from gemensam.activation.alerting import dial_in
from gemensam.activation.domain.alert_settings import proposed_conference, setting
from gemensam.activation.domain.modes import resting
from gemensam.activation.domain.rules import INCIDENTS
from gemensam.activation.forms import CloseForm, LinkForm, ModeForm, NoteForm, ReasonForm, first_error
from gemensam.activation.labels import LARM
from gemensam.activation.queries import list_larms, mode_of
from gemensam.activation.shown import (
    call_rows,
    conference_clock,
    information_rows,
    link_rows,
    mode_history,
    mode_now,
)
from gemensam.activation.view_parts import HOME, other_incidents, sent_of, speech_of
from gemensam.picture.readers import reader_list
from gemensam.web import page as pages
from gemensam.web.access import Request, may, signed_in
from gemensam.web.answering import answered, go_on, pressed, there
from gemensam.web.page import SpacePage


@signed_in
@require_GET
def show_activation(request: Request, space: str) -> HttpResponse:
    """The läge, the calls, first information, larm, the first conference, and linked incidents."""
    return _draw(request, pages.space_page(request, space, INCIDENTS))


def _draw(request: Request, page: SpacePage, *, status: int = 200, **more: Any) -> HttpResponse:
    speech, lens = speech_of(page), page.lens
    mode = mode_now(page, speech)
    context = {
        "mode": mode, "history": mode_history(page, speech), "calls": call_rows(page, speech),
        "information": information_rows(page, speech), "links": link_rows(page, speech),
        "larms": _larm_rows(page),
        "conference": conference_clock(page, setting(lens.directory, "first_conference_min")),
        "proposal": _proposal(page, mode["agenda"]) if page.may("lead") else None,
        "information_form": NoteForm(prefix="information"), "readers": reader_list(lens, page.space), **more,
    }  # fmt: skip
    return pages.render(request, "activation/activation.html", context, status=status)


def _larm_rows(page: SpacePage) -> list[dict[str, Any]]:
    speech = speech_of(page)
    return [
        {"shown": each, "name": speech.word("alert_texts", each.data.text), "status_words": LARM[each.status],
         "who": speech.organisation(each.thing.organisation), "follow_ups": len(each.data.follow_ups)}
        for each in list_larms(page.lens, page.space, page.moment)
    ]  # fmt: skip


def _proposal(page: SpacePage, agenda: str) -> dict[str, Any] | None:
    """What a press sends to the form that calls a conference: the läge's agenda, the proposed time, the dial-in."""
    if not agenda or conference_clock(page, 0)["at"]:
        return None
    calls = page.state.group("calls")
    asked = calls[-1].data.conference_at if calls else 0
    at = max(asked, proposed_conference(page.lens.directory, page.lens.now)) if asked < page.lens.now else asked
    return {"agenda": agenda, "at": at, **dial_in(page.lens, page.space)}


@may("call")
@require_POST
def give_information(request: Request, space: str) -> HttpResponse:
    """Say what is known so far to all."""
    page = pages.writable_page(request, space, INCIDENTS)
    form = NoteForm(request.POST, prefix="information")
    if not form.is_valid():
        return _draw(request, page, status=422, information_form=form, refusal=first_error(form))
    text = form.cleaned_data["note"]
    return pressed(
        request, lambda: commands.give_information(page.lens, space, text, sent=sent_of(request)),
        _("The first information stands for all to read."), there(space, HOME, "information"),
    )  # fmt: skip


@may("call")
@require_POST
def withdraw_information(request: Request, space: str, subject: str) -> HttpResponse:
    """Take the own first information back."""
    page = pages.writable_page(request, space, INCIDENTS)
    reason = request.POST.get("reason", "")
    return pressed(
        request, lambda: commands.withdraw_information(page.lens, space, subject, reason, sent=sent_of(request)),
        _("The first information is withdrawn."), there(space, HOME, "information"),
    )  # fmt: skip


@may("assess")
@require_http_methods(["GET", "POST"])
def set_mode(request: Request, space: str) -> HttpResponse:
    """Set another läge or level: up to inriktande, or down; with the reason."""
    page = pages.writable_page(request, space, INCIDENTS)
    now = mode_of(page.lens, space, page.moment)
    form = ModeForm(
        request.POST if request.method == "POST" else None, speech=speech_of(page),
        initial={"mode": now.mode, "level": now.level},
    )  # fmt: skip
    context = {"form": form, "mode": mode_now(page, speech_of(page))}

    def write() -> HttpResponse:
        commands.set_mode(page.lens, space, form.content(), sent=sent_of(request))
        return go_on(request, _("The state is set. It stands on every page of the incident."), there(space, HOME))

    return answered(request, "activation/mode_form.html", context, write)


@may("assess")
@require_http_methods(["GET", "POST"])
def close(request: Request, space: str) -> HttpResponse:
    """Go back to the lowest läge: the decision, the reason, and the checklist (R14)."""
    page = pages.writable_page(request, space, INCIDENTS)
    form = CloseForm(request.POST if request.method == "POST" else None, speech=speech_of(page))
    context = {"form": form, "mode": mode_now(page, speech_of(page))}

    def write() -> HttpResponse:
        commands.set_mode(page.lens, space, form.content(resting(page.lens.directory)), sent=sent_of(request))
        return go_on(request, _("The activation is ended. The checklist stands in the history."), there(space, HOME))

    return answered(request, "activation/close_form.html", context, write)


@may("assess")
@require_http_methods(["GET", "POST"])
def link(request: Request, space: str) -> HttpResponse:
    """Say that this incident is the same as another, or goes on in it."""
    page = pages.writable_page(request, space, INCIDENTS)
    form = LinkForm(request.POST if request.method == "POST" else None, others=other_incidents(page))
    context = {"form": form}

    def write() -> HttpResponse:
        given = {name: form.cleaned_data[name] for name in ("relation", "reason")}
        commands.link_incident(page.lens, space, form.cleaned_data["other"], given, sent=sent_of(request))
        return go_on(request, _("The incidents are linked. Both keep their history."), there(space, HOME))

    return answered(request, "activation/link_form.html", context, write)


@may("assess")
@require_POST
def unlink(request: Request, space: str, subject: str) -> HttpResponse:
    """Take the link back."""
    page = pages.writable_page(request, space, INCIDENTS)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return pressed(
        request, lambda: commands.unlink_incident(page.lens, space, subject, reason, sent=sent_of(request)),
        _("The link is withdrawn."), there(space, HOME),
    )  # fmt: skip
