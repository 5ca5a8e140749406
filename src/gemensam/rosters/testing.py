"""What a larm that somebody answered tells of a member's call list: that it was tested (R8). For the room of larm."""

from collections.abc import Iterable

from gemensam.core.policy import ROSTERS
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import append, program
from gemensam.rosters.domain.lists import CONFIRMED, subject_of


def note_tested(organisations: Iterable[str], *, at: int, key: str = "") -> tuple[Receipt, ...]:
    """Note that members answered a provlarm or a larm by their call lists at an instant (ms UTC); by the program.

    `key` makes a repeat harmless: e.g. the larm's subject and the number of the round.
    """
    drafts = [
        Draft(CONFIRMED, ROSTERS, subject_of(each), {"tested": True, "note": ""}, occurred_at=at, organisation=each)
        for each in sorted(set(organisations))
    ]
    return append(program(), drafts, key=key, by_program=True) if drafts else ()
