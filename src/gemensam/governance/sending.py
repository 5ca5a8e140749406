"""How a post of this room is written once, also when it is sent twice."""

import hashlib
import uuid
from dataclasses import dataclass

from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import append
from gemensam.ledger.ids import uuid7
from gemensam.ledger.reading import Lens


@dataclass(frozen=True, slots=True)
class Sent:
    """How a post was sent: the text that its author saw (the digest of its entry), and the client's key."""

    seen: str = ""
    key: str = ""


NOT_TOLD = Sent()


def write(lens: Lens, draft: Draft, key: str) -> Receipt:
    """Write one entry; a post with a key is written once."""
    return append(lens.principal, [draft], key=key)[0]


def subject_for(lens: Lens, key: str) -> str:
    """Return a new subject; the same for the same key of the same account, so that a repeat is the same request."""
    if not key:
        return uuid7()
    digest = hashlib.sha256(f"{lens.principal.account}/{key}".encode()).digest()
    return str(uuid.UUID(bytes=digest[:16], version=5))


def thing_in(lens: Lens, space: str, subject: str, kind: str) -> Thing:
    """Return a thing of a type and space; raises `Refused("not_found")`."""
    thing = lens.state(space).thing(subject)
    if thing is None or thing.type != kind:
        raise Refused("not_found")
    return thing
