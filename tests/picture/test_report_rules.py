"""What is checked and filled in when a report is written, on the region's real lists."""

from typing import Any

import pytest

from gemensam.core.entry import Ref
from gemensam.core.refusal import Refused
from tests.picture.world import HOUR, MINUTE, NOW, SPACE, World, answers, report, request


def publish(payload: dict[str, Any], world: World | None = None, **more: Any) -> Any:
    return (world or World()).decide("report.published", "r", "nacka", payload, **more)


def code_of(payload: dict[str, Any], world: World | None = None, **more: Any) -> str:
    with pytest.raises(Refused) as refused:
        publish(payload, world, **more)
    return refused.value.code


def cell(row: str = "vag", status: str = "betydande", **more: Any) -> dict[str, Any]:
    return {"row": row, "status": status, **more}


def test_empty_type_certainty_and_source_become_the_lists_defaults() -> None:
    [made] = publish(report(cells=[cell()]))["cells"]
    assert (made["type"], made["certainty"], made["source"]) == ("bedomning", "medel", "egen")
    assert made["unconfirmed"] is False


def test_a_fact_needs_no_certainty() -> None:
    [made] = publish(report(cells=[cell(type="fakta")]))["cells"]
    assert made["certainty"] == ""


@pytest.mark.parametrize("source", ["allmanheten", "medier", "sociala_medier"])
def test_public_and_media_sources_are_unconfirmed_unless_said_otherwise(source: str) -> None:
    [made] = publish(report(cells=[cell(source=source)]))["cells"]
    assert made["unconfirmed"] is True
    [made] = publish(report(cells=[cell(source=source, unconfirmed=False)]))["cells"]
    assert made["unconfirmed"] is False


def test_cells_stand_in_the_order_of_the_list() -> None:
    rows = [cell("vag"), cell("annat", label="Teater"), cell("el")]
    assert [made["row"] for made in publish(report(cells=rows))["cells"]] == ["el", "vag", "annat"]


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (report(summary="  "), "summary_missing"),
        (report(summary="x" * 301), "text_too_long"),
        (report(template="ny"), "unknown_template"),
        (report(texts=[{"code": "rum", "text": "x"}]), "unknown_field"),
        (report(texts=[{"code": "handelse", "text": "x" * 4_001}]), "text_too_long"),
        (report(stated_at=NOW + 6 * MINUTE), "stated_in_future"),
        (report(stated_at=0), "stated_at_wrong"),
        (report(quick="maybe"), "unknown_quick"),
        (report(cells=[cell("rymden")]), "unknown_row"),
        (report(cells=[cell(status="gul")]), "unknown_status"),
        (report(cells=[cell(status="ej_rapporterat")]), "status_set_by_program"),
        (report(cells=[cell(status="ej_tillfragad")]), "status_set_by_program"),
        (report(cells=[cell(), cell()]), "row_twice"),
        (report(cells=[cell("annat")]), "label_missing"),
        (report(cells=[cell(type="rykte")]), "unknown_type"),
        (report(cells=[cell(certainty="kanske")]), "unknown_certainty"),
        (report(cells=[cell(source="fågel")]), "unknown_source"),
        (report(cells=[cell(source="annan_aktor")]), "source_name_missing"),
        (report(cells=[cell(trend="upp")]), "unknown_trend"),
        (report(cells=[cell(text="x" * 501)]), "text_too_long"),
        (report(cells=[cell(stated_at=NOW + HOUR)]), "stated_in_future"),
        (report(cells=[cell(status="aterkommer")]), "until_missing"),
        (report(cells=[cell(until_at=NOW + HOUR)]), "until_missing"),
        (report(cells=[cell(status="aterkommer", until_at=NOW - 1)]), "until_passed"),
        (report(cells=[cell(figures=[{"code": "antal", "value": "1"}])]), "unknown_figure"),
        (report(cells=[cell(figures=[{"code": "el_utan", "value": "1"}])]), "figure_row"),
        (report(cells=[cell("el", figures=[{"code": "el_utan", "value": "många"}])]), "figure_value"),
        (report(cells=[cell("el", figures=[{"code": "el_utan", "value": "1", "unit": "hushåll"}])]), "figure_unit"),
        (report(done=["x"] * 51), "too_many_lines"),
        (report(done=["x" * 501]), "text_too_long"),
        (report(planned=[{"what": " "}]), "line_empty"),
        (report(needs=[{"what": "Plog", "urgency": "snart"}]), "unknown_urgency"),
        (report(forecasts=[{"hours": 12, "text": "x"}]), "unknown_hours"),
        (report(forecasts=[{"hours": 6, "text": "x"}, {"hours": 6, "text": "y"}]), "unknown_hours"),
        (report(attachments=[{"digest": "d", "name": "n", "media_type": "m", "size": 1}] * 11), "too_many_lines"),
    ],
)
def test_a_faulty_report_is_refused_with_a_code(payload: dict[str, Any], code: str) -> None:
    assert code_of(payload) == code


@pytest.mark.parametrize("status", ["vet_ej", "har_inte", "annan_krets"])
def test_the_values_that_an_organisation_sets_itself_are_taken(status: str) -> None:
    [made] = publish(report(cells=[cell(status=status)]))["cells"]
    assert made["status"] == status


