"""Addresses as they are kept and as they are read aloud: pure."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemensam.core.refusal import Refused
from gemensam.rosters.domain.addresses import Address, checked, checked_all, number, spoken


@pytest.mark.parametrize(
    ("given_as", "kept"),
    [
        ("070-174 06 05", "+46701740605"), ("+46 70 174 06 05", "+46701740605"), ("0046701740605", "+46701740605"),
        ("+46 (0)70-174 06 05", "+46701740605"), ("08-465 004 00", "+46846500400"), ("08/465 004 00", "+46846500400"),
        ("070–174 06 05", "+46701740605"), ("+358 9 1234567", "+35891234567"), ("0171-12 34 56", "+46171123456"),
    ],
)  # fmt: skip
def test_a_number_is_kept_as_the_network_dials_it(given_as: str, kept: str) -> None:
    assert number(given_as) == kept


@pytest.mark.parametrize(
    "wrong",
    ["", "112", "0", "070", "+46", "+460701740605", "070-174 06 0", "+46 70 174 06 05 12", "070-174O605",
     "+1234567890123456",

     "070-174 06 05;070", "tel:+46701740605", "٠٧٠١٧٤٠٦٠٥", "+0701740605"],
)  # fmt: skip
def test_what_is_no_number_is_refused(wrong: str) -> None:
    with pytest.raises(Refused, match="number_wrong"):
        number(wrong)


@given(st.text(max_size=40))
def test_whatever_is_written_gives_a_number_or_a_refusal(text: str) -> None:
    found = ""
    with suppress(Refused):
        found = number(text)
    if found:
        assert found.startswith("+") and found[1:].isascii() and found[1:].isdigit() and 8 <= len(found) <= 16
        assert number(found) == found


@given(st.integers(0, 10**7 - 1), st.sampled_from(["+4670", "+4676", "+468", "+46171"]))
def test_what_is_read_aloud_is_the_same_number(digits: int, area: str) -> None:
    value = f"{area}{digits:07}"[: 3 + 9]
    assert number(spoken(value)) == value


@pytest.mark.parametrize(
    ("value", "words"),
    [("+46701740605", "070-174 06 05"), ("+46846500400", "08-465 004 00"), ("+35891234567", "+35891234567"), ("", "")],
)
def test_numbers_are_read_as_in_sweden(value: str, words: str) -> None:
    assert spoken(value) == words


def test_a_text_message_goes_to_no_fixed_line() -> None:
    assert checked("voice", "08-465 004 00") == Address("voice", "+46846500400")
    with pytest.raises(Refused, match="sms_needs_mobile"):
        checked("sms", "08-465 004 00")
    assert checked("sms", "+35891234567").value == "+35891234567"  # of other countries' plans nothing is known


@pytest.mark.parametrize(
    "wrong",
    ["", "tib", "tib@", "@example.org", "tib@example", "tib@@example.org", "tib @example.org", "a..b@example.org",
     "tib@example.org\nBcc: alla@example.org", "tib@example.org,b@example.org", "tib@-example.org", "å@example.org",
     "x" * 65 + "@example.org", "a@" + "b" * 250 + ".org"],
)  # fmt: skip
def test_what_is_no_mail_address_is_refused(wrong: str) -> None:
    with pytest.raises(Refused, match="mail_wrong"):
        checked("email", wrong)


@pytest.mark.parametrize(
    ("given_all", "code"),
    [
        ([], "addresses_missing"),
        ([("sms", "070-174 06 05"), ("sms", "+46701740605")], "address_twice"),
        ([("voice", f"070-174 06 {number:02}") for number in range(5, 16)], "too_many_addresses"),
        ([("fax", "08-465 004 00")], "unknown_channel"),
        ([("push", "+46701740605")], "push_without_address"),
    ],
)
def test_what_is_wrong_with_a_contacts_addresses(given_all: list[tuple[str, str]], code: str) -> None:
    with pytest.raises(Refused, match=code):
        checked_all([{"channel": channel, "value": value} for channel, value in given_all])


def test_addresses_stand_in_the_order_of_preference() -> None:
    wanted = [("voice", "08-465 004 00"), ("sms", "070-174 06 05"), ("push", ""), ("email", " tib@example.org ")]
    found = checked_all([{"channel": channel, "value": value} for channel, value in wanted])
    assert [one["channel"] for one in found] == ["voice", "sms", "push", "email"]
    assert found[3]["value"] == "tib@example.org"
