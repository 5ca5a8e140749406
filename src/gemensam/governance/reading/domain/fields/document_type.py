"""What sort of document it is: by its own name in the head, else by what only that sort contains."""

from collections.abc import Iterator

from gemensam.governance.reading.domain.answers import Answer, inferred, not_stated, stated
from gemensam.governance.reading.domain.lines import Line
from gemensam.governance.reading.domain.source import Source

MINUTES = "protokollsutdrag"
WRIT = "tjänsteskrivelse"
REPORT = "tjänsteutlåtande"
LETTER = "skrivelse"
ATTACHMENT = "bilaga"
OTHER = "other"
PROPOSALS = frozenset({WRIT, REPORT, LETTER})
_TOP = 12


def document_type(source: Source) -> Answer[str | None]:
    """Return protokollsutdrag, tjänsteskrivelse, tjänsteutlåtande, skrivelse, bilaga, other, or None."""
    for kind, line in _named(source):
        return stated(kind, line)
    return _by_content(source)


def _named(source: Source) -> Iterator[tuple[str, Line]]:
    """Yield the sorts that the head names: a column that begins with the word and says nothing else."""
    types = source.grammar.words.document_types
    top = [*source.head[:_TOP], *(line for line in source.running if line.page == 1)]
    for line in sorted(top, key=lambda line: (line.page, line.number)):
        for cell in line.cells:
            plain = source.grammar.date.sub("", cell).casefold()
            plain = source.grammar.body.sub("", plain).strip(" :.,-–0123456789()")
            kind = next((kind for kind, names in types.items() if plain in names), None)
            if kind is None and plain.startswith("beslut av "):
                kind = OTHER
            if kind:
                yield kind, line


def _by_content(source: Source) -> Answer[str | None]:
    if source.marks and source.of_kind("decision", "proposal", "procedure"):
        return inferred(MINUTES, source.marks[0].line)
    if signature := _minutes_signature(source):
        return inferred(MINUTES, signature)
    proposals = source.of_kind("proposal")
    if proposals and not source.of_kind("decision"):
        return inferred(WRIT, proposals[0].heading)
    return not_stated(None)


def _minutes_signature(source: Source) -> Line | None:
    words = ("justera", "utdragsbestyrkande", "utdrag bestyrks")
    return next((line for line in source.running if any(word in line.text.casefold() for word in words)), None)
