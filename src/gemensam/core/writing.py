"""What a command hands to the ledger, and what a kind decides on under the append lock."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gemensam.core.entry import Ref
from gemensam.core.policy import Principal, SpaceInfo
from gemensam.core.state import SpaceState, Thing


@dataclass(frozen=True)
class Draft:
    """An entry to be written. `occurred_at` in ms UTC (None: now).

    `organisation`: whose information it is ("" = the writer's own). `circle_seen`: the version of the circle
    that the author saw; `based_on`: the last entry of the subject that the author saw.
    """

    kind: str
    space: str
    subject: str
    payload: Mapping[str, Any]
    occurred_at: int | None = None
    refs: tuple[Ref, ...] = ()
    marks: tuple[str, ...] = ()
    organisation: str = ""
    via: str = ""
    version: int = 1
    circle_seen: int | None = None
    based_on: str | None = None


@dataclass(frozen=True)
class Receipt:
    """What was written: position in the space, digest, and whether this was a repeat of an earlier request."""

    space: str
    position: int
    digest: str
    subject: str
    repeated: bool = False


Load = Callable[[Sequence[str]], Mapping[str, Mapping[str, Any] | None]]
Marks = Callable[[Sequence[str]], Mapping[str, tuple[str, ...]]]
Accounts = Callable[[Sequence[str]], Mapping[str, str]]


def unknown_accounts(_digests: Sequence[str]) -> Mapping[str, str]:
    """Return no account: what is known of entries that were written elsewhere."""
    return {}


@dataclass(frozen=True)
class Decision:
    """What a kind's `decide` may look at: only what every reader of the target space may read (F4).

    `load(digests)` gives payloads of entries of the target space, `marks(digests)` the marks of those that have any;
    `wider(space)` the state of a wider space. `accounts(digests)` gives the accounts that typed entries on this node:
    for telling persons apart (four eyes), never to be written anywhere.
    """

    draft: Draft
    principal: Principal
    organisation: str
    space: SpaceInfo
    state: SpaceState
    directory: SpaceState
    now: int
    node: str
    load: Load
    wider: Callable[[str], SpaceState]
    marks: Marks
    accounts: Accounts = unknown_accounts

    @property
    def thing(self) -> Thing | None:
        return self.state.thing(self.draft.subject)
