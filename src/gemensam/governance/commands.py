"""Writers of governance: opening a period."""

from gemensam.core.writing import Draft, Receipt
from gemensam.governance.domain.periods import PeriodData, years_of
from gemensam.ledger.append import append
from gemensam.ledger.ids import uuid7
from gemensam.ledger.reading import Lens
from gemensam.organisations.founding import PINNED, PINNED_IN_PERIOD, pins


def open_period(lens: Lens, years: PeriodData, *, title: str = "", space: str = "", key: str = "") -> Receipt:
    """Open the space of a målbild's years. The title is the years where none is given.

    Raises `not_permitted` without `govern`, `period_years_wrong`, and what `append` raises.
    """
    space = space or uuid7()
    opened = {
        "space_kind": "period", "title": title or f"{years.first_year}–{years.last_year}", "parent": "", "circle": [],
        "pins": pins(PINNED + PINNED_IN_PERIOD), "purpose": "",
    }  # fmt: skip
    dated = {"first_year": years.first_year, "last_year": years.last_year}
    drafts = [Draft("space.opened", space, space, opened), Draft("period.dated", space, years_of(space), dated)]
    return append(lens.principal, drafts, key=key)[0]
