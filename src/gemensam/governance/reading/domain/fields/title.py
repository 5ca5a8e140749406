"""The title of the matter: what the head holds when all else in it is known."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gemensam.governance.reading.domain.answers import Answer, not_stated, stated
from gemensam.governance.reading.domain.dates import dates_in
from gemensam.governance.reading.domain.grammar import REFERENCE
from gemensam.governance.reading.domain.labels import is_label, labelled
from gemensam.governance.reading.domain.lines import Line, continued
from gemensam.governance.reading.domain.naming import bodies_in, organisations_in
from gemensam.governance.reading.domain.source import Source

_SUBTITLE: Final = re.compile(
    r"(?i)^(?:till\b|remiss från|svar till|remitterad|inkommen|ärende från|skrivelse från|bilaga\b)"
)
_ADDRESS: Final = re.compile(
    r"(?i)@|www\.|https?:|\b\d{3} ?\d{2} [A-ZÅÄÖ]|\bbox \d|\btfn\b|telefon|e-post|\b0\d{1,3}[- ]\d|org\.? ?nr"
)
_NUMBER_BEHIND: Final = re.compile(rf"\s*\((?:(?i:dnr)[:.]?\s*)?{REFERENCE.pattern}\)$")
_NUMBER_BEFORE: Final = re.compile(rf"(?:(?i:dnr|diarienr|diarienummer)[:.]?\s*){REFERENCE.pattern}[\s,.–-]*")
_PERSON: Final = re.compile(r"^(?:[A-ZÅÄÖÉ][a-zåäöé-]+)(?: [A-ZÅÄÖÉ][a-zåäöé-]+){1,3}$")
_UNIT: Final = re.compile(
    r"(?i)(?:kontor(?:et)?|förvaltning(?:en)?|avdelning(?:en)?|enhet(?:en)?|kansli(?:et)?|staben?)(?:\s[A-ZÅÄÖ]{2,4})?$"
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    line: Line
    place: int
    last: int
    own: bool


def title(source: Source) -> Answer[str | None]:
    """Return the title on one line, as it is written."""
    for text, line in labelled(source.head, "title", source.grammar.words):
        return stated(text, line)
    scored = [(_score(one, source), -one.place, one) for one in _candidates(source)]
    score, _, best = max(scored, key=lambda one: one[:2], default=(0, 0, None))
    return stated(best.text, best.line) if best and score > 0 else not_stated(None)


def _candidates(source: Source) -> Iterator[_Candidate]:
    """Yield what may be a title, each with the lines that it goes on in."""
    rests = {mark.line: mark.rest for mark in source.marks}
    taken = -1
    for place, line in enumerate(source.head):
        own = line in rests
        text = _beside(rests[line], source) if own else line.text
        if place > taken and re.search(r"[^\W\d]{3}", text) and (own or not is_known(line, source)):
            text, taken = _with_following(text, place, source)
            yield _Candidate(text, line, place, taken, own)


def _beside(rest: str, source: Source) -> str:
    """Return what stands beside a § when number and date are taken away."""
    parts = [_NUMBER_BEFORE.sub("", cell) for cell in rest.split("\t")]
    cells = [cell for cell in parts if cell and not _is_known_cell(cell, source)]
    return max(cells, key=len, default="")


def _score(one: _Candidate, source: Source) -> int:
    """Return how much speaks for a candidate; what names the network, or stands under the number, weighs most."""
    grammar, text = source.grammar, one.text
    before = source.head[one.place - 1] if one.place else None
    numbered = before is not None and (
        any(mark.line == before for mark in source.marks) or _is_numbered(before, source)
    )
    network = bool(grammar.network.search(text))
    marks = (
        (4, network),
        (2, bool(grammar.steering.search(text))),
        (3, one.line.heading),
        (3, one.own),
        (2, numbered),
        (1, one.last == len(source.head) - 1),
        (-5, bool(_SUBTITLE.match(text))),
        (-6, bool(grammar.network.fullmatch(text))),  # who sends or receives
        (-3, not one.own and len(one.line.cells) > 1),
        (-2, len(text) < 8),
        (-4, _is_person(text, source)),
        (-6, bool(_UNIT.search(text))),
        (-3, text.endswith(".")),
        (-4, bool(one.line.item)),
    )
    return sum(points for points, holds in marks if holds)


def _is_person(text: str, source: Source) -> bool:
    return bool(_PERSON.match(text)) and not source.grammar.network.search(text)


def _is_numbered(line: Line, source: Source) -> bool:
    return any(True for _ in labelled([line], "reference", source.grammar.words)) or bool(
        REFERENCE.fullmatch(line.text)
    )


def is_known(line: Line, source: Source) -> bool:
    """Tell whether every column of a line of the head is something else than a title."""
    return all(_is_known_cell(cell, source) for cell in line.cells)


def _is_known_cell(cell: str, source: Source) -> bool:
    grammar = source.grammar
    if is_label(cell, grammar.words) or REFERENCE.fullmatch(cell) or _ADDRESS.search(cell):
        return True
    if list(dates_in(cell, grammar.date, grammar.words.months)) and len(cell) < 40:
        return True
    if cell.casefold().strip(" :.") in {name for names in grammar.words.document_types.values() for name in names}:
        return True
    found = [*organisations_in(cell, grammar), *bodies_in(cell, grammar)]
    left = len(cell) - sum(one.end - one.start for one in found)
    return (bool(found) and left < 12) or bool(re.fullmatch(r"[\d\s().:§/-]+", cell))


def _with_following(text: str, place: int, source: Source) -> tuple[str, int]:
    """Return a title with the lines that it goes on in, and the place of the last."""
    first = source.head[place]
    for line in source.head[place + 1 :]:
        goes_on = line.wrapped or (not line.apart and not line.item)
        if not goes_on or line.heading != first.heading or line.page != first.page or is_known(line, source):
            break
        if not line.wrapped and (_SUBTITLE.match(line.text) or _is_person(line.text, source)):
            break
        text, place = continued(text, line.text), place + 1
    return _NUMBER_BEHIND.sub("", text.strip()), place
