"""Whose document it is: by letterhead or signature, else by how the text speaks of its own organisation."""

import re
from collections.abc import Iterator

from gemensam.governance.reading.domain.answers import Answer, inferred, not_stated, stated
from gemensam.governance.reading.domain.dates import Found
from gemensam.governance.reading.domain.lines import Line, joined, paragraphs
from gemensam.governance.reading.domain.naming import organisations_in
from gemensam.governance.reading.domain.source import Source

_TOP = 15
_FIRST_PAGES = 2
# What stands beside a name in a letterhead: a unit, the sort of document, an address.
_BESIDE = re.compile(
    r"(?i)[\w-]+(?:kontoret|förvaltningen|förvaltning|kontor)|protokoll(?:sutdrag)?|sammanträdes\w+|org\.?\s?nr.*|box.*"
    r"|tfn.*|www.*|\d[\d ()-]*|sida"
)
_RECIPIENT = re.compile(r"(?i)^(?:till|mottagare|adressat|kopia till|cc)\b")
# "… members, among them X": a member that speaks of itself in a text about the network.
_AMONG = re.compile(r"(?i)(?:medlem|aktör|part)[\wåäö]*[^.]{0,80},?\s(?:däribland|bland annat|varav)\s+$")
# "… members, among them X, have already adopted it": X is another.
_HAS_DONE = re.compile(r"(?i)^,?\s(?:och [^.]{0,60})?(?:har|hade|antog|beslutade|lämnade|deltog)\b")
_SPEAKS = re.compile(
    r"(?i)^\s+(?:arbetar för|är en av|ingår som|ställer sig|anser|bedömer|har inget att erinra|instämmer)\b"
)


def organisation(source: Source) -> Answer[str | None]:
    """Return the name as the directory has it; None where nothing says whose the document is."""
    for name, line in _letterhead(source):
        return stated(name, line)
    return _by_itself(source)


def _letterhead(source: Source) -> Iterator[tuple[str, Line]]:
    """Yield organisations that stand alone in the head or foot of the first page."""
    edge = [line for line in source.running if line.page <= _FIRST_PAGES]
    top = sorted([*source.head[:_TOP], *edge], key=lambda line: (line.page, line.number))
    before = ""
    for line in top:
        if not _RECIPIENT.match(line.text) and not _RECIPIENT.fullmatch(before):
            for cell in line.cells:
                name = _alone(cell, source)
                if name:
                    yield name, line
        before = line.text
    yield from _address(source)
    yield from _signature(source)


def _alone(cell: str, source: Source) -> str:
    """Return the organisation of a column that says nothing else but body, unit, date or address."""
    found = list(organisations_in(cell, source.grammar))
    if len(found) != 1 or found[0].start > 0:
        return ""
    left = source.grammar.date.sub("", source.grammar.body.sub("", cell[found[0].end :]))
    left = _BESIDE.sub("", left)
    return "" if re.search(r"\w", left) else found[0].value


def _address(source: Source) -> Iterator[tuple[str, Line]]:
    """Yield the organisation of an address in the foot: *Postadress: Granåsa kommun, 123 45 Granåsa*."""
    for line in (*source.running, *source.lines[-6:]):
        match = re.match(r"(?i)^(?:post|besöks)?adress:?\s+", line.text)
        found = next(organisations_in(line.text[match.end() :], source.grammar), None) if match else None
        if found and found.start == 0:
            yield found.value, line


def _signature(source: Source) -> Iterator[tuple[str, Line]]:
    for line in source.lines[-25:]:
        match = re.match(r"(?i)^för\s+", line.text)
        name = _alone(line.text[match.end() :], source) if match else ""
        if name:
            yield name, line


def _by_itself(source: Source) -> Answer[str | None]:
    """Return the one municipality, region or federation that the text names, where it speaks of it as its own."""
    # Paragraph by paragraph: a heading above must not become part of a name.
    parts = [joined(paragraph) for section in source.sections for paragraph in paragraphs(section.lines)]
    text = " . ".join(parts)
    named = [
        found
        for found in organisations_in(text, source.grammar)
        if re.search(r"(?i)kommun|stad$|^region ", found.value)
    ]
    own = [one for one in named if _is_own(text, one)]
    kommuner = {one.value for one in named if not one.value.lower().startswith("region ")}
    # Where the text names other municipalities too, one turn of phrase is not enough.
    if not own or len({one.value for one in own}) > 1 or (len(kommuner) > 1 and len(own) < 2):
        return not_stated(None)
    return inferred(own[0].value, _line_of(own[0].value, source))


def _is_own(text: str, one: Found) -> bool:
    after = text[one.end :]
    among = _AMONG.search(text[max(0, one.start - 140) : one.start]) and not _HAS_DONE.match(after)
    return bool(among or _SPEAKS.match(after))


def _line_of(name: str, source: Source) -> Line | None:
    first = name.split(" ", maxsplit=1)[0].casefold()
    return next((line for line in source.lines if first in line.text.casefold() and not line.running), None)
