"""The rows of a PDF by pdfium: glyphs with their places are put together to rows, as an eye would read them."""

from collections import Counter
from collections.abc import Iterator
from ctypes import byref, c_double, c_int, create_string_buffer
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from gemensam.governance.extraction.rows import Extracted, Row, Unreadable

# What an eye takes for a step sideways, a space and a new paragraph, in parts of the height of the letters.
COLUMN: Final = 1.6
SPACE: Final = 0.17
SAME_ROW: Final = 0.4
PARAGRAPH: Final = 1.25
LARGER: Final = 1.15
_BOLD: Final = (b"bold", b"black", b"heavy", b"semibold", b"demi")


@dataclass(slots=True)
class _Run:
    """Letters that follow each other on one base line; places in points."""

    y: float
    left: float
    size: float
    bold: bool
    right: float = 0
    letters: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Drawn:
    """One row as it is drawn on the page."""

    y: float
    left: float
    right: float
    size: float
    bold: bool
    text: str
    column: float = 0  # where its last column begins
    top: int = 0
    bottom: int = 0


def read_pdf(data: bytes, *, most_pages: int) -> Extracted:
    """Return the rows of every page.

    Raises Unreadable: encrypted, damaged, too_many_pages, without_text (every page is a picture or bare).
    """
    document = opened(data)
    pages = len(document)
    if pages > most_pages:
        raise Unreadable("too_many_pages", pages=pages, most=most_pages)
    drawn = [_drawn(document, number) for number in range(pages)]
    if not any(drawn):
        raise Unreadable("without_text", pages=pages)
    usual = _usual_size(drawn)
    rows = tuple(row for number, page in enumerate(drawn, 1) for row in _rows(page, number, usual))
    return Extracted("pdf", pages, rows, tuple(number for number, page in enumerate(drawn, 1) if not page))


def opened(data: bytes) -> Any:
    """Return the document as pdfium has it; raises Unreadable: encrypted, damaged."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if fault.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
            raise Unreadable("encrypted") from fault
        raise Unreadable("damaged", detail=str(fault)) from fault
    if len(document) == 0:
        raise Unreadable("damaged", detail="no pages")
    return document


def _drawn(document: Any, number: int) -> list[_Drawn]:
    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError as fault:
        raise Unreadable("damaged", detail=f"page {number + 1}: {fault}") from fault
    try:
        if page.get_rotation():
            return _plainly(text)
        return [_placed(row, *_upright_span(page)) for row in _joined(list(_runs(text.raw)))]
    finally:
        text.close()
        page.close()


def _upright_span(page: Any) -> tuple[float, float]:
    """Return what is seen of a page from below to above, in points."""
    _left, bottom, _right, top = page.get_cropbox()
    return bottom, top


def _placed(row: _Drawn, bottom: float, top: float) -> _Drawn:
    """Return a row with its place in thousandths from above; its letters reach from below the base line to above it."""
    height = max(top - bottom, 1.0)
    above, below = row.y + 0.85 * row.size, row.y - 0.3 * row.size
    row.top, row.bottom = (min(1000, max(0, round(1000 * (top - y) / height))) for y in (above, below))
    return row


def _plainly(text: Any) -> list[_Drawn]:
    """Return pdfium's own lines, for a page that lies on its side: their places say little there."""
    lines = [line.strip() for line in str(text.get_text_range()).replace("\r", "\n").split("\n")]
    return [_Drawn(-15.0 * place, 0, 0, 10, bold=False, text=line) for place, line in enumerate(lines) if line]


def _runs(page: Any) -> Iterator[_Run]:
    """Yield the runs of upright text in the order of the file."""
    x, y, left, right, bottom, top = (c_double() for _ in range(6))
    run: _Run | None = None
    spaced = False
    for index in range(pdfium.FPDFText_CountChars(page)):
        code = pdfium.FPDFText_GetUnicode(page, index)
        if code <= 32 or code in {0xA0, 0xFFFE, 0xFFFF}:
            spaced = spaced or code in {32, 9, 0xA0}
            continue
        pdfium.FPDFText_GetCharOrigin(page, index, byref(x), byref(y))
        pdfium.FPDFText_GetCharBox(page, index, byref(left), byref(right), byref(bottom), byref(top))
        if run is None or not _goes_on(run, x.value, y.value):
            if run is not None and run.letters:
                yield run
            run = _begun(page, index, x.value, y.value)
            spaced = False
        if run.size > 0:
            gap = x.value - run.right if run.letters else 0
            run.letters.append(f" {chr(code)}" if spaced or gap > SPACE * 1.5 * run.size else chr(code))
        run.right = max(right.value, x.value)
        spaced = False
    if run is not None and run.letters:
        yield run


