"""A function's shifts as a calendar file: who holds it when, never a number to ring.

Whoever has a calendar's address reads it, and calendars are shared on: so the file tells labels and times alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from gemensam.ledger import calendars
from gemensam.ledger.calendars import CONTENT_TYPE, CalendarEntry

__all__ = ["CONTENT_TYPE", "Duty", "calendar_file"]

PRODUCT = "Beredskap"


@dataclass(frozen=True, slots=True)
class Duty:
    """A part of a shift as it stands in a calendar. Times in ms UTC; `sequence` rises when the shift is changed."""

    uid: str
    title: str
    from_at: int
    until_at: int
    stamped_at: int
    sequence: int
    url: str

    def entry(self) -> CalendarEntry:
        """Being on duty does not make a calendar busy."""
        return CalendarEntry(
            self.uid, self.title, self.from_at, self.until_at, self.stamped_at, self.sequence, url=self.url,
            is_free=True,
        )  # fmt: skip


def calendar_file(name: str, duties: Iterable[Duty]) -> bytes:
    """Return a calendar file; the same duties give the same bytes."""
    return calendars.calendar_file(name, PRODUCT, (duty.entry() for duty in duties))