def test_figures_get_the_unit_of_the_list() -> None:
    [made] = publish(report(cells=[cell("el", figures=[{"code": "el_utan", "value": "300.5"}])]))["cells"]
    assert made["figures"][0]["unit"] == "elnätskunder"


def test_injured_counted_by_one_who_is_not_responsible_are_unconfirmed() -> None:
    injured = [cell("sjukvard", figures=[{"code": "skadade", "value": "3"}])]
    [by_municipality] = publish(report(cells=injured))["cells"]
    [by_region] = World().decide("report.published", "r", "region-stockholm", report(cells=injured))["cells"]
    assert by_municipality["unconfirmed"] is True
    assert by_region["unconfirmed"] is False


def test_no_impact_gives_the_lowest_step_on_every_row_that_is_answered_for() -> None:
    made = publish(report(quick="no_impact", summary=""))
    assert {one["status"] for one in made["cells"]} == {"ingen"}
    assert len(made["cells"]) == 14
    assert World().decide("report.published", "r", "mrm", report(quick="no_impact", summary=""))["cells"] == []


def test_what_the_client_says_of_confirmation_is_replaced_by_the_program() -> None:
    made = publish(report(confirms="e1", kept_at=1, repeats=7))
    assert (made["confirms"], made["kept_at"], made["repeats"]) == ("", None, 0)


def test_unchanged_copies_the_content_and_keeps_each_statements_time() -> None:
    world = World()
    first = report(stated_at=NOW - 8 * HOUR, cells=[cell(text="Halt")], forecasts=[{"hours": 6, "text": "Mer snö"}])
    content = world.write("report.published", "r1", "nacka", first)
    given = {"template": "full", "stated_at": world.now, "quick": "unchanged", "confirms": content}
    confirmed = world.write("report.published", "r2", "nacka", given)
    data = world.thing("r2").data
    assert (data.stated_at, data.kept_at, data.repeats) == (given["stated_at"], NOW - 8 * HOUR, 1)
    assert data.cells[0].stated_at == NOW - 8 * HOUR
    again = world.decide("report.published", "r3", "nacka", {**given, "stated_at": world.now, "confirms": confirmed})
    assert again["summary"] == "Snö." and again["cells"][0]["text"] == "Halt"
    assert again["forecasts"][0]["stated_at"] == NOW - 8 * HOUR
    assert (again["repeats"], again["kept_at"]) == (2, NOW - 8 * HOUR)


def test_unchanged_confirms_only_ones_own_latest_report() -> None:
    world = World()
    given = {"template": "full", "stated_at": NOW, "quick": "unchanged", "confirms": "e1"}
    assert code_of(given, world) == "no_report_to_confirm"
    world.write("report.published", "r1", "nacka", report(stated_at=NOW - HOUR))
    world.write("report.published", "r2", "nacka", report())
    assert code_of(given, world) == "moved"
    theirs = world.write("report.published", "r3", "taby", report())
    assert code_of({**given, "confirms": theirs}, world) == "moved"


def test_unchanged_cannot_confirm_a_report_whose_text_is_gone_or_unconfirmed() -> None:
    world = World()
    given = {"template": "full", "stated_at": NOW, "quick": "unchanged"}
    gone = world.put("report.published", "r1", "nacka", None)
    assert code_of({**given, "confirms": gone}, world) == "no_report_to_confirm"
    relayed = world.write("report.relayed", "r2", "nacka", {**report(stated_at=world.now + 9), "received_by": "TiB"},
                          by_organisation="lansstyrelsen", via="telefon")  # fmt: skip
    assert code_of({**given, "confirms": relayed}, world) == "no_report_to_confirm"


def test_a_report_answers_requests_of_its_own_space_that_asked_it() -> None:
    world = World()
    world.write("request.made", "q", "lansstyrelsen", request("nacka"))
    assert publish(report(), world, refs=(answers("q"),))
    assert code_of(report(), world, refs=(answers("r9"),)) == "not_a_request"
    assert code_of(report(), world, refs=(Ref("answers", "elsewhere", "q"),)) == "not_a_request"
    with pytest.raises(Refused, match="not_asked"):
        world.decide("report.published", "r", "taby", report(), refs=(answers("q"),))


def test_a_report_written_on_an_older_one_is_stopped_when_a_colleague_was_first() -> None:
    world = World()
    seen = world.write("report.published", "r1", "nacka", report(stated_at=NOW - HOUR))
    follows = (Ref("follows", SPACE, "r1", seen),)
    assert publish(report(), world, refs=follows)
    world.write("report.published", "r2", "nacka", report())
    assert code_of(report(), world, refs=follows) == "moved"


@pytest.mark.parametrize(
    ("more", "via", "by", "code"),
    [
        ({"received_by": "TiB"}, "telefon", "nacka", "relay_own_report"),
        ({"received_by": "TiB"}, "duva", "lansstyrelsen", "unknown_via"),
        ({"received_by": " "}, "telefon", "lansstyrelsen", "received_by_missing"),
        ({"received_by": "TiB", "quick": "unchanged"}, "telefon", "lansstyrelsen", "unknown_quick"),
    ],
)
def test_a_relayed_report_says_how_it_came_and_who_took_it(more: dict[str, Any], via: str, by: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        World().decide("report.relayed", "r", "nacka", {**report(), **more}, by_organisation=by, via=via)
