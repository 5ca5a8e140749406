"""The green button, help to judge, and the page of one call: assess, withdraw, convene."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.activation import commands
from gemensam.activation.commands import Pressed
from gemensam.activation.domain.alert_settings import proposed_conference, setting
from gemensam.activation.domain.calls import HANDLE_MAX
from gemensam.activation.domain.larms import ALERT
from gemensam.activation.domain.rules import INCIDENTS, TEXT_MAX
from gemensam.activation.forms import AssessForm, ConveneForm, PressForm, ReasonForm, first_error
from gemensam.activation.origins import Origin, basis_of, origin_of
from gemensam.activation.queries import get_call
from gemensam.activation.shown import call_row
from gemensam.activation.view_parts import HOME, other_incidents, sent_of, speech_of
from gemensam.activation.words import Speech
from gemensam.core.policy import STANDING
from gemensam.core.refusal import Refused
from gemensam.core.writing import Receipt
from gemensam.ledger.reading import Lens, lens_for
from gemensam.picture.readers import reader_list
from gemensam.web import page as pages
from gemensam.web.access import Request, may, signed_in
from gemensam.web.answering import answered, pressed, there, told_in_form
from gemensam.web.page import SpacePage

HELP = "help"


@may("call")
@require_http_methods(["GET", "POST"])
def green_button(request: Request) -> HttpResponse:
    """Call for joint work, or ask for help to judge: what has happened, and one press."""
    lens = request.lens
    named = (request.POST if request.method == "POST" else request.GET).get("basis", "")
    origin = origin_of(lens, basis_of(named)) if named else None
    form = PressForm(
        request.POST if request.method == "POST" else None, speech=Speech(lens.directory, lens.directory),
        initial=_initial(origin, named) if origin else None,
    )  # fmt: skip
    context = {
        "form": form, "origin": origin, "readers": reader_list(lens, STANDING),
        "minutes": setting(lens.directory, "convene_min"),
        "conference_at": proposed_conference(lens.directory, lens.now),
    }  # fmt: skip

    def write() -> HttpResponse:
        receipts = _press(request, lens, form.pressed())
        return _reached(request, lens, receipts)

    return answered(request, "activation/green_button.html", context, write)


def _initial(origin: Origin, named: str) -> dict[str, str]:
    """Return what the form begins with where the call comes from something known: all of it can be changed."""
    return {"words": origin.words[:HANDLE_MAX], "type": origin.type, "text": origin.text[:TEXT_MAX], "basis": named}


def _press(request: Request, lens: Lens, given: Pressed) -> tuple[Receipt, ...]:
    """A call that comes from an exercise's own plans is made in that exercise, never for real."""
    act = commands.ask_help if request.POST.get("act") == HELP else commands.make_call
    is_exercise = given.basis is not None and lens.root_kind(given.basis.space) == "exercise"
    space = given.basis.space if given.basis is not None and is_exercise else ""
    return act(lens, given, space=space, sent=sent_of(request))


def _reached(request: Request, lens: Lens, receipts: tuple[Receipt, ...]) -> HttpResponse:
    """Go to where the caller sees who is being reached: the board of the larm to all, else the call."""
    space = receipts[-1].space
    state = lens_for(lens.principal).state(space)  # a lens is of its moment, and the space is newer
    things = [state.thing(each.subject) for each in receipts]
    larm = next((each for each in things if each and each.type == "larm" and each.data.purpose == ALERT), None)
    if larm is not None:
        messages.success(request, _("The call has gone out. Here you see who has been reached."))
        return there(space, f"larm/{larm.subject}/")
    call = next(each for each in things if each and each.type == "call")
    messages.success(request, _("Those who assess are being reached."))
    return there(space, f"calls/{call.subject}/")


@signed_in
@require_GET
def show_call(request: Request, space: str, subject: str) -> HttpResponseBase:
    """One call: who, what, when, what has been assessed, and what the reader may do."""
    page = pages.space_page(request, space, INCIDENTS)
    get_call(page.lens, space, subject, page.moment)
    return _draw(request, page, subject)


