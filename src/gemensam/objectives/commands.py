"""The writers of the målbild. Each returns the `Receipt` of its entry.

All raise `Refused` with what `ledger.judge` and the kinds' own rules refuse; then nothing is written.
"""

from dataclasses import dataclass

from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.reading import Lens
from gemensam.objectives.domain.texts import Section, stored
from gemensam.objectives.posting import NOT_TOLD, Sent, new_subject, write


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of the målbild's text as it is to be published; `kind` from the list `vision_versions`."""

    kind: str
    title: str
    sections: tuple[Section, ...]
    note: str = ""


def publish_version(lens: Lens, space: str, edition: Edition, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Publish a version of the målbild's text in its period's space."""
    content = {
        "kind": edition.kind, "title": edition.title, "sections": stored(edition.sections), "note": edition.note,
    }  # fmt: skip
    return write(lens, Draft("vision_version.published", space, new_subject(lens, sent, "version"), content), sent)


def withdraw_version(lens: Lens, space: str, subject: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Say that a published version no longer holds."""
    return write(lens, Draft("vision_version.withdrawn", space, subject, {"reason": reason}), sent)
