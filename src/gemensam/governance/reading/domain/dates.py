"""Dates as Swedish documents write them. A date with a digit lost is no date."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Found:
    """A thing found in a text, from `start` up to `end`."""

    start: int
    end: int
    value: str


_ISO: Final = r"(?<![\d/.:-])(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?![\d/]|[-.]\d)"


def date_pattern(months: Mapping[str, int]) -> re.Pattern[str]:
    """Return the pattern of a whole date: 2023-06-07, 7 juni 2023, den 7:e juni 2023, 7/6 2023."""
    names = "|".join(sorted(months, key=len, reverse=True))
    words = rf"(?<![\d/.§-])(?P<wd>\d{{1,2}})(?:[:.]?[ea])?\s+(?P<wm>{names})\.?,?\s+(?P<wy>(?:19|20)\d\d)(?![\d/])"
    short = r"(?<![\d/.-])(?P<sd>\d{1,2})/(?P<sm>\d{1,2})[ -](?P<sy>(?:19|20)\d\d)(?![\d/-])"
    return re.compile(f"(?i)(?:{_ISO}|{words}|{short})")


def dates_in(text: str, pattern: re.Pattern[str], months: Mapping[str, int]) -> Iterator[Found]:
    """Yield the dates of a text, as ISO 8601, in their order."""
    for match in pattern.finditer(text):
        told = match.groupdict()
        year = told["y"] or told["wy"] or told["sy"]
        month = told["m"] or told["sm"] or str(months[told["wm"].lower()])
        try:
            day = date(int(year), int(month), int(told["d"] or told["wd"] or told["sd"]))
        except ValueError:
            continue
        yield Found(match.start(), match.end(), day.isoformat())
