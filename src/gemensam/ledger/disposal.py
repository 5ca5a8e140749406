"""Disposal (gallring): texts go with their salts, verdicts stay (design 3.7, F22d, R58)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from gemensam.core.entry import Ref
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import append
from gemensam.ledger.log import fetch
from gemensam.ledger.models import Blob
from gemensam.ledger.reading import Lens
from gemensam.ledger.removing import DISPOSAL, DISPOSES, check_disposable, sweep_postgresql, sweep_sqlite

__all__ = ["Remains", "dispose", "remove_blob", "sweep_postgresql", "sweep_sqlite"]


@dataclass(frozen=True, slots=True)
class Remains:
    """What a disposal leaves, told to the one who decides: headers stay, copies in publications stay."""

    disposed: int
    publications: tuple[str, ...]
    receipt: Receipt


def dispose(  # noqa: PLR0913  the decision is named in full
    lens: Lens, space: str, subject: str, digests: Sequence[str], *, decision: str, reason: str
) -> Remains:
    """Remove the texts of entries under a recorded decision (gallringsbeslut), in one commit with it.

    On PostgreSQL the text stays in dead rows until `gemensam maintain` (VACUUM FULL) has run.
    Raises `Refused`: `not_found`, `not_permitted`, `not_disposable`, `decision_missing`.
    """
    if not decision.strip():
        raise Refused("decision_missing")
    rows = [lens.entry(space, digest) for digest in digests]
    for row in rows:
        check_disposable(row.header)
    refs = tuple(Ref(DISPOSES, space, row.header.subject, row.digest) for row in rows)
    draft = Draft(DISPOSAL, space, subject, {"decision": decision, "reason": reason}, refs=refs)
    receipt = append(lens.principal, [draft])[0]
    return Remains(len(rows), _publications(lens, space, digests), receipt)


def remove_blob(space: str, digest: str) -> None:
    """Delete an attachment's bytes and salt."""
    Blob.objects.filter(space=space, digest=digest).delete()
    if connection.vendor == "sqlite":
        sweep_sqlite()


def _publications(lens: Lens, space: str, digests: Sequence[str]) -> tuple[str, ...]:
    """Return the digests of later entries whose text names a disposed entry, so that copies can be weighed."""
    found: set[str] = set()
    for digest in digests:
        rows = fetch(
            "SELECT e.digest FROM ledger_entry e JOIN ledger_payload p ON p.space = e.space AND p.position = e.position"
            " WHERE e.space = %s AND p.body LIKE %s",
            [space, f"%{digest}%"],
        )
        found.update(row[0] for row in rows)
    return tuple(sorted(found))
