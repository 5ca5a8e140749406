"""Every transition of every machine of this room: pure."""

import pytest

from gemensam.core.kinds import SubjectType
from gemensam.costs.domain import TYPES
from gemensam.costs.domain.budgets import Budget, computed_from
from tests.costs.entries import COMPUTED, PAYLOADS, REGISTRY
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
