"""What extraction hands on: rows of text with the place they stand at."""

from dataclasses import dataclass, replace
from typing import Any, Final

LONGEST_ROW: Final = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a document: `page` and `number` count from 1, the number anew on each page.

    `heading`: set as a heading (style, larger or bold); `apart`: stands apart from the row before; `wrapped`: goes on
    where the row before was full; `running`: in the head or foot of the page. Columns are parted by tabs.
    `top` and `bottom`: where it is drawn on its page, in thousandths of the page's height from above; 0 where unknown.
    """

    page: int
    number: int
    text: str
    heading: bool = False
    apart: bool = False
    wrapped: bool = False
    running: bool = False
    top: int = 0
    bottom: int = 0

    def cut(self) -> "Row":
        """Return the row with no more text than a person could have meant as one paragraph."""
        return replace(self, text=self.text[:LONGEST_ROW]) if len(self.text) > LONGEST_ROW else self


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document's rows; `format` is pdf, docx or text, `pages` how many it has, `unread` those without any text."""

    format: str
    pages: int
    rows: tuple[Row, ...]
    unread: tuple[int, ...] = ()


class Unreadable(Exception):
    """The document cannot be read; `code` is one of the codes of `extracting.extract`, without its prefix."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def as_json(extracted: Extracted) -> dict[str, Any]:
    """Return plain values; `from_json` makes the same document of them."""
    rows = [
        [
            row.page, row.number, row.text, row.heading, row.apart, row.wrapped, row.running, row.top, row.bottom
        ]
        for row in extracted.rows
    ]  # fmt: skip
    return {"format": extracted.format, "pages": extracted.pages, "rows": rows, "unread": list(extracted.unread)}


def from_json(told: dict[str, Any]) -> Extracted:
    """Return the document that `as_json` told of."""
    rows = tuple(Row(*row) for row in told["rows"])
    return Extracted(told["format"], told["pages"], rows, tuple(told["unread"]))
