"""Drafting by a working group in its own narrower space: revisions of the whole text, and comments on paragraphs.

Each revision is a whole new text and belongs to the organisation that wrote it; the one in force is the last in order
(a register, design 4.5). A comment is its writer's; the others answer it or say that it has been seen to.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gemensam.coordination.domain.rules import CORRECTS, OF
from gemensam.core.clock import ZERO
from gemensam.core.entry import Clock, Header
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.objectives.domain import rules
from gemensam.objectives.domain.areas import TEXT_MAX
from gemensam.objectives.domain.texts import Highest, SectionText, check_sections
from gemensam.objectives.domain.versions import PARTS, text_of

WRITTEN, OPEN, RESOLVED, WITHDRAWN, ANSWERED, SETTLED = (
    "written", "open", "resolved", "withdrawn", "answered", "settled",
)  # fmt: skip
NOTHING = Highest()
STILL_OPEN = "still_open"  # somebody says that it is seen to, its writer took it up again afterwards


@dataclass(frozen=True)
class RevisionWritten:
    """A whole new text. `changed`: what was changed and why; the two last are the highest codes ever given.

    `number` is the program's.
    """

    title: str
    sections: tuple[SectionText, ...]
    changed: str = ""
    last_section: int = 0
    last_paragraph: int = 0
    number: int = 0


@dataclass(frozen=True)
class CommentMade:
    """A comment on a paragraph (or section) of a revision."""

    paragraph: str
    text: str


@dataclass(frozen=True)
class CommentWord:
    """An answer, or a reason."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class RevisionData:
    """A revision in the state; `at` in ms UTC."""

    content: str
    at: int
    number: int = 0
    title: str = ""
    function: str = ""
    highest: Highest = NOTHING


@dataclass(frozen=True, slots=True)
class Answer:
    """One word of an organisation about a comment, in order; its text is in the payload of `digest`."""

    organisation: str
    status: str
    at: int
    clock: Clock
    digest: str


@dataclass(frozen=True, slots=True)
class CommentData:
    """A comment in the state. `moved_clock`: when its writer last resolved it or took it up again."""

    content: str
    at: int
    paragraph: str = ""
    revision: str = ""
    moved_clock: Clock = ZERO
    answers: tuple[Answer, ...] = ()


