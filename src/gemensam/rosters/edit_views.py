"""A member's own call list, contacts and covers, as its administrator changes them. The joint office edits none."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.organisations.domain import functions
from gemensam.organisations.names import Lists
from gemensam.rosters import commands
from gemensam.rosters.domain.contacts import DUTY_CONTACT
from gemensam.rosters.domain.covers import COVER
from gemensam.rosters.domain.reading import call_list
from gemensam.rosters.forms import ConfirmForm, ContactForm, CoverForm, NoteForm, ReserveForm, address_initial
from gemensam.rosters.shown import CHANNELS, speech_of
from gemensam.rosters.view_parts import (
    ADMINISTER_OWN,
    other_organisations,
    own_page,
    seen_of,
    sent_of,
    to_own_page,
    writable,
)
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, may
from gemensam.web.answering import SAVED, answered, go_on, pressed, told_in_form
from gemensam.web.page import SpacePage

MOVES = {"up": -1, "down": 1}


@dataclass(frozen=True, slots=True)
class Order:
    """The call list as the form has it. `moved`: which function the last press was about, `press`: what it did.

    `seen`: the last entry of the list that the writer saw.
    """

    steps: tuple[str, ...]
    seen: str
    moved: str = ""
    press: str = ""
    refusal: str = ""


@may(ADMINISTER_OWN)
@require_http_methods(["GET", "POST"])
def edit_list(request: Request) -> HttpResponse:
    """Put the own functions in the order in which they are called; each press shows the new order, the last one saves.

    Works without script and by keyboard: the button that was pressed has the focus again.
    """
    page = writable(request)
    told = call_list(page.lens.directory, page.state, page.lens.principal.organisation)
    initial = {"reserve_organisation": told.reserve[0], "reserve_text": told.reserve[1]}
    form = ReserveForm(request.POST or None, organisations=other_organisations(page), initial=initial)
    if request.method != "POST":
        return _draw_list(request, page, form, Order(told.steps, told.last))
    order = Order(_steps_of(request, page), seen_of(request))
    if press := request.POST.get("press", ""):
        return _draw_list(request, page, form, _pressed(order, press, request.POST.get("add", ""), page))
    if not form.is_valid():
        return _draw_list(request, page, form, order)
    try:
        commands.set_list(page.lens, {"steps": list(order.steps), **form.cleaned_data}, sent_of(request))
    except Refused as refused:
        return _draw_list(request, page, form, replace(order, refusal=told_in_form(refused).words))
    return go_on(request, SAVED, to_own_page(page))


def _own_functions(page: SpacePage) -> tuple[str, ...]:
    return tuple(each.id for each in functions(page.lens.directory, page.lens.principal.organisation))


def _steps_of(request: Request, page: SpacePage) -> tuple[str, ...]:
    """The functions in the order in which the form has them; what is none of the own in use is left out."""
    own = set(_own_functions(page))
    return tuple(dict.fromkeys(step for step in request.POST.getlist("step") if step in own))


def _pressed(order: Order, press: str, added: str, page: SpacePage) -> Order:
    """Return the order after a press of `up:…`, `down:…`, `remove:…` or `add`."""
    act, _colon, about = press.partition(":")
    steps = list(order.steps)
    if act == "add" and added in set(_own_functions(page)) - set(steps):
        return replace(order, steps=(*steps, added), moved=added, press=act)
    if about not in steps:
        return order
    place = steps.index(about)
    if act == "remove":
        return replace(order, steps=tuple(step for step in steps if step != about))
    there = min(max(place + MOVES.get(act, 0), 0), len(steps) - 1)
    steps.insert(there, steps.pop(place))
    return replace(order, steps=tuple(steps), moved=about, press=act)


def _draw_list(request: Request, page: SpacePage, form: ReserveForm, order: Order) -> HttpResponse:
    speech, steps, moved = speech_of(page), order.steps, order.moved
    place = {"who": speech.function(moved), "n": steps.index(moved) + 1, "all": len(steps)} if moved else {}
    wrong = not order.press and request.method == "POST" and (form.errors or order.refusal)
    context = {
        "form": form if wrong else ReserveForm(organisations=other_organisations(page), initial=_given(form)),
        "steps": [speech.step(step) for step in steps],
        "others": [(each, speech.function(each)) for each in _own_functions(page) if each not in steps],
        "order": order,
        "said": _("%(who)s is now number %(n)s of %(all)s.") % place if moved else "",
        "refusal": order.refusal,
        "back": own_page(page),
    }
    return pages.render(request, "rosters/edit_list.html", context, status=422 if wrong else 200)


def _given(form: ReserveForm) -> dict[str, Any]:
    """What stands in the form's fields, to stand there again while the order is changed."""
    return {name: form[name].value() for name in form.fields}


