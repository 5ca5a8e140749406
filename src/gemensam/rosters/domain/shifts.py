"""Shifts: which duty contact holds a function, from when until when; swaps and handovers (R7).

Shifts may overlap: then the last word in order holds, and the page says so. Nothing is refused for it, since two
nodes that do not see each other may both plan.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from sys import intern
from typing import Any, NamedTuple

from gemensam.core.entry import Header
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.rosters.domain import rules

PLANNED, CHANGED, CANCELLED, HANDED_OVER = "shift.planned", "shift.changed", "shift.cancelled", "shift.handed_over"
IN_FORCE = "planned"
DAY_MS = 86_400_000
LONGEST_MS = 35 * DAY_MS
EARLIEST_MS, LATEST_MS = 31 * DAY_MS, 400 * DAY_MS


@dataclass(frozen=True)
class ShiftPlanned:
    """A duty contact holds a function from an instant until another (ms UTC)."""

    function: str
    contact: str
    from_at: int
    until_at: int
    note: str = ""


@dataclass(frozen=True)
class ShiftCancelled:
    """The shift is not held."""

    reason: str = ""


@dataclass(frozen=True)
class ShiftHandedOver:
    """From now until its end another contact holds the shift; the note is for the one who takes it."""

    contact: str
    note: str = ""


class Handed(NamedTuple):
    """A handover within a shift: to which contact, from when (ms UTC)."""

    at: int
    contact: str


class Hold(NamedTuple):
    """A part of a shift that one contact holds; times in ms UTC, the end not included."""

    from_at: int
    until_at: int
    contact: str


@dataclass(frozen=True, slots=True)
class ShiftData:
    """A shift in the state; `content`: the entry whose note is in force; `changes`: how often it has been changed."""

    function: str = ""
    contact: str = ""
    from_at: int = 0
    until_at: int = 0
    content: str = ""
    changes: int = 0
    handed: tuple[Handed, ...] = ()

    def contact_at(self, at: int) -> str:
        """Return the contact that holds the shift at an instant within it."""
        given = [each.contact for each in self.handed if each.at <= at]
        return given[-1] if given else self.contact

    def holds(self) -> tuple[Hold, ...]:
        """Return the parts of the shift in order, each with its contact."""
        starts = [(self.from_at, self.contact), *((max(each.at, self.from_at), each.contact) for each in self.handed)]
        ends = [at for at, _contact in starts[1:]] + [self.until_at]
        parts = (Hold(at, end, contact) for (at, contact), end in zip(starts, ends, strict=True))
        return tuple(part for part in parts if part.from_at < part.until_at)


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    data: ShiftData = thing.data
    if thing.status == IN_FORCE and data.function:
        key = (data.from_at, data.until_at, thing.subject)
        yield ("shifts", thing.organisation, data.function), key
        yield ("shifts_by", thing.organisation), key


SHIFT = SubjectType(
    "shift",
    owner=Machine(
        {
            ("", PLANNED): IN_FORCE,
            (IN_FORCE, CHANGED): IN_FORCE,
            (IN_FORCE, HANDED_OVER): IN_FORCE,
            (IN_FORCE, CANCELLED): "cancelled",
        }
    ),
    index=_index,
)


def _planned(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ShiftData:
    before = data if isinstance(data, ShiftData) else None
    if payload is None:
        return replace(before, changes=before.changes + 1) if before else ShiftData()
    handed = before.handed if before and before.contact == payload["contact"] else ()
    return ShiftData(
        intern(payload["function"]), intern(payload["contact"]), payload["from_at"], payload["until_at"], digest,
        before.changes + 1 if before else 0, handed,
    )  # fmt: skip


def _handed_over(data: ShiftData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ShiftData:
    if payload is None:
        return data
    handed = sorted((*data.handed, Handed(header.occurred_at, intern(payload["contact"]))), key=lambda each: each.at)
    return replace(data, handed=tuple(handed), changes=data.changes + 1)


def decide_planned(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `functions_not_own`, `contact_not_own`, `text_too_long`, or what `check_times` raises."""
    payload = decision.draft.payload
    rules.check_own_functions(decision, [payload["function"]])
    _check_contact(decision, payload["contact"])
    check_times(payload["from_at"], payload["until_at"], decision.now)
    rules.check_text("note", payload["note"])
    return payload