def _goes_on(run: _Run, x: float, y: float) -> bool:
    size = run.size or 10
    return abs(y - run.y) < 0.1 * size and -0.5 * size < x - run.right < COLUMN * size


def _begun(page: Any, index: int, x: float, y: float) -> _Run:
    """Return a new run at a letter; one of size 0 takes none: text that stands on end is a stamp in the margin."""
    upright = abs(pdfium.FPDFText_GetCharAngle(page, index)) % 6.283 < 0.1
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(page, index, byref(box))
    size = max(box.top - box.bottom, 1.0) if upright else 0.0
    return _Run(y, x, size, _is_bold(page, index), right=x)


def _is_bold(page: Any, index: int) -> bool:
    name, flags = create_string_buffer(128), c_int()
    pdfium.FPDFText_GetFontInfo(page, index, name, 128, byref(flags))
    return any(word in name.value.lower() for word in _BOLD)


def _joined(runs: list[_Run]) -> list[_Drawn]:
    """Return rows from top to bottom, each from left to right."""
    rows: list[list[_Run]] = []
    for run in sorted(runs, key=lambda run: (-run.y, run.left)):
        if rows and rows[-1][0].y - run.y < SAME_ROW * max(run.size, rows[-1][0].size) * 0.8:
            rows[-1].append(run)
        else:
            rows.append([run])
    return [_row(row) for row in rows]


def _row(runs: list[_Run]) -> _Drawn:
    runs = sorted(runs, key=lambda run: run.left)
    text = "".join(runs[0].letters)
    for before, run in pairwise(runs):
        gap = (run.left - before.right) / max(before.size, 1)
        text += ("\t" if gap > COLUMN * 0.8 else " " if gap > SPACE else "") + "".join(run.letters)
    longest = max(runs, key=lambda run: len(run.letters))
    return _Drawn(
        longest.y, runs[0].left, runs[-1].right, longest.size, all(run.bold for run in runs), text, _last_column(runs)
    )


def _last_column(runs: list[_Run]) -> float:
    column = runs[0].left
    for before, run in pairwise(runs):
        if run.left - before.right > COLUMN * 0.8 * max(before.size, 1):
            column = run.left
    return column


def _usual_size(pages: list[list[_Drawn]]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for row in page:
            sizes[round(row.size, 1)] += len(row.text)
    return sizes.most_common(1)[0][0]


def _rows(page: list[_Drawn], number: int, usual: float) -> Iterator[Row]:
    step = _usual_step(page)
    edge = max((row.right for row in page), default=0.0)
    before: _Drawn | None = None
    for place, row in enumerate(page, 1):
        room = PARAGRAPH * step * max(1.0, row.size / usual)
        apart = before is None or before.y - row.y > room or abs(row.size - before.size) > 1
        wrapped = before is not None and not apart and _was_full(before, row, edge)
        heading = len(row.text) < 160 and (row.size > LARGER * usual or row.bold)
        yield Row(
            number, place, row.text, heading=heading, apart=apart, wrapped=wrapped, top=row.top, bottom=row.bottom
        ).cut()  # fmt: skip
        before = row


def _usual_step(page: list[_Drawn]) -> float:
    """Return the distance between rows of one paragraph: the most common one that is not the widest."""
    steps = Counter(round(above.y - below.y) for above, below in pairwise(page))
    close = {step: times for step, times in steps.items() if 0 < step < 2.2 * (page[0].size if page else 10)}
    return float(max(close, key=lambda step: (close[step], -step))) if close else 1_000.0


def _was_full(before: _Drawn, row: _Drawn, edge: float) -> bool:
    """Tell whether the first word of a row found no room on the row before it."""
    first = len(row.text.split()[0]) + 1
    width = (row.right - row.left) * first / max(len(row.text), 1)
    if "\t" in row.text or ("\t" in before.text and abs(row.left - before.column) > 3):
        return False
    return before.right + width > edge and before.bold == row.bold
