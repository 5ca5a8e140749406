"""The readers of the situation by place: kommuner, points and drawings, from the state of one space alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gemensam.coordination.agreement_queries import NeedShown, shown_needs
from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.geography.domain.by_kommun import ByKommun, PlaceRow, by_kommun, is_open
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import organisations
from gemensam.picture import queries as picture
from gemensam.picture.domain.places import kommuner
from gemensam.picture.queries import Live

POINTS_SHOWN = 200
STATEMENTS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Places:
    """The matrix of a space by kommun, beside the matrix by member that it is made from."""

    live: Live
    found: ByKommun

    def row(self, kommun: str) -> PlaceRow:
        """Return a kommun; raises `Refused("not_found")` for a code that is none here."""
        row = next((row for row in self.found.rows if row.kommun == kommun), None)
        if row is None:
            raise Refused("not_found")
        return row


def get_places(lens: Lens, space: str, moment: Moment) -> Places:
    """Return the matrix by kommun of a readable space; raises `Refused("not_found")`."""
    live = picture.get_live(lens, space, moment)
    ids = {one.kommunkod: one.id for one in organisations(lens.directory) if one.kommunkod}
    ordered = {code: ids[code] for code in kommuner(lens.directory)}
    state = lens.state(space, moment)
    return Places(live, by_kommun(state, live.matrix, live.frame, ordered, moment))


def list_points(state: SpaceState, moment: Moment) -> list[Thing]:
    """Return the statements that stand and name a point, newest first."""
    by = moment.happened_by
    return [thing for thing in state.newest("points") if by is None or thing.data.stated_at <= by][:POINTS_SHOWN]


def list_statements_in(state: SpaceState, kommun: str, moment: Moment) -> list[Thing]:
    """Return the statements about a kommun that stand, newest first."""
    by = moment.happened_by
    found = [thing for thing in state.newest("statements_in", kommun) if by is None or thing.data.stated_at <= by]
    return found[:STATEMENTS_SHOWN]


def list_open_needs(lens: Lens, space: str, moment: Moment, kommun: str = "") -> list[NeedShown]:
    """Return the needs that are open at the moment, or those of them that name a kommun, oldest first."""
    state = lens.state(space, moment)
    things = state.group("needs_in", kommun) if kommun else state.group("needs")
    return shown_needs(lens, state, (thing for thing in things if is_open(thing, moment)), moment)


def list_drawings(state: SpaceState) -> Sequence[Thing]:
    """Return the drawings that stand, newest first."""
    return list(state.newest("drawings"))


def get_drawing(state: SpaceState, subject: str) -> Thing:
    """Return a drawing, a withdrawn one too; raises `Refused("not_found")`."""
    thing = state.thing(subject)
    if thing is None or thing.type != "drawing":
        raise Refused("not_found")
    return thing


def texts_of(lens: Lens, space: str, things: Sequence[Thing]) -> Mapping[str, Mapping[str, Any]]:
    """Return the contents in force of things, by their digest; what has been disposed of is missing."""
    payloads = lens.payloads(space, [thing.data.content for thing in things])
    return {digest: payload for digest, payload in payloads.items() if payload is not None}
