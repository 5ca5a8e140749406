"""Commenting on minutes while that is open, and registering things of the network in the own organisation's diary."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gemensam.coordination import comment_commands as commands
from gemensam.coordination import labels
from gemensam.coordination.comment_page import registers, registration_rows
from gemensam.coordination.comment_queries import registrable
from gemensam.coordination.domain.registrations import DRAWN_UP, RECEIVED
from gemensam.coordination.forms import CommentForm, ReasonForm, RegistrationForm
from gemensam.coordination.minutes_queries import get_minutes
from gemensam.coordination.minutes_views import draw_minutes
from gemensam.coordination.view_parts import page_of, sent_of, speech_of, writable
from gemensam.ledger.describing import group_word
from gemensam.web import times
from gemensam.web.access import Request, signed_in
from gemensam.web.answering import answered, pressed, there
from gemensam.web.page import SpacePage


@signed_in
@require_POST
def comment(request: Request, space: str, subject: str) -> HttpResponse:
    """Say what the own organisation would have otherwise in the minutes, or take that back."""
    page, where = writable(request, space), there(space, f"conferences/{subject}/minutes/", "comments")
    sent = sent_of(request)
    if request.POST.get("withdraw"):
        done = _("Your comment is withdrawn.")
        return pressed(request, lambda: commands.withdraw_comment(page.lens, space, subject, sent=sent), done, where)
    form = CommentForm(request.POST)
    if not form.is_valid():
        found = get_minutes(page.lens, space, subject, page.moment)
        return draw_minutes(request, page, found, comment_form=form, status=422)
    text, done = form.cleaned_data["text"], _("Your comment stands beside the minutes. The leader answers it.")
    return pressed(request, lambda: commands.comment_minutes(page.lens, space, subject, text, sent=sent), done, where)


@signed_in
@require_http_methods(["GET", "POST"])
def registrations(request: Request, space: str, subject: str) -> HttpResponse:
    """Under which diarienummer each organisation has registered a thing, and the own one."""
    page = page_of(request, space)
    thing = registrable(page.lens, space, subject, page.moment)
    own = page.lens.principal.organisation
    rows = registration_rows(page, subject)
    mine = next((row for row in rows if row["organisation"] == own), None)
    form = _form(page, thing.organisation == own, mine, request.POST if request.method == "POST" else None)
    context = {
        "form": form, "rows": rows, "mine": mine, "registers": registers(page), "registered": subject,
        "what": group_word(thing.type), "owner": speech_of(page).organisation(thing.organisation),
        "origin": _origin(space, subject, thing.type), "reason_form": ReasonForm(),
    }  # fmt: skip
    if request.method == "POST":
        page.require_open()

    def write() -> HttpResponse:
        commands.register(page.lens, space, subject, form.cleaned_data, sent=sent_of(request))
        return there(space, f"registrations/{subject}/")

    return answered(request, "coordination/registrations.html", context, write)


def _form(page: SpacePage, owns: bool, mine: Any, data: Any) -> RegistrationForm:
    choices = [(code, str(labels.REGISTRATION[code])) for code in (RECEIVED, DRAWN_UP)]
    usual = {"status": DRAWN_UP if owns else RECEIVED, "on": f"{times.local(page.lens.now):%Y-%m-%d}"}
    return RegistrationForm(data, choices=choices, initial={**usual, **(mine or {})})


def _origin(space: str, subject: str, kind: str) -> str:
    """Return the address of what is registered."""
    minutes = f"conferences/{subject.removesuffix('.minutes')}/minutes/"
    places = {"minutes": minutes, "agreement": f"agreements/{subject}/", "report": f"reports/{subject}/",
              "request": f"requests/{subject}/", "statement": f"statements/{subject}/"}  # fmt: skip
    return f"/spaces/{space}/{places.get(kind, 'pictures/')}"


@signed_in
@require_POST
def withdraw_registration(request: Request, space: str, subject: str) -> HttpResponse:
    """Say that the own diarienummer no longer stands, with the reason."""
    page, form = writable(request, space), ReasonForm(request.POST)
    registrable(page.lens, space, subject, page.moment)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return pressed(
        request, lambda: commands.withdraw_registration(page.lens, space, subject, reason),
        _("The registration number is withdrawn."), there(space, f"registrations/{subject}/"),
    )  # fmt: skip
