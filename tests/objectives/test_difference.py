"""What changed between two texts, by paragraph and by word. Pure."""

from hypothesis import given
from hypothesis import strategies as st

from gemensam.objectives.domain.difference import compare, numbered, spans_between, summary
from gemensam.objectives.domain.texts import Highest, coded, read_typed
from tests.objectives.making import FIRST_PART, TEXT, text


def test_each_paragraph_says_what_became_of_it() -> None:
    before, highest = coded(read_typed(FIRST_PART, TEXT), (), Highest())
    later = "# Utgångspunkter\n\nVi samverkar alltid också i krig.\n\nNytt här.\n\n# Kostnader\n\nVi delar."
    after, _ = coded(read_typed(FIRST_PART, later), before, highest)
    changes = compare(before, after)
    assert [(each.code, each.kind, each.place) for each in changes] == [
        ("a1", "same", "1"), ("p1", "gone", ""), ("p2", "changed", "1.1"), ("p4", "new", "1.2"), ("a2", "same", "2"),
        ("p3", "same", "2.1"),
    ]  # fmt: skip
    assert summary(changes) == (1, 1, 1)
    changed = changes[2].spans
    assert [each.text for each in changed if each.kind == "new"] == ["alltid "]
    assert numbered(after)["p3"] == "2.1"


def test_the_same_text_has_no_change() -> None:
    assert summary(compare(text(), text())) == (0, 0, 0)


sentences = st.text(alphabet="abå \n", max_size=40)


@given(sentences, sentences)
def test_the_spans_make_both_texts(before: str, after: str) -> None:
    spans = spans_between(before, after)
    assert "".join(each.text for each in spans if each.kind in ("same", "new")) == after
    assert "".join(each.text for each in spans if each.kind in ("same", "gone")) == before
