"""The document's own diarienummer: labelled, or alone in the head. That of another's matter is a trap."""

import re

from gemensam.governance.reading.domain.answers import Answer, not_stated, stated
from gemensam.governance.reading.domain.dates import dates_in
from gemensam.governance.reading.domain.grammar import REFERENCE
from gemensam.governance.reading.domain.labels import labelled, of_label
from gemensam.governance.reading.domain.source import Source


def own_reference(source: Source) -> Answer[str | None]:
    """Return the number as it is written; None where there is none, or where one has lost digits."""
    running = [line for line in source.running if line.page <= 1]
    top = sorted([*source.head, *running], key=lambda line: (line.page, line.number))
    damaged = False
    for text, line in labelled(top, "reference", source.grammar.words):
        found = _first(text, source)
        if found:
            return stated(found, line)
        damaged = damaged or bool(re.search(r"\d", source.grammar.date.sub("", text)))
    if damaged:
        return not_stated(None)
    if written := _written_out(source):
        return written
    for line in top:
        for cell in () if of_label(line, "other_reference", source.grammar.words) else line.cells:
            if REFERENCE.fullmatch(cell) and cell[:1].isalpha() and not _is_date(cell, source):
                return stated(cell, line)
    return not_stated(None)


_IN_TEXT = re.compile(
    rf"(?i:\b(?:dnr|diarienr|diarienummer)[:.]?\s*|\((?:dnr[:.]?\s*)?)(?P<number>{REFERENCE.pattern})"
)


def _written_out(source: Source) -> Answer[str | None] | None:
    """Return the number that stands after its § or its title on one line: *§ 20 Dnr 2023/33*, *… (KS/2023:123)*."""
    for line in source.head:
        match = None if of_label(line, "other_reference", source.grammar.words) else _IN_TEXT.search(line.text)
        # In brackets alone, a number before a year is that of the minutes.
        bare = match and match[0].startswith("(") and not re.match(r"\(?(?:[^\W\d]|(?:19|20)\d\d\D)", match[0])
        if match and not bare and not _is_date(match["number"], source):
            return stated(match["number"], line)
    return None


def _first(text: str, source: Source) -> str | None:
    """Return the number that a text begins with: what comes after is page, date or class."""
    match = REFERENCE.match(text.strip())
    # "KS-2019/350." at the end of its line has lost what came after.
    cut = match and re.fullmatch(r"[-.:/]", text.strip()[match.end() :])
    return match[0] if match and not cut and not _is_date(match[0], source) else None


def _is_date(text: str, source: Source) -> bool:
    return any(True for _ in dates_in(text, source.grammar.date, source.grammar.words.months))