def _draw(request: Request, page: SpacePage, subject: str, *, status: int = 200, **more: Any) -> HttpResponse:
    thing, data = get_call(page.lens, page.space, subject, page.moment)
    speech = speech_of(page)
    at = data.conference_at or proposed_conference(page.lens.directory, page.lens.now)
    later = max(at, proposed_conference(page.lens.directory, page.lens.now))
    initial = {"conference_at": later, "level": "verkstallande", "outcome": "aktiveras"}
    context = {
        "call": call_row(page, thing, speech), "reason_form": ReasonForm(), "proposed_at": later,
        "assess_form": AssessForm(speech=speech, others=other_incidents(page), initial=initial),
        "convene_form": ConveneForm(initial={"conference_at": later}), **more,
    }  # fmt: skip
    return pages.render(request, "activation/call.html", context, status=status)


@may("assess")
@require_POST
def take(request: Request, space: str, subject: str) -> HttpResponse:
    """Say that the own function assesses."""
    page = pages.writable_page(request, space, INCIDENTS)
    where = there(space, f"calls/{subject}/")
    return pressed(
        request, lambda: commands.take_assessment(page.lens, space, subject, sent=sent_of(request)),
        _("You assess. Everybody sees that."), where,
    )  # fmt: skip


@may("assess")
@require_POST
def assess(request: Request, space: str, subject: str) -> HttpResponse:
    """Give the outcome; what follows from it is the same commit."""
    page = pages.writable_page(request, space, INCIDENTS)
    form = AssessForm(request.POST, speech=speech_of(page), others=other_incidents(page))
    if not form.is_valid():
        return _draw(request, page, subject, status=422, assess_form=form, form=form)
    try:
        commands.assess(page.lens, space, subject, form.assessed(), sent=sent_of(request))
    except Refused as refused:
        words, status = told_in_form(refused)
        return _draw(request, page, subject, status=status, assess_form=form, refusal=words)
    messages.success(request, _("The assessment is given. Everybody sees it."))
    return there(space, HOME)


@may("call")
@require_POST
def withdraw(request: Request, space: str, subject: str) -> HttpResponse:
    """Take the own call back."""
    page = pages.writable_page(request, space, INCIDENTS)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _draw(request, page, subject, status=422, reason_form=form)
    reason = form.cleaned_data["reason"]
    return pressed(
        request, lambda: commands.withdraw_call(page.lens, space, subject, reason, sent=sent_of(request)),
        _("The call is withdrawn."), there(space, HOME),
    )  # fmt: skip


@may("call")
@require_POST
def convene(request: Request, space: str, subject: str) -> HttpResponse:
    """Convene the conference oneself, once the time for the assessment has passed."""
    page = pages.writable_page(request, space, INCIDENTS)
    form = ConveneForm(request.POST)
    if not form.is_valid():
        return _draw(request, page, subject, status=422, convene_form=form, refusal=first_error(form))
    at = form.cleaned_data["conference_at"]
    return pressed(
        request, lambda: commands.convene(page.lens, space, subject, at, sent=sent_of(request)),
        _("The conference is convened, and all members are being reached."), there(space, HOME),
    )  # fmt: skip


@may("call")
@require_POST
def raise_call(request: Request, space: str, subject: str) -> HttpResponse:
    """Go on from *help me judge* to a call."""
    page = pages.writable_page(request, space, INCIDENTS)
    _thing, data = get_call(page.lens, space, subject, page.moment)
    words = commands.words_of_call(page.lens, space, subject)
    given = Pressed(words, data.type)
    return pressed(
        request, lambda: commands.raise_call(page.lens, space, subject, given, sent=sent_of(request)),
        _("The call has gone out. Here you see who has been reached."), there(space, HOME),
    )  # fmt: skip
