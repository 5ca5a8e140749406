"""The demonstration's periods: the years of the two known målbilder, and of the next."""

from gemensam.core.policy import Principal
from gemensam.demo.stage import ACCOUNT
from gemensam.governance.commands import open_period
from gemensam.governance.domain.periods import PeriodData
from gemensam.ledger.reading import lens_for
from gemensam.ledger.receipts import receipts_of

OFFICE, STRATEGIST = "kansliet", "kansliet-strateg"
PERIODS = ((2019, 2022), (2023, 2026), (2027, 2030))


def open_periods(now: int) -> None:
    """Open the periods that are not there. `now` in ms UTC."""
    written = receipts_of(ACCOUNT)
    for first, last in PERIODS:
        key = f"governance/period/{first}"
        if key not in written:
            lens = lens_for(Principal(ACCOUNT, OFFICE, STRATEGIST, frozenset()), now)
            open_period(lens, PeriodData(first, last), key=key)
