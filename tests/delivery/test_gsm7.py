"""How a text fits in SMS: the alphabet, the extension table, parts, what does not fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemensam.delivery import gsm7

SIGNS = "".join(sorted(gsm7.BASIC | gsm7.EXTENSION))


def test_the_alphabet_has_the_size_of_the_standard() -> None:
    assert len(gsm7.BASIC) == 127  # 128 places, of which one leads to the extension table
    assert len(gsm7.EXTENSION) == 10
    assert not gsm7.BASIC & gsm7.EXTENSION


@pytest.mark.parametrize(
    ("text", "used", "parts", "unfit"),
    [
        ("", 0, 1, ""),
        ("SSR LARM 15.08. Snöoväder, stora elavbrott. Åäö ÅÄÖ é ü §", 57, 1, ""),
        ("a" * 160, 160, 1, ""),
        ("a" * 161, 161, 2, ""),
        ("a" * 306, 306, 2, ""),
        ("a" * 307, 307, 3, ""),
        ("€", 2, 1, ""),
        ("€" * 80, 160, 1, ""),
        ("a" * 152 + "€" * 5, 162, 2, ""),  # the sign of two is not divided: 152 in the first part
        ("Elavbrott – stort", 17, 1, "–"),
        ("”hej”", 5, 1, "”"),
        ("a" * 70 + "–", 71, 2, "–"),
        ("🚒" * 35, 70, 1, "🚒"),
        ("🚒" * 36, 72, 2, "🚒"),
    ],
)
def test_sizes(text: str, used: int, parts: int, unfit: str) -> None:
    found = gsm7.size(text)
    assert (found.used, found.parts, found.unfit) == (used, parts, unfit)
    assert found.limit == (70 if unfit else 160)
    assert found.is_single == (parts == 1 and not unfit)


@given(st.text(alphabet=SIGNS, max_size=700))
def test_parts_are_enough_and_not_too_many(text: str) -> None:
    found = gsm7.size(text)
    assert found.unfit == ""
    if found.parts == 1:
        assert found.used <= gsm7.SINGLE
    else:  # at most one septet of each part is left empty, for a sign of two that did not fit
        assert (found.parts - 1) * (gsm7.EACH_OF_MANY - 1) < found.used <= found.parts * gsm7.EACH_OF_MANY


@given(st.text(max_size=300))
def test_one_sign_outside_the_alphabet_makes_the_whole_text_wide(text: str) -> None:
    found = gsm7.size(text)
    outside = {sign for sign in text if sign not in SIGNS}
    assert set(found.unfit) == outside
    assert found.limit == (70 if outside else 160)
