"""The matters of a document: minutes hold many, each under its §; an extract holds one, sometimes with its history."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gemensam.governance.reading.domain.grammar import PARAGRAPH, Grammar
from gemensam.governance.reading.domain.lines import Line
from gemensam.governance.reading.domain.naming import bodies_in

_NUMBERED: Final = r"(?:paragraf|§|ärende)\s*(?:nr\s*)?:?"
# A § whose number a scanner has lost still begins a matter; its number is then not stated.
_LOST: Final = re.compile(r"^§(?!\s?[§\d])\s*([^a-zåäö].*)?$")
# What follows a § that is cited: of a law, of another text, of a file's name.
_CITED: Final = re.compile(r"^\s*(?:[a-zåäö]|\.pdf|[,;)])")


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that carries the § of a matter, whose it is if said, and what else stands on the line."""

    line: Line
    number: str
    body: str
    rest: str


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter: its marks (one for each body that has had it, where they stand together) and its lines."""

    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]


def marks_of(line: Line, grammar: Grammar) -> list[Mark]:
    """Return the §§ of a matter that a line carries, one for each body that has had it; none where it cites some."""
    if line.wrapped or line.item or "§§" in line.text:
        return []
    marks = []
    for place, cell in enumerate(line.cells):
        match = PARAGRAPH.search(cell)
        if match and _is_own(cell[: match.start()], grammar) and not _CITED.match(cell[match.end() :]):
            body = next((found.value for found in bodies_in(cell[: match.start()], grammar)), "")
            others = [cell[match.end() :].strip(" .–-"), *line.cells[:place], *line.cells[place + 1 :]]
            marks.append(Mark(line, match[1], body, "\t".join(part for part in others if part)))
    lost = None if marks else _LOST.match(line.text)
    return [Mark(line, "", "", (lost[1] or "").strip())] if lost else marks


def _is_own(before: str, grammar: Grammar) -> bool:
    """Tell whether only a body, a date or the word paragraph stands before a §."""
    left = grammar.date.sub("", grammar.body.sub("", before))
    return not re.sub(r"(?i)paragraf|protokoll(?:sutdrag)?|sammanträde|ärende|nr|den|[\s:,.–-]", "", left)


def split(lines: Sequence[Line], grammar: Grammar) -> tuple[tuple[Line, ...], tuple[Matter, ...]]:
    """Return what stands before the first §, and the matters in their order."""
    starts: list[tuple[int, Mark]] = []
    for place, line in enumerate(lines):
        marks = [] if line.running else marks_of(line, grammar)
        # After the first, a body with a date and a § tells when it had the matter before.
        if not (starts and any(mark.body for mark in marks) and grammar.date.search(line.text)):
            starts += [(place, mark) for mark in marks]
    groups: list[list[tuple[int, Mark]]] = []
    for place, mark in starts:
        if groups and _together(groups[-1], place, mark, lines):
            groups[-1].append((place, mark))
        else:
            groups.append([(place, mark)])
    if not groups:
        return tuple(lines), ()
    ends = [group[0][0] for group in groups[1:]] + [len(lines)]
    matters = tuple(
        Matter(tuple(mark for _, mark in group), tuple(lines[group[0][0] : end]))
        for group, end in zip(groups, ends, strict=True)
    )
    return tuple(lines[: groups[0][0][0]]), matters


def _together(group: list[tuple[int, Mark]], place: int, mark: Mark, lines: Sequence[Line]) -> bool:
    """Tell whether a § stands right under the one before (the same matter in another body), or repeats it."""
    last, before = group[-1]
    if place == last:
        return True
    between = [line for line in lines[last + 1 : place] if not line.running]
    if mark.number and mark.number == before.number and mark.body == before.body:
        return True
    return not between and not (before.rest and mark.rest and not mark.body)
