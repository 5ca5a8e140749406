"""The fields of decision documents: invented ones in many layouts, real ones where they lie beside the repository."""

import json
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemensam.governance.extraction.child import READERS
from gemensam.governance.reading.decisions import lines_of, read_document
from gemensam.governance.reading.domain.decision import as_json, read
from gemensam.governance.reading.domain.lines import Line
from gemensam.governance.reading.words import grammar_of_region
from tests.governance import making, samples
from tests.governance.making import made
from tests.governance.plain_samples import CASES as CASES_AS_TEXT
from tests.governance.samples import SAMPLES, Sample

REAL = Path(__file__).resolve().parents[3] / "shared" / "documents"
GRAMMAR = grammar_of_region("stockholm")
CASES = [pytest.param(sample, kind, id=f"{sample.name}-{kind}") for sample in SAMPLES for kind in sample.kinds]


def lines(sample: Sample, kind: str) -> list[Line]:
    data = made(kind, sample.blocks, sample.head, sample.foot)
    return lines_of(READERS[kind.replace("wrapped", "text")](data, 600))


def fields(told: list[Line]) -> dict[str, Any]:
    return as_json(read(told, GRAMMAR))


def of_text(text: str) -> dict[str, Any]:
    return fields(lines_of(READERS["text"](text.encode(), 600)))


@pytest.mark.parametrize(("sample", "kind"), CASES)
def test_every_field_of_an_invented_document_is_read(sample: Sample, kind: str) -> None:
    got = fields(lines(sample, kind))
    assert {name: got[name] for name in sample.fields} == sample.fields


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(text, want, id=name) for name, text, want in CASES_AS_TEXT]
)
def test_every_field_of_a_plain_text_is_read(text: str, expected: dict[str, Any]) -> None:
    got = of_text(text)
    assert {name: got[name] for name in expected} == expected


@pytest.mark.skipif(not REAL.exists(), reason="the real documents lie beside the repository only where it is developed")
def test_every_field_of_the_real_documents_is_read() -> None:
    expected = json.loads((REAL / "expected.json").read_text())
    for name, wanted in expected.items():
        # The name of the file must tell nothing.
        got = read_document((REAL / name).read_bytes(), "handling.txt", GRAMMAR).as_json()
        assert {field: got[field] for field in wanted} == wanted, name


@pytest.mark.skipif(not REAL.exists(), reason="the real documents lie beside the repository only where it is developed")
@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_real_documents_say_the_same_as_word_and_pdf(kind: str) -> None:
    for name, wanted in json.loads((REAL / "expected.json").read_text()).items():
        told = fields(lines_of(READERS[kind](made(kind, _blocks((REAL / name).read_text())), 600)))
        assert {field: told[field] for field in wanted} == wanted, name


def _blocks(text: str) -> list[making.Block]:
    """Return a text's paragraphs, without the marks that stand for headings and rules in it."""
    told = [re.sub(r"[#*]", "", line).strip() for line in text.splitlines()]
    kept = "\n".join("" if re.fullmatch(r"[-\s]*", line) else line for line in told)
    return [making.lines(*part.split("\n")) for part in re.split(r"\n{2,}", kept.strip())]


@pytest.mark.parametrize(("sample", "kind"), CASES)
def test_each_answer_has_its_place_and_certainty(sample: Sample, kind: str) -> None:
    told = lines(sample, kind)
    got = fields(told)
    known = {(line.page, line.number) for line in told}
    for name, place in got["places"].items():
        if place["certainty"] == "not_stated":
            assert got[name] in (None, []) and place["page"] is place["line"] is None
        elif (name, got[name]) != ("subject_matches", False):
            assert (place["page"], place["line"]) in known, name


@pytest.mark.parametrize(("sample", "kind"), CASES)
@pytest.mark.parametrize("field", ["date", "diarienummer", "paragraph"])
def test_a_value_whose_digits_are_lost_is_not_stated(sample: Sample, kind: str, field: str) -> None:
    told = lines(sample, kind)
    got = fields(told)
    if got[field] is None:
        return
    damaged = [replace(line, text=_damaged(line.text, got[field], field)) for line in told]
    assert fields(damaged)[field] is None


