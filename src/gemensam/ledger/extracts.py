"""Extracts: what the fold needs of payloads that are mostly text, beside them in a row of their own (ADR 0007).

Made of the payload, so that nothing is lost without them: where one is missing, or an older program made it, the fold
reads the text instead. `verify` holds them against the texts, and disposal removes them.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from gemensam.core import canonical
from gemensam.core.entry import header_from
from gemensam.core.fold import Arrived
from gemensam.core.kinds import EXTRACTS, Kind
from gemensam.ledger.locks import append_lock
from gemensam.ledger.log import fetch, places, read_stored
from gemensam.ledger.registry import registry

Statement = tuple[str, list[Any]]  # SQL and its values
BATCH = 500
_INSERT = "INSERT INTO ledger_extract(space, position, version, value) VALUES (%s, %s, %s, %s)"


def extract_row(kind: Kind, row: Arrived) -> list[Statement]:
    """Return what stores an entry's extract; nothing for a kind that has none."""
    if kind.extract is None:
        return []
    return [(_INSERT, [row.header.space, row.position, EXTRACTS, written(row.payload)])]


def written(extract: Any) -> str:
    """Return an extract as it is stored."""
    return canonical.encode_trusted(extract).decode()


def extract_of(header: str, body: str) -> str | None:
    """Return the extract of a stored entry as it should be stored; None where its kind has none."""
    read = header_from(read_stored(header))
    kind = registry().find(read.kind, read.version)
    return None if kind is None or kind.extract is None else written(kind.extract(read_stored(body)))


def make_extracts() -> int:
    """Make the extracts that are missing or of another program, and return how many (after an upgrade)."""
    kinds = sorted({kind.name for kind in registry().sorted() if kind.extract is not None})
    made = 0
    for (space,) in fetch("SELECT id FROM ledger_space ORDER BY id", []):
        made += sum(_make_batch(space, kinds, after) for after in _starts(space))
    return made


def _starts(space: str) -> Iterator[int]:
    last = fetch("SELECT coalesce(max(position), 0) FROM ledger_entry WHERE space = %s", [space])[0][0]
    return iter(range(0, last, BATCH))


def _make_batch(space: str, kinds: list[str], after: int) -> int:
    """Make those of one stretch of a log; under the lock, so that no text is disposed of in between."""
    with append_lock([space]):
        rows = fetch(_MISSING + places(kinds), [after, EXTRACTS, after, space, after, after + BATCH, *kinds])
        found = [(position, extract_of(header, body)) for position, header, body in rows]
        with connection.cursor() as cursor:
            for position, value in found:
                if value is not None:
                    cursor.execute("DELETE FROM ledger_extract WHERE space = %s AND position = %s", [space, position])
                    cursor.execute(_INSERT, [space, position, EXTRACTS, value])
    return len(found)


_MISSING = (
    "SELECT e.position, e.header, p.body FROM ledger_entry e "
    "JOIN ledger_payload p ON p.space = e.space AND p.position = e.position AND p.position > %s "
    "LEFT JOIN ledger_extract x ON x.space = e.space AND x.position = e.position AND x.version = %s "
    "AND x.position > %s WHERE x.value IS NULL AND e.space = %s AND e.position > %s AND e.position <= %s AND e.kind IN "
)
