"""After a conference: what has changed for the reader's own organisation, what is next, and what is waited for from it.

Everything is read from the state of the conference's own space, at the page's moment.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gemensam.coordination.agreement_queries import AgreementShown, NeedShown, list_agreements, list_needs
from gemensam.coordination.comment_queries import comments_on
from gemensam.coordination.conference_queries import Held
from gemensam.coordination.domain.agreements import COMPLETED, DECLINED, RECORDED
from gemensam.coordination.domain.needs import OFFERED, OPEN
from gemensam.coordination.domain.questions import ASKED
from gemensam.coordination.domain.standing import NOTED, OTHER_WORDING
from gemensam.coordination.minutes_queries import get_minutes
from gemensam.coordination.question_queries import QuestionShown, list_questions
from gemensam.coordination.rows import agreement_row, need_row, question_row
from gemensam.coordination.shown import Speech, told
from gemensam.picture.cadence_shown import history_rows
from gemensam.picture.reporting_queries import open_requests_for
from gemensam.web.page import SpacePage

Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Awaited:
    """Something that is waited for from the organisation: what, by when (ms UTC, 0: no time), and where."""

    text: str
    detail: str
    url: str
    due_at: int = 0


def after_context(page: SpacePage, held: Held, speech: Speech) -> Context:
    """Return what the page after a conference is drawn from, for the reader's own organisation."""
    own, since, subject = page.lens.principal.organisation, _since(held), held.thing.subject
    agreements = list_agreements(page.lens, page.space, page.moment)
    needs = list_needs(page.lens, page.space, page.moment)
    questions = list_questions(page.lens, page.space, page.moment)
    new = [each for each in agreements if each.data.conference == subject]
    return {
        "subject": subject,
        "title": told(held.data),
        "held": held,
        "own_name": speech.organisation(own),
        "ours": [agreement_row(each, speech, page.moment.at, own) for each in new if each.mine(own)],
        "others": len([each for each in new if not each.mine(own)]),
        "reworded": [
            agreement_row(each, speech, page.moment.at, own)
            for each in agreements
            if each not in new and each.mine(own) and each.data.changes and each.data.terms_at >= since
        ],
        "needs": [need_row(each, speech, own) for each in needs if _is_news(each, own, since)],
        "questions": [question_row(each, speech, own) for each in questions if _is_answered(each, own, since)],
        "takter": [
            row
            for row in history_rows(page.lens, page.state, page.moment.at)
            if row["cadence"].set_at >= since
        ],
        "awaited": sorted(
            (*_undertakings(agreements, own, page), *_requests(page, own), *_put_to(needs, questions, own, page),
             *_comments(page, held)),
            key=lambda each: (not each.due_at, each.due_at, each.text),
        ),
    }  # fmt: skip


def _since(held: Held) -> int:
    return held.data.opened_at or held.data.starts_at


def _is_news(need: NeedShown, own: str, since: int) -> bool:
    """Whether an own need has been offered to, or ended, since the conference began."""
    if need.thing.organisation != own:
        return False
    return need.data.ended_at >= since or any(each.offer.at >= since for each in need.told_offers)


def _is_answered(question: QuestionShown, own: str, since: int) -> bool:
    """Whether a question that the organisation asks has been answered since the conference began."""
    return own in question.asking and any(each.word.at >= since for each in question.answers)


def _undertakings(agreements: list[AgreementShown], own: str, page: SpacePage) -> Iterator[Awaited]:
    for each in agreements:
        mine = each.mine(own)
        if mine is None or each.stands.status != RECORDED or mine.party.status in (COMPLETED, DECLINED):
            continue
        words = _undertaking_words(mine.party.status, overdue=mine.party.overdue, mine=mine.party.contradictions)
        url = f"/spaces/{page.space}/agreements/{each.thing.subject}/"
        yield Awaited(words % {"label": each.label}, mine.what or each.wording, url, mine.party.due_at)


def _undertaking_words(status: str, *, overdue: bool, mine: tuple[str, ...]) -> str:
    if status == NOTED:
        return _("Confirm undertaking %(label)s")
    if OTHER_WORDING in mine:
        return _("The wording of undertaking %(label)s has changed")
    return _("Undertaking %(label)s has passed its time") if overdue else _("Undertaking %(label)s is to be done")


def _requests(page: SpacePage, own: str) -> Iterator[Awaited]:
    for view in open_requests_for(page.state, own, page.moment):
        url = f"/spaces/{page.space}/requests/{view.thing.subject}/"
        yield Awaited(_("Situation report"), "", url, view.data.deadline_at)


def _put_to(
    needs: list[NeedShown], questions: list[QuestionShown], own: str, page: SpacePage
) -> Iterator[Awaited]:  # fmt: skip
    for need in needs:
        offered = any(each.offer.organisation == own and each.offer.status == OFFERED for each in need.offers)
        if need.status == OPEN and own in need.data.concerns and not offered:
            url = f"/spaces/{page.space}/needs/{need.thing.subject}/"
            yield Awaited(_("A need that is put to us"), need.about.get("text", ""), url, need.data.until_at)
    for question in questions:
        if question.status == ASKED and own in question.data.to:
            url = f"/spaces/{page.space}/questions/{question.thing.subject}/"
            yield Awaited(_("A question that is put to us"), question.text, url)


def _comments(page: SpacePage, held: Held) -> Iterator[Awaited]:
    """Commenting on the minutes is no duty: it is told while it is open and nothing has been said."""
    minutes = get_minutes(page.lens, page.space, held.thing.subject, page.moment)
    found = comments_on(page.lens, page.space, minutes, page.moment)
    if found.until_at > page.moment.at and found.of(page.lens.principal.organisation) is None:
        url = f"/spaces/{page.space}/conferences/{held.thing.subject}/minutes/"
        yield Awaited(pgettext("minutes", "Comments on the minutes, if we have any"), "", url, found.until_at)
