"""Covers: for a time another organisation is called first in one's place, once it has accepted. One party per machine.

The owner asks and ends; the other one accepts or declines, and may take its word back. Neither decides for the other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from gemensam.core.entry import Header
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.organisations.domain import organisation
from gemensam.rosters.domain import rules
from gemensam.rosters.domain.shifts import DAY_MS

ASKED, ENDED, ACCEPTED, DECLINED = "cover.asked", "cover.ended", "cover.accepted", "cover.declined"
LONGEST_MS = 100 * DAY_MS
UNANSWERED = ""


@dataclass(frozen=True)
class CoverAsked:
    """The owner asks an organisation to be called in its place, from an instant until another (ms UTC)."""

    by: str
    from_at: int
    until_at: int
    note: str = ""


@dataclass(frozen=True)
class CoverEnded:
    """The owner is called itself again, or asks no longer."""

    note: str = ""


@dataclass(frozen=True)
class CoverAnswered:
    """What the one that was asked says."""

    note: str = ""


class Word(NamedTuple):
    """An answer: accepted or declined, by whom, when (ms UTC)."""

    at: int
    organisation: str
    status: str


@dataclass(frozen=True, slots=True)
class CoverData:
    """A cover in the state; times in ms UTC, `ended_at` 0 while the owner has not ended it."""

    by: str = ""
    from_at: int = 0
    until_at: int = 0
    ended_at: int = 0
    words: tuple[Word, ...] = ()
    content: str = ""

    def answer_at(self, at: int) -> str:
        """Return the asked organisation's word by an instant: accepted, declined or "" for none yet."""
        said = [word.status for word in self.words if word.organisation == self.by and word.at <= at]
        return said[-1] if said else UNANSWERED

    def holds_at(self, at: int) -> bool:
        """Return whether the other organisation is called first at an instant."""
        ended = self.ended_at and self.ended_at <= at
        return self.from_at <= at < self.until_at and not ended and self.answer_at(at) == "accepted"


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    key = (thing.data.from_at, thing.created_clock, thing.subject)
    yield ("covers", thing.organisation), key
    if thing.data.by:
        yield ("covers_by", thing.data.by), key


COVER = SubjectType(
    "cover",
    owner=Machine({("", ASKED): "asked", ("asked", ENDED): "ended"}),
    each=Machine(
        {
            ("", ACCEPTED): "accepted",
            ("", DECLINED): "declined",
            ("accepted", DECLINED): "declined",
            ("declined", ACCEPTED): "accepted",
        }
    ),
    index=_index,
)


def _asked(_data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> CoverData:
    if payload is None:
        return CoverData(content=digest)
    return CoverData(payload["by"], payload["from_at"], payload["until_at"], content=digest)


def _ended(data: CoverData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> CoverData:
    return replace(data, ended_at=header.occurred_at)


def _answered(status: str) -> Any:
    def apply(data: CoverData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> CoverData:
        words = sorted((*data.words, Word(header.occurred_at, header.organisation, status)), key=lambda word: word.at)
        return replace(data, words=tuple(words))

    return apply


def decide_asked(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `cover_by_wrong` (no insider, or oneself), `cover_times`, `text_too_long`."""
    payload = decision.draft.payload
    found = organisation(decision.directory, payload["by"])
    thing = decision.directory.thing(payload["by"])
    here = found is not None and thing is not None and thing.status == "joined" and found.insider
    if not here or payload["by"] == decision.organisation:
        raise Refused("cover_by_wrong")
    from_at, until_at = payload["from_at"], payload["until_at"]
    if not from_at < until_at <= from_at + LONGEST_MS or until_at <= decision.now:
        raise Refused("cover_times", days=LONGEST_MS // DAY_MS)
    rules.check_text("note", payload["note"])
    return payload


def decide_ended(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused("text_too_long")`."""
    rules.check_text("note", decision.draft.payload["note"])
    return decision.draft.payload


def decide_answered(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `not_asked_to_cover`, `cover_over`, `text_too_long`."""
    thing = decision.thing
    data = thing.data if thing is not None else CoverData()
    if data.by != decision.organisation:
        raise Refused("not_asked_to_cover")
    if thing is None or thing.status != "asked" or data.until_at <= decision.now:
        raise Refused("cover_over")
    rules.check_text("note", decision.draft.payload["note"])
    return decision.draft.payload


def _note(payload: Mapping[str, Any]) -> str:
    return str(payload["note"])


KINDS = (
    Kind(ASKED, 1, COVER, CoverAsked, rules.ADMINISTER_OWN, _asked, spaces=rules.HERE, decide=decide_asked, text=_note),
    Kind(ENDED, 1, COVER, CoverEnded, rules.ADMINISTER_OWN, _ended, spaces=rules.HERE, decide=decide_ended,
         folds_payload=False, text=_note),
    Kind(ACCEPTED, 1, COVER, CoverAnswered, rules.ADMINISTER_OWN, _answered("accepted"), spaces=rules.HERE,
         decide=decide_answered, folds_payload=False, text=_note),
    Kind(DECLINED, 1, COVER, CoverAnswered, rules.ADMINISTER_OWN, _answered("declined"), spaces=rules.HERE,
         decide=decide_answered, folds_payload=False, text=_note),
)  # fmt: skip
