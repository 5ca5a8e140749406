"""The fold: from entries to the state of a space (design section 4).

Each thing is folded from its own entries in the order (clock, node, number). Same set, same state, on every
node, whatever the order of arrival: a late entry refolds its subject only.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from gemensam.core.entry import Header
from gemensam.core.feed import FeedName, Head
from gemensam.core.kinds import GroupKey, Kind, Registry, SortKey
from gemensam.core.persistent import EMPTY
from gemensam.core.state import SpaceState, Thing
from gemensam.core.transitions import START


class Arrived(NamedTuple):
    """An entry as the log gives it; `payload` is what its kind folds of it, None when disposed of or not needed."""

    position: int
    digest: str
    header: Header
    payload: Mapping[str, Any] | None


Member = tuple[SortKey, str]  # of a group: its sort key and the thing's subject
LoadSubject = Callable[[str], Iterable[Arrived]]


class Folder:
    """Adds entries to a state; `state()` gives the value. Used by one thread at a time.

    `load_subject(subject)` gives all entries of a subject that have arrived, in any order; it is asked only
    when an entry comes late.
    """

    def __init__(self, state: SpaceState, registry: Registry, load_subject: LoadSubject) -> None:
        self._space, self._position, self._clock = state.space, state.position, state.clock
        self._things, self._groups, self._heads = state.things, state.groups, state.heads
        self._registry, self._load_subject = registry, load_subject
        # Written into the persistent maps by `state()`, once for all entries since the last.
        self._open_groups: dict[GroupKey, list[Member]] = {}
        self._new_things: dict[str, Thing] = {}
        self._new_heads: dict[FeedName, Head] = {}

    @property
    def position(self) -> int:
        """How far the fold has come."""
        return self._position

    def state(self) -> SpaceState:
        self._close_groups()
        self._things = self._things.update(self._new_things)
        self._new_things.clear()
        for feed, head in self._new_heads.items():
            self._heads = self._heads.insert(feed, head)
        self._new_heads.clear()
        return SpaceState(self._space, self._position, self._things, self._groups, self._heads, self._clock)

    def add(self, arrived: Arrived) -> None:
        """Fold one more arrival."""
        header = arrived.header
        self._position = arrived.position
        self._clock = max(self._clock, header.clock)
        self._note_head(header, arrived.digest)
        before = self._thing(header.subject)
        if before is None or before.order < header.order:
            after = step(before, arrived, self._registry)
        else:
            after = refold(self._load_subject(header.subject), self._registry)
        self._replace(before, after)

    def renew(self, subject: str) -> None:
        """Fold a thing anew, after texts of its entries have gone."""
        before = self._thing(subject)
        if before is not None:
            self._replace(before, refold(self._load_subject(subject), self._registry))

    def _thing(self, subject: str) -> Thing | None:
        return self._new_things.get(subject) or self._things.get(subject)

    def _note_head(self, header: Header, digest: str) -> None:
        feed = FeedName(header.node, header.incarnation)
        head = self._new_heads.get(feed) or self._heads.get(feed)
        if head is None or head.number < header.number:
            self._new_heads[feed] = Head(header.number, digest, header.clock)

    def _replace(self, before: Thing | None, after: Thing) -> None:
        self._new_things[after.subject] = after
        old = _index(before, self._registry)
        new = _index(after, self._registry)
        if old == new:
            return
        for key, sort_key in old:
            _remove(self._opened(key), (sort_key, after.subject))
        for key, sort_key in new:
            _add(self._opened(key), (sort_key, after.subject))

    def _opened(self, key: GroupKey) -> list[Member]:
        members = self._open_groups.get(key)
        if members is None:
            members = self._open_groups[key] = list(self._groups.get(key, ()))
        return members

    def _close_groups(self) -> None:
        for key, members in self._open_groups.items():
            if members:
                self._groups = self._groups.insert(key, tuple(members))
            elif key in self._groups:
                self._groups = self._groups.remove(key)
        self._open_groups.clear()


def fold(space: str, entries: Iterable[Arrived], registry: Registry) -> SpaceState:
    """Fold a whole set of entries, in whatever order they come."""
    kept = list(entries)
    folder = Folder(SpaceState(space), registry, lambda subject: _arrived_by(kept, subject, folder.position))
    for arrived in kept:
        folder.add(arrived)
    return folder.state()


def _arrived_by(entries: list[Arrived], subject: str, position: int) -> list[Arrived]:
    return [entry for entry in entries if entry.header.subject == subject and entry.position <= position]


def refold(entries: Iterable[Arrived], registry: Registry) -> Thing:
    """Fold one subject from all its entries (at least one)."""
    thing: Thing | None = None
    for arrived in sorted(entries, key=lambda entry: entry.header.order):
        thing = step(thing, arrived, registry)
    if thing is None:
        raise ValueError("a subject without entries")
    return thing


def step(thing: Thing | None, arrived: Arrived, registry: Registry) -> Thing:
    """Return the thing after its next entry in order; what is not allowed is kept as superseded."""
    header, digest = arrived.header, arrived.digest
    kind = registry.find(header.kind, header.version)
    if thing is None:
        if kind is not None and kind.creates:
            return _new(kind, arrived)
        thing = _blank(header)
    if kind is None:
        return _changed(thing, header, unknown=(*thing.unknown, digest))
    status = _next_status(thing, kind, header)
    if status is None:
        return _changed(thing, header, superseded=(*thing.superseded, digest))
    data = kind.apply(thing.data, header, digest, arrived.payload)
    if not kind.by_owner:
        parties = thing.parties.insert(header.organisation, status)
        return _changed(thing, header, parties=parties, data=data, last=digest)
    if thing.exists:
        return _changed(thing, header, status=status, data=data, last=digest)
    return _created(thing, kind, arrived, status, data)


def _new(kind: Kind, arrived: Arrived) -> Thing:
    """Return what most entries make: a thing that nothing was said of before."""
    header, digest = arrived.header, arrived.digest
    status = kind.subject.owner.table[START, kind.name]
    data = kind.apply(None, header, digest, arrived.payload)
    return Thing(
        header.subject, kind.subject.name, header.organisation, status, EMPTY, data,
        digest, digest, header.clock, header.clock, header.order,
    )  # fmt: skip


def _created(thing: Thing, kind: Kind, arrived: Arrived, status: str, data: Any) -> Thing:
    header = arrived.header
    return Thing(
        thing.subject, kind.subject.name, header.organisation, status, thing.parties, data,
        arrived.digest, arrived.digest, header.clock, header.clock, header.order, thing.superseded, thing.unknown,
    )  # fmt: skip


def _next_status(thing: Thing, kind: Kind, header: Header) -> str | None:
    if thing.exists and thing.type != kind.subject.name:
        return None
    if not kind.by_owner:
        return kind.subject.each.follow(thing.party(header.organisation), kind.name) if thing.exists else None
    if thing.exists and thing.organisation != header.organisation:
        return None
    return kind.subject.owner.follow(thing.status, kind.name)


def _blank(header: Header) -> Thing:
    return Thing(header.subject, "", "", START, EMPTY, None, "", "", header.clock, header.clock, header.order)


def _changed(thing: Thing, header: Header, **changes: Any) -> Thing:
    """Return the thing with changes; faster than `dataclasses.replace`, which the fold's speed needs."""
    given = changes.get
    return Thing(
        thing.subject, thing.type, thing.organisation, given("status", thing.status),
        given("parties", thing.parties), given("data", thing.data), thing.created, given("last", thing.last),
        thing.created_clock, header.clock if "last" in changes else thing.last_clock, header.order,
        given("superseded", thing.superseded), given("unknown", thing.unknown),
    )  # fmt: skip


def _index(thing: Thing | None, registry: Registry) -> list[tuple[GroupKey, SortKey]]:
    if thing is None or not thing.exists:
        return []
    return list(registry.types[thing.type].index(thing))


def _add(members: list[Member], member: Member) -> None:
    if not members or members[-1] < member:
        members.append(member)
    else:
        insort(members, member)


def _remove(members: list[Member], member: Member) -> None:
    del members[bisect_left(members, member)]
