"""Who is called, in which order, and who holds a function at an instant: what other rooms ask (R6, R7). Pure.

Instants in ms UTC. Who held a function in the past is answered by the same functions: on the state of then for what
was known, on the state of now for what had happened.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gemensam.core.kinds import GroupKey
from gemensam.core.state import SpaceState, Thing
from gemensam.organisations.domain import Function, functions, organisation
from gemensam.organisations.domain import function as function_of
from gemensam.rosters.domain.addresses import Address
from gemensam.rosters.domain.contacts import USED, ContactData
from gemensam.rosters.domain.covers import CoverData
from gemensam.rosters.domain.lists import ListData, subject_of
from gemensam.rosters.domain.shifts import LONGEST_MS, Hold

__all__ = [
    "Address", "CallList", "Reach", "call_list", "call_steps", "cover_at", "reach", "shifts_between", "shifts_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class CallList:
    """A member's larmlista: function ids in order, and (organisation or "", words) of the reserve path.

    `is_own`: the member has set it itself; else it is the directory's proposal. Times in ms UTC, 0 for never. `last`:
    the latest entry of the list, "" where there is none.
    """

    organisation: str
    steps: tuple[str, ...]
    reserve: tuple[str, str]
    set_at: int = 0
    confirmed_at: int = 0
    tested_at: int = 0
    is_own: bool = False
    last: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """How a function is reached: what the member calls the contact, its addresses in preferred order, by which shift.

    `contact`: the duty contact's id; empty, as are `label` and `addresses`, where nobody can be reached. `shift`: its
    id, "" where the function's standing contact takes the calls. `overlapping`: shifts at that instant that gave way.
    """

    function: str
    label: str
    addresses: tuple[Address, ...]
    shift: str
    contact: str = ""
    overlapping: tuple[str, ...] = ()


def call_list(directory: SpaceState, rosters: SpaceState, organisation_id: str) -> CallList:
    """Return a member's call list: its own, else the directory's functions with a `call_order`.

    Functions out of use are left out.
    """
    thing = rosters.thing(subject_of(organisation_id))
    if thing is not None and thing.organisation != organisation_id:
        thing = None  # nobody decides by whom another organisation is reached, whatever a node has let through
    data = thing.data if thing is not None and isinstance(thing.data, ListData) else ListData()
    is_own = bool(data.steps)
    used = {each.id for each in functions(directory, organisation_id)}
    steps = data.steps if is_own else _proposed_steps(directory, organisation_id)
    reserve = (
        (data.reserve_organisation, data.reserve_text) if is_own else _proposed_reserve(directory, organisation_id)
    )
    return CallList(
        organisation_id, tuple(step for step in steps if step in used), reserve, data.set_at, data.confirmed_at,
        data.tested_at, is_own, thing.last if thing is not None else "",
    )  # fmt: skip


def _proposed_steps(directory: SpaceState, organisation_id: str) -> tuple[str, ...]:
    found = [(each.about.get("call_order"), each.id) for each in functions(directory, organisation_id)]
    return tuple(each for order, each in sorted((order, each) for order, each in found if isinstance(order, int)))


def _proposed_reserve(directory: SpaceState, organisation_id: str) -> tuple[str, str]:
    found = organisation(directory, organisation_id)
    path = found.about.get("reserve_path") if found is not None else None
    if not isinstance(path, Mapping):
        return ("", "")
    return (str(path.get("organisation") or ""), str(path.get("text") or ""))


def cover_at(rosters: SpaceState, organisation_id: str, at: int) -> str:
    """Return the organisation that is called first in another's place at an instant, or "".

    Of several the one that was asked last.
    """
    held = [thing for thing in rosters.group("covers", organisation_id) if _cover(thing).holds_at(at)]
    held.sort(key=lambda thing: (thing.created_clock, thing.subject))
    return _cover(held[-1]).by if held else ""


def call_steps(directory: SpaceState, rosters: SpaceState, organisation_id: str, at: int) -> tuple[str, ...]:
    """Return the functions to call for a member at an instant: of the one that covers for it first, then its own.

    A cover of a cover is not followed: whoever accepted has its own list called.
    """
    by = cover_at(rosters, organisation_id, at)
    first = call_list(directory, rosters, by).steps if by else ()
    return (*first, *call_list(directory, rosters, organisation_id).steps)


def reach(directory: SpaceState, rosters: SpaceState, function: str, at: int) -> Reach:
    """Return who holds a function at an instant, by its shifts, else the function's standing contact.

    Where shifts overlap the last word in order holds; a shift whose contact cannot be reached gives way.
    """
    found = function_of(directory, function)
    if found is None:
        return Reach(function, "", (), "")
    owner, shifts = found.organisation, shifts_at(rosters, found, at)
    held = [(thing, contact) for thing in shifts if (contact := usable(rosters, thing.data.contact_at(at), owner))]
    if held:
        thing, contact = held[-1]
        others = tuple(each.subject for each in shifts if each.subject != thing.subject)
        return _reached(function, contact, thing.subject, others)
    standing = standing_contacts(rosters, found)
    if standing:
        return _reached(function, standing[-1], "", ())
    return Reach(function, "", (), "")


def _reached(function: str, contact: Thing, shift: str, overlapping: tuple[str, ...]) -> Reach:
    data: ContactData = contact.data
    return Reach(function, data.label, data.addresses, shift, contact.subject, overlapping)


def usable(rosters: SpaceState, contact: str, owner: str) -> Thing | None:
    """Return a duty contact of an organisation that is in use and has an address, or None."""
    thing = rosters.thing(contact)
    is_used = thing is not None and thing.status == USED and isinstance(thing.data, ContactData)
    return thing if thing is not None and is_used and thing.organisation == owner and thing.data.addresses else None


def standing_contacts(rosters: SpaceState, function: Function) -> tuple[Thing, ...]:
    """Return the standing contacts of a function that can be reached; the last one named takes its calls."""
    owner = function.organisation
    found = rosters.group("standing_for", owner, function.id)
    return tuple(each for each in found if usable(rosters, each.subject, owner))


def shifts_at(rosters: SpaceState, function: Function, at: int) -> tuple[Thing, ...]:
    """Return the shifts of a function that hold at an instant, in the order of their last words."""
    found = shifts_between(rosters, shifts_of(function), (at, at + 1))
    return tuple(sorted(found, key=lambda thing: (thing.last_clock, thing.subject)))


def shifts_of(function: Function) -> GroupKey:
    """Return the group of a function's shifts: those of its own organisation, nobody else's."""
    return ("shifts", function.organisation, function.id)


def shifts_between(rosters: SpaceState, group: GroupKey, span: tuple[int, int]) -> Iterator[Thing]:
    """Yield the shifts of a group that touch a span (from, until), by when they begin.

    `group`: `shifts_of` a function, or `("shifts_by", organisation)`. Only those are looked at that can reach into
    the span: none is longer than `LONGEST_MS`.
    """
    members = rosters.groups.get(group, ())
    start = bisect_left(members, ((span[0] - LONGEST_MS,), ""))
    for (from_at, until_at, _subject), subject in members[start:]:
        if from_at >= span[1]:
            return
        if until_at > span[0]:
            yield rosters.things[subject]


def holds_between(rosters: SpaceState, function: Function, span: tuple[int, int]) -> Iterator[Hold]:
    """Yield the parts of a function's shifts within a span that somebody can be reached in, cut to the span."""
    for thing in shifts_between(rosters, shifts_of(function), span):
        for part in thing.data.holds():
            from_at, until_at = max(part.from_at, span[0]), min(part.until_at, span[1])
            if from_at < until_at and usable(rosters, part.contact, function.organisation):
                yield Hold(from_at, until_at, part.contact)


def _cover(thing: Thing) -> CoverData:
    return thing.data if isinstance(thing.data, CoverData) else CoverData()
