"""The child process: its limits are real, its faults have codes, and it reaches nothing outside."""

import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import pytest

from gemensam.documents import child, rendering
from gemensam.documents.plain import COVERED
from gemensam.documents.rendering import DocumentError, render
from tests.documents import reading, samples

ENORMOUS = replace(samples.TABLE, rows=samples.TABLE.rows * 160)


def refusal(template: str, data: dict[str, Any], **limits: Any) -> DocumentError:
    with pytest.raises(DocumentError) as refused:
        render(template, data, **limits)
    return refused.value


def request(**changes: Any) -> dict[str, Any]:
    folders, fonts = rendering._fonts()
    known = {"template": "log", "data": samples.LOG.as_json(), "font_folders": folders, "fonts": fonts}
    return json.loads(json.dumps(known | changes))  # type: ignore[no-any-return]


def test_a_document_that_takes_too_long_is_stopped_in_time() -> None:
    started = time.monotonic()
    assert refusal("table", ENORMOUS.as_json(), timeout_s=0.7).code == "timeout"
    assert time.monotonic() - started < 3


def test_a_document_that_takes_too_much_memory_is_stopped() -> None:
    assert refusal("table", ENORMOUS.as_json(), memory=400_000_000).code == "memory"


def test_a_child_that_spends_its_processor_time_is_stopped_by_the_system() -> None:
    command = [sys.executable, "-I", "-m", "gemensam.documents.child", str(rendering.MEMORY), "1"]
    data = request(template="table", data=ENORMOUS.as_json())
    done = subprocess.run(command, input=json.dumps(data).encode(), capture_output=True, timeout=30, check=False)
    assert done.returncode < 0
    assert rendering._error(done).code == "timeout"


def test_five_hundred_rows_print_well_within_the_time() -> None:
    started = time.monotonic()
    table = replace(samples.TABLE, rows=samples.TABLE.rows[:50] * 10)
    log = replace(samples.LOG, entries=samples.LOG.entries[:50] * 10)
    assert len(reading.reader(render("table", table.as_json())).pages) > 15
    assert len(reading.reader(render("log", log.as_json())).pages) > 25
    assert time.monotonic() - started < 10


def test_too_much_data_is_refused_before_a_child_is_started() -> None:
    large = replace(samples.TABLE, note="å" * rendering.LARGEST_INPUT)
    assert refusal("table", large.as_json()).code == "too_large"


@pytest.mark.parametrize("name", ["", "base", "../base", "picture.typ", "/etc/passwd"])
def test_only_the_named_templates_exist(name: str) -> None:
    assert refusal(name, samples.LOG.as_json()).code == "unknown_template"


@pytest.mark.parametrize(
    "change",
    [
        {"entries": [{"position": "1"}]},
        {"entries": 3},
        {"unknown": 1},
        {"selection": None},
        {"selection": float("nan")},
        {"frame": {}},
        {"selection": object()},
    ],
)
def test_data_of_another_shape_is_refused(change: dict[str, Any]) -> None:
    assert refusal("log", samples.LOG.as_json() | change).code == "bad_data"


def test_data_that_contradicts_itself_is_refused() -> None:
    short = replace(samples.TABLE, rows=(("47-1", "one cell too few"),))
    assert refusal("table", short.as_json()).code == "bad_data"
    member = replace(samples.MATRIX.members[0], cells=samples.MATRIX.members[0].cells[1:])
    narrow = replace(samples.PICTURE, matrix=replace(samples.MATRIX, members=(member,)))
    assert refusal("picture", narrow.as_json()).code == "bad_data"
    unknown = replace(samples.PICTURE, matrix=replace(samples.MATRIX, scale=samples.SCALE[:2]))
    assert refusal("picture", unknown.as_json()).code == "bad_data"


def test_a_time_outside_the_calendar_is_refused() -> None:
    late = replace(samples.LOG, frame=samples.frame("Logg", printed_at=10**17))
    assert refusal("log", late.as_json()).code == "bad_data"


def test_a_warning_of_the_compiler_fails_the_document() -> None:
    with pytest.raises(child.Unprintable) as refused:
        child.answer(request(fonts=["No Such Font"]))
    assert refused.value.code == "warning"
    assert "no such font" in str(refused.value).lower()


def test_without_the_copied_fonts_the_built_in_serif_is_used_and_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(rendering, "FONTS", tmp_path)
    pdf = render("log", samples.LOG.as_json())
    assert b"LibertinusSerif" in pdf
    assert "Source Sans 3 is missing" in caplog.text


def test_text_that_the_compiler_chokes_on_is_tried_again_with_rarer_characters_written_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entries = (replace(samples.LOG.entries[0], text="svårt 😀 tecken"),)
    data = replace(samples.LOG, entries=entries).as_json()
    # As if the table of covered characters were wrong: the compiler then refuses the whole document.
    monkeypatch.setattr(child, "COVERED", COVERED | {ord("😀")})
    assert reading.squeezed("svårt [U+1F600 GRINNING FACE] tecken") in reading.whole(child.answer(request(data=data)))


def test_a_child_that_dies_without_a_word_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    assert refusal("log", samples.LOG.as_json()).code == "failed"


def test_many_prints_at_once_take_turns_and_come_out_alike() -> None:
    data = samples.LOG.as_json()
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda _: render("log", data), range(6)))
    assert len(set(made)) == 1


def test_a_print_that_never_gets_its_turn_says_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "_turns", BoundedSemaphore(1))
    with rendering._turns:
        assert refusal("log", samples.LOG.as_json(), timeout_s=0.05).code == "busy"


def test_templates_import_nothing_but_each_other() -> None:
    for template in child.TEMPLATES.iterdir():
        imports = [line for line in template.read_text().splitlines() if "#import" in line or "#include" in line]
        assert set(imports) <= {'#import "base.typ": *', '#import "paper.typ": *'}
        assert bool(imports) is (template.name != "base.typ")


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("unshare") is None, reason="needs root and unshare")
def test_a_document_is_made_without_any_network() -> None:
    command = ["unshare", "-n", sys.executable, "-I", "-m", "gemensam.documents.child", str(rendering.MEMORY), "20"]
    done = subprocess.run(command, input=json.dumps(request()).encode(), capture_output=True, timeout=60, check=False)
    if done.returncode and b"unshare" in done.stderr:
        pytest.skip("this machine allows no name space without interfaces")
    assert done.stdout == render("log", samples.LOG.as_json())


def test_a_child_cannot_write_a_file(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from gemensam.documents.child import limit\n"
        "limit(memory=10**9, seconds=9); Path(sys.argv[1]).write_text('x')"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "file")]
    done = subprocess.run(command, capture_output=True, timeout=30, check=False)
    assert b"File too large" in done.stderr
    assert not (tmp_path / "file").read_bytes()
