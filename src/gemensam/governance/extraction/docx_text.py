"""The rows of a Word document, by the standard library alone: a zip with bounds, and XML without any DTD."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

from gemensam.governance.extraction.rows import Extracted, Row, Unreadable
from gemensam.governance.extraction.word_parts import Paragraph, Part

MOST_PARTS: Final = 4_000
LARGEST_PART: Final = 60_000_000
LARGEST_WHOLE: Final = 300_000_000
_MARGINS: Final = re.compile(r"word/(header|footer)\d*\.xml")


def read_docx(data: bytes, *, most_pages: int) -> Extracted:
    """Return the rows: heads and feet first, as running ones, then the body with the pages as Word last broke them.

    Raises Unreadable: damaged, hostile, encrypted, without_text, too_many_pages.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive)
            margins = sorted(name for name in archive.namelist() if _MARGINS.fullmatch(name))
            running = [paragraph for name in margins for paragraph in _paragraphs(archive, name)]
            body = list(_paragraphs(archive, "word/document.xml"))
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, KeyError) as fault:
        raise Unreadable("damaged", detail=str(fault)) from fault
    return _extracted(running, body, most_pages)


def _extracted(running: list[Paragraph], body: list[Paragraph], most_pages: int) -> Extracted:
    pages = max((paragraph.page for paragraph in body), default=1)
    if pages > most_pages:
        raise Unreadable("too_many_pages", pages=pages, most=most_pages)
    rows = [*_rows(running, running=True), *_rows(body, running=False)]
    if not rows:
        raise Unreadable("without_text")
    return Extracted("docx", pages, tuple(rows))


def _check(archive: zipfile.ZipFile) -> None:
    """Refuse what would swell: the directory tells each part's size before anything is unpacked."""
    parts = archive.infolist()
    whole = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or whole > LARGEST_WHOLE:
        raise Unreadable("hostile", detail=f"{len(parts)} parts, {whole} bytes")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("encrypted")


def _paragraphs(archive: zipfile.ZipFile, name: str) -> list[Paragraph]:
    with archive.open(name) as file:
        # What the directory said is not believed: no more than this is ever unpacked.
        xml = file.read(LARGEST_PART + 1)
    if len(xml) > LARGEST_PART:
        raise Unreadable("hostile", detail=f"{name} swells past {LARGEST_PART} bytes")
    try:
        return Part().parse(xml)
    except expat.ExpatError as fault:
        raise Unreadable("damaged", detail=f"{name}: {fault}") from fault


def _rows(paragraphs: list[Paragraph], *, running: bool) -> Iterator[Row]:
    page = number = 0
    for paragraph in paragraphs:
        if paragraph.page != page:
            page, number = paragraph.page, 0
        for place, text in enumerate(paragraph.text.split("\n")):
            if text.strip():
                number += 1
                yield Row(
                    page, number, text, heading=paragraph.heading, apart=place == 0, running=running
                ).cut()  # fmt: skip
