"""Full-text search within the spaces of a lens: ordered by time, never by corpus rank (design 3.8)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from gemensam.core.refusal import Refused
from gemensam.ledger.log import fetch, places
from gemensam.ledger.reading import Lens, LogRow, log_row
from gemensam.ledger.search_words import space_token, stem, words

LARGEST_PAGE = 200
MAX_QUERY_WORDS = 20
BEYOND = 2**62


@dataclass(frozen=True, slots=True)
class Hit:
    """A found entry; `cursor` continues the search after it, and tells nothing but its place in its own space."""

    space: str
    row: LogRow

    @property
    def cursor(self) -> str:
        return f"{self.space}~{self.row.position}"


def search(lens: Lens, text: str, space: str | None = None, limit: int = 50, before: str = "") -> list[Hit]:
    """Return entries that hold every word of `text` (the last may be a beginning), newest first.

    `before` is the cursor of an earlier hit. Raises `Refused`: `query_empty` without a word, `not_found` for a space
    that is not readable or a cursor that names none.
    """
    wanted = words(text)[:MAX_QUERY_WORDS]
    if not wanted:
        raise Refused("query_empty")
    spaces = [lens.space(space).id] if space is not None else [info.id for info in lens.spaces()]
    limit = max(1, min(limit, LARGEST_PAGE))
    found = _FINDERS[connection.vendor](wanted, spaces, limit, _row_of(lens, before))
    return _rows(lens, found)


def _row_of(lens: Lens, cursor: str) -> int:
    """Return the row before which to go on; beyond every row without a cursor."""
    if not cursor:
        return BEYOND
    space, _, position = cursor.rpartition("~")
    lens.space(space)
    sql = "SELECT id FROM ledger_entry WHERE space = %s AND position = %s"
    rows = fetch(sql, [space, int(position)]) if position.isdecimal() and len(position) < 19 else []
    if not rows:
        raise Refused("not_found")
    return int(rows[0][0])


# The tokens of the spaces make it fast; the column makes it true, since a letter that is younger than SQLite's tables
# parts a word there, and what follows could be made to look like a token.
def _match_sqlite(wanted: Sequence[str], spaces: Sequence[str], limit: int, before: int) -> list[tuple[str, int]]:
    circles = " OR ".join(f'"{space_token(space)}"' for space in spaces)
    *whole, last = wanted
    terms = [f'"{stem(word)}"' for word in whole] + [f'("{stem(last)}" OR "w{last}"*)']
    sql = (
        "SELECT space, position FROM ledger_search WHERE ledger_search MATCH %s AND rowid < %s "  # noqa: S608
        f"AND space IN {places(spaces)} ORDER BY rowid DESC LIMIT %s"
    )
    return fetch(sql, [f"({circles}) AND " + " AND ".join(terms), before, *spaces, limit])


def _match_postgresql(wanted: Sequence[str], spaces: Sequence[str], limit: int, before: int) -> list[tuple[str, int]]:
    circles = " | ".join(f"'{space_token(space)}'" for space in spaces)
    *whole, last = wanted
    terms = [f"'{stem(word)}'" for word in whole] + [f"('{stem(last)}' | 'w{last}':*)"]
    sql = (
        "SELECT space, position FROM ledger_search WHERE stems @@ %s::tsquery AND rowid < %s "  # noqa: S608
        f"AND space IN {places(spaces)} ORDER BY rowid DESC LIMIT %s"
    )
    return fetch(sql, [f"({circles}) & " + " & ".join(terms), before, *spaces, limit])


_FINDERS = {"sqlite": _match_sqlite, "postgresql": _match_postgresql}


def _rows(lens: Lens, found: Sequence[tuple[str, int]]) -> list[Hit]:
    hits = []
    for space, position in found:
        rows = fetch(_ONE, [space, int(position)])
        state = lens.state(space)
        if rows and rows[0][0] <= state.position:
            hits.append(Hit(space, log_row(rows[0], state)))
    return hits


_ONE = (
    "SELECT e.position, e.received_at, e.digest, e.header, e.signature, p.body FROM ledger_entry e "
    "LEFT JOIN ledger_payload p ON p.space = e.space AND p.position = e.position "
    "WHERE e.space = %s AND e.position = %s"
)
