"""Attachments, and whom the decision is sent to: lists under their headings, put together as they were meant."""

import re
from collections.abc import Sequence
from typing import Final

from gemensam.governance.reading.domain.answers import Answer, not_stated, stated
from gemensam.governance.reading.domain.lines import Line, continued
from gemensam.governance.reading.domain.sections import Section
from gemensam.governance.reading.domain.source import Source

_FILE: Final = re.compile(r"(?i)\.(?:pdf|docx?|xlsx?|pptx?|odt|msg)$")
_NUMBERED: Final = re.compile(r"(?i)^(?:bilaga|bil\.?)\s?\d{1,2}[a-z]?\s*[.:–-]?\s*(?=\S)|^\d{1,2}[.)]\s*(?=\S)")
_AND: Final = re.compile(r"\s(?:och|samt)\s(?=[A-ZÅÄÖ])")
_PARTED: Final = re.compile(r"\s*[,;]\s+(?![^(]*\))|\t")

Texts = tuple[str, ...] | None


def attachments(source: Source) -> Answer[Texts]:
    """Return the attachments by name, without their numbers; None where the document lists none."""
    # *Bilagor* before *Beslutsunderlag*: what is attached, before what the decision rests on.
    for kind in ("attachments", "basis"):
        for section in source.of_kind(kind):
            found = _answer(section, _entries(_kept(section.lines, source)), source)
            if found:
                return found
    return not_stated(None)


def send_to(source: Source) -> Answer[Texts]:
    """Return whom the decision is sent to, each by itself; None where the document does not say."""
    for section in source.of_kind("send_to"):
        entries = [part for entry in _entries(_kept(section.lines, source)) for part in _recipients(entry)]
        found = _answer(section, entries, source)
        if found:
            return found
    return not_stated(None)


def _answer(section: Section, entries: list[str], source: Source) -> Answer[Texts] | None:
    if not entries:
        return None
    nothing = len(entries) == 1 and entries[0].casefold().strip(" .-–") in source.grammar.words.nothing
    return stated(() if nothing else tuple(entries), section.lines[0])


def _kept(lines: Sequence[Line], source: Source) -> list[Line]:
    """Return the lines before the signatures, which often stand last on the page."""
    for place, line in enumerate(lines):
        if place and any(cell.casefold().split(",")[0] in source.grammar.words.titles for cell in line.cells):
            return list(lines[: place - 1])
        if place and _is_foot(line, source):
            return list(lines[:place])
    return list(lines)


def _is_foot(line: Line, source: Source) -> bool:
    """Tell whether a line is only a body and a date, as stands at the foot of minutes."""
    left = source.grammar.body.sub("", source.grammar.date.sub("", line.text))
    return not re.search(r"\w", left) and bool(source.grammar.date.search(line.text))


def _entries(lines: Sequence[Line]) -> list[str]:
    """Return one text for each thing listed; a thing may take several lines."""
    files = sum(1 for line in lines if _FILE.search(line.text))
    entries: list[str] = []
    for line in lines:
        numbered = bool(line.item) or bool(_NUMBERED.match(line.text))
        if entries and not numbered and _goes_on(entries[-1], line, by_file=files > 1 and files * 2 >= len(lines)):
            entries[-1] = continued(entries[-1], line.text)
        else:
            entries.append(line.text)
    return [text for entry in entries if (text := _named(entry))]


def _goes_on(entry: str, line: Line, *, by_file: bool) -> bool:
    if by_file:
        return not _FILE.search(entry)
    if line.wrapped or entry.endswith((",", " och", " för", " till", " av", " -", " –")):
        return True
    return not line.apart and (line.text[:1].islower() or line.text[:1] in "(–")


def _named(entry: str) -> str:
    return _NUMBERED.sub("", entry.replace("\t", " "), count=1).strip(" ;")


def _recipients(entry: str) -> list[str]:
    parts = [part.strip(" .;") for part in _PARTED.split(entry)]
    last = _AND.split(parts[-1])
    return [part for part in (*parts[:-1], *(one.strip(" .") for one in last)) if part]
