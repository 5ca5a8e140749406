"""A scenario's file is read whole or refused with the event and the reason."""

import json
from typing import Any

import pytest

from gemensam.demo.scenario import FIELDS, BadScenario, load_scenario, read_scenario

CALL = {"after_s": 0, "actor": "a", "act": "call_conference", "agenda": "x", "text": "", "roles": {}, "ref": "k1"}


def _scenario(*events: dict[str, Any], **more: Any) -> str:
    return json.dumps({"code": "own", "title": "Eget", "region": "x", "fictional": True, "events": events, **more})


@pytest.mark.parametrize("name", ["snowstorm", "standing", "7-april"])
def test_those_that_come_with_the_program_can_be_read(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario.code == name
    assert [event.number for event in scenario.events] == list(range(len(scenario.events)))


def test_every_act_that_a_file_may_name_can_be_played() -> None:
    from gemensam.demo.acts import ACTS

    assert set(ACTS) == set(FIELDS)


def test_the_last_conference_called_is_the_one_before_an_event() -> None:
    later = {**CALL, "after_s": 5, "ref": "k2"}
    scenario = read_scenario(_scenario(CALL, later))
    assert [scenario.last_called(number) for number in range(3)] == ["", "k1", "k2"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "not JSON"),
        ("{}", "no code"),
        (_scenario(fictional=False), "does not say that it is made up"),
        (_scenario({**CALL, "act": "dance"}), r"own, event 0 \(dance\): no such act"),
        (_scenario({"after_s": 0, "act": "unchanged"}), "no actor"),
        (_scenario({**CALL, "days_ago": 1}), "either after_s or days_ago"),
        (_scenario({**CALL, "after_s": -1}), "after_s is no whole number"),
        (_scenario({**CALL, "after_s": True}), "after_s is no whole number"),
        (_scenario({key: value for key, value in CALL.items() if key != "agenda"}), "no agenda"),
        (_scenario({**CALL, "colour": "red"}), "unknown field colour"),
        (_scenario({**CALL, "after_s": 9}, {**CALL, "ref": "k2"}), "event 1 .*stands after a later one"),
        (_scenario(CALL, CALL), "k1 is taken"),
        (_scenario({"after_s": 0, "actor": "a", "act": "open_conference", "conference": "k9"}), "nothing is called k9"),
    ],
)
def test_a_fault_is_refused_with_its_place(text: str, reason: str) -> None:
    with pytest.raises(BadScenario, match=reason):
        read_scenario(text)
