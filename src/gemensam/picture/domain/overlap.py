"""Whether flat shapes overlap: rings of (x, y), the inside counted by crossings, so that islands and holes work out.

Rings are closed: the last corner is joined to the first. Touching counts as overlapping.
"""

from collections.abc import Iterable, Iterator, Sequence

Corner = tuple[float, float]
Ring = Sequence[Corner]
Side = tuple[Corner, Corner]
Box = tuple[float, float, float, float]


def is_in(rings: Iterable[Ring], x: float, y: float) -> bool:
    """Whether a ray to the east crosses the rings an odd number of times."""
    crossings = 0
    for (x1, y1), (x2, y2) in sides(rings):
        if (y1 > y) != (y2 > y):
            crossings += x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)
    return crossings % 2 == 1


def overlap(first: Sequence[Ring], second: Sequence[Ring]) -> bool:
    """Whether two shapes have a place in common: a corner of one in the other, or sides that cross."""
    box = _common(_box(first), _box(second))
    if box is None:
        return False
    if any(is_in(second, *ring[0]) for ring in first) or any(is_in(first, *ring[0]) for ring in second):
        return True
    near = [side for side in sides(second) if _reaches(side, box)]
    return any(_cross(one, other) for one in sides(first) if _reaches(one, box) for other in near)


def sides(rings: Iterable[Ring]) -> Iterator[Side]:
    """Yield the sides of all rings, that from the last corner to the first too."""
    for ring in rings:
        for place, corner in enumerate(ring):
            yield ring[place - 1], corner


def _box(rings: Sequence[Ring]) -> Box:
    xs, ys = ([corner[axis] for ring in rings for corner in ring] for axis in (0, 1))
    return min(xs), min(ys), max(xs), max(ys)


def _common(one: Box, other: Box) -> Box | None:
    box = max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
    return box if box[0] <= box[2] and box[1] <= box[3] else None


def _reaches(side: Side, box: Box) -> bool:
    (x1, y1), (x2, y2) = side
    return min(x1, x2) <= box[2] and max(x1, x2) >= box[0] and min(y1, y2) <= box[3] and max(y1, y2) >= box[1]


def _cross(one: Side, other: Side) -> bool:
    """Whether two sides have a point in common."""
    (a, b), (c, d) = one, other
    turns = _turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)
    if turns[0] * turns[1] < 0 and turns[2] * turns[3] < 0:
        return True
    on = ((a, b, c), (a, b, d), (c, d, a), (c, d, b))
    return any(turn == 0 and _between(*points) for turn, points in zip(turns, on, strict=True))


def _turn(a: Corner, b: Corner, c: Corner) -> float:
    """Return on which side of the line from `a` to `b` a point lies: more than 0 to the left, 0 on it."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _between(a: Corner, b: Corner, c: Corner) -> bool:
    """Whether a point of the line through `a` and `b` lies between them."""
    return min(a[0], b[0]) <= c[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= c[1] <= max(a[1], b[1])
