"""A diarienummer: under which number an organisation has registered a thing of the network in its own diary (R54).

Each organisation's registration is its own thing, beside what is registered: it changes nothing there. A record is
*inkommen* at the one that received it and *upprättad* at the one that made it (TF 2 kap. 9 and 10 §§).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from sys import intern
from typing import Any

from gemensam.coordination.domain import rules
from gemensam.coordination.domain.conference_rules import decide_reason
from gemensam.core.entry import Header
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision

MADE, WITHDRAWN = "made", "withdrawn"
RECEIVED, DRAWN_UP = "received", "drawn_up"
# What can be registered: everything that is a record of its own (R54).
REGISTRABLE = frozenset({"minutes", "agreement", "report", "picture", "request", "statement"})
# Whoever speaks for the organisation, and its registrator, who holds `export`.
REGISTERING = rules.SPEAKING | {"export"}
NUMBER_MAX = 60


@dataclass(frozen=True)
class RegistrationMade:
    """A diarienummer. `status`: `received` or `drawn_up`; `on`: the date of it, ISO (2026-11-29)."""

    number: str
    status: str
    on: str


@dataclass(frozen=True)
class RegistrationWithdrawn:
    """Why the number no longer stands."""

    reason: str


@dataclass(frozen=True, slots=True)
class RegistrationData:
    """A registration in the state; its number is in the payload of `content`. `of`: the subject registered."""

    of: str
    content: str
    made_at: int


def registration_subject(organisation: str, registered: str) -> str:
    """Return the one subject of an organisation's registration of a thing."""
    return f"{registered}.registration.{organisation}"


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    if thing.status == MADE:
        yield ("registrations_of", thing.data.of), (thing.organisation, thing.subject)


REGISTRATION = SubjectType(
    "registration",
    owner=Machine(
        {
            ("", "registration.made"): MADE,
            (MADE, "registration.made"): MADE,  # corrected
            (MADE, "registration.withdrawn"): WITHDRAWN,
            (WITHDRAWN, "registration.made"): MADE,
        }
    ),
    index=_index,
)


def _made(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> RegistrationData:
    registered = next((ref.subject for ref in header.refs if ref.rel == rules.OF), "")
    return RegistrationData(intern(registered), digest, header.occurred_at)


def _withdrawn(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Any:
    return data


def _decide_made(decision: Decision) -> Mapping[str, Any]:
    """Raises `Refused`: `not_registrable`, `registration_subject`, `registration_number`, `registration_date`."""
    payload = decision.draft.payload
    rules.require_any(decision, REGISTERING, named="undertake")
    _check_registered(decision)
    rules.check_words(longest=NUMBER_MAX, number=payload["number"])
    if not payload["number"].strip() or payload["status"] not in (RECEIVED, DRAWN_UP):
        raise Refused("registration_number")
    if not is_date(payload["on"]):
        raise Refused("registration_date", value=payload["on"][:20])
    return {**payload, "number": payload["number"].strip()}


def _check_registered(decision: Decision) -> None:
    named = next((ref for ref in decision.draft.refs if ref.rel == rules.OF), None)
    thing = decision.state.thing(named.subject) if named is not None else None
    if named is None or named.space != decision.space.id or thing is None or thing.type not in REGISTRABLE:
        raise Refused("not_registrable")
    if decision.draft.subject != registration_subject(decision.organisation, named.subject):
        raise Refused("registration_subject")


def _decide_withdrawn(decision: Decision) -> Mapping[str, Any]:
    rules.require_any(decision, REGISTERING, named="undertake")
    return decide_reason(decision)


def is_date(text: str) -> bool:
    """Whether a text is a date as 2026-11-29."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


KINDS = (
    Kind("registration.made", 1, REGISTRATION, RegistrationMade, "read", _made, spaces=rules.HERE,
         decide=_decide_made, text=lambda payload: payload["number"], folds_payload=False),
    Kind("registration.withdrawn", 1, REGISTRATION, RegistrationWithdrawn, "read", _withdrawn, spaces=rules.HERE,
         decide=_decide_withdrawn, text=lambda payload: payload["reason"], folds_payload=False),
)  # fmt: skip
TYPES = (REGISTRATION,)
