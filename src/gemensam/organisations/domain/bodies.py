"""The network's bodies (organ): who sits in them, for whom and until when (G1). The joint office writes them.

A body is kept whole in each version; a seat has its own days, so that who sat on a day is answered from the newest
version. What nobody has said is empty, never a guess.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from gemensam.core.entry import Header
from gemensam.core.kinds import Kind, SubjectType
from gemensam.core.policy import DIRECTORY
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.core.swedish import sort_key
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.organisations.domain.reading import function, organisation
from gemensam.organisations.domain.rules import check_codes, check_id, check_name

IN_USE, DISSOLVED = "in_use", "dissolved"
SEATS_MAX, LINE_MAX, TEXT_MAX = 200, 200, 2_000
HERE = frozenset({DIRECTORY})


@dataclass(frozen=True)
class Seat:
    """A place in a body: which function sits, and what it stands for; everything but one of its words may be unknown.

    `organisation` "" is not known; `function` is of the directory, `title` its word where it is not, never a person.
    `stands_for` is of `municipal_groups`, "" where it stands for its own organisation. `since` and `until` are ISO
    dates, both counted, "" where not stated. `evidence` as in a region's data.
    """

    organisation: str = ""
    function: str = ""
    title: str = ""
    title_en: str = ""
    stands_for: str = ""
    since: str = ""
    until: str = ""
    evidence: str = ""
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True)
class BodySaid:
    """A body, whole; a change has a reason. `level` is of `levels`; days are ISO dates, or empty."""

    name: str
    name_en: str = ""
    level: str = ""
    task: str = ""
    task_en: str = ""
    chair: Seat | None = None
    secretary: Seat | None = None
    seats: tuple[Seat, ...] = ()
    valid_from: str = ""
    valid_until: str = ""
    evidence: str = ""
    source: str = ""
    reason: str = ""


@dataclass(frozen=True)
class BodyDissolved:
    """Why there is no such body any longer, and since which day (ISO date, or "")."""

    reason: str
    on: str = ""


class SeatData(NamedTuple):
    """A seat in the state; see `Seat`."""

    organisation: str = ""
    function: str = ""
    title: str = ""
    title_en: str = ""
    stands_for: str = ""
    since: str = ""
    until: str = ""
    evidence: str = ""
    note: str = ""
    note_en: str = ""

    def covers(self, day: date) -> bool:
        """Whether it was held on a day, as far as its days are stated."""
        return within(day, self.since, self.until)


class Body(NamedTuple):
    """A body in the state; see `BodySaid`."""

    id: str
    name: str = ""
    name_en: str = ""
    level: str = ""
    task: str = ""
    task_en: str = ""
    chair: SeatData | None = None
    secretary: SeatData | None = None
    seats: tuple[SeatData, ...] = ()
    valid_from: str = ""
    valid_until: str = ""
    evidence: str = ""
    source: str = ""
    ended_on: str = ""

    def covers(self, day: date) -> bool:
        """Whether there was such a body on a day, as far as it is stated."""
        return within(day, self.valid_from, self.ended_on or self.valid_until)

    def seated(self, day: date) -> tuple[SeatData, ...]:
        """Return who sat on a day, in the order written; nobody where there was no such body."""
        return tuple(seat for seat in self.seats if seat.covers(day)) if self.covers(day) else ()


def within(day: date, since: str, until: str) -> bool:
    """Whether a day lies within ISO dates, both counted; an empty one sets no limit."""
    told = day.isoformat()
    return (not since or since <= told) and (not until or told <= until)


BODY = SubjectType(
    "body",
    owner=Machine(
        {
            ("", "body.established"): IN_USE,
            (IN_USE, "body.changed"): IN_USE,
            (IN_USE, "body.dissolved"): DISSOLVED,
            (DISSOLVED, "body.changed"): IN_USE,
        }
    ),
    index=lambda thing: [(("bodies",), (sort_key(thing.data.name if thing.data else ""), thing.subject))],
)


def _said(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Body:
    if payload is None:
        return data if isinstance(data, Body) else Body(header.subject)
    known = {name: payload[name] for name in Body._fields if name in payload}
    placed = {name: _seat(payload[name]) for name in ("chair", "secretary") if payload.get(name)}
    seats = tuple(SeatData(**seat) for seat in payload["seats"])
    return Body(header.subject)._replace(**{**known, "chair": None, "secretary": None, **placed, "seats": seats})


def _seat(given: Mapping[str, Any]) -> SeatData:
    return SeatData(**given)


def _dissolved(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Any:
    return data._replace(ended_on=payload["on"]) if payload and isinstance(data, Body) else data


def decide_body(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `directory_id`, `name_missing`, `no_such_level`, `no_such_group`, `no_such_organisation`,
    `function_not_own`, `seat_empty`, `seats_too_many`, `day_unreadable`, `days_reversed`, `text_too_long`, `no_reason`.
    """
    payload, directory = decision.draft.payload, decision.state
    check_id(decision.draft.subject)
    check_name(payload["name"])
    check_codes(directory, "levels", [payload["level"]] if payload["level"] else [], "no_such_level")
    _check_days(payload["valid_from"], payload["valid_until"])
    _check_lengths(payload, ("name_en", "source"), LINE_MAX)
    _check_lengths(payload, ("task", "task_en", "reason"), TEXT_MAX)
    if len(payload["seats"]) > SEATS_MAX:
        raise Refused("seats_too_many", limit=SEATS_MAX)
    for seat in _all_seats(payload):
        _check_seat(directory, seat)
    if decision.draft.kind == "body.changed" and not payload["reason"].strip():
        raise Refused("no_reason")
    return payload


