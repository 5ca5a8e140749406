"""A region that does not hang together is refused, with the file and the key at fault."""

import json
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from gemensam.regions import load_region, region_from
from gemensam.regions.validation import longest_gap_minutes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with as_file(files("gemensam.regions") / "stockholm") as original:
        return Path(copytree(original, tmp_path / "stockholm"))


def _change(folder: Path, file: str, change: Callable[[dict[str, Any]], object]) -> None:
    data = json.loads((folder / file).read_text(encoding="utf-8"))
    change(data)
    (folder / file).write_text(json.dumps(data), encoding="utf-8")


def test_a_copy_of_a_region_outside_the_program_can_be_read(folder: Path) -> None:
    assert region_from(folder) == load_region("stockholm")


FAULTS: list[tuple[str, Callable[[dict[str, Any]], object], str]] = [
    ("organisations.json", lambda d: d["items"].append(d["items"][0]), "organisations.json: id: missing or twice"),
    ("organisations.json", lambda d: d["items"][0].update(kind="klubb"), "upplands-vasby.kind: unknown: klubb"),
    ("organisations.json", lambda d: d["items"][0].update(rows=["kaffe"]), "upplands-vasby.rows: unknown: kaffe"),
    ("organisations.json", lambda d: d["items"][0].update(name_en=""), "upplands-vasby.name: should stand in both"),
    (
        "organisations.json",
        lambda d: d["items"][0]["representatives"]["inriktande"].update(ordinarie="nacka-tib"),
        "representatives.inriktande: unknown: nacka-tib",
    ),
    (
        "bodies.json",
        lambda d: d["items"][1]["seats"][2].update(organisation="atlantis"),
        "bodies.json: organ-regionala-chefsgruppen.organisation: unknown: atlantis",
    ),
    ("functions.json", lambda d: d["items"][0].update(roles=["kung"]), "functions.json: .*roles: unknown: kung"),
    ("functions.json", lambda d: d["items"][0].update(organisation="nacka"), "should begin with its organisation"),
    (
        "roles.json",
        lambda d: d["items"][0]["permissions"].append("fly"),
        "lst_tib.permissions: unknown: fly",
    ),
    ("region.json", lambda d: d.update(joint_office="ingen"), "region.json: joint_office: unknown: ingen"),
    ("region.json", lambda d: d.update(id="uppsala"), "region.json: id: should be the name of the folder"),
    ("vocabularies/rows.json", lambda d: d.update(code="rader"), "vocabularies/rows.json: code: should be the name"),
    ("vocabularies/rows.json", lambda d: d["items"][0].update(group="x"), "rows.json: el.group: unknown: x"),
    ("vocabularies/figures.json", lambda d: d["items"][0].update(row="x"), "figures.json: el_utan.row: unknown: x"),
    (
        "vocabularies/status.json",
        lambda d: d["items"][0].pop("name_en"),
        "status.json: ingen.name: should stand",
    ),
    (
        "vocabularies/status.json",
        lambda d: d.update(status="klar"),
        "status.json: status: should be förslag",
    ),
    (
        "vocabularies/agendas.json",
        lambda d: d["items"][0]["points"][0].update(leader_line_en=""),
        "agendas.json: upprop.leader_line: should stand in both",
    ),
    (
        "vocabularies/cadences.json",
        lambda d: d["items"][2].update(stale_after_minutes=960),
        "intensiv.stale_after_minutes: should be longer than the longest gap",
    ),
    (
        "vocabularies/excerpts.json",
        lambda d: d["items"][-1]["takes"].append("community"),
        "oppet.takes: a public excerpt takes only what is marked",
    ),
    (
        "vocabularies/excerpts.json",
        lambda d: d["items"][0]["headings"].append("okand"),
        "inriktande.headings: unknown: okand",
    ),
    ("vocabularies/warnings.json", lambda d: d.update(items={}), "warnings.json: items: should be a list"),
]


@pytest.mark.parametrize(("file", "change", "message"), FAULTS, ids=[message for _, _, message in FAULTS])
def test_a_fault_is_refused_by_name(
    folder: Path, file: str, change: Callable[[dict[str, Any]], object], message: str
) -> None:
    _change(folder, file, change)
    with pytest.raises(ValueError, match=message):
        region_from(folder)


def test_a_missing_list_is_named(folder: Path) -> None:
    (folder / "vocabularies" / "trend.json").unlink()
    with pytest.raises(ValueError, match=r"vocabularies/trend.json: code: the list is missing"):
        region_from(folder)


def test_a_file_that_is_not_json_is_named(folder: Path) -> None:
    (folder / "roles.json").write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match=r"roles.json: "):
        region_from(folder)


def test_the_longest_gap_of_each_cadence_is_counted_over_nights_and_week_ends() -> None:
    gaps = {
        cadence["code"]: longest_gap_minutes(cadence) / 60 for cadence in load_region("stockholm").items("cadences")
    }
    assert gaps == {"vecka": 168, "akut": 2, "intensiv": 16, "uthallig": 24, "gles": 72}
