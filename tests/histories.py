"""Histories that Hypothesis draws: a room's entries by several organisations on two nodes; and what holds of each."""

from collections.abc import Callable, Iterable, Sequence
from random import Random

from hypothesis import strategies as st

from gemensam.core.fold import Arrived
from gemensam.core.state import SpaceState, summary

Drawn = tuple[str, str, str, int, str]  # kind, subject, organisation, time in ms, node
Fold = Callable[..., SpaceState]  # of the entries, in the order in which they came


def histories(
    kinds: Iterable[str], parties: Sequence[str], *, subjects: Sequence[str] = ("a", "b", "c"), size: int = 30
) -> st.SearchStrategy[list[Drawn]]:
    """Draw up to `size` entries; no node writes two at the same time."""
    drawn = st.tuples(
        st.sampled_from(sorted(kinds)), st.sampled_from(subjects), st.sampled_from(parties), st.integers(1, 2 * size),
        st.sampled_from(["n1", "n2"]),
    )  # fmt: skip
    return st.lists(drawn, max_size=size, unique_by=lambda each: (each[3], each[4]))


def placed(entries: Iterable[Arrived]) -> list[Arrived]:
    """Return entries with the positions of the order in which they are given."""
    return [arrived._replace(position=place) for place, arrived in enumerate(entries)]


def check_order_changes_nothing(made: Sequence[Arrived], folded: Fold, random: Random) -> None:
    """Assert that two nodes agree which hold the same entries, and got them in different orders."""
    other = list(made)
    random.shuffle(other)
    first, second = folded(*placed(made)), folded(*placed(other))
    assert summary(first) == summary(second)
    assert sorted(first.groups.items()) == sorted(second.groups.items())


def check_disposal_changes_no_verdict(made: Sequence[Arrived], disposed: Sequence[Arrived], folded: Fold) -> None:
    """Assert that entries get the same verdicts and things the same status where the texts of some are gone."""
    whole, less = folded(*placed(made)), folded(*placed(disposed))
    for arrived in made:
        assert whole.verdict(arrived.header, arrived.digest) == less.verdict(arrived.header, arrived.digest)
    assert _statuses(whole) == _statuses(less)


def _statuses(state: SpaceState) -> dict[str, tuple[str, dict[str, str]]]:
    return {name: (thing.status, dict(thing.parties)) for name, thing in state.things.items()}
