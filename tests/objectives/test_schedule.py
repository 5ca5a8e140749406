"""The schedule counted back from a period's first day, and the election before it. Pure."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemensam.core.fold import fold
from gemensam.objectives.domain.schedule import election_day, months_from, step_of, steps
from gemensam.regions import load_region
from tests.objectives.entries import PAYLOADS, REGISTRY
from tests.tables import Tried

ITEMS = load_region("stockholm").items("objectives_schedule")
ELECTION = next(item for item in ITEMS if item["anchor"] == "election")
FIRST_DAY = date(2031, 1, 1)


@pytest.mark.parametrize(("first_year", "day"), [(2023, 11), (2027, 13), (2019, 9), (2031, 8)])
def test_the_election_is_the_second_sunday_of_september_the_year_before(first_year: int, day: int) -> None:
    assert election_day(date(first_year, 1, 1), ELECTION) == date(first_year - 1, 9, day)


def test_the_working_group_is_appointed_fourteen_months_before() -> None:
    found = {each.code: each for each in steps(ITEMS, FIRST_DAY, None, date(2029, 11, 2))}
    assert found["arbetsgrupp"].due == date(2029, 11, 1)
    assert found["arbetsgrupp"].late
    assert not found["utkast"].late
    soon = {each.code: each for each in steps(ITEMS, FIRST_DAY, None, date(2029, 9, 2))}
    assert soon["arbetsgrupp"].soon
    assert not soon["arbetsgrupp"].late


def test_a_step_that_was_done_late_says_how_late() -> None:
    type_ = REGISTRY.types["schedule_step"]
    done = {**PAYLOADS, "schedule_step.done": {"on": "2029-11-11", "note": ""}}
    made = Tried(REGISTRY, type_, done, step_of("arbetsgrupp")).entry(1, "schedule_step.done", "kansliet")
    state = fold("space", [made], REGISTRY)
    step = next(each for each in steps(ITEMS, FIRST_DAY, state, date(2030, 1, 1)) if each.code == "arbetsgrupp")
    assert (step.done_on, step.late, step.days_late) == (date(2029, 11, 11), False, 10)


def test_steps_come_in_the_order_of_their_days() -> None:
    found = steps(ITEMS, FIRST_DAY, None, date(2029, 1, 1))
    assert [each.due for each in found] == sorted(each.due for each in found)
    assert len(found) == len(ITEMS)


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(-60, 60))
def test_months_are_counted_over_years_and_short_months(day: date, months: int) -> None:
    found = months_from(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day <= day.day
    if day.day <= 28:
        assert months_from(found, -months) == day
