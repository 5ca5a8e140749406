"""The conference: called, opened, noted point by point, closed; and who takes part (R31, starter data 7).

The organisation that leads it owns it. Attendance is a machine per organisation: each says for itself that it
takes part, or the secretary enters it for one that phones in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from sys import intern
from typing import Any

from gemensam.coordination.domain import rules
from gemensam.coordination.domain.conference_rules import (
    decide_attendance,
    decide_called,
    decide_cancelled,
    decide_changed,
    decide_moved,
    decide_noted,
    decide_recorder,
    decide_words,
)
from gemensam.coordination.domain.convening import convened_by
from gemensam.core.entry import Header
from gemensam.core.kinds import FOR_OTHERS, GroupKey, Kind, SortKey, SubjectType
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine

CALLED, OPEN, CLOSED, CANCELLED = "called", "open", "closed", "cancelled"
PRESENT, LEFT = "present", "left"


@dataclass(frozen=True)
class DialIn:
    """How one takes part: a number or link with its code, and the reserve when that fails. No person's number."""

    primary: str = ""
    code: str = ""
    reserve: str = ""
    reserve_code: str = ""


@dataclass(frozen=True)
class RoleHeld:
    """A role of the list `conference_roles` and the function that holds it at this conference."""

    role: str
    function: str


@dataclass(frozen=True)
class AgendaPoint:
    """A point of the agenda as it stood in the template when the conference was called."""

    code: str
    number: int
    minute: int
    title: str
    title_en: str
    leader_line: str
    leader_line_en: str
    writes: str = ""
    speakers: bool = False


@dataclass(frozen=True)
class ConferenceCalled:
    """A call. `starts_at` in ms UTC; `series`: the takt that it follows (`vecka`), or "" for one of its own.

    The program fills in under the lock: `points` from the agenda, `number` (running in the space), `label` (*47*,
    *2*, *E3*: what agreements are numbered by), `week` and `year` (ISO), `node` whose series it is, the titles
    when none is given, and `length_min` when 0.
    """

    agenda: str
    starts_at: int
    length_min: int = 0
    title: str = ""
    title_en: str = ""
    text: str = ""
    series: str = ""
    dial_in: DialIn = DialIn()
    roles: tuple[RoleHeld, ...] = ()
    points: tuple[AgendaPoint, ...] = ()
    number: int = 0
    label: str = ""
    week: int = 0
    year: int = 0
    node: str = ""


@dataclass(frozen=True)
class ConferenceChanged:
    """A new time, dial-in or roles, with the reason; the whole of them, not only what differs."""

    starts_at: int
    length_min: int
    reason: str
    text: str = ""
    dial_in: DialIn = DialIn()
    roles: tuple[RoleHeld, ...] = ()


@dataclass(frozen=True)
class ConferenceWords:
    """What is said when it is opened or closed; may be empty."""

    text: str = ""


@dataclass(frozen=True)
class ConferenceCancelled:
    """Why it is not held."""

    reason: str


@dataclass(frozen=True)
class PointNoted:
    """The note of a point, whole; replaces the one before, which stays in the history. Empty takes it away."""

    point: str
    text: str


@dataclass(frozen=True)
class PointReached:
    """The point that is spoken of now."""

    point: str


@dataclass(frozen=True)
class AttendanceRegistered:
    """Functions of an organisation take part. `keep`: those who already do go on (the program fills them in).

    `also_represents`: other organisations that it speaks for at this conference. `keep_represented`: besides those
    that it speaks for already (the program fills them in).
    """

    functions: tuple[str, ...] = ()
    also_represents: tuple[str, ...] = ()
    keep: bool = True
    keep_represented: bool = False


@dataclass(frozen=True)
class AttendanceLeft:
    """The organisation takes part no longer."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """One writing of a point's note; its text is in the payload of `digest`. `at`: when it was said (ms UTC)."""

    point: str
    digest: str
    at: int
    function: str


@dataclass(frozen=True, slots=True)
class Move:
    """A point reached at an instant (ms UTC)."""

    point: str
    at: int


