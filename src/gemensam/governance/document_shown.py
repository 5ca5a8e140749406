"""A steering document in words, and the list of all in their hierarchy."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gemensam.core.state import Thing
from gemensam.governance.adoption_labels import COUNTS, SHORT
from gemensam.governance.adoption_queries import Board
from gemensam.governance.adoption_words import kind_word
from gemensam.governance.document_queries import DocumentShown, document_words, list_documents_for
from gemensam.governance.domain import standing as s
from gemensam.governance.domain.documents import FOR_ADOPTION, NOTHING, Link
from gemensam.governance.view_parts import Chosen
from gemensam.ledger.reading import Lens
from gemensam.picture.lists import Lists
from gemensam.web.page import SpacePage

NOT_BEGUN, HOLDS, OVER, UNDATED = "not_begun", "holds", "over", "undated"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document in the list: how deep in the hierarchy, whether its validity covers the day, for how many."""

    document: DocumentShown
    depth: int
    kind: str
    validity: str
    replaced_by: tuple[DocumentShown, ...]
    counted: tuple[tuple[str, int, str], ...]
    in_force: int
    members: int

    @property
    def url(self) -> str:
        return f"/spaces/{self.document.space}/documents/{self.document.subject}/"


def document_rows(lens: Lens, board: Board, choice: Chosen) -> list[DocumentRow]:
    """Return all documents, each below the one that it is part of, in the order of rank and first day."""
    documents = list_documents_for(lens, choice.moment)
    return [_row(each, depth, board, documents) for each, depth in _ordered(documents, board)]


def _ordered(documents: Sequence[DocumentShown], board: Board) -> Iterator[tuple[DocumentShown, int]]:
    known = {each.link for each in documents}
    below: dict[Link, list[DocumentShown]] = {}
    for each in sorted(documents, key=lambda one: (board.rules.ranks.get(one.data.type, 99), one.data.valid_from)):
        above = each.data.part_of if each.data.part_of in known else NOTHING
        below.setdefault(above, []).append(each)
    pending = [(each, 0) for each in reversed(below.get(NOTHING, ()))]
    while pending:
        each, depth = pending.pop()
        yield each, depth
        pending += [(one, depth + 1) for one in reversed(below.get(each.link, ()))]


def _row(document: DocumentShown, depth: int, board: Board, documents: Sequence[DocumentShown]) -> DocumentRow:
    is_asked = any(each.link == document.link for each in board.documents)
    counted = board.counted(document) if is_asked else {}
    in_force = sum(board.of(document, each.id).in_force for each in board.members) if is_asked else 0
    words = tuple((code, counted[code], str(SHORT[code])) for code in s.STANDINGS if code in counted)
    later = tuple(each for each in documents if document.link in each.data.supersedes)
    return DocumentRow(
        document, depth, kind_word(board.rules, document.data.type), validity_on(document, board.day), later, words,
        in_force, len(board.members) if is_asked else 0,
    )  # fmt: skip


def validity_on(document: DocumentShown, day: str) -> str:
    """Return how a day lies to a document's validity."""
    if document.data.is_over(day):
        return OVER
    if not document.data.valid_from:
        return UNDATED
    return HOLDS if document.data.holds_on(day) else NOT_BEGUN


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step of the document itself: a sending or the network's own adoption."""

    digest: str
    what: str
    on: str
    detail: str
    members: int = 0
    latest: bool = False


def document_shown(page: SpacePage, document: DocumentShown, lists: Lists) -> dict[str, Any]:
    """Return what the page of a document shows of it in words."""
    told = document_words(page.lens, document)
    everything = {each.link: each for each in list_documents_for(page.lens, page.moment)}
    data = document.data
    return {
        "told": told,
        "kind": lists.word("document_types", data.type),
        "above": everything.get(data.part_of),
        "below": [each for each in everything.values() if each.data.part_of == document.link],
        "replaces": [everything[link] for link in data.supersedes if link in everything],
        "replaced_by": [each for each in everything.values() if document.link in each.data.supersedes],
        "files": [_file(page, one) for one in told.get("files", ())],
        "adoptions": [_adoption(page, one, lists) for one in data.adoptions],
        "sendings": [
            StepShown(one.digest, one.purpose, one.on, one.answer_by, len(one.to), one.latest) for one in data.sendings
        ],
        "for_adoption": FOR_ADOPTION,
        "rules": [(lists.word("decision_outcomes", code), COUNTS[counts]) for code, counts in data.counts],
        "versions": _versions(page, document.thing),
    }


def _file(page: SpacePage, one: Mapping[str, Any]) -> dict[str, str]:
    url = f"/spaces/{page.space}/attachments/{one['digest']}/" if one["digest"] else ""
    return {"name": one["name"], "digest": one["digest"], "url": url}


def _adoption(page: SpacePage, one: Any, lists: Lists) -> StepShown:
    said = page.lens.payloads(page.space, [one.digest]).get(one.digest) or {}
    detail = ". ".join(filter(None, [said.get("reference", ""), said.get("note", "")]))
    return StepShown(one.digest, lists.word("bodies", one.body), one.on, detail)


def _versions(page: SpacePage, thing: Thing) -> list[dict[str, Any]]:
    """Return every version that was said, the newest first, each with its files."""
    said = page.lens.payloads(page.space, thing.data.versions)
    found = [(digest, said.get(digest)) for digest in reversed(thing.data.versions)]
    return [
        {**payload, "digest": digest, "files": [_file(page, one) for one in payload["files"]]}
        for digest, payload in found
        if payload is not None
    ]
