"""Reading what is held in quarantine (felinförd uppgift, R47): by who is to handle it; each reading is recorded."""

from collections.abc import Sequence

from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.ledger.domain import HANDLES
from gemensam.ledger.log import fetch, places
from gemensam.ledger.noting import note
from gemensam.ledger.reading import Lens, LogRow, log_row

_HELD_ROWS = (
    "SELECT e.position, e.received_at, e.digest, e.header, e.signature, q.body FROM ledger_entry e "
    "JOIN ledger_quarantine q ON q.space = e.space AND q.position = e.position WHERE e.space = %s AND e.digest IN "
)


def is_held(state: SpaceState, digest: str) -> bool:
    """Whether the text of an entry is in quarantine; `state` is the space's state now, whatever moment is looked at."""
    return state.size("quarantined", digest) > 0


def held_rows(lens: Lens, space: str, digests: Sequence[str]) -> list[LogRow]:
    """Return entries with the texts that are held, for who is to handle them; each reading is recorded.

    Raises `Refused`: `not_found`, `not_permitted`.
    """
    state = lens.state(space)
    if not lens.may(HANDLES):
        raise Refused("not_permitted", permission=HANDLES)
    wanted = sorted(set(digests))
    rows = fetch(f"{_HELD_ROWS}{places(wanted)} ORDER BY e.position", [space, *wanted]) if wanted else []
    for row in rows:
        note(lens.principal, "quarantine_read", space=space, subject=row[2])
    return [log_row(row, state) for row in rows]
