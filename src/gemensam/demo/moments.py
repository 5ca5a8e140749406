"""Times of a scenario, counted from the real now. Milliseconds since 1970 in UTC; weekdays in Swedish local time."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
DAYS_OF_WEEK = 7
# A conference that began less than an hour ago is still this week's.
GRACE = HOUR


def local_instant(text: str) -> int:
    """Return the instant of a local date and time such as `2017-04-07 14:53`."""
    return round(datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).timestamp() * 1000)


def next_weekday(after: int, weekday: int, clock: str, *, weeks: int = 0) -> int:
    """Return the first `weekday` (1 = Monday) at a local time such as `10:00` after an instant, so many weeks later."""
    local = datetime.fromtimestamp(after / 1000, UTC).astimezone(STOCKHOLM)
    day = local.date() + timedelta(days=(weekday - local.isoweekday()) % DAYS_OF_WEEK)
    found = datetime.combine(day, time.fromisoformat(clock), STOCKHOLM)
    if found <= local:
        found += timedelta(days=DAYS_OF_WEEK)
    # Whole local days, so that the clock says the same when summer time begins or ends in between.
    found = datetime.combine(found.date() + timedelta(weeks=weeks), found.time(), STOCKHOLM)
    return round(found.timestamp() * 1000)


@dataclass(frozen=True, slots=True)
class Week:
    """A week that ends `now` and began with the conference before this week's.

    A scenario's seven days are spread over it, so that everything has happened, in order, on any day of the week.
    """

    began_at: int
    now: int

    def at(self, days_ago: int, minute: int = 0) -> int:
        """Return the instant of what happened so many days before the end, and minutes into that day."""
        span = self.now - self.began_at
        return min(self.began_at + span * (DAYS_OF_WEEK - days_ago) // DAYS_OF_WEEK + minute * MINUTE, self.now)


def week_before(now: int, weekday: int, clock: str) -> Week:
    """Return the week that ends now, when the conference is held on a weekday at a local time."""
    return Week(next_weekday(now - GRACE, weekday, clock, weeks=-1), now)
