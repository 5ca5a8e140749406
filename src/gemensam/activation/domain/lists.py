"""Whom a member reaches: its call list and its reserve path. The one place where activation asks for them.

As the directory has them: the functions with a `call_order`, in that order, and the organisation's `reserve_path`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gemensam.core.state import SpaceState
from gemensam.organisations.domain import Function
from gemensam.organisations.domain.reading import functions, organisation, organisations


@dataclass(frozen=True, slots=True)
class CallList:
    """A member's functions in the order in which they are reached, and the last resort (organisation or "", words)."""

    steps: tuple[str, ...]
    reserve: tuple[str, str] = ("", "")


def call_list(directory: SpaceState, rosters: SpaceState, member: str) -> CallList:
    """Return how a member is reached, by what it has set in `rosters`, else by the directory's proposal."""
    ordered = sorted((order, each.id) for each in functions(directory, member) if (order := _order(each)))
    return CallList(tuple(function for _, function in ordered), _reserve(directory, member))


def _order(function: Function) -> int:
    order = function.about.get("call_order")
    return order if isinstance(order, int) else 0


def _reserve(directory: SpaceState, member: str) -> tuple[str, str]:
    found = organisation(directory, member)
    path = found.about.get("reserve_path") if found is not None else None
    return (str(path.get("organisation") or ""), str(path.get("text") or "")) if isinstance(path, dict) else ("", "")


def holders(directory: SpaceState, roles: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return (organisation, function) of those who hold one of some roles, in the order of the roles."""
    found = [(each.id, function) for each in organisations(directory) for function in functions(directory, each.id)]
    return tuple(dict.fromkeys((one, held.id) for role in roles for one, held in found if role in held.roles))


def holds_any(directory: SpaceState, function: str, roles: Iterable[str]) -> bool:
    """Return whether a function of the directory holds one of some roles."""
    thing = directory.thing(function)
    return thing is not None and isinstance(thing.data, Function) and not set(roles).isdisjoint(thing.data.roles)
