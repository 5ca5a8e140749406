"""Taking in entries of other nodes: store first, judge afterwards (design section 7). Sans I/O, no transport yet.

A `Replica` is one node's copy of one space. What is malformed or wrongly signed is not stored; what is stored may
still wait for its node's admission, be held for its clock, or stop its feed as a fork.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from gemensam.core.clock import is_ahead
from gemensam.core.entry import Header, entry_digest, parse_header
from gemensam.core.feed import FIRST, FeedName, feed_of
from gemensam.core.fold import Arrived, fold
from gemensam.core.kinds import Registry
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState

STORED, REPEATED, WAITING, HELD, FORK, BEYOND_CUT = (
    "stored", "repeated", "waiting", "held", "fork", "beyond_cut",
)  # fmt: skip
SignatureHolds = Callable[[Header, bytes], bool]
Admitted = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Received:
    """An entry as it came, with what became of it: `outcome` is one of the words above."""

    digest: str
    header: Header
    data: bytes
    outcome: str


@dataclass
class Replica:
    """One node's copy of a space. `admitted(node, organisation)` asks the directory; `cuts` are last numbers."""

    space: str
    signature_holds: SignatureHolds
    admitted: Admitted
    received: dict[str, Received] = field(default_factory=dict)
    by_number: dict[tuple[FeedName, int], list[str]] = field(default_factory=dict)
    stopped: set[FeedName] = field(default_factory=set)
    cuts: dict[tuple[str, str], int] = field(default_factory=dict)

    def take(self, data: bytes, signature: bytes, now: int) -> Received:
        """Take in one entry; raises `Refused`: what `parse_header` raises, `space_wrong`, `signature_wrong`."""
        header = parse_header(data)
        digest = entry_digest(data)
        if header.space != self.space:
            raise Refused("space_wrong", space=header.space)
        if not self.signature_holds(header, signature):
            raise Refused("signature_wrong", node=header.node)
        known = self.received.get(digest)
        if known is not None:
            return Received(digest, header, data, REPEATED)
        return self._keep(Received(digest, header, data, self._outcome(header, now)))

    def judge_again(self, now: int) -> None:
        """Judge what waits or is held once more: after an admission, or when time has passed."""
        for digest in sorted(self.received):
            kept = self.received[digest]
            if kept.outcome in (WAITING, HELD, STORED):
                outcome = self._outcome(kept.header, now)
                self.received[digest] = Received(digest, kept.header, kept.data, outcome)

    def missing(self, heads: dict[FeedName, int]) -> dict[FeedName, int]:
        """Return per feed the number after which this replica lacks entries that another has up to `heads`."""
        reached = {feed: self._reached(feed) for feed in heads}
        return {feed: reached[feed] for feed in sorted(heads) if reached[feed] < heads[feed]}

    def folded(self, registry: Registry) -> SpaceState:
        """Fold what may be folded: stored, admitted, not held, whole chains only."""
        return fold(self.space, self._foldable(), registry)

    def _foldable(self) -> Iterable[Arrived]:
        kept = [one for one in self.received.values() if one.outcome == STORED and self._is_linked(one.header)]
        return [Arrived(place, one.digest, one.header, None) for place, one in enumerate(kept, 1)]

    def _outcome(self, header: Header, now: int) -> str:
        if is_ahead(header.clock, now):
            return HELD
        if not self.admitted(header.node, header.by_organisation):
            return WAITING
        cut = self.cuts.get((header.node, header.by_organisation))
        return BEYOND_CUT if cut is not None and header.number > cut else STORED

    def _keep(self, one: Received) -> Received:
        place = (feed_of(one.header), one.header.number)
        same_number = self.by_number.setdefault(place, [])
        same_number.append(one.digest)
        if len(same_number) > 1:
            self.stopped.add(place[0])
            one = Received(one.digest, one.header, one.data, FORK)
        self.received[one.digest] = one
        return one

    def _reached(self, feed: FeedName) -> int:
        number = 0
        while len(self.by_number.get((feed, number + 1), ())) == 1:
            number += 1
        return number

    def _is_linked(self, header: Header) -> bool:
        feed = feed_of(header)
        if header.number > self._reached(feed):
            return False
        if header.number == 1:
            return header.previous == FIRST
        return self.by_number[feed, header.number - 1] == [header.previous]
