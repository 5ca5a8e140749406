"""`gemensam read-decision` as a registrar meets it: every file answered, in fields or with a reason."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.governance import making
from tests.governance.making import made
from tests.governance.samples import SAMPLES, Sample


def read_decision(*given: object) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "gemensam", "read-decision", *map(str, given)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def written(folder: Path, sample: Sample, kind: str, name: str) -> Path:
    path = folder / f"{name}{Path(making.NAMES[kind]).suffix}"
    path.write_bytes(made(kind, sample.blocks, sample.head, sample.foot))
    return path


def test_the_answer_has_every_key_by_the_name_of_its_file(tmp_path: Path) -> None:
    file = written(tmp_path, SAMPLES[0], "pdf", "beslut")
    told = read_decision(file, "--json")
    assert (told.returncode, told.stderr) == (0, "")
    answer = json.loads(told.stdout)["beslut.pdf"]
    assert {name: answer[name] for name in SAMPLES[0].fields} == SAMPLES[0].fields
    assert set(answer) == {*SAMPLES[0].fields, "places", "file"}
    assert answer["file"]["format"] == "pdf" and len(answer["file"]["sha256"]) == 64
    assert answer["places"]["date"]["certainty"] == "stated"


def test_without_json_each_field_stands_on_its_line_with_its_place(tmp_path: Path) -> None:
    told = read_decision(written(tmp_path, SAMPLES[0], "text", "beslut"))
    assert "  paragraph: 72  [stated (page 1, line 6)]" in told.stdout
    assert "  proposed_to: –  [not stated]" in told.stdout


def test_one_file_that_cannot_be_read_hinders_no_other(tmp_path: Path) -> None:
    good = written(tmp_path, SAMPLES[0], "docx", "beslut")
    bad = tmp_path / "inloggning.pdf"
    bad.write_text("<html>logga in</html>")
    told = read_decision(bad, tmp_path / "saknas.pdf", good, "--json")
    answers = json.loads(told.stdout)
    assert told.returncode == 1
    assert answers["inloggning.pdf"]["error"]["code"] == "document_not_what_it_says"
    assert answers["saknas.pdf"]["error"]["code"] == "file_unreadable"
    assert answers["beslut.docx"]["paragraph"] == "72"
    assert "inloggning.pdf: the name says pdf, but the file is html" in told.stderr
    assert "Traceback" not in told.stderr


def test_two_files_of_one_name_are_told_apart_by_their_paths(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    files = [written(tmp_path / folder, SAMPLES[0], "text", "beslut") for folder in "ab"]
    assert list(json.loads(read_decision(*files, "--json").stdout)) == [str(file) for file in files]


def test_another_region_must_exist(tmp_path: Path) -> None:
    told = read_decision(written(tmp_path, SAMPLES[0], "text", "beslut"), "--region", "atlantis")
    assert told.returncode == 1 and "no such region: atlantis" in told.stderr


def test_reading_changes_no_file_and_leaves_none(tmp_path: Path) -> None:
    file = written(tmp_path, SAMPLES[0], "pdf", "beslut")
    before = file.read_bytes()
    read_decision(file)
    assert file.read_bytes() == before and list(tmp_path.iterdir()) == [file]


@pytest.mark.check
def test_thirty_seven_documents_are_read_with_progress_shown(tmp_path: Path) -> None:
    kinds = ("pdf", "docx", "text")
    files = [written(tmp_path, SAMPLES[n % len(SAMPLES)], kinds[n % 3], f"handling-{n}") for n in range(37)]
    told = read_decision(*files, "--json")
    assert told.returncode == 0 and len(json.loads(told.stdout)) == 37
    assert told.stderr.splitlines()[-1] == "37/37 handling-36.pdf"
