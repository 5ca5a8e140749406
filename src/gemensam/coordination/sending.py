"""What every command of this room is sent with, and how it is written."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from gemensam.coordination.domain.rules import CORRECTS, OF
from gemensam.core.entry import Ref
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import append
from gemensam.ledger.ids import uuid7
from gemensam.ledger.reading import Lens

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entered:
    """What another organisation said, typed for it (R71): whose word, via what, when (ms UTC, None: now)."""

    organisation: str = ""
    via: str = ""
    at: int | None = None


OWN_WORD = Entered()


@dataclass(frozen=True, slots=True)
class Sent:
    """How a post was sent: what its author had seen, the client's idempotency key, and whose word it is.

    `circle`: version of the list of readers; `seen`: digest of the text that is answered or corrected. A post with
    a key is written once. `marks`: the TLP mark that was chosen (R50).
    """

    circle: int | None = None
    seen: str = ""
    key: str = ""
    entered: Entered = OWN_WORD
    marks: tuple[str, ...] = ()


NOT_TOLD = Sent()


def write(lens: Lens, draft: Draft, sent: Sent) -> Receipt:
    """Write an entry; what was said earlier and is typed now stands at its own time."""
    if draft.occurred_at is None and sent.entered.at is not None:  # what was said then and is typed now
        draft = replace(draft, occurred_at=sent.entered.at)
    return append(lens.principal, [draft], key=sent.key)[0]


def correcting(kind: str, space: str, subject: str, content: Content, sent: Sent) -> Draft:
    """Return a draft that names the text that its author saw (design 5.5)."""
    refs = (Ref(CORRECTS, space, subject, sent.seen),) if sent.seen else ()
    return Draft(kind, space, subject, content, refs=refs, marks=sent.marks, circle_seen=sent.circle)


def entered_for(draft: Draft, sent: Sent) -> Draft:
    """Return a draft as the word of the organisation that it was typed for."""
    told = sent.entered
    return replace(draft, organisation=told.organisation, via=told.via, occurred_at=told.at)


def owned_by(draft: Draft, organisation: str) -> Draft:
    """Return a draft as an organisation's own."""
    return replace(draft, organisation=organisation)


def of_conference(space: str, conference: str) -> tuple[Ref, ...]:
    """Return the reference to the conference that a thing belongs to, if any."""
    return (Ref(OF, space, conference),) if conference else ()


def thing_in(lens: Lens, space: str, subject: str) -> Thing:
    """Return a thing of a space; raises `Refused("not_found")`."""
    thing = lens.state(space).thing(subject)
    if thing is None:
        raise Refused("not_found")
    return thing


def owner_of(lens: Lens, space: str, subject: str) -> str:
    """Return whose a thing is; raises `Refused("not_found")`."""
    return thing_in(lens, space, subject).organisation


def subject_for(lens: Lens, sent: Sent) -> str:
    """Return a new subject; the same for the same key of the same account, so that a repeat is the same request."""
    if not sent.key:
        return uuid7()
    digest = hashlib.sha256(f"{lens.principal.account}/{sent.key}".encode()).digest()
    return str(uuid.UUID(bytes=digest[:16], version=5))
