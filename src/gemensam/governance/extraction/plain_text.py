"""The rows of a text file: UTF-8, UTF-16 with its mark, or Windows-1252."""

import re

from gemensam.governance.extraction.rows import Extracted, Row, Unreadable

_BREAKS = re.compile(r"\r\n|\r|\n")


def read_text(data: bytes, *, most_pages: int) -> Extracted:
    """Return the rows; a form feed begins a new page. Raises Unreadable: damaged, without_text, too_many_pages."""
    pages = _decoded(data).split("\f")
    if len(pages) > most_pages:
        raise Unreadable("too_many_pages", pages=len(pages), most=most_pages)
    rows = tuple(row for number, page in enumerate(pages, 1) for row in _rows(page, number))
    if not rows:
        raise Unreadable("without_text")
    return Extracted("text", len(pages), rows)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _by(data, "utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _by(data, "cp1252")


def _by(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise Unreadable("damaged", detail=str(fault)) from fault


def _rows(page: str, number: int) -> list[Row]:
    lines = _BREAKS.split(page)
    full = _full_width(lines)
    rows: list[Row] = []
    before = ""
    for place, line in enumerate(lines, 1):
        if line.strip():
            wrapped = bool(before) and len(before) + 1 + len(line.split()[0]) > full
            rows.append(Row(number, place, line, apart=not before, wrapped=wrapped).cut())
        before = line.strip()
    return rows


def _full_width(lines: list[str]) -> int:
    """Return the width at which the lines were broken, in characters; very large where paragraphs are one line each."""
    widths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if not widths or widths[-1] > 120:
        return 1_000_000
    return max(widths[-1] - 2, 60)
