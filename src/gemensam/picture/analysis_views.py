"""Gemensam analys: the members' answers to its questions side by side, and one's own to write (network model 9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gemensam.core.refusal import Refused
from gemensam.core.swedish import sort_key
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import append
from gemensam.ledger.noting import note_reading
from gemensam.ledger.reading import Lens
from gemensam.picture import queries
from gemensam.picture.domain.analysis import LIST, analyses, analysis_subject
from gemensam.picture.lists import Lists, told
from gemensam.picture.marking import is_mark, mark_choices, marks_by_entry
from gemensam.picture.readers import reader_list
from gemensam.web import labels
from gemensam.web import page as pages
from gemensam.web.access import Request, may, signed_in
from gemensam.web.page import SpacePage

TEXT_MAX = 2_000


@dataclass(frozen=True, slots=True)
class Said:
    """A member's answer to a question."""

    organisation: str
    text: str
    at: int
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what members have answered, and what stands in one's own form."""

    code: str
    title: str
    help: str
    answers: tuple[Said, ...]
    own: str


@dataclass(frozen=True, slots=True)
class Sent:
    """Answers as a form sends them. `circle`: the version of the readers seen; `last`: one's own last entry seen."""

    texts: Mapping[str, str]
    mark: str = ""
    circle: int | None = None
    last: str = ""
    key: str = ""


def answer_analysis(lens: Lens, space: str, sent: Sent) -> Receipt:
    """Write one's own answers. Raises `Refused`: see `domain.analysis`; `moved`, `readers_changed`."""
    answers = [{"code": code, "text": text} for code, text in sent.texts.items() if text.strip()]
    subject = analysis_subject(lens.principal.organisation)
    draft = Draft(
        "analysis.answered", space, subject, {"stated_at": lens.now, "answers": answers},
        marks=(sent.mark,) if sent.mark else (), circle_seen=sent.circle, based_on=sent.last or None,
    )  # fmt: skip
    return append(lens.principal, [draft], key=sent.key)[0]


@signed_in
@require_http_methods(["GET", "POST"])
def analysis(request: Request, space: str) -> HttpResponse:
    """The questions with all answers; for who may report, the form for the own ones."""
    page = pages.space_page(request, space, queries.KINDS_WITH_PICTURE)
    if request.method == "POST":
        return _answer(request, page)
    note_reading(page.lens.principal, space, page.lens.rows(space, [one.data.content for one in analyses(page.state)]))
    return _drawn(request, page, {})


def _answer(request: Request, page: SpacePage) -> HttpResponse:
    page.require_now()
    texts = {
        name.removeprefix("answer:"): request.POST.get(name, "") for name in request.POST if name.startswith("answer:")
    }
    circle, mark = request.POST.get("circle", ""), request.POST.get("mark", "")[:40]
    if not is_mark(Lists(page.lens.directory, page.state), mark):
        raise Refused("bad_request")
    sent = Sent(
        texts, mark, int(circle) if circle.isdecimal() else None, request.POST.get("last", "")[:100],
        request.POST.get("key", "")[:100],
    )  # fmt: skip
    try:
        answer_analysis(page.lens, page.space, sent)
    except Refused as refused:
        if refused.code == "not_permitted":
            raise
        return _drawn(request, page, texts, mark=mark, refused=refused)
    messages.success(request, _("Your answers are published."))
    return HttpResponseRedirect(f"/spaces/{page.space}/analysis/")


@may("report")
@require_POST
def withdraw(request: Request, space: str) -> HttpResponse:
    """Take back one's own answers, with a reason."""
    page = pages.space_page(request, space)
    page.require_now()
    reason = {"reason": request.POST.get("reason", "")}
    subject = analysis_subject(page.lens.principal.organisation)
    append(page.lens.principal, [Draft("analysis.withdrawn", space, subject, reason)])
    messages.success(request, _("Your answers are taken back."))
    return HttpResponseRedirect(f"/spaces/{space}/analysis/")


def _drawn(
    request: Request, page: SpacePage, written: Mapping[str, str], *, mark: str = "", refused: Refused | None = None
) -> HttpResponse:
    lists = Lists(page.lens.directory, page.state)
    own = next((one for one in analyses(page.state) if one.organisation == page.lens.principal.organisation), None)
    context: dict[str, Any] = {
        "questions": _questions(page, lists, written, is_new=refused is None),
        "own": own,
        "mark": mark,
        "marks": mark_choices(lists),
        "readers": reader_list(page.lens, page.space),
        "may_answer": page.may("report"),
        "error": labels.words(refused) if refused is not None else "",
        "answered": len(analyses(page.state)),
    }
    status = labels.status_of(refused.code) if refused is not None else 200
    return pages.render(request, "picture/analysis.html", context, status=status)


def _questions(page: SpacePage, lists: Lists, written: Mapping[str, str], *, is_new: bool) -> list[Question]:
    found = sorted(analyses(page.state), key=lambda one: sort_key(lists.organisation(one.organisation)))
    digests = [one.data.content for one in found]
    texts, marks = page.lens.payloads(page.space, digests), marks_by_entry(page.lens, page.space, digests)
    said: dict[str, list[Said]] = {}
    mine: dict[str, str] = {}
    for thing in found:
        digest = thing.data.content
        for answer in (texts.get(digest) or {}).get("answers", ()):
            name = lists.organisation(thing.organisation)
            said.setdefault(answer["code"], []).append(
                Said(name, answer["text"], thing.data.stated_at, marks.get(digest, ()))
            )
            if thing.organisation == page.lens.principal.organisation:
                mine[answer["code"]] = answer["text"]
    own = mine if is_new else written
    return [
        Question(one["code"], told(one), told(one, "help"), tuple(said.get(one["code"], ())), own.get(one["code"], ""))
        for one in sorted(lists.items(LIST), key=lambda item: int(item.get("order", 0)))
    ]
