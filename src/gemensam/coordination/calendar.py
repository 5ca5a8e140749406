"""Conferences as a calendar file: what comes by the takt is told one by one and not as a rule, for a takt changes.

The code of a dial-in is left out: a calendar is read by others than those who read the space.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from gemensam.ledger import calendars
from gemensam.ledger.calendars import CANCELLED, CONFIDENTIAL, CONFIRMED, CONTENT_TYPE, PUBLIC, TENTATIVE, CalendarEntry

__all__ = ["CANCELLED", "CONFIRMED", "CONTENT_TYPE", "TENTATIVE", "Meeting", "calendar_file"]

PRODUCT = "Samverkanskonferens"
MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of a calendar. Times in ms UTC; see `CalendarEntry`."""

    uid: str
    starts_at: int
    length_min: int
    title: str
    stamped_at: int
    status: str = CONFIRMED
    sequence: int = 0
    place: str = ""
    text: str = ""
    url: str = ""
    confidential: bool = False

    def entry(self) -> CalendarEntry:
        ends_at = self.starts_at // 1000 * 1000 + self.length_min * MINUTE_MS
        return CalendarEntry(
            self.uid, self.title, self.starts_at, ends_at, self.stamped_at, self.sequence, self.status, self.place,
            self.text, self.url, CONFIDENTIAL if self.confidential else PUBLIC,
        )  # fmt: skip


def calendar_file(name: str, meetings: Iterable[Meeting]) -> bytes:
    """Return a calendar file; the same meetings give the same bytes."""
    return calendars.calendar_file(name, PRODUCT, (meeting.entry() for meeting in meetings))
