"""What an organisation had access to at a moment, entry by entry (design 3.7, 6): made available, sent, opened.

Which entries are shown is judged by present rights; what was sent and opened is read from the recorded deliveries of
this node. Times in ms since epoch UTC.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gemensam.audit import deliveries
from gemensam.core.moment import Moment
from gemensam.core.policy import DIRECTORY, SpaceInfo
from gemensam.ledger.pages.rows import Place, list_rows
from gemensam.ledger.reading import Lens, LogRow, position_at

LATER, AVAILABLE, SENT, OPENED, OWN = "later", "available", "sent", "opened", "own"
SHOWN_AFTER = 10  # of what came later, above what was there at a moment
_SEAL = "arrivals.sealed"


@dataclass(frozen=True, slots=True)
class Known:
    """One entry as an organisation had it. `own`: it wrote it, or it was written for it."""

    row: LogRow
    available_at: int
    sent_at: int | None
    opened_at: int | None
    own: bool

    def standing(self, at: int) -> str:
        """How far the entry had come at an instant: later, available, sent, opened, or the organisation's own."""
        if self.available_at > at:
            return LATER
        if self.own:
            return OWN
        if self.opened_at is not None and self.opened_at <= at:
            return OPENED
        return SENT if self.sent_at is not None and self.sent_at <= at else AVAILABLE


@dataclass(frozen=True, slots=True)
class Sums:
    """How many entries had come how far at an instant, and when something new was last sent."""

    available: int
    sent: int
    opened: int
    last_sent_at: int | None


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page of entries, newest first; `older` and `newer` are positions to continue from (0: nothing more)."""

    entries: tuple[Known, ...]
    older: int
    newer: int


class Knowledge:
    """What one organisation had of one space. Made for a reader's lens: only what that lens may read now is told."""

    def __init__(self, lens: Lens, info: SpaceInfo, organisation: str) -> None:
        self._lens, self._space, self.organisation = lens, info.id, organisation
        self.since = _reader_since(lens, info, organisation)
        self._directory_since = lens.entries(DIRECTORY, limit=1)[0].received_at

    def page(self, at: int, place: Place) -> KnownPage:
        """Return the entries around an instant, or those before or after a position."""
        if place.newest:
            place = replace(place, before=position_at(self._space, at) + SHOWN_AFTER + 1)
        found = list_rows(self._lens, self._space, place)
        return KnownPage(self._known([row for row in found.rows if row.header.kind != _SEAL]), found.older, found.newer)

    def known(self, rows: Sequence[LogRow]) -> tuple[Known, ...]:
        """Return rows of the space's log with what is recorded of them; without the log's own seals."""
        return self._known([row for row in rows if row.header.kind != _SEAL])

    def sums(self, at: int) -> Sums:
        """Return how much there was at an instant."""
        there, here = position_at(self._space, at), self.organisation
        sent = min(there, deliveries.delivered_position(here, self._space, by=at))
        return Sums(
            self._lens.count(self._space, there) if self._available_from(at) <= at else 0,
            self._lens.count(self._space, sent),
            deliveries.count_opened(here, self._space, by=at),
            deliveries.last_delivered_at(here, self._space, by=at),
        )

    def _known(self, rows: Sequence[LogRow]) -> tuple[Known, ...]:
        sent = deliveries.first_delivered(self.organisation, self._space, [row.position for row in rows])
        opened = deliveries.opened_by(self.organisation, self._space, [row.digest for row in rows])
        return tuple(self._one(row, sent, opened) for row in rows)

    def _one(self, row: LogRow, sent: Mapping[int, int], opened: Mapping[str, int]) -> Known:
        own = self.organisation in (row.header.organisation, row.header.by_organisation)
        return Known(row, self._available_from(row.received_at), sent.get(row.position), opened.get(row.digest), own)

    def _available_from(self, came_at: int) -> int:
        """From when the organisation could read what came at an instant.

        Nobody's coming can be told of a time before the directory itself began: what is older was there as it came.
        """
        if self.since is None or came_at < self._directory_since:
            return came_at
        return max(came_at, self.since)


def _reader_since(lens: Lens, info: SpaceInfo, organisation: str) -> int | None:
    """Return since when an organisation belongs to those who read a space; None where it does not.

    Circles only shrink, so it is when the organisation came into the network (or as a guest into the directory).
    """
    since: int | None = None
    for row in lens.history(DIRECTORY, organisation, Moment(lens.now)):
        reads = _reads_after(row, info)
        if reads is False:
            since = None
        elif reads and since is None:
            since = row.received_at
    return since


def _reads_after(row: LogRow, info: SpaceInfo) -> bool | None:
    """Whether an organisation belongs to the readers after an entry about it; None where the entry does not say."""
    if row.header.kind == "organisation.left":
        return False
    if row.payload is None or "insider" not in row.payload:
        return None
    return bool(row.payload["insider"]) or info.kind in ("outer", "sub", DIRECTORY)
