"""Whether the document is about this network at all: by title and ruling, not by what its text mentions in passing."""

import re

from gemensam.governance.reading.domain.answers import Answer, inferred, stated
from gemensam.governance.reading.domain.lines import joined
from gemensam.governance.reading.domain.ruling import Ruling
from gemensam.governance.reading.domain.source import Source

# What stands between the document and the network whose it is: *målbilden 2023–2026 för*, *har tagit fram en gemensam*.
_OF = (
    r"(?i:[\s,–-]|\d{4}|\b(?:för|inom|i|av|från|åren|perioden|gemensam|gemensamma|nätverket|den|regional|aktörerna)\b)*"
)
_HAS = (
    r"(?:\s\(\w+\))?\s(?i:(?:har|en|ett|den|det|sin|ny|nya|gemensam|gemensamma|regional|tagit|fram|översänt|skickat|remitterat"
    r"|förslag|till|på|remiss)\s)*"
)


def subject_matches(source: Source, title: Answer[str | None], ruling: Ruling | None) -> Answer[bool]:
    """Return True where title or ruling names the network, or names one of its documents which the text says is its."""
    network = source.grammar.network
    if network.search(title.value or ""):
        return Answer(True, title.certainty, title.page, title.line)
    if ruling and network.search(f"{ruling.item.preface} {ruling.item.text}"):
        return stated(True, ruling.item.line)
    if _document_of_the_network(source, title, ruling):
        return inferred(True, next(line for line in source.lines if network.search(line.text)))
    return inferred(False, None)


def _document_of_the_network(source: Source, title: Answer[str | None], ruling: Ruling | None) -> bool:
    """Tell whether a title such as *Gemensam målbild 2023–2026* is explained by the text as the network's."""
    grammar = source.grammar
    named = grammar.steering.search(title.value or "") or (ruling and grammar.steering.search(ruling.item.text))
    if not named or not any(grammar.network.search(line.text) for line in source.lines):
        return False
    if _names_another(f"{title.value or ''} {ruling.item.text if ruling else ''}", source):
        return False
    if any(grammar.network.fullmatch(cell) for line in source.head for cell in line.cells):
        return True  # the network stands in the head as who sends or receives
    word = rf"(?i:{re.escape(named[0].casefold()[:7])})\w*"
    text = joined(line for line in source.lines if not line.running)
    network = grammar.network.pattern
    return bool(re.search(rf"{word}{_OF}(?:{network})|(?:{network}){_HAS}{word}", text))


def _names_another(text: str, source: Source) -> bool:
    """Tell whether title or ruling holds a name besides bodies and organisations: of another network."""
    grammar = source.grammar
    left = grammar.steering.sub(" ", grammar.body.sub(" ", grammar.organisation.sub(" ", text)))
    left = re.sub(r"\b(?:Gemensam|Gemensamma|Målbild|Bilaga|Remissversion)\b", " ", left)
    return bool(re.search(r"(?<=[a-zåäö,\d] )[A-ZÅÄÖ][a-zåäö]{2,}", left))
