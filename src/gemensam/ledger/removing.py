"""Removal of texts (gallring): in the transaction of the entry that decides it, so that neither stands alone (R58).

What is removed: payload and salt, extract, search row, drafts on the same thing, and the digest by which a repeated
request is known, since a short text could be guessed from it (F22c).
"""

from collections.abc import Sequence

from django.db import connection

from gemensam.core.entry import Header, read_header
from gemensam.core.refusal import Refused
from gemensam.ledger.log import fetch, places
from gemensam.ledger.registry import registry

DISPOSAL, DISPOSES = "disposal.decided", "disposes"


def is_disposal(header: Header) -> bool:
    """Whether an entry removes texts."""
    return header.kind == DISPOSAL


def remove_texts(decision: Header) -> None:
    """Remove, within the open transaction, the texts that a disposal names.

    Raises `Refused`: `malformed` where it names nothing or something of another space, `not_disposable`.
    """
    refs = decision.refs
    if not refs or any(ref.rel != DISPOSES or ref.space != decision.space or not ref.digest for ref in refs):
        raise Refused("malformed")
    digests = sorted({ref.digest for ref in refs})
    sql = "SELECT position, header FROM ledger_entry WHERE space = %s AND digest IN " + places(digests)  # noqa: S608
    rows = fetch(sql, [decision.space, *digests])
    for _, header in rows:
        check_disposable(read_header(header))
    _remove_rows(decision.space, [position for position, _ in rows])
    _remove_drafts(decision.space, sorted({ref.subject for ref in refs}))


def check_disposable(header: Header) -> None:
    """Raise `Refused("not_disposable")` for an entry that says who may read or what was done to the log."""
    kind = registry().find(header.kind, header.version)
    if kind is not None and not kind.disposable:
        raise Refused("not_disposable", kind=header.kind)


def _remove_rows(space: str, positions: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        for position in positions:
            cursor.execute("DELETE FROM ledger_payload WHERE space = %s AND position = %s", [space, position])
            cursor.execute("DELETE FROM ledger_quarantine WHERE space = %s AND position = %s", [space, position])
            cursor.execute("DELETE FROM ledger_extract WHERE space = %s AND position = %s", [space, position])
            cursor.execute("DELETE FROM ledger_search WHERE space = %s AND position = %s", [space, position])
            # All drafts of a request share its digest.
            cursor.execute(
                "UPDATE ledger_request SET request_digest = '' WHERE request_digest <> '' AND request_digest IN "
                "(SELECT request_digest FROM ledger_request WHERE space = %s AND position = %s)",
                [space, position],
            )


def _remove_drafts(space: str, subjects: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        sql = "DELETE FROM ledger_draft WHERE space = %s AND subject IN " + places(subjects)  # noqa: S608
        cursor.execute(sql, [space, *subjects])


def sweep_sqlite() -> None:
    """Overwrite what was deleted (`secure_delete` is on) in the index and in the write-ahead log."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO ledger_search(ledger_search) VALUES('optimize')")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def sweep_postgresql() -> None:
    """Rewrite the tables that held disposed texts; old write-ahead log is recycled by the server in time."""
    with connection.cursor() as cursor:
        for table in (
            "ledger_payload",
            "ledger_quarantine",
            "ledger_extract",
            "ledger_search",
            "ledger_blob",
            "ledger_draft",
            "ledger_request",
        ):
            cursor.execute(f"VACUUM FULL {table}")
        cursor.execute("CHECKPOINT")
