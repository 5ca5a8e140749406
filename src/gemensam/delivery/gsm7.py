"""How a text fits in SMS: the characters of GSM 03.38 (3GPP TS 23.038), septets, and parts. Pure.

A text with one character outside the alphabet is sent as UCS-2, where a message holds 70 characters and not 160.
"""

from collections.abc import Iterable
from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")  # each takes two septets
SINGLE, EACH_OF_MANY = 160, 153  # septets; seven go to the header that ties the parts together
WIDE_SINGLE, WIDE_EACH_OF_MANY = 70, 67  # UTF-16 code units


@dataclass(frozen=True, slots=True)
class Size:
    """How large a text is as SMS. `used` and `limit` count septets, or UTF-16 code units where something is `unfit`."""

    used: int
    limit: int
    parts: int
    unfit: str = ""

    @property
    def is_single(self) -> bool:
        """Whether it goes out as one message, in the alphabet that every phone shows."""
        return self.parts <= 1 and not self.unfit


def size(text: str) -> Size:
    """Return the size of a text: what is used of one message, how many parts it takes, which characters do not fit."""
    unfit = "".join(dict.fromkeys(sign for sign in text if sign not in BASIC and sign not in EXTENSION))
    if unfit:
        return _size([_wide(sign) for sign in text], WIDE_SINGLE, WIDE_EACH_OF_MANY, unfit)
    return _size([2 if sign in EXTENSION else 1 for sign in text], SINGLE, EACH_OF_MANY, "")


def _wide(sign: str) -> int:
    return 2 if ord(sign) > 0xFFFF else 1


def _size(widths: list[int], single: int, each: int, unfit: str) -> Size:
    used = sum(widths)
    parts = 1 if used <= single else _parts(widths, each)
    return Size(used, single, parts, unfit)


def _parts(widths: Iterable[int], each: int) -> int:
    """Count parts; a character of two units is never divided between two."""
    parts, room = 1, each
    for width in widths:
        if width > room:
            parts, room = parts + 1, each
        room -= width
    return parts
