"""The spaces in which somebody has been alerted lately: what the worker and the links look at, and no others."""

from collections.abc import Iterator

from gemensam.activation.domain import larms
from gemensam.core.state import SpaceState
from gemensam.ledger.last_came import LastCame
from gemensam.ledger.log import LOG
from gemensam.ledger.spaces import all_spaces

LATELY_MS = 31 * 24 * 60 * 60_000
_SENT = LastCame("larm.sent")


def alerted_lately(now: int) -> Iterator[SpaceState]:
    """Yield the states of the open spaces with a larm of the last month (ms UTC); the others are not even folded."""
    for info in list(all_spaces().values()):
        if info.kind in larms.SPACES and not info.closed and _SENT.at(info.id) > now - LATELY_MS:
            yield LOG.catch_up(info.id)
