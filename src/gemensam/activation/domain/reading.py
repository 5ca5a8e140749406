"""What the state of a space answers about calls, lägen and larm; `now` in ms UTC. Pure."""

from collections.abc import Iterator

from gemensam.activation.domain import rules
from gemensam.activation.domain.calls import CallData
from gemensam.activation.domain.escalation import stops_at
from gemensam.activation.domain.larms import ALERT, ASSESS, PROV, SENT, LarmData
from gemensam.core.state import SpaceState, Thing


def settled_at(state: SpaceState, larm: Thing) -> int:
    """Return when a larm was settled by something else (ms UTC): the assessment that it asked for, or a later larm.

    0 while it is not. A larm that takes another's place does so when it is written.
    """
    data = rules.data_of(larm, LarmData)
    times = [each.created_clock.ms for each in state.group("larms_after", larm.subject)]
    call = state.thing(data.call) if data.purpose == ASSESS and data.call else None
    if call is not None:
        times.append(rules.data_of(call, CallData).settled_at)
    return min((at for at in times if at), default=0)


def is_active(state: SpaceState, larm: Thing, now: int) -> bool:
    """Return whether a larm still reaches people."""
    return larm.status == SENT and now < stops_at(rules.data_of(larm, LarmData), settled_at(state, larm))


def active_larms(state: SpaceState, now: int) -> Iterator[Thing]:
    """Yield the larms that still reach people, oldest first; looks at none where none is sent."""
    for thing in state.group("larms_sent"):
        if is_active(state, thing, now):
            yield thing


def larm_to_replace(state: SpaceState, now: int) -> str:
    """Return the larm to all that a further one of the same incident takes over from, or ""."""
    found = [each for each in active_larms(state, now) if each.data.purpose == ALERT and each.data.mark != PROV]
    return found[-1].subject if found else ""


def first_larm(state: SpaceState) -> Thing | None:
    """Return the first larm to all of an incident: from it the first conference is counted (R5)."""
    return next((each for each in state.group("larms") if each.data.purpose == ALERT and each.data.mark != PROV), None)
