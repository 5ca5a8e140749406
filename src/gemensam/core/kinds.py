"""Kinds of entries and types of things: what a capability declares and the registry collects."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gemensam.core.entry import Header
from gemensam.core.transitions import START, Machine

if TYPE_CHECKING:
    from gemensam.core.state import Thing
    from gemensam.core.writing import Decision

GroupKey = tuple[str, ...]
SortKey = tuple[Any, ...]
Apply = Callable[[Any, Header, str, Mapping[str, Any] | None], Any]
Extract = Callable[[Mapping[str, Any]], Mapping[str, Any]]
Decide = Callable[["Decision"], Mapping[str, Any]]
IndexOf = Callable[["Thing"], Iterable[tuple[GroupKey, SortKey]]]
NO_MACHINE = Machine({(START, "-"): "-"})
EVERYWHERE = frozenset({"standing", "incident", "period", "exercise", "sub", "outer"})
FOR_OTHERS = frozenset({"report_for_others"})
EXTRACTS = 1  # raised when any kind extracts something else: extracts stored under another number are made anew


def _no_index(_thing: "Thing") -> Iterable[tuple[GroupKey, SortKey]]:
    return ()


@dataclass(frozen=True)
class SubjectType:
    """A type of thing: the owner's machine, a machine for each other party, and its index groups.

    `index` gives (group key, sort key) pairs, a function of the thing alone.
    """

    name: str
    owner: Machine
    each: Machine = NO_MACHINE
    index: IndexOf = _no_index


def _no_text(_payload: Mapping[str, Any]) -> str:
    return ""


@dataclass(frozen=True)
class Kind:
    """A kind and version of entry. Once released it keeps its schema, table and verdicts for ever (F26).

    `permission`: what the writer's function must hold for its own organisation. `spaces`: kinds of spaces where it
    may stand.
    `apply(data, header, digest, payload)` gives the thing's new data and accepts a missing payload.
    `decide` runs under the append lock: refuses, or fills in what only the program knows.
    `extract` gives, of a payload that is mostly text, the JSON value that `apply` is given instead: the log keeps it
    beside the payload, so that a fold reads no text. `text` gives what the full-text search finds.
    `on_behalf`: of which permissions a function must hold one to type it for another organisation; none: nobody may.
    `publishes`: the order of arrivals is sealed right after it (design 5.7).
    `disposable` is False for the few kinds that say who may read or what became of the log itself (no person's data).
    """

    name: str
    version: int
    subject: SubjectType
    payload: type
    permission: str
    apply: Apply
    spaces: frozenset[str] = EVERYWHERE
    decide: Decide | None = None
    text: Callable[[Mapping[str, Any]], str] = _no_text
    extract: Extract | None = None
    folds_payload: bool = True
    disposable: bool = True
    on_behalf: frozenset[str] = frozenset()
    by_program: bool = False
    publishes: bool = False

    @property
    def by_owner(self) -> bool:
        return self.name in self.subject.owner.kinds

    def for_fold(self, payload: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        """Return what `apply` is given of a payload: the whole, its extract, or nothing."""
        if payload is None or not self.folds_payload:
            return None
        return payload if self.extract is None else self.extract(payload)

    @property
    def creates(self) -> bool:
        return self.subject.owner.starts_with(self.name)


@dataclass(frozen=True)
class Registry:
    """All kinds that this program knows, by (name, version)."""

    kinds: Mapping[tuple[str, int], Kind] = field(default_factory=dict)
    types: Mapping[str, SubjectType] = field(default_factory=dict)

    def find(self, name: str, version: int) -> Kind | None:
        return self.kinds.get((name, version))

    def named(self, name: str) -> Kind | None:
        """Return the newest version of a kind."""
        versions = [kind for (found, _), kind in self.kinds.items() if found == name]
        return max(versions, key=lambda kind: kind.version, default=None)

    def sorted(self) -> tuple[Kind, ...]:
        return tuple(self.kinds[key] for key in sorted(self.kinds))


def collect(*groups: Iterable[Kind]) -> Registry:
    """Build the registry.

    Raises `ValueError` for a kind given twice, one in no table of its subject, or a kind that stands in
    both the owner's and the parties' table.
    """
    kinds: dict[tuple[str, int], Kind] = {}
    types: dict[str, SubjectType] = {}
    for kind in (kind for group in groups for kind in group):
        if (kind.name, kind.version) in kinds:
            raise ValueError(f"{kind.name} {kind.version} is declared twice")
        _check_tables(kind)
        kinds[kind.name, kind.version] = kind
        if types.setdefault(kind.subject.name, kind.subject) is not kind.subject:
            raise ValueError(f"two types are called {kind.subject.name}")
    return Registry(kinds, types)


def _check_tables(kind: Kind) -> None:
    in_owner, in_each = kind.name in kind.subject.owner.kinds, kind.name in kind.subject.each.kinds
    if in_owner == in_each:
        raise ValueError(f"{kind.name} must stand in exactly one table of {kind.subject.name}")
