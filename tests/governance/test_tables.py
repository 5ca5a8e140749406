"""Every transition of every machine of governance, and that the order of arrival changes nothing: pure."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemensam.core.kinds import SubjectType
from gemensam.core.state import IN_FORCE, summary
from gemensam.governance.domain import TYPES
from tests.governance.entries import OWNER, PARTIES, PAYLOADS, REGISTRY, about, entry, folded
from tests.tables import Tried, check_every_attempt


@pytest.mark.parametrize("subject", TYPES, ids=lambda subject: subject.name)
def test_an_entry_is_in_force_exactly_where_its_table_says(subject: SubjectType) -> None:
    given = {kind.name: PAYLOADS.get(kind.name, {}) for kind in REGISTRY.sorted()}
    assert check_every_attempt(Tried(REGISTRY, subject, given)) > 0


KINDS = sorted(name for name, _ in REGISTRY.kinds)
histories = st.lists(
    st.tuples(
        st.sampled_from(KINDS), st.sampled_from(["a", "b"]), st.sampled_from(PARTIES), st.integers(1, 60),
        st.sampled_from(["n1", "n2"]),
    ),
    max_size=30,
    unique_by=lambda drawn: (drawn[3], drawn[4]),
)  # fmt: skip


def _made(drawn: Any, *, gone: frozenset[int] = frozenset()) -> list[Any]:
    return [
        entry(ms, kind, who, subject=subject, node=node, refs=about(), disposed=number in gone)._replace(
            position=number
        )
        for number, (kind, subject, who, ms, node) in enumerate(drawn)
    ]


@settings(max_examples=200, deadline=None)
@given(histories, st.randoms(use_true_random=False))
def test_two_nodes_that_hold_the_same_entries_agree(drawn: Any, random: Any) -> None:
    made = _made(drawn)
    other = list(made)
    random.shuffle(other)
    again = [arrived._replace(position=place) for place, arrived in enumerate(other)]
    first, second = folded(*made), folded(*again)
    assert summary(first) == summary(second)
    assert sorted(first.groups.items()) == sorted(second.groups.items())


@settings(max_examples=200, deadline=None)
@given(histories, st.frozensets(st.integers(0, 29)))
def test_disposal_changes_no_status_and_no_verdict(drawn: Any, gone: frozenset[int]) -> None:
    whole, less = folded(*_made(drawn)), folded(*_made(drawn, gone=gone))
    for arrived in _made(drawn):
        assert whole.verdict(arrived.header, arrived.digest) == less.verdict(arrived.header, arrived.digest)
    assert {key: (thing.status, dict(thing.parties)) for key, thing in whole.things.items()} == {
        key: (thing.status, dict(thing.parties)) for key, thing in less.things.items()
    }


def test_a_confirmers_word_holds_for_the_text_that_it_saw_and_no_other() -> None:
    first = entry(1, "decision.registered", "nacka", refs=about())
    word = entry(2, "decision.confirmed", OWNER, refs=(about()[0]._replace(rel="confirms", digest=first.digest),))
    state = folded(first, word)
    assert state.things["a"].data.is_confirmed
    corrected = folded(first, word, entry(3, "decision.corrected", "nacka"))
    assert corrected.verdict(word.header, word.digest) == IN_FORCE
    assert not corrected.things["a"].data.is_confirmed
    assert corrected.things["a"].data.document == "doc"
