"""The scale and what follows from it: which levels need proof, and when a proof is too old (starter data 12, förslag).

Days are local dates as `YYYY-MM-DD`, "" where there is none.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.organisations.domain import VocabularyVersion, pinned_vocabulary

CAPABILITIES, SHARING, SETTINGS = "capabilities", "assessment_sharing", "assessment_settings"
NOT_ASSESSED = "0"  # set by the program: no answer yet, which is not the lowest level
Item = Mapping[str, Any]


class Standing(NamedTuple):
    """A level as it stands on a day: `shown` is the level that is shown, with the word *obelagd* where `unproven`."""

    level: str
    shown: str
    unproven: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """The levels of a list by code, how long a proof holds (months), and the fewest members of a summarised group."""

    list: str
    levels: Mapping[str, Item]
    proof_months: int
    fewest: int

    def item(self, level: str) -> Item:
        """Return a level that a member may choose; raises `Refused("unknown_capability_level")`."""
        found = self.levels.get(level)
        if found is None or found.get("set_by") == "program":
            raise Refused("unknown_capability_level", value=level)
        return found

    def standing(self, level: str, proven_on: str, day: date) -> Standing:
        """Return how a level stands on a day; one that needs proof falls with a proof that is too old."""
        item = self.levels.get(level, {})
        if item.get("needs_proof") and not self.holds(proven_on, day):
            return Standing(level, str(item.get("when_unproven") or level), unproven=True)
        return Standing(level, level, unproven=False)

    def holds(self, proven_on: str, day: date) -> bool:
        """Whether a proof of a day still holds on another, the last day counted."""
        return bool(proven_on) and day <= months_after(date.fromisoformat(proven_on), self.proof_months)

    def is_gap(self, standing: Standing) -> bool:
        """Whether a level is one of those where something is missing, or is not proven."""
        return standing.unproven or bool(self.levels.get(standing.shown, {}).get("is_gap"))

    def can_help(self, standing: Standing) -> bool:
        return not standing.unproven and bool(self.levels.get(standing.shown, {}).get("can_help"))


def scale_of(directory: SpaceState, period: SpaceState) -> Scale:
    """Return the scale of a period's space. Raises `Refused("no_such_vocabulary")` in a network that has none."""
    settings = pinned_vocabulary(directory, period, SETTINGS)
    chosen = str((settings.item("scale") or {}).get("list") or "assessment_levels")
    levels = {str(item["code"]): item for item in pinned_vocabulary(directory, period, chosen).items}
    return Scale(chosen, levels, _number(settings, "proof_months", 24), _number(settings, "fewest_in_group", 5))


def _number(settings: VocabularyVersion, code: str, otherwise: int) -> int:
    value = (settings.item(code) or {}).get("value")
    return value if type(value) is int and value > 0 else otherwise


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month; its last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def read_day(text: str, field: str) -> date | None:
    """Return a day, or None for an empty text; raises `Refused("assessment_day")`."""
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise Refused("assessment_day", field=field) from error
    if found.isoformat() != text or not 2000 <= found.year <= 2100:
        raise Refused("assessment_day", field=field)
    return found
