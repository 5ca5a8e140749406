"""A member's chain for one document: each step of it with what is known, and what is missing said (G6).

A step on the route that is not registered although a later one is, is *ej angivet*; one with nothing after it is
awaited. *Laga kraft* is never a fact: at the earliest so many days after the minutes were posted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gemensam.core.state import Thing
from gemensam.governance.domain import rules
from gemensam.governance.domain.decisions import DecisionData
from gemensam.governance.domain.routes import Route

STATED, UNCONFIRMED, RETURNED = "stated", "unconfirmed", "returned"
NOT_STATED, AWAITED, OFF_ROUTE, EARLIEST = "not_stated", "awaited", "off_route", "earliest"
CELLS = (STATED, UNCONFIRMED, RETURNED, NOT_STATED, AWAITED, OFF_ROUTE, EARLIEST)
REGISTERED_STEP = "registrerat"
Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """One step of one member. `things`: the registered decisions, the latest last; `day`: of `earliest`, else ""."""

    step: str
    state: str
    things: tuple[Thing, ...] = ()
    day: str = ""


def state_of(data: DecisionData, *, four_eyes: bool) -> str:
    """Return whether a registered step stands, waits for another person, or has been returned by one."""
    if data.is_returned:
        return RETURNED
    return UNCONFIRMED if four_eyes and not data.is_confirmed else STATED


def cells_of(
    steps: Sequence[Item], route: Route, things: Iterable[Thing], *, four_eyes: bool
) -> tuple[Cell, ...]:  # fmt: skip
    """Return a member's cells in the order of the steps (items of `decision_steps`)."""
    taken: dict[str, list[Thing]] = {}
    for thing in things:
        taken.setdefault(thing.data.step, []).append(thing)
    last = max((place for place, step in enumerate(route.steps) if step in taken), default=-1)
    return tuple(_cell(item, route, taken, (last, four_eyes)) for item in steps)


def _cell(item: Item, route: Route, taken: Mapping[str, Sequence[Thing]], known: tuple[int, bool]) -> Cell:
    code, (last, four_eyes) = item["code"], known
    found = taken.get(code)
    if code == REGISTERED_STEP:
        return _registered(code, taken, four_eyes=four_eyes)
    if found:
        states = {state_of(thing.data, four_eyes=four_eyes) for thing in found}
        state = next(each for each in (RETURNED, UNCONFIRMED, STATED) if each in states)
        return Cell(code, state, tuple(sorted(found, key=_order)))
    if item.get("earliest_after") and (day := _earliest(item, taken)):
        return Cell(code, EARLIEST, day=day)
    if code not in route.steps:
        return Cell(code, OFF_ROUTE)
    return Cell(code, NOT_STATED if route.steps.index(code) < last else AWAITED)


def _registered(code: str, taken: Mapping[str, Sequence[Thing]], *, four_eyes: bool) -> Cell:
    """Return whether what is known of the member is registered, and where two persons are asked, confirmed."""
    things = [thing for each in taken.values() for thing in each]
    if not things:
        return Cell(code, OFF_ROUTE)
    states = {state_of(thing.data, four_eyes=four_eyes) for thing in things}
    state = next(each for each in (RETURNED, UNCONFIRMED, STATED) if each in states)
    return Cell(code, state, day=rules.day_of(max(thing.data.registered_at for thing in things)))


def _earliest(item: Item, taken: Mapping[str, Sequence[Thing]]) -> str:
    posted = [thing.data.date for thing in taken.get(item["earliest_after"], ()) if thing.data.date]
    if not posted:
        return ""
    return (date.fromisoformat(max(posted)) + timedelta(days=int(item["earliest_days"]))).isoformat()


def _order(thing: Thing) -> tuple[str, Any, str]:
    return (thing.data.date, thing.created_clock, thing.subject)
