"""Who holds a role: the functions that assess a call, or that a list names."""

from collections.abc import Iterable, Sequence

from gemensam.core.state import SpaceState
from gemensam.organisations.domain import Function
from gemensam.organisations.domain.reading import functions, organisations


def holders(directory: SpaceState, roles: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return (organisation, function) of those who hold one of some roles, in the order of the roles."""
    found = [(each.id, function) for each in organisations(directory) for function in functions(directory, each.id)]
    return tuple(dict.fromkeys((one, held.id) for role in roles for one, held in found if role in held.roles))


def holds_any(directory: SpaceState, function: str, roles: Iterable[str]) -> bool:
    """Return whether a function of the directory holds one of some roles."""
    thing = directory.thing(function)
    return thing is not None and isinstance(thing.data, Function) and not set(roles).isdisjoint(thing.data.roles)
