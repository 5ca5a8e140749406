"""A larm: sending one, its board and the wall, answers, the result as a table; and the banner on every page."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.activation import larm_commands
from gemensam.activation.alerting import Alert, dial_in
from gemensam.activation.areas import drawn_areas
from gemensam.activation.board_page import board_context, board_key, content_of
from gemensam.activation.domain.larms import SPACES
from gemensam.activation.domain.reading import larm_to_replace
from gemensam.activation.domain.simple import whole
from gemensam.activation.domain.targets import reached_by
from gemensam.activation.forms import TEL_ROOM, EnteredForm, LarmForm, NoteForm, ReasonForm, first_error
from gemensam.activation.larm_commands import Reply
from gemensam.activation.larm_tables import larm_table
from gemensam.activation.queries import LarmShown, ToAnswer, get_larm, larms_to_answer
from gemensam.activation.tried import rosters_of
from gemensam.activation.view_parts import sent_of, speech_of
from gemensam.activation.words import Speech
from gemensam.core.swedish import sort_key
from gemensam.ledger.noting import note_now
from gemensam.ledger.tables import csv_response
from gemensam.organisations.domain import members
from gemensam.organisations.names import in_language
from gemensam.picture.readers import reader_list
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, may, signed_in
from gemensam.web.answering import answered, pressed, there
from gemensam.web.page import SpacePage
from gemensam.web.parts import Part, live_part
from gemensam.web.returning import back_to
from gemensam.web.spaces import title_of

PREVIEW = "preview"
ROOM = {"tel": TEL_ROOM, "kod": 6}  # as long as the text that is sent has room for


@may("call")
@require_http_methods(["GET", "POST"])
def send(request: Request, space: str) -> HttpResponse:
    """Reach members with a prepared text."""
    page = pages.writable_page(request, space, SPACES)
    speech = speech_of(page)
    areas = [(each.kommunkod, each.short) for each in members(page.lens.directory) if each.kommunkod]
    drawn = drawn_areas(page)
    form = LarmForm(
        request.POST if request.method == "POST" else None, speech=speech, kind=page.info.kind, drawn=drawn,
        areas=sorted(areas, key=lambda each: sort_key(each[1])), initial=_initial(page),
    )  # fmt: skip
    context = {"form": form, "readers": reader_list(page.lens, space), "drawn": drawn}

    def write() -> HttpResponse:
        alert = form.alert(replaces=larm_to_replace(page.state, page.lens.now))
        if request.POST.get("act") == PREVIEW:
            return _preview(request, page, context, alert)
        receipt = larm_commands.send_larm(page.lens, space, alert, sent=sent_of(request))
        return there(space, f"larm/{receipt.subject}/")

    return answered(request, "activation/larm_form.html", context, write)


def _preview(request: Request, page: SpacePage, context: dict[str, Any], alert: Alert) -> HttpResponse:
    """Draw the form again with whom it would reach, before anybody is reached; raises `Refused` as `reached_by`."""
    target = {"kind": alert.target, "codes": list(alert.codes)}
    rosters, speech = rosters_of(page.lens) or page.lens.directory, speech_of(page)
    found = reached_by(page.lens.directory, rosters, target, page.lens.now)
    rows = [
        (speech.organisation(each.organisation), speech.function(each.functions[0]) if each.functions else "")
        for each in found
    ]
    everyone = sum(1 for _each in members(page.lens.directory))
    told = {"reached": rows, "everyone": everyone, "area": alert.area}
    return pages.render(request, "activation/larm_form.html", {**context, **told})


def _initial(page: SpacePage) -> dict[str, Any]:
    known = dial_in(page.lens, page.space)
    coming = [each.data.starts_at for each in page.state.group("conferences") if each.data.starts_at > page.lens.now]
    told: dict[str, Any] = {name: whole(known[name], room) for name, room in ROOM.items() if name in known}
    return {"words": page.title[:30], "conference_at": min(coming, default=None), **told}


@signed_in
@require_GET
def show_larm(request: Request, space: str, subject: str) -> HttpResponseBase:
    """The board of a larm, with what the reader may do."""
    return _draw(request, pages.space_page(request, space, SPACES), subject)


@signed_in
@require_GET
def show_wall(request: Request, space: str, subject: str) -> HttpResponseBase:
    """The board for a wall: read across a room, nothing to press."""
    page = pages.space_page(request, space, SPACES)
    shown = get_larm(page.lens, space, subject, page.moment)
    context = {"board": _board(page, shown), "subject": subject, "mark": shown.data.mark, **content_of(page, shown)}
    return pages.render(request, "activation/larm_wall.html", context)


@signed_in
@require_GET
@live_part
def board_part(request: Request, space: str, subject: str) -> Part:
    """The board alone, drawn once for all readers of the space; fetched anew at each signal."""
    page = pages.space_page(request, space, SPACES)
    return _board_of(page, get_larm(page.lens, space, subject, page.moment))


def _board(page: SpacePage, shown: LarmShown) -> SafeString:
    return _board_of(page, shown).fragment().text


def _board_of(page: SpacePage, shown: LarmShown) -> Part:
    def draw() -> str:
        context = {"page": page, **board_context(page, shown, speech_of(page))}
        return render_to_string("activation/_board.html", context)

    return Part(board_key(page, shown), draw)


def _draw(request: Request, page: SpacePage, subject: str, *, status: int = 200, **more: Any) -> HttpResponse:
    shown, speech = get_larm(page.lens, page.space, subject, page.moment), speech_of(page)
    own = page.lens.principal.organisation
    context = {
        "larm": shown, "board": _board(page, shown), "subject": subject,
        "name": speech.word("alert_texts", shown.data.text),
        "sender": speech.organisation(shown.thing.organisation), "codes": answer_codes(speech, shown.data.codes),
        "mine": _mine(page, shown), "is_owner": shown.thing.organisation == own and page.may("call"),
        "entered_form": _entered_form(page, shown, None), "note_form": NoteForm(), "reason_form": ReasonForm(),
        "can_enter": shown.is_active and not page.readonly and bool(_answerable(page, shown)),
        "follow_ups": _follow_ups(page, shown),
        "waits_until": shown.data.begins_at if shown.data.begins_at > page.moment.at else 0,
        **content_of(page, shown), **more,
    }  # fmt: skip
    return pages.render(request, "activation/larm.html", context, status=status)


def answer_codes(speech: Speech, codes: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the answers that a larm offers, with their words."""
    return [{**item, "words": in_language(item)} for item in speech.items("alert_answers") if item["code"] in codes]


