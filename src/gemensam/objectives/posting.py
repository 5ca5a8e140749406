"""What every command of this room is sent with, and how it is written."""

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
    """How a post was sent: the version of the list of readers that was seen, the client's key (a post with one is
    written once), and the text that the author saw, where one is changed.
    """

    circle: int | None = None
    key: str = ""
    seen: str = ""


NOT_TOLD = Sent()


def new_subject(lens: Lens, sent: Sent, name: str) -> str:
    """Return a new identity; the same for the same key of the same account, so that a repeat is the same request."""
    if not sent.key:
        return uuid7()
    digest = hashlib.sha256(f"{lens.principal.account}/{sent.key}/{name}".encode()).digest()
    return str(uuid.UUID(bytes=digest[:16], version=5))


def write(lens: Lens, draft: Draft, sent: Sent) -> Receipt:
    """Write one entry."""
    return append(lens.principal, [replace(draft, circle_seen=sent.circle)], key=sent.key)[0]
