"""Every transition of every machine of this room: pure."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemensam.core.fold import fold
from gemensam.core.kinds import SubjectType
from gemensam.core.state import summary
from gemensam.costs.domain import TYPES
from gemensam.costs.domain.budgets import Budget, computed_from
from tests.costs.entries import COMPUTED, PAYLOADS, REGISTRY, entry
from tests.tables import OWNER, Tried, check_every_attempt


@pytest.mark.parametrize("subject", TYPES, ids=lambda subject: subject.name)
def test_every_status_takes_what_its_table_says_and_nothing_else(subject: SubjectType) -> None:
    tried = Tried(REGISTRY, subject, PAYLOADS)
    assert check_every_attempt(tried) == 2 * len(tried.statuses()) * len(tried.kinds()) * 2


def test_a_computation_in_the_state_is_made_again_and_holds() -> None:
    tried = Tried(REGISTRY, TYPES[2], PAYLOADS)
    thing = tried.fold([("budget.decided", OWNER), ("budget.estimated", OWNER)])
    assert thing is not None
    budget: Budget = thing.data
    assert budget.computed is not None
    assert budget.computed.holds()
    assert budget.computed.shares.of("a", "0180") == 286
    wrong = [{"code": "0114", "amount": 215}, {"code": "0180", "amount": 285}]
    assert not computed_from({**COMPUTED, "municipal": wrong}).holds()
    assert not computed_from({**COMPUTED, "rule": "other"}).holds()


histories = st.lists(
    st.tuples(
        st.sampled_from(sorted(PAYLOADS)), st.sampled_from(["a", "b"]), st.sampled_from(["kansliet", "nacka"]),
        st.integers(1, 40), st.sampled_from(["n1", "n2"]),
    ),
    max_size=20,
    unique_by=lambda drawn: (drawn[3], drawn[4]),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(histories, st.randoms(use_true_random=False))
def test_two_nodes_that_hold_the_same_entries_agree(drawn: Any, random: Any) -> None:
    made = [entry(at, kind, who, subject=subject, node=node) for kind, subject, who, at, node in drawn]
    other = list(made)
    random.shuffle(other)
    states = [
        fold("standing", [arrived._replace(position=place) for place, arrived in enumerate(each)], REGISTRY)
        for each in (made, other)
    ]
    assert summary(states[0]) == summary(states[1])
