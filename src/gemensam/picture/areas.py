"""In which kommun a point lies, by the map that set-up makes (`scripts/map_data.py`; SCB's generalised borders).

The borders are simplified and follow the land: near one, the answer can be the neighbour, and off the shore it is the
nearest kommun. Nothing but a proposal is made from it.
"""

import json
import math
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from gemensam.picture.domain.coordinates import DEGREE, Point

MAP = Path(__file__).parent / "static" / "picture" / "map" / "kommuner.json"
OFF_SHORE = 0.03  # degrees of latitude: some three kilometres
Ring = list[list[float]]


def kommun_at(found: Point) -> str:
    """Return the code of the kommun that a point lies in or right off the shore of, or "" at sea and abroad."""
    longitude, latitude = found.longitude / DEGREE, found.latitude / DEGREE
    shapes = _shapes().items()
    inside = next((code for code, rings in shapes if _is_in(rings, longitude, latitude)), "")
    return inside or _nearest(longitude, latitude)


def _nearest(longitude: float, latitude: float) -> str:
    narrow = math.cos(math.radians(latitude))  # a degree of longitude is this much of one of latitude
    away = min(
        (_distance((x - longitude) * narrow, y - latitude, (x2 - longitude) * narrow, y2 - latitude), code)
        for code, rings in _shapes().items()
        for ring in rings
        for (x, y), (x2, y2) in pairwise(ring)
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
        feature["properties"]["code"]: [ring for polygon in feature["geometry"]["coordinates"] for ring in polygon]
        for feature in features
    }


def _is_in(rings: list[Ring], longitude: float, latitude: float) -> bool:
    """Whether a ray to the east crosses the rings an odd number of times: islands and holes count themselves."""
    crossings = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > latitude) != (y2 > latitude):
                crossings += longitude < x1 + (latitude - y1) / (y2 - y1) * (x2 - x1)
    return crossings % 2 == 1
