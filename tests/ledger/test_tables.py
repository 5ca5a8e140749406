"""The log's own transition tables, each attempt tried with text and without."""

import pytest

from gemensam.core.kinds import SubjectType, collect
from gemensam.ledger.domain import DISPOSAL, KINDS, NODE, SEAL, SPACE
from tests.tables import OWNER, Payloads, Tried, check_every_attempt

REGISTRY = collect(KINDS)
PAYLOADS: Payloads = {
    "space.opened": {
        "space_kind": "sub", "title": "Krets", "parent": "p", "pins": [{"code": "rows", "digest": "d1"}], "purpose": "",
        "circle": [{"organisation": "nacka", "function": "*"}, {"organisation": "taby", "function": "taby-tib"}],
    },
    "space.circle_reduced": {"removed": [{"organisation": "taby", "function": "taby-tib"}], "reason": "klar"},
    "space.vocabularies_pinned": {"pins": [{"code": "status", "digest": "d2"}], "reason": "ny skala"},
    "space.closed": {"reason": "slut"},
    "arrivals.sealed": {"first": 1, "last": 7, "digest": "d", "previous": ""},
    "disposal.decided": {"decision": "GB 1", "reason": ""},
    "node.admitted": {"name": "n1", "public_key": "ab", "organisations": ["nacka"]},
}  # fmt: skip


@pytest.mark.parametrize("subject", [SPACE, SEAL, DISPOSAL, NODE], ids=lambda subject: subject.name)
def test_every_status_takes_what_its_table_says_and_nothing_else(subject: SubjectType) -> None:
    tried = Tried(REGISTRY, subject, PAYLOADS)
    assert check_every_attempt(tried) == 2 * len(tried.statuses()) * len(tried.kinds()) * 2


def test_a_circle_shrinks_and_its_version_rises() -> None:
    thing = Tried(REGISTRY, SPACE, PAYLOADS).fold([("space.opened", OWNER), ("space.circle_reduced", OWNER)])
    assert thing is not None
    assert thing.data.circle == (("nacka", "*"),)
    assert thing.data.circle_version == 2


def test_without_their_texts_a_space_is_read_by_nobody_and_a_reduction_takes_all_out() -> None:
    tried = Tried(REGISTRY, SPACE, PAYLOADS)
    opened = tried.fold([("space.opened", OWNER)], with_text=False)
    assert opened is not None
    assert (opened.data.kind, opened.data.circle) == ("sub", ())


def test_a_list_pinned_later_is_added_to_those_pinned_before() -> None:
    thing = Tried(REGISTRY, SPACE, PAYLOADS).fold([("space.opened", OWNER), ("space.vocabularies_pinned", OWNER)])
    assert thing is not None
    assert thing.data.pins == (("rows", "d1"), ("status", "d2"))
    assert [digest for digest, _pins in thing.data.pinned] == ["digest-1", "digest-2"]
