"""Calendars out, by sign-in or by an address of their own, and in: looked at first, written with one more press."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from gemensam.accounts.limits import too_often
from gemensam.core.policy import ROSTERS
from gemensam.core.refusal import Refused
from gemensam.ledger.noting import note_now
from gemensam.ledger.tables import file_name
from gemensam.organisations.domain import function
from gemensam.rosters import commands, queries
from gemensam.rosters.calendar_in import read_calendar
from gemensam.rosters.calendar_out import CONTENT_TYPE, Duty, calendar_file
from gemensam.rosters.domain.calendars import NEW, Found, matched
from gemensam.rosters.domain.reading import shifts_between, shifts_of
from gemensam.rosters.domain.series import Planned
from gemensam.rosters.domain.shifts import EARLIEST_MS, LATEST_MS, LONGEST_MS
from gemensam.rosters.forms import CalendarForm
from gemensam.rosters.labels import FOUND
from gemensam.rosters.links import links_of, make_link, open_link, revoke_link
from gemensam.rosters.shown import Speech, contact_choices, function_choices, speech_now, speech_of
from gemensam.rosters.view_parts import ADMINISTER_OWN, key_of, page_of, writable
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, may, open_to_all, signed_in
from gemensam.web.answering import form_page, go_on, is_ready, pressed, refused_page
from gemensam.web.page import SpacePage

# Out ------------------------------------------------------------------------------------------------------------


@signed_in
@require_GET
def calendar(request: Request, function: str) -> HttpResponse:
    """A function's shifts as a calendar file."""
    page = page_of(request)
    made = _calendar(request, speech_of(page), _named(page, function))
    note_now(page.lens.principal, "export", space=ROSTERS, detail={"what": "shifts", "format": "ics"})
    return made


@open_to_all
@require_safe
@never_cache
def by_address(request: HttpRequest, token: str) -> HttpResponse:
    """The same for a calendar program that has an address; whoever is signed in here makes no difference."""
    try:
        link, lens = open_link(token, times.now())
    except Refused:
        wait = too_often(request, "answer_link_missed")
        if wait is not None:
            return wait
        raise
    response = _calendar(request, speech_now(lens), link.function)
    response["Referrer-Policy"], response["X-Robots-Tag"] = "no-referrer", "noindex, nofollow"
    return response


@signed_in
@require_GET
def addresses(request: Request, function: str) -> HttpResponse:
    """The calendar of a function: the file, and the addresses that the reader's organisation has made."""
    page = page_of(request)
    return _draw_addresses(request, page, _named(page, function), "")


@signed_in
@require_POST
def make_address(request: Request, function: str) -> HttpResponse:
    """Make an address for a calendar program. It is shown once, here; it is kept nowhere."""
    page = writable(request)
    made = make_link(page.lens, _named(page, function))
    address = request.build_absolute_uri(reverse("duty_calendar", args=[made.raw]))
    response = _draw_addresses(request, page, function, address)
    response["Cache-Control"] = "no-store"
    return response


@signed_in
@require_POST
def revoke_address(request: Request, link: int) -> HttpResponse:
    """Make an address worthless."""
    page = writable(request)
    found = revoke_link(page.lens, link)
    where = HttpResponseRedirect(f"/rosters/functions/{found.function}/calendar/")
    return go_on(request, _("The address no longer holds."), where)


def _draw_addresses(request: Request, page: SpacePage, function_id: str, address: str) -> HttpResponse:
    speech, found = speech_of(page), function(page.lens.directory, function_id)
    context = {
        "function": function_id,
        "name": speech.function(function_id),
        "organisation": speech.organisation(found.organisation if found is not None else ""),
        "owner": found.organisation if found is not None else "",
        "links": links_of(page.lens, function_id),
        "address": address,
    }
    return pages.render(request, "rosters/calendar.html", context)


def _named(page: SpacePage, function_id: str) -> str:
    if function(page.lens.directory, function_id) is None:
        raise Refused("not_found")
    return function_id


