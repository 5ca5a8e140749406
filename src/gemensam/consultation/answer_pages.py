"""Answering a remiss in the program, entering what came to the joint office, and the yttrande with its synpunkter."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.consultation import commands
from gemensam.consultation.domain.answers import Answer
from gemensam.consultation.domain.lines import quoted
from gemensam.consultation.domain.rules import ANSWER, GOVERN
from gemensam.consultation.forms import AnswerForm, OfficeAnswerForm, ViewForm, paragraph_choices
from gemensam.consultation.queries import Remiss, answer_content, get_remiss, lines_of, list_views
from gemensam.consultation.rows import how, member_row, view_row
from gemensam.consultation.view_parts import Row, Speech, keep_files, own_page, sent_of, to_remiss, writable
from gemensam.consultation.views import about
from gemensam.coordination.sending import Entered
from gemensam.core.refusal import Refused
from gemensam.ledger.ids import uuid7
from gemensam.picture.readers import reader_list
from gemensam.rosters.domain.local import instant
from gemensam.web import labels
from gemensam.web import page as pages
from gemensam.web.access import Request, may, require, signed_in
from gemensam.web.answering import answered, pressed
from gemensam.web.page import SpacePage

FORM = "consultation/answer_form.html"
NOON = 12 * 60


@may(ANSWER)
@require_http_methods(["GET", "POST"])
def answer(request: Request, space: str, subject: str) -> HttpResponse:
    """Answer for the own organisation; *inget att erinra* comes here in one press, without any more."""
    page = writable(request, space)
    remiss, speech = get_remiss(page.lens, space, subject, page.moment), Speech(page)
    before = remiss.data.answer(page.lens.principal.organisation)
    form = AnswerForm(_posted(request), lists=speech.lists, initial=_initial(page, before))
    context = {
        **about(page, remiss, speech), "form": form, "key": request.POST.get("key") or uuid7(),
        "seen": before.digest if before is not None else "", "before": before is not None,
        "readers": reader_list(page.lens, space),
    }  # fmt: skip

    def write() -> HttpResponse:
        files = keep_files(page.lens, space, request, ANSWER)
        content = {**form.content(), "files": [*_files(page, before, request), *files]}
        commands.answer_remiss(page.lens, space, subject, content, sent=sent_of(request))
        return to_remiss(space, subject, f"answers/{page.lens.principal.organisation}/")

    return answered(request, FORM, context, write)


def _posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _initial(page: SpacePage, before: Answer | None) -> dict[str, Any]:
    """What was answered before, to be changed."""
    if before is None:
        return {}
    said = answer_content(page.lens, page.space, before.digest)
    follows = {True: "yes", False: "no"}.get(said.get("political_follows"), "")  # type: ignore[arg-type]
    names = ("answer", "reason", "text", "body", "decided_on", "diary")
    return {**{name: said.get(name, "") for name in names}, "political_follows": follows}


def _files(page: SpacePage, before: Answer | None, request: Request) -> list[Mapping[str, Any]]:
    """The documents that came with the earlier answer stay with it when only words are changed."""
    if before is None or request.FILES.getlist("documents"):
        return []
    return list(answer_content(page.lens, page.space, before.digest).get("files", ()))


@may(GOVERN)
@require_http_methods(["GET", "POST"])
def enter_answer(request: Request, space: str, subject: str) -> HttpResponse:
    """Enter the answer that a member has sent: its own document, kept unchanged."""
    page = writable(request, space)
    remiss, speech = get_remiss(page.lens, space, subject, page.moment), Speech(page)
    asked = [(member, speech.organisation(member)) for member in remiss.data.members]
    initial = {"organisation": request.GET.get("for", ""), "via": "epost"}
    form = OfficeAnswerForm(_posted(request), lists=speech.lists, members=asked, initial=initial)
    context = {
        **about(page, remiss, speech), "form": form, "key": request.POST.get("key") or uuid7(), "for_other": True,
        "readers": reader_list(page.lens, space),
    }  # fmt: skip

    def write() -> HttpResponse:
        given = form.cleaned_data
        content = {**form.content(), "files": keep_files(page.lens, space, request, GOVERN)}
        entered = Entered(given["organisation"], given["via"], _came_at(given["came_on"], page.lens.now))
        commands.answer_remiss(page.lens, space, subject, content, sent=sent_of(request, entered))
        return to_remiss(space, subject, f"answers/{given['organisation']}/")

    return answered(request, FORM, context, write)


def _came_at(day: str, now: int) -> int | None:
    """The middle of the day on which it came, or now where that has not come yet."""
    return min(instant(date.fromisoformat(day), NOON), now) if day else None


# The yttrande ---------------------------------------------------------------------------------------------------


@signed_in
@require_GET
def show_yttrande(request: Request, space: str, subject: str, member: str) -> HttpResponse:
    """A member's answer: its yttrande in numbered lines, the synpunkter marked in it, and its earlier answers."""
    page, speech = own_page(request, space)
    return _draw(request, page, get_remiss(page.lens, space, subject, page.moment), (member, speech))


