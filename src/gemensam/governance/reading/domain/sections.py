"""Headings and what stands under them: decision, proposal, attachments, whom it is sent to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gemensam.governance.reading.domain.grammar import Grammar
from gemensam.governance.reading.domain.labels import is_label
from gemensam.governance.reading.domain.lines import Line
from gemensam.governance.reading.domain.naming import bodies_in

FRONT: Final = "front"
DECISION: Final = "decision"
PROPOSAL: Final = "proposal"
OTHER: Final = "other"
_LONGEST: Final = 90
_OPENING: Final = re.compile(
    r"(?i)(?:beslutade|beslutar|besluta|beslut|föreslår|att|följande|för (?:egen|sin) del|fattar?|:|,|\s)*[:.]?"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a line is the heading of: kind of section, whose decision or proposal, and text on the same line."""

    kind: str
    owner: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one heading. `owner` is the body whose decision it is, or another's words, or nothing."""

    kind: str
    lines: tuple[Line, ...]
    heading: Line | None = None
    owner: str = ""


def heading_of(line: Line, grammar: Grammar) -> Heading | None:
    """Return what a line is the heading of, None for text."""
    cells = line.cells
    if not cells or line.running:
        return None
    first = cells[0]
    named = _named(first, grammar)
    if named:
        return Heading(named.kind, named.owner, " ".join(cells[1:]))
    before, colon, after = first.partition(":")
    kind = _exact(before, grammar) if colon and after.strip() else None
    return Heading(kind, "", " ".join([after.strip(), *cells[1:]])) if kind else None


def _named(text: str, grammar: Grammar) -> Heading | None:
    plain = re.sub(r"^\d+(?:\.\d+)*\.?\s+", "", text).rstrip(" :")
    if len(plain) > _LONGEST or plain.endswith("."):
        return None
    kind = _exact(plain, grammar)
    if kind:
        return Heading(kind)
    owned = grammar.owner.fullmatch(plain)
    if not owned:
        return None
    kind = DECISION if "förslag" not in owned["what"].lower() else PROPOSAL
    return Heading(kind, next((body.value for body in bodies_in(owned["owner"], grammar)), owned["owner"]))


def _exact(text: str, grammar: Grammar) -> str | None:
    plain = " ".join(text.casefold().split())
    exact = next((kind for kind, names in grammar.words.headings.items() if plain in names), None)
    if exact or len(plain) > _LONGEST:
        return exact
    patterns = grammar.words.heading_patterns.items()
    return next((kind for kind, forms in patterns if any(re.fullmatch(form, plain) for form in forms)), None)


def is_opening(line: Line, grammar: Grammar) -> bool:
    """Tell whether a line opens a decision without a heading: *Kommunstyrelsen beslutar*, and what follows."""
    acting = grammar.acting.match(line.text)
    return acting is not None


def _only_opens(line: Line, grammar: Grammar) -> bool:
    acting = grammar.acting.match(line.text)
    left = grammar.body.sub("", line.text[acting.end() :]) if acting else ""
    return acting is not None and bool(_OPENING.fullmatch(left))


def sections(lines: Sequence[Line], grammar: Grammar) -> list[Section]:
    """Return a matter's lines as sections; the first, `front`, is what stands before any heading."""
    done: list[Section] = []
    current = _Open(FRONT)
    for place, line in enumerate(lines):
        if line.running:
            continue
        below = lines[place + 1].text if place + 1 < len(lines) else ""
        following = _following(line, below, current, grammar)
        if following is None:
            current.lines.append(line)
            continue
        done.append(current.closed())
        current = following
    return [*done, current.closed()]


class _Open:
    def __init__(self, kind: str, heading: Line | None = None, owner: str = "") -> None:
        self.kind, self.heading, self.owner = kind, heading, owner
        self.lines: list[Line] = []

    def closed(self) -> Section:
        return Section(self.kind, tuple(self.lines), self.heading, self.owner)


def _following(line: Line, below: str, current: _Open, grammar: Grammar) -> _Open | None:
    """Return the section that a line begins, None where it goes on with the current one."""
    heading = heading_of(line, grammar)
    if heading and not _is_letterhead(line, heading, current, labels_follow=is_label(below, grammar.words)):
        kind = heading.kind
        if kind == DECISION and current.kind == PROPOSAL and not current.lines:
            kind = PROPOSAL  # "Förslag till beslut", and under it "Kommunstyrelsens beslut"
        following = _Open(kind, line, heading.owner)
        if heading.rest:
            following.lines.append(_moved(line, heading.rest))
        return following
    if current.kind in {FRONT, OTHER} and _opens(line, current, grammar):
        following = _Open(DECISION, None, next(bodies_in(line.text, grammar)).value)
        following.lines.append(line)
        return following
    return _Open(OTHER, line) if _is_unknown_heading(line, current, grammar) else None


def _is_letterhead(line: Line, heading: Heading, current: _Open, *, labels_follow: bool) -> bool:
    """Tell whether *Beslut* is only the kind of document, in its letterhead before number and title."""
    return (
        heading.kind == DECISION
        and not heading.owner
        and current.kind == FRONT
        and (len(line.cells) > 1 or line.text.isupper() or labels_follow)
        and not any("§" in other.text for other in current.lines)
        and len(current.lines) < 3
    )


def _opens(line: Line, current: _Open, grammar: Grammar) -> bool:
    if current.kind == FRONT:
        return (is_opening(line, grammar) and line.apart) or _only_opens(line, grammar)
    return _only_opens(line, grammar) and line.apart


_VERBS: Final = re.compile(r"(?i)\b(?:antar|antas|beslutar|föreslår|noterar|godkänner|godkänns|förklaras)\b")


def _is_unknown_heading(line: Line, current: _Open, grammar: Grammar) -> bool:
    if current.kind == FRONT or not line.heading or len(line.text) > _LONGEST or line.item:
        return False
    return (
        not line.text.endswith((".", ",", ";"))
        and not _VERBS.search(line.text)
        and not grammar.network.search(line.text)
    )


def _moved(line: Line, text: str) -> Line:
    return Line(text, line.page, line.number, apart=True)
