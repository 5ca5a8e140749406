"""The document beside the fields: its pages as pictures or numbered lines, with the places that were read marked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from gemensam.governance.intake.fields import Place

MOST_PICTURES: Final = 12
AROUND: Final = 30
MOST_LINES: Final = 1_500


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line of the document; `fields`: what was read there; `skipped`: how many lines before it are not shown."""

    anchor: str
    number: int
    text: str
    fields: tuple[str, ...] = ()
    top: int = 0
    height: int = 0
    is_heading: bool = False
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class PageShown:
    """A page; a picture has only the lines that something was read in."""

    number: int
    lines: tuple[LineShown, ...]


@dataclass(frozen=True, slots=True)
class DocumentPages:
    """The pages that are shown, of how many; `are_pictures`: drawn from the file, else lines."""

    pages: tuple[PageShown, ...]
    whole: int
    are_pictures: bool


def pages_of(answer: Mapping[str, Any], rows: Sequence[Sequence[Any]], places: Mapping[str, Place]) -> DocumentPages:
    """Return what is shown of a document that was read."""
    marked = _marked(places)
    file = answer.get("file", {})
    if file.get("format") == "pdf":
        numbers = sorted({page for page, _line in marked} | {1})[:MOST_PICTURES]
        shown = tuple(PageShown(page, _lines(_marked_rows(rows, marked, page), marked)) for page in numbers)
        return DocumentPages(shown, file["pages"], are_pictures=True)
    near = _near(rows, marked)[:MOST_LINES]
    shown = tuple(
        PageShown(page, _with_gaps(list(group), rows, marked))
        for page, group in groupby(near, lambda place: rows[place][0])
    )
    return DocumentPages(shown, file.get("pages", 1), are_pictures=False)


def pictures_alone(pages: int) -> DocumentPages:
    """Return the first pages of a file that no text was found in, for a person to read."""
    return DocumentPages(
        tuple(PageShown(page, ()) for page in range(1, min(pages, MOST_PICTURES) + 1)), pages, are_pictures=True
    )


Marked = Mapping[tuple[int, int], tuple[str, ...]]


def _marked(places: Mapping[str, Place]) -> Marked:
    """Return the keys that were read at each line that something was read in."""
    found = sorted((place.page, place.line, key) for key, place in places.items() if place.anchor)
    return {at: tuple(key for _page, _line, key in group) for at, group in groupby(found, lambda one: one[:2])}


def _marked_rows(rows: Iterable[Sequence[Any]], marked: Marked, page: int) -> list[Sequence[Any]]:
    return [row for row in rows if row[0] == page and (row[0], row[1]) in marked]


def _lines(rows: Iterable[Sequence[Any]], marked: Marked, skipped: int = 0) -> tuple[LineShown, ...]:
    return tuple(_line(row, marked, skipped) for row in rows)


def _line(row: Sequence[Any], marked: Marked, skipped: int = 0) -> LineShown:
    page, number, text, heading = row[:4]
    top, bottom = (row[7], row[8]) if len(row) > 8 else (0, 0)
    keys = marked.get((page, number), ())
    return LineShown(f"p{page}r{number}", number, text, keys, top, max(0, bottom - top), bool(heading), skipped)


def _near(rows: Sequence[Sequence[Any]], marked: Marked) -> list[int]:
    """Return the places in `rows` of what is shown: the beginning, and what stands around each mark."""
    centres = [place for place, row in enumerate(rows) if (row[0], row[1]) in marked]
    near = {place for centre in [0, *centres] for place in range(centre - AROUND, centre + AROUND + 1)}
    return sorted(place for place in near if 0 <= place < len(rows))


def _with_gaps(near: Sequence[int], rows: Sequence[Sequence[Any]], marked: Marked) -> tuple[LineShown, ...]:
    """Return lines of one page; where some before one are left out, it says how many."""
    page = rows[near[0]][0]
    first = next(place for place, row in enumerate(rows) if row[0] == page)
    before = [first - 1, *near[:-1]]
    return tuple(_line(rows[place], marked, place - last - 1) for last, place in zip(before, near, strict=True))
