"""Coordinates in WGS 84, SWEREF 99 TM and MGRS. Pure; what is kept of a point is whole numbers (design 5.2).

The projection is Gauss–Krüger as Lantmäteriet publishes it ("Gauss Conformal Projection (Transverse Mercator)"), in
Krüger's series to the fourth order: well under a millimetre here. UTM, which MGRS names, is the same with other
constants. WGS 84 and SWEREF 99 are taken as one, as is usual for maps: they differ by less than a metre.
"""

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from gemensam.core.refusal import Refused

# A point is kept in ten-millionths of a degree: about a centimetre.
DEGREE = 10_000_000
# Sweden and the waters around it: here no latitude can be taken for a longitude, and no northing for an easting.
SOUTH, NORTH, WEST, EAST = 54, 70, 9, 26

_A, _F = 6_378_137.0, 1 / 298.257222101
_N = _F / (2 - _F)
_E = math.sqrt(_F * (2 - _F))  # eccentricity
_RADIUS = _A / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_FORWARD = (
    _N / 2 - 2 * _N**2 / 3 + 5 * _N**3 / 16 + 41 * _N**4 / 180,
    13 * _N**2 / 48 - 3 * _N**3 / 5 + 557 * _N**4 / 1440,
    61 * _N**3 / 240 - 103 * _N**4 / 140,
    49561 * _N**4 / 161280,
)
_BACK = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96 - _N**4 / 360,
    _N**2 / 48 + _N**3 / 15 - 437 * _N**4 / 1440,
    17 * _N**3 / 480 - 37 * _N**4 / 840,
    4397 * _N**4 / 161280,
)
_SCALE, _FALSE_EASTING = 0.9996, 500_000.0
_SWEREF_MERIDIAN = 15.0

_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_COLUMNS = ("STUVWXYZ", "ABCDEFGH", "JKLMNPQR")
_ROWS = "ABCDEFGHJKLMNPQRSTUV"
_SQUARE = 100_000

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_MGRS = re.compile(r"(\d{1,2})([C-HJ-NP-X])([A-HJ-NP-Z])([A-HJ-NP-V])((?:\d\d){2,5})")


class Point(NamedTuple):
    """A place on the ground in WGS 84, in ten-millionths of a degree (`DEGREE`)."""

    latitude: int
    longitude: int


def point(latitude: float, longitude: float) -> Point:
    """Return a point from degrees; raises `Refused("point_outside")` for what is not in or near Sweden."""
    if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
        raise Refused("point_outside")
    return Point(round(latitude * DEGREE), round(longitude * DEGREE))


def is_inside(latitude: int, longitude: int) -> bool:
    """Whether a point as it is kept is in or near Sweden."""
    return SOUTH * DEGREE <= latitude <= NORTH * DEGREE and WEST * DEGREE <= longitude <= EAST * DEGREE


def read_point(text: str) -> Point:
    """Return the point that a person has written, in any of the three systems.

    Degrees with decimals, with minutes or with minutes and seconds; SWEREF 99 TM in metres; MGRS to a kilometre or
    better (the middle of its square). The two numbers may stand in either order. Raises `Refused`:
    `point_unreadable`, `point_outside`.
    """
    if found := _MGRS.fullmatch(re.sub(r"\s", "", text).upper()):
        return _read_mgrs(*found.groups())
    numbers = _numbers(text)
    if len(numbers) not in (2, 4, 6):
        raise Refused("point_unreadable")
    half = len(numbers) // 2
    first, second = _sexagesimal(numbers[:half]), _sexagesimal(numbers[half:])
    if max(first, second) <= 180:
        return point(max(first, second), min(first, second))
    if len(numbers) != 2 or min(first, second) <= 180:
        raise Refused("point_unreadable")
    return point(*_inverse(max(first, second), min(first, second), _SWEREF_MERIDIAN))


def _numbers(text: str) -> list[float]:
    found = _NUMBER.findall(text)
    if len(found) == 1:  # whole numbers with nothing but a comma between
        found = found[0].split(",")
    return [float(number.replace(",", ".")) for number in found]


def _sexagesimal(parts: Sequence[float]) -> float:
    if any(part >= 60 for part in parts[1:]):
        raise Refused("point_unreadable")
    return sum(part / float(60**place) for place, part in enumerate(parts))


def as_wgs84(found: Point) -> str:
    """Return latitude and longitude in degrees: `59.32930, 18.06860`."""
    return ", ".join(_degrees(value) for value in found)


def _degrees(value: int) -> str:
    hundred_thousandths = (value + 50) // 100
    return f"{hundred_thousandths // 100_000}.{hundred_thousandths % 100_000:05d}"


