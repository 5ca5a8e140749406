"""What is decided or proposed on the matter: the sentence that rules, found among those that do other things."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gemensam.governance.reading.domain.fields.document_type import PROPOSALS
from gemensam.governance.reading.domain.grammar import Grammar
from gemensam.governance.reading.domain.lines import Line, joined, paragraphs
from gemensam.governance.reading.domain.naming import body_name
from gemensam.governance.reading.domain.sections import DECISION, PROPOSAL, Section
from gemensam.governance.reading.domain.source import Source

DECIDED: Final = "beslut"
PROPOSED: Final = "förslag"
_BY_REFERENCE: Final = re.compile(
    r"(?i)(?:enligt|i enlighet med|bifall\w*|biträd\w*|tillstyrk\w*|godkänn\w*|ställ\w* sig bakom)\s[^.]{0,120}?förslag"
)
_SENTENCE: Final = re.compile(r"(?<=[.;])\s+(?=[A-ZÅÄÖ])")
_PREFACE: Final = re.compile(r"(?i)(?:beslutar?|att|följande beslut|föreslår \w+|besluta följande)\s*[:.]?$|:$")
_MOTION: Final = re.compile(r"(?i)yrkande|återremissyrkande")
# A committee that only passes a matter on neither decides nor proposes.
_PASSED_ON: Final = re.compile(r"(?i)\b(?:överlämna[rs]?|hänskjut(?:er|s))\b[^.]{0,80}\btill\b|\butan eget\b")
_PROPOSES: Final = re.compile(r"(?i)\b(?:föreslår|föreslå|föreslås|hemställer|tillstyrker|förordar)\b")


@dataclass(frozen=True, slots=True)
class Item:
    """One point or sentence: its text, the words that lead it in, and its first line."""

    text: str
    preface: str
    line: Line


@dataclass(frozen=True, slots=True)
class Ruling:
    """The ruling item, its outcome, whether it is proposed, to whom, and whether that was found by reference.

    `line` carries the item, `ruled` the line of the outcome, which may be in the proposal that is referred to.
    """

    stage: str | None
    outcome: str | None
    proposed_to: str | None
    item: Item
    ruled: Line
    by_reference: bool = False


def ruling(source: Source, kind: str | None, body: str | None) -> Ruling | None:
    """Return the ruling of the document; None where nothing in it decides or proposes anything."""
    proposals = source.of_kind(PROPOSAL)
    if kind in PROPOSALS:
        return _of_proposal(proposals or source.of_kind(DECISION), source)
    decision = _decision(source, body)
    if decision is None:
        return _of_proposal(proposals, source) if kind != "other" else None
    found = _of_decision(decision, source)
    if found and found.outcome is None and _BY_REFERENCE.search(_whole(found.item)):
        return _referred(found, proposals, source)
    if found and found.outcome is None and found.stage:
        return _of_own_proposal(proposals, source, body) or found
    return found


def _of_own_proposal(proposals: Sequence[Section], source: Source, body: str | None) -> Ruling | None:
    """Return what the body itself proposes, where its decision is on other things, such as adjusting at once."""
    own = [section for section in proposals if body and _is_of(section.owner, body)]
    found = _of_proposal(own, source)
    return found if found and found.outcome else None


def _decision(source: Source, body: str | None) -> Section | None:
    """Return the decision of the document's own body: minutes repeat those of the bodies that had it before."""
    sections = [section for section in source.of_kind(DECISION) if section.lines]
    own = [section for section in sections if body and _is_of(section.owner, body)]
    bare = [section for section in sections if not section.owner]
    return next(iter(own or bare), None) or (sections[0] if sections and body is None else None)


def _is_of(owner: str, body: str) -> bool:
    """Tell whether a heading's body is the document's: *Arbetsutskottet* is *Kommunstyrelsens arbetsutskott*."""
    short = owner.lower().removesuffix("et")
    return bool(owner) and (owner == body or body.lower().endswith((f" {short}", owner.lower())))


def items(lines: Sequence[Line]) -> Iterator[Item]:
    """Yield the points of a decision, each with what leads it in; prose is one item a sentence."""
    preface = ""
    for paragraph in paragraphs(lines):
        text = joined(paragraph)
        if not paragraph[0].item and _PREFACE.search(text) and len(text) < 200:
            preface = text
            yield Item(text, "", paragraph[0])
        elif paragraph[0].item:
            yield Item(text, preface, paragraph[0])
        else:
            yield from _sentences(text, preface, paragraph)


