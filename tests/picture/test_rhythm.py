"""When a takt beats: local times over the change of hour, every so many hours, before and after another beat."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemensam.picture.domain.cadences import cadence_from
from gemensam.picture.domain.rhythm import STOCKHOLM, Beats, Rhythm, is_sound

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
WEEKDAYS = (1, 2, 3, 4, 5, 6, 7)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).timestamp() * 1000)


def beats(rhythm: Rhythm, anchor_at: int = 0) -> Beats:
    return Beats({"report": rhythm}, anchor_at)


def test_a_daily_time_keeps_its_clock_when_summer_time_ends() -> None:
    daily = beats(Rhythm("at", WEEKDAYS, ("08:30",)))
    assert daily.following("report", at("2026-10-24T09:00")) == at("2026-10-25T08:30")
    assert at("2026-10-25T08:30") - at("2026-10-24T08:30") == 25 * HOUR


@pytest.mark.parametrize(
    ("now", "last", "following"),
    [
        ("2026-11-19T08:29", "2026-11-12T08:30", "2026-11-19T08:30"),
        ("2026-11-19T08:30", "2026-11-19T08:30", "2026-11-26T08:30"),
        ("2026-11-25T23:59", "2026-11-19T08:30", "2026-11-26T08:30"),
    ],
)
def test_a_weekly_time_comes_on_its_day(now: str, last: str, following: str) -> None:
    weekly = beats(Rhythm("at", (4,), ("08:30",)))
    assert weekly.last("report", at(now)) == at(last)
    assert weekly.following("report", at(now)) == at(following)


def test_a_report_is_wanted_before_each_conference() -> None:
    acute = Beats(
        {"report": Rhythm("relative", minutes=-30, to="conference"), "conference": Rhythm("every", minutes=120)},
        anchor_at=at("2026-11-20T06:00"),
    )
    assert acute.following("report", at("2026-11-20T06:00")) == at("2026-11-20T07:30")
    assert acute.last("report", at("2026-11-20T05:29")) is None
    assert acute.between("report", at("2026-11-20T05:00"), at("2026-11-20T09:30")) == [
        at("2026-11-20T05:30"), at("2026-11-20T07:30"), at("2026-11-20T09:30"),
    ]  # fmt: skip


def test_beats_that_refer_to_each_other_in_a_circle_never_come() -> None:
    circle = Beats({"report": Rhythm("relative", to="picture"), "picture": Rhythm("relative", to="report")})
    assert circle.following("report", at("2026-11-20T06:00")) is None


@given(
    st.integers(min_value=at("2026-01-01T00:00"), max_value=at("2027-12-31T00:00")),
    st.sets(st.sampled_from(WEEKDAYS), min_size=1),
    st.sets(st.sampled_from(["00:00", "02:30", "06:30", "14:30", "23:59"]), min_size=1),
)
def test_no_beat_lies_between_the_last_one_and_the_following(now: int, days: set[int], clock_times: set[str]) -> None:
    found = beats(Rhythm("at", tuple(sorted(days)), tuple(sorted(clock_times))))
    last, following = found.last("report", now), found.following("report", now)
    assert last is not None
    assert following is not None
    assert last <= now < following
    assert found.between("report", last, following) == [following]


@pytest.mark.parametrize(
    ("rhythm", "gap"),
    [
        (Rhythm("at", WEEKDAYS, ("06:30", "14:30")), 16 * HOUR),
        (Rhythm("at", (1, 3, 5), ("09:00",)), 3 * DAY),
        (Rhythm("every", minutes=120), 2 * HOUR),
    ],
)
def test_the_longest_gap_is_the_night_or_the_weekend(rhythm: Rhythm, gap: int) -> None:
    assert beats(rhythm).longest_gap("report") == gap


def test_a_limit_shorter_than_the_longest_gap_is_told() -> None:
    item = {
        "code": "x", "name": "X", "stale_after_minutes": 16 * 60,
        "report": {"kind": "at", "days": list(WEEKDAYS), "times": ["06:30", "14:30"]},
    }  # fmt: skip
    assert cadence_from(item).too_short()
    assert not cadence_from({**item, "stale_after_minutes": 17 * 60}).too_short()


@pytest.mark.parametrize(
    "rhythm",
    [
        Rhythm("at", (), ("08:00",)), Rhythm("at", (8,), ("08:00",)), Rhythm("at", (1,), ("24:00",)),
        Rhythm("at", (1,), ("8:00",)), Rhythm("at", (1,), ("ab:cd",)), Rhythm("every", minutes=0),
        Rhythm("relative", to="lunch"), Rhythm("yearly"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_not_sound(rhythm: Rhythm) -> None:
    assert not is_sound(rhythm)
