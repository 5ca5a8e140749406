"""The readers of common questions: the list, one question with its texts, and what the reader may say to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gemensam.coordination.conference_queries import check_has_conferences, find_thing, may_speak
from gemensam.coordination.domain.questions import (
    ANSWERED,
    ASKED,
    QUESTION,
    QuestionData,
    Word,
    contradictions,
    sharers,
    standing_answers,
    status_at,
)
from gemensam.coordination.domain.rules import data_of
from gemensam.core.moment import Moment
from gemensam.core.state import SpaceState, Thing
from gemensam.ledger.reading import Lens
from gemensam.picture.marking import marks_by_entry

Texts = Mapping[str, Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Said:
    """An organisation's word with its text; `contradictions`: codes of what does not fit an answer."""

    word: Word
    text: str
    contradictions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """A question as it stood at the moment. `status`: asked, answered, withdrawn. `acts`: what this reader may say."""

    thing: Thing
    data: QuestionData
    status: str
    text: str
    sharers: tuple[Said, ...]
    answers: tuple[Said, ...]
    ending: str
    acts: frozenset[str]
    conference: Thing | None
    marks: tuple[str, ...] = ()

    @property
    def asking(self) -> tuple[str, ...]:
        """The organisations that ask: the asker, then those who ask the same."""
        return (self.thing.organisation, *(each.word.organisation for each in self.sharers))


def list_questions(lens: Lens, space: str, moment: Moment, conference: str = "") -> list[QuestionShown]:
    """Return the questions of a space in the order in which they were asked.

    `conference`: those asked at it, and those that wait for an answer since before.
    """
    check_has_conferences(lens, space)
    state = lens.state(space, moment)
    by = moment.happened_by
    asked = (thing for thing in state.group("questions") if by is None or thing.data.asked_at <= by)
    shown = shown_questions(lens, state, asked, moment)
    return [each for each in shown if not conference or each.data.conference == conference or each.status == ASKED]


def get_question(lens: Lens, space: str, subject: str, moment: Moment) -> QuestionShown:
    """Return one question; raises `Refused("not_found")`."""
    thing = find_thing(lens, space, subject, moment, QUESTION)
    return shown_questions(lens, lens.state(space, moment), [thing], moment)[0]


def shown_questions(lens: Lens, state: SpaceState, things: Iterable[Thing], moment: Moment) -> list[QuestionShown]:
    """Return questions with their texts, which are read in one go."""
    kept = list(things)
    digests = [thing.data.content for thing in kept]
    digests += [thing.data.ended for thing in kept if thing.data.ended]
    digests += [word.digest for thing in kept for word in thing.data.words]
    texts = lens.payloads(state.space, digests)
    marks = marks_by_entry(lens, state.space, digests)
    shown = (_question(lens, state, thing, texts, moment) for thing in kept)
    return [replace(each, marks=_marks(each, marks)) for each in shown]


def _question(lens: Lens, state: SpaceState, thing: Thing, texts: Texts, moment: Moment) -> QuestionShown:
    data, by = data_of(thing, QuestionData), moment.happened_by
    answers = tuple(
        Said(word, _text(texts, word.digest), contradictions(data, word, by)) for word in standing_answers(data, by)
    )
    asking = tuple(Said(word, _text(texts, word.digest)) for word in sharers(data, by))
    writable = not moment.historical and not lens.space(state.space).closed
    return QuestionShown(
        thing, data, status_at(data, thing.status, by), _text(texts, data.content), asking, answers,
        str((texts.get(data.ended) or {}).get("reason", "")), _acts(lens, thing) if writable else frozenset(),
        state.thing(data.conference),
    )  # fmt: skip


def _marks(shown: QuestionShown, marks: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the marks of the texts that are shown, each once."""
    digests = (shown.data.content, *(each.word.digest for each in shown.answers))
    return tuple(dict.fromkeys(mark for digest in digests for mark in marks.get(digest, ())))


def _text(texts: Texts, digest: str) -> str:
    return str((texts.get(digest) or {}).get("text", ""))


def _acts(lens: Lens, thing: Thing) -> frozenset[str]:
    """Return the kinds that the reader's own organisation may write now: table, owner and permission (design 4.3)."""
    if not may_speak(lens) or thing.needs_upgrade:
        return frozenset()
    own = lens.principal.organisation
    said = thing.party(own)
    allowed = set(QUESTION.each.allowed(said))
    if thing.organisation == own:
        allowed |= set(QUESTION.owner.allowed(thing.status))
        allowed.discard("question.shared")
    if thing.status != ASKED:  # nothing new is said to it; what one has said can still be taken back
        allowed -= {"question.shared", "question.answered"}
    if standing_answers(thing.data) and said != ANSWERED:
        allowed.discard("question.answered")
    return frozenset(allowed)
