"""Coordinates: the three systems against known values, what people write, and what is refused.

The values of SWEREF 99 TM are PROJ 9's (EPSG:3006), those of MGRS GEOTRANS's, both computed outside the program.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemensam.core.refusal import Refused
from gemensam.picture.domain import coordinates as c

KNOWN = [
    (59.3275, 18.0547, "N 6580506, E 673791", "34V CL 32430 80225"),
    (59.7580, 18.7049, "N 6630276, E 708087", "34V CM 71067 26692"),
    (58.9034, 17.9479, "N 6533037, E 669803", "33V XF 69802 33037"),
    (57.7089, 11.9746, "N 6400326, E 319758", "32V PK 77216 00192"),
    (67.8558, 20.2253, "N 7536070, E 719583", "34W DA 67413 26991"),
]


@pytest.mark.parametrize(("latitude", "longitude", "sweref", "mgrs"), KNOWN)
def test_a_point_is_written_in_three_systems(latitude: float, longitude: float, sweref: str, mgrs: str) -> None:
    point = c.point(latitude, longitude)
    assert (c.as_wgs84(point), c.as_sweref99tm(point), c.as_mgrs(point)) == (
        f"{latitude:.5f}, {longitude:.5f}",
        sweref,
        mgrs,
    )


@pytest.mark.parametrize(("latitude", "longitude", "sweref", "mgrs"), KNOWN)
def test_each_system_is_read_back(latitude: float, longitude: float, sweref: str, mgrs: str) -> None:
    for text in (f"{latitude}, {longitude}", sweref, mgrs):
        read = c.read_point(text)
        assert abs(read.latitude - latitude * c.DEGREE) < 100  # a metre
        assert abs(read.longitude - longitude * c.DEGREE) < 250


@given(st.integers(540_001_000, 699_999_000), st.integers(90_001_000, 259_999_000))
def test_what_is_shown_is_read_as_the_same(latitude: int, longitude: int) -> None:
    point = c.Point(latitude, longitude)
    for write in (c.as_sweref99tm, c.as_mgrs, c.as_wgs84):
        assert write(c.read_point(write(point))) == write(point)


@pytest.mark.parametrize(
    "text",
    [
        "59.3275, 18.0547", "59.3275,18.0547", "59,3275 18,0547", "59,3275, 18,0547", "18.0547 59.3275",
        "N 59.3275° E 18.0547°", "59°19'39\"N 18°3'16.9\"E", "59° 19.65' N, 18° 3.282' O", "N 6580506 E 673791",
        "6580506,673791", "673791 6580506", "34V CL 32430 80225", "34vcl3243080225",
    ],
)  # fmt: skip
def test_people_write_a_point_in_many_ways(text: str) -> None:
    read = c.read_point(text)
    assert abs(read.latitude - 593_275_000) < 200
    assert abs(read.longitude - 180_547_000) < 300


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "point_unreadable"),
        ("Slussen", "point_unreadable"),
        ("59.3275", "point_unreadable"),
        ("59.3275, 18.0547, 12", "point_unreadable"),
        ("59 75 00 18 00 00", "point_unreadable"),
        ("6580506, 18.05", "point_unreadable"),
        ("34V IL 32430 80225", "point_unreadable"),
        ("34V SL 32430 80225", "point_unreadable"),
        ("48.85, 2.35", "point_outside"),
        ("6580506, 5073791", "point_outside"),
        ("31U DQ 52000 11000", "point_outside"),
    ],
)
def test_what_is_no_point_here_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        c.read_point(text)


def test_the_coarse_square_of_mgrs_is_its_middle() -> None:
    coarse, fine = c.read_point("34V CL 32 80"), c.read_point("34V CL 32500 80500")
    assert abs(coarse.latitude - fine.latitude) < 100
    assert abs(coarse.longitude - fine.longitude) < 200
