"""Drawings: what is allowed, the table, and how long one holds."""

from itertools import product
from typing import Any

import pytest

from gemensam.core.kinds import collect
from gemensam.core.refusal import Refused
from gemensam.geography.domain import KINDS
from gemensam.geography.domain.drawings import CORNERS_MAX, DRAWING, DrawingData
from gemensam.picture.domain.coordinates import DEGREE
from tests.picture import world as worlds
from tests.picture.world import HOUR, NOW, World


@pytest.fixture(autouse=True)
def with_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The world of the picture's tests, with this room's kinds in it."""
    monkeypatch.setattr(worlds, "REGISTRY", collect((*worlds.REGISTRY.kinds.values(), *KINDS)))


def corner(latitude: float, longitude: float) -> dict[str, int]:
    return {"latitude": round(latitude * DEGREE), "longitude": round(longitude * DEGREE)}


SQUARE = [corner(59.3, 18.0), corner(59.4, 18.0), corner(59.4, 18.2)]


def drawing(**more: Any) -> dict[str, Any]:
    return {"shape": "area", "label": "Avspärrat", "corners": SQUARE, "valid_from": NOW, **more}


def data(world: World, subject: str = "d") -> DrawingData:
    found: DrawingData = world.thing(subject).data
    return found


def test_a_drawing_stands_with_its_time_and_is_changed_by_its_owner() -> None:
    world = World()
    first = world.write("drawing.made", "d", "nacka", drawing(valid_until=NOW + HOUR))
    assert (data(world).shape, data(world).content, data(world).changes) == ("area", first, 0)
    second = world.write("drawing.changed", "d", "nacka", drawing(shape="line", corners=SQUARE[:2]))
    assert (data(world).shape, data(world).content, data(world).valid_until) == ("line", second, 0)
    world.write("drawing.withdrawn", "d", "nacka", {"reason": "Öppet igen."})
    assert world.thing("d").status == "withdrawn"
    assert world.state.group("drawings") == ()


def test_when_a_drawing_holds() -> None:
    world = World()
    world.write("drawing.made", "d", "nacka", drawing(valid_until=NOW + HOUR))
    held = [data(world).is_valid(NOW + shift) for shift in (-1, 0, HOUR - 1, HOUR)]
    assert held == [False, True, True, False]
    assert data(world).is_over(NOW + HOUR)
    world.write("drawing.changed", "d", "nacka", drawing())
    assert data(world).is_valid(NOW + 1000 * HOUR)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"shape": "circle"}, "unknown_shape"),
        ({"label": "  "}, "drawing_label_missing"),
        ({"label": "x" * 121}, "text_too_long"),
        ({"corners": SQUARE[:2]}, "too_few_corners"),
        ({"corners": [SQUARE[0]] * 3}, "too_few_corners"),
        ({"shape": "line", "corners": SQUARE[:1]}, "too_few_corners"),
        ({"shape": "point", "corners": SQUARE}, "too_few_corners"),
        ({"corners": [corner(59.3, 18.0 + place / 10_000) for place in range(CORNERS_MAX + 1)]}, "too_many_corners"),
        ({"corners": [*SQUARE, corner(48.0, 2.0)]}, "point_outside"),
        ({"valid_until": NOW}, "drawing_time_wrong"),
        ({"valid_from": 0}, "drawing_time_wrong"),
        ({"note": "x" * 1_001}, "text_too_long"),
    ],
)
def test_what_cannot_be_drawn_is_refused(more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        World().decide("drawing.made", "d", "nacka", drawing(**more))


def test_a_withdrawal_says_why() -> None:
    world = World()
    world.write("drawing.made", "d", "nacka", drawing())
    with pytest.raises(Refused, match="reason_missing"):
        world.decide("drawing.withdrawn", "d", "nacka", {"reason": " "})


PATHS = {"drawn": ["drawing.made"], "withdrawn": ["drawing.made", "drawing.withdrawn"]}


@pytest.mark.parametrize(("status", "kind"), list(product(PATHS, sorted(DRAWING.owner.kinds))))
def test_every_step_of_the_table_and_no_step_by_another(status: str, kind: str) -> None:
    world = World()
    for step in PATHS[status]:
        world.put(step, "d", "nacka", None)
    assert world.thing("d").status == status
    after = DRAWING.owner.follow(status, kind)
    digest = world.put(kind, "d", "nacka", None)
    assert (world.thing("d").status, digest in world.thing("d").superseded) == (after or status, after is None)
    foreign = world.put(kind, "d", "taby", None)
    assert (world.thing("d").status, foreign in world.thing("d").superseded) == (after or status, True)


def test_a_drawing_that_has_been_disposed_of_shows_nothing() -> None:
    world = World()
    world.put("drawing.made", "d", "nacka", None)
    assert (data(world).shape, world.thing("d").status) == ("", "drawn")
