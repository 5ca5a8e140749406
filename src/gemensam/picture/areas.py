"""In which kommun a point lies, and which an area reaches, by the map that set-up makes.

The map is of `scripts/map_data.py`, with SCB's generalised borders. The borders are simplified and follow the land:
near one, the answer can be the neighbour, and off the shore it is the nearest kommun. Nothing but a proposal is made
from it, which a person sees before it is used.
"""

import json
import math
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from gemensam.picture.domain.coordinates import DEGREE, Point
from gemensam.picture.domain.overlap import Ring, is_in, overlap, sides

MAP = Path(__file__).parent / "static" / "picture" / "map" / "kommuner.json"
ASKED_OFF_SHORE = 12
OFF_SHORE = 0.03  # degrees of latitude: some three kilometres


def kommun_at(found: Point) -> str:
    """Return the code of the kommun that a point lies in or right off the shore of, or "" at sea and abroad."""
    longitude, latitude = found.longitude / DEGREE, found.latitude / DEGREE
    shapes = _shapes().items()
    inside = next((code for code, rings in shapes if is_in(rings, longitude, latitude)), "")
    return inside or _nearest(longitude, latitude)


@lru_cache(maxsize=200)
def kommuner_in(corners: tuple[Point, ...]) -> frozenset[str]:
    """Return the kommuner that an area covers some of; of one at sea, those right off whose shore its corners are."""
    ring = [(each.longitude / DEGREE, each.latitude / DEGREE) for each in corners]
    covered = frozenset(code for code, rings in _shapes().items() if overlap([ring], rings))
    some = corners[:: len(corners) // ASKED_OFF_SHORE + 1]  # each looks along every shore
    return covered or frozenset(kommun_at(each) for each in some) - {""}


def _nearest(longitude: float, latitude: float) -> str:
    narrow = math.cos(math.radians(latitude))  # a degree of longitude is this much of one of latitude
    away = min(
        (_distance((x - longitude) * narrow, y - latitude, (x2 - longitude) * narrow, y2 - latitude), code)
        for code, rings in _shapes().items()
        for (x, y), (x2, y2) in sides(rings)
    )
    return away[1] if away[0] <= OFF_SHORE else ""


def _distance(x1: float, y1: float, x2: float, y2: float) -> float:
    """Return how far the origin is from a side."""
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    share = max(0.0, min(1.0, -(x1 * (x2 - x1) + y1 * (y2 - y1)) / length)) if length else 0.0
    return math.hypot(x1 + share * (x2 - x1), y1 + share * (y2 - y1))


@cache
def _shapes() -> dict[str, list[Ring]]:
    features: list[dict[str, Any]] = json.loads(MAP.read_text())["features"]
    return {
        feature["properties"]["code"]: [
            [(x, y) for x, y in ring] for polygon in feature["geometry"]["coordinates"] for ring in polygon
        ]
        for feature in features
    }
