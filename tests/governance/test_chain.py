"""A member's chain for a document: what is registered, missing, awaited, and never guessed: pure."""

import pytest

from gemensam.governance.domain import chain
from gemensam.governance.domain.chain import cells_of
from gemensam.governance.domain.routes import Route
from gemensam.regions import load_region
from tests.governance.entries import STEP, about, entry, folded

STEPS = load_region("stockholm").vocabularies["decision_steps"]["items"]
ROUTE = Route("kommun_a", ("skrivelse", "beredning", "styrelse"), frozenset({"styrelse"}))


def states(*told: dict[str, str], four_eyes: bool = False) -> dict[str, chain.Cell]:
    made = [
        entry(place, "decision.registered", "nacka", subject=f"s{place}", payload={**STEP, **one}, refs=about())
        for place, one in enumerate(told, 1)
    ]
    things = folded(*made).group("decisions_of", "doc")
    return {cell.step: cell for cell in cells_of(STEPS, ROUTE, things, four_eyes=four_eyes)}


def test_a_missing_step_before_a_known_one_is_not_stated_and_one_after_is_awaited() -> None:
    found = states({"step": "beredning", "date": "2023-06-07"})
    assert [found[step].state for step in ("skrivelse", "beredning", "styrelse", "fullmaktige")] == [
        chain.NOT_STATED, chain.STATED, chain.AWAITED, chain.OFF_ROUTE,
    ]  # fmt: skip


@pytest.mark.parametrize(("four_eyes", "state"), [(True, chain.UNCONFIRMED), (False, chain.STATED)])
def test_with_four_eyes_a_step_waits_for_another_person(four_eyes: bool, state: str) -> None:
    found = states({"step": "styrelse"}, four_eyes=four_eyes)
    assert (found["styrelse"].state, found["registrerat"].state) == (state, state)


def test_legal_force_is_told_as_the_earliest_day_and_only_where_the_posting_is_known() -> None:
    assert states({"step": "styrelse", "date": "2023-06-14"})["lagakraft"].state == chain.OFF_ROUTE
    posted = states({"step": "anslaget", "date": "2023-06-20"})["lagakraft"]
    assert (posted.state, posted.day) == (chain.EARLIEST, "2023-07-11")
