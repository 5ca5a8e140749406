"""What the map shows in words: points of statements and drawings, as the lines of the list beside it."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from gemensam.core.state import SpaceState, Thing
from gemensam.geography.domain.drawings import AREA, LINE, POINT
from gemensam.geography.queries import list_drawings, list_points, texts_of
from gemensam.ledger.reading import Lens
from gemensam.picture.domain.coordinates import DEGREE
from gemensam.picture.domain.statements import is_unconfirmed
from gemensam.picture.marking import marks_by_entry
from gemensam.picture.matrix_words import MatrixWords
from gemensam.picture.place_words import Coordinates, ShownPlace
from gemensam.web import times
from gemensam.web.page import SpacePage
from gemensam.web.shapes import Value


@dataclass(frozen=True, slots=True)
class PointShown:
    """A statement with a point. `at`: `latitude,longitude` in degrees, for the map."""

    subject: str
    text: str
    by: str
    stated_at: int
    row: str
    value: Value | None
    where: ShownPlace
    place: str
    at: str
    is_unconfirmed: bool
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawingShown:
    """A drawing. `corners`: `latitude,longitude` in degrees with blanks between; `first`: its first corner.

    `number`: by which list and map name the same one, in the order in which they were drawn; 0 where it is alone.
    `when`: for which time it holds, in words; `state`: `valid`, `coming` or `over`.
    """

    subject: str
    shape: str
    shape_word: str
    label: str
    note: str
    by: str
    when: str
    state: str
    corners: str
    first: Coordinates | None
    count: int
    marks: tuple[str, ...] = ()
    number: int = 0


def shown_points(lens: Lens, page: SpacePage, words: MatrixWords, row: str) -> list[PointShown]:
    """Return the statements with a point, newest first: those of a row, and those that name no row."""
    things = [thing for thing in list_points(page.state, page.moment) if thing.data.row in ("", row)]
    texts, marks = texts_of(lens, page.space, things), _marks(lens, page.state, things)
    return [
        _point(thing, texts[thing.data.content], words, marks.get(thing.data.content, ()))
        for thing in things
        if thing.data.content in texts
    ]


def _marks(lens: Lens, state: SpaceState, things: list[Thing]) -> dict[str, tuple[str, ...]]:
    return marks_by_entry(lens, state.space, [thing.data.content for thing in things])


def _point(thing: Thing, payload: Any, words: MatrixWords, marks: tuple[str, ...]) -> PointShown:
    data = thing.data
    return PointShown(
        thing.subject, payload["text"], words.name(thing.organisation), data.stated_at,
        words.column(data.row) if data.row else "", words.value(data.status) if data.status else None,
        words.lists.places.shown(data.where), payload["place"], degrees(*data.where.point), is_unconfirmed(thing),
        marks,
    )  # fmt: skip


def degrees(latitude: int, longitude: int) -> str:
    """Return a point as the map reads it: decimal degrees, latitude first."""
    return f"{latitude / DEGREE:.7f},{longitude / DEGREE:.7f}"


def shown_drawings(lens: Lens, page: SpacePage, words: MatrixWords) -> list[DrawingShown]:
    """Return the drawings that stand: those that hold first, then those to come, then those that are over."""
    things = list(list_drawings(page.state))
    texts, marks = texts_of(lens, page.space, things), _marks(lens, page.state, things)
    told = [thing for thing in things if thing.data.content in texts]
    found = [
        replace(
            shown_drawing(thing, texts[thing.data.content], words, marks.get(thing.data.content, ())), number=number
        )
        for number, thing in zip(range(len(told), 0, -1), told, strict=True)
    ]
    order = ("valid", "coming", "over")
    return sorted(found, key=lambda one: order.index(one.state))


def shown_drawing(thing: Thing, payload: Any, words: MatrixWords, marks: tuple[str, ...] = ()) -> DrawingShown:
    """Return a drawing in words, at the moment of the words."""
    corners = [(corner["latitude"], corner["longitude"]) for corner in payload["corners"]]
    return DrawingShown(
        thing.subject, payload["shape"], shape_words().get(payload["shape"], payload["shape"]), payload["label"],
        payload["note"], words.name(thing.organisation), _when(payload, words), _state(thing, words.at),
        " ".join(degrees(*corner) for corner in corners), Coordinates.of(corners[0]) if corners else None,
        len(corners), marks,
    )  # fmt: skip


def _when(payload: Any, words: MatrixWords) -> str:
    start = words.clock(payload["valid_from"])
    if not payload["valid_until"]:
        return _("from %(start)s until further notice") % {"start": start}
    return _("%(start)s–%(end)s") % {"start": start, "end": times.clock(payload["valid_until"], words.at)}


def _state(thing: Thing, at: int) -> str:
    if thing.data.is_over(at):
        return "over"
    return "valid" if thing.data.is_valid(at) else "coming"


def shape_words() -> dict[str, str]:
    """Return what can be drawn, by code."""
    return {AREA: _("Area"), LINE: _("Line"), POINT: _("Point")}
