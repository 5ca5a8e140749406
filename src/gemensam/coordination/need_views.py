"""Needs for collaboration: the list, raising one, one need with its offers, and the table."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.coordination import commands
from gemensam.coordination.agreement_queries import NeedShown, get_need, list_needs
from gemensam.coordination.conference_queries import may_speak
from gemensam.coordination.forms import NeedForm, OfferForm, ReasonForm
from gemensam.coordination.rows import Row, need_row
from gemensam.coordination.tables import need_table
from gemensam.coordination.view_parts import (
    about_thing,
    came_from,
    conference_named,
    entered_of,
    list_page,
    page_of,
    sent_of,
    speech_of,
    table_page,
    voice_form,
    writable,
)
from gemensam.core.refusal import Refused
from gemensam.picture.lists import Lists
from gemensam.picture.place_words import place_fields
from gemensam.picture.readers import reader_list
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, require, signed_in
from gemensam.web.answering import answered, go_on, pressed, there
from gemensam.web.page import SpacePage


@signed_in
@require_GET
def show_needs(request: Request, space: str) -> HttpResponseBase:
    """The open needs first, then those that have ended."""
    page = page_of(request, space)

    def rows() -> list[Row]:
        speech, own = speech_of(page), page.lens.principal.organisation
        return [need_row(each, speech, own) for each in list_needs(page.lens, space, page.moment)]

    return list_page(page, request, "needs", rows)


@signed_in
@require_GET
def needs_csv(request: Request, space: str) -> StreamingHttpResponse:
    """The needs as a table."""
    page = page_of(request, space)
    found = list_needs(page.lens, space, page.moment)
    table, digests = need_table(found, speech_of(page)), (each.data.content for each in found)
    return table_page(page, "needs", pgettext("file name", "needs"), table, digests)


@signed_in
@require_http_methods(["GET", "POST"])
def raise_need(request: Request, space: str) -> HttpResponse:
    """Raise a need of the own organisation, or enter one that another gave by telephone."""
    page = writable(request, space)
    if not may_speak(page.lens):
        require(request, "report")
    form = voice_form(NeedForm, page, request.POST if request.method == "POST" else None)
    conference = conference_named(request, page)
    context = {"form": form, "readers": reader_list(page.lens, space), "conference": conference}

    def write() -> HttpResponse:
        entered = entered_of(request, page.lens.principal.organisation)
        sent = sent_of(request, entered)
        commands.raise_need(page.lens, space, form.content(), conference=conference["subject"], sent=sent)
        messages.success(request, _("The need is raised."))
        if conference["subject"]:
            return there(space, f"conferences/{conference['subject']}/{came_from(request)}", "needs")
        return there(space, "needs/")

    return answered(request, "coordination/need_form.html", context, write)


@signed_in
@require_GET
def show_need(request: Request, space: str, subject: str) -> HttpResponseBase:
    """One need: what, by whom, what is offered, and its history."""
    page = page_of(request, space)
    return _draw(request, page, get_need(page.lens, space, subject, page.moment))


def _draw(request: Request, page: SpacePage, shown: NeedShown, *, status: int = 200, **more: Any) -> HttpResponse:
    speech = speech_of(page)
    context = {
        **about_thing(page, shown.thing, shown.conference, speech),
        "need": need_row(shown, speech, page.lens.principal.organisation),
        "offer_form": OfferForm(),
        **more,
    }
    return pages.render(request, "coordination/need.html", context, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def change_need(request: Request, space: str, subject: str) -> HttpResponse:
    """Give the own need another text."""
    page = writable(request, space)
    shown = get_need(page.lens, space, subject, page.moment)
    if shown.thing.organisation != page.lens.principal.organisation:
        raise Refused("not_owner")
    until_at = times.field(shown.data.until_at) if shown.data.until_at else ""
    codes, point = place_fields(shown.about, Lists(page.lens.directory, page.state).places)
    initial = {
        **shown.about, "until_at": until_at, "mark": tuple(shown.marks), "kommuner": codes, "point": point,
    }  # fmt: skip
    form = voice_form(NeedForm, page, request.POST if request.method == "POST" else None, initial=initial)
    context = {
        "form": form, "readers": reader_list(page.lens, space), "changed": subject, "seen": shown.data.content,
        "stands": shown.about,
    }  # fmt: skip

    def write() -> HttpResponse:
        commands.change_need(page.lens, space, subject, form.content(), sent=sent_of(request))
        return go_on(request, _("The need is changed."), there(space, f"needs/{subject}/"))

    return answered(request, "coordination/need_form.html", context, write)


@signed_in
@require_POST
def offer(request: Request, space: str, subject: str) -> HttpResponse:
    """Say what the own organisation can contribute."""
    page = writable(request, space)
    form = OfferForm(request.POST)
    if not form.is_valid():
        return _draw(request, page, get_need(page.lens, space, subject, page.moment), offer_form=form, status=422)
    text = form.cleaned_data["text"]
    return pressed(
        request, lambda: commands.offer_to_need(page.lens, space, subject, text, sent=sent_of(request)),
        _("Your offer stands beside the need."), there(space, f"needs/{subject}/"),
    )  # fmt: skip


@signed_in
@require_POST
def withdraw_offer(request: Request, space: str, subject: str) -> HttpResponse:
    """Take the own organisation's offer back."""
    page = writable(request, space)
    return pressed(
        request, lambda: commands.withdraw_offer(page.lens, space, subject), _("Your offer is withdrawn."),
        there(space, f"needs/{subject}/"),
    )  # fmt: skip


@signed_in
@require_POST
def resolve_need(request: Request, space: str, subject: str) -> HttpResponse:
    """Say that the own need is met."""
    page = writable(request, space)
    text = request.POST.get("text", "")
    return pressed(
        request, lambda: commands.resolve_need(page.lens, space, subject, text=text), _("The need is met."),
        there(space, f"needs/{subject}/"),
    )  # fmt: skip


@signed_in
@require_POST
def withdraw_need(request: Request, space: str, subject: str) -> HttpResponse:
    """Take the own need back, with the reason."""
    page = writable(request, space)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _draw(request, page, get_need(page.lens, space, subject, page.moment), reason_form=form, status=422)
    reason = form.cleaned_data["reason"]
    return pressed(
        request, lambda: commands.withdraw_need(page.lens, space, subject, reason), _("The need is withdrawn."),
        there(space, f"needs/{subject}/"),
    )  # fmt: skip
