"""Likely duplicates of a statement in words: which they are, and who says what of them (R26)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.core.state import SpaceState, Thing
from gemensam.ledger.reading import Lens
from gemensam.picture.domain.duplicates import LINKED, Likeness, likenesses
from gemensam.picture.lists import Lists


@dataclass(frozen=True, slots=True)
class ShownDuplicate:
    """A statement that may be the same. `same` and `other`: the organisations that say so, and that say it is not.

    `own`: what the reader's own organisation has said, "" for nothing. `text` None: disposed of.
    """

    statement: Thing
    by: str
    text: str | None
    same: tuple[str, ...]
    other: tuple[str, ...]
    own: str = ""

    @property
    def is_disputed(self) -> bool:
        return bool(self.same and self.other)


def shown_duplicates(lens: Lens, state: SpaceState, thing: Thing, lists: Lists) -> list[ShownDuplicate]:
    """Return what may be the same as a statement, newest first."""
    found = likenesses(state, thing)
    payloads = lens.payloads(state.space, [one.other.data.content for one in found])
    return [_shown(one, payloads.get(one.other.data.content), lens.principal.organisation, lists) for one in found]


def _shown(one: Likeness, payload: Mapping[str, Any] | None, own: str, lists: Lists) -> ShownDuplicate:
    said = [(lists.organisation(organisation), status) for organisation, status in one.judged]
    return ShownDuplicate(
        one.other,
        lists.organisation(one.other.organisation),
        str(payload["text"]) if payload is not None else None,
        tuple(name for name, status in said if status == LINKED),
        tuple(name for name, status in said if status != LINKED),
        dict(one.judged).get(own, ""),
    )
