"""Marks of secrecy (sekretessmarkering, OSL 5 kap. 5 §) from the region's list of grounds (R48, R49)."""

import re
from collections.abc import Mapping
from typing import Any

from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.organisations.domain.reading import vocabulary

LIST = "secrecy_grounds"
_GROUND = re.compile(r"([A-Z]+) (\d+) kap\. (\d+ ?[a-z]?) §")


def secrecy_mark(item: Mapping[str, Any]) -> str:
    """Return the mark of a ground as it stands in a header, e.g. *Sekretess OSL 18:13*."""
    found = _GROUND.match(str(item.get("ground", "")))
    named = "{} {}:{}".format(*found.groups()) if found is not None else str(item["code"])
    return f"Sekretess {named}"


def secrecy_marks(directory: SpaceState) -> dict[str, bool]:
    """Return the marks of secrecy as the newest list has them, and whether each asks before anything is stored."""
    try:
        items = vocabulary(directory, LIST).items
    except Refused:
        return {}
    return {secrecy_mark(item): bool(item.get("stop_question")) for item in items}
