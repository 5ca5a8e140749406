"""The body: that which meets, or to which a letter is laid."""

import re
from collections.abc import Iterator

from gemensam.governance.reading.domain.answers import Answer, inferred, not_stated, stated
from gemensam.governance.reading.domain.labels import labelled
from gemensam.governance.reading.domain.lines import Line
from gemensam.governance.reading.domain.naming import bodies_in
from gemensam.governance.reading.domain.source import Source

_LEFT = " ,.:;-–()0123456789§"


def body(source: Source, organisation: str | None) -> Answer[str | None]:
    """Return the body's name; for an authority that decides by itself, the authority."""
    named = list(_head(source))
    owners = [section for section in source.of_kind("decision", "proposal") if section.owner]
    owner = next((name for section in owners if (name := _body(section.owner, source))), None)
    if named:
        chosen = _whole(named, source) or next((one for one in named if one[0] == owner), named[0])
        return stated(*chosen)
    if owner:
        section = next(section for section in owners if _body(section.owner, source) == owner)
        return stated(owner, section.heading or section.lines[0])
    return _acting(source) or _authority(source, organisation) or not_stated(None)


def _head(source: Source) -> Iterator[tuple[str, Line]]:
    """Yield the bodies that stand alone in a column of the head, or beside its date, number or sort of document."""
    running = [line for line in source.running if line.page <= 1]
    top = sorted([*source.head, *running], key=lambda line: (line.page, line.number))
    for text, line in labelled(top, "body", source.grammar.words):
        for found in bodies_in(text, source.grammar):
            yield found.value, line
    for line in top:
        for cell in line.cells:
            name = _body(cell, source)
            if name:
                yield name, line
    for mark in source.marks[:1]:
        if mark.body:
            yield mark.body, mark.line


def _body(cell: str, source: Source) -> str | None:
    """Return the body of a column that says nothing else."""
    grammar = source.grammar
    found = list(bodies_in(cell, grammar))
    left = grammar.organisation.sub("", grammar.date.sub("", grammar.body.sub("", cell))).casefold()
    for names in grammar.words.document_types.values():
        for name in sorted(names, key=len, reverse=True):
            left = left.replace(name, "")
    for word in ("sammanträde med", "sammanträde", "till ", "för ", "i "):
        left = left.replace(word, "")
    return found[0].value if len(found) == 1 and not left.strip(_LEFT) else None


def _whole(named: list[tuple[str, Line]], source: Source) -> tuple[str, Line] | None:
    """Return the part of a body whose letterhead names the body, and below it *Arbetsutskottet*."""
    names = [name for name, _ in named]
    for name, line in named:
        above = names[: names.index(name)]
        # "Kommunledningsutskottet" says itself whose it is, "Arbetsutskottet" does not.
        part = name.endswith("utskottet") and " " not in name and not name.startswith(("Kommun", "Region"))
        if part and above and above[-1].lower() in source.grammar.words.bodies:
            return f"{above[-1]}s {name.lower().removesuffix('et')}", line
    return None


def _acting(source: Source) -> Answer[str | None] | None:
    for section in source.of_kind("decision", "proposal"):
        for line in section.lines:
            acting = source.grammar.acting.search(line.text)
            if acting:
                return inferred(next(bodies_in(acting["who"], source.grammar)).value, line)
    return None


def _authority(source: Source, organisation: str | None) -> Answer[str | None] | None:
    if organisation is None or organisation.endswith((" kommun", " stad")):
        return None
    first = organisation.split(" ", maxsplit=1)[0].casefold()
    for section in source.of_kind("decision"):
        for line in section.lines:
            # "Länsstyrelsen antar …", in the decision of Länsstyrelsen Stockholm.
            if re.match(rf"{re.escape(first)}(?!\w)", line.text.casefold()):
                return inferred(organisation, line)
    return None
