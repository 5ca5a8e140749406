"""A common question: asked by one, shared by those who ask the same (*vi också*), answered once for all of them.

The question is its asker's and never changes, so that *vi också* always means the same words. Each answer is its
giver's. Two answers that stand are not settled by the program: the view names them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from sys import intern
from typing import Any

from gemensam.coordination.domain import rules
from gemensam.coordination.domain.conference_rules import decide_reason
from gemensam.core.clock import ZERO
from gemensam.core.entry import Clock, Header
from gemensam.core.kinds import FOR_OTHERS, GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision

ASKED, WITHDRAWN = "asked", "withdrawn"
SHARED, UNSHARED, ANSWERED, TAKEN_BACK = "shared", "unshared", "answered", "answer_withdrawn"
# What the view must say in words beside an answer.
TWO_ANSWERS = "two_answers"  # more than one organisation's answer stands
AFTER_END = "after_end"  # answered although the question had been withdrawn


@dataclass(frozen=True)
class QuestionAsked:
    """What is asked. `to`: the organisations that it is put to; none named means whoever knows."""

    text: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True)
class QuestionWithdrawn:
    """Why an answer is no longer wanted."""

    reason: str


@dataclass(frozen=True)
class QuestionShared:
    """The organisation asks the same; `text`: what it would add, or ""."""

    text: str = ""


@dataclass(frozen=True)
class QuestionAnswered:
    """The answer, for all who ask."""

    text: str


@dataclass(frozen=True)
class TakenBack:
    """Why it no longer stands."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of an organisation about a question, in order; its text is in the payload of `digest`."""

    organisation: str
    status: str
    at: int
    clock: Clock
    digest: str


@dataclass(frozen=True, slots=True)
class QuestionData:
    """A question in the state; times in ms UTC, 0 where there is none. `words`: all that was said, in order."""

    content: str
    asked_at: int
    conference: str = ""
    to: tuple[str, ...] = ()
    via: str = ""
    by_organisation: str = ""
    ended_at: int = 0
    ended_clock: Clock = ZERO
    ended: str = ""
    words: tuple[Word, ...] = ()

    def latest(self, happened_by: int | None = None) -> dict[str, Word]:
        """Return the last word of each organisation, of those said by an instant where one is asked for."""
        said = (word for word in self.words if happened_by is None or word.at <= happened_by)
        return {word.organisation: word for word in said}


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    key = (thing.created_clock, thing.subject)
    yield ("questions",), key
    if thing.data.conference:
        yield ("questions_of", thing.data.conference), key


QUESTION = SubjectType(
    "question",
    owner=Machine({("", "question.asked"): ASKED, (ASKED, "question.withdrawn"): WITHDRAWN}),
    each=Machine(
        {
            ("", "question.shared"): SHARED,
            ("", "question.answered"): ANSWERED,
            (SHARED, "question.unshared"): UNSHARED,
            (SHARED, "question.answered"): ANSWERED,
            (UNSHARED, "question.shared"): SHARED,
            (UNSHARED, "question.answered"): ANSWERED,
            (ANSWERED, "question.answered"): ANSWERED,  # in other words
            (ANSWERED, "question.answer_withdrawn"): TAKEN_BACK,
            (TAKEN_BACK, "question.answered"): ANSWERED,
            (TAKEN_BACK, "question.shared"): SHARED,
        }
    ),
    index=_index,
)
_WORDS = {
    "question.shared": SHARED,
    "question.unshared": UNSHARED,
    "question.answered": ANSWERED,
    "question.answer_withdrawn": TAKEN_BACK,
}


