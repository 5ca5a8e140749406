"""Times of a scenario are counted from the real now, in local time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from gemensam.demo.moments import DAYS_OF_WEEK, HOUR, MINUTE, next_weekday, week_before

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def _at(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).timestamp() * 1000)


def _said(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ("2026-11-16 08:00", "2026-11-19 10:00"),
        ("2026-11-19 09:59", "2026-11-19 10:00"),
        ("2026-11-19 10:00", "2026-11-26 10:00"),
        ("2026-10-24 12:00", "2026-10-29 10:00"),
        ("2026-03-27 12:00", "2026-04-02 10:00"),
    ],
    ids=["on Monday", "a minute before", "at that time", "when summer time ends", "when summer time begins"],
)
def test_the_next_thursday_at_ten_is(now: str, found: str) -> None:
    assert _said(next_weekday(_at(now), 4, "10:00")) == found


def test_a_week_earlier_says_the_same_clock_across_the_change_of_time() -> None:
    assert _said(next_weekday(_at("2026-10-27 12:00"), 4, "10:00", weeks=-1)) == "2026-10-22 10:00"


@pytest.mark.parametrize("now", ["2026-11-16 08:00", "2026-11-19 09:59", "2026-11-19 10:30", "2026-11-19 11:30"])
def test_a_week_begins_with_the_conference_before_and_all_of_it_has_happened(now: str) -> None:
    week = week_before(_at(now), 4, "10:00")
    told = [week.at(days_ago) for days_ago in range(DAYS_OF_WEEK, -1, -1)]
    assert told[0] == week.began_at
    assert told == sorted(told)
    assert told[-1] == week.now == _at(now)


def test_a_conference_that_has_just_begun_is_this_weeks() -> None:
    just_begun = week_before(_at("2026-11-19 10:30"), 4, "10:00")
    over = week_before(_at("2026-11-19 11:30"), 4, "10:00")
    assert _said(just_begun.began_at) == "2026-11-12 10:00"
    assert _said(over.began_at) == "2026-11-19 10:00"


def test_minutes_of_a_day_never_reach_past_now() -> None:
    week = week_before(_at("2026-11-19 11:10"), 4, "10:00")
    assert week.now - week.began_at == HOUR + 10 * MINUTE
    assert week.at(7, 50) == week.began_at + 50 * MINUTE
    assert week.at(1, 50) == week.now