def _calendar(request: HttpRequest, speech: Speech, function_id: str) -> HttpResponse:
    found = function(speech.directory, function_id)
    owner = speech.organisation(found.organisation) if found is not None else ""
    name = f"{owner} – {speech.function(function_id)}"
    response = HttpResponse(calendar_file(name, _duties(request, speech, function_id, name)), content_type=CONTENT_TYPE)
    file = file_name(f"{pgettext('file name', 'duty')}-{name}")
    response["Content-Disposition"] = f'attachment; filename="{file}.ics"'
    return response


def _duties(request: HttpRequest, speech: Speech, function_id: str, name: str) -> Iterator[Duty]:
    span = (speech.at - EARLIEST_MS, speech.at + LATEST_MS + LONGEST_MS)
    found = function(speech.directory, function_id)
    shifts = shifts_between(speech.rosters, shifts_of(found), span) if found is not None else ()
    for thing in shifts:
        url = request.build_absolute_uri(f"/rosters/shifts/{thing.subject}/")
        for place, part in enumerate(thing.data.holds()):
            uid = f"{thing.subject}-{place}@gemensam"
            title = f"{name}: {speech.contact(part.contact)}"
            yield Duty(uid, title, part.from_at, part.until_at, thing.last_clock.ms, thing.data.changes, url)


# In -------------------------------------------------------------------------------------------------------------


@may(ADMINISTER_OWN)
@require_http_methods(["GET", "POST"])
def bring_in(request: Request) -> HttpResponse:
    """Look at what a calendar would plan; with `write` plan what is new. Nothing is kept in between but the form."""
    page = writable(request)
    speech, own = speech_of(page), page.lens.principal.organisation
    functions = function_choices(speech, queries.schedule_functions(speech, own))
    contacts = contact_choices(page.state, own)
    post = request.POST if request.method == "POST" else None
    form = CalendarForm(post, request.FILES or None, functions=functions, contacts=contacts)
    context = {"form": form, "back": f"/rosters/members/{own}/schedule/"}
    if not is_ready(form):
        return form_page(request, "rosters/bring_in.html", context)
    try:
        data = form.calendar()
        found = _found(page, form.cleaned_data["function"], form.cleaned_data["contact"], data)
        if request.POST.get("act") == "write":
            return _write(request, page, form.cleaned_data["function"], found)
    except Refused as refused:
        return refused_page(request, "rosters/bring_in.html", context, refused)
    context |= {
        "found": [(each, FOUND[each.state], speech.contact(each.contact) if each.contact else "") for each in found],
        "new": sum(each.state == NEW for each in found), "text": data.decode("utf-8-sig"),
    }  # fmt: skip
    return pages.render(request, "rosters/bring_in_preview.html", context)


def _found(page: SpacePage, function_id: str, chosen: str, data: bytes) -> tuple[Found, ...]:
    now = page.lens.now
    span = (now - EARLIEST_MS, now + LATEST_MS + LONGEST_MS)
    own = page.lens.principal.organisation
    planned = shifts_between(page.state, ("shifts", own, function_id), span)
    known = frozenset((each.data.from_at, each.data.until_at, each.data.contact) for each in planned)
    contacts = contact_choices(page.state, own)
    return matched(read_calendar(data), contacts, known, chosen=chosen, now=now)


def _write(request: Request, page: SpacePage, function_id: str, found: tuple[Found, ...]) -> HttpResponse:
    new = [Planned(each.from_at, each.until_at, each.contact) for each in found if each.state == NEW]
    if not new:
        raise Refused("calendar_nothing_new")
    own = page.lens.principal.organisation
    told = ngettext("%(n)s shift is planned.", "%(n)s shifts are planned.", len(new)) % {"n": len(new)}
    return pressed(
        request, lambda: commands.plan_shifts(page.lens, function_id, new, key=key_of(request)),
        told, HttpResponseRedirect(f"/rosters/members/{own}/schedule/?function={function_id}"),
    )  # fmt: skip
