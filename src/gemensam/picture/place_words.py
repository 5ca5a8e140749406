"""Places in words and fields: what people write for a kommun or a point, and how a place is shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.picture.areas import kommun_at
from gemensam.picture.domain.coordinates import Point, as_mgrs, as_sweref99tm, as_wgs84, read_point
from gemensam.picture.domain.places import Where, kommuner, point_in
from gemensam.web.labels import words

KOMMUN_SUFFIX = " kommun"


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A point in the three systems, as it is written."""

    wgs84: str
    sweref99tm: str
    mgrs: str

    @classmethod
    def of(cls, point: tuple[int, ...]) -> "Coordinates | None":
        """Return the coordinates of (latitude, longitude) in ten-millionths of a degree; None for ()."""
        if not point:
            return None
        found = Point(*point)
        return cls(as_wgs84(found), as_sweref99tm(found), as_mgrs(found))

    @property
    def systems(self) -> list[tuple[str, str]]:
        """The systems by name, each with the point in it."""
        return [("WGS 84", self.wgs84), ("SWEREF 99 TM", self.sweref99tm), ("MGRS", self.mgrs)]


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place in words: the kommuner by name (*hela länet* where it is all of them), and the point."""

    names: str = ""
    coordinates: Coordinates | None = None

    @property
    def text(self) -> str:
        """The place in one line; "" where none is named."""
        return " · ".join(filter(None, [self.names, self.coordinates.wgs84 if self.coordinates else ""]))


class Places:
    """The names of the kommuner, for one drawing."""

    def __init__(self, directory: SpaceState) -> None:
        self.names = kommuner(directory)

    def shown(self, where: Where) -> ShownPlace:
        """Return a place of the state in words."""
        return ShownPlace(self.named(where.kommuner), Coordinates.of(where.point))

    def shown_payload(self, payload: Mapping[str, Any]) -> ShownPlace:
        """Return the place of a payload's `where`, which may be missing, in words."""
        given = payload.get("where") or {}
        return ShownPlace(self.named(given.get("kommuner") or ()), Coordinates.of(point_in(given)))

    def named(self, codes: "tuple[str, ...] | list[str]") -> str:
        """Return kommuner by name in their Swedish order; all of them as *hela länet*."""
        if len(codes) > 1 and set(self.names) <= set(codes):
            return _("the whole county")
        order = {code: place for place, code in enumerate(self.names)}
        return ", ".join(self.names.get(code, code) for code in sorted(codes, key=lambda one: order.get(one, -1)))


def read_kommuner(text: str, names: Mapping[str, str]) -> list[str]:
    """Return the codes of kommuner written as names or codes with commas between; `alla` or `hela länet` are all.

    `names`: by code. Raises `Refused("unknown_kommun", value=…)` with what was written.
    """
    known = {_folded(name): code for code, name in names.items()} | {code: code for code in names}
    whole = {"alla", "hela länet", "all", "the whole county"}
    codes: list[str] = []
    for part in _parts(text):
        if _folded(part) in whole:
            codes.extend(names)
        elif code := known.get(_folded(part)):
            codes.append(code)
        else:
            raise Refused("unknown_kommun", value=part)
    return sorted(set(codes))


def _parts(text: str) -> Iterator[str]:
    for part in text.replace(";", ",").replace("\n", ",").split(","):
        if part.strip():
            yield part.strip()


def _folded(name: str) -> str:
    """A name as it is compared: *Nacka kommun* and *nacka* are the same."""
    return " ".join(name.split()).casefold().removesuffix(KOMMUN_SUFFIX)


def read_place(kommuner_text: str, point_text: str, names: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a place as `places.Place` wants it, and the errors of its two fields (`kommuner`, `point`) in words.

    A point without kommuner gets the kommun that it lies in, where the map knows it.
    """
    place: dict[str, Any] = {"kommuner": [], "latitude": None, "longitude": None}
    errors: dict[str, str] = {}
    try:
        place["kommuner"] = read_kommuner(kommuner_text, names)
    except Refused as refused:
        errors["kommuner"] = words(refused)
    try:
        if point_text.strip():
            place["latitude"], place["longitude"] = read_point(point_text)
    except Refused as refused:
        errors["point"] = words(refused)
    if place["latitude"] is not None and not place["kommuner"] and not errors:
        found = kommun_at(Point(place["latitude"], place["longitude"]))
        place["kommuner"] = [found] if found in names else []
    return place, errors


def place_fields(payload: Mapping[str, Any], places: Places) -> tuple[str, str]:
    """Return what the two fields of a place start with: kommuner by name, and the point in WGS 84."""
    given = payload.get("where") or {}
    point = Coordinates.of(point_in(given))
    return places.named(given.get("kommuner") or ()), point.wgs84 if point else ""