def _sentences(text: str, preface: str, paragraph: Sequence[Line]) -> Iterator[Item]:
    read = 0
    for sentence in _SENTENCE.split(text):
        yield Item(sentence, preface, _line_at(read, paragraph))
        read += len(sentence) + 1


def _line_at(place: int, lines: Sequence[Line]) -> Line:
    for line in lines:
        place -= len(line.text) + 1
        if place < 0:
            return line
    return lines[-1]


def outcome_of(text: str, grammar: Grammar) -> str | None:
    """Return the outcome of an item: that whose word stands first, of two at one place the more particular."""
    found = [
        (match.start(), order, outcome)
        for order, (outcome, pattern) in enumerate(grammar.words.outcome_patterns)
        if (match := re.search(pattern, text, re.IGNORECASE))
    ]
    return min(found)[2] if found else None


def _principal(section: Section, source: Source) -> tuple[Item, str | None] | None:
    """Return the item that rules on the matter itself, with its outcome."""
    all_items = list(items(section.lines))
    ruled = [(item, outcome) for item in all_items if (outcome := outcome_of(item.text, source.grammar))]
    on_matter = [one for one in ruled if not _MOTION.search(one[0].text)] or ruled
    about = [one for one in on_matter if _is_about(one[0].text, source.grammar)]
    if about or on_matter:
        return (about or on_matter)[0]
    return (all_items[0], None) if all_items else None


def _is_about(text: str, grammar: Grammar) -> bool:
    return bool(
        grammar.network.search(text) or grammar.steering.search(text) or re.search(r"(?i)yttrande|remissvar", text)
    )


def _whole(item: Item) -> str:
    return f"{item.preface} {item.text}".strip()


def _of_decision(section: Section, source: Source) -> Ruling | None:
    found = _principal(section, source)
    if found is None:
        return None
    item, outcome = found
    told = _whole(item)
    stage = PROPOSED if _PROPOSES.search(told) else DECIDED
    if outcome is None and _PASSED_ON.search(told):
        return Ruling(None, None, None, item, item.line)
    if outcome in {"återremitterar", "bordlägger"} and not _PROPOSES.search(item.text):
        stage = DECIDED
    return Ruling(stage, outcome, _to(told, source.grammar) if stage == PROPOSED else None, item, item.line)


def _to(text: str, grammar: Grammar) -> str | None:
    """Return the body that a text proposes to."""
    match = grammar.proposing.search(text)
    return body_name(match["to"], grammar) if match else None


def _of_proposal(proposals: Sequence[Section], source: Source) -> Ruling | None:
    for section in proposals:
        found = _principal(section, source)
        if found:
            item, outcome = found
            to = _to(_whole(item), source.grammar) or _decider(item, section, source.grammar)
            return Ruling(PROPOSED, outcome, to, item, item.line)
    return None


def _decider(item: Item, section: Section, grammar: Grammar) -> str | None:
    """Return the body that a proposal lets decide: *Kommunstyrelsen beslutar …*, or its heading."""
    acting = grammar.acting.search(_whole(item))
    if acting:
        return body_name(acting["who"], grammar)
    heading = section.heading.text if section.heading else ""
    towards = re.search(rf"(?i)förslag till (?P<to>{grammar.bodies_source})(?![a-zåäö-])", heading)
    if towards:
        return body_name(towards["to"], grammar)
    is_decision = "förslag" not in heading.lower()
    return body_name(section.owner, grammar) if is_decision and grammar.body.fullmatch(section.owner) else None


def _referred(found: Ruling, proposals: Sequence[Section], source: Source) -> Ruling:
    """Return a ruling that says *as proposed* with the outcome of what was proposed."""
    proposed = _of_proposal(_nearest(found, proposals), source)
    if proposed is None:
        return found
    to = found.proposed_to or (proposed.proposed_to if found.stage == PROPOSED else None)
    return Ruling(found.stage, proposed.outcome, to, proposed.item, proposed.ruled, by_reference=True)


def _nearest(found: Ruling, proposals: Sequence[Section]) -> list[Section]:
    """Return the proposals, first those of the office or body that the ruling names."""
    told = _whole(found.item).casefold()
    return sorted(proposals, key=lambda section: not (section.owner and section.owner.casefold()[:12] in told))
