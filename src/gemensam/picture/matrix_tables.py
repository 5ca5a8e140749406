"""The matrix as a table for other programs: one line for each member and function, in words, codes and times."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gemensam.picture.domain.matrix import Cell, Row
from gemensam.picture.matrix_words import MatrixWords
from gemensam.picture.queries import Live
from gemensam.web import times


def matrix_table(live: Live, words: MatrixWords) -> tuple[list[str], list[list[str]]]:
    """Return heads and lines: one line for each member and function."""
    return _heads(), [list(_line(row, cell, words)) for row in live.matrix.rows for cell in row.cells]


def picture_file(at: int, label: str = "") -> str:
    """Return what a file of the picture is called: `lagesbild-2-2026-11-20-1842`; `at`: its situation, ms UTC."""
    parts = (pgettext("file name", "picture"), label, f"{times.local(at):%Y-%m-%d-%H%M}")
    return "-".join(part for part in parts if part)


def _heads() -> list[str]:
    return [
        pgettext("picture", "Member"), _("Function of society"), _("Code of the function"), _("Value"),
        _("Code of the value"), _("Step"),
        _("Type"), _("True at"), _("Confirmed at"), _("Remarks"), _("Not contributed"), _("Entry"),
    ]  # fmt: skip


def _line(row: Row, cell: Cell, words: MatrixWords) -> Iterator[str]:
    value = words.value(cell.value, cell.until_at)
    yield words.lists.organisation_name(row.organisation)
    yield words.column(cell.row)
    yield cell.row
    yield value.word
    yield cell.value
    yield str(value.digit or "")
    yield words.lists.word("statement_types", cell.type) if cell.type else ""
    yield times.iso(cell.stated_at) if cell.stated_at else ""
    yield times.iso(cell.confirmed_at) if cell.confirmed_at else ""
    yield ", ".join(words.addition(one, row.organisation) for one in cell.additions)
    yield words.gap(row) if row.gap else ""
    yield cell.entry
