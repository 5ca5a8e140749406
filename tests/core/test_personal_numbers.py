"""Personal identity and coordination numbers are told from other numbers (R96)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemensam.core.personal_numbers import find_personal_numbers, looks_like_personal_number, texts_of


def check_digit(nine: str) -> str:
    total = 0
    for place, digit in enumerate(nine):
        product = int(digit) * (2 - place % 2)
        total += product // 10 + product % 10
    return str(-total % 10)


def number(born: date, serial: int, *, sign: str, long: bool, coordination: bool) -> str:
    day = born.day + (60 if coordination else 0)
    nine = f"{born:%y%m}{day:02}{serial:03}"
    century = f"{born:%Y}"[:2] if long else ""
    return f"{century}{nine[:6]}{sign}{nine[6:]}{check_digit(nine)}"


born_days = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@given(born_days, st.integers(0, 999), st.sampled_from(["-", "+", "\u2212", "\u2013"]), st.booleans(), st.booleans())
def test_every_way_to_write_one_is_found(born: date, serial: int, sign: str, long: bool, coordination: bool) -> None:
    written = number(born, serial, sign=sign, long=long, coordination=coordination)
    assert find_personal_numbers([f"Ring {written}, genast."]) == (written,)


@given(born_days, st.integers(0, 999), st.booleans(), st.booleans())
def test_without_a_sign_only_what_begins_as_a_telephone_number_is_let_be(
    born: date, serial: int, long: bool, coordination: bool
) -> None:
    written = number(born, serial, sign="", long=long, coordination=coordination)
    assert looks_like_personal_number(written) is not written.startswith("0")


@given(born_days, st.integers(0, 999), st.integers(1, 9))
def test_a_wrong_check_digit_is_another_number(born: date, serial: int, off: int) -> None:
    written = number(born, serial, sign="-", long=True, coordination=False)
    wrong = f"{written[:-1]}{(int(written[-1]) + off) % 10}"
    assert not looks_like_personal_number(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "08-123 45 67 89", "070-123 45 67", "0701234567", "212000-0142", "19811318-9871", "810230-1235",
        "A811218-9876", "811218-98761", "2026-11-29 15.08", "59.3293, 18.0686", "Dnr 2026/811218",
        "a" * 22 + "8112189876", "01890000-0000-7000-8000-811218987600",
    ],
)  # fmt: skip
def test_other_numbers_are_let_be(text: str) -> None:
    assert not looks_like_personal_number(text)


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    assert isinstance(find_personal_numbers([text]), tuple)


def test_every_text_of_a_payload_is_looked_through() -> None:
    payload = {"a": "1", "b": [{"c": "2", "d": 3}, ("4",)], "e": None, "f": True}
    assert sorted(texts_of(payload)) == ["1", "2", "4"]


def test_each_number_is_told_once_in_order() -> None:
    assert find_personal_numbers(["811218-9876 och 19121212-1212", "811218-9876"]) == ("811218-9876", "19121212-1212")
