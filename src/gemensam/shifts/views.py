"""The page of a shift change: what has changed, what is open and due, handing over and taking over; printable."""

from collections.abc import Sequence

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from gemensam.coordination.conference_queries import KINDS_WITH_CONFERENCES
from gemensam.core.refusal import Refused
from gemensam.ledger.pages.drawing import Lines
from gemensam.ledger.reading import position_at
from gemensam.rosters.taking import contacts_to_take, take_duty
from gemensam.shifts.commands import Note, give_handover, take_handover
from gemensam.shifts.content import SHIFT_MS, Handover
from gemensam.shifts.forms import GiveForm, TakeForm
from gemensam.shifts.models import Handover as Row
from gemensam.shifts.queries import taken, waiting
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, signed_in
from gemensam.web.page import SpacePage


@signed_in
@require_GET
def handover(request: Request, space: str) -> HttpResponse:
    """What the function's next holder must know, since its last shift or a chosen time."""
    return _draw(request, _page(request, space))


@signed_in
@require_POST
def give(request: Request, space: str) -> HttpResponse:
    """Hand over; what was handed over and is not taken yet is changed."""
    page = _writable(request, space)
    form = GiveForm(request.POST)
    if not form.is_valid():
        return _draw(request, page, give_form=form)
    give_handover(page.lens, space, Note(form.cleaned_data["note"], form.cleaned_data["spoken"]))
    messages.success(request, _("Handed over. It waits on the start page of whoever has your function next."))
    return HttpResponseRedirect(f"/spaces/{space}/handover/")


@signed_in
@require_POST
def take(request: Request, space: str) -> HttpResponse:
    """Take over what one has before one."""
    page = _writable(request, space)
    form = TakeForm(request.POST, contacts=_contacts(page))
    if not form.is_valid():
        return _draw(request, page, take_form=form)
    position = request.POST.get("position", "")
    if not (position.isascii() and position.isdigit() and len(position) < 16):
        raise Refused("bad_request")
    contact = form.cleaned_data.get("contact", "")
    if contact and take_duty(page.lens, contact):
        messages.success(request, _("Alerts to your function go to the new contact from now on."))
    take_handover(page.lens, space, form.cleaned_data["taken_note"], int(position))
    messages.success(request, _("Taken over. What changes is counted from now."))
    return HttpResponseRedirect(f"/spaces/{space}/handover/")


def _contacts(page: SpacePage) -> list[tuple[str, str]]:
    """The contacts that can take the duty over; none in an exercise, which moves nothing in reality."""
    return [] if page.exercise or page.readonly else contacts_to_take(page.lens)


def _page(request: HttpRequest, space: str) -> SpacePage:
    return pages.space_page(request, space, KINDS_WITH_CONFERENCES)


def _writable(request: HttpRequest, space: str) -> SpacePage:
    page = _page(request, space)
    page.require_now()
    return page


def _draw(
    request: Request, page: SpacePage, *, give_form: Form | None = None, take_form: Form | None = None
) -> HttpResponse:
    earlier = taken(page.lens, page.space, by=page.moment.at)
    since_at, position = _since(request, page, earlier)
    told = Handover(page, position)
    changes = told.changes()
    here = None if page.historical else waiting(page.lens, page.space)
    initial = {"note": here.note, "spoken": here.spoken} if here else {}
    context = {
        "since_at": since_at,
        "earlier": earlier,
        "waiting": here,
        "changes": changes,
        "changes_drawn": Lines(page.query, page.moment.at).draw(changes.newest) if changes.newest else "",
        "situation": told.situation(),
        "sections": [
            (_("Open needs, the most urgent first"), told.needs(), _("No needs are open.")),
            (_("Undertakings due within twelve hours"), told.due(), _("Nothing falls due.")),
            (pgettext("handover", "Not answered"), told.unanswered(), _("All that was asked has been answered.")),
            (pgettext("handover", "Unconfirmed"), told.unconfirmed(), _("Nothing is unconfirmed.")),
            (_("Next times"), told.times(), _("No times are set.")),
            (_("Roles and ways in"), told.roles(), _("No conference is called.")),
        ],
        "give_form": give_form or GiveForm(initial=initial),
        "take_form": take_form or TakeForm(contacts=_contacts(page)),
    }
    failed = bool((give_form and give_form.errors) or (take_form and take_form.errors))
    return pages.render(request, "shifts/handover.html", context, status=422 if failed else 200)


def _since(request: Request, page: SpacePage, earlier: Sequence[Row]) -> tuple[int, int]:
    """From when changes are told: a chosen time, the last taking over, else the last twelve hours."""
    if chosen := request.GET.get("since", "").strip():
        at = times.parse(chosen, page.moment.at)
        return at, position_at(page.space, at)
    if earlier:
        return earlier[0].taken_at, earlier[0].position
    at = page.moment.at - SHIFT_MS
    return at, position_at(page.space, at)
