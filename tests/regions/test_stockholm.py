"""The region `stockholm`: the network's real members, and lists that hang together."""

import csv
from pathlib import Path

import pytest

from gemensam.regions import Item, Region, load_region, region_names

MEMBERS = Path(__file__).parents[2].parent / "shared" / "data" / "members.csv"


@pytest.fixture(scope="module")
def region() -> Region:
    return load_region("stockholm")


def _by_id(region: Region) -> dict[str, Item]:
    return {item["id"]: item for item in region.organisations}


def test_the_region_comes_with_the_program() -> None:
    assert region_names() == ("stockholm",)


def test_an_unknown_region_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="atlantis: no such region; there are stockholm"):
        load_region("atlantis")


def test_there_are_37_members_and_one_joint_office(region: Region) -> None:
    assert len(region.members) == 37
    assert [item["id"] for item in region.organisations if not item["member"]] == ["kansliet"]
    assert sum(item["kind"] == "kommun" for item in region.members) == 26


@pytest.mark.skipif(not MEMBERS.exists(), reason="the network's member list does not lie beside the project")
def test_the_members_are_those_of_the_networks_own_list(region: Region) -> None:
    names = {item["code"]: item["name"].lower() for item in region.items("kinds_of_member")}
    with MEMBERS.open(encoding="utf-8", newline="") as file:
        expected = {(row["kind"], row["name"], row["short"], row["kommunkod"]) for row in csv.DictReader(file)}
    ours = {(names[m["kind"]], m["name"], m["short"], m["kommunkod"] or "") for m in region.members}
    assert ours == expected


def test_codes_of_municipalities_are_those_of_the_county(region: Region) -> None:
    codes = [m["kommunkod"] for m in region.members if m["kind"] == "kommun"]
    assert all(code.startswith("01") and len(code) == 4 for code in codes)
    assert len(set(codes)) == 26


def test_every_organisation_has_someone_to_call_and_a_way_around(region: Region) -> None:
    for organisation in region.organisations:
        calls = sorted(
            f["call_order"] for f in region.functions if f["organisation"] == organisation["id"] and f["call_order"]
        )
        assert calls == list(range(1, len(calls) + 1)), organisation["id"]
        assert calls or not organisation["member"], organisation["id"]
        assert organisation["reserve_path"]["text"]


def test_the_first_to_be_called_can_report_and_confirm(region: Region) -> None:
    permissions = {role["code"]: set(role["permissions"]) for role in region.roles}
    for function in region.functions:
        if function["call_order"] == 1:
            held = set().union(*(permissions[role] for role in function["roles"]))
            assert {"read", "report", "confirm", "request", "undertake"} <= held, function["id"]


def test_every_member_is_represented_at_each_level_in_each_state(region: Region) -> None:
    for member in region.members:
        assert set(member["representatives"]) == {"inriktande", "samordnande", "verkstallande"}, member["id"]
        assert all(set(modes) == {"ordinarie", "aktiverat"} for modes in member["representatives"].values())


def test_each_permission_is_given_by_some_role_and_reading_by_all(region: Region) -> None:
    given = {permission for role in region.roles for permission in role["permissions"]}
    assert given == {permission["code"] for permission in region.permissions}
    assert all("read" in role["permissions"] for role in region.roles)


def test_the_rows_of_a_member_follow_from_its_kind_coast_and_rescue_service(region: Region) -> None:
    answers = {item["code"]: item for item in region.items("rows_answered")}
    for member in region.members:
        rule = answers[member["answers_as"]]
        expected = {*rule["rows"]}
        expected |= {*rule["rows_if_coast"]} if member["coast"] else set()
        expected |= {*rule["rows_if_own_rescue"]} if member["own_rescue"] else set()
        assert set(member["rows"]) == expected, member["id"]


def test_only_norrtalje_has_a_rescue_service_of_its_own(region: Region) -> None:
    assert [m["id"] for m in region.members if m["own_rescue"]] == ["norrtalje"]
    helped = [m["rescue"]["organisation"] for m in region.members if m["kind"] == "kommun"]
    assert (helped.count("ssbf"), helped.count("sbff"), helped.count("attunda")) == (10, 10, 5)


