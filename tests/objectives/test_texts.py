"""Paragraphs keep their codes from version to version, and no code is used a second time: pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemensam.core.refusal import Refused
from gemensam.objectives.domain.texts import Highest, Section, check_sections, coded, read_typed, stored, typed
from tests.objectives.making import FIRST_PART, TEXT, text


def codes(sections: tuple[Section, ...]) -> list[str]:
    return [one.code for section in sections for one in section.paragraphs]


def revised(typed_text: str, before: tuple[Section, ...], highest: Highest) -> tuple[tuple[Section, ...], Highest]:
    return coded(read_typed(FIRST_PART, typed_text), before, highest)


def test_a_text_is_read_as_headings_and_paragraphs() -> None:
    found = text("# Ett\nFörsta stycket\när två rader.\n\n\nAndra.\n## Två\n")
    assert [(each.code, each.heading) for each in found] == [("a1", "Ett"), ("a2", "Två")]
    assert found[0].paragraphs == (("p1", "Första stycket\när två rader."), ("p2", "Andra."))


def test_what_is_typed_back_is_read_as_the_same() -> None:
    assert text(typed(text(), FIRST_PART)) == text()


def test_a_paragraph_keeps_its_code_in_other_words_and_in_another_place() -> None:
    first, highest = revised(TEXT, (), Highest())
    changed = "# Kostnader\n\nVi delar.\n\n# Utgångspunkter\n\nNytt.\n\nVi samverkar alltid också i krig."
    second, after = revised(changed, first, highest)
    assert [each.code for each in second] == ["a2", "a1"]
    assert codes(second) == ["p3", "p4", "p2"]
    third, _ = revised(TEXT, second, after)
    assert codes(third) == ["p5", "p2", "p3"]  # p1 was removed: its code is not used again, not even by the same words


words = st.sampled_from(["alla", "bygger", "delar", "el", "hotet", "i", "krig", "vi"])
paragraphs = st.lists(words, min_size=1, max_size=5).map(" ".join)
texts = st.lists(st.lists(paragraphs, max_size=5), max_size=4).map(
    lambda sections: "\n\n".join(
        "\n\n".join([f"# Avsnitt {number}", *section]) for number, section in enumerate(sections)
    )
)


@given(st.lists(texts, min_size=1, max_size=6))
def test_codes_are_unique_and_never_come_back(versions: list[str]) -> None:
    before: tuple[Section, ...] = ()
    highest, gone = Highest(), set[str]()
    for version in versions:
        after, new_highest = revised(version, before, highest)
        found = codes(after)
        assert len(set(found)) == len(found)
        assert not gone & set(found)
        assert new_highest >= highest
        kept = dict(one for section in before for one in section.paragraphs)
        if version == typed(before, FIRST_PART):
            assert found == codes(before)
        assert all(int(code[1:]) > highest.paragraph for code in set(found) - set(kept))
        gone |= set(kept) - set(found)
        before, highest = after, new_highest


@pytest.mark.parametrize(
    ("typed_text", "part", "code"),
    [
        ("", FIRST_PART, "vision_text_missing"),
        ("#\n\nText", FIRST_PART, "heading_missing"),
        ("# " + "a" * 201, FIRST_PART, "text_too_long"),
        ("# A\n\n" + "a" * 4001, FIRST_PART, "text_too_long"),
        (TEXT, "bilagor", "vision_part_unknown"),
        ("\n\n".join(f"# {number}" for number in range(61)), FIRST_PART, "vision_text_too_large"),
    ],
)
def test_what_is_no_text_is_refused(typed_text: str, part: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        check_sections(stored(text(typed_text, part)), [FIRST_PART])


def test_a_paragraph_before_any_heading_is_refused() -> None:
    with pytest.raises(Refused, match="section_without_heading"):
        text("Utan rubrik")


def test_two_paragraphs_with_one_code_are_refused() -> None:
    sections = stored(text())
    sections[0]["paragraphs"][1]["code"] = "p1"
    with pytest.raises(Refused, match="code_twice"):
        check_sections(sections, [FIRST_PART])
