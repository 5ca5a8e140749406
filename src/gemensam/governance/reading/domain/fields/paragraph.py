"""The § of the matter in the minutes of the body that decides; a letter has none."""

from gemensam.governance.reading.domain.answers import Answer, not_stated, stated
from gemensam.governance.reading.domain.matters import Mark
from gemensam.governance.reading.domain.source import Source


def own_mark(source: Source, body: str | None) -> Mark | None:
    """Return the § that belongs to the document's own body: extracts repeat those of the bodies before."""
    if not source.marks:
        return None
    own = [mark for mark in source.marks if body and mark.body == body]
    bare = [mark for mark in source.marks if not mark.body]
    if own or bare:
        return (own or bare)[0]
    return source.marks[0] if body is None else None


def paragraph(source: Source, mark: Mark | None) -> Answer[str | None]:
    """Return the number without its sign."""
    return stated(mark.number, mark.line) if mark and mark.number else not_stated(None)