@dataclass(frozen=True, slots=True)
class Attendance:
    """One registration or departure of an organisation, in order. `via` when another organisation entered it."""

    organisation: str
    status: str
    at: int
    digest: str
    functions: tuple[str, ...] = ()
    also_represents: tuple[str, ...] = ()
    via: str = ""
    by_organisation: str = ""


@dataclass(frozen=True, slots=True)
class ConferenceData:
    """A conference in the state; times in ms UTC, 0 where it has not happened.

    `call` and `terms`: the entries whose texts hold the call and the time and dial-in in force. `points`: code
    and what it writes. `convened`: by a right of the organisation's own, see `convening`. `notes`, `moves`,
    `attendance`: all of them, in the order of the fold.
    """

    starts_at: int
    call: str
    terms: str
    title: str = ""
    title_en: str = ""
    agenda: str = ""
    length_min: int = 0
    series: str = ""
    number: int = 0
    label: str = ""
    week: int = 0
    year: int = 0
    node: str = ""
    points: tuple[tuple[str, str], ...] = ()
    opened_at: int = 0
    opened_by: str = ""
    closed_at: int = 0
    closed: str = ""
    cancelled_at: int = 0
    cancelled: str = ""
    changes: int = 0
    convened: bool = False
    notes: tuple[Note, ...] = ()
    moves: tuple[Move, ...] = ()
    attendance: tuple[Attendance, ...] = ()

    def unsaid(self) -> tuple[str, ...]:
        """The field that came later than the first logs, where it says nothing (`core.state.plain`)."""
        return () if self.convened else ("convened",)

    def note(self, point: str) -> Note | None:
        """Return the note of a point in force, also an empty one."""
        return next((note for note in reversed(self.notes) if note.point == point), None)

    @property
    def current(self) -> str:
        """The code of the point that is spoken of, or ""."""
        return self.moves[-1].point if self.moves else ""

    def latest_attendance(self) -> dict[str, Attendance]:
        """Return the last word on each organisation's attendance, by organisation."""
        return {each.organisation: each for each in self.attendance}


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    key = (thing.data.starts_at, thing.created_clock, thing.subject)
    yield ("conferences",), key
    if thing.status in (CALLED, OPEN):
        yield ("conferences_coming",), key


CONFERENCE = SubjectType(
    "conference",
    owner=Machine(
        {
            ("", "conference.called"): CALLED,
            (CALLED, "conference.changed"): CALLED,
            (CALLED, "conference.point_noted"): CALLED,
            (CALLED, "conference.opened"): OPEN,
            (CALLED, "conference.cancelled"): CANCELLED,
            (OPEN, "conference.changed"): OPEN,
            (OPEN, "conference.point_noted"): OPEN,
            (OPEN, "conference.moved_to"): OPEN,
            (OPEN, "conference.closed"): CLOSED,
            (CLOSED, "conference.opened"): OPEN,
        }
    ),
    each=Machine(
        {
            ("", "attendance.registered"): PRESENT,
            (PRESENT, "attendance.registered"): PRESENT,
            (PRESENT, "attendance.left"): LEFT,
            (LEFT, "attendance.registered"): PRESENT,
        }
    ),
    index=_index,
)


