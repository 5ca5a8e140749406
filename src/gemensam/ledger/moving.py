"""Moving texts into quarantine and back, in the transaction of the entry that says so (felinförd uppgift, R47).

What is held lies in a table of its own and nothing is deleted: so every page, search, export, replay and program finds
no text, as after a disposal, whatever moment is looked at.
"""

from django.db import connection

from gemensam.core.entry import Header, header_from
from gemensam.core.kinds import EXTRACTS
from gemensam.ledger.domain import LIFTED, PLACED, QUARANTINES
from gemensam.ledger.extracts import extract_of
from gemensam.ledger.log import fetch, places, read_stored
from gemensam.ledger.registry import registry
from gemensam.ledger.removing import check_disposable
from gemensam.ledger.search_tables import INSERT_AGAIN, stored_form
from gemensam.ledger.search_words import space_token, stems

_TO_QUARANTINE = (
    "INSERT INTO ledger_quarantine(space, position, salt, body) "
    "SELECT space, position, salt, body FROM ledger_payload WHERE space = %s AND position = %s"
)
_TO_PAYLOADS = (
    "INSERT INTO ledger_payload(space, position, salt, body) "
    "SELECT space, position, salt, body FROM ledger_quarantine WHERE space = %s AND position = %s"
)


def moves_texts(header: Header) -> bool:
    """Whether an entry puts texts into quarantine or lets them back."""
    return header.kind in (PLACED, LIFTED)


def move_texts(decision: Header) -> None:
    """Move, within the open transaction, the texts that a quarantine names; raises `Refused("not_disposable")`."""
    digests = sorted({ref.digest for ref in decision.refs if ref.rel == QUARANTINES})
    sql = "SELECT position, header FROM ledger_entry WHERE space = %s AND digest IN " + places(digests)  # noqa: S608
    for position, header in fetch(sql, [decision.space, *digests]):
        if decision.kind == PLACED:
            check_disposable(header_from(read_stored(header)))
            _hold(decision.space, position)
        else:
            _let_back(decision.space, position, header)


def _hold(space: str, position: int) -> None:
    where = "WHERE space = %s AND position = %s"
    with connection.cursor() as cursor:
        cursor.execute(_TO_QUARANTINE, [space, position])
        for table in ("ledger_payload", "ledger_extract", "ledger_search"):
            cursor.execute(f"DELETE FROM {table} {where}", [space, position])  # noqa: S608


def _let_back(space: str, position: int, header: str) -> None:
    where = "WHERE space = %s AND position = %s"
    rows = fetch(f"SELECT body FROM ledger_quarantine {where}", [space, position])  # noqa: S608
    if not rows:  # disposed of meanwhile
        return
    with connection.cursor() as cursor:
        cursor.execute(_TO_PAYLOADS, [space, position])
        cursor.execute(f"DELETE FROM ledger_quarantine {where}", [space, position])  # noqa: S608
        if (extract := extract_of(header, rows[0][0])) is not None:
            sql = "INSERT INTO ledger_extract(space, position, version, value) VALUES (%s, %s, %s, %s)"
            cursor.execute(sql, [space, position, EXTRACTS, extract])
        read = header_from(read_stored(header))
        kind = registry().find(read.kind, read.version)
        if kind is not None and (text := kind.text(read_stored(rows[0][0]))):
            tokens = stored_form(connection.vendor, [space_token(space), *stems(text)])
            cursor.execute(INSERT_AGAIN[connection.vendor], [tokens, space, position])
