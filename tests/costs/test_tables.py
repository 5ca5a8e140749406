"""Every transition of every machine of this room: pure."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemensam.core.fold import fold
from gemensam.core.kinds import SubjectType
from gemensam.costs.domain import TYPES
from gemensam.costs.domain.budgets import Budget, computed_from
from tests.costs.entries import COMPUTED, PAYLOADS, REGISTRY, entry
from tests.histories import Drawn, check_order_changes_nothing, histories
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


ENTRIES = histories(PAYLOADS, ["kansliet", "nacka"], subjects=("a", "b"), size=20)


@settings(max_examples=200, deadline=None)
@given(ENTRIES, st.randoms(use_true_random=False))
def test_two_nodes_that_hold_the_same_entries_agree(drawn: list[Drawn], random: Random) -> None:
    made = [entry(at, kind, who, subject=subject, node=node) for kind, subject, who, at, node in drawn]
    check_order_changes_nothing(made, lambda *entries: fold("standing", entries, REGISTRY), random)
