"""Whether areas overlap, and which kommuner an area on the map reaches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemensam.picture.areas import MAP, kommuner_in
from gemensam.picture.domain.coordinates import Point, point
from gemensam.picture.domain.overlap import Ring, is_in, overlap

GRID = st.integers(-20, 20)
SIZE = st.integers(1, 12)


def box(x: float, y: float, width: float, height: float) -> list[Ring]:
    return [[(x, y), (x + width, y), (x + width, y + height), (x, y + height)]]


@given(GRID, GRID, SIZE, SIZE, GRID, GRID, SIZE, SIZE)
def test_boxes_overlap_as_their_sides_say(x: int, y: int, w: int, h: int, x2: int, y2: int, w2: int, h2: int) -> None:
    expected = x <= x2 + w2 and x2 <= x + w and y <= y2 + h2 and y2 <= y + h
    assert overlap(box(x, y, w, h), box(x2, y2, w2, h2)) is expected
    assert overlap(box(x2, y2, w2, h2), box(x, y, w, h)) is expected


@given(st.lists(st.tuples(GRID, GRID), min_size=3, max_size=9, unique=True), GRID, GRID)
def test_a_shape_overlaps_whatever_lies_in_it(corners: list[tuple[float, float]], x: int, y: int) -> None:
    if is_in([corners], x + 0.5, y + 0.5):
        assert overlap([corners], box(x + 0.4, y + 0.4, 0.2, 0.2))
        assert overlap(box(x + 0.4, y + 0.4, 0.2, 0.2), [corners])


def test_what_lies_in_a_hole_does_not_overlap_and_what_lies_on_an_island_in_it_does() -> None:
    lake = [*box(0, 0, 30, 30), *box(10, 10, 10, 10)]
    assert not overlap(lake, box(12, 12, 2, 2))
    assert overlap(lake, box(12, 12, 20, 2))  # across the shore
    assert overlap([*lake, *box(14, 14, 2, 2)], box(13, 13, 4, 4))


def test_two_that_cross_without_a_corner_in_each_other_overlap() -> None:
    assert overlap(box(-10, -1, 20, 2), box(-1, -10, 2, 20))


def drawn(*corners: tuple[float, float]) -> tuple[Point, ...]:
    return tuple(point(*each) for each in corners)


@pytest.mark.skipif(not MAP.exists(), reason="the map is made at set-up")
@pytest.mark.parametrize(
    ("corners", "expected", "others"),
    [
        # By Nacka strand; in the middle of Stockholm; across the border of both; in the open sea.
        ([(59.310, 18.150), (59.313, 18.150), (59.313, 18.156)], {"0182"}, {"0180"}),
        ([(59.330, 18.050), (59.335, 18.050), (59.335, 18.060)], {"0180"}, {"0182"}),
        ([(59.300, 18.050), (59.320, 18.200), (59.290, 18.200)], {"0180", "0182"}, {"0188"}),
        ([(59.000, 19.900), (59.050, 19.900), (59.050, 19.950)], set(), {"0120"}),
    ],
)
def test_an_area_reaches_the_kommuner_that_it_covers_some_of(
    corners: list[tuple[float, float]], expected: set[str], others: set[str]
) -> None:
    found = kommuner_in(drawn(*corners))
    assert expected <= found and not others & found
