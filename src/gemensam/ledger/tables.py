"""Tables to take along: CSV that a Swedish Excel opens, with nothing in it that a spreadsheet would run.

UTF-8 with byte order mark, semicolons, CRLF (RFC 4180). The first line says what the table is, when it was made, and
DEMONSTRATION in a demonstration.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.http import StreamingHttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from gemensam.core.refusal import Refused
from gemensam.web import times

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 10_000
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


def csv_response(
    name: str, header: Sequence[str], rows: Iterable[Sequence[object]], marks: Sequence[str] = ()
) -> StreamingHttpResponse:
    """Return a table as a download called `name`.csv; `marks` stand on the first line (space, moment, marks)."""
    lines = _lines(header, rows, first_line(marks), times.language())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(name)}.csv"'
    return response


def first_line(marks: Sequence[str]) -> str:
    """What a table or a file says of itself."""
    demonstration = [_("DEMONSTRATION")] if settings.GEMENSAM_DEMO else []
    made = _("made %(at)s") % {"at": times.iso(times.now())}
    return " · ".join([*demonstration, settings.GEMENSAM_NETWORK_NAME, *(mark for mark in marks if mark), made])


def file_name(name: str) -> str:
    """A name that every system takes: plain letters, digits and hyphens, DEMONSTRATION first in a demonstration."""
    plain = name.lower().translate(str.maketrans("åäöéü", "aaoeu"))
    kept = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80] or "gemensam"
    return f"DEMONSTRATION-{kept}" if settings.GEMENSAM_DEMO else kept


def harmless(cell: object) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe before what looks like one."""
    text = "" if cell is None else str(cell)
    if text.startswith(FORMULA_STARTS) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def as_written(cell: str) -> str:
    """Return what a cell said before `harmless` put its apostrophe there."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def read_table(data: bytes, wanted: str) -> list[tuple[int, dict[str, str]]]:
    """Read a CSV that was made here and perhaps changed: (line number, column → cell) of every row.

    Lines above the heads, those with a column called `wanted`, are passed over. Semicolon, comma or tab.
    Raises `Refused`: `table_too_large`, `table_not_text`, `table_without_heads`, `table_column_twice`.
    """
    if len(data) > MAX_BYTES:
        raise Refused("table_too_large", limit=MAX_BYTES)
    found = list(_cells(_decoded(data), wanted))
    if len(found) > MAX_ROWS:
        raise Refused("table_too_large", limit=MAX_BYTES)
    place = next((place for place, (_line, cells) in enumerate(found) if wanted in cells), None)
    if place is None:
        raise Refused("table_without_heads", column=wanted)
    heads = [head.strip() for head in found[place][1]]
    if len(set(heads) - {""}) != len([head for head in heads if head]):
        raise Refused("table_column_twice")
    return [(line, _row(heads, cells)) for line, cells in found[place + 1 :] if any(cell.strip() for cell in cells)]


def _row(heads: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    filled = [*cells, *[""] * (len(heads) - len(cells))]
    return {head: as_written(cell) for head, cell in zip(heads, filled, strict=False) if head}


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")  # what a Swedish Excel writes unless told otherwise
    if "\0" in text or "�" in text:
        raise Refused("table_not_text")
    return text


def _cells(text: str, wanted: str) -> Iterator[tuple[int, list[str]]]:
    head = next((line for line in text.splitlines() if wanted in re.split(r"[;,\t]", line.replace('"', ""))), "")
    sign = max(";\t,", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise Refused("table_not_text") from error


class _Hand:
    """What `csv.writer` wants for a file: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def _lines(header: Sequence[str], rows: Iterable[Sequence[object]], first: str, language: str) -> Iterator[str]:
    """Drawn while they are sent, when the request's language is no longer the active one."""
    writer: Any = csv.writer(_Hand(), delimiter=";")
    with translation.override(language):
        yield "\ufeff" + str(writer.writerow([harmless(first)]))
        yield str(writer.writerow([harmless(head) for head in header]))
        for row in rows:
            yield str(writer.writerow([harmless(cell) for cell in row]))
