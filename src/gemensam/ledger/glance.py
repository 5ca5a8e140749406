"""What has moved, asked in one statement: under the append lock a further round trip would lengthen the time that it is
held, and at every page the directory, the spaces and the space of the page would be three.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gemensam.core.feed import FeedName
from gemensam.core.policy import DIRECTORY, SpaceInfo
from gemensam.core.state import SpaceState
from gemensam.ledger.log import HEAD, LOG, fetch
from gemensam.ledger.spaces import SIGNATURE, known_spaces, spaces_of

_HOLDS = "(SELECT count(*) FROM ledger_entry WHERE space = %s AND digest = %s)"


@dataclass(frozen=True, slots=True)
class Seen:
    """The spaces of this node by id, and the caught-up states of those that were asked for and are known."""

    spaces: Mapping[str, SpaceInfo]
    states: dict[str, SpaceState]

    @property
    def directory(self) -> SpaceState:
        """The directory; caught up now where this process did not know it."""
        return self.states.get(DIRECTORY) or LOG.catch_up(DIRECTORY)


@dataclass(frozen=True, slots=True)
class Glance(Seen):
    """What a commit begins with. `lost`: the spaces that lack what this node has acknowledged itself (a database can be
    restored under a running server, F25)."""

    lost: frozenset[str]


class Looking:
    """A look at the spaces, the directory and `names`, that a statement asked anyway can carry.

    `columns` stand last in what it selects, and `values` are theirs; `take` is given what came of them.
    """

    def __init__(self, *names: str) -> None:
        self._before = _known({DIRECTORY, *names})
        self._seen: Seen | None = None
        self.columns = _columns(self._before)
        self.values = tuple(self._before)

    def take(self, row: Sequence[int]) -> None:
        """Catch up with what a statement has told."""
        self._seen = Seen(spaces_of((int(row[0]), int(row[1]))), _caught_up(self._before, row[2:]))

    @property
    def seen(self) -> Seen:
        """The spaces and the caught-up states; asked by a statement of its own where none has carried it."""
        if self._seen is None:
            self.take(fetch(f"SELECT {self.columns}", self.values)[0])
        assert self._seen is not None
        return self._seen


def look(*names: str) -> Seen:
    """Return the spaces and the caught-up states of the directory and of `names`."""
    return Looking(*names).seen


def glance(names: Sequence[str], feed: FeedName) -> Glance:
    """Return what has moved in spaces that this process knows; `feed` is the node's own."""
    before = _known(names)
    heads = {name: head for name, state in before.items() if (head := state.heads.get(feed)) is not None}
    sql = ", ".join([_columns(before), *(_HOLDS for _ in heads)])
    row = fetch(f"SELECT {sql}", [*before, *(one for name, head in heads.items() for one in (name, head.digest))])[0]
    held = dict(zip(heads, row[2 + len(before) :], strict=True))
    return Glance(
        spaces_of((int(row[0]), int(row[1]))),
        _caught_up(before, row[2:]),
        frozenset(name for name, count in held.items() if not count),
    )


def _known(names: Sequence[str] | set[str]) -> dict[str, SpaceState]:
    return {name: LOG.last_known(name) for name in sorted(names) if name in known_spaces()}


def _columns(before: Mapping[str, SpaceState]) -> str:
    """The two numbers of the spaces' signature, and the last position of each state."""
    return ", ".join([SIGNATURE, *(f"({HEAD})" for _ in before)])


def _caught_up(before: Mapping[str, SpaceState], positions: Sequence[int]) -> dict[str, SpaceState]:
    pairs = zip(before.items(), positions, strict=False)
    return {name: LOG.catch_up(name) if position > state.position else state for (name, state), position in pairs}
