"""Values that stand beside or under their label in the head of a document, or in columns under a row of labels."""

import re
from collections.abc import Iterator, Sequence

from gemensam.governance.reading.domain.lines import Line
from gemensam.governance.reading.domain.words import Words


def labelled(lines: Sequence[Line], kind: str, words: Words) -> Iterator[tuple[str, Line]]:
    """Yield what stands at each label of a kind (`Words.labels`), with its line; it may hold more than the value."""
    for place, line in enumerate(lines):
        cells = line.cells
        for column, cell in enumerate(cells):
            rest = _after_label(cell, kind, words)
            if rest is None or is_label(cell, words, other_than=kind):
                continue
            if rest:
                yield rest, line
            elif column + 1 < len(cells) and not is_label(cells[column + 1], words):
                yield cells[column + 1], line
            elif place + 1 < len(lines):
                yield from _under(cells, column, lines[place + 1], words)


def _under(labels: Sequence[str], column: int, below: Line, words: Words) -> Iterator[tuple[str, Line]]:
    cells = below.cells
    if len(cells) == len(labels) and not is_label(cells[column], words):
        yield cells[column], below
    else:
        # Word and text leave out what is bare, so which column is meant cannot be told: each may be it.
        yield from ((cell, below) for cell in cells if not is_label(cell, words))


def is_label(cell: str, words: Words, *, other_than: str = "") -> bool:
    """Tell whether a cell begins with a label, of any kind but one."""
    kinds = [kind for kind in words.labels if kind != other_than]
    known = [_matched(cell, kind, words) for kind in kinds]
    own = _matched(cell, other_than, words) if other_than else 0
    return max(known, default=0) > own


def of_label(line: Line, kind: str, words: Words) -> bool:
    """Tell whether any column of a line begins with a label of a kind."""
    return any(_after_label(cell, kind, words) is not None for cell in line.cells)


def _after_label(cell: str, kind: str, words: Words) -> str | None:
    length = _matched(cell, kind, words)
    return cell[length:].lstrip(" :.").strip() if length else None


def _matched(cell: str, kind: str, words: Words) -> int:
    """Return how many letters of a cell are the longest label that it begins with."""
    plain = cell.casefold()
    # Words that a sentence or a title may begin with as well are labels only with a colon, or alone.
    after = r"\s*(?::|$)" if kind in {"plain", "title", "body"} else r"(?![\wåäö])"
    return max((len(label) for label in words.labels[kind] if re.match(re.escape(label) + after, plain)), default=0)
