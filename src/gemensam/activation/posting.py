"""What every command of this room is sent with, and how its drafts are made."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.ledger.ids import uuid7
from gemensam.ledger.reading import Lens

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """How a post was sent: the version of the list of readers that was seen, and the client's idempotency key."""

    circle: int | None = None
    key: str = ""


NOT_TOLD = Sent()


def new_subject(lens: Lens, sent: Sent, name: str = "") -> str:
    """Return a new identity; the same for the same key of the same account, so that a repeat is the same request."""
    if not sent.key:
        return uuid7()
    digest = hashlib.sha256(f"{lens.principal.account}/{sent.key}/{name}".encode()).digest()
    return str(uuid.UUID(bytes=digest[:16], version=5))


def thing_in(lens: Lens, space: str, subject: str, kind: str) -> Thing:
    """Return a thing of a space; raises `Refused("not_found")` for one that is not there or of another type."""
    thing = lens.state(space).thing(subject)
    if thing is None or thing.type != kind:
        raise Refused("not_found")
    return thing
