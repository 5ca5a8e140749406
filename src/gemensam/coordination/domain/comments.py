"""Comments on mötesanteckningar, until a time that the leader has set, and the leader's answers in the next version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gemensam.coordination.domain import rules
from gemensam.coordination.domain.copying import Source
from gemensam.core.entry import Clock
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.writing import Decision

COMMENTED, TAKEN_BACK = "commented", "comment_withdrawn"
Payload = Mapping[str, Any]


@dataclass(frozen=True)
class MinutesCommented:
    """What an organisation would have otherwise; replaces its earlier comment, which stays in the history."""

    text: str


@dataclass(frozen=True)
class CommentWithdrawn:
    """Why the comment no longer stands."""

    reason: str = ""


@dataclass(frozen=True)
class CommentReply:
    """The leader's answer to a comment, with the comment itself. The writer gives `comment` (the entry) and `reply`."""

    comment: str
    reply: str
    organisation: str = ""
    name: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """One word of an organisation on the minutes, in order; its text is in the payload of `digest`."""

    organisation: str
    status: str
    at: int
    clock: Clock
    digest: str


def standing_comments(words: Sequence[Comment], happened_by: int | None = None) -> tuple[Comment, ...]:
    """Return each organisation's comment that stands, oldest first, of those made by an instant where asked for."""
    latest = {word.organisation: word for word in words if happened_by is None or word.at <= happened_by}
    found = (word for word in latest.values() if word.status == COMMENTED)
    return tuple(sorted(found, key=lambda word: (word.clock, word.organisation)))


def decide_commented(decision: Decision) -> Payload:
    """Raises `Refused`: `comments_closed` where no comments are asked for or the time has passed."""
    rules.require_voice(decision)
    until_at = decision.thing.data.comments_until_at if decision.thing is not None else 0
    if decision.now > until_at:
        raise Refused("comments_closed")
    rules.need_text("text", decision.draft.payload["text"])
    rules.check_words(longest=rules.TEXT_MAX, text=decision.draft.payload["text"])
    return decision.draft.payload


def decide_taken_back(decision: Decision) -> Payload:
    """Check who takes a comment back and why; that may be done after the time too."""
    rules.require_voice(decision)
    rules.check_words(reason=decision.draft.payload["reason"])
    return decision.draft.payload


def copy_replies(source: Source, thing: Thing | None, given: Sequence[Payload]) -> list[dict[str, Any]]:
    """Return the leader's answers with the comments they answer; an answer to none that stands is refused."""
    standing = {each.digest: each for each in standing_comments(thing.data.comments if thing is not None else ())}
    texts = source.load(list(standing))
    return [_reply(source, standing, texts, each) for each in given if each["reply"].strip()]


def _reply(
    source: Source, standing: Mapping[str, Comment], texts: Mapping[str, Payload | None], given: Payload
) -> dict[str, Any]:
    comment = standing.get(given["comment"])
    if comment is None:
        raise Refused("comment_moved")
    rules.check_words(longest=rules.TEXT_MAX, reply=given["reply"])
    return {
        "comment": comment.digest, "reply": given["reply"], "organisation": comment.organisation,
        "name": source.name(comment.organisation), "text": str((texts.get(comment.digest) or {}).get("text", "")),
    }  # fmt: skip