def as_sweref99tm(found: Point) -> str:
    """Return northing and easting in SWEREF 99 TM, in metres: `N 6580822, E 674032`."""
    north, east = _forward(found.latitude / DEGREE, found.longitude / DEGREE, _SWEREF_MERIDIAN)
    return f"N {round(north)}, E {round(east)}"


def as_mgrs(found: Point) -> str:
    """Return the reference of the square metre that a point lies in, in MGRS: `34V CL 33230 80391`."""
    latitude, longitude = found.latitude / DEGREE, found.longitude / DEGREE
    zone = int((longitude + 180) // 6) + 1
    north, east = _forward(latitude, longitude, _meridian(zone))
    north, east = math.floor(north), math.floor(east)
    band = _BANDS[min(int((latitude + 80) // 8), len(_BANDS) - 1)]
    column = _COLUMNS[zone % 3][east // _SQUARE - 1]
    row = _ROWS[(north // _SQUARE + _shift(zone)) % len(_ROWS)]
    return f"{zone:02d}{band} {column}{row} {east % _SQUARE:05d} {north % _SQUARE:05d}"


def _read_mgrs(zone_text: str, band: str, column: str, row: str, digits: str) -> Point:
    zone = int(zone_text)
    if not 1 <= zone <= 60 or column not in _COLUMNS[zone % 3]:
        raise Refused("point_unreadable")
    half = len(digits) // 2
    side = 10 ** (5 - half)
    east = (_COLUMNS[zone % 3].index(column) + 1) * _SQUARE + int(digits[:half]) * side + side / 2
    north = (_ROWS.index(row) - _shift(zone)) % len(_ROWS) * _SQUARE + int(digits[half:]) * side + side / 2
    middle = _BANDS.index(band) * 8 - 80 + 4
    # Letters of rows come again every 2,000 km; a band of latitude is less than half of that.
    places = (_inverse(north + turn * _SQUARE * len(_ROWS), east, _meridian(zone)) for turn in range(5))
    return point(*min(places, key=lambda place: abs(place[0] - middle)))


def _shift(zone: int) -> int:
    return 5 if zone % 2 == 0 else 0


def _meridian(zone: int) -> float:
    return zone * 6 - 183.0


def _forward(latitude: float, longitude: float, meridian: float) -> tuple[float, float]:
    """Return northing and easting in metres of degrees."""
    phi, away = math.radians(latitude), math.radians(longitude - meridian)
    conformal = math.atan(math.sinh(math.atanh(math.sin(phi)) - _lift(phi)))
    xi = math.atan2(math.tan(conformal), math.cos(away))
    eta = math.atanh(math.cos(conformal) * math.sin(away))
    north, east = xi, eta
    for turn, factor in enumerate(_FORWARD, 1):
        north += factor * math.sin(2 * turn * xi) * math.cosh(2 * turn * eta)
        east += factor * math.cos(2 * turn * xi) * math.sinh(2 * turn * eta)
    return _SCALE * _RADIUS * north, _SCALE * _RADIUS * east + _FALSE_EASTING


def _inverse(north: float, east: float, meridian: float) -> tuple[float, float]:
    """Return degrees of northing and easting in metres; raises `Refused("point_outside")` far from the meridian."""
    if abs(east - _FALSE_EASTING) > 1_000_000 or not 0 <= north <= 10_000_000:
        raise Refused("point_outside")
    xi, eta = north / (_SCALE * _RADIUS), (east - _FALSE_EASTING) / (_SCALE * _RADIUS)
    up, across = xi, eta
    for turn, factor in enumerate(_BACK, 1):
        up -= factor * math.sin(2 * turn * xi) * math.cosh(2 * turn * eta)
        across -= factor * math.cos(2 * turn * xi) * math.sinh(2 * turn * eta)
    conformal = math.asin(math.sin(up) / math.cosh(across))
    away = math.atan2(math.sinh(across), math.cos(up))
    return math.degrees(_geodetic(conformal)), meridian + math.degrees(away)


def _geodetic(conformal: float) -> float:
    """Return the latitude of a conformal latitude, both in radians; five rounds are exact to the last digit."""
    phi = conformal
    for _round in range(5):
        phi = math.atan(math.sinh(math.asinh(math.tan(conformal)) + _lift(phi)))
    return phi


def _lift(phi: float) -> float:
    """Return by how much the ellipsoid differs from a sphere at a latitude, on the isometric scale."""
    return _E * math.atanh(_E * math.sin(phi))
