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


def look(*names: str) -> Seen:
    """Return the spaces and the caught-up states of the directory and of `names`."""
    before = _known({DIRECTORY, *names})
    row = _asked(before, [], [])
    return Seen(spaces_of((int(row[0]), int(row[1]))), _caught_up(before, row[2:]))


def glance(names: Sequence[str], feed: FeedName) -> Glance:
    """Return what has moved in spaces that this process knows; `feed` is the node's own."""
    before = _known(names)
    heads = {name: head for name, state in before.items() if (head := state.heads.get(feed)) is not None}
    row = _asked(before, [_HOLDS for _ in heads], [one for name, head in heads.items() for one in (name, head.digest)])
    held = dict(zip(heads, row[2 + len(before) :], strict=True))
    return Glance(
        spaces_of((int(row[0]), int(row[1]))),
        _caught_up(before, row[2:]),
        frozenset(name for name, count in held.items() if not count),
    )


def _known(names: Sequence[str] | set[str]) -> dict[str, SpaceState]:
    return {name: LOG.last_known(name) for name in sorted(names) if name in known_spaces()}


def _asked(before: Mapping[str, SpaceState], more: Sequence[str], values: Sequence[str]) -> Sequence[int]:
    """Return the two numbers of the spaces' signature, the last position of each state, and what more is asked."""
    sql = ", ".join([SIGNATURE, *(f"({HEAD})" for _ in before), *more])
    row: Sequence[int] = fetch(f"SELECT {sql}", [*before, *values])[0]
    return row


def _caught_up(before: Mapping[str, SpaceState], positions: Sequence[int]) -> dict[str, SpaceState]:
    pairs = zip(before.items(), positions, strict=False)
    return {name: LOG.catch_up(name) if position > state.position else state for (name, state), position in pairs}
