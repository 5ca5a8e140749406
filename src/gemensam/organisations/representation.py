"""Who represents whom: members at each level in a läge with the gaps, and the network's bodies (G1)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gemensam.core.state import SpaceState
from gemensam.core.swedish import sort_key
from gemensam.organisations import domain
from gemensam.organisations.domain import Body, SeatData
from gemensam.organisations.forms.directory import representatives_of
from gemensam.organisations.names import Lists, function_name, in_language, organisation_name

ORDINARY = "ordinarie"
SURE = ("found", "own")


@dataclass(frozen=True, slots=True)
class Represented:
    """A member and the function that represents it at each level, "" for a gap. `stated`: its own word, no proposal."""

    id: str
    name: str
    group: str
    has_group: bool
    functions: tuple[str, ...]
    stated: bool

    @property
    def has_gap(self) -> bool:
        return "" in self.functions


@dataclass(frozen=True, slots=True)
class Representation:
    """All members in one läge. `gaps`: how many have no function, level by level."""

    mode: str
    levels: tuple[tuple[str, str], ...]
    rows: tuple[Represented, ...]

    @property
    def gaps(self) -> list[tuple[str, int]]:
        return [
            (word, sum(not row.functions[place] for row in self.rows))
            for place, (_code, word) in enumerate(self.levels)
        ]

    @property
    def without_group(self) -> int:
        return sum(row.has_group and not row.group for row in self.rows)


def modes_of_network(directory: SpaceState) -> list[tuple[str, str]]:
    """Return the lägen in which members are represented: (code, word)."""
    lists = Lists(directory)
    return [(item["code"], in_language(item)) for item in lists.items("modes") if item.get("kind") == "state"]


def representation(directory: SpaceState, mode: str, level: str = "") -> Representation:
    """Return who represents each member in a läge, at one level or at all, in Swedish order of names."""
    lists = Lists(directory)
    levels = tuple(each for each in lists.choices("levels") if level in ("", each[0]))
    rows = (_represented(directory, lists, each, mode, levels) for each in domain.members(directory))
    return Representation(mode, levels, tuple(sorted(rows, key=lambda row: sort_key(row.name))))


def _represented(
    directory: SpaceState, lists: Lists, each: domain.Organisation, mode: str, levels: Iterable[tuple[str, str]]
) -> Represented:
    told = representatives_of(each)
    named = tuple(_function(directory, told.get(code, {}).get(mode, "")) for code, _word in levels)
    group = lists.word("municipal_groups", each.group) if each.group else ""
    return Represented(each.id, organisation_name(each), group, bool(each.kommunkod), named, bool(each.own))


def _function(directory: SpaceState, function: str) -> str:
    """Return a function's name; one that is no longer in use represents nobody."""
    found = domain.function(directory, function) if function else None
    return function_name(found) if found else ""


@dataclass(frozen=True, slots=True)
class ShownSeat:
    """A seat in words. `who` is "" where it is not known; `days` says from when until when."""

    who: str
    organisation: str
    title: str
    stands_for: str
    members: tuple[str, ...]
    since: str
    until: str
    note: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class ShownBody:
    """A body in words; `seats`: those held on the day asked for."""

    body: Body
    name: str
    level: str
    task: str
    chair: ShownSeat | None
    secretary: ShownSeat | None
    seats: tuple[ShownSeat, ...]
    is_sure: bool
    in_use: bool

    @property
    def unknown(self) -> int:
        """How many seats are of an organisation that nobody has named."""
        return sum(not seat.organisation for seat in self.seats)


def list_bodies(directory: SpaceState, day: date) -> list[ShownBody]:
    """Return the bodies in use as they were seated on a day."""
    lists = Lists(directory)
    return [show_body(directory, lists, each, day) for each in domain.bodies(directory)]


def show_body(directory: SpaceState, lists: Lists, body: Body, day: date) -> ShownBody:
    """Return a body in words, with who sat on a day."""
    thing = directory.thing(body.id)
    heads = [_seat(directory, lists, seat) if seat and seat.covers(day) else None for seat in _heads(body)]
    return ShownBody(
        body, in_language(body._asdict()), lists.word("levels", body.level) if body.level else "",
        in_language(body._asdict(), "task"), heads[0], heads[1],
        tuple(_seat(directory, lists, seat) for seat in body.seated(day)), body.evidence in SURE,
        thing is not None and thing.status == "in_use" and body.covers(day),
    )  # fmt: skip


def _heads(body: Body) -> tuple[SeatData | None, SeatData | None]:
    return (body.chair, body.secretary)


def _seat(directory: SpaceState, lists: Lists, seat: SeatData) -> ShownSeat:
    found = domain.organisation(directory, seat.organisation) if seat.organisation else None
    own = _function(directory, seat.function) if seat.function and not seat.title else ""
    title = own or in_language(seat._asdict(), "title")
    name = organisation_name(found) if found else ""
    members = tuple(_of_group(directory, seat.stands_for)) if seat.stands_for else ()
    return ShownSeat(
        " – ".join(filter(None, [name, title])) if name else "", name, title,
        lists.word("municipal_groups", seat.stands_for) if seat.stands_for else "", members, seat.since, seat.until,
        in_language(seat._asdict(), "note"), seat.evidence in SURE,
    )  # fmt: skip


def _of_group(directory: SpaceState, group: str) -> Iterator[str]:
    """Yield the municipalities that are said to be in a group, in Swedish order."""
    return (each.short for each in domain.members(directory) if each.group == group)


def seat_words(seat: ShownSeat) -> str:
    """Return a seat in one line, for a table."""
    who = seat.who or f"{_('not known')} – {seat.title}"
    return f"{who} ({seat.stands_for})" if seat.stands_for else who
