"""Contact with a member as a whole, apart from what it reports: *har kontakt, reserv (which), ingen kontakt sedan*.

A register: anyone who writes here may note it, the member itself too; the last in order is in force (design 4.5).
Each writer has a thing of its own for each member, so that nobody changes another's word.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from gemensam.core.clock import AHEAD_LIMIT_MS
from gemensam.core.entry import Clock, Header
from gemensam.core.kinds import Kind, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.organisations.domain import organisation
from gemensam.picture.domain.report_rules import LINE_MAX, Lists, limit_texts
from gemensam.picture.domain.statements import HERE, check_writer

# Codes of the list `contact` that the program knows the meaning of.
IN_CONTACT, RESERVE, NO_CONTACT = "kontakt", "reserv", "ingen"


@dataclass(frozen=True)
class ContactNoted:
    """How a member is reached. `since_at` (ms UTC; None: now) is from when; `via` from the list, for *reserv*."""

    about: str
    state: str
    via: str = ""
    since_at: int | None = None
    note: str = ""


class Contact(NamedTuple):
    """A note of contact: `by` the organisation that wrote it; times in ms UTC."""

    state: str
    since_at: int
    via: str
    by: str
    clock: Clock
    digest: str


class ContactRegister(NamedTuple):
    """What one organisation has noted of a member, oldest first."""

    about: str = ""
    notes: tuple[Contact, ...] = ()


CONTACT = SubjectType(
    "contact",
    owner=Machine({("", "contact.noted"): "noted", ("noted", "contact.noted"): "noted"}),
    index=lambda thing: [(("contacts", thing.data.about), (thing.subject,))] if thing.data.about else [],
)


def contact_subject(about: str, by: str) -> str:
    """Return the one subject in which an organisation notes its contact with another."""
    return f"contact-{about}-{by}"


def _noted(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ContactRegister:
    before = data if isinstance(data, ContactRegister) else ContactRegister()
    if payload is None:
        return before
    since_at = payload["since_at"] or header.occurred_at
    note = Contact(payload["state"], since_at, payload["via"], header.organisation, header.clock, digest)
    return ContactRegister(payload["about"], (*before.notes, note))


def _decide(decision: Decision) -> Mapping[str, Any]:
    payload, lists = decision.draft.payload, Lists(decision)
    check_writer(decision)
    if organisation(decision.directory, payload["about"]) is None:
        raise Refused("no_such_organisation", organisation=payload["about"])
    if decision.draft.subject != contact_subject(payload["about"], decision.organisation):
        raise Refused("contact_subject")
    lists.item("contact", payload["state"], "unknown_contact")
    if payload["state"] == RESERVE or payload["via"]:
        lists.item("via", payload["via"], "unknown_via")
    since_at = payload["since_at"] if payload["since_at"] is not None else decision.now
    if since_at <= 0 or since_at > decision.now + AHEAD_LIMIT_MS:
        raise Refused("contact_in_future", since_at=since_at)
    limit_texts(LINE_MAX, note=payload["note"])
    return {**payload, "since_at": since_at}


KINDS = (
    Kind("contact.noted", 1, CONTACT, ContactNoted, "read", _noted,
         spaces=HERE, decide=_decide, text=lambda payload: payload["note"]),
)  # fmt: skip
TYPES = (CONTACT,)


def contacts(state: SpaceState, about: str, happened_by: int | None = None) -> list[Contact]:
    """Return what has been noted of a member, newest first; `happened_by`: what held by then."""
    notes = [note for thing in state.group("contacts", about) for note in thing.data.notes]
    known = [note for note in notes if happened_by is None or note.since_at <= happened_by]
    return sorted(known, key=lambda note: (note.clock, note.digest), reverse=True)


def contact_in_force(
    state: SpaceState, about: str, reported: Clock | None = None, happened_by: int | None = None
) -> Contact | None:
    """Return how a member is reached by the last note of it, or None where nobody has said.

    `reported`: when the member last wrote here itself: that lifts *ingen kontakt* from before.
    """
    found = next(iter(contacts(state, about, happened_by)), None)
    if found is not None and found.state == NO_CONTACT and reported is not None and reported > found.clock:
        return None
    return found
