"""A working group's pages: the text with its comments, what each revision changed, writing one, and lifting one."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.core.refusal import Refused
from gemensam.objectives import draft_commands as commands
from gemensam.objectives.domain.difference import compare, numbered, summary
from gemensam.objectives.domain.texts import Section, typed
from gemensam.objectives.draft_queries import (
    CommentShown,
    RevisionShown,
    get_revision,
    list_comments,
    list_revisions,
    may_write,
    read_revision,
)
from gemensam.objectives.forms import AnswerForm, CommentForm, LiftForm, RevisionForm
from gemensam.objectives.shown import Words
from gemensam.objectives.view_parts import group_page, sent_of, writable
from gemensam.objectives.vision_views import read_parts
from gemensam.picture.readers import reader_list
from gemensam.web import page as pages
from gemensam.web.access import Request, may, require, signed_in
from gemensam.web.answering import answered, go_on, pressed, there
from gemensam.web.page import SpacePage


@signed_in
@require_GET
def draft(request: Request, space: str) -> HttpResponse:
    """The revision in force with its comments, and the earlier ones."""
    page = group_page(request, space)
    return _draw_draft(request, page)


def _draw_draft(request: Request, page: SpacePage, *, form: CommentForm | None = None) -> HttpResponse:
    words, found = Words(page), list_revisions(page.lens, page.space, page.moment)
    latest = read_revision(page.lens, page.space, found[0]) if found else None
    sections = latest.sections if latest is not None else ()
    rows = [_comment_row(each, sections, words) for each in list_comments(page.lens, page.space, page.moment)]
    writes = not page.readonly and may_write(page.lens)
    context = {
        "latest": latest, "revisions": [(thing, words.speech.function(thing.data.function)) for thing in found],
        "parts": read_parts(sections, words), "comments": _by_paragraph(rows), "open_count": _open(rows),
        "elsewhere": [row for row in rows if not row["place"]], "writes": writes, "lifts": page.may("govern"),
        "comment_form": (form or _comment_form(sections)) if writes and sections else None, "form": form,
    }  # fmt: skip
    return pages.render(request, "objectives/draft.html", context, status=422 if form is not None else 200)


def _comment_row(shown: CommentShown, sections: tuple[Section, ...], words: Words) -> dict[str, Any]:
    places = numbered(sections)
    return {
        "shown": shown, "subject": shown.thing.subject, "place": places.get(shown.data.paragraph, ""),
        "who": words.organisation(shown.thing.organisation),
        "answers": [(words.organisation(each.organisation), each) for each in shown.answers],
        "acts": dict.fromkeys(shown.acts, True),
    }  # fmt: skip


def _by_paragraph(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row["place"]:
            found.setdefault(row["shown"].data.paragraph, []).append(row)
    return found


def _open(rows: list[dict[str, Any]]) -> int:
    return sum(1 for row in rows if row["shown"].is_open)


def _comment_form(sections: tuple[Section, ...], data: Any = None) -> CommentForm:
    form, places = CommentForm(data), numbered(sections)
    form.fields["paragraph"].choices = [  # type: ignore[attr-defined]
        choice
        for section in sections
        for choice in (
            (section.code, f"{places[section.code]} {section.heading}"),
            *((one.code, f"{places[one.code]} {one.text[:60]}") for one in section.paragraphs),
        )
    ]
    return form


@signed_in
@require_GET
def revision(request: Request, space: str, subject: str) -> HttpResponse:
    """One revision, and what it changed from the one before."""
    page = group_page(request, space)
    found, words = get_revision(page.lens, space, subject, page.moment), Words(page)
    before = _before(page, found)
    changes = compare(before.sections, found.sections) if before is not None else ()
    context = {
        "revision": found, "before": before, "changes": changes, "summary": summary(changes),
        "by": words.speech.function(found.thing.data.function), "parts": read_parts(found.sections, words),
        "lifts": page.may("govern"),
    }  # fmt: skip
    return pages.render(request, "objectives/revision.html", context)


def _before(page: SpacePage, found: RevisionShown) -> RevisionShown | None:
    things = list_revisions(page.lens, page.space, page.moment)
    earlier = [thing for thing in things if thing.created_clock < found.thing.created_clock]
    return read_revision(page.lens, page.space, earlier[0]) if earlier else None


@signed_in
@require_http_methods(["GET", "POST"])
def write(request: Request, space: str) -> HttpResponse:
    """Write a new revision of the whole text; where another came between, both are shown."""
    page = writable(group_page(request, space))
    if not may_write(page.lens):
        require(request, "plan")
    words, latest = Words(page), _latest(page)
    parts = words.lists.choices("vision_parts")
    sections = latest.sections if latest is not None else ()
    initial = {f"part_{code}": typed(sections, code) for code, _word in parts}
    initial["title"] = latest.thing.data.title if latest is not None else page.title
    form = RevisionForm(request.POST if request.method == "POST" else None, parts=parts, initial=initial)
    context = {
        "form": form, "latest": latest, "readers": reader_list(page.lens, space),
        "seen": latest.thing.data.content if latest is not None else "", "stands": read_parts(sections, words),
    }  # fmt: skip

    def act() -> HttpResponse:
        given = form.cleaned_data
        text = commands.Typed(given["title"], form.written(), given["changed"])
        commands.write_revision(page.lens, space, text, sent=sent_of(request))
        return go_on(request, _("The revision is written. It is the one in force now."), there(space, "draft/"))

    return answered(request, "objectives/revision_form.html", context, act)


def _latest(page: SpacePage) -> RevisionShown | None:
    found = list_revisions(page.lens, page.space, page.moment)
    return read_revision(page.lens, page.space, found[0]) if found else None


@signed_in
@require_POST
def comment(request: Request, space: str, subject: str) -> HttpResponse:
    """Comment on a paragraph of a revision."""
    page = writable(group_page(request, space))
    found = get_revision(page.lens, space, subject, page.moment)
    form = _comment_form(found.sections, request.POST)
    if not form.is_valid():
        return _draw_draft(request, page, form=form)
    remark = (form.cleaned_data["paragraph"], form.cleaned_data["text"])
    return pressed(
        request, lambda: commands.comment(page.lens, space, subject, remark, sent=sent_of(request)),
        _("The comment stands at the paragraph."), there(space, "draft/", remark[0]),
    )  # fmt: skip


@signed_in
@require_POST
def say_of_comment(request: Request, space: str, subject: str) -> HttpResponse:
    """Answer a comment, say that it has been seen to, or resolve, reopen or withdraw one's own."""
    page, form = writable(group_page(request, space)), AnswerForm(request.POST)
    if not form.is_valid():
        raise Refused("bad_request")
    word = (form.cleaned_data["verb"], form.cleaned_data["text"])
    return pressed(
        request, lambda: commands.say_of_comment(page.lens, space, subject, word, sent=sent_of(request)),
        _("It stands with the comment."), there(space, "draft/", f"comment-{subject}"),
    )  # fmt: skip


@may("govern")
@require_http_methods(["GET", "POST"])
def lift(request: Request, space: str, subject: str) -> HttpResponse:
    """Post a revision anew in the period's own space, where the whole network reads it; its text is shown first."""
    page = writable(group_page(request, space))
    found, words, period = get_revision(page.lens, space, subject, page.moment), Words(page), page.info.parent
    form = LiftForm(request.POST if request.method == "POST" else None)
    form.fields["kind"].choices = words.lists.choices("vision_versions")  # type: ignore[attr-defined]
    context = {
        "form": form, "revision": found, "parts": read_parts(found.sections, words),
        "readers": reader_list(page.lens, period),
    }  # fmt: skip

    def act() -> HttpResponse:
        receipt = commands.lift_revision(page.lens, space, subject, form.cleaned_data["kind"], sent=sent_of(request))
        done = _("The version is published. The whole network reads it.")
        return go_on(request, done, there(period, f"vision/{receipt.subject}/"))

    return answered(request, "objectives/lift.html", context, act)
