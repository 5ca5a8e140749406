"""Every transition of every machine of this room, with and without text: pure."""

import pytest

from gemensam.consultation.domain import KINDS, TYPES
from gemensam.core.kinds import SubjectType, collect
from tests.consultation.payloads import PAYLOADS
from tests.tables import OTHER, OWNER, Tried, check_every_attempt

REGISTRY = collect(KINDS)


@pytest.mark.parametrize("subject", TYPES, ids=lambda subject: subject.name)
def test_an_entry_is_in_force_exactly_where_its_table_says(subject: SubjectType) -> None:
    check_every_attempt(Tried(REGISTRY, subject, PAYLOADS))


@pytest.mark.parametrize("subject", TYPES, ids=lambda subject: subject.name)
def test_every_status_is_reached_without_any_text(subject: SubjectType) -> None:
    tried = Tried(REGISTRY, subject, PAYLOADS)
    for status, path in tried.statuses().items():
        thing = tried.fold(path, with_text=False)
        assert (thing.status if thing is not None else "") == status


def test_each_member_has_its_own_answer_and_the_earlier_one_stays() -> None:
    remiss = next(each for each in TYPES if each.name == "remiss")
    tried = Tried(REGISTRY, remiss, PAYLOADS)
    answered = ("remiss.answered", OTHER)
    thing = tried.fold([("remiss.prepared", OWNER), ("remiss.sent", OWNER), answered, answered])
    assert thing is not None
    assert thing.party(OTHER) == "answered" and thing.party("vaxholm") == ""
    assert [each.organisation for each in thing.data.answers] == [OTHER, OTHER]
    last = thing.data.answer(OTHER)
    assert last is not None and last.digest == "digest-4"
