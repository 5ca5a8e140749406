"""Pasted text split into paragraphs, codes that stay, and what has changed: pure."""

from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemensam.consultation.domain import lines, texts
from gemensam.consultation.domain.texts import Section
from gemensam.core.refusal import Refused

PASTED = """Detta är ett utkast.

1 Utgångspunkter
Vi samverkar frivilligt.

Ingen bestämmer över en annan.

# Mål

Alla övar varje år."""


def plain(sections: tuple[Section, ...]) -> list[dict[str, Any]]:
    return [{**asdict(each), "paragraphs": [asdict(one) for one in each.paragraphs]} for each in sections]


def test_an_empty_line_parts_paragraphs_and_headings_begin_sections() -> None:
    found = texts.split(PASTED)
    assert [(each.code, each.title) for each in found] == [("1", ""), ("2", "Utgångspunkter"), ("3", "Mål")]
    assert list(texts.paragraphs(plain(found))) == ["1.1", "2.1", "2.2", "3.1"]
    assert texts.paragraphs(plain(found))["2.1"] == "Vi samverkar frivilligt."


def test_a_sentence_with_a_number_first_is_no_heading() -> None:
    (section,) = texts.split("37 aktörer deltar i samverkan.\n\n4 av dem är myndigheter, övriga kommuner.")
    assert section.title == "" and len(section.paragraphs) == 2


@given(st.lists(st.text("abc åÄ.\n#1", max_size=40), max_size=8).map("\n\n".join))
def test_whatever_is_pasted_every_word_is_kept_and_every_code_is_its_own(pasted: str) -> None:
    sections = plain(texts.split(pasted))
    told = texts.paragraphs(sections)
    assert len(told) == sum(len(each["paragraphs"]) for each in sections)
    kept = "".join(f"{each['title']}{''.join(one['text'] for one in each['paragraphs'])}" for each in sections)
    letters = [sign for sign in pasted if sign in "abcåÄ"]
    assert [sign for sign in kept if sign in "abcåÄ"] == letters


def test_paragraphs_that_go_on_keep_their_codes_and_new_ones_get_a_letter() -> None:
    before = plain(texts.split("# Mål\n\nAlla övar varje år.\n\nAlla har reservkraft.\n\nVi möts ofta."))
    after = texts.split("# Mål\n\nAlla övar minst en gång varje år.\n\nKansliet följer upp.\n\nVi möts ofta.")
    carried = plain(texts.carried_over(before, after))
    assert texts.paragraphs(carried) == {
        "1.1": "Alla övar minst en gång varje år.", "1.1a": "Kansliet följer upp.", "1.3": "Vi möts ofta.",
    }  # fmt: skip
    found = {each.code: each.kind for each in texts.compare(before, carried)}
    assert found == {"1.1": "changed", "1.1a": "added", "1.2": "removed", "1.3": "same"}


WORDS = st.lists(st.sampled_from(["alla", "övar", "varje", "år", "vi", "möts"]), min_size=1, max_size=6).map(" ".join)


@given(st.lists(WORDS, min_size=1, max_size=6), st.lists(WORDS, min_size=1, max_size=6))
def test_a_comparison_holds_both_texts_whole(old: list[str], new: list[str]) -> None:
    before = plain(texts.split("\n\n".join(old)))
    after = plain(texts.carried_over(before, texts.split("\n\n".join(new))))
    changes = texts.compare(before, after)
    assert [each.after for each in changes if each.kind != "removed"] == list(texts.paragraphs(after).values())
    assert sorted(each.before for each in changes if each.kind != "added") == sorted(texts.paragraphs(before).values())
    for each in changes:
        assert "".join(words for kind, words in each.parts if kind != "gone") == each.after
        assert "".join(words for kind, words in each.parts if kind != "new") == each.before


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_the_same_text_changes_nothing(old: list[str]) -> None:
    before = plain(texts.split("\n\n".join(old)))
    after = plain(texts.carried_over(before, texts.split(texts.joined(before))))
    assert {each.kind for each in texts.compare(before, after)} == {"same"}


def test_a_quote_is_found_in_its_lines_and_nowhere_else() -> None:
    told = lines.of_text("Bra förslag. Mål 2 bör ändras.\nVi övar redan.")
    assert [each.text for each in told] == ["Bra förslag.", "Mål 2 bör ändras.", "Vi övar redan."]
    assert lines.quoted(told, 2, 2) == ("Mål 2 bör ändras.", 0)
    assert lines.quoted(told, 1, 2, "förslag. Mål 2")[0] == "förslag. Mål 2"
    for wrong in ((2, 1), (3, 4), (0, 1)):
        with pytest.raises(Refused, match="lines_wrong"):
            lines.quoted(told, *wrong)
    with pytest.raises(Refused, match="quote_not_there"):
        lines.quoted(told, 1, 1, "Mål 2")
    rows = lines.of_rows([(1, " Sida ett ", True), (1, "", False), (2, "Sida två", False)])
    assert lines.quoted(rows, 2, 2) == ("Sida två", 2)
