"""What the ledger asks about rights, answered from `directory` (setting `GEMENSAM_RIGHTS`).

Answers are remembered per state of the directory: a state is a value, so that its answers never change.
"""

from collections.abc import Mapping
from functools import lru_cache

from gemensam.core.policy import Membership
from gemensam.core.state import SpaceState
from gemensam.organisations import domain


class _OfState:
    """A state as a key: equal when it is the very same value."""

    __slots__ = ("state",)

    def __init__(self, state: SpaceState) -> None:
        self.state = state

    def __hash__(self) -> int:
        return id(self.state)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _OfState) and other.state is self.state


def membership(directory: SpaceState) -> Membership:
    """Return who belongs to the network."""
    return _membership(_OfState(directory))


def permissions(directory: SpaceState, function: str) -> frozenset[str]:
    """Return the permissions that a function holds."""
    return _permissions(_OfState(directory), function)


def secrecy_marks(directory: SpaceState) -> Mapping[str, bool]:
    """Return the marks of secrecy, and whether each asks a question before anything is stored (R49)."""
    return _secrecy_marks(_OfState(directory))


@lru_cache(maxsize=8)
def _secrecy_marks(key: _OfState) -> Mapping[str, bool]:
    return domain.secrecy_marks(key.state)


@lru_cache(maxsize=8)
def _membership(key: _OfState) -> Membership:
    return domain.membership(key.state)


@lru_cache(maxsize=2_000)
def _permissions(key: _OfState, function: str) -> frozenset[str]:
    return domain.permissions_of(key.state, function)
