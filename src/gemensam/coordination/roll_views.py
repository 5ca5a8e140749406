"""Taking part in a conference, and the notes of its points."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gemensam.coordination import commands
from gemensam.coordination.commands import Presence
from gemensam.coordination.conference_queries import find_conference, get_conference, may_record
from gemensam.coordination.conference_views import draw_conference
from gemensam.coordination.sending import Entered
from gemensam.coordination.view_parts import came_from, entered_of, sent_of, writable
from gemensam.core.refusal import Refused
from gemensam.organisations.domain import function
from gemensam.web.access import Request, signed_in
from gemensam.web.answering import pressed, there, told_in_form

NOTE_MAX = 20_000


@signed_in
@require_POST
def attend(request: Request, space: str, subject: str) -> HttpResponse:
    """The own organisation takes part, in one press; with other functions or for others when they are chosen."""
    page = writable(request, space)
    functions = request.POST.getlist("function") or [page.lens.principal.function]
    asked_whom = request.POST.get("represents") == "asked"
    presence = Presence(tuple(functions), tuple(request.POST.getlist("also_represents")), not asked_whom)
    return pressed(
        request, lambda: commands.attend(page.lens, space, subject, presence, sent=sent_of(request)),
        _("You are on the roll call."), there(space, f"conferences/{subject}/", "roll"),
    )  # fmt: skip


@signed_in
@require_POST
def leave(request: Request, space: str, subject: str) -> HttpResponse:
    """A function of the own organisation leaves the conference."""
    page = writable(request, space)
    named = request.POST.get("function", "")
    return pressed(
        request, lambda: commands.leave(page.lens, space, subject, function=named, sent=sent_of(request)),
        _("You have left the conference."), there(space, f"conferences/{subject}/", "roll"),
    )  # fmt: skip


@signed_in
@require_POST
def attend_for(request: Request, space: str, subject: str) -> HttpResponse:
    """The secretary enters an organisation that phones in, or that has left."""
    page = writable(request, space)
    chosen = request.POST.get("who", "")
    found = function(page.lens.directory, chosen)
    entered = _entered(request, found.organisation if found is not None else chosen, page.lens.principal.organisation)
    sent, where = sent_of(request, entered), there(space, f"conferences/{subject}/{came_from(request)}", "roll")
    if request.POST.get("left"):
        done = _("Entered: the organisation has left.")
        return pressed(request, lambda: commands.leave(page.lens, space, subject, sent=sent), done, where)
    presence = Presence((found.id,) if found is not None else ())
    done = _("Entered on the roll call.")
    return pressed(request, lambda: commands.attend(page.lens, space, subject, presence, sent=sent), done, where)


def _entered(request: Request, organisation: str, own: str) -> Entered:
    if not organisation:
        raise Refused("no_such_organisation", organisation="")
    told = entered_of(request, own)
    return Entered(at=told.at) if organisation == own else Entered(organisation, request.POST.get("via", ""), told.at)


@signed_in
@require_POST
def note_point(request: Request, space: str, subject: str, point: str) -> HttpResponse:
    """Write the note of a point; where somebody has written it meanwhile, both are shown."""
    page = writable(request, space)
    text = request.POST.get("text", "").replace("\r\n", "\n")
    try:
        commands.note_point(page.lens, space, subject, (point, text), sent=sent_of(request))
    except Refused as refused:
        words, status = told_in_form(refused)
        shown = get_conference(page.lens, space, subject, page.moment)
        conflict = {"point": point, "text": text, "words": words}
        return draw_conference(request, page, shown, status=status, place=came_from(request), conflict=conflict)
    return there(space, f"conferences/{subject}/{came_from(request)}", f"point-{point}")


@signed_in
@require_POST
def keep_note(request: Request, space: str, subject: str, point: str) -> HttpResponse:
    """Save what is being written of a point; it reaches nobody outside the organisation."""
    page = writable(request, space)
    found = find_conference(page.lens, space, subject, page.moment)
    if point not in {code for code, _writes in found.data.points}:
        raise Refused("unknown_point", value=point[:100])
    if not may_record(page.lens, found.thing.organisation):
        raise Refused("not_permitted", permission="record")
    text = request.POST.get("text", "").replace("\r\n", "\n")[:NOTE_MAX]
    commands.keep_note(page.lens, space, subject, point, text)
    return HttpResponse(status=204)
