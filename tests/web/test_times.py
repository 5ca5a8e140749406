"""Times as people read and write them; Stockholm's two odd nights included."""

import pytest

from gemensam.core.refusal import Refused
from gemensam.web import times

NOW = times.parse("2026-11-20T15:08:32")


@pytest.mark.parametrize(
    ("earlier", "said"),
    [
        (0, "nyss"),
        (59 * 1000, "nyss"),
        (times.MINUTE, "1 min"),
        (14 * times.MINUTE, "14 min"),
        (times.HOUR, "1 h"),
        (2 * times.HOUR + 10 * times.MINUTE, "2 h 10 min"),
        (23 * times.HOUR, "i går 16.08"),
        (46 * times.DAY, "5 okt 16.08"),
        (400 * times.DAY, "16 okt 2025 16.08"),
    ],
)
def test_an_age_is_said_in_minutes_then_hours_then_as_a_time(earlier: int, said: str) -> None:
    assert times.age(NOW - earlier, NOW, "sv") == said


def test_what_came_within_the_minute_that_the_page_is_drawn_for_is_just_now() -> None:
    assert times.age(NOW + 30_000, NOW, "sv") == "nyss"


def test_a_coming_time_is_said_as_a_time() -> None:
    assert times.age(NOW + times.DAY, NOW, "sv") == "i morgon 15.08"
    assert times.age(NOW + times.DAY, NOW, "en") == "tomorrow 15:08"


def test_the_day_is_that_of_the_calendar_and_not_of_the_last_24_hours() -> None:
    just_after_midnight = times.parse("2026-11-20T00:05")
    assert times.clock(just_after_midnight - 10 * times.MINUTE, just_after_midnight, "sv") == "i går 23.55"


def test_the_hour_that_comes_twice_says_which() -> None:
    first = times.parse("2026-10-25T02:30+02:00")
    second = times.parse("2026-10-25T02:30+01:00")
    assert second - first == times.HOUR
    assert times.clock(first, second, "sv") == "02.30 sommartid"
    assert times.clock(second, second, "en") == "02:30 standard time"
    assert times.clock(second + times.HOUR, second, "sv") == "03.30"


def test_an_age_over_the_night_when_clocks_change_counts_real_hours() -> None:
    assert times.age(times.parse("2026-03-29T01:30"), times.parse("2026-03-29T03:30"), "sv") == "1 h"


def test_a_time_that_was_skipped_in_spring_is_read_as_after_the_skip() -> None:
    assert times.parse("2026-03-29 02.30") == times.parse("2026-03-29T03:30+02:00")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("15.08", "2026-11-20T15:08"),
        ("9,05", "2026-11-20T09:05"),
        ("0912", "2026-11-20T09:12"),
        ("I går 23.59", "2026-11-19T23:59"),
        ("4/1 22:40", "2026-01-04T22:40"),
        ("2026-11-18 15.08", "2026-11-18T15:08"),
        ("2026-11-18T15:08:30+01:00", "2026-11-18T15:08:30"),
        ("2026-11-18T15:08:30 01:00", "2026-11-18T15:08:30"),
        ("2026-11-18T14:08:30Z", "2026-11-18T15:08:30"),
    ],
)
def test_a_time_may_be_written_in_the_ways_people_write(written: str, meant: str) -> None:
    assert times.iso(times.parse(written, NOW))[: len(meant)] == meant


@pytest.mark.parametrize("written", ["", "x", "25.00", "12.61", "31/2 10.00", "2026-13-01 10.00", "2026-11-20"])
def test_what_is_no_time_is_refused(written: str) -> None:
    with pytest.raises(Refused) as refused:
        times.parse(written, NOW)
    assert refused.value.code == "bad_moment"


@pytest.mark.parametrize("at", [NOW, NOW + 1, NOW + 999, times.parse("2026-10-25T02:30+01:00") + 7])
def test_a_moment_that_a_link_carries_on_is_exact(at: int) -> None:
    assert times.parse(times.iso_moment(at)) == at
    assert times.parse(times.iso_moment(at).replace("+", " ")) == at


@pytest.mark.parametrize("at", [NOW // 1000 * 1000, times.parse("2026-10-25T02:30+01:00"), 0])
def test_what_stands_in_a_field_is_read_back_as_the_same_minute(at: int) -> None:
    assert times.parse(times.field(at, "sv")) == at // times.MINUTE * times.MINUTE
    assert times.parse(times.field(at, "en")) == at // times.MINUTE * times.MINUTE


def test_the_exact_time_is_behind_the_words() -> None:
    assert times.age_html(NOW - 14 * times.MINUTE, NOW) == (
        '<time datetime="2026-11-20T14:54:32+01:00" title="fredag 20 nov 2026 14.54.32 (UTC+01:00)" data-age>'
        "14 min</time>"
    )


def test_a_moment_in_a_sentence_has_seconds_and_the_year() -> None:
    at = times.parse("2017-04-07T15:08:00")
    assert times.spoken(at, "sv") == "kl. 15.08.00 den 7 april 2017"
    assert times.spoken(at, "en") == "15:08:00 on 7 April 2017"
