"""Antagande in words: what stands in a cell, and the answer to *what held for this member on that day?*"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gemensam.governance import adoption_labels as labels
from gemensam.governance.adoption_queries import Board, Rules
from gemensam.governance.document_queries import DocumentShown
from gemensam.governance.domain import standing as s
from gemensam.governance.domain.decisions import DecisionData
from gemensam.governance.domain.standing import Standing
from gemensam.web import times


@dataclass(frozen=True, slots=True)
class CellWords:
    """What a cell says: a sign, a short word, the whole words, and the deciding step in brief."""

    code: str
    sign: str
    short: str
    whole: str
    brief: str
    file: str


def today(now: int) -> str:
    """Return the local day of an instant (ms UTC) as 2026-11-29."""
    return times.local(now).date().isoformat()


def cell_words(standing: Standing, data: DecisionData | None) -> CellWords:
    """Return a standing in words; `data`: the step that it rests on."""
    brief = brief_of(data) if data is not None else ""
    whole = ". ".join(filter(None, [str(labels.STANDING[standing.code]), *_more(standing), brief]))
    file = data.file if data is not None else ""
    return CellWords(
        standing.code, labels.SIGNS[standing.code], str(labels.SHORT[standing.code]), whole, brief, file
    )  # fmt: skip


def _more(standing: Standing) -> Iterator[str]:
    if standing.was and standing.code in (s.PENDING, s.ENDED, s.REPLACED):
        yield str(labels.STANDING[standing.was])
    if standing.code == s.NOT_STATED and standing.possible:
        yield _("Possibly: %(what)s") % {"what": str(labels.STANDING[standing.possible])}
    if standing.waits:
        yield _("A decision waits for confirmation")


def brief_of(data: DecisionData) -> str:
    """Return a step as it is cited: *Kommunstyrelsen 2023-06-07 § 13*; what is not stated is said."""
    mark = f"§ {data.paragraph}" if data.paragraph else ""
    return " ".join(filter(None, [data.body, data.date or _("(no date stated)"), mark]))


def answer(board: Board, member: str, now: int) -> list[str]:
    """Return sentences on what held for a member on the board's day, kind by kind (13.3)."""
    return [sentence for kind in _kinds(board) for sentence in _of_kind(board, kind, member, now)]


def _kinds(board: Board) -> list[str]:
    found = {each.data.type for each in board.documents if each.data.type in board.rules.asked}
    return sorted(found, key=lambda code: (board.rules.ranks.get(code, 0), code))


def _of_kind(board: Board, kind: str, member: str, now: int) -> Iterator[str]:
    documents = [each for each in board.documents if each.data.type == kind]
    if not any(board.of(each, member).in_force for each in documents):
        yield str(labels.NONE_ADOPTED) % {"kind": kind_word(board.rules, kind).lower()}
    for each in documents:
        if sentence := _sentence(each, board.of(each, member), is_past=board.day < today(now)):
            yield sentence


def _sentence(document: DocumentShown, standing: Standing, *, is_past: bool) -> str:
    title = {"title": document.data.code}
    if standing.code in s.IN_FORCE and not standing.in_force:
        return str(labels.NOT_BEGUN[is_past]) % title
    words = (labels.THEN if is_past else labels.NOW).get(standing.code)
    return str(words) % title if words is not None else ""


def kind_word(rules: Rules, kind: str) -> str:
    """Return what a kind of document is called."""
    return rules.lists.word("document_types", kind) if rules.lists is not None else kind


def word(rules: Rules, vocabulary: str, code: str, name: str = "name") -> str:
    """Return the word of a list, or the code where no list has it."""
    return rules.lists.word(vocabulary, code, name) if rules.lists is not None and code else code