def _mine(page: SpacePage, shown: LarmShown) -> dict[str, Any] | None:
    """Return how the reader's own function stands in a larm; None where it is not for it."""
    function = page.lens.principal.function
    if not any(function in member.functions for member in shown.data.members):
        return None
    given = [each for each in shown.data.answers if each.function == function]
    return {"answered": given[-1] if given else None, "can_answer": shown.is_active and not page.readonly}


def _answerable(page: SpacePage, shown: LarmShown) -> list[str]:
    """Return the members whose answers the reader may enter: its own, or all where it may enter for others."""
    everyone = [each.organisation for each in shown.data.members]
    if page.may("report_for_others"):
        return everyone
    return [each for each in everyone if each == page.lens.principal.organisation]


def _entered_form(page: SpacePage, shown: LarmShown, data: Any) -> EnteredForm:
    speech = speech_of(page)
    codes = [(each["code"], each["words"]) for each in answer_codes(speech, shown.data.codes)]
    return EnteredForm(data, functions=speech.function_choices(_answerable(page, shown)), codes=codes)


def _follow_ups(page: SpacePage, shown: LarmShown) -> list[str]:
    told = page.lens.payloads(page.space, list(shown.data.follow_ups))
    return [str((told.get(each) or {}).get("note", "")) for each in shown.data.follow_ups]


@signed_in
@require_POST
def answer(request: Request, space: str, subject: str) -> HttpResponse:
    """Answer for the own function in one press, from any page."""
    page = pages.writable_page(request, space, SPACES)
    from_at = request.POST.get("from_at", "").strip()
    reply = Reply(request.POST.get("code", "")[:2], times.parse(from_at) if from_at else 0)
    return pressed(
        request, lambda: larm_commands.answer_larm(page.lens, space, subject, reply, sent=sent_of(request)),
        _("Your answer has come in. You can change it by answering again."),
        back_to(request, f"/spaces/{space}/larm/{subject}/"),
    )  # fmt: skip


