"""Pages of conferences: the list, calling one, holding it, changing and cancelling it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.coordination import commands, labels
from gemensam.coordination.after_page import after_context
from gemensam.coordination.conference_page import conference_context, wall_context
from gemensam.coordination.conference_queries import (
    Conference,
    Held,
    find_conference,
    get_conference,
    leads,
    list_conferences,
    may_record,
    proposal,
)
from gemensam.coordination.domain.roll import roll_call
from gemensam.coordination.domain.rules import participants
from gemensam.coordination.forms import CallForm, ChangeForm, ReasonForm, initial_plan
from gemensam.coordination.shown import Speech, told
from gemensam.coordination.view_parts import DESK, came_from, function_groups, page_of, sent_of, speech_of, writable
from gemensam.core.refusal import Refused
from gemensam.ledger.drafts import list_drafts
from gemensam.picture.lists import Lists
from gemensam.picture.readers import reader_list
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, may, signed_in
from gemensam.web.answering import answered, go_on, pressed, there
from gemensam.web.page import SpacePage


@signed_in
@require_GET
def show_conferences(request: Request, space: str) -> HttpResponseBase:
    """The conferences to come and those that have been."""
    page = page_of(request, space)

    def draw() -> HttpResponse:
        found, speech = list_conferences(page.lens, space, page.moment), speech_of(page)
        context = {
            "coming": [_row(each, page, speech) for each in found.coming],
            "past": [_row(each, page, speech) for each in found.past],
            "proposal": found.proposal if page.may("lead") else None,
            "proposed": speech.lists.word("agendas", found.proposal.agenda) if found.proposal else "",
        }
        return pages.render(request, "coordination/conferences.html", context)

    return pages.conditional(request, page.key("conferences"), draw)


def _row(found: Held, page: SpacePage, speech: Speech) -> dict[str, Any]:
    roll = roll_call(found.data, participants(page.lens.directory, page.info))
    return {
        "subject": found.thing.subject,
        "title": told(found.data) or speech.lists.word("agendas", found.data.agenda),
        "data": found.data,
        "status": found.status,
        "status_words": str(labels.CONFERENCE[found.status]),
        "owner": speech.organisation(found.thing.organisation),
        "roll": roll,
        "agreements": page.state.size("agreements_of", found.thing.subject),
    }


@may("lead")
@require_http_methods(["GET", "POST"])
def call_conference(request: Request, space: str) -> HttpResponse:
    """Call a conference from a template."""
    page = writable(request, space)
    form = _call_form(page, request.POST if request.method == "POST" else None)
    context = {"form": form, "readers": reader_list(page.lens, space)}

    def write() -> HttpResponse:
        receipt = commands.call_conference(page.lens, space, form.content(), sent=sent_of(request))
        done = _("The conference is called. It stands in the to-do list of those it is for.")
        return go_on(request, done, there(space, f"conferences/{receipt.subject}/"))

    return answered(request, "coordination/conference_call.html", context, write)


def _call_form(page: SpacePage, data: Any) -> CallForm:
    initial: dict[str, Any] = {}
    if data is None:
        found = commands.next_content(page.lens, page.space) or {}
        initial = {**initial_plan(found), "agenda": found.get("agenda", ""), "series": found.get("series", "")}
        initial = {**_usual_roles(page), **initial}
    return CallForm(
        data, lists=Lists(page.lens.directory, page.state), functions=function_groups(page), initial=initial
    )


def _usual_roles(page: SpacePage) -> dict[str, str]:
    items = Lists(page.lens.directory, page.state).items("conference_roles")
    return {f"role_{item['code']}": item.get("usual_function") or "" for item in items}


@may("lead")
@require_POST
def call_next(request: Request, space: str) -> HttpResponseRedirect:
    """Call the next conference by the takt in force, in one press."""
    page = writable(request, space)
    found = proposal(page.lens, page.state)
    if found is None or request.POST.get("starts_at") != str(found.starts_at):
        # Somebody has called it meanwhile, or the takt has changed: what was pressed is no longer what would be called.
        raise Refused("moved", last="", based_on="")
    receipt = commands.call_next(page.lens, space, sent=sent_of(request))
    messages.success(request, _("The conference is called. It stands in the to-do list of those it is for."))
    return there(space, f"conferences/{receipt.subject}/")


@signed_in
@require_GET
def show_conference(request: Request, space: str, subject: str) -> HttpResponseBase:
    """One conference: what is spoken of, the roll call, the agenda with its notes, needs and agreements."""
    page = page_of(request, space)
    find_conference(page.lens, space, subject, page.moment)

    def draw() -> HttpResponse:
        return draw_conference(request, page, get_conference(page.lens, space, subject, page.moment))

    return pages.conditional(request, page.key("conference", subject, drafts_of(page)), draw)


def drafts_of(page: SpacePage) -> list[tuple[object, ...]]:
    """Return which drafts of the own organisation a page shows, for its key."""
    return [(each.purpose, each.subject, each.version) for each in list_drafts(page.lens, page.space)]


def draw_conference(
    request: Request, page: SpacePage, shown: Conference, *, status: int = 200, place: str = "", **more: Any
) -> HttpResponse:  # fmt: skip
    """Draw the page of a conference, or at `desk/` the secretary's."""
    context = {**conference_context(page, shown), "place": place, **more}
    template = "coordination/desk.html" if place == DESK else "coordination/conference.html"
    return pages.render(request, template, context, status=status)


