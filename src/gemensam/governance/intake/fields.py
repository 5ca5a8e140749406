"""The fields of a decision as a form shows them: what was read as text, where, and back to what is registered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gemensam.core.personal_numbers import find_personal_numbers
from gemensam.governance.domain.decisions import BY_HAND, INFERRED, NOT_STATED, STATED, EarlierDecision, FieldRead
from gemensam.governance.domain.rules import TEXT_MAX

# Each field of the form, and the keys of the answer that it is read or concluded from (docs/decisions.md).
SOURCES: Final[dict[str, tuple[str, ...]]] = {
    "member": ("organisation",),
    "document": ("title", "period"),
    "step": ("document_type", "stage", "body"),
    "outcome": ("outcome",),
    "body": ("body",),
    "date": ("date",),
    "paragraph": ("paragraph",),
    "diarienummer": ("diarienummer",),
    "title": ("title",),
    "conditions": ("villkor",),
    "proposed_to": ("proposed_to",),
    "approved_by_director": ("approved_by_director",),
    "immediately_adjusted": ("immediately_adjusted",),
    "attachments": ("attachments",),
    "send_to": ("send_to",),
    "earlier_decisions": ("earlier_decisions",),
}
# What the program concludes from several answers, and so never reads in so many words.
CONCLUDED: Final = frozenset({"member", "document", "step"})
# What the entry names elsewhere than in its text.
_APART: Final = frozenset({"member", "document"})
_EARLIER: Final = ("body", "date", "paragraph", "diarienummer")
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key of the answer was read: page and line from 1 (0: nowhere), how sure, and the line's own words."""

    key: str
    certainty: str
    page: int = 0
    line: int = 0
    quote: str = ""

    @property
    def anchor(self) -> str:
        """The name of the line within the page, empty where there is none."""
        return f"p{self.page}r{self.line}" if self.page and self.line else ""


def places_of(answer: Mapping[str, Any], rows: Sequence[Sequence[Any]]) -> dict[str, Place]:
    """Return each key's place; `rows` as extraction's `Row` in order of its fields."""
    words = {(row[0], row[1]): str(row[2]) for row in rows}
    return {key: _place(key, told, words) for key, told in answer.get("places", {}).items()}


def _place(key: str, told: Mapping[str, Any], words: Mapping[tuple[int, int], str]) -> Place:
    page, line = told["page"] or 0, told["line"] or 0
    quote = " ".join(words.get((page, line), "").split())[:TEXT_MAX]
    return Place(key, told["certainty"], page, line, quote)


def places_of_field(name: str, places: Mapping[str, Place]) -> tuple[Place, ...]:
    """Return the places that a field of the form rests on, each line once."""
    found = [places[key] for key in SOURCES.get(name, ()) if key in places]
    return tuple({(place.page, place.line): place for place in reversed(found)}.values())[::-1]


def certainty_of(name: str, value: str, places: Mapping[str, Place]) -> str:
    """Return how sure a field's value is as read: what is empty is not stated, what is concluded never stated."""
    found = [places[key].certainty for key in SOURCES.get(name, ()) if key in places]
    if not value and not (found and name not in CONCLUDED and found[0] != NOT_STATED):
        return NOT_STATED
    return STATED if name not in CONCLUDED and found[:1] == [STATED] else INFERRED


def texts_of(answer: Mapping[str, Any]) -> dict[str, str]:
    """Return what was read as the form's text, for the fields that are no choice of a list."""
    plain = ("body", "date", "paragraph", "diarienummer", "title", "proposed_to")
    listed = {"conditions": "villkor", "attachments": "attachments", "send_to": "send_to"}
    return {
        **{name: str(answer.get(name) or "") for name in plain},
        **{name: "\n".join(answer.get(key) or ()) for name, key in listed.items()},
        **{name: _said(answer.get(name)) for name in ("approved_by_director", "immediately_adjusted")},
        "earlier_decisions": "\n".join(_earlier_line(one) for one in answer.get("earlier_decisions") or ()),
    }


def _said(value: bool | None) -> str:
    return "" if value is None else YES if value else NO


def _earlier_line(told: Mapping[str, str]) -> str:
    return "; ".join(str(told.get(name, "")) for name in _EARLIER).rstrip("; ")


def said(text: str) -> bool | None:
    """Return yes, no or None (*ej angivet*)."""
    return {YES: True, NO: False}.get(text)


def lines_in(text: str, *, was_none_stated: bool = False) -> tuple[str, ...] | None:
    """Return the lines of a text; without any None (*ej angivet*), or empty where the document says so."""
    found = tuple(line.strip() for line in text.splitlines() if line.strip())
    return found or (() if was_none_stated else None)


def earlier_in(text: str) -> tuple[EarlierDecision, ...]:
    """Return earlier decisions written one a line: body; date; §; diarienummer."""
    parts = ([part.strip() for part in line.split(";", 3)] for line in text.splitlines() if line.strip(" ;"))
    return tuple(EarlierDecision(*part) for part in parts)


def fields_read(
    given: Mapping[str, str], read: Mapping[str, str], places: Mapping[str, Place]
) -> tuple[FieldRead, ...]:
    """Return how sure each field of a decision is: as it was read, or as a person wrote it in its stead."""
    return tuple(
        _field_read(name, given.get(name, ""), read.get(name, ""), places) for name in SOURCES if name not in _APART
    )


def _field_read(name: str, given: str, read: str, places: Mapping[str, Place]) -> FieldRead:
    if plain(given) != plain(read):
        return FieldRead(name, BY_HAND)
    certainty = certainty_of(name, read, places)
    place = next((each for each in places_of_field(name, places) if each.anchor), None)
    if certainty == NOT_STATED or place is None:
        return FieldRead(name, certainty)
    # A line may name a person by number, though the field does not: the place is told without its words.
    quote = "" if find_personal_numbers([place.quote]) else place.quote
    return FieldRead(name, certainty, place.page, place.line, quote)


def changed(given: Mapping[str, str], read: Mapping[str, str]) -> tuple[str, ...]:
    """Return the fields that a person has given another value than was read, in the order of the form."""
    return tuple(name for name in SOURCES if plain(given.get(name, "")) != plain(read.get(name, "")))


def plain(text: str) -> str:
    """Return a text without what a browser changes when it sends it: line ends, and blanks at the edges."""
    return "\n".join(line.strip() for line in text.replace("\r\n", "\n").split("\n")).strip()
