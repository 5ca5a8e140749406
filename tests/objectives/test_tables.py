"""Every transition of every machine of the målbild: pure."""

import pytest

from gemensam.core.kinds import SubjectType
from gemensam.core.transitions import START
from gemensam.objectives.domain import TYPES
from tests.objectives.entries import PAYLOADS, REGISTRY
from tests.tables import OTHER, OWNER, Tried, check_every_attempt


@pytest.mark.parametrize("subject", TYPES, ids=lambda subject: subject.name)
def test_every_attempt_is_in_force_exactly_where_its_table_says(subject: SubjectType) -> None:
    tried = Tried(REGISTRY, subject, PAYLOADS)
    assert check_every_attempt(tried) == 2 * len(tried.statuses()) * len(tried.kinds()) * 2


@pytest.mark.parametrize("subject", [each for each in TYPES if "-" not in each.each.kinds], ids=lambda each: each.name)
def test_a_partys_own_table_holds_whatever_the_owner_does(subject: SubjectType) -> None:
    created = next(kind for kind in sorted(subject.owner.kinds) if subject.owner.starts_with(kind))
    tried = Tried(REGISTRY, subject, PAYLOADS)
    for first in sorted(subject.each.kinds):
        after_first = subject.each.follow(START, first)
        if after_first is None:
            continue
        for second in sorted(subject.each.kinds):
            thing = tried.fold([(created, OWNER), (first, OTHER), (second, OTHER)])
            assert thing is not None
            expected = subject.each.follow(after_first, second)
            assert thing.party(OTHER) == (expected or after_first)
            assert ("digest-3" in thing.superseded) == (expected is None)
