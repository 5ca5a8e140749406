"""The document's own date: of the meeting, or of the letter. Every other date in it is a trap."""

import re
from collections.abc import Iterator

from gemensam.governance.reading.domain.answers import Answer, not_stated, stated
from gemensam.governance.reading.domain.dates import dates_in
from gemensam.governance.reading.domain.labels import is_label, labelled, of_label
from gemensam.governance.reading.domain.lines import Line
from gemensam.governance.reading.domain.source import Source

_DAY = re.compile(
    r"(?i)\b(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?\b|\bkl(?:ockan)?\b.*|\b(?:den|fört|vid|med|från|nr|möte|sammanträde(?:t)?|sammanträdes)\b|[\d:.,–()\s-]"
)


def own_date(source: Source) -> Answer[str | None]:
    """Return the date as ISO 8601, where its label or its place in the head says that it is the document's own."""
    top = _top(source)
    for text, line in labelled(top, "date", source.grammar.words):
        found = _only(text, source)
        if found:
            return stated(found, line)
    alone = list(_alone(top, source))
    return stated(*alone[0]) if len({day for day, _ in alone}) == 1 else not_stated(None)


def _top(source: Source) -> list[Line]:
    """Return the head with the first page's running head, which many print the date in."""
    running = [line for line in source.running if line.page == (source.head[0].page if source.head else 1)]
    return sorted([*source.head, *running], key=lambda line: (line.page, line.number))


def _only(text: str, source: Source) -> str | None:
    days = list(dates_in(text, source.grammar.date, source.grammar.words.months))
    return days[0].value if days and days[0].start < 100 else None


def _alone(lines: list[Line], source: Source) -> Iterator[tuple[str, Line]]:
    """Yield the dates that stand alone in a column of the head, or with nothing but body and sort of document."""
    words = source.grammar.words
    for place, line in enumerate(lines):
        if of_label(line, "other_date", words) or (place and _ends_with_other_label(lines[place - 1], source)):
            continue
        for cell in line.cells:
            days = [found.value for found in dates_in(cell, source.grammar.date, words.months)]
            if len(set(days)) == 1 and _says_nothing_else(cell, source):
                yield days[0], line


def _ends_with_other_label(line: Line, source: Source) -> bool:
    words = source.grammar.words
    return of_label(line, "other_date", words) and not list(dates_in(line.text, source.grammar.date, words.months))


def _says_nothing_else(cell: str, source: Source) -> bool:
    grammar = source.grammar
    left = grammar.body.sub("", grammar.organisation.sub("", grammar.date.sub("", cell)))
    left = re.sub(r"§\s*\d+", "", left)
    for names in grammar.words.document_types.values():
        for name in names:
            left = re.sub(rf"(?i)\b{re.escape(name)}\b", "", left)
    return not re.search(r"\w", _DAY.sub("", left)) and not is_label(cell, grammar.words)