def _damaged(text: str, value: str, field: str) -> str:
    """Return a line with the last digits of a value gone, as a bad scan loses them, wherever it is repeated."""
    if field == "paragraph":
        return re.sub(rf"§ {value}\b", "§ ", text)
    if field == "diarienummer":
        return text.replace(value, re.sub(r"\d{2,}(\D*)$", r"\1", value))
    day, month, year = (str(int(value[8:])), value[5:7], value[:4])
    return re.sub(rf"{value}|\b{day} (?=[a-z]+ {year})", f"{year}-{month[0]} -", text)


def test_reading_knows_nothing_of_the_region_but_its_data() -> None:
    source = Path(samples.__file__).resolve().parents[2] / "src/gemensam/governance/reading"
    told = "".join(path.read_text() for path in source.rglob("*") if path.suffix in {".py", ".json"})
    names = ["Huddinge", "Nacka", "Tyresö", "Täby", "Stockholmsregionen", "SSR"]
    assert [name for name in names if name.lower() in told.lower()] == []


WORDS = [
    "§ 13", "§", "Dnr", "KS 2023/0123", "2023-05-08", "den 7 juni 2023", "Kommunstyrelsen", "kommunstyrelsens", "att",
    "Arbetsutskottet", "föreslår", "beslutar", "antar", "målbilden", "Samverkan Stockholmsregionen", "Beslut",
    "Förslag till beslut", "återremitterar", ",", ".", "\n", "\n\n", "\t", "\f", "Granåsa kommun", "2023–2026", "1.",
    "- ", "antog", "# ", "**", "Ärendet", "Expedieras till", "yttrande", "omedelbart justerad", "kommundirektören",
    "inte", "Bilagor",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_whatever_is_read_stands_in_the_document(text: str) -> None:
    if not text.strip():
        return
    got = of_text(text)
    plain = " ".join(re.sub(r"[#*\t\n\f]", " ", text).split())
    for name in ("diarienummer", "paragraph", "organisation"):
        assert got[name] is None or got[name] in plain
    assert got["date"] in {None, "2023-05-08", "2023-06-07"}
    assert got["period"] in (None, [2023, 2026])
    assert got["title"] is None or all(word.strip("#*") in plain for word in got["title"].split())
    assert got == of_text(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_no_text_makes_reading_fail(text: str) -> None:
    line = Line(text, 1, 1)
    assert fields([line])["stage"] in {None, "förslag", "beslut"}


@pytest.mark.parametrize(
    "part",
    [
        "kommunstyrelsens ", "antog ", "a", "§ 1 ", "Kommunstyrelsen antog den 2023-05-08 § 1 ", "- ", "(",
        "Granåsa ", "målbild ", "trygghets- och ", "Samverkan ", "yttrande ", "1", "1-", "KS ", "föreslår att ", "A B ",
        "kommundirektören har ", "*_", "2023-", "och Granåsa Xby Yby ", "allmänna ", "bilaga 1 ", ", däribland ",
        "målbild för ", "gemensam för ",
    ],
)  # fmt: skip
def test_text_made_to_be_slow_is_read_in_no_time(part: str) -> None:
    hostile = part * (20_000 // len(part))
    for text in (hostile, f"Kommunstyrelsen\nBeslut\n{hostile}", f"§ 1 {hostile}\nBeslut\n{hostile}\n{hostile}"):
        started = time.process_time()
        of_text(text)
        assert time.process_time() - started < 3, part


@pytest.mark.parametrize("field", ["date", "diarienummer", "paragraph"])
@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(text, want, id=name) for name, text, want in CASES_AS_TEXT]
)
def test_no_other_number_is_taken_for_one_that_is_lost(text: str, expected: dict[str, Any], field: str) -> None:
    if expected[field] is not None:
        assert of_text(_damaged(text, expected[field], field))[field] is None
