"""What a list's items look like, learnt from them, and what differs is told by its place."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemensam.organisations.domain.shapes import Fault, faults, shape_of, shape_of_list
from gemensam.regions import load_region

ITEMS: list[dict[str, Any]] = [
    {"code": "a", "name": "A", "order": 1, "careful": True, "sectors": ["x"], "until": None,
     "points": [{"title": "T", "minute": 0}, {"title": "U", "minute": 1, "note": "n"}]},
    {"code": "b", "name": "B", "order": 2, "careful": False, "sectors": [], "until": None, "points": []},
]  # fmt: skip
WRONG = [
    ({"order": "1"}, Fault("order", "wrong_kind")),
    ({"order": True}, Fault("order", "wrong_kind")),
    ({"careful": 1}, Fault("careful", "wrong_kind")),
    ({"sectors": "x"}, Fault("sectors", "wrong_kind")),
    ({"sectors": [1]}, Fault("sectors.1", "wrong_kind")),
    ({"points": [{"title": "T"}]}, Fault("points.1.minute", "missing")),
    ({"points": [{"title": "T", "minute": 1, "colour": "r"}]}, Fault("points.1.colour", "unknown_field")),
    ({"points": None}, Fault("points", "wrong_kind")),
    ({"colour": "red"}, Fault("colour", "unknown_field")),
    ({"name": None}, Fault("name", "wrong_kind")),
]


@pytest.mark.parametrize(("change", "fault"), WRONG)
def test_what_differs_is_told_by_its_place(change: dict[str, Any], fault: Fault) -> None:
    assert list(faults({**ITEMS[0], **change}, shape_of(ITEMS))) == [fault]


def test_a_field_that_all_items_have_must_be_there() -> None:
    item = {name: value for name, value in ITEMS[0].items() if name != "order"}
    assert list(faults(item, shape_of(ITEMS))) == [Fault("order", "missing")]


def test_what_has_always_been_empty_may_become_a_text_and_any_item_may_be_out_of_use() -> None:
    shape = shape_of_list("rows", ITEMS)
    assert list(faults({**ITEMS[1], "until": "2027-01-01", "retired": True, "help": "h"}, shape)) == []


def test_a_list_fits_its_own_shape_whatever_it_holds() -> None:
    lists = load_region("stockholm").vocabularies
    assert len(lists) > 30
    for code, vocabulary in lists.items():
        shape = shape_of_list(code, vocabulary["items"])
        assert [fault for item in vocabulary["items"] for fault in faults(item, shape)] == [], code


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=12,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.dictionaries(st.sampled_from("abcd"), json_values, max_size=4), min_size=1, max_size=4))
def test_every_value_fits_the_shape_that_was_learnt_from_it(items: list[dict[str, Any]]) -> None:
    shape = shape_of(items)
    assert [fault for item in items for fault in faults(item, shape)] == []