def check_times(from_at: int, until_at: int, now: int) -> None:
    """Raise `Refused`: `shift_times` (ends before it begins), `shift_too_long`, `shift_too_far`."""
    if not from_at < until_at:
        raise Refused("shift_times")
    if until_at - from_at > LONGEST_MS:
        raise Refused("shift_too_long", days=LONGEST_MS // DAY_MS)
    if not now - EARLIEST_MS <= from_at <= now + LATEST_MS:
        raise Refused("shift_too_far", back=EARLIEST_MS // DAY_MS, ahead=LATEST_MS // DAY_MS)


def _check_contact(decision: Decision, contact: str) -> None:
    thing = rules.own_thing(decision, contact, "duty_contact", "contact_not_own")
    if thing.status != "used":
        raise Refused("contact_not_own")


def decide_cancelled(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused("text_too_long")`."""
    rules.check_text("reason", decision.draft.payload["reason"])
    return decision.draft.payload


def decide_handed_over(decision: Decision) -> Mapping[str, Any]:
    """Whoever holds the function hands its duty over, and whoever administers the organisation.

    Raises `Refused`: `not_permitted`, `contact_not_own`, `shift_not_now`, `text_too_long`.
    """
    payload, thing = decision.draft.payload, decision.thing
    data = thing.data if thing is not None else ShiftData()
    if decision.principal.function != data.function and rules.ADMINISTER_OWN not in decision.principal.permissions:
        raise Refused("not_permitted", permission=rules.ADMINISTER_OWN)
    _check_contact(decision, payload["contact"])
    at = decision.now if decision.draft.occurred_at is None else decision.draft.occurred_at
    if not data.from_at <= at < data.until_at:
        raise Refused("shift_not_now")
    rules.check_text("note", payload["note"])
    return payload


def swapped(first: Thing, second: Thing, notes: tuple[str, str], now: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the payloads of two shifts whose contacts change places.

    Raises `Refused`: `same_shift`, `shift_over`, `swap_changes_nothing`.
    """
    if first.subject == second.subject:
        raise Refused("same_shift")
    if first.data.until_at <= now or second.data.until_at <= now:
        raise Refused("shift_over")
    if first.data.contact == second.data.contact:
        raise Refused("swap_changes_nothing")
    return (_with(first.data, second.data.contact, notes[0]), _with(second.data, first.data.contact, notes[1]))


def _with(data: ShiftData, contact: str, note: str) -> dict[str, Any]:
    return {
        "function": data.function, "contact": contact, "from_at": data.from_at, "until_at": data.until_at, "note": note,
    }  # fmt: skip


def _note(payload: Mapping[str, Any]) -> str:
    return str(payload["note"])


KINDS = (
    Kind(PLANNED, 1, SHIFT, ShiftPlanned, rules.ADMINISTER_OWN, _planned, spaces=rules.HERE, decide=decide_planned,
         text=_note),
    Kind(CHANGED, 1, SHIFT, ShiftPlanned, rules.ADMINISTER_OWN, _planned, spaces=rules.HERE, decide=decide_planned,
         text=_note),
    Kind(CANCELLED, 1, SHIFT, ShiftCancelled, rules.ADMINISTER_OWN, rules.kept, spaces=rules.HERE,
         decide=decide_cancelled, folds_payload=False),
    Kind(HANDED_OVER, 1, SHIFT, ShiftHandedOver, "read", _handed_over, spaces=rules.HERE, decide=decide_handed_over,
         text=_note),
)  # fmt: skip
