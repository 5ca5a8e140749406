"""Quiet nights: an alert always wakes; what is none waits until six by the local clock, on every day of the year."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemensam.activation.domain.alert_settings import quiet_until
from gemensam.activation.domain.escalation import course, due
from gemensam.core.state import SpaceState
from gemensam.web.times import local, parse
from tests.activation.entries import MINUTE, larm

NOTHING = SpaceState("directory")  # a directory without lists: the proposed hours, 22 to 6


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-11-20T21:59", ""), ("2026-11-20T22:00", "2026-11-21T06:00"), ("2026-11-21T05:59", "2026-11-21T06:00"),
        ("2026-11-21T06:00", ""), ("2026-03-28T23:00", "2026-03-29T06:00"), ("2026-10-24T23:00", "2026-10-25T06:00"),
        ("2026-10-25T01:30", "2026-10-25T06:00"), ("2026-12-31T22:30", "2027-01-01T06:00"),
    ],
)  # fmt: skip
def test_a_night_ends_at_six_by_the_local_clock(at: str, until: str) -> None:
    assert quiet_until(NOTHING, parse(at)) == (parse(until) if until else 0)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(parse("2026-01-01T00:00"), parse("2027-01-01T00:00")))
def test_no_instant_waits_longer_than_a_night_or_ends_by_day(at: int) -> None:
    until = quiet_until(NOTHING, at)
    by_night = local(at).hour >= 22 or local(at).hour < 6
    assert bool(until) == by_night
    if until:
        assert at < until <= at + 9 * 60 * MINUTE  # nine hours where the clock goes back
        assert (local(until).hour, local(until).minute) == (6, 0)


def test_what_waits_reaches_nobody_until_then_and_has_its_whole_time_after() -> None:
    one = larm({"nacka": ("tib", "chef")}, quiet_until=8 * 60 * MINUTE)
    assert list(due(one, "L", 8 * 60 * MINUTE - 1)) == []
    run = course(one, one.members[0], 60 * MINUTE)
    assert (run.steps, run.next_function, run.next_at) == ((), "tib", 8 * 60 * MINUTE)
    assert {each.function for each in due(one, "L", 8 * 60 * MINUTE)} == {"tib"}
    assert one.ends_at == 8 * 60 * MINUTE + one.pace.lasts
