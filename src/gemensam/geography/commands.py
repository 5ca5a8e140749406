"""The writers of drawings. Each returns the `Receipt` of its entry.

All raise `Refused` with what `ledger.judge` and the kinds' own rules refuse; then nothing is written.
"""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import append
from gemensam.ledger.ids import uuid7
from gemensam.ledger.reading import Lens

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """How a post was sent: the version of the readers that its author saw, the last entry of what it changes, the
    client's key (a post with one is written once), and the mark that was chosen.
    """

    circle: int | None = None
    last: str = ""
    key: str = ""
    marks: tuple[str, ...] = ()


NOT_TOLD = Sent()


def make_drawing(lens: Lens, space: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Draw something on the map of a space. `content`: see `DrawingPayload`."""
    return _write(lens, Draft("drawing.made", space, _subject(lens, sent), content), sent)


def change_drawing(lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Replace a drawing's whole content; what stood before stays in its history."""
    return _write(lens, Draft("drawing.changed", space, subject, content), sent)


def withdraw_drawing(lens: Lens, space: str, subject: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Take a drawing off the map, with a visible trace."""
    return _write(lens, Draft("drawing.withdrawn", space, subject, {"reason": reason}), sent)


def _write(lens: Lens, draft: Draft, sent: Sent) -> Receipt:
    told = replace(draft, marks=sent.marks, circle_seen=sent.circle, based_on=sent.last or None)
    return append(lens.principal, [told], key=sent.key)[0]


def _subject(lens: Lens, sent: Sent) -> str:
    """Return a new subject; the same for the same key of the same account, so that a repeat is the same drawing."""
    if not sent.key:
        return uuid7()
    digest = hashlib.sha256(f"{lens.principal.account}/{sent.key}".encode()).digest()
    return str(uuid.UUID(bytes=digest[:16], version=5))
