"""`read_document`: a file as a decision, with what is known of the file itself."""

import hashlib
from dataclasses import dataclass
from typing import Any

from gemensam.governance.extraction.extracting import extract
from gemensam.governance.extraction.rows import Extracted, Row
from gemensam.governance.reading.domain.decision import Decision, as_json, read
from gemensam.governance.reading.domain.grammar import Grammar
from gemensam.governance.reading.domain.lines import Line


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A decision and its file: SHA-256 in hexadecimal, format, pages, and the pages that held no text to read."""

    decision: Decision
    sha256: str
    format: str
    pages: int
    pages_without_text: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the keys of docs/decisions.md."""
        file = {
            "sha256": self.sha256,
            "format": self.format,
            "pages": self.pages,
            "pages_without_text": list(self.pages_without_text),
        }
        return {**as_json(self.decision), "file": file}


def read_document(data: bytes, name: str, grammar: Grammar) -> ReadDocument:
    """Return what a document says; nothing is registered or kept. Raises Refused as `extract`."""
    extracted = extract(data, name)
    decision = read(lines_of(extracted), grammar)
    digest = hashlib.sha256(data).hexdigest()
    return ReadDocument(decision, digest, extracted.format, extracted.pages, extracted.unread)


def lines_of(extracted: Extracted) -> list[Line]:
    """Return the rows of a document as the lines that recognisers read."""
    return [_line(row) for row in extracted.rows]


def _line(row: Row) -> Line:
    return Line(
        row.text, row.page, row.number, heading=row.heading, apart=row.apart, wrapped=row.wrapped, running=row.running
    )
