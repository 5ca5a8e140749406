"""A text as the open channels can carry it: nothing may stop a call because of a dash (R1)."""

import re

from gemensam.delivery.gsm7 import size

# What is of use whole or not at all: a number that has been cut is another's.
WHOLE = frozenset({"tel", "kod", "reserv", "tg"})

_PLAIN = str.maketrans({"–": "-", "—": "-", "”": '"', "“": '"', "’": "'", "‘": "'", "…": ".", "\t": " ", "\xa0": " "})


def simplified(text: str, room: int) -> str:
    """Return a text in the alphabet of an SMS, cut to `room` septets at the end."""
    told = " ".join(text.translate(_PLAIN).split())
    strange = size(told).unfit
    told = "".join(sign for sign in told if sign not in strange)
    while told and size(told).used > room:
        told = told[:-1]
    return told.strip()


def whole(text: str, room: int) -> str:
    """Return a number or code in the alphabet of an SMS, without its blanks where it is too long with them.

    Empty where there is still no room for it: none is better than a wrong one.
    """
    told = simplified(text, len(text) * 2)
    bare = told.replace("(0)", "").replace(" ", "")
    tried = (told, told.replace(" ", ""), re.sub(r"(?<=\d)[()./-]+(?=\d)", "", bare))
    return next((each for each in tried if size(each).used <= room), "")
