"""The transition tables of planning, each attempt tried, with text and without."""

import pytest

from gemensam.core.kinds import SubjectType, collect
from gemensam.planning.domain import KINDS, TYPES
from tests.planning.entries import PAYLOADS
from tests.tables import Tried, check_every_attempt

REGISTRY = collect(KINDS)


@pytest.mark.parametrize("subject", TYPES, ids=lambda subject: subject.name)
def test_every_status_takes_what_its_table_says_and_nothing_else(subject: SubjectType) -> None:
    tried = Tried(REGISTRY, subject, PAYLOADS)
    assert check_every_attempt(tried) == 2 * len(tried.statuses()) * len(tried.kinds()) * 2