def _called(_data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ConferenceData:
    convened = bool(convened_by(header.refs))
    if payload is None:
        return ConferenceData(header.occurred_at, digest, digest, node=header.node, convened=convened)
    given = {name: payload[name] for name in ("title", "title_en", "length_min", "number", "label", "week", "year")}
    return ConferenceData(
        payload["starts_at"], digest, digest, node=intern(payload["node"]), agenda=intern(payload["agenda"]),
        series=intern(payload["series"]), points=tuple((point["code"], point["writes"]) for point in payload["points"]),
        convened=convened, **given,
    )  # fmt: skip


def _changed(data: ConferenceData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ConferenceData:
    changed = replace(data, terms=digest, changes=data.changes + 1)
    if payload is None:
        return changed
    return replace(changed, starts_at=payload["starts_at"], length_min=payload["length_min"])


def _opened(data: ConferenceData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ConferenceData:
    opened_at = data.opened_at or header.occurred_at  # opened again after a closing: it began when it began
    return replace(data, opened_at=opened_at, opened_by=intern(header.function), closed_at=0, closed="")


def _closed(data: ConferenceData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ConferenceData:
    return replace(data, closed_at=header.occurred_at, closed=digest)


def _cancelled(data: ConferenceData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ConferenceData:
    return replace(data, cancelled_at=header.occurred_at, cancelled=digest)


def _noted(data: ConferenceData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ConferenceData:
    if payload is None:
        return data
    note = Note(intern(payload["point"]), digest, header.occurred_at, intern(header.function))
    return replace(data, notes=(*data.notes, note))


def _moved(data: ConferenceData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ConferenceData:
    if payload is None:
        return data
    return replace(data, moves=(*data.moves, Move(intern(payload["point"]), header.occurred_at)))


def _attended(data: ConferenceData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ConferenceData:
    given = payload or {}
    return replace(data, attendance=(*data.attendance, _attendance(header, digest, PRESENT, given)))


def _left(data: ConferenceData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ConferenceData:
    return replace(data, attendance=(*data.attendance, _attendance(header, digest, LEFT, {})))


def _attendance(header: Header, digest: str, status: str, given: Mapping[str, Any]) -> Attendance:
    return Attendance(
        intern(header.organisation), status, header.occurred_at, digest,
        tuple(given.get("functions", ())), tuple(given.get("also_represents", ())),
        intern(header.via) if header.on_behalf else "", intern(header.by_organisation) if header.on_behalf else "",
    )  # fmt: skip


def _text(payload: Mapping[str, Any]) -> str:
    return "\n".join(payload[name] for name in ("title", "text", "reason") if payload.get(name))


def _note_text(payload: Mapping[str, Any]) -> str:
    return str(payload["text"])


def _kind(name: str, payload: type, apply: Any, **more: Any) -> Kind:
    return Kind(name, 1, CONFERENCE, payload, "read", apply, spaces=rules.HERE, **{"text": _text, **more})


# Who leads is asked by each decision: whoever may lead, or who convened this one (see `convening`).
KINDS = (
    _kind("conference.called", ConferenceCalled, _called, decide=decide_called),
    _kind("conference.changed", ConferenceChanged, _changed, decide=decide_changed),
    _kind("conference.opened", ConferenceWords, _opened, decide=decide_words, folds_payload=False),
    _kind("conference.closed", ConferenceWords, _closed, decide=decide_words, folds_payload=False),
    _kind("conference.cancelled", ConferenceCancelled, _cancelled, decide=decide_cancelled, folds_payload=False),
    # Leader or secretary, and the joint office for the one who leads: the decision asks which.
    _kind("conference.point_noted", PointNoted, _noted, decide=decide_noted, text=_note_text,
          on_behalf=FOR_OTHERS),
    _kind("conference.moved_to", PointReached, _moved, decide=decide_moved, on_behalf=FOR_OTHERS),
    _kind("attendance.registered", AttendanceRegistered, _attended, decide=decide_attendance,
          on_behalf=FOR_OTHERS),
    _kind("attendance.left", AttendanceLeft, _left, decide=decide_recorder, on_behalf=FOR_OTHERS,
          folds_payload=False),
)  # fmt: skip
TYPES = (CONFERENCE,)


def status_at(data: ConferenceData, status: str, happened_by: int | None) -> str:
    """Return how a conference stood at an instant by its own times (design 4.4); its status where none is asked for."""
    if happened_by is None:
        return status
    if 0 < data.cancelled_at <= happened_by:
        return CANCELLED
    if 0 < data.closed_at <= happened_by:
        return CLOSED
    return OPEN if 0 < data.opened_at <= happened_by else CALLED


def as_happened(data: ConferenceData, happened_by: int | None) -> ConferenceData:
    """Return a conference with only what had happened by an instant, by each thing's own time; all where None."""
    if happened_by is None:
        return data
    return replace(
        data,
        notes=tuple(each for each in data.notes if each.at <= happened_by),
        moves=tuple(each for each in data.moves if each.at <= happened_by),
        attendance=tuple(each for each in data.attendance if each.at <= happened_by),
    )
