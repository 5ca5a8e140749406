"""A text as the open channels can carry it: nothing may stop a call because of a dash (R1)."""

from gemensam.delivery.gsm7 import size

_PLAIN = str.maketrans({"–": "-", "—": "-", "”": '"', "“": '"', "’": "'", "‘": "'", "…": ".", "\t": " ", "\xa0": " "})


def simplified(text: str, room: int) -> str:
    """Return a text in the alphabet of an SMS, cut to `room` septets at the end."""
    told = " ".join(text.translate(_PLAIN).split())
    strange = size(told).unfit
    told = "".join(sign for sign in told if sign not in strange)
    while told and size(told).used > room:
        told = told[:-1]
    return told.strip()
