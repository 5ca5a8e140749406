"""Every transition of every machine of governance, and that the order of arrival changes nothing: pure."""

from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemensam.core.fold import Arrived
from gemensam.core.kinds import SubjectType
from gemensam.core.state import IN_FORCE
from gemensam.governance.domain import TYPES
from tests.governance.entries import OWNER, PARTIES, PAYLOADS, REGISTRY, about, entry, folded
from tests.histories import Drawn, check_disposal_changes_no_verdict, check_order_changes_nothing, histories
from tests.tables import Tried, check_every_attempt


@pytest.mark.parametrize("subject", TYPES, ids=lambda subject: subject.name)
def test_an_entry_is_in_force_exactly_where_its_table_says(subject: SubjectType) -> None:
    given = {kind.name: PAYLOADS.get(kind.name, {}) for kind in REGISTRY.sorted()}
    assert check_every_attempt(Tried(REGISTRY, subject, given)) > 0


ENTRIES = histories({name for name, _ in REGISTRY.kinds}, PARTIES, subjects=("a", "b"))


def _made(drawn: Iterable[Drawn], gone: frozenset[int] = frozenset()) -> list[Arrived]:
    return [
        entry(ms, kind, who, subject=subject, node=node, refs=about(), disposed=number in gone)
        for number, (kind, subject, who, ms, node) in enumerate(drawn)
    ]


@settings(max_examples=200, deadline=None)
@given(ENTRIES, st.randoms(use_true_random=False))
def test_two_nodes_that_hold_the_same_entries_agree(drawn: list[Drawn], random: Random) -> None:
    check_order_changes_nothing(_made(drawn), folded, random)


@settings(max_examples=200, deadline=None)
@given(ENTRIES, st.frozensets(st.integers(0, 29)))
def test_disposal_changes_no_status_and_no_verdict(drawn: list[Drawn], gone: frozenset[int]) -> None:
    check_disposal_changes_no_verdict(_made(drawn), _made(drawn, gone), folded)


def test_a_confirmers_word_holds_for_the_text_that_it_saw_and_no_other() -> None:
    first = entry(1, "decision.registered", "nacka", refs=about())
    word = entry(2, "decision.confirmed", OWNER, refs=(about()[0]._replace(rel="confirms", digest=first.digest),))
    state = folded(first, word)
    assert state.things["a"].data.is_confirmed
    corrected = folded(first, word, entry(3, "decision.corrected", "nacka"))
    assert corrected.verdict(word.header, word.digest) == IN_FORCE
    assert not corrected.things["a"].data.is_confirmed
    assert corrected.things["a"].data.document == "doc"