@signed_in
@require_GET
def show_desk(request: Request, space: str, subject: str) -> HttpResponseBase:
    """The secretary's desk: every point's note open, the roll call to tick, and what is decided."""
    page = writable(request, space)
    found = find_conference(page.lens, space, subject, page.moment)
    if not may_record(page.lens, found.thing.organisation):
        raise Refused("not_permitted", permission="record")

    def draw() -> HttpResponse:
        return draw_conference(request, page, get_conference(page.lens, space, subject, page.moment), place=DESK)

    return pages.conditional(request, page.key("conference_desk", subject, drafts_of(page)), draw)


@signed_in
@require_GET
def show_wall(request: Request, space: str, subject: str) -> HttpResponseBase:
    """The conference for all in a room to read: large, without controls, following the leader."""
    page = page_of(request, space)
    find_conference(page.lens, space, subject, page.moment)

    def draw() -> HttpResponse:
        context = wall_context(page, get_conference(page.lens, space, subject, page.moment))
        return pages.render(request, "coordination/wall.html", context)

    return pages.conditional(request, page.key("conference_wall", subject), draw)


@signed_in
@require_GET
def show_after(request: Request, space: str, subject: str) -> HttpResponseBase:
    """What a conference has changed for the reader's own organisation, on one page."""
    page = page_of(request, space)
    held, own = find_conference(page.lens, space, subject, page.moment), page.lens.principal.organisation

    def draw() -> HttpResponse:
        return pages.render(request, "coordination/after.html", after_context(page, held, speech_of(page)))

    return pages.conditional(request, page.key("conference_after", subject, own), draw)


@signed_in
@require_http_methods(["GET", "POST"])
def change_conference(request: Request, space: str, subject: str) -> HttpResponse:
    """Give the conference a new time, dial-in or roles; or cancel it."""
    page = writable(request, space)
    shown = get_conference(page.lens, space, subject, page.moment)
    if not leads(page.lens, shown.thing):
        raise Refused("not_permitted", permission="lead")
    form = _change_form(page, shown, request.POST if request.method == "POST" else None)
    context = {
        "form": form, "reason_form": ReasonForm(prefix="cancel"), "conference": shown, "title": told(shown.data),
        "seen": shown.data.terms, "cancellable": shown.status == "called", "stands": _words(shown),
    }  # fmt: skip

    def write() -> HttpResponse:
        commands.change_conference(page.lens, space, subject, form.content(), sent=sent_of(request))
        return go_on(request, _("The conference is changed."), there(space, f"conferences/{subject}/"))

    return answered(request, "coordination/conference_change.html", context, write)


def _words(shown: Conference) -> str:
    """Return the terms in force in one line, for who wrote without having seen them."""
    dial_in = shown.terms.get("dial_in", {})
    parts = [times.clock(shown.data.starts_at, times.now()), dial_in.get("primary", ""), dial_in.get("reserve", "")]
    return " · ".join(part for part in parts if part)


def _change_form(page: SpacePage, shown: Conference, data: Any) -> ChangeForm:
    lists = Lists(page.lens.directory, page.state)
    terms = {"length_min": shown.data.length_min, **shown.terms, "starts_at": shown.data.starts_at}
    return ChangeForm(data, lists=lists, functions=function_groups(page), initial=initial_plan(terms))


@signed_in
@require_POST
def cancel_conference(request: Request, space: str, subject: str) -> HttpResponse:
    """Cancel a conference that has not been opened, with the reason."""
    page = writable(request, space)
    reason = request.POST.get("cancel-reason", "")
    return pressed(
        request, lambda: commands.cancel_conference(page.lens, space, subject, reason),
        _("The conference is cancelled."), there(space, f"conferences/{subject}/"),
    )  # fmt: skip


@signed_in
@require_POST
def open_conference(request: Request, space: str, subject: str) -> HttpResponse:
    """Open the conference."""
    page = writable(request, space)
    return pressed(
        request, lambda: commands.open_conference(page.lens, space, subject), _("The conference is open."),
        there(space, f"conferences/{subject}/"),
    )  # fmt: skip


@signed_in
@require_POST
def close_conference(request: Request, space: str, subject: str) -> HttpResponse:
    """Close the conference and go on to its minutes."""
    page = writable(request, space)
    text = request.POST.get("text", "")
    return pressed(
        request, lambda: commands.close_conference(page.lens, space, subject, text=text),
        _("The conference is closed. The minutes have written themselves: look through them and publish."),
        there(space, f"conferences/{subject}/minutes/"),
    )  # fmt: skip


@signed_in
@require_POST
def move_to(request: Request, space: str, subject: str) -> HttpResponse:
    """Go to a point of the agenda (leader or secretary)."""
    page = writable(request, space)
    point = request.POST.get("point", "")
    commands.move_to(page.lens, space, subject, point)
    return there(space, f"conferences/{subject}/{came_from(request)}", f"point-{point}")
