"""Common questions: the list, asking one, saying *vi också*, and the one answer for all who ask."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.coordination import question_commands as commands
from gemensam.coordination.conference_queries import find_conference, may_speak
from gemensam.coordination.domain.questions import ASKED
from gemensam.coordination.forms import AnswerForm, QuestionForm, ReasonForm
from gemensam.coordination.question_queries import QuestionShown, get_question, list_questions
from gemensam.coordination.rows import Row, question_row
from gemensam.coordination.view_parts import (
    about_thing,
    came_from,
    conference_named,
    entered_of,
    list_page,
    page_of,
    sent_of,
    speech_of,
    voice_form,
    writable,
)
from gemensam.picture.readers import reader_list
from gemensam.web import page as pages
from gemensam.web.access import Request, require, signed_in
from gemensam.web.answering import answered, pressed, there
from gemensam.web.page import SpacePage

ANSWER = "answer"  # two reasons may be asked for on one page


@signed_in
@require_GET
def show_questions(request: Request, space: str) -> HttpResponseBase:
    """The questions that wait for an answer first, then those that are answered or withdrawn."""
    page = page_of(request, space)

    def rows() -> list[Row]:
        speech, own = speech_of(page), page.lens.principal.organisation
        return [question_row(each, speech, own) for each in list_questions(page.lens, space, page.moment)]

    return list_page(page, request, "questions", rows)


@signed_in
@require_http_methods(["GET", "POST"])
def ask_question(request: Request, space: str) -> HttpResponse:
    """Ask a question of the own organisation, or enter one that another asked by telephone."""
    page = writable(request, space)
    if not may_speak(page.lens):
        require(request, "report")
    form = voice_form(QuestionForm, page, request.POST if request.method == "POST" else None)
    conference = conference_named(request, page)
    context = {
        "form": form, "readers": reader_list(page.lens, space), "conference": conference,
        "before": [each for each in list_questions(page.lens, space, page.moment) if each.status == ASKED],
    }  # fmt: skip

    def write() -> HttpResponse:
        content = {name: form.cleaned_data[name] for name in ("text", "to")}
        sent = sent_of(request, entered_of(request, page.lens.principal.organisation))
        commands.ask_question(page.lens, space, content, conference=conference["subject"], sent=sent)
        if conference["subject"]:
            return there(space, f"conferences/{conference['subject']}/{came_from(request)}", "questions")
        return there(space, "questions/")

    return answered(request, "coordination/question_form.html", context, write)


@signed_in
@require_GET
def show_question(request: Request, space: str, subject: str) -> HttpResponseBase:
    """One question: who asks, the answer, and its history."""
    page = page_of(request, space)
    return _draw(request, page, get_question(page.lens, space, subject, page.moment))


def _draw(request: Request, page: SpacePage, shown: QuestionShown, *, status: int = 200, **more: Any) -> HttpResponse:
    speech, own = speech_of(page), page.lens.principal.organisation
    mine = next((each.text for each in shown.answers if each.word.organisation == own), "")
    context = {
        **about_thing(page, shown.thing, shown.conference, speech),
        "question": question_row(shown, speech, own),
        "answer_form": AnswerForm(lists=speech.lists, initial={"text": mine}),
        "answer_reason_form": ReasonForm(prefix=ANSWER),
        "answers_again": bool(mine),
        **more,
    }
    return pages.render(request, "coordination/question.html", context, status=status)


@signed_in
@require_POST
def share(request: Request, space: str, subject: str) -> HttpResponse:
    """Say *vi också*, in one press; or take it back."""
    page, sent = writable(request, space), sent_of(request)
    if request.POST.get("not"):
        return _press(request, page, subject, lambda: commands.unshare_question(page.lens, space, subject, sent=sent))
    return _press(request, page, subject, lambda: commands.share_question(page.lens, space, subject, sent=sent))


@signed_in
@require_POST
def answer(request: Request, space: str, subject: str) -> HttpResponse:
    """Answer for all who ask, or give the own answer in other words."""
    page = writable(request, space)
    form = AnswerForm(request.POST, lists=speech_of(page).lists)
    if not form.is_valid():
        return _again(request, page, subject, answer_form=form)
    text, sent = form.cleaned_data["text"], sent_of(request)
    return _press(request, page, subject, lambda: commands.answer_question(page.lens, space, subject, text, sent=sent))


@signed_in
@require_POST
def withdraw_answer(request: Request, space: str, subject: str) -> HttpResponse:
    """Take the own answer back, with the reason."""
    page, form = writable(request, space), ReasonForm(request.POST, prefix=ANSWER)
    if not form.is_valid():
        return _again(request, page, subject, answer_reason_form=form)
    reason = form.cleaned_data["reason"]
    return _press(request, page, subject, lambda: commands.withdraw_answer(page.lens, space, subject, reason))


@signed_in
@require_POST
def withdraw_question(request: Request, space: str, subject: str) -> HttpResponse:
    """Take the own question back, with the reason."""
    page, form = writable(request, space), ReasonForm(request.POST)
    if not form.is_valid():
        return _again(request, page, subject, reason_form=form)
    reason = form.cleaned_data["reason"]
    return _press(request, page, subject, lambda: commands.withdraw_question(page.lens, space, subject, reason))


def _again(request: Request, page: SpacePage, subject: str, **form: Any) -> HttpResponse:
    """Draw the question with a form that does not hold."""
    return _draw(request, page, get_question(page.lens, page.space, subject, page.moment), status=422, **form)


def _press(request: Request, page: SpacePage, subject: str, act: Callable[[], object]) -> HttpResponse:
    """Do what was pressed and go back to where it was: the conference's page, or the question's own."""
    where, named = there(page.space, f"questions/{subject}/"), request.POST.get("conference", "")
    if named:
        held = find_conference(page.lens, page.space, named, page.moment)
        where = there(page.space, f"conferences/{held.thing.subject}/{came_from(request)}", "questions")
    return pressed(request, act, _("It stands at the question now."), where)
