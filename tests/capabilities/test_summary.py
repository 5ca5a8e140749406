"""No summary gives away fewer than the fewest members, not even by subtraction: pure, by trying all sums."""

from itertools import chain, combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemensam.capabilities.domain.scale import Standing
from gemensam.capabilities.domain.summary import Group, Told, every, gap_of, shown_groups, summarise
from tests.capabilities.test_scale import scale

KINDS = {"kommun": 8, "myndighet": 3, "bolag": 2, "region": 1}
MEMBERS = [f"{kind}-{number}" for kind, size in KINDS.items() for number in range(size)]
TWO = Standing("2", "2", unproven=False)


def tree(cuts: list[int]) -> Group:
    """All members, their kinds, and the kommuner cut into groups."""
    kommuner = [one for one in MEMBERS if one.startswith("kommun")]
    edges = [0, *sorted(set(cuts)), len(kommuner)]
    parts = [kommuner[start:stop] for start, stop in pairwise(edges) if stop > start]
    within = tuple(Group(f"kommun/{number}", frozenset(part)) for number, part in enumerate(parts))
    kinds = [
        Group(kind, frozenset(one for one in MEMBERS if one.startswith(kind)), within if kind == "kommun" else ())
        for kind in KINDS
    ]
    return Group("everybody", frozenset(MEMBERS), tuple(kinds))


def derivable(groups: list[Group]) -> list[frozenset[str]]:
    """Every set of members whose counts follow from those of the shown groups.

    The groups lie within each other, so that whatever can be worked out by adding and subtracting them is a sum of
    what remains of each outside those within it.
    """
    remains = []
    for group in groups:
        inner = [other.members for other in groups if other.members < group.members]
        remains.append(group.members - frozenset(chain.from_iterable(inner)))
    atoms = [each for each in set(remains) if each]
    return [frozenset(chain.from_iterable(some)) for n in range(1, len(atoms) + 1) for some in combinations(atoms, n)]


@settings(max_examples=400, deadline=None)
@given(st.frozensets(st.sampled_from(MEMBERS)), st.lists(st.integers(1, 7), max_size=3), st.integers(2, 6))
def test_what_can_be_worked_out_holds_no_reserved_member_or_enough(
    reserved: frozenset[str], cuts: list[int], fewest: int
) -> None:
    shown = shown_groups(tree(cuts), reserved, fewest)
    for some in derivable(shown):
        count = len(some & reserved)
        assert count == 0 or count >= fewest, (sorted(group.code for group in shown), sorted(some & reserved))


@given(st.lists(st.integers(1, 7), max_size=3))
def test_what_all_have_told_everybody_is_shown_for_every_group(cuts: list[int]) -> None:
    told = {one: Told(TWO, is_open=True) for one in MEMBERS}
    counts = summarise(tree(cuts), told, 5)
    assert [count.counts for count in counts] == [{("2", False): len(group.members)} for group in every(tree(cuts))]


def test_a_small_group_is_withheld_and_one_more_so_that_it_cannot_be_subtracted() -> None:
    told = {one: Told(TWO, is_open=False) for one in MEMBERS if not one.startswith(("bolag", "region"))}
    shown = {count.group: count.counts is not None for count in summarise(tree([]), told, 5)}
    assert shown["everybody"]
    assert not shown["myndighet"]
    assert not shown["kommun"], "all minus the kommuner would be three authorities"
    assert shown["bolag"] and shown["region"], "nothing is told of them"


def test_a_choice_to_tell_everybody_shows_even_a_group_of_one() -> None:
    told = {one: Told(TWO, is_open=one == "region-0") for one in MEMBERS}
    counts = {count.group: count.counts for count in summarise(tree([]), told, 5)}
    assert counts["region"] == {("2", False): 1}


@pytest.mark.parametrize("reserved", range(1, 5))
def test_too_few_in_all_are_withheld_in_all(reserved: int) -> None:
    told = {one: Told(TWO, is_open=place >= reserved) for place, one in enumerate(MEMBERS)}
    assert summarise(tree([]), told, 5)[0].counts is None


def test_gaps_count_low_and_unproven_and_name_only_those_whom_all_know_to_help() -> None:
    four = Standing("4", "4", unproven=False)
    told = {
        "nacka": Told(TWO, is_open=True), "taby": Told(Standing("4", "3", unproven=True), is_open=True),
        "solna": Told(four, is_open=True), "salem": Told(four, is_open=False),
    }  # fmt: skip
    gap = gap_of("1.1", told, scale())
    assert (gap.missing, gap.told, gap.helpers) == (2, 4, ("solna",))