def _all_seats(payload: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from (payload[name] for name in ("chair", "secretary") if payload[name])
    yield from payload["seats"]


def _check_seat(directory: SpaceState, seat: Mapping[str, Any]) -> None:
    named, held = seat["organisation"], seat["function"]
    if not (named or seat["title"].strip()):
        raise Refused("seat_empty")
    if named and organisation(directory, named) is None:
        raise Refused("no_such_organisation", organisation=named)
    found = function(directory, held) if held else None
    if held and (found is None or found.organisation != named):
        raise Refused("function_not_own", unknown=held)
    groups = [seat["stands_for"]] if seat["stands_for"] else []
    check_codes(directory, "municipal_groups", groups, "no_such_group")
    _check_days(seat["since"], seat["until"])
    _check_lengths(seat, ("title", "title_en", "note", "note_en", "evidence"), LINE_MAX)


def _check_days(since: str, until: str) -> None:
    for told in filter(None, (since, until)):
        check_day(told)
    if since and until and since > until:
        raise Refused("days_reversed")


def check_day(told: str) -> date:
    """Return an ISO date; raises `Refused("day_unreadable")`."""
    try:
        day = date.fromisoformat(told)
    except ValueError as fault:
        raise Refused("day_unreadable", given=told[:20]) from fault
    if day.isoformat() != told:
        raise Refused("day_unreadable", given=told[:20])
    return day


def _check_lengths(given: Mapping[str, Any], names: Iterable[str], limit: int) -> None:
    for name in names:
        if len(given[name]) > limit:
            raise Refused("text_too_long", field=name, limit=limit, length=len(given[name]))


def decide_dissolved(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `no_reason`, `day_unreadable`."""
    payload = decision.draft.payload
    if not payload["reason"].strip():
        raise Refused("no_reason")
    _check_lengths(payload, ("reason",), TEXT_MAX)
    if payload["on"]:
        check_day(payload["on"])
    return payload


def bodies(directory: SpaceState) -> tuple[Body, ...]:
    """Return the bodies in use, in Swedish order of names."""
    found = (thing for thing in directory.group("bodies") if thing.status == IN_USE)
    return tuple(thing.data for thing in found if isinstance(thing.data, Body))


def _text(payload: Mapping[str, Any]) -> str:
    return " ".join(str(payload.get(name, "")) for name in ("name", "name_en", "task", "reason"))


KINDS = (
    Kind("body.established", 1, BODY, BodySaid, "govern", _said,
         spaces=HERE, decide=decide_body, disposable=False, text=_text),
    Kind("body.changed", 1, BODY, BodySaid, "govern", _said,
         spaces=HERE, decide=decide_body, disposable=False, text=_text),
    Kind("body.dissolved", 1, BODY, BodyDissolved, "govern", _dissolved,
         spaces=HERE, decide=decide_dissolved, text=lambda payload: str(payload["reason"])),
)  # fmt: skip
