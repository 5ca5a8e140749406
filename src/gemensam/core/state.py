"""The state of a space: a value, folded from its entries (design section 4)."""

from __future__ import annotations  # rpds' map takes type arguments in annotations only

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, NamedTuple

from gemensam.core.clock import ZERO
from gemensam.core.entry import Clock, Header, Order
from gemensam.core.feed import FeedName, Head
from gemensam.core.kinds import GroupKey, SortKey
from gemensam.core.persistent import EMPTY, HashTrieMap
from gemensam.core.transitions import START

IN_FORCE = "in_force"
SUPERSEDED = "superseded"
UNKNOWN = "unknown"


class Thing(NamedTuple):
    """What the entries of one subject amount to. Holds keys, statuses, times and digests, never long text.

    A tuple, for the fold makes two of them for an entry and a frozen dataclass takes four times as long.
    `status` is the owner's; `parties` holds the status of each other organisation's own machine.
    `created` and `last` are digests of the creating entry and of the last entry in force.
    `superseded` are digests of entries kept but not in force; `unknown` of kinds this program does not know.
    """

    subject: str
    type: str
    organisation: str
    status: str
    parties: HashTrieMap[str, str]
    data: Any
    created: str
    last: str
    created_clock: Clock
    last_clock: Clock
    order: Order
    superseded: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def exists(self) -> bool:
        return self.status != START

    @property
    def needs_upgrade(self) -> bool:
        """Whether an entry of a kind unknown here concerns it: then it is read-only (F26)."""
        return bool(self.unknown)

    def party(self, organisation: str) -> str:
        return self.parties.get(organisation, START)


@dataclass(frozen=True, slots=True)
class SpaceState:
    """All things of a space after `position` arrivals; equal sets of entries give equal things."""

    space: str
    position: int = 0
    things: HashTrieMap[str, Thing] = EMPTY
    groups: HashTrieMap[GroupKey, tuple[tuple[SortKey, str], ...]] = EMPTY
    heads: HashTrieMap[FeedName, Head] = EMPTY
    clock: Clock = ZERO

    def thing(self, subject: str) -> Thing | None:
        """Return an existing thing, or None."""
        found = self.things.get(subject)
        return found if found is not None and found.exists else None

    def group(self, *key: str) -> tuple[Thing, ...]:
        """Return the things of an index group in the order of their sort keys."""
        return tuple([self.things[subject] for _, subject in self.groups.get(key, ())])

    def size(self, *key: str) -> int:
        return len(self.groups.get(key, ()))

    def newest(self, *key: str) -> Iterator[Thing]:
        """Yield the things of a group, last sort key first, without copying the group."""
        for _, subject in reversed(self.groups.get(key, ())):
            yield self.things[subject]

    def latest(self, *key: str) -> Thing | None:
        return next(self.newest(*key), None)

    def verdict(self, header: Header, digest: str) -> str:
        """Return whether an entry is in force, superseded, or of a kind unknown here."""
        thing = self.things.get(header.subject)
        if thing is None or digest in thing.unknown:
            return UNKNOWN
        return SUPERSEDED if digest in thing.superseded else IN_FORCE

    def basis(self) -> list[dict[str, object]]:
        """Return the head of every feed, as publications carry it (design 4.5)."""
        return [
            {"node": feed.node, "incarnation": feed.incarnation, "number": head.number, "digest": head.digest}
            for feed, head in sorted(self.heads.items())
        ]


def plain(value: Any) -> Any:
    """Return what a thing holds as lists, objects and plain values, in an order that no process's hashes decide.

    A class that has got fields since its first logs names those that are empty in `unsaid()`: they are left out, so
    that what an old log amounts to is told as it was told then.
    """
    if is_dataclass(value):
        named = [one.name for one in fields(value) if one.compare and one.name not in _unsaid(value)]
        return {name: plain(getattr(value, name)) for name in named}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        told = {name: part for name, part in zip(value._fields, value, strict=True) if name not in _unsaid(value)}
        return {name: plain(part) for name, part in told.items()}
    if isinstance(value, Set):
        return sorted(map(plain, value), key=repr)
    if isinstance(value, Mapping | HashTrieMap):
        return [[plain(key), plain(part)] for key, part in sorted(value.items(), key=lambda item: repr(item[0]))]
    return [plain(part) for part in value] if isinstance(value, Sequence) and not isinstance(value, str) else value


def _unsaid(value: Any) -> tuple[str, ...]:
    later: tuple[str, ...] = value.unsaid() if hasattr(value, "unsaid") else ()
    return later


def summary(state: SpaceState) -> Mapping[str, object]:
    """Return the things as plain sorted values, for comparing states between nodes and processes."""
    return {
        subject: {
            "type": thing.type,
            "organisation": thing.organisation,
            "status": thing.status,
            "parties": sorted(thing.parties.items()),
            "data": plain(thing.data),
            "last": thing.last,
            "superseded": sorted(thing.superseded),
            "unknown": sorted(thing.unknown),
        }
        for subject, thing in sorted(state.things.items())
    }
