"""What the kinds of this room share: where they stand, who writes them, and how long texts may be."""

from collections.abc import Mapping
from datetime import date

from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.organisations.domain import members

HERE = frozenset({"standing"})
GOVERN = "govern"
NAME_MAX, TEXT_MAX = 200, 1000
FIRST_YEAR, LAST_YEAR = 2000, 2100


def municipalities(directory: SpaceState) -> Mapping[str, str]:
    """Return kommunkod → short name of the members that pay by population."""
    return {each.kommunkod: each.short for each in members(directory) if each.kommunkod}


def check_texts(payload: Mapping[str, object], *, needed: tuple[str, ...] = (), **limits: int) -> None:
    """Raise `Refused`, with the field: `cost_text_missing`, `text_too_long`."""
    for field, limit in limits.items():
        text = str(payload[field])
        if len(text) > limit:
            raise Refused("text_too_long", field=field, limit=limit)
        if field in needed and not text.strip():
            raise Refused("cost_text_missing", field=field)


def day_of(text: str) -> date:
    """Return a day written as 2025-12-31; raises `Refused("cost_day_wrong")`."""
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR - 1 <= day.year <= LAST_YEAR:
        raise Refused("cost_day_wrong", given=text[:40])
    return day
