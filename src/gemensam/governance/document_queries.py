"""Readers of steering documents: across all periods and `standing`, as far as a reader reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.core.moment import Moment
from gemensam.core.policy import SpaceInfo
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.governance.domain.documents import WITHDRAWN, DocumentData, Link
from gemensam.governance.domain.rules import HERE
from gemensam.ledger.reading import Lens


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """A document with where it lives."""

    space: str
    subject: str
    status: str
    data: DocumentData
    thing: Thing

    @property
    def link(self) -> Link:
        return (self.space, self.subject)

    @property
    def is_withdrawn(self) -> bool:
        return self.status == WITHDRAWN


def spaces_of(lens: Lens) -> tuple[SpaceInfo, ...]:
    """Return the spaces where steering documents live."""
    return tuple(info for info in lens.spaces() if info.kind in HERE)


def list_documents_for(lens: Lens, moment: Moment | None = None) -> tuple[DocumentShown, ...]:
    """Return the documents by their first day, then code; those without a day come first."""
    found = [
        _shown(info.id, thing) for info in spaces_of(lens) for thing in lens.state(info.id, moment).group("documents")
    ]
    return tuple(sorted(found, key=lambda each: (each.data.valid_from, each.data.code, each.link)))


def get_document_for(lens: Lens, space: str, subject: str, moment: Moment | None = None) -> DocumentShown:
    """Return one document; raises `Refused("not_found")`."""
    thing = lens.state(space, moment).thing(subject)
    if thing is None or thing.type != "document":
        raise Refused("not_found")
    return _shown(space, thing)


def document_words(lens: Lens, document: DocumentShown) -> Mapping[str, Any]:
    """Return the payload of the version in force: parts, files, note; empty where it has been disposed of."""
    return lens.payloads(document.space, [document.data.content]).get(document.data.content) or {}


def _shown(space: str, thing: Thing) -> DocumentShown:
    return DocumentShown(space, thing.subject, thing.status, thing.data, thing)
