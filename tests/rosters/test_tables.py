"""Every transition of every machine of this room, and the fold of its things: pure."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemensam.core.kinds import SubjectType
from gemensam.core.state import IN_FORCE
from gemensam.rosters.domain import TYPES
from tests.histories import Drawn, check_order_changes_nothing, histories
from tests.rosters.entries import PAYLOADS, REGISTRY, entry, folded
from tests.tables import Tried, check_every_attempt


@pytest.mark.parametrize("subject", TYPES, ids=lambda subject: subject.name)
def test_every_status_takes_what_its_table_says_and_nothing_else(subject: SubjectType) -> None:
    tried = Tried(REGISTRY, subject, PAYLOADS)
    assert check_every_attempt(tried) == 2 * len(tried.statuses()) * len(tried.kinds()) * 2


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (("accepted",), "accepted"), (("declined",), "declined"), (("accepted", "declined"), "declined"),
        (("declined", "accepted"), "accepted"), (("accepted", "accepted"), "accepted"),
        (("declined", "declined"), "declined"),
    ],
)  # fmt: skip
def test_whoever_is_asked_to_cover_may_change_its_word(said: tuple[str, ...], status: str) -> None:
    made = [entry(1, "cover.asked"), *(entry(place, f"cover.{word}", "taby") for place, word in enumerate(said, 2))]
    state = folded(*made)
    assert state.things["a"].party("taby") == status
    assert len(state.things["a"].data.words) == len(set(said))
    repeated = said[-1] == said[0] and len(said) > 1
    assert (state.verdict(made[-1].header, made[-1].digest) == IN_FORCE) is not repeated


@pytest.mark.parametrize("kind", sorted(name for name, _ in REGISTRY.kinds))
def test_every_apply_accepts_a_missing_payload(kind: str) -> None:
    declared = REGISTRY.kinds[kind, 1]
    creating = next(each for each in sorted(declared.subject.owner.kinds) if declared.subject.owner.starts_with(each))
    writer = "nacka" if declared.by_owner else "taby"
    before = [] if kind == creating or declared.creates else [entry(1, creating, disposed=True)]
    if kind == "duty_contact.withdrawn":
        before = [entry(1, "duty_contact.set", disposed=True)]
    last = entry(2, kind, writer, disposed=True)
    state = folded(*before, last)
    assert state.verdict(last.header, last.digest) == IN_FORCE


def test_a_contact_whose_text_is_removed_has_no_address_left() -> None:
    assert folded(entry(1, "duty_contact.set")).things["a"].data.addresses
    assert folded(entry(1, "duty_contact.set", disposed=True)).things["a"].data.addresses == ()


ENTRIES = histories({name for name, _ in REGISTRY.kinds}, ["nacka", "taby", "ssbf"])


@settings(max_examples=200, deadline=None)
@given(ENTRIES, st.randoms(use_true_random=False))
def test_two_nodes_that_hold_the_same_entries_agree(drawn: list[Drawn], random: Random) -> None:
    made = [entry(ms, kind, who, subject=subject, node=node) for kind, subject, who, ms, node in drawn]
    check_order_changes_nothing(made, folded, random)