@may(ADMINISTER_OWN)
@require_POST
def confirm_list(request: Request) -> HttpResponseRedirect:
    """Say that the call list holds, and whether it was tested."""
    page, form = writable(request), ConfirmForm(request.POST)
    form.is_valid()
    tested = bool(form.cleaned_data.get("tested"))
    return pressed(
        request, lambda: commands.confirm_list(page.lens, sent_of(request), tested=tested),
        _("The call list is confirmed."), to_own_page(page),
    )  # fmt: skip


# Contacts -------------------------------------------------------------------------------------------------------


@may(ADMINISTER_OWN)
@require_http_methods(["GET", "POST"])
def new_contact(request: Request) -> HttpResponse:
    """Make a duty contact."""
    page = writable(request)
    return _contact_page(request, page, _contact_form(request, page, {}), None)


@may(ADMINISTER_OWN)
@require_http_methods(["GET", "POST"])
def change_contact(request: Request, subject: str) -> HttpResponse:
    """Change a duty contact, or take one that is out of use into use again."""
    page = writable(request)
    thing = _own(page, subject, DUTY_CONTACT.name)
    initial = {
        "label": thing.data.label, "standing_for": thing.data.standing_for,
        **dict(address_initial(thing.data.addresses)),
    }  # fmt: skip
    return _contact_page(request, page, _contact_form(request, page, initial), thing)


@may(ADMINISTER_OWN)
@require_POST
def withdraw_contact(request: Request, subject: str) -> HttpResponseRedirect:
    """Take a duty contact out of use."""
    page = writable(request)
    _own(page, subject, DUTY_CONTACT.name)
    return pressed(
        request, lambda: commands.withdraw_contact(page.lens, subject, "", sent_of(request)),
        _("The contact is out of use."), to_own_page(page),
    )  # fmt: skip


def _contact_form(request: Request, page: SpacePage, initial: dict[str, Any]) -> ContactForm:
    speech, own = speech_of(page), functions(page.lens.directory, page.lens.principal.organisation)
    channels = Lists(page.lens.directory).choices(CHANNELS)
    choices = [(each.id, speech.function(each.id)) for each in own]
    return ContactForm(request.POST or None, channels=channels, functions=choices, initial=initial)


def _contact_page(request: Request, page: SpacePage, form: ContactForm, thing: Thing | None) -> HttpResponse:
    subject = thing.subject if thing is not None else ""

    context = {
        "form": form,
        "thing": thing,
        "seen": thing.last if thing is not None else "",
        "back": own_page(page),
        "is_used": thing is not None and thing.status == "used",
    }

    def write() -> HttpResponse:
        commands.set_contact(page.lens, form.content(), sent_of(request), subject=subject)
        return go_on(request, SAVED, to_own_page(page))

    return answered(request, "rosters/contact.html", context, write)


# Covers ---------------------------------------------------------------------------------------------------------


@may(ADMINISTER_OWN)
@require_http_methods(["GET", "POST"])
def ask_cover(request: Request) -> HttpResponse:
    """Ask another organisation to be called in one's place for a time."""
    page = writable(request)
    initial = {"from_at": page.lens.now // times.HOUR * times.HOUR + times.HOUR}
    form = CoverForm(request.POST or None, organisations=other_organisations(page), initial=initial)

    def write() -> HttpResponse:
        commands.ask_cover(page.lens, form.cleaned_data, sent_of(request))
        return go_on(request, _("Asked. It holds when they have accepted."), to_own_page(page))

    return answered(request, "rosters/cover.html", {"form": form, "back": own_page(page)}, write)


@may(ADMINISTER_OWN)
@require_POST
def end_cover(request: Request, subject: str) -> HttpResponseRedirect:
    """Be called oneself again."""
    page, note = writable(request), _note(request)
    _own(page, subject, COVER.name)
    return pressed(
        request, lambda: commands.end_cover(page.lens, subject, note, sent_of(request)),
        _("The cover is ended."), to_own_page(page),
    )  # fmt: skip


@may(ADMINISTER_OWN)
@require_POST
def answer_cover(request: Request, subject: str) -> HttpResponseRedirect:
    """Accept to be called in another organisation's place, or decline."""
    page, note = writable(request), _note(request)
    accepts = request.POST.get("answer") == "accept"
    return pressed(
        request, lambda: commands.answer_cover(page.lens, subject, note, accepts=accepts, sent=sent_of(request)),
        _("Accepted.") if accepts else _("Declined."), to_own_page(page),
    )  # fmt: skip


def _note(request: Request) -> str:
    form = NoteForm(request.POST)
    return str(form.cleaned_data.get("note", "")) if form.is_valid() else ""


def _own(page: SpacePage, subject: str, type_: str) -> Thing:
    """Return a thing of the own organisation; raises `Refused("not_found")` for others and what is none."""
    thing = page.state.thing(subject)
    if thing is None or thing.type != type_ or thing.organisation != page.lens.principal.organisation:
        raise Refused("not_found")
    return thing
