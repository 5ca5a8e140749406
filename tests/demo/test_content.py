"""What a scenario says becomes a report's content."""

from typing import Any

from gemensam.demo.content import Lists, corrected_content, report_content

NOW = 1_700_000_000_000
FIELDS = (
    {"code": "sammanfattning", "key": "summary", "kind": "text"},
    {"code": "gjort", "key": "done", "kind": "lines"},
    {"code": "kommande", "key": "coming", "kind": "lines"},
    {"code": "kommunikation", "key": "communication", "kind": "text"},
    {"code": "paverkan", "key": "cells", "kind": "cells"},
)
LISTS = Lists(FIELDS, ("el", "vag", "skola"), "ingen")
CELL = {
    "row": "el", "status": "kritisk", "text": "Strömlöst.", "type": "fakta", "source": "egen", "source_name": "",
    "certainty": "", "trend": "samre",
}  # fmt: skip


def _report(**more: Any) -> dict[str, Any]:
    given = {"template": "full", "stated_min_ago": 5, "summary": "Läget.", "cells": [CELL], **more}
    return report_content(given, LISTS, NOW)


def test_it_applied_so_many_minutes_ago() -> None:
    assert _report()["stated_at"] == NOW - 5 * 60_000


def test_the_rows_not_mentioned_are_filled_in_as_the_form_does() -> None:
    assert [(cell["row"], cell["status"]) for cell in _report(rest="ingen")["cells"]] == [
        ("el", "kritisk"), ("vag", "ingen"), ("skola", "ingen"),
    ]  # fmt: skip
    assert [cell["status"] for cell in _report(rest="vet_ej")["cells"]] == ["kritisk", "vet_ej", "vet_ej"]
    assert [cell["row"] for cell in _report(rest="")["cells"]] == ["el"]


def test_texts_stand_under_the_codes_of_the_template() -> None:
    coming = [{"what": "Match", "when": "lördag", "place": "Solna"}, {"what": "Marknad", "when": "", "place": ""}]
    found = _report(communication="Vi svarar.", coming=coming, done=["Plogat"])
    assert found["texts"] == [
        {"code": "kommande", "text": "Match, lördag, Solna\nMarknad"},
        {"code": "kommunikation", "text": "Vi svarar."},
    ]
    assert found["done"] == ["Plogat"]


def test_a_figure_that_is_a_time_is_counted_from_now() -> None:
    figures = [{"code": "el_utan", "value": "1200"}, {"code": "el_prognos", "in_min": 10}]
    cell = _report(cells=[{**CELL, "figures": figures}])["cells"][0]
    assert [figure["value"] for figure in cell["figures"]] == ["1200", str(NOW + 600_000)]


def test_empty_forecasts_are_left_out() -> None:
    assert _report(forecast={"6": "", "24": "Bättre.", "72": ""})["forecasts"] == [{"hours": 24, "text": "Bättre."}]


def test_a_correction_replaces_the_named_rows_and_keeps_the_rest() -> None:
    before = {**_report(rest="ingen"), "quick": "unchanged", "confirms": "abc", "repeats": 2, "kept_at": 1}
    after = corrected_content(before, [{**CELL, "status": "mattlig"}], NOW)
    assert {cell["row"]: cell["status"] for cell in after["cells"]} == {
        "el": "mattlig", "vag": "ingen", "skola": "ingen",
    }  # fmt: skip
    assert after["summary"] == "Läget."
    assert not {"quick", "confirms", "repeats", "kept_at"} & set(after)
