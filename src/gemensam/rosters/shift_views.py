"""Shifts: a series planned in one form, one shift with its change, cancellation, swap and handover."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.core.policy import ROSTERS
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.rosters import commands, queries
from gemensam.rosters.domain.local import local
from gemensam.rosters.domain.reading import shifts_between
from gemensam.rosters.domain.series import planned
from gemensam.rosters.domain.shifts import IN_FORCE, LATEST_MS
from gemensam.rosters.forms import HandOverForm, SeriesForm, ShiftForm, SwapForm
from gemensam.rosters.shown import Speech, contact_choices, function_choices, speech_of
from gemensam.rosters.view_parts import ADMINISTER_OWN, key_of, page_of, seen_of, sent_of, writable
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, may, signed_in
from gemensam.web.answering import SAVED, answered, pressed
from gemensam.web.page import SpacePage

SWAPS_SHOWN = 60


@may(ADMINISTER_OWN)
@require_http_methods(["GET", "POST"])
def plan(request: Request) -> HttpResponse:
    """Plan a series of shifts of one of the own functions, or one shift; all of them or none."""
    page = writable(request)
    speech, own = speech_of(page), page.lens.principal.organisation
    functions = function_choices(speech, queries.schedule_functions(speech, own))
    contacts = contact_choices(page.state, own)
    form = SeriesForm(
        request.POST or None, functions=functions, contacts=contacts, now=page.lens.now,
        function=request.GET.get("function", ""),
    )  # fmt: skip
    where = f"/rosters/members/{own}/schedule/"

    def write() -> HttpResponse:
        data = form.cleaned_data
        found = planned(form.rule())
        commands.plan_shifts(page.lens, data["function"], found, note=data["note"], key=key_of(request))
        messages.success(request, _("Planned. Look through the schedule for gaps."))
        messages.info(request, ngettext("%(n)s shift.", "%(n)s shifts.", len(found)) % {"n": len(found)})
        after = f"{where}?function={request.POST.get('function', '')}&from={request.POST.get('first', '')}"
        return HttpResponseRedirect(after)

    return answered(request, "rosters/plan.html", {"form": form, "contacts": contacts, "back": where}, write)


@signed_in
@require_GET
def shift(request: Request, subject: str) -> HttpResponse:
    """One shift: who holds it, its handovers, its history, and what the reader may do with it."""
    page = page_of(request)
    return _draw(request, page, queries.find_shift(page, subject))


@may(ADMINISTER_OWN)
@require_POST
def change(request: Request, subject: str) -> HttpResponse:
    """Give a shift other times or another contact."""
    page = writable(request)
    thing = _own_shift(page, subject)
    form = ShiftForm(request.POST, contacts=contact_choices(page.state, thing.organisation))
    if not form.is_valid():
        return _draw(request, page, thing, change_form=form, status=422)
    content = form.content(thing.data.function)
    return pressed(
        request, lambda: commands.change_shift(page.lens, subject, content, sent_of(request)),
        SAVED, _page(subject),
    )  # fmt: skip


@may(ADMINISTER_OWN)
@require_POST
def cancel(request: Request, subject: str) -> HttpResponseRedirect:
    """Cancel a shift."""
    page = writable(request)
    thing = _own_shift(page, subject)
    day = local(thing.data.from_at).date().isoformat()
    where = HttpResponseRedirect(f"/rosters/members/{thing.organisation}/schedule/?from={day}")
    return pressed(
        request, lambda: commands.cancel_shift(page.lens, subject, "", sent_of(request)),
        _("The shift is cancelled."), where,
    )  # fmt: skip


@may(ADMINISTER_OWN)
@require_POST
def swap(request: Request, subject: str) -> HttpResponse:
    """Let two shifts exchange their contacts."""
    page = writable(request)
    thing = _own_shift(page, subject)
    form = SwapForm(request.POST, others=_swaps(page, speech_of(page), thing))
    if not form.is_valid():
        return _draw(request, page, thing, swap_form=form, status=422)
    other, _colon, seen = form.cleaned_data["other"].partition(":")
    pair, digests = (subject, other), (seen_of(request), seen)
    return pressed(
        request, lambda: commands.swap_shifts(page.lens, pair, seen=digests, key=key_of(request)),
        _("The two shifts have exchanged their contacts."), _page(subject),
    )  # fmt: skip


@signed_in
@require_POST
def hand_over(request: Request, subject: str) -> HttpResponse:
    """Let another contact hold the rest of a shift; by whoever has the function, or administers it."""
    page = writable(request)
    thing = _own_shift(page, subject)
    form = HandOverForm(request.POST, contacts=contact_choices(page.state, thing.organisation))
    if not form.is_valid():
        return _draw(request, page, thing, hand_form=form, status=422)
    given = (form.cleaned_data["contact"], form.cleaned_data["note"])
    return pressed(
        request, lambda: commands.hand_over_shift(page.lens, subject, *given, sent=sent_of(request)),
        _("Handed over."), _page(subject),
    )  # fmt: skip


def _page(subject: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"/rosters/shifts/{subject}/")


def _own_shift(page: SpacePage, subject: str) -> Thing:
    thing = queries.find_shift(page, subject)
    if thing.organisation != page.lens.principal.organisation:
        raise Refused("not_owner")
    return thing


def _draw(
    request: Request, page: SpacePage, thing: Thing, *, status: int = 200, **forms: ShiftForm | SwapForm | HandOverForm
) -> HttpResponse:
    speech, data = speech_of(page), thing.data
    queries.note_opened(page, [thing.subject])
    context: dict[str, Any] = {
        "thing": thing,
        "function": speech.function(data.function),
        "organisation": speech.organisation(thing.organisation),
        "holds": [(part.from_at, part.until_at, speech.contact(part.contact)) for part in data.holds()],
        "is_planned": thing.status == IN_FORCE,
        "is_over": data.until_at <= page.moment.at,
        "notes": _notes(page, thing),
        "seen": thing.last,
        **_forms(page, speech, thing),
        **forms,
    }
    return pages.render(request, "rosters/shift.html", context, status=status)


def _notes(page: SpacePage, thing: Thing) -> list[tuple[int, str]]:
    """What was noted when the shift was planned, changed and handed over, with when (ms UTC)."""
    rows = page.lens.history(ROSTERS, thing.subject, page.moment)
    told = [(row.header.occurred_at, str((row.payload or {}).get("note", ""))) for row in rows]
    return [(at, note) for at, note in told if note]


def _forms(page: SpacePage, speech: Speech, thing: Thing) -> dict[str, Any]:
    """The forms that the reader may use on a shift."""
    data, lens = thing.data, page.lens
    is_own = thing.organisation == lens.principal.organisation
    if not is_own or page.readonly or thing.status != IN_FORCE or data.until_at <= lens.now:
        return {}
    contacts = contact_choices(page.state, thing.organisation)
    found: dict[str, Any] = {}
    goes_on = data.from_at <= lens.now
    if goes_on and (page.may(ADMINISTER_OWN) or lens.principal.function == data.function):
        found["hand_form"] = HandOverForm(contacts=contacts)
    if page.may(ADMINISTER_OWN):
        initial = {
            "contact": data.contact, "from_at": data.from_at, "until_at": data.until_at,
            "note": commands.note_of(lens, thing),
        }  # fmt: skip
        others = _swaps(page, speech, thing)
        found["change_form"] = ShiftForm(contacts=contacts, initial=initial)
        found["swap_form"] = SwapForm(others=others) if others else None
    return found


def _swaps(page: SpacePage, speech: Speech, thing: Thing) -> list[tuple[str, str]]:
    """The coming shifts of the organisation that this one can exchange contacts with, as choices."""
    span = (page.lens.now, page.lens.now + LATEST_MS)
    found = [
        (f"{each.subject}:{each.last}", _swap_words(speech, each))
        for each in shifts_between(page.state, ("shifts_by", thing.organisation), span)
        if each.subject != thing.subject and each.data.contact != thing.data.contact
    ]
    return found[:SWAPS_SHOWN]


def _swap_words(speech: Speech, thing: Thing) -> str:
    data = thing.data
    span = f"{times.clock(data.from_at, speech.at)} – {times.clock(data.until_at, speech.at)}"
    return f"{span}, {speech.function(data.function)}: {speech.contact(data.contact)}"
