"""A yttrande in numbered lines, so that a synpunkt can say where it stands: of typed text, and of a document's rows."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gemensam.core.refusal import Refused

_SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[A-ZÅÄÖ0-9”\"(–-])")


class Line(NamedTuple):
    """A line as it is shown: `number` from 1 through the whole yttrande, `page` from 1, 0 where there are none."""

    number: int
    page: int
    text: str
    starts: bool = False


def of_text(text: str) -> tuple[Line, ...]:
    """Return typed text as one line for each sentence; `starts` where a new paragraph begins."""
    found: list[Line] = []
    for paragraph in text.replace("\r\n", "\n").split("\n"):
        sentences = [part for part in _SENTENCE.split(paragraph.strip()) if part]
        found += [Line(len(found) + n, 0, part, n == 1) for n, part in enumerate(sentences, start=1)]
    return tuple(found)


def of_rows(rows: Iterable[tuple[int, str, bool]]) -> tuple[Line, ...]:
    """Return a document's rows, each (page, text, whether it stands apart), without those that are empty."""
    told = [row for row in rows if row[1].strip()]
    return tuple(Line(place, page, text.strip(), apart) for place, (page, text, apart) in enumerate(told, start=1))


def quoted(lines: Sequence[Line], line_from: int, line_to: int, marked: str = "") -> tuple[str, int]:
    """Return what is quoted of some lines, and the page: the marked words, or the lines whole where none are.

    Raises `Refused`: `lines_wrong`; `quote_not_there` where the words do not stand in those lines.
    """
    chosen = [each for each in lines if line_from <= each.number <= line_to]
    if not chosen or line_from > line_to or len(chosen) != line_to - line_from + 1:
        raise Refused("lines_wrong")
    whole = " ".join(" ".join(each.text for each in chosen).split())
    wanted = " ".join(marked.split())
    if wanted and wanted not in whole:
        raise Refused("quote_not_there")
    return wanted or whole, chosen[0].page
