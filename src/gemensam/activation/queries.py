"""The readers of activation: an incident's läge, calls and larm, and what concerns the reader now.

Everything is read from the lens; times in ms UTC. What is told of the whole region is told of what the reader reads.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from gemensam.activation.domain import modes
from gemensam.activation.domain.board import Board, board
from gemensam.activation.domain.calls import CONVENED, CallData
from gemensam.activation.domain.incidents import LinkData
from gemensam.activation.domain.larms import ALERT, PROV, SENT, LarmData
from gemensam.activation.domain.reading import active_larms, first_larm, settled_at
from gemensam.activation.domain.rules import INCIDENTS, data_of
from gemensam.coordination.domain.conferences import ConferenceData
from gemensam.core.moment import Moment
from gemensam.core.policy import STANDING, SpaceInfo
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.ledger.reading import Lens


@dataclass(frozen=True, slots=True)
class ModeShown:
    """A läge in force: its codes and how high it stands. `thing` None: none has been set, the lowest holds."""

    mode: str
    level: str
    rank: int
    thing: Thing | None


@dataclass(frozen=True)
class LarmShown:
    """A larm as it stands at an instant (`at`, ms UTC)."""

    space: str
    thing: Thing
    data: LarmData
    status: str
    settled_at: int
    at: int

    @property
    def is_active(self) -> bool:
        return self.status == SENT

    @cached_property
    def board(self) -> Board:
        """Who has been reached; made when it is asked for: most readers of a board are given one that is drawn."""
        return board(self.data, self.at, settled_at=self.settled_at)


def mode_of(lens: Lens, space: str, moment: Moment) -> ModeShown:
    """Return the läge of an incident at a moment."""
    thing = modes.current_at(lens.state(space, moment), moment.happened_by)
    if thing is None:
        return ModeShown(modes.resting(lens.directory), "", 0, None)
    return ModeShown(thing.data.mode, thing.data.level, modes.rank(lens.directory, thing.data.mode), thing)


def open_incidents(lens: Lens) -> Iterator[SpaceInfo]:
    """Yield the incidents that are not closed; no exercise."""
    return (info for info in lens.spaces() if info.kind == "incident" and not info.closed)


def region_mode(lens: Lens) -> tuple[ModeShown, SpaceInfo] | None:
    """Return the highest läge of the incidents that go on, and whose it is; None where none is above the lowest."""
    found = [(mode_of(lens, info.id, Moment(lens.now)), info) for info in open_incidents(lens)]
    high = [each for each in found if each[0].rank]
    return max(high, key=lambda each: (each[0].rank, each[1].id), default=None)


def list_larms(lens: Lens, space: str, moment: Moment) -> list[LarmShown]:
    """Return the larms of a space at a moment, latest first."""
    state = lens.state(space, moment)
    return [
        larm_shown(state, thing, moment)
        for thing in state.newest("larms")
        if moment.happened_by is None or thing.data.sent_at <= moment.happened_by
    ]


def get_larm(lens: Lens, space: str, subject: str, moment: Moment) -> LarmShown:
    """Return one larm at a moment; raises `Refused("not_found")`."""
    state = lens.state(space, moment)
    thing = state.thing(subject)
    if thing is None or thing.type != "larm":
        raise Refused("not_found")
    return larm_shown(state, thing, moment)


def larm_shown(state: SpaceState, thing: Thing, moment: Moment) -> LarmShown:
    data, settled = data_of(thing, LarmData), settled_at(state, thing)
    status = "replaced" if thing.status == SENT and settled and settled <= moment.at else thing.status
    if status == SENT and moment.at >= data.ends_at:
        status = "ended"
    return LarmShown(state.space, thing, data, status, settled, moment.at)


def get_call(lens: Lens, space: str, subject: str, moment: Moment) -> tuple[Thing, CallData]:
    """Return one call; raises `Refused("not_found")`."""
    thing = lens.state(space, moment).thing(subject)
    if thing is None or thing.type != "call":
        raise Refused("not_found")
    return thing, data_of(thing, CallData)


def incidents_from(lens: Lens, subject: str) -> Iterator[tuple[SpaceInfo, Thing]]:
    """Yield the calls that come from a thing, each with the space that it opened or stands in, oldest first."""
    for info in lens.spaces():
        if info.kind in INCIDENTS:
            yield from ((info, thing) for thing in lens.state(info.id).group("calls_from", subject))


def links_of(lens: Lens, space: str, moment: Moment) -> list[tuple[str, str, LinkData, Thing]]:
    """Return (space, other, link, thing) of the links that an incident has made or that others have made to it."""
    found = []
    for info in lens.spaces():
        if info.kind not in INCIDENTS:
            continue
        state = lens.state(info.id, moment if info.id == space else None)
        for thing in state.group("incident_links"):
            data = data_of(thing, LinkData)
            if space in (info.id, data.other):
                found.append((info.id, data.other, data, thing))
    return found


def first_conference(state: SpaceState) -> int:
    """Return when the first conference of an incident was opened, else begins (ms UTC); 0 where none is called.

    One that a caller has convened itself counts, whether or not somebody has called it with an agenda.
    """
    convened = [each.data.conference_at for each in state.group("calls") if each.status == CONVENED]
    times = convened + [
        thing.data.opened_at or thing.data.starts_at
        for thing in state.group("conferences")
        if isinstance(thing.data, ConferenceData) and thing.status != "cancelled"
    ]
    return min(times, default=0)


def larm_began(state: SpaceState) -> int:
    """Return when the first larm to all of an incident went (ms UTC), 0 where none has."""
    thing = first_larm(state)
    return data_of(thing, LarmData).sent_at if thing is not None else 0


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A larm that the reader's function has been reached by and has not answered."""

    info: SpaceInfo
    thing: Thing
    data: LarmData


def larms_to_answer(lens: Lens) -> Iterator[ToAnswer]:
    """Yield the active larms for the reader's own function that it has not answered, oldest first."""
    function = lens.principal.function
    for info in lens.spaces():
        if info.closed or info.kind not in (*INCIDENTS, STANDING):
            continue
        for thing in active_larms(lens.state(info.id), lens.now):
            data = data_of(thing, LarmData)
            mine = bool(data.codes) and any(function in member.functions for member in data.members)
            if mine and not any(each.function == function for each in data.answers):
                yield ToAnswer(info, thing, data)


def going_on(lens: Lens) -> Iterator[LarmShown]:
    """Yield the larms to members that go on in what the reader reads."""
    for info in lens.spaces():
        if not info.closed and info.kind in (*INCIDENTS, STANDING):
            state = lens.state(info.id)
            for thing in active_larms(state, lens.now):
                if thing.data.purpose == ALERT:
                    yield larm_shown(state, thing, Moment(lens.now))


def all_larms(lens: Lens) -> Iterator[tuple[SpaceInfo, LarmShown]]:
    """Yield every larm to members that the reader may read of, latest first within each space."""
    for info in lens.spaces():
        if info.kind in (*INCIDENTS, STANDING):
            for shown in list_larms(lens, info.id, Moment(lens.now)):
                if shown.data.purpose == ALERT:
                    yield info, shown


def latest_provlarm(lens: Lens) -> LarmShown | None:
    """Return the last provlarm, None before the first."""
    found = (each for each in list_larms(lens, STANDING, Moment(lens.now)) if each.data.mark == PROV)
    return next(found, None)
