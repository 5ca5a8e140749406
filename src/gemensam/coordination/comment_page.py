"""Comments on minutes and diarienummer in words, for the pages where they stand."""

from typing import Any

from gemensam.coordination import labels
from gemensam.coordination.comment_queries import comments_on, may_register, registrations_of
from gemensam.coordination.forms import CommentForm
from gemensam.coordination.minutes_queries import Minutes
from gemensam.coordination.view_parts import speech_of
from gemensam.web.page import SpacePage

Context = dict[str, Any]


def comments_context(page: SpacePage, minutes: Minutes) -> Context:
    """Return the comments on minutes, and the form of the own one while comments are taken."""
    speech, found = speech_of(page), comments_on(page.lens, page.space, minutes, page.moment)
    mine = found.of(page.lens.principal.organisation)
    rows = [
        {
            "digest": each.comment.digest,
            "name": speech.organisation(each.comment.organisation),
            "text": each.text,
            "at": each.comment.at,
            "reply": each.reply,
        }
        for each in found.given
    ]
    return {
        "comments": rows,
        "comments_until_at": found.until_at,
        "comments_open": found.until_at > page.moment.at,
        "comment_acts": {kind.partition(".")[2]: True for kind in found.acts},
        "comment_form": CommentForm(initial={"text": mine.text if mine is not None else ""}),
        "comments_again": mine is not None,
    }


def registration_rows(page: SpacePage, registered: str) -> list[Context]:
    """Return the diarienummer of a thing in words, by organisation."""
    speech = speech_of(page)
    return [
        {
            "organisation": each.organisation,
            "name": speech.organisation(each.organisation),
            "number": each.number,
            "status": each.status,
            "words": str(labels.REGISTRATION[each.status]),
            "on": each.on,
        }
        for each in registrations_of(page.lens, page.space, registered, page.moment)
    ]


def registers(page: SpacePage) -> bool:
    """Whether to offer the form of the own diarienummer."""
    return not page.readonly and may_register(page.lens)
