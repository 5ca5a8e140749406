"""The writers of steering documents. Each returns the `Receipt` of its entry.

All raise `Refused` with what `ledger.judge` and the kinds' own rules refuse; then nothing is written.
"""

from collections.abc import Sequence
from dataclasses import asdict

from gemensam.core.entry import Ref
from gemensam.core.writing import Draft, Receipt
from gemensam.governance.domain import rules
from gemensam.governance.domain.documents import (
    NOTHING,
    AdoptionRuled,
    DocumentAdopted,
    DocumentGiven,
    DocumentSent,
    DocumentWithdrawn,
)
from gemensam.governance.sending import NOT_TOLD, Sent, subject_for, write
from gemensam.ledger.reading import Lens


def enter_document(lens: Lens, space: str, given: DocumentGiven, *, key: str = "") -> Receipt:
    """Enter a steering document in its period's space, or in `standing` where it belongs to none."""
    subject = subject_for(lens, key)
    return write(lens, Draft("document.entered", space, subject, asdict(given.told), refs=_links(given)), key)


def revise_document(lens: Lens, space: str, subject: str, given: DocumentGiven, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Replace what is said of a document by its next version, or take a withdrawn one up again.

    Raises `Refused("moved")` where another version than `sent.seen` is in force.
    """
    refs = (*_links(given), *_seen(space, subject, sent.seen))
    return write(lens, Draft("document.revised", space, subject, asdict(given.told), refs=refs), sent.key)


def send_document(lens: Lens, space: str, subject: str, sent: DocumentSent, *, key: str = "") -> Receipt:
    """Record that a document went out to members, for adoption or for consultation."""
    return write(lens, Draft("document.sent", space, subject, asdict(sent)), key)


def adopt_document(lens: Lens, space: str, subject: str, adopted: DocumentAdopted, *, key: str = "") -> Receipt:
    """Record that a body of the network adopted a document; no member is bound by it."""
    return write(lens, Draft("document.adopted", space, subject, asdict(adopted)), key)


def take_back_step(lens: Lens, space: str, subject: str, step: tuple[str, str], *, key: str = "") -> Receipt:
    """Take back a sending or an adoption that was entered wrongly: (digest of its entry, why)."""
    digest, reason = step
    return write(lens, Draft("document.step_taken_back", space, subject, {"step": digest, "reason": reason}), key)


def rule_adoption(lens: Lens, space: str, subject: str, ruled: AdoptionRuled, *, key: str = "") -> Receipt:
    """Set what counts as adopted for one document, and whether two persons register it."""
    return write(lens, Draft("document.adoption_ruled", space, subject, asdict(ruled)), key)


def withdraw_document(
    lens: Lens, space: str, subject: str, ended: DocumentWithdrawn, *, key: str = ""
) -> Receipt:  # fmt: skip
    """Say that a document no longer holds after a day; it stays readable."""
    return write(lens, Draft("document.withdrawn", space, subject, asdict(ended)), key)


def _links(given: DocumentGiven) -> tuple[Ref, ...]:
    above: Sequence[Ref] = () if given.part_of == NOTHING else (Ref(rules.PART_OF, *given.part_of),)
    return (*above, *(Ref(rules.SUPERSEDES, *link) for link in given.supersedes))


def _seen(space: str, subject: str, seen: str) -> tuple[Ref, ...]:
    return (Ref(rules.CORRECTS, space, subject, seen),) if seen else ()
