"""The readers of conferences: the list, one conference with all that is drawn from it, and what is offered.

Everything is read from the state of one space (design 3.3, 3.4). Times are milliseconds UTC.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gemensam.coordination.domain import convening, rules
from gemensam.coordination.domain.conferences import (
    CALLED,
    CANCELLED,
    CLOSED,
    CONFERENCE,
    OPEN,
    ConferenceData,
    Note,
    as_happened,
    status_at,
)
from gemensam.coordination.domain.conferences import KINDS as CONFERENCE_KINDS
from gemensam.coordination.domain.roll import Roll, roll_call
from gemensam.coordination.domain.speakers import SpeakerList, speaker_list
from gemensam.coordination.domain.weeks import Proposal, propose_next
from gemensam.core.kinds import SubjectType
from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.ledger.reading import Lens
from gemensam.picture.domain.pictures import label_of, latest_picture

KINDS_WITH_CONFERENCES = rules.HERE
_KINDS = {kind.name: kind for kind in CONFERENCE_KINDS}


@dataclass(frozen=True, slots=True)
class Held:
    """A conference in a list, as it stood at the moment."""

    thing: Thing
    data: ConferenceData
    status: str

    @property
    def ends_at(self) -> int:
        return self.data.starts_at + self.data.length_min * 60_000

    @property
    def over(self) -> bool:
        return self.status in (CLOSED, CANCELLED)


@dataclass(frozen=True, slots=True)
class Conferences:
    """A space's conferences: those to come or going on, soonest first; those over, latest first; the next proposed."""

    coming: tuple[Held, ...]
    past: tuple[Held, ...]
    proposal: Proposal | None


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the agenda with its note. `seen`: what a correction of the note must name."""

    code: str
    about: Mapping[str, Any]
    current: bool
    note: Note | None
    text: str
    versions: int
    seen: str


@dataclass(frozen=True, slots=True)
class Conference:
    """One conference with its texts. `call`, `terms`, `end`: payloads, empty where disposed of."""

    held: Held
    call: Mapping[str, Any]
    terms: Mapping[str, Any]
    end: Mapping[str, Any]
    points: tuple[Point, ...]
    roll: Roll

    @property
    def thing(self) -> Thing:
        return self.held.thing

    @property
    def data(self) -> ConferenceData:
        return self.held.data

    @property
    def status(self) -> str:
        return self.held.status

    @property
    def current(self) -> Point | None:
        return next((point for point in self.points if point.current), None)


def check_has_conferences(lens: Lens, space: str) -> None:
    """Raise `Refused("not_found")` for the spaces that have no conferences (the directory, rosters, periods)."""
    if lens.space(space).kind not in KINDS_WITH_CONFERENCES:
        raise Refused("not_found")


def list_conferences(lens: Lens, space: str, moment: Moment) -> Conferences:
    """Return the conferences of a readable space; raises `Refused("not_found")`."""
    check_has_conferences(lens, space)
    state = lens.state(space, moment)
    found = [held(thing, moment) for thing in state.group("conferences")]
    coming = tuple(each for each in found if not each.over)
    past = tuple(each for each in reversed(found) if each.over)
    return Conferences(coming, past, None if moment.historical else proposal(lens, state))


def proposal(lens: Lens, state: SpaceState) -> Proposal | None:
    """Return the next conference by the takt in force, after the latest that was not cancelled."""
    found = propose_next(lens.directory, state, lens.now)
    return found if found is not None and found.agenda else None


def held(thing: Thing, moment: Moment) -> Held:
    data = rules.data_of(thing, ConferenceData)
    return Held(thing, as_happened(data, moment.happened_by), status_at(data, thing.status, moment.happened_by))


def find_conference(lens: Lens, space: str, subject: str, moment: Moment) -> Held:
    """Return a conference of a readable space without its texts; raises `Refused("not_found")`."""
    return held(find_thing(lens, space, subject, moment, CONFERENCE), moment)


def find_thing(lens: Lens, space: str, subject: str, moment: Moment, wanted: SubjectType) -> Thing:
    """Return a thing of one type in a space that has conferences; raises `Refused("not_found")`."""
    check_has_conferences(lens, space)
    thing = lens.state(space, moment).thing(subject)
    if thing is None or thing.type != wanted.name:
        raise Refused("not_found")
    return thing


def get_conference(lens: Lens, space: str, subject: str, moment: Moment) -> Conference:
    """Return one conference; raises `Refused("not_found")`."""
    found = find_conference(lens, space, subject, moment)
    data = found.data
    wanted = [data.call, data.terms, data.closed, data.cancelled, *(note.digest for note in _notes(data))]
    texts = lens.payloads(space, [digest for digest in wanted if digest])
    call = texts.get(data.call) or {}
    ended = data.cancelled if found.status == CANCELLED else data.closed if found.status == CLOSED else ""
    roll = roll_call(data, rules.participants(lens.directory, lens.space(space)))
    points = tuple(_point(found, about, texts) for about in call.get("points", ()))
    return Conference(found, call, texts.get(data.terms) or {}, texts.get(ended) or {}, points, roll)


def _notes(data: ConferenceData) -> list[Note]:
    found = (data.note(code) for code, _ in data.points)
    return [note for note in found if note is not None]


def _point(found: Held, about: Mapping[str, Any], texts: Mapping[str, Mapping[str, Any] | None]) -> Point:
    data, code = found.data, about["code"]
    note = data.note(code)
    text = str((texts.get(note.digest) or {}).get("text", "")) if note is not None else ""
    versions = sum(1 for each in data.notes if each.point == code)
    current = found.status == OPEN and data.current == code
    return Point(code, about, current, note, text, versions, note.digest if note is not None else data.call)


def get_speakers(lens: Lens, space: str, moment: Moment) -> SpeakerList:
    """Return the order of speaking at a moment, of those whom a conference in the space is for."""
    participants = rules.participants(lens.directory, lens.space(space))
    return speaker_list(lens.directory, lens.state(space, moment), participants, moment.happened_by)


def picture_numbers(state: SpaceState) -> tuple[str, str]:
    """Return the numbers of the latest picture and the one before it, "…" where there is none."""
    latest = latest_picture(state)
    if latest is None:
        return "…", "…"
    labels = [label_of(state, thing) for thing in state.group("pictures")]
    number = label_of(state, latest)
    place = labels.index(number)
    return number, labels[place - 1] if place else "…"


def acts_on_conference(lens: Lens, thing: Thing) -> frozenset[str]:
    """Return the kinds that this reader may write on a conference now: table, owner and permission (design 4.3)."""
    allowed = CONFERENCE.owner.allowed(thing.status)
    permissions = lens.principal.permissions
    owns = lens.principal.organisation == thing.organisation
    return frozenset(
        name
        for name in allowed
        if (owns or not permissions.isdisjoint(_KINDS[name].on_behalf)) and _is_permitted(name, lens, thing)
    )


def _is_permitted(name: str, lens: Lens, thing: Thing) -> bool:
    if name in ("conference.point_noted", "conference.moved_to"):
        return convening.may_record(lens.principal, thing)
    return convening.may_lead(lens.principal, thing)


def leads(lens: Lens, thing: Thing) -> bool:
    """Whether this reader leads a conference: its organisation's own, by permission or as the one who convened it."""
    return lens.principal.organisation == thing.organisation and convening.may_lead(lens.principal, thing)


def may_record(lens: Lens, owner: str) -> bool:
    """Whether this reader writes what belongs to the organisation that leads: agreements and notes."""
    permissions = lens.principal.permissions
    if rules.RECORDING.isdisjoint(permissions):
        return False
    return lens.principal.organisation == owner or "report_for_others" in permissions


def may_speak(lens: Lens) -> bool:
    """Whether this reader may speak for its organisation."""
    return not rules.SPEAKING.isdisjoint(lens.principal.permissions)


def next_after(state: SpaceState, conference: Thing) -> Thing | None:
    """Return the conference that is called after this one, or None."""
    later: Sequence[Thing] = state.group("conferences_coming")
    return next((thing for thing in later if thing.data.starts_at > conference.data.starts_at), None)


def going_on(state: SpaceState) -> Thing | None:
    """Return the conference that is open, or None."""
    return next((thing for thing in state.group("conferences_coming") if thing.status == OPEN), None)


def next_called(state: SpaceState, at: int) -> Thing | None:
    """Return the first conference that is called and has not begun at an instant by much (an hour), or None."""
    coming = state.group("conferences_coming")
    return next((each for each in coming if each.status == CALLED and each.data.starts_at > at - 3_600_000), None)
