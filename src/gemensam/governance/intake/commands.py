"""The writer of this room's part of the log: a decision that a person has confirmed against its document (G7)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from gemensam.core.refusal import Refused
from gemensam.core.writing import Receipt
from gemensam.governance.adoption_commands import register_decision
from gemensam.governance.document_queries import get_document_for
from gemensam.governance.domain.decisions import DecisionGiven, DecisionTold
from gemensam.governance.intake.fields import Place, earlier_in, fields_read, lines_in, said
from gemensam.governance.intake.files import REGISTERED, FileRead, body_of, own_rows
from gemensam.ledger.blobs import TYPES, store_blob
from gemensam.ledger.reading import Lens

CLAIM_MS = 60_000
_TYPE_OF_FORMAT = {"pdf": ".pdf", "docx": ".docx", "text": ".txt"}


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a person has confirmed: the form's texts, and beside them what was read and where."""

    given: Mapping[str, str]
    read: Mapping[str, str]
    places: Mapping[str, Place]
    answer: Mapping[str, Any]


def register_file(lens: Lens, file: FileRead, confirmed: Confirmed) -> Receipt:
    """Register what a file says, once, and keep the file unchanged in the document's space.

    Raises `Refused`: `incoming_registered` where it has been registered, `incoming_moved`, `not_found`, and what
    `register_decision` and `store_blob` raise; then the file waits as before.
    """
    space, _sign, document = confirmed.given["document"].partition("/")
    seen = get_document_for(lens, space, document).data.content
    if file.status == REGISTERED:
        raise Refused("incoming_registered")
    with _one_at_a_time(lens, file):
        told = told_of(file, confirmed, digest=_kept(lens, file, space, confirmed.answer))
        given = DecisionGiven(confirmed.given["member"], document, told, confirmed.given.get("via", ""))
        receipt = register_decision(lens, space, given, based_on=seen, key=file.id)
        own_rows(lens).filter(id=file.id).update(status=REGISTERED, decision=receipt.subject, body=b"", rows="")
    return receipt


@contextmanager
def _one_at_a_time(lens: Lens, file: FileRead) -> Iterator[None]:
    """Have the file for oneself: of two colleagues who confirm it at once only one registers it."""
    if not file.is_open:
        raise Refused("incoming_moved")
    free = own_rows(lens).filter(id=file.id, status=file.status, claimed_until__lt=lens.now)
    if not free.update(claimed_until=lens.now + CLAIM_MS):
        raise Refused("incoming_moved")
    try:
        yield
    finally:
        own_rows(lens).filter(id=file.id).update(claimed_until=0)


def told_of(file: FileRead, confirmed: Confirmed, *, digest: str) -> DecisionTold:
    """Return the step as it is registered: an empty field is *ej angivet*."""
    given, answer = confirmed.given, confirmed.answer
    none_stated = {name: answer.get(name) == [] for name in ("attachments", "send_to")}
    plain = (
        "step",
        "outcome",
        "body",
        "date",
        "paragraph",
        "diarienummer",
        "title",
        "conditions",
        "proposed_to",
        "note",
    )
    return DecisionTold(
        **{name: given.get(name, "") for name in plain},
        approved_by_director=said(given.get("approved_by_director", "")),
        immediately_adjusted=said(given.get("immediately_adjusted", "")),
        attachments=lines_in(given.get("attachments", ""), was_none_stated=none_stated["attachments"]),
        send_to=lines_in(given.get("send_to", ""), was_none_stated=none_stated["send_to"]),
        earlier_decisions=earlier_in(given.get("earlier_decisions", "")),
        file=digest, file_name=file.name, sha256=file.sha256,
        fields_read=fields_read(given, confirmed.read, confirmed.places),
    )  # fmt: skip


def _kept(lens: Lens, file: FileRead, space: str, answer: Mapping[str, Any]) -> str:
    """Return the digest by which the file is kept in the space; kept once, however often it is confirmed."""
    if file.kept_in == space and file.digest:
        return file.digest
    media_type, body = _media_type(file, answer), body_of(lens, file)
    stored = store_blob(lens, space, file.name, media_type, body, permission="register_decision")
    own_rows(lens).filter(id=file.id).update(kept_in=space, digest=stored.digest)
    return stored.digest


def _media_type(file: FileRead, answer: Mapping[str, Any]) -> str:
    told = _TYPE_OF_FORMAT.get(answer.get("file", {}).get("format", ""), PurePath(file.name).suffix.lower())
    return TYPES.get(told, "application/pdf")
