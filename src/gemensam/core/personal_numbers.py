"""Personal identity and coordination numbers in what people write: found, so that the writer is asked (R96).

Ten or twelve digits, with - or + before the last four or without it: a date that exists, and the check digit of
folkbokföringslagen (1991:481) 18 §; for a coordination number (samordningsnummer, 18 a §) the day plus 60.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

# Letters on either side make it a part of something else: a digest, a registration number, a product.
PATTERN = re.compile(
    r"(?<![0-9A-Za-zÅÄÖåäö])(19|20)?(\d{2})(\d{2})(\d{2})([-+\u2010-\u2015\u2212]?)(\d{4})(?![0-9A-Za-zÅÄÖåäö])"
)
_SIX_DIGITS = re.compile(r"\d{6}")  # in every such number; looked for first, for it is found ten times as fast
_MACHINE = re.compile(r"[0-9a-f-]{32,}")  # digests and identities of the program
COORDINATION_DAYS = 60
_LEAP_YEAR, _OTHER_YEAR = 2000, 2001


def find_personal_numbers(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers that stand in some texts, as they are written there, each once, in order."""
    # Looked through as one text: no number stretches over a line's end, and a report holds hundreds of texts.
    whole = "\n".join(text for text in texts if not _MACHINE.fullmatch(text))
    return tuple(dict.fromkeys(_found(whole))) if _SIX_DIGITS.search(whole) is not None else ()


def looks_like_personal_number(text: str) -> bool:
    """Return whether a text holds a personal or coordination number."""
    return bool(find_personal_numbers([text]))


def texts_of(payload: Any) -> list[str]:
    """Return every text within a payload as JSON has it; without recursion, for a report holds hundreds of them."""
    found: list[str] = []
    pending: list[Any] = [payload]
    while pending:
        part = pending.pop()
        if isinstance(part, str):
            found.append(part)
        elif isinstance(part, Mapping):
            pending.extend(part.values())
        elif isinstance(part, list | tuple):
            pending.extend(part)
    return found


def _found(text: str) -> Iterator[str]:
    for match in PATTERN.finditer(text):
        century, year, month, day, sign, last = match.groups()
        if not century and not sign and year.startswith("0"):
            continue  # as often a telephone number, which begins with 0
        if _is_date(century, year, month, day) and _has_check_digit(year + month + day + last):
            yield match.group()


def _is_date(century: str | None, year: str, month: str, day: str) -> bool:
    """Whether the day exists in its year; without a century, in one of the years that it may be."""
    if not 1 <= int(month) <= 12:
        return False
    day_of_month = int(day) - COORDINATION_DAYS if int(day) > COORDINATION_DAYS else int(day)
    some_year = _LEAP_YEAR if int(year) % 4 == 0 else _OTHER_YEAR
    full = int(century + year) if century else some_year
    return 1 <= day_of_month <= monthrange(full, int(month))[1]


def _has_check_digit(digits: str) -> bool:
    """Whether ten digits end in their check digit: modulus 10, weights 2 and 1 by turns."""
    total = 0
    for place, digit in enumerate(digits):
        product = int(digit) * (2 if place % 2 == 0 else 1)
        total += product // 10 + product % 10
    return total % 10 == 0