def _draw(
    request: Request, page: SpacePage, remiss: Remiss, of: tuple[str, Speech], *, status: int = 200, **more: Any
) -> HttpResponse:
    member, speech = of
    standing = next((each for each in remiss.rows if each.member == member), None)
    if standing is None or standing.answer is None:
        raise Refused("not_found")
    said = answer_content(page.lens, page.space, standing.answer.digest)
    file = _chosen_file(request, said)
    told, unread = _lines(page, said, file)
    views = [each for each in list_views(page.lens, page.state, remiss.thing) if each.thing.organisation == member]
    context = {
        **about(page, remiss, speech), "row": member_row(standing, speech, said), "said": said, "lines": told,
        "unread": unread, "file": file, "digest": standing.answer.digest, "key": uuid7(),
        "earlier": [_earlier(each, speech) for each in reversed(standing.earlier)],
        "views": [view_row(each, speech) for each in views], "form": _view_form(page, remiss, speech),
        "may_mark": may_mark(page, remiss, member) and bool(told), "base_url": page.path, **more,
    }  # fmt: skip
    return pages.render(request, "consultation/yttrande.html", context, status=status)


def may_mark(page: SpacePage, remiss: Remiss, member: str) -> bool:
    """Whether to offer to mark synpunkter: the member itself, and the joint office whose remiss it is."""
    own = page.lens.principal.organisation
    return (own == member and page.may(ANSWER)) or (own == remiss.thing.organisation and page.may(GOVERN))


def _chosen_file(request: Request, said: Mapping[str, Any]) -> str:
    """The file that the address names, else the first one where nothing was written as text."""
    known = [each["digest"] for each in said.get("files", ())]
    named = request.POST.get("file", "") or request.GET.get("file", "")
    if named in known:
        return str(named)
    return "" if said.get("text") or said.get("reason") or not known else str(known[0])


def _lines(page: SpacePage, said: Mapping[str, Any], file: str) -> tuple[Any, str]:
    """The lines, and why there are none where a file cannot be read."""
    try:
        return lines_of(page.lens, page.space, said, file), ""
    except Refused as refused:
        return (), labels.words(refused)


def _earlier(each: Answer, speech: Speech) -> Row:
    return {"answer": speech.answer(each.code), "at": each.at, "how": how(each, speech)}


def _view_form(page: SpacePage, remiss: Remiss, speech: Speech, data: Any = None) -> ViewForm:
    return ViewForm(data, lists=speech.lists, paragraphs=paragraph_choices(remiss.sections))


@signed_in
@require_POST
def mark_view(request: Request, space: str, subject: str, member: str) -> HttpResponse:
    """Make a synpunkt of some lines of a yttrande, or of the words that were marked in them."""
    page = writable(request, space)
    remiss, speech = get_remiss(page.lens, space, subject, page.moment), Speech(page)
    require(request, ANSWER if member == page.lens.principal.organisation else GOVERN)
    form = _view_form(page, remiss, speech, request.POST)
    if not form.is_valid():
        return _draw(request, page, remiss, (member, speech), status=422, form=form)
    file = request.POST.get("file", "")[:64]
    where = to_remiss(space, subject, f"answers/{member}/" + (f"?file={file}" if file else ""), "views")

    def act() -> None:
        content = _view_content(page, form.cleaned_data, request.POST.get("answer", "")[:64], file)
        own = member == page.lens.principal.organisation
        sent = sent_of(request, Entered() if own else Entered(member))
        commands.mark_view(page.lens, space, subject, content, sent=sent)

    return pressed(request, act, _("The synpunkt is marked."), where)


def _view_content(page: SpacePage, given: Mapping[str, Any], digest: str, file: str) -> dict[str, Any]:
    said = answer_content(page.lens, page.space, digest)
    quote, on_page = quoted(
        lines_of(page.lens, page.space, said, file), given["line_from"], given["line_to"], given["quote"]
    )
    names = ("paragraph", "kind", "note", "line_from", "line_to")
    return {**{name: given[name] for name in names}, "quote": quote, "page": on_page, "answer": digest, "file": file}
