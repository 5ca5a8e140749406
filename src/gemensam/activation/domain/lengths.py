"""How much room a text takes in an SMS: characters of GSM 03.38 (3GPP TS 23.038), 160 to a message."""

ONE_MESSAGE = 160
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")


def foreign(text: str) -> tuple[str, ...]:
    """Return the characters that the alphabet has not, sorted; one of them halves the room of a message to 70."""
    return tuple(sorted(set(text) - _BASIC - _EXTENDED))


def septets(text: str) -> int:
    """Return how many places of a message a text takes; the few extended characters take two.

    Raises `ValueError` for a character that the alphabet has not.
    """
    if strange := foreign(text):
        raise ValueError(f"not in GSM 03.38: {' '.join(strange)}")
    return sum(2 if sign in _EXTENDED else 1 for sign in text)
