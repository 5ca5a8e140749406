"""The arithmetic of shares: exact, the same whatever the order, and never less for more inhabitants."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemensam.core.refusal import Refused
from gemensam.costs.domain.shares import (
    LARGEST_KRONOR,
    Basis,
    Figure,
    Part,
    allot,
    compute,
    kronor,
    reference_day,
    reference_day_of,
)
from tests.costs.making import MUNICIPALITIES

CODES = sorted(MUNICIPALITIES)
budgets = st.one_of(
    st.integers(1, LARGEST_KRONOR), st.integers(1, 60), st.sampled_from([1, 7, 10**6, LARGEST_KRONOR])
).map(lambda kronor: kronor * 100)
counts = st.one_of(st.integers(1, 2_000_000), st.integers(1, 3), st.just(34_851))
populations = st.lists(counts, min_size=26, max_size=26).map(
    lambda found: tuple(Figure(code, MUNICIPALITIES[code], each) for code, each in zip(CODES, found, strict=True))
)
keys = st.dictionaries(st.sampled_from(["polisen", "region-stockholm", "nacka", "ssbf"]), st.integers(0, 10**6)).filter(
    lambda found: not found or any(found.values())
)


def parts(key: dict[str, int]) -> tuple[Part, ...]:
    return tuple(Part(organisation, organisation, weight) for organisation, weight in key.items())


@settings(max_examples=300, deadline=None)
@given(budgets, populations, keys)
def test_every_half_is_shared_out_to_the_last_ore(budget: int, figures: Any, key: dict[str, int]) -> None:
    shares = compute(Basis(budget, figures, parts(key)))
    assert sum(shares.municipal.values()) * 2 == budget
    assert shares.other is None if not key else sum(shares.other.values()) * 2 == budget  # type: ignore[union-attr]
    total = sum(each.inhabitants for each in figures)
    for each in figures:
        quota = budget // 2 * each.inhabitants
        assert abs(shares.municipal[each.kommunkod] * total - quota) < total  # less than one öre from its quota


@settings(max_examples=200, deadline=None)
@given(budgets, populations, keys, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(budget: int, figures: Any, key: dict[str, int], random: Any) -> None:
    other, turned = list(figures), list(parts(key))
    random.shuffle(other)
    random.shuffle(turned)
    first = compute(Basis(budget, figures, parts(key)))
    again = compute(Basis(budget, tuple(other), tuple(turned)))
    assert first == again
    assert list(first.municipal) == list(again.municipal) == CODES


@settings(max_examples=200, deadline=None)
@given(budgets, populations)
def test_more_inhabitants_never_pay_less_and_as_many_differ_by_one_ore_at_most(budget: int, figures: Any) -> None:
    shares = compute(Basis(budget, figures)).municipal
    ranked = sorted(figures, key=lambda each: each.inhabitants)
    for less, more in pairwise(ranked):
        difference = shares[more.kommunkod] - shares[less.kommunkod]
        assert abs(difference) <= 1 if less.inhabitants == more.inhabitants else difference >= 0


def test_the_ore_that_are_left_go_to_the_largest_fractions_and_then_to_the_lowest_code() -> None:
    assert allot(10, {"b": 1, "a": 1, "c": 1}) == {"a": 4, "b": 3, "c": 3}
    assert allot(11, {"c": 1, "b": 1, "a": 1}) == {"a": 4, "b": 4, "c": 3}
    assert allot(10, {"a": 5, "b": 6, "c": 0}) == {"a": 5, "b": 5, "c": 0}  # 4.55 and 5.45
    assert allot(100, {"a": 1, "b": 2}) == {"a": 33, "b": 67}


def test_known_shares_stay_what_they_are() -> None:
    """An old year computed again gives the same, in every release: half of 7 000 001 kr by three figures."""
    figures = (Figure("0114", "A", 49262), Figure("0180", "B", 984748), Figure("0187", "C", 11863))
    shares = compute(Basis(700_000_100, figures, (Part("polisen", "P", 1), Part("region", "R", 2))))
    assert shares.municipal == {"0114": 16485465, "0180": 329544647, "0187": 3969938}
    assert shares.other == {"polisen": 116666683, "region": 233333367}


@pytest.mark.parametrize(
    ("budget", "code"),
    [(0, "budget_not_positive"), (-100, "budget_not_positive"), (101, "budget_odd"),
     (LARGEST_KRONOR * 100 + 2, "budget_too_large")],
)  # fmt: skip
def test_a_budget_that_cannot_be_halved_or_is_none_is_refused(budget: int, code: str) -> None:
    with pytest.raises(Refused, match=code):
        compute(Basis(budget, (Figure("0114", "A", 1),)))


@pytest.mark.parametrize("weights", [{}, {"a": 0}, {"a": 0, "b": 0}, {"a": -1, "b": 3}])
def test_nobody_to_share_among_is_refused(weights: dict[str, int]) -> None:
    with pytest.raises((Refused, ValueError)):
        allot(100, weights)


def test_a_rule_of_another_version_is_not_taken_for_ours() -> None:
    with pytest.raises(Refused, match="cost_rule_unknown"):
        compute(Basis(100, (Figure("0114", "A", 1),), rule="banker"))


@pytest.mark.parametrize(
    ("at", "day"),
    [("2026-01-01", "2025-12-31"), ("2025-12-31", "2025-12-31"), ("2026-06-30", "2025-12-31"),
     ("2024-02-29", "2023-12-31")],
)  # fmt: skip
def test_the_start_of_a_budget_year_uses_the_figures_of_the_day_before(at: str, day: str) -> None:
    assert reference_day(date.fromisoformat(at)) == date.fromisoformat(day)
    assert reference_day_of(2026) == date(2025, 12, 31)


def test_amounts_in_kronor() -> None:
    assert [kronor(each) for each in (0, 5, 100, 1234567, -50, -1234567)] == [
        "0.00", "0.05", "1.00", "12345.67", "-0.50", "-12345.67",
    ]  # fmt: skip
