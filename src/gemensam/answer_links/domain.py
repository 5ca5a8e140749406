"""What a link is about and for whom, and what becomes of it (R85). Pure.

A link shows one thing alone, holds until that thing's deadline and a chosen margin after it, and can be revoked. What
is sent by it is entered for the organisation that was asked, by the function that made the link.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from gemensam.core.personal_numbers import looks_like_personal_number
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing

MADE, OPENED, ANSWERED, EXPIRED, REVOKED = "made", "opened", "answered", "expired", "revoked"
VIA = "lank"  # the way in the list `via` that only the program sets
LABEL_MAX = 80
# Where a link says who is to answer, an address or a telephone number would be a person's.
_ADDRESS = re.compile(r"@|https?:")
_TELEPHONE = re.compile(r"(?:\d[\s()/+-]*){7,}")


@dataclass(frozen=True, slots=True)
class LinkKind:
    """A kind of thing that can be answered by link; the room whose it is declares it.

    `code` stands in the table and never changes. A link holds while the thing's status is `open_in`, the link's
    organisation is among `asked` of the thing's data, and whoever made it has `permission`. The data have a
    `deadline_at` (ms UTC).
    """

    code: str
    open_in: str
    permission: str
    asked: Callable[[Any], Collection[str]]

    def is_open(self, thing: Thing) -> bool:
        """Whether the thing takes answers at all."""
        return thing.status == self.open_in

    def asks(self, thing: Thing, organisation: str) -> bool:
        """Whether an organisation is asked."""
        return organisation in self.asked(thing.data)


@dataclass(frozen=True, slots=True)
class LinkOf:
    """What a link is about: one thing of a space."""

    kind: LinkKind
    space: str
    thing: Thing

    @property
    def deadline_at(self) -> int:
        return int(self.thing.data.deadline_at)


@dataclass(frozen=True, slots=True)
class LinkFor:
    """For which asked organisation a link is, for which function there, and how long after the deadline it holds.

    `in_letter`: its address goes out in the letters to the organisation, and is shown to nobody here.
    """

    organisation: str
    label: str
    margin_ms: int
    in_letter: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTimes:
    """What has happened with a link: instants in ms UTC, None for what has not. `margin_ms` goes after the deadline."""

    made_at: int
    margin_ms: int
    opened_at: int | None = None
    answered_at: int | None = None
    revoked_at: int | None = None

    def expires_at(self, deadline_at: int) -> int:
        """When the link stops holding; it follows a deadline that is moved."""
        return deadline_at + self.margin_ms

    def state(self, deadline_at: int, now: int) -> str:
        """What is shown of the link, the last thing first: revoked, answered, expired, opened, made."""
        if self.revoked_at is not None:
            return REVOKED
        if self.answered_at is not None:
            return ANSWERED
        if not self.holds(deadline_at, now):
            return EXPIRED
        return OPENED if self.opened_at is not None else MADE

    def holds(self, deadline_at: int, now: int) -> bool:
        """Whether it can be used: until it expires or is revoked, also after it has been answered by."""
        return self.revoked_at is None and now < self.expires_at(deadline_at)


def checked_label(text: str) -> str:
    """Return whom a link is for, a function, in one line.

    Raises `Refused`: `link_label_missing`, `link_label_personal` (address, telephone or personal identity number),
    `text_too_long`.
    """
    label = " ".join(text.split())
    if not label:
        raise Refused("link_label_missing")
    if len(label) > LABEL_MAX:
        raise Refused("text_too_long", field="label", limit=LABEL_MAX, length=len(label))
    if _ADDRESS.search(label) or _TELEPHONE.search(label) or looks_like_personal_number(label):
        raise Refused("link_label_personal")
    return label
