"""Duty contacts: what a member is reached at, under a name of its own such as *TiB-telefonen*; never a person (R6)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.core.entry import Header
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.rosters.domain import addresses, rules
from gemensam.rosters.domain.addresses import Address

SET, WITHDRAWN = "duty_contact.set", "duty_contact.withdrawn"
USED = "used"


@dataclass(frozen=True)
class AddressGiven:
    """An address as it was given: `channel` sms, voice, email or push; `value` empty for push."""

    channel: str
    value: str = ""


@dataclass(frozen=True)
class DutyContactSet:
    """A duty contact: its label, its addresses in preferred order, the functions that it stands for without shifts."""

    label: str
    addresses: tuple[AddressGiven, ...]
    standing_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class DutyContactWithdrawn:
    """The contact is no longer used; shifts that name it are gaps until they are changed."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class ContactData:
    """A duty contact in the state; without addresses where its text has been removed."""

    label: str = ""
    addresses: tuple[Address, ...] = ()
    standing_for: tuple[str, ...] = ()


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    yield ("duty_contacts", thing.organisation), (thing.created_clock, thing.subject)
    if thing.status == USED:
        for function in thing.data.standing_for:
            yield ("standing_for", thing.organisation, function), (thing.last_clock, thing.subject)


DUTY_CONTACT = SubjectType(
    "duty_contact",
    owner=Machine({("", SET): USED, (USED, SET): USED, (USED, WITHDRAWN): "withdrawn", ("withdrawn", SET): USED}),
    index=_index,
)


def _set(_data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ContactData:
    if payload is None:
        return ContactData()
    found = tuple(Address(each["channel"], each["value"]) for each in payload["addresses"])
    return ContactData(payload["label"], found, tuple(payload["standing_for"]))


def decide_set(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `line_missing`, `text_too_long`, `functions_not_own`, or what `addresses.checked_all` raises."""
    payload = decision.draft.payload
    rules.check_own_functions(decision, payload["standing_for"])
    label = rules.check_line("label", payload["label"])
    found = addresses.checked_all(payload["addresses"])
    return {"label": label, "addresses": found, "standing_for": sorted(set(payload["standing_for"]))}


def decide_withdrawn(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused("text_too_long")`."""
    rules.check_text("reason", decision.draft.payload["reason"])
    return decision.draft.payload


KINDS = (
    Kind(SET, 1, DUTY_CONTACT, DutyContactSet, rules.ADMINISTER_OWN, _set, spaces=rules.HERE, decide=decide_set,
         text=lambda payload: str(payload["label"])),
    Kind(WITHDRAWN, 1, DUTY_CONTACT, DutyContactWithdrawn, rules.ADMINISTER_OWN, rules.kept, spaces=rules.HERE,
         decide=decide_withdrawn, folds_payload=False),
)  # fmt: skip
