"""Quick answers as the region has them: when each is offered, and when *oförändrat* asks for a walk-through (R21)."""

from dataclasses import dataclass

from gemensam.core.state import Thing
from gemensam.picture.domain.reports import UNCHANGED, ReportData
from gemensam.picture.lists import Item, Lists

LIST = "quick_answers"
CONFIRMS_ALL, ALL_ROWS_NONE, WEEKLY_NONE, DEFER = "confirms_all", "all_rows_none", "weekly_none", "defer"
MINUTE_MS = 60_000
HEAVY = 3  # the step of the scale from which a row is gone through, where the list does not say


@dataclass(frozen=True, slots=True)
class Review:
    """After how many *oförändrat* in a row, or how long (ms), rows are to be gone through; 0: never for that reason.

    `from_digit`: the step of the scale from which a row is gone through; rows with key figures always are.
    """

    repeats: int
    after_ms: int
    from_digit: int

    def is_due(self, latest: Thing | None, now: int) -> bool:
        """Whether the next *oförändrat* after this report asks for a walk-through; `now` in ms UTC."""
        if latest is None or latest.data.quick != UNCHANGED:
            return False
        data: ReportData = latest.data
        often = self.repeats > 0 and data.repeats >= self.repeats
        return often or (self.after_ms > 0 and now - data.kept_at >= self.after_ms)


def review_of(lists: Lists) -> Review:
    """Return the region's rule; one that never asks where its list has none."""
    item = _effect(lists, CONFIRMS_ALL)
    minutes = int(item.get("review_after_minutes", 0))
    return Review(
        int(item.get("review_after_repeats", 0)), minutes * MINUTE_MS, int(item.get("review_from_digit", HEAVY))
    )


def deferral_ms(lists: Lists) -> int:
    """Return how far ahead *återkommer kl.* is set before somebody chooses another time."""
    return int(_effect(lists, DEFER).get("default_minutes", 60)) * MINUTE_MS


def is_weekly(lists: Lists) -> bool:
    """Whether *inget att rapportera* is for the weekly report alone."""
    return _effect(lists, WEEKLY_NONE).get("when") == "weekly"


def _effect(lists: Lists, effect: str) -> Item:
    return next((item for item in lists.items(LIST) if item.get("effect") == effect), {})