def _index_revisions(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    yield ("revisions",), (thing.created_clock, thing.subject)


def _index_comments(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    yield ("draft_comments",), (thing.created_clock, thing.subject)


REVISION = SubjectType("revision", owner=Machine({("", "revision.written"): WRITTEN}), index=_index_revisions)
COMMENT = SubjectType(
    "draft_comment",
    owner=Machine(
        {
            ("", "draft_comment.made"): OPEN,
            (OPEN, "draft_comment.resolved"): RESOLVED,
            (RESOLVED, "draft_comment.reopened"): OPEN,
            (OPEN, "draft_comment.reopened"): OPEN,  # after another said that it was seen to
            (OPEN, "draft_comment.withdrawn"): WITHDRAWN,
        }
    ),
    each=Machine(
        {
            ("", "draft_comment.answered"): ANSWERED,
            (ANSWERED, "draft_comment.answered"): ANSWERED,
            (SETTLED, "draft_comment.answered"): ANSWERED,
            ("", "draft_comment.settled"): SETTLED,
            (ANSWERED, "draft_comment.settled"): SETTLED,
        }
    ),
    index=_index_comments,
)


def _written(_data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> RevisionData:
    given = payload or {}
    highest = Highest(given.get("last_section", 0), given.get("last_paragraph", 0))
    return RevisionData(
        digest, header.occurred_at, given.get("number", 0), given.get("title", ""), header.function, highest
    )  # fmt: skip


def _made(_data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> CommentData:
    revision = next((ref.subject for ref in header.refs if ref.rel == OF), "")
    return CommentData(digest, header.occurred_at, (payload or {}).get("paragraph", ""), revision)


def _moved(data: CommentData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> CommentData:
    return replace(data, moved_clock=header.clock)


def _answer(status: str) -> Any:
    def apply(data: CommentData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> CommentData:
        answer = Answer(header.organisation, status, header.occurred_at, header.clock, digest)
        return replace(data, answers=(*data.answers, answer))

    return apply


def _decide_written(decision: Decision) -> Mapping[str, Any]:
    """Check a revision against the one that its author saw.

    Raises `Refused`: `not_in_a_group`, `not_permitted`, `moved` where another has been written meanwhile.
    """
    payload, latest = decision.draft.payload, decision.state.latest("revisions")
    rules.require_group(decision)
    seen = next((ref.digest for ref in decision.draft.refs if ref.rel == CORRECTS), "")
    if latest is not None and seen != latest.data.content:
        raise Refused("moved", last=latest.data.content, based_on=seen)
    rules.need_text("title", payload["title"])
    rules.check_words(longest=rules.TITLE_MAX, title=payload["title"])
    rules.check_words(changed=payload["changed"])
    check_sections(payload["sections"], rules.codes_of(decision, PARTS))
    return {**payload, "number": decision.state.size("revisions") + 1}


def _decide_made(decision: Decision) -> Mapping[str, Any]:
    """Raises `Refused`: `not_in_a_group`, `unknown_revision`, `unknown_paragraph`, `words_missing`."""
    rules.require_group(decision)
    payload = decision.draft.payload
    named = next((ref.subject for ref in decision.draft.refs if ref.rel == OF), "")
    thing = decision.state.thing(named)
    if thing is None or thing.type != REVISION.name:
        raise Refused("unknown_revision")
    text = decision.load([thing.data.content]).get(thing.data.content) or {"sections": ()}
    codes = {each["code"] for each in text["sections"]}
    codes |= {one["code"] for each in text["sections"] for one in each["paragraphs"]}
    if payload["paragraph"] not in codes:
        raise Refused("unknown_paragraph")
    _check_word(payload, needed=True)
    return payload


def _check_word(payload: Mapping[str, Any], *, needed: bool) -> None:
    if needed:
        rules.need_text("text", payload["text"])
    rules.check_words(longest=TEXT_MAX, text=payload["text"])


def _decide_word(*, needed: bool) -> Any:
    def decide(decision: Decision) -> Mapping[str, Any]:
        rules.require_group(decision)
        _check_word(decision.draft.payload, needed=needed)
        return decision.draft.payload

    return decide


def _head(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: payload[name] for name in ("number", "title", "last_section", "last_paragraph")}


def _kind(name: str, content: type, apply: Any, decide: Any, **more: Any) -> Kind:
    told: Any = {"text": lambda payload: str(payload["text"]), **more}
    return Kind(name, 1, COMMENT, content, "read", apply, spaces=rules.CIRCLE, decide=decide, **told)


KINDS = (
    Kind("revision.written", 1, REVISION, RevisionWritten, "read", _written, spaces=rules.CIRCLE,
         decide=_decide_written, text=text_of, extract=_head),
    _kind("draft_comment.made", CommentMade, _made, _decide_made,
          extract=lambda payload: {"paragraph": payload["paragraph"]}),
    _kind("draft_comment.resolved", CommentWord, _moved, _decide_word(needed=False), folds_payload=False),
    _kind("draft_comment.reopened", CommentWord, _moved, _decide_word(needed=False), folds_payload=False),
    _kind("draft_comment.withdrawn", CommentWord, _moved, _decide_word(needed=False), folds_payload=False),
    _kind("draft_comment.answered", CommentWord, _answer(ANSWERED), _decide_word(needed=True), folds_payload=False),
    _kind("draft_comment.settled", CommentWord, _answer(SETTLED), _decide_word(needed=False), folds_payload=False),
)  # fmt: skip
TYPES = (REVISION, COMMENT)


def joint_status(data: CommentData, status: str) -> str:
    """Return how a comment stands for all: its writer's word, else `settled` or `answered` by another."""
    if status != OPEN:
        return status
    settled = [each for each in data.answers if each.status == SETTLED]
    if settled and max(each.clock for each in settled) > data.moved_clock:
        return SETTLED
    return ANSWERED if data.answers else OPEN


def contradiction(data: CommentData, status: str) -> str:
    """Return `still_open` where its writer took it up again after another had said that it was seen to."""
    settled = [each.clock for each in data.answers if each.status == SETTLED]
    return STILL_OPEN if status == OPEN and settled and max(settled) < data.moved_clock else ""
