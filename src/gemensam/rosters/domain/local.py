"""Local dates and times of the network (Europe/Stockholm) as instants in ms UTC, and back. Pure."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MINUTES_OF_DAY = 24 * 60
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant(day: date, minute: int) -> int:
    """Return the instant of a minute of a local day; minutes beyond a day are of the days after.

    A time in the hour that is skipped in spring is read as the same distance after the skip; one in the doubled hour
    of the autumn as the first (as `web.times` reads what people write).
    """
    extra, of_day = divmod(minute, MINUTES_OF_DAY)
    there = datetime(day.year, day.month, day.day, tzinfo=STOCKHOLM) + timedelta(days=extra, minutes=of_day)
    return (there - _EPOCH) // timedelta(milliseconds=1)


def local(at: int) -> datetime:
    """Return an instant (ms UTC) as local time."""
    return (_EPOCH + timedelta(milliseconds=at)).astimezone(STOCKHOLM)


def midnight(at: int) -> int:
    """Return the beginning of the local day that an instant lies in."""
    return instant(local(at).date(), 0)
