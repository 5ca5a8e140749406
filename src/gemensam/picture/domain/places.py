"""Where something is: one or more kommuner, or a point. Pure.

The kommuner are those of the directory's organisations, by their four-digit codes: what a place is called is data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.core.swedish import sort_key
from gemensam.organisations.domain import organisation, organisations
from gemensam.picture.domain.coordinates import Point, is_inside

Payload = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """Where: `kommuner` by code, and for a point latitude and longitude in WGS 84, ten-millionths of a degree.

    All empty: the author named no place. A point's kommun, where it is known, stands with it.
    """

    kommuner: tuple[str, ...] = ()
    latitude: int | None = None
    longitude: int | None = None


NOWHERE = Place()


class Where(NamedTuple):
    """A place in the state of a space: codes in order, and the point or ()."""

    kommuner: tuple[str, ...] = ()
    point: tuple[int, ...] = ()

    @property
    def is_named(self) -> bool:
        return bool(self.kommuner or self.point)


ANYWHERE = Where()


def kommuner(directory: SpaceState) -> dict[str, str]:
    """Return the names of the kommuner by code, in Swedish order: those that organisations here are."""
    named = ((one.kommunkod, one.short) for one in organisations(directory) if one.kommunkod)
    return dict(sorted(named, key=lambda one: sort_key(one[1])))


def kommun_of(directory: SpaceState, organisation_id: str) -> str:
    """Return the code of the kommun that an organisation is, or ""."""
    found = organisation(directory, organisation_id)
    return found.kommunkod if found is not None else ""


def where_of(payload: Payload, default: str = "") -> Where:
    """Return the place that a payload's `where` gives, which entries from before it lack; `default`: a code, or ""."""
    given = payload.get("where") or {}
    found = Where(tuple(given.get("kommuner") or ()), point_in(given))
    return Where((default,)) if default and not found.is_named else found


def point_in(place: Payload) -> tuple[int, ...]:
    """Return (latitude, longitude) of a payload's place, () where it is no point."""
    latitude, longitude = place.get("latitude"), place.get("longitude")
    return Point(latitude, longitude) if latitude is not None and longitude is not None else ()


def checked_place(directory: SpaceState, place: Payload, *, default: str = "") -> Payload:
    """Return a place with its codes in order; an empty one becomes the kommun `default`, where there is one.

    Raises `Refused`: `unknown_kommun`, `point_unreadable` (half a point), `point_outside`.
    """
    latitude, longitude = place["latitude"], place["longitude"]
    known = kommuner(directory) if place["kommuner"] or default else {}
    for code in place["kommuner"]:
        if code not in known:
            raise Refused("unknown_kommun", value=code)
    if (latitude is None) != (longitude is None):
        raise Refused("point_unreadable")
    if latitude is not None and not is_inside(latitude, longitude):
        raise Refused("point_outside")
    codes = sorted(set(place["kommuner"]))
    if default in known and not codes and latitude is None:
        codes = [default]
    return {**place, "kommuner": codes}