def _asked(_data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> QuestionData:
    given = payload or {}
    return QuestionData(
        digest, header.occurred_at, rules.conference_of(header.refs), tuple(given.get("to", ())),
        intern(header.via) if header.on_behalf else "", intern(header.by_organisation) if header.on_behalf else "",
    )  # fmt: skip


def _ended(data: QuestionData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> QuestionData:
    return replace(data, ended_at=header.occurred_at, ended_clock=header.clock, ended=digest)


def _said(data: QuestionData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> QuestionData:
    word = Word(intern(header.organisation), _WORDS[header.kind], header.occurred_at, header.clock, digest)
    return replace(data, words=(*data.words, word))


def _decide_asked(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    rules.require_voice(decision)
    rules.check_conference(decision, needed=False)
    rules.need_text("text", payload["text"])
    rules.check_words(text=payload["text"])
    rules.check_organisations(decision, payload["to"])
    return {**payload, "to": sorted(set(payload["to"]))}


def _decide_withdrawn(decision: Decision) -> Mapping[str, Any]:
    rules.require_voice(decision)
    return decide_reason(decision)


def _decide_shared(decision: Decision) -> Mapping[str, Any]:
    """Raises `Refused`: `question_ended`, `question_own` for the asker itself, who asks already."""
    rules.require_voice(decision)
    thing = _open(decision)
    if thing.organisation == decision.organisation:
        raise Refused("question_own")
    rules.check_words(text=decision.draft.payload["text"])
    return decision.draft.payload


def _decide_answered(decision: Decision) -> Mapping[str, Any]:
    """Raises `Refused`: `question_ended`, `question_answered` where another organisation's answer stands already."""
    rules.require_voice(decision)
    standing = [word.organisation for word in standing_answers(_open(decision).data)]
    if standing and decision.organisation not in standing:
        raise Refused("question_answered", organisation=standing[0])
    rules.need_text("text", decision.draft.payload["text"])
    rules.check_words(longest=rules.TEXT_MAX, text=decision.draft.payload["text"])
    return decision.draft.payload


def _decide_taken_back(decision: Decision) -> Mapping[str, Any]:
    rules.require_voice(decision)
    rules.check_words(reason=decision.draft.payload["reason"])
    return decision.draft.payload


def _open(decision: Decision) -> Thing:
    thing = decision.thing
    if thing is None:
        raise Refused("no_such_subject", subject=decision.draft.subject)
    if thing.status != ASKED:
        raise Refused("question_ended")
    return thing


def _text(payload: Mapping[str, Any]) -> str:
    return "\n".join(payload[name] for name in ("text", "reason") if payload.get(name))


def _kind(name: str, payload: type, apply: Any, decide: Any, **more: Any) -> Kind:
    return Kind(name, 1, QUESTION, payload, "read", apply, spaces=rules.HERE, decide=decide, text=_text, **more)


KINDS = (
    _kind("question.asked", QuestionAsked, _asked, _decide_asked, on_behalf=FOR_OTHERS),
    _kind("question.withdrawn", QuestionWithdrawn, _ended, _decide_withdrawn, folds_payload=False),
    _kind("question.shared", QuestionShared, _said, _decide_shared, on_behalf=FOR_OTHERS, folds_payload=False),
    _kind("question.unshared", TakenBack, _said, _decide_taken_back, folds_payload=False),
    _kind("question.answered", QuestionAnswered, _said, _decide_answered, on_behalf=FOR_OTHERS, folds_payload=False),
    _kind("question.answer_withdrawn", TakenBack, _said, _decide_taken_back, folds_payload=False),
)  # fmt: skip
TYPES = (QUESTION,)


def standing_answers(data: QuestionData, happened_by: int | None = None) -> tuple[Word, ...]:
    """Return the answers that stand, oldest first: one, unless two nodes took one each."""
    return tuple(word for word in _ordered(data, happened_by) if word.status == ANSWERED)


def sharers(data: QuestionData, happened_by: int | None = None) -> tuple[Word, ...]:
    """Return who asks the same, in the order in which they said so."""
    return tuple(word for word in _ordered(data, happened_by) if word.status == SHARED)


def _ordered(data: QuestionData, happened_by: int | None) -> list[Word]:
    return sorted(data.latest(happened_by).values(), key=lambda word: (word.clock, word.organisation))


def status_at(data: QuestionData, status: str, happened_by: int | None = None) -> str:
    """Return how a question stands for all: asked, answered or withdrawn, by its own times where asked for."""
    if standing_answers(data, happened_by):
        return ANSWERED
    if status == WITHDRAWN and (happened_by is None or data.ended_at <= happened_by):
        return WITHDRAWN
    return ASKED


def contradictions(data: QuestionData, answer: Word, happened_by: int | None = None) -> tuple[str, ...]:
    """Return the codes of what does not fit an answer that stands."""
    found = []
    if len(standing_answers(data, happened_by)) > 1:
        found.append(TWO_ANSWERS)
    has_ended = bool(data.ended) and (happened_by is None or data.ended_at <= happened_by)
    if has_ended and answer.clock > data.ended_clock:
        found.append(AFTER_END)
    return tuple(found)
