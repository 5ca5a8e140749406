"""Stage, outcome, to whom it is proposed, conditions, and whether the minutes were adjusted at once."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gemensam.governance.reading.domain.answers import Answer, inferred, not_stated, stated
from gemensam.governance.reading.domain.lines import Line, joined, paragraphs
from gemensam.governance.reading.domain.matters import Mark
from gemensam.governance.reading.domain.ruling import PROPOSED, Ruling, items
from gemensam.governance.reading.domain.source import Source

_ADJUSTED: Final = re.compile(r"(?i)omedelbart justera|justera\w* (?:inte |ej )?omedelbart|omedelbart? justering")
_NOT: Final = re.compile(r"(?i)\b(?:inte|ej|ingen|inget|utan)\b")
_WISHED: Final = re.compile(r"(?i)\b(?:yrka\w*|begär\w*|önska\w*|reserverar)\b")
_RANGE: Final = re.compile(r"§§?\s*(\d{1,4})(?:\s?[-–]\s?(\d{1,4}))?((?:(?:,|\soch)\s?\d{1,4})*)")


def stage(ruling: Ruling | None) -> Answer[str | None]:
    """Return förslag or beslut; a committee's proposal is never a decision (G6)."""
    return stated(ruling.stage, ruling.item.line) if ruling and ruling.stage else not_stated(None)


def outcome(ruling: Ruling | None) -> Answer[str | None]:
    """Return the outcome, as worded in the data; inferred where the decision only says *as proposed*."""
    if ruling is None or ruling.outcome is None:
        return not_stated(None)
    return (inferred if ruling.by_reference else stated)(ruling.outcome, ruling.ruled)


def proposed_to(ruling: Ruling | None, body: str | None) -> Answer[str | None]:
    """Return the body that is to decide on a proposal."""
    if ruling is None or ruling.stage != PROPOSED:
        return not_stated(None)
    if ruling.proposed_to:
        return stated(ruling.proposed_to, ruling.item.line)
    return inferred(body, ruling.item.line) if body and not ruling.by_reference else not_stated(None)


def conditions(source: Source, ruling: Ruling | None) -> Answer[tuple[str, ...] | None]:
    """Return the sentences that make the ruling depend on something, None where it does not."""
    if ruling is None:
        return not_stated(None)
    section = next((one for one in source.sections if ruling.ruled in one.lines), None)
    found = [item for item in items(section.lines) if _depends(item.text, source)] if section else []
    return stated(tuple(item.text for item in found), found[0].line) if found else not_stated(None)


def _depends(text: str, source: Source) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in source.grammar.words.condition_patterns)


def immediately_adjusted(source: Source, mark: Mark | None) -> Answer[bool | None]:
    """Return whether the § is adjusted at once; what somebody only asked for counts for nothing."""
    for text, line in _sentences(source):
        if _ADJUSTED.search(text) and not _WISHED.search(text) and _concerns(text, mark):
            return stated(not _NOT.search(text), line)
    return not_stated(None)


def _sentences(source: Source) -> Iterator[tuple[str, Line]]:
    for section in source.sections:
        if section.kind not in {"motion", "reservation"}:
            for paragraph in paragraphs(section.lines):
                for sentence in re.split(r"(?<=[.!?])\s+", joined(paragraph)):
                    yield sentence, _first(sentence, paragraph)
    for line in source.lines:
        if line.running:
            yield line.text, line


def _first(sentence: str, lines: Sequence[Line]) -> Line:
    return next((line for line in lines if sentence[:20] in line.text), lines[0])


def _concerns(text: str, mark: Mark | None) -> bool:
    """Tell whether the §§ that a sentence names, if any, hold the document's own."""
    named = [(int(first), int(last or first), more) for first, last, more in _RANGE.findall(text)]
    if not named or mark is None or not mark.number:
        return True
    own = int(mark.number)
    return any(first <= own <= last or own in map(int, re.findall(r"\d+", more)) for first, last, more in named)
