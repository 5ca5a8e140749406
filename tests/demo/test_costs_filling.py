"""The demonstration's costs: entered once, marked as invented, with the published populations."""

import pytest

from gemensam.core.policy import STANDING
from gemensam.costs.domain.bases import populations
from gemensam.costs.domain.budgets import budgets
from gemensam.demo.costs_filling import INVENTED, fill_costs
from gemensam.ledger.append import now_ms
from tests.network import Network


@pytest.mark.database
def test_costs_are_filled_in_once_and_say_that_they_are_invented(network: Network) -> None:
    fill_costs(now_ms())
    state = network.lens("nacka-tib").state(STANDING)
    assert [each.total for each in populations(state)][:3] == [2_440_027, 2_454_821, 2_473_307]  # SCB's sums
    found = budgets(state)
    assert [(each.year, each.settled is not None) for each in found] == [
        (2027, False), (2026, True), (2025, True), (2024, True),
    ]  # fmt: skip
    assert all(each.reference == INVENTED and each.computed is not None and each.computed.holds() for each in found)
    fill_costs(now_ms())
    assert network.lens("nacka-tib").state(STANDING).position == state.position
