"""Steps and axis of a replay: pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemensam.learning.domain import BREAK_WIDTH, DAY, HOUR, MINUTE, MOST_STEPS, SECOND, make_axis, make_steps

DAY_ONE = 1_491_569_580_000  # 7 April 2017 14.53 in Stockholm
instants = st.lists(st.integers(DAY_ONE, DAY_ONE + 30 * DAY), min_size=1, max_size=300)


def test_every_step_is_a_whole_second_after_what_it_shows() -> None:
    assert make_steps([DAY_ONE + 1, DAY_ONE + 999, DAY_ONE + 1_000, DAY_ONE + 5_001]) == (
        DAY_ONE + 1_000,
        DAY_ONE + 6_000,
    )
    assert make_steps([]) == ()


def test_many_arrivals_make_fewer_steps_and_the_last_is_always_shown() -> None:
    arrivals = [DAY_ONE + n * 7 * SECOND for n in range(10_000)]
    found = make_steps(arrivals)
    assert 1_000 < len(found) <= MOST_STEPS
    assert found[-1] == arrivals[-1]


@given(instants)
def test_steps_rise_and_the_last_shows_everything(arrivals: list[int]) -> None:
    found = make_steps(arrivals, most=20)
    assert list(found) == sorted(set(found))
    assert max(arrivals) <= found[-1] < max(arrivals) + SECOND
    assert all(any(step - SECOND < at <= step for at in arrivals) for step in found)


def test_a_quiet_night_takes_no_room() -> None:
    evening = [DAY_ONE + n * MINUTE for n in range(0, 300, 10)]
    axis = make_axis([*evening, DAY_ONE + DAY, DAY_ONE + DAY + HOUR], 0, 1_000)
    assert len(axis.stretches) == 2
    ((middle, length),) = axis.breaks
    first, second = axis.stretches
    assert length == DAY - 290 * MINUTE
    assert second.x == pytest.approx(first.x + first.width + BREAK_WIDTH)
    assert first.x + first.width < middle < second.x
    assert second.x + second.width == pytest.approx(1_000)
    assert axis.place(DAY_ONE + 10 * HOUR) == pytest.approx(first.x + first.width)


def test_one_instant_has_an_axis_and_none_has_not() -> None:
    axis = make_axis([DAY_ONE], 100, 200)
    assert 100 <= axis.place(DAY_ONE) <= 300
    with pytest.raises(ValueError, match="no time"):
        make_axis([], 0, 100)


@given(instants)
def test_places_rise_with_time_and_stay_on_the_axis(arrivals: list[int]) -> None:
    axis = make_axis(arrivals, 50, 900)
    places = [axis.place(at) for at in sorted(arrivals)]
    assert places == sorted(places)
    assert all(49.9 <= place <= 950.1 for place in places)


@pytest.mark.parametrize(("length", "tick", "speed"), [(5 * MINUTE, MINUTE, 10), (5 * HOUR, 30 * MINUTE, 300)])
def test_ticks_and_speed_follow_the_length(length: int, tick: int, speed: int) -> None:
    axis = make_axis([DAY_ONE + length * n // 50 for n in range(51)], 0, 900)
    assert (axis.tick, axis.speed) == (tick, speed)
