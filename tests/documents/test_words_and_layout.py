"""The pure parts: words in both languages, times, printable text, sums."""

import re
import string
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst

from gemensam.documents import times
from gemensam.documents.child import BUILT_IN, STANDARDS, TEMPLATES
from gemensam.documents.layout import layout
from gemensam.documents.plain import CAUTIOUS, COVERED, plain
from gemensam.documents.words import EN, LOUD_MARKS, SV, WORDS
from tests.documents import samples


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_words_with_the_same_places() -> None:
    assert SV.keys() == EN.keys()
    assert all(SV[name] and EN[name] and placeholders(SV[name]) == placeholders(EN[name]) for name in SV)


def test_templates_use_every_word_and_no_other() -> None:
    source = "".join(path.read_text() for path in TEMPLATES.glob("*.typ"))
    used = set(re.findall(r"\bw\.([a-z_]+)\b(?!\()", source)) | {
        f"type_{one}" for one in ("fakta", "bedomning", "antagande")
    }
    assert used | LOUD_MARKS == SV.keys()


def instant(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp() * 1000)  # type: ignore[arg-type, misc]


def test_times_are_local_and_say_the_day_when_it_is_another() -> None:
    at = instant(2026, 11, 20, 14, 8)
    assert times.full(at, "sv") == "20 nov 2026 kl. 15.08"
    assert times.full(at, "en") == "20 Nov 2026 15:08"
    assert times.brief(at, "sv", instant(2026, 11, 20, 22, 0)) == "15.08"
    assert times.brief(at, "sv", instant(2026, 11, 20, 23, 30)) == "20 nov 15.08"
    assert times.brief(at, "sv", instant(2027, 1, 5)) == "20 nov 2026 15.08"


def test_the_hour_that_comes_twice_says_which_it_is() -> None:
    assert times.clock(instant(2026, 10, 25, 0, 30), "sv") == "02.30 (sommartid)"
    assert times.clock(instant(2026, 10, 25, 1, 30), "sv") == "02.30 (normaltid)"
    assert times.clock(instant(2026, 10, 25, 1, 30), "en") == "02:30 (standard time)"
    assert times.clock(instant(2026, 3, 29, 1, 30), "sv") == "03.30"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (14, "14 min"), (130, "2 h 10 min"), (120, "2 h"), (3000, "2 dygn"), (-5, "0 min")],
)
def test_ages_are_in_words(minutes: int, words: str) -> None:
    assert times.age(0, minutes * 60_000, "sv") == words


def test_line_breaks_of_every_kind_become_one_kind() -> None:
    assert plain("a\r\nb\rc\u2028d\ve\tf") == "a\nb\nc\nd\ne f"


def test_ordinary_swedish_text_is_left_alone() -> None:
    text = "Åtgärder: snöröjning på väg 283 – klart kl. 15.08 (½ dygn), ”så fort som möjligt” … 5 °C"
    assert plain(text) == plain(text, CAUTIOUS | {ord("…")}) == text


@pytest.mark.parametrize("family", ["Source Sans 3", "Libertinus Serif"])
def test_every_covered_character_can_be_printed_under_both_standards(family: str) -> None:
    folder = Path(samples.__file__).parents[2] / "src" / "gemensam" / "documents" / "fonts"
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[folder])
    source = b'#set document(title: "x")\n#set text(font: json(bytes(sys.inputs.fonts)), lang: "sv")\n#sys.inputs.text'
    compiler = typst.Compiler(font_paths=fonts)
    names = str([family, *BUILT_IN]).replace("'", '"')
    characters = [chr(code) for code in sorted(COVERED)]
    for start in range(0, len(characters), 64):
        # Each on a letter of its own, so that combining characters have something to sit on.
        text = " ".join("n" + character for character in characters[start : start + 64])
        inputs = {"text": text, "fonts": names}
        assert compiler.compile(source, format="pdf", pdf_standards=STANDARDS, timestamp=0, sys_inputs=inputs)


def test_totals_count_every_member_once_and_put_the_worst_first() -> None:
    view = layout("picture", samples.PICTURE.as_json())
    assert view["totals"]["codes"][:5] == ["kritisk", "allvarlig", "betydande", "mattlig", "ingen"]
    assert all(sum(row["counts"]) == 37 for row in view["totals"]["rows"])
    assert view["totals"]["rows"][0]["counts"][0] == 1


def test_a_row_collapses_only_when_it_says_one_thing_outside_the_scale() -> None:
    rows = {row["name"]: row["silence"] for row in layout("picture", samples.PICTURE.as_json())["members_rows"]}
    assert rows["Vaxholm"] == "ej_rapporterat"
    assert rows["MRM"] == "har_inte"
    assert rows["Nacka"] == ""


def test_a_long_title_is_shortened_along_the_top_of_the_page_only() -> None:
    data = replace(samples.LOG, frame=samples.frame("Snö " * 60)).as_json()
    about = layout("log", data)["about"]
    assert about["running"][0].endswith("Snö…")
    assert len(about["running"][0]) <= 80
    assert about["title"].count("Snö") == 60


def test_columns_of_the_roll_call_that_say_nothing_are_left_out() -> None:
    view = layout("minutes", samples.MINUTES.as_json())
    assert view["represented"]
    assert view["statuses"]
    assert len(view["present"]) + len(view["absent"]) == 37
    alike = replace(samples.MINUTES, attendance=samples.MINUTES.attendance[:2])
    view = layout("minutes", alike.as_json())
    assert not view["represented"]
    assert not view["statuses"]


def test_words_follow_the_language_of_the_document() -> None:
    data = samples.LOG.as_json()
    for language in ("sv", "en"):
        data["frame"]["language"] = language
        assert layout("log", data)["w"] == WORDS[language]