@signed_in
@require_POST
def enter_answer(request: Request, space: str, subject: str) -> HttpResponse:
    """Enter what somebody answered by telephone."""
    page = pages.writable_page(request, space, SPACES)
    shown = get_larm(page.lens, space, subject, page.moment)
    form = _entered_form(page, shown, request.POST)
    if not form.is_valid():
        return _draw(request, page, subject, status=422, entered_form=form, refusal=first_error(form))
    given = form.cleaned_data
    thing = page.lens.directory.thing(given["function"])
    reply = Reply(given["code"], given["from_at"] or 0, given["function"], thing.organisation if thing else "")
    return pressed(
        request, lambda: larm_commands.enter_answer(page.lens, space, subject, reply, sent=sent_of(request)),
        _("The answer is entered."), there(space, f"larm/{subject}/"),
    )  # fmt: skip


@may("call")
@require_POST
def follow_up(request: Request, space: str, subject: str) -> HttpResponse:
    """Say more to those who were reached."""
    page = pages.writable_page(request, space, SPACES)
    note = request.POST.get("note", "")
    return pressed(
        request, lambda: larm_commands.follow_up(page.lens, space, subject, note, sent=sent_of(request)),
        _("It stands on the board."), there(space, f"larm/{subject}/"),
    )  # fmt: skip


@may("call")
@require_POST
def cancel(request: Request, space: str, subject: str) -> HttpResponse:
    """Stop a larm that was wrong."""
    page = pages.writable_page(request, space, SPACES)
    reason = request.POST.get("reason", "")
    return pressed(
        request, lambda: larm_commands.cancel_larm(page.lens, space, subject, reason, sent=sent_of(request)),
        _("The alert is cancelled. Whoever it had reached is told so."), there(space, f"larm/{subject}/"),
    )  # fmt: skip


@may("call")
@require_POST
def end(request: Request, space: str, subject: str) -> HttpResponse:
    """End a larm and keep its result."""
    page = pages.writable_page(request, space, SPACES)
    return pressed(
        request, lambda: larm_commands.end_larm(page.lens, space, subject, sent=sent_of(request)),
        _("The alert is ended. Its result is kept."), there(space, f"larm/{subject}/"),
    )  # fmt: skip


@signed_in
@require_GET
def larm_csv(request: Request, space: str, subject: str) -> StreamingHttpResponse:
    """The result as a table; its mark stands on the first line and on each."""
    page = pages.space_page(request, space, SPACES)
    shown = get_larm(page.lens, space, subject, page.moment)
    note_now(page.lens.principal, "export", space=space, detail={"what": "larm", "format": "csv"})
    head, rows = larm_table(page, shown, speech_of(page))
    name = pgettext("file name", "alert")
    return csv_response(f"{shown.data.mark} {name}-{page.title}", head, rows, [shown.data.mark, page.title])


@signed_in
@require_GET
@live_part
def banner(request: Request) -> Part:
    """The larm that the reader's own function is to answer, for the top of every page; empty where there is none."""
    lens = request.lens
    found = list(larms_to_answer(lens))
    seen = tuple((each.info.id, each.thing.last) for each in found)
    stands = (lens.principal.function, seen, lens.directory.position, lens.now // times.MINUTE, get_language())

    def draw() -> str:
        shown = {"larms": [_banner(request, each) for each in found], "now": lens.now}
        return render_to_string("activation/_banner.html", shown)

    return Part(("larm_banner", *stands), draw)


def _banner(request: Request, each: ToAnswer) -> dict[str, Any]:
    lens = request.lens
    speech = Speech(lens.directory, lens.state(each.info.id))
    told = lens.payloads(each.info.id, [each.data.content]).get(each.data.content) or {}
    fields = told.get("fields") or {}
    return {
        "space": each.info.id, "subject": each.thing.subject, "title": title_of(lens, each.info),
        "mark": each.data.mark,
        "name": speech.word("alert_texts", each.data.text), "words": fields.get("handelse", ""),
        "conference": fields.get("konf", ""), "sent_at": each.data.sent_at, "call": each.data.call,
        "sender": speech.organisation(each.thing.organisation), "codes": answer_codes(speech, each.data.codes),
        "assesses": each.data.purpose == "assess",
    }  # fmt: skip
