"""Whatever a report's writer typed stays text, and never stops a print."""

from dataclasses import replace
from typing import Any

import pytest

from gemensam.documents.rendering import DocumentError, render
from gemensam.documents.shapes import LogDocument
from tests.documents import reading, samples


def log_of(text: str) -> LogDocument:
    return replace(samples.LOG, entries=(replace(samples.LOG.entries[0], text=text, organisation=text),))


def printed(text: str) -> str:
    return reading.whole(render("log", log_of(text).as_json()))


@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd")',
        '#import "@preview/cetz:0.3.0"',
        "#panic()",
        "$ sum_(i=1)^n $ *bold* _it_ `raw` <label> @ref = Heading",
        "\\u{1F600} \\ // comment /* comment */",
        "{{ 7 * 7 }} {% debug %} <script>alert(1)</script>",
        "a }] ) \" ' ; #let d = 1",
        "{page} {pages} {previous} {count}",
        "%PDF-1.7 /JavaScript (app.alert(1))",
    ],
)
def test_markup_of_any_kind_is_printed_as_it_stands(text: str) -> None:
    assert reading.squeezed(text) in printed(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Läget är bra 👍", "Läget är bra [U+1F44D THUMBS UP SIGN]"),
        ("före\u0007efter\u001b[31m", "före[U+0007]efter[U+001B][31m"),
        ("nu\u202eetfe", "nu[U+202E RIGHT-TO-LEFT OVERRIDE]etfe"),
        ("水が出ない", "[U+6C34][U+304C HIRAGANA LETTER GA][U+51FA][U+306A HIRAGANA LETTER NA]"),
        ("\ue000\ufffe", "[U+E000][U+FFFE]"),
        ("å med ring: a\u030a", "å med ring: å"),
        ("ord\u200d\ufeff\u200bord", "ordord"),
    ],
)
def test_what_has_no_glyph_is_written_out(text: str, expected: str) -> None:
    assert reading.squeezed(expected) in printed(text)


def test_arabic_and_hebrew_are_printed_letter_by_letter() -> None:
    text = printed("الماء مقطوع שלום")
    assert "\u0645" in text
    assert "\u05dd" in text


def test_a_very_long_word_breaks_within_its_cell_and_loses_nothing() -> None:
    word = "".join(chr(97 + place % 26) for place in range(900))
    pdf = render("log", log_of(word).as_json())
    assert reading.whole(pdf).count(word) == 2
    width = float(reading.reader(pdf).pages[0].mediabox.width)
    assert _rightmost(pdf) < width - 30


def _rightmost(pdf: bytes) -> float:
    """Return where the last piece of text begins, in points from the left edge."""
    places: list[float] = []

    def note(_text: str, _cm: list[float], matrix: list[float], _font: object, _size: float) -> None:
        places.append(matrix[4])

    for page in reading.reader(pdf).pages:
        page.extract_text(visitor_text=note)
    return max(places)


def test_a_hundred_lines_and_a_hundred_combining_marks_are_printed() -> None:
    assert "rad99" in printed("\n".join(f"rad {n}" for n in range(100)))
    assert "z" in printed("z" + "\u0335\u0488\u20dd" * 100 + " " + "\u0301" * 30)


@pytest.mark.parametrize("bad", ["\ud800", "a\udfffb"])
def test_half_a_character_is_refused_as_bad_data(bad: str) -> None:
    with pytest.raises(DocumentError) as refused:
        render("log", log_of(bad).as_json())
    assert refused.value.code == "bad_data"


def test_hostile_text_in_every_field_of_every_document_still_prints() -> None:
    for template, document in samples.DOCUMENTS.items():
        data = _poisoned(document.as_json())
        first = reading.reader(render(template, data)).pages[0].extract_text()
        assert reading.squeezed('#read("x")[U+1F44D THUMBS UP SIGN]') in reading.squeezed(first)


POISON = '#read("x")👍\u202e\u0000"}]\\ \u0600\u0301 [1m'
CODES = {"language", "paper", "form", "code", "value", "type", "kind", "digit", "before", "after"}


def _poisoned(value: Any, name: str = "") -> Any:
    if isinstance(value, str):
        return value if name in CODES else value + POISON
    if isinstance(value, dict):
        return {key: _poisoned(part, key) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_poisoned(part, name) for part in value]
    return value
