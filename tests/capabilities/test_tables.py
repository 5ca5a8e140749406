"""Every transition of every machine of this room, with its text and without: pure."""

from typing import Any

import pytest

from gemensam.capabilities.domain import KINDS, TYPES
from gemensam.capabilities.domain.levels import LevelData
from gemensam.core.kinds import SubjectType, collect
from tests.tables import OTHER, OWNER, Tried, check_every_attempt

REGISTRY = collect(KINDS)
LEVEL = {"capability": "1.1", "level": "3", "proven_on": "2026-03-01", "reason": "", "measure": "", "measure_due": ""}
PAYLOADS: dict[str, dict[str, Any]] = {
    "assessment.made": {
        **LEVEL,
        "shared_as": "endast_vi",
        "proof": "Provlarm",
        "measure_by": "",
        "tells_measure": False,
    },
    "assessment.confirmed": {},
    "level.shared": LEVEL,
    "level.withdrawn": {},
    "round.opened": {"title": "Självskattning", "due_on": "2026-12-31", "text": ""},
    "round.changed": {"title": "Självskattning", "due_on": "2027-01-31", "text": ""},
    "round.closed": {},
    "round.answered": {},
}


@pytest.mark.parametrize("subject", TYPES, ids=lambda subject: subject.name)
def test_an_entry_is_in_force_exactly_where_its_table_says(subject: SubjectType) -> None:
    assert check_every_attempt(Tried(REGISTRY, subject, PAYLOADS)) >= 6


def test_a_level_that_is_taken_back_is_told_no_more_and_what_was_told_before_stays_known() -> None:
    tried = Tried(REGISTRY, next(each for each in TYPES if each.name == "level"), PAYLOADS)
    thing = tried.fold([("level.shared", OWNER), ("level.withdrawn", OWNER)])
    assert thing is not None
    data = thing.data
    assert isinstance(data, LevelData)
    assert data.at() is None
    before = data.at(1)
    assert before is not None and (before.level, before.proven_on) == ("3", "2026-03-01")


def test_a_round_remembers_who_answered_first_when() -> None:
    tried = Tried(REGISTRY, next(each for each in TYPES if each.name == "round"), PAYLOADS)
    thing = tried.fold([("round.opened", OWNER), *[("round.answered", OTHER)] * 2, ("round.changed", OWNER)])
    assert thing is not None
    assert thing.data.answered_at(OTHER) == 2
    assert thing.data.answered_at(OTHER, 1) is None
    assert thing.data.answered_at(OWNER) is None
