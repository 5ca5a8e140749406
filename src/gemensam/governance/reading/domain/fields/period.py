"""The period of years of the document that is decided on: by its title, else by the ruling, else where all agree."""

import re
from typing import Final

from gemensam.governance.reading.domain.answers import Answer, inferred, not_stated, stated
from gemensam.governance.reading.domain.lines import Line, joined
from gemensam.governance.reading.domain.ruling import Ruling
from gemensam.governance.reading.domain.source import Source

Years = tuple[int, int]
_PERIOD: Final = re.compile(
    r"(?<![\d/.:-])((?:19|20)\d\d)\s?(?:[-–—−/]|till och med|t\.?o\.?m\.?|till|och fram till)\s?"
    r"((?:19|20)?\d\d)(?![\d/]|[-–.]\d)"
)
_LONGEST: Final = 12


def years_in(text: str) -> list[Years]:
    """Return the periods of a text; one whose digits are lost is none."""
    found = []
    for first, last in _PERIOD.findall(text):
        begins, ends = int(first), int(last) if len(last) == 4 else int(first[:2] + last)
        if begins < ends <= begins + _LONGEST:
            found.append((begins, ends))
    return found


def period(
    source: Source, title: Answer[str | None], ruling: Ruling | None, *, of_network: bool
) -> Answer[Years | None]:
    """Return first and last year; `of_network`: the matter is the network's, so that its målbild is the one meant."""
    in_title = set(years_in(title.value or ""))
    if len(in_title) == 1:
        return Answer(in_title.pop(), title.certainty, title.page, title.line)
    if ruling and len(found := set(years_in(ruling.item.text))) == 1:
        return stated(found.pop(), ruling.item.line)
    return _of_steering_document(source) if of_network else not_stated(None)


def _of_steering_document(source: Source) -> Answer[Years | None]:
    """Return the period that the text gives the steering document, where it never gives another."""
    text = joined(line for line in source.lines if not line.running)
    # The name of the document, and its years at most some words later: "målbilden för perioden 2023–2026".
    near = re.compile(rf"{source.grammar.steering.pattern}(?:[^.\d]{{0,60}}){_PERIOD.pattern}")
    found = {years for match in near.finditer(text) for years in years_in(match[0])}
    if len(found) != 1:
        return not_stated(None)
    years = found.pop()
    return inferred(years, _line_with(years, source))


def _line_with(years: Years, source: Source) -> Line | None:
    return next((line for line in source.lines if years in years_in(line.text)), None)
