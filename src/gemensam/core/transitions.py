"""Transition tables: which kind of entry may follow which status (design 3.9 and 4.3).

A table has exactly one writing party. It drives validation, buttons, diagrams and the exhaustive test.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

START = ""


@dataclass(frozen=True)
class Machine:
    """A party's states: `(status, kind) -> status`; the first status is `START`.

    Raises `ValueError` at import where a status cannot be reached or a table has no start.
    """

    table: Mapping[tuple[str, str], str]
    kinds: frozenset[str] = field(init=False)
    states: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kinds", frozenset(kind for _, kind in self.table))
        object.__setattr__(self, "states", frozenset(self.table.values()))
        _check_reachable(self.table)

    def follow(self, status: str, kind: str) -> str | None:
        """Return the status after `kind`, or None where it is not allowed there."""
        return self.table.get((status, kind))

    def allowed(self, status: str) -> tuple[str, ...]:
        """Return the kinds that may be written in a status, sorted."""
        return tuple(sorted(kind for at, kind in self.table if at == status))

    def starts_with(self, kind: str) -> bool:
        return (START, kind) in self.table


def _check_reachable(table: Mapping[tuple[str, str], str]) -> None:
    reached = {START}
    while grown := {after for (at, _), after in table.items() if at in reached} - reached:
        reached |= grown
    stranded = {at for at, _ in table} - reached
    if stranded or not any(at == START for at, _ in table):
        raise ValueError(f"statuses that cannot be reached: {sorted(stranded)}")
