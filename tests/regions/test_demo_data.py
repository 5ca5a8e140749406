"""The played scenarios fit their region: known functions, rights, rows and codes; fiction, and said to be."""

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from gemensam.regions import Region, load_region

Event = dict[str, Any]
NEEDED = {
    "open_incident": "open_space",
    "make_request": "request",
    "call_conference": "lead",
    "open_conference": "lead",
    "provlarm": "call",
    "make_call": "call",
    "assess": "assess",
    "first_information": "call",
    "answer_larm": "read",
    "follow_up": "call",
    "close_conference": "lead",
    "publish_minutes": "lead",
    "attend": "read",
    "note_point": "record",
    "record_agreement": "record",
    "confirm_undertaking": "undertake",
    "publish_picture": "publish_picture",
    "report": "report",
    "unchanged": "report",
    "no_impact": "report",
    "defer": "report",
    "correct_report": "report",
    "withdraw_report": "report",
    "statement": "report",
    "contact": "report",
    "draw": "report",
    "raise_need": "report",
    "offer": "report",
    "ask_question": "report",
    "share_question": "report",
    "answer_question": "report",
}


@pytest.fixture(scope="module")
def region() -> Region:
    return load_region("stockholm")


def _scenario(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((files("gemensam.demo") / f"{name}.json").read_text(encoding="utf-8"))
    return data


@pytest.fixture(scope="module", params=["snowstorm", "standing"])
def scenario(request: pytest.FixtureRequest) -> dict[str, Any]:
    return _scenario(request.param)


@pytest.fixture(scope="module")
def storm() -> list[Event]:
    events: list[Event] = _scenario("snowstorm")["events"]
    return events


def _permissions(region: Region) -> dict[str, set[str]]:
    held = {role["code"]: set(role["permissions"]) for role in region.roles}
    return {f["id"]: set().union(*(held[role] for role in f["roles"])) for f in region.functions}


def _organisation_of(region: Region) -> dict[str, str]:
    return {function["id"]: function["organisation"] for function in region.functions}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def test_a_scenario_says_that_it_is_made_up(scenario: dict[str, Any]) -> None:
    assert scenario["fictional"] is True
    assert "Påhittat" in scenario["note"]


def test_everybody_in_a_scenario_may_do_what_they_do(region: Region, scenario: dict[str, Any]) -> None:
    permissions, own = _permissions(region), _organisation_of(region)
    for event in scenario["events"]:
        needed = NEEDED[event["act"]]
        if (
            event["act"] in ("report", "raise_need")
            and event.get("organisation", own[event["actor"]]) != own[event["actor"]]
        ):
            needed = "report_for_others"
        if event["act"] == "attend" and event["functions"] != [event["actor"]]:
            needed = "record"
        assert needed in permissions[event["actor"]], event


def test_references_in_a_scenario_name_something_earlier(scenario: dict[str, Any]) -> None:
    known: set[str] = set()
    for event in scenario["events"]:
        for key in ("agreement", "conference", "answers", "need", "question"):
            assert not event.get(key) or event[key] in known, event
        known |= {event["ref"]} if event.get("ref") else set()


def test_an_undertaking_is_confirmed_by_the_one_who_undertook_it(region: Region, scenario: dict[str, Any]) -> None:
    own = _organisation_of(region)
    agreements = {e["ref"]: e for e in scenario["events"] if e["act"] == "record_agreement"}
    for event in scenario["events"]:
        if event["act"] == "confirm_undertaking":
            assert own[event["actor"]] in agreements[event["agreement"]]["undertakes"], event


def test_needs_and_notes_use_codes_of_the_region(region: Region, scenario: dict[str, Any]) -> None:
    urgencies = {item["code"] for item in region.items("urgency")}
    points = {agenda["code"]: {point["code"] for point in agenda["points"]} for agenda in region.items("agendas")}
    agenda_of = {e["ref"]: e["agenda"] for e in scenario["events"] if e["act"] == "call_conference"}
    for event in scenario["events"]:
        if event["act"] == "note_point":
            assert event["point"] in points[agenda_of[event["conference"]]], event
        if event["act"] == "raise_need":
            assert event["urgency"] in urgencies, event
        for need in event.get("needs", []):
            assert need["urgency"] in urgencies, event


def test_places_and_contacts_use_codes_of_the_region(region: Region, storm: list[Event]) -> None:
    kommuner = {item["kommunkod"] for item in region.organisations} - {None}
    states, status = ({item["code"] for item in region.items(name)} for name in ("contact", "status"))
    members = {member["id"] for member in region.members}
    for event in storm:
        assert set(event.get("kommuner", [])) <= kommuner, event
        if event["act"] == "statement":
            assert event.get("status", "") in status | {""}, event
        if event["act"] == "contact":
            assert (event["state"] in states, event["about"] in members) == (True, True), event


def test_no_text_holds_a_clock_time_or_a_personal_number(scenario: dict[str, Any]) -> None:
    """The scenario is played at any hour, so an absolute time would be false."""
    for event in scenario["events"]:
        for text in _texts({key: value for key, value in event.items() if key not in ("time", "due")}):
            assert not re.search(r"kl\. ?\d|\b\d{1,2}[.:]\d{2}\b|\d{6}[-+]?\d{4}", text), text


def test_cells_use_the_rows_that_the_organisation_has(region: Region, storm: list[Event]) -> None:
    rows = {item["id"]: set(item["rows"]) for item in region.organisations}
    own = _organisation_of(region)
    codes = {
        name: {i["code"] for i in region.items(name)} for name in ("status", "sources", "statement_types", "figures")
    }
    for event in storm:
        for cell in event.get("cells", []):
            assert cell["row"] in rows[event.get("organisation", own[event["actor"]])], event
            assert cell["status"] in codes["status"], cell
            assert cell["source"] in codes["sources"], cell
            assert cell["type"] in codes["statement_types"], cell
            assert all(figure["code"] in codes["figures"] for figure in cell.get("figures", [])), cell


def test_a_figure_stands_on_its_own_row(region: Region, storm: list[Event]) -> None:
    row_of = {figure["code"]: figure["row"] for figure in region.items("figures")}
    for event in storm:
        for cell in event.get("cells", []):
            assert all(row_of[figure["code"]] == cell["row"] for figure in cell.get("figures", [])), cell


def test_trend_certainty_and_way_in_are_known_or_left_out(region: Region, storm: list[Event]) -> None:
    trends = {item["code"] for item in region.items("trend")} | {""}
    certainties = {item["code"] for item in region.items("certainty")} | {""}
    ways = {item["code"] for item in region.items("via")}
    for event in storm:
        assert event.get("via") in ways | {None}
        for cell in event.get("cells", []):
            assert cell["trend"] in trends, cell
            assert cell["certainty"] in certainties, cell
            assert cell["certainty"] or cell["type"] == "fakta", cell


def test_the_scenario_runs_forward_within_its_time(storm: list[Event]) -> None:
    times = [event["after_s"] for event in storm]
    assert times == sorted(times)
    assert times[-1] <= _scenario("snowstorm")["duration_s"]
    assert len(storm) > 200


def test_nearly_all_report_within_six_minutes_and_two_stay_silent(region: Region, storm: list[Event]) -> None:
    own = _organisation_of(region)
    first: dict[str, int] = {}
    for event in storm:
        if event["act"] in ("report", "no_impact"):
            first.setdefault(event.get("organisation", own[event["actor"]]), event["after_s"])
    silent = {member["id"] for member in region.members} - first.keys()
    assert silent == set(_scenario("snowstorm")["deliberately_silent"])
    assert len(first) == 35
    assert max(first.values()) <= 360


def test_nobody_confirms_corrects_or_withdraws_a_report_before_there_is_one(region: Region, storm: list[Event]) -> None:
    own = _organisation_of(region)
    reported: set[str] = set()
    for event in storm:
        organisation = event.get("organisation", own[event["actor"]])
        if event["act"] in ("unchanged", "correct_report", "withdraw_report"):
            assert organisation in reported, event
        if event["act"] in ("report", "no_impact"):
            reported.add(organisation)
        if event["act"] == "withdraw_report":
            reported.discard(organisation)


def test_vaxholm_is_heard_by_radio_before_it_reports_itself(storm: list[Event]) -> None:
    vaxholm = [event for event in storm if event["act"] == "report" and event["organisation"] == "vaxholm"]
    assert (vaxholm[0]["actor"], vaxholm[0]["via"]) == ("ssbf-vb", "rakel")
    assert [event["actor"] for event in vaxholm[1:]] == ["vaxholm-beredskapssamordnare"] * 2


def test_summaries_can_be_read_out_at_the_conference(scenario: dict[str, Any]) -> None:
    assert all(len(event["summary"]) <= 300 for event in scenario["events"] if event["act"] == "report")