def test_what_nobody_has_said_stays_unknown(region: Region) -> None:
    assert {m["group"] for m in region.members} == {None, "stockholm"}
    assert _by_id(region)["sodertalje"]["rescue"]["evidence"] == "inferred"


def test_the_scale_has_five_steps_that_differ_in_word_and_shape(region: Region) -> None:
    steps = region.items("status")
    assert [step["digit"] for step in steps] == [1, 2, 3, 4, 5]
    assert len({step["shape"] for step in steps}) == len({step["name"] for step in steps}) == 5


def test_silence_has_six_values_and_only_two_are_set_by_the_program(region: Region) -> None:
    values = {value["code"]: value["set_by"] for value in region.items("values")}
    assert len(values) == 6
    assert {code for code, by in values.items() if by == "program"} == {"ej_rapporterat", "ej_tillfragad"}
    assert not values.keys() & {step["code"] for step in region.items("status")}


def test_there_are_eighteen_rows_with_headings_that_fit(region: Region) -> None:
    rows = region.items("rows")
    assert len(rows) == 18
    assert all(len(row["short"]) <= 9 and len(row["short_en"]) <= 9 for row in rows)
    assert [row["code"] for row in rows if row["careful"]] == [
        "el", "drivmedel", "dricksvatten", "tele_internet", "it", "sjukvard", "ordning", "ledning",
    ]  # fmt: skip


def test_rumours_are_unconfirmed_until_somebody_says_otherwise(region: Region) -> None:
    assert {s["code"] for s in region.items("sources") if s["unconfirmed"]} == {
        "allmanheten", "medier", "sociala_medier",
    }  # fmt: skip


def test_agendas_run_forward_within_their_time(region: Region) -> None:
    for agenda in region.items("agendas"):
        minutes = [point["minute"] for point in agenda["points"]]
        assert minutes == sorted(set(minutes)), agenda["code"]
        assert minutes[-1] < agenda["minutes"]
        assert [point["number"] for point in agenda["points"]] == list(range(1, len(minutes) + 1))


def test_the_ordinary_conference_keeps_the_networks_fixed_routine(region: Region) -> None:
    ordinary = next(agenda for agenda in region.items("agendas") if agenda["code"] == "ordinarie")
    found = [point["code"] for point in ordinary["points"] if point.get("evidence") == "found"]
    assert found == ["aktorsrapportering", "informationsdelning", "samverkansbehov", "lagesbild"]
    assert [point["code"] for point in ordinary["points"]][3:7] == found


@pytest.mark.parametrize("code", ["ordinarie", "aktiverat_foljande", "inriktande"])
def test_what_is_open_since_the_last_conference_comes_before_anything_new(region: Region, code: str) -> None:
    agenda = next(agenda for agenda in region.items("agendas") if agenda["code"] == code)
    writing = [point["writes"] for point in agenda["points"] if point["writes"]]
    assert writing[:2] == ["attendance", "follow_up"]


def test_the_full_report_covers_what_the_doctrine_asks_for(region: Region) -> None:
    full = next(item for item in region.items("report_templates") if item["code"] == "full")
    keys = {field["key"] for field in full["fields"]}
    assert {
        "summary",
        "people",
        "done",
        "planned",
        "forecast",
        "resources",
        "needs",
        "communication",
        "coordination",
    } <= keys
    assert len(keys) == len(full["fields"])


def test_nothing_is_confirmed_before_the_joint_office_has_confirmed_it(region: Region) -> None:
    assert {vocabulary["status"] for vocabulary in region.vocabularies.values()} == {"förslag"}


def test_the_printed_logins_are_few_and_named_by_function(region: Region) -> None:
    assert 10 <= len(region.demo_functions) <= 20
    assert all(function["username"] == function["id"] for function in region.demo_functions)
