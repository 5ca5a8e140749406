"""Whether the highest official has approved the document, which then is only reported to the body (G6)."""

import re
from collections.abc import Iterator
from typing import Final

from gemensam.governance.reading.domain.answers import Answer, not_stated, stated
from gemensam.governance.reading.domain.grammar import Grammar
from gemensam.governance.reading.domain.lines import Line, joined, paragraphs
from gemensam.governance.reading.domain.source import Source

_NOT_YET: Final = re.compile(
    r"(?i)\b(?:ska|skall|bör|kan|får|föreslås|avses|kommer att|för att|uppdrag|uppdras|om|innan|när)\b"
)
_NOT: Final = re.compile(r"(?i)\b(?:inte|ej)\b")


def approved_by_director(source: Source) -> Answer[bool | None]:
    """Return True where the document says so, False where it says the opposite, None where it says neither."""
    approval = _approval(source.grammar)
    for sentence, line in _sentences(source):
        match = approval.search(sentence)
        if match and _is_of_document(sentence, source.grammar) and not _NOT_YET.search(match[0]):
            return stated(not _NOT.search(match[0]), line)
    return not_stated(None)


def _approval(grammar: Grammar) -> re.Pattern[str]:
    who = rf"(?:{'|'.join(map(re.escape, grammar.words.directors))})(?:en|n)?"
    verb = r"(?:godkän\w+|antag\w+|antogs|antas|fastställ\w+|beslutat\w*)"
    return re.compile(
        rf"(?i)(?:\b(?:\w+ ){{0,4}}?{verb}\s(?:\w+\s){{0,3}}?av\s(?:\w+s\s)?{who}\b"
        rf"|\b{who}\s(?:har\s)?(?:inte\s|ej\s|redan\s)?(?:den\s[\w ]{{4,20}}\s)?"
        r"(?:godkän(?:ner|de|t)|antagit|antog|fastställ(?:er|de|t))\b)"
    )


def _is_of_document(sentence: str, grammar: Grammar) -> bool:
    """Tell whether the sentence speaks of the steering document and not of a letter, a budget or minutes."""
    return bool(grammar.steering.search(sentence)) or bool(re.match(r"(?i)(?:den|det|dokumentet)\b", sentence))


def _sentences(source: Source) -> Iterator[tuple[str, Line]]:
    for section in source.sections:
        for paragraph in paragraphs(section.lines):
            text = joined(paragraph)
            for sentence in re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])", text):
                yield sentence, _line_of(sentence, paragraph)


def _line_of(sentence: str, lines: list[Line]) -> Line:
    return next((line for line in lines if sentence[:18] in line.text), lines[0])
