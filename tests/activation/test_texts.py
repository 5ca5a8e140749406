"""Texts that fit one message with every field full, and what is refused: pure, on the lists that are shipped."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemensam.activation.domain.simple import whole
from gemensam.activation.domain.texts import check_fields, check_texts, fields_of, filled, lengths_of, room_of
from gemensam.core.refusal import Refused
from gemensam.delivery.gsm7 import size
from gemensam.regions import load_region

LISTS = load_region("stockholm").vocabularies
TEXTS, LENGTHS = LISTS["alert_texts"]["items"], lengths_of(LISTS["alert_fields"]["items"])
# What starter data 10 says that each text takes at most.
LARGEST = {
    "larm_konferens": 160, "larm_forsta": 158, "signal": 159, "kallelse": 157, "nasta": 155, "inriktande": 150,
    "begaran_forsta": 140, "begaran": 148, "paminnelse": 150, "atertaget": 110, "avslutat": 132, "prov": 123,
    "ovning": 160, "reservsamband": 137, "kvitto": 145,
}  # fmt: skip


@pytest.mark.parametrize("item", TEXTS, ids=lambda item: item["code"])
def test_every_text_that_is_shipped_fits_one_message_with_every_field_full(item: dict[str, str]) -> None:
    room = room_of(item, LENGTHS)
    assert room.used <= 160
    assert room.used == LARGEST.get(item["code"], room.used)


def test_every_text_of_the_starter_data_is_shipped() -> None:
    assert LARGEST.keys() <= {item["code"] for item in TEXTS}


@pytest.mark.parametrize("item", [each for each in TEXTS if each["mark"]], ids=lambda item: item["code"])
def test_a_marked_text_says_so_in_every_channel(item: dict[str, str]) -> None:
    for channel in ("sms", "subject", "push", "voice", "voicemail"):
        word = item["mark"].lower()
        assert word in item[channel].lower(), channel
    assert item["sms"].startswith(item["mark"]) and item["sms"].endswith(item["mark"])


def test_a_text_that_grows_by_one_sign_is_refused_and_says_by_how_much() -> None:
    full = next(item for item in TEXTS if item["code"] == "larm_konferens")
    with pytest.raises(Refused) as refused:
        check_texts([{**full, "sms": full["sms"] + "!"}], LENGTHS)
    assert refused.value.code == "alert_text_long"
    assert refused.value.facts == {"text": "larm_konferens", "used": 161, "limit": 160}


@pytest.mark.parametrize("sign", ["–", "”", "→", "😀", "\t"])
def test_a_sign_that_halves_the_room_is_refused(sign: str) -> None:
    with pytest.raises(Refused, match="alert_text_sign"):
        check_texts([{"code": "x", "sms": f"SSR {sign}"}], LENGTHS)
    with pytest.raises(Refused, match="alert_text_sign"):
        check_fields({"handelse": f"a{sign}b"}, LENGTHS)


def test_fields_are_held_to_their_lengths_and_names() -> None:
    assert check_fields({"handelse": " Snöoväder "}, LENGTHS) == {"handelse": "Snöoväder"}
    with pytest.raises(Refused, match="alert_field_long"):
        check_fields({"handelse": "x" * 31}, LENGTHS)
    with pytest.raises(Refused, match="alert_field_long"):
        check_fields({"handelse": "€" * 16}, LENGTHS)
    with pytest.raises(Refused, match="alert_field_unknown"):
        check_fields({"annat": "x"}, LENGTHS)
    with pytest.raises(Refused, match="alert_field_unknown"):
        check_texts([{"code": "x", "sms": "{annat}"}], LENGTHS)


def test_a_field_that_is_not_given_leaves_no_hole() -> None:
    assert filled("Konf {konf} {tel} kod {kod}.", {"konf": "16.00"}) == "Konf 16.00 kod ."
    assert fields_of("{a} {b} {a}") == ("a", "b")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(TEXTS), st.data())
def test_no_choice_of_fields_makes_a_text_too_long(item: dict[str, str], data: st.DataObject) -> None:
    alphabet = st.sampled_from("abcåäöABC 0123.€")
    given = {}
    for name in fields_of(item["sms"]):
        value = data.draw(st.text(alphabet, max_size=LENGTHS[name]))
        if size(value).used <= LENGTHS[name] and not size(value).unfit:
            given[name] = value
    assert size(filled(item["sms"], given)).is_single


@pytest.mark.parametrize(
    ("written", "room", "expected"),
    [
        ("08-465 004", 12, "08-465 004"),
        ("08-465 004 00", 12, "08-46500400"),
        ("+46 (0)8-465 004 00", 12, "+46846500400"),
        ("+46 8 465 004 00 12 34", 12, ""),  # never cut: that would be somebody else's
        ("471 147", 6, "471147"),
        ("4711471", 6, ""),
        ("", 12, ""),
    ],
)
def test_a_number_is_whole_or_not_there(written: str, room: int, expected: str) -> None:
    assert whole(written, room) == expected
