"""What a conference decides on, in words: what is open since the last one, needs and agreements."""

from typing import Any

from gemensam.coordination.agreement_queries import earlier_agreements, is_left, list_agreements, needs_at
from gemensam.coordination.conference_queries import Conference
from gemensam.coordination.domain.series import asked_before, conference_before
from gemensam.coordination.question_queries import list_questions
from gemensam.coordination.rows import agreement_row, need_row, question_row
from gemensam.coordination.shown import Speech, told
from gemensam.picture.queries import cadence_of
from gemensam.picture.reporting_queries import request_view
from gemensam.web import times
from gemensam.web.page import SpacePage

Context = dict[str, Any]
REPORT_LEAD_MS = 30 * times.MINUTE


def decided_context(page: SpacePage, shown: Conference, speech: Speech, *, own: str) -> Context:
    """Return the needs, questions and agreements of a conference, and before them what is open since the last one.

    `own`: the organisation whose buttons are drawn, "" for none.
    """
    at, subject = page.moment.at, shown.thing.subject
    agreements = list_agreements(page.lens, page.space, page.moment, subject)
    earlier = earlier_agreements(page.lens, page.space, page.moment, shown.thing)
    needs = needs_at(page.lens, page.space, page.moment, subject)
    left = [need for need in needs if is_left(page.state, shown.thing, need)]
    questions = list_questions(page.lens, page.space, page.moment, subject)
    before = conference_before(page.state, shown.thing)
    return {
        "agreements": [agreement_row(each, speech, at, own) for each in agreements],
        "earlier": [agreement_row(each, speech, at, own) for each in earlier],
        "needs": [need_row(each, speech, own) for each in needs if each not in left],
        "needs_left": [need_row(each, speech, own) for each in left],
        "questions": [question_row(each, speech, own) for each in questions],
        "before": before,
        "follows_up": _follows_up(shown),
        "before_title": told(before.data) if before is not None else "",
        "report_asked": _asked(page, shown),
        "report_to_ask": _to_ask(page, shown),
    }


def _follows_up(shown: Conference) -> bool:
    """Whether what is open since the last conference is to be unfolded: until the point about it is passed."""
    codes = [code for code, _writes in shown.data.points]
    at = next((place for place, (_code, writes) in enumerate(shown.data.points) if writes == "follow_up"), 0)
    return shown.current is None or codes.index(shown.current.code) <= at


def _asked(page: SpacePage, shown: Conference) -> Context | None:
    """Return how the report that is asked before each conference of the series stands, None where none is asked."""
    thing = asked_before(page.state, shown.thing, page.moment.happened_by)
    if thing is None:
        return None
    view = request_view(page.state, thing, page.moment)
    return {
        "subject": thing.subject,
        "deadline_at": thing.data.deadline_at,
        "answered": len(view.answered),
        "asked": len(view.asked),
        "late": len(view.late),
    }


def _to_ask(page: SpacePage, shown: Conference) -> int | None:
    """Return when the report before the conference is wanted (ms UTC), for whoever may ask for it now; else None."""
    data = shown.data
    if not data.series or shown.held.over or data.starts_at <= page.moment.at or not page.may("request"):
        return None
    if asked_before(page.state, shown.thing) is not None:
        return None
    cadence = cadence_of(page.lens, page.state, page.moment)
    by_takt = cadence.beats.last("report", data.starts_at) if cadence is not None else None
    return by_takt if by_takt is not None and by_takt > page.moment.at else data.starts_at - REPORT_LEAD_MS
