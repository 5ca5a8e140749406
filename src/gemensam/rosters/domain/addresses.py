"""Addresses at which a duty contact is reached: numbers as E.164, mail addresses, push without address. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.core.refusal import Refused

SMS, VOICE, EMAIL, PUSH = "sms", "voice", "email", "push"
CHANNELS = (SMS, VOICE, EMAIL, PUSH)
BY_NUMBER = frozenset({SMS, VOICE})
ADDRESSES_MAX = 10
SWEDEN = "+46"
_SEPARATORS = re.compile(r"[\s()./\u2010-\u2015-]+")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")  # ITU-T E.164: at most fifteen digits, no zero first
# The Swedish numbering plan (PTS): mobile numbers have nine digits after the zero, others seven to nine.
_SWEDISH = re.compile(r"\+46(?:7[0-9]{8}|[1-689][0-9]{6,8})")
_MAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
MAIL_MAX = 254


@dataclass(frozen=True, slots=True)
class Address:
    """Where one is reached: `channel` sms, voice, email or push; `value` +46…, a mail address, "" for push."""

    channel: str
    value: str


def number(text: str) -> str:
    """Return a telephone number as E.164; a national Swedish one (070-174 06 05) gets its country.

    Raises `Refused("number_wrong")`.
    """
    plain = _SEPARATORS.sub("", text.replace("(0)", ""))
    if plain.startswith("00"):
        plain = f"+{plain[2:]}"
    elif plain.startswith("0"):
        plain = SWEDEN + plain[1:]
    pattern = _SWEDISH if plain.startswith(SWEDEN) else _E164
    if not plain.isascii() or not pattern.fullmatch(plain):
        raise Refused("number_wrong", given=text[:40])
    return plain


def mail_address(text: str) -> str:
    """Return a mail address without what stands around it; raises `Refused("mail_wrong")`."""
    plain = text.strip()
    if len(plain) > MAIL_MAX or ".." in plain or not _MAIL.fullmatch(plain):
        raise Refused("mail_wrong", given=text[:80])
    return plain


def checked(channel: str, text: str) -> Address:
    """Return an address as it is kept.

    Raises `Refused`: `unknown_channel`, `number_wrong`, `sms_needs_mobile` (a fixed line takes no text message, and
    nobody would notice), `mail_wrong`, `push_without_address`.
    """
    if channel in BY_NUMBER:
        found = number(text)
        if channel == SMS and found.startswith(SWEDEN) and found[len(SWEDEN)] != "7":
            raise Refused("sms_needs_mobile", given=text[:40])
        return Address(channel, found)
    if channel == EMAIL:
        return Address(channel, mail_address(text))
    if channel != PUSH:
        raise Refused("unknown_channel", channel=channel[:40])
    if text.strip():
        raise Refused("push_without_address")
    return Address(channel, "")


def checked_all(given: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return addresses in their order of preference, as a payload holds them.

    Raises `Refused`: `addresses_missing`, `too_many_addresses`, `address_twice`, or what `checked` raises.
    """
    found = [checked(each["channel"], each["value"]) for each in given]
    if not found:
        raise Refused("addresses_missing")
    if len(found) > ADDRESSES_MAX:
        raise Refused("too_many_addresses", limit=ADDRESSES_MAX)
    if len(set(found)) != len(found):
        raise Refused("address_twice")
    return [{"channel": each.channel, "value": each.value} for each in found]


def spoken(value: str) -> str:
    """Return a number as a Swede reads it aloud (`070-174 06 05`, `08-465 004 00`); others as they stand."""
    if not _SWEDISH.fullmatch(value):
        return value
    national = "0" + value[len(SWEDEN) :]
    area = 3 if national.startswith(("07", "010")) else 2 if national.startswith("08") else 4
    rest = national[area:]
    return f"{national[:area]}-{_grouped(rest)}"


def _grouped(digits: str) -> str:
    """Groups of two from the end, the first of three where the digits are odd in number; eight as 3+3+2."""
    if len(digits) == 8:
        return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    first = 3 if len(digits) % 2 else 2
    parts = [digits[:first], *(digits[place : place + 2] for place in range(first, len(digits), 2))]
    return " ".join(parts)
