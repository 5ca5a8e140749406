"""What has moved, asked in one statement: every further round trip would lengthen the time that the lock is held.

It brings the spaces of this node, the states that a commit begins with, and whether the log still holds what this
process has acknowledged itself (a database can be restored under a running server, F25).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gemensam.core.feed import FeedName
from gemensam.core.policy import SpaceInfo
from gemensam.core.state import SpaceState
from gemensam.ledger.log import LOG, fetch
from gemensam.ledger.spaces import SIGNATURE, known_spaces, spaces_of

_HEAD = "(SELECT coalesce(max(position), 0) FROM ledger_entry WHERE space = %s)"
_HOLDS = "(SELECT count(*) FROM ledger_entry WHERE space = %s AND digest = %s)"


@dataclass(frozen=True, slots=True)
class Glance:
    """Spaces by id, caught-up states by space, and the spaces that lack what this node has acknowledged."""

    spaces: Mapping[str, SpaceInfo]
    states: dict[str, SpaceState]
    lost: frozenset[str]


def glance(names: Sequence[str], feed: FeedName) -> Glance:
    """Return what has moved in spaces that this process knows; `feed` is the node's own."""
    before = {name: LOG.last_known(name) for name in names if name in known_spaces()}
    heads = {name: head for name, state in before.items() if (head := state.heads.get(feed)) is not None}
    sql = ", ".join([SIGNATURE, *(_HEAD for _ in before), *(_HOLDS for _ in heads)])
    values = [*before, *(one for name, head in heads.items() for one in (name, head.digest))]
    count, versions, *found = fetch(f"SELECT {sql}", values)[0]
    moved = {name for name, position in zip(before, found, strict=False) if position > before[name].position}
    held = dict(zip(heads, found[len(before) :], strict=True))
    return Glance(
        spaces_of((int(count), int(versions))),
        {name: LOG.catch_up(name) if name in moved else state for name, state in before.items()},
        frozenset(name for name, count in held.items() if not count),
    )
