"""A report as plain text, whole or question by question, for WIS and e-mail (R84)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gemensam.picture.lists import Lists
from gemensam.picture.report_shown import Section, ShownCell, sections
from gemensam.web import times
from gemensam.web.shapes import plain

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a report says to one question of its form: the heading, and the text to paste beneath it."""

    code: str
    label: str
    text: str


def answers_of(content: Content, lists: Lists, reference: int) -> list[Answer]:
    """Return a report question by question, in the form's order; what is not answered is left out."""
    return [_answer(section, reference) for section in sections(content, lists, reference)]


def as_text(answers: Sequence[Answer], *, title: str, foot: str) -> str:
    """Return the whole report as plain text: each question's heading in capitals, its answer beneath."""
    return "\n\n".join([title, *(f"{one.label.upper()}\n{one.text}" for one in answers), foot])


def _answer(section: Section, reference: int) -> Answer:
    lines = [f"- {line}" for line in (*section.lines, *(_cell_text(cell, reference) for cell in section.cells))]
    return Answer(section.code, section.label, section.text or "\n".join(lines))


def _cell_text(cell: ShownCell, reference: int) -> str:
    """Status as digit and word; type, source and time in brackets."""
    word = f"{plain(cell.value)} {cell.value.word}" if cell.value.digit else cell.value.word
    notes = f", {', '.join(cell.value.notes)}" if cell.value.notes else ""
    trend = f", {cell.value.trend_word}" if cell.value.trend_word else ""
    said = ". ".join(filter(None, [cell.text.rstrip("."), *cell.figures]))
    told_when = ", ".join([*cell.qualifiers, times.clock(cell.stated_at, reference)])
    return f"{cell.name}: {word}{notes}{trend}. {said + '. ' if said else ''}({told_when})"
