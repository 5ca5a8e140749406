"""What a proof's age makes of a level: pure."""

import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemensam.capabilities.domain.development import HalfYear, half_years, step_of
from gemensam.capabilities.domain.levels import LevelData, Point
from gemensam.capabilities.domain.scale import Scale, Standing, months_after, read_day
from gemensam.core.refusal import Refused
from gemensam.regions import load_region

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


def scale(name: str = "assessment_levels", months: int = 24) -> Scale:
    items = {str(item["code"]): item for item in load_region("stockholm").items(name)}
    return Scale(name, items, months, 5)


@pytest.mark.parametrize(
    ("level", "proven_on", "expected"),
    [
        ("3", "2025-03-10", Standing("3", "3", unproven=False)),
        ("3", "2024-03-10", Standing("3", "3", unproven=False)),
        ("3", "2024-03-09", Standing("3", "3", unproven=True)),
        ("4", "2024-03-09", Standing("4", "3", unproven=True)),
        ("4", "2025-03-10", Standing("4", "4", unproven=False)),
        ("3", "", Standing("3", "3", unproven=True)),
        ("2", "", Standing("2", "2", unproven=False)),
        ("ej", "", Standing("ej", "ej", unproven=False)),
    ],
)
def test_levels_three_and_four_fall_to_three_unproven(level: str, proven_on: str, expected: Standing) -> None:
    assert scale().standing(level, proven_on, date(2026, 3, 10)) == expected


def test_how_long_a_proof_holds_is_data() -> None:
    assert scale(months=12).standing("3", "2025-03-09", date(2026, 3, 10)).unproven
    assert not scale(months=13).standing("3", "2025-03-09", date(2026, 3, 10)).unproven


def test_the_older_national_scale_works_by_its_own_data() -> None:
    older = scale("assessment_levels_older")
    fallen = older.standing("god", "2020-01-01", date(2026, 3, 10))
    assert fallen == Standing("god", "i_huvudsak_god", unproven=True)
    assert older.is_gap(older.standing("bristfallig", "", date(2026, 3, 10)))
    assert older.can_help(older.standing("god", "2026-01-01", date(2026, 3, 10)))


@pytest.mark.parametrize("level", ["0", "5", ""])
def test_a_level_that_nobody_may_choose_is_refused(level: str) -> None:
    with pytest.raises(Refused, match="unknown_capability_level"):
        scale().item(level)


@given(DAYS, st.integers(1, 120))
def test_a_month_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(DAYS, DAYS)
def test_a_proof_holds_until_a_day_and_never_again(proven: date, day: date) -> None:
    one = scale()
    if not one.holds(proven.isoformat(), day):
        assert not one.holds(proven.isoformat(), day + timedelta(days=1))
    assert one.holds(proven.isoformat(), proven)


@pytest.mark.parametrize("text", ["2026-02-30", "20260301", "i går", "1999-12-31", "2026-W10-1", "2026-3-1"])
def test_a_day_is_read_in_one_form_only(text: str) -> None:
    with pytest.raises(Refused, match="assessment_day"):
        read_day(text, "proven_on")


@given(DAYS, st.integers(0, 2_000))
def test_half_years_follow_each_other_without_a_gap(first: date, length: int) -> None:
    found = half_years(first, first + timedelta(days=length))
    assert found[0].last_day >= first and found[-1].last_day >= first + timedelta(days=length)
    assert all(one.next == other for one, other in itertools.pairwise(found))
    assert all(one.last_day < other.last_day for one, other in itertools.pairwise(found))


def test_a_half_year_counts_what_was_told_by_its_end_with_the_proofs_of_its_day() -> None:
    def told(member: str, *points: Any) -> LevelData:
        return LevelData(member, "1.1", tuple(Point(at, level, proven, "d") for at, level, proven in points))

    levels = [told("nacka", (5, "2", ""), (15, "3", "2024-02-01")), told("taby", (5, "4", "2026-05-01"), (8, "", ""))]
    ends = {date(2025, 6, 30): 10, date(2025, 12, 31): 20, date(2026, 3, 1): 30}
    counts = [
        dict(step_of(HalfYear(*each), levels, ends, scale()).counts) for each in ((2025, 1), (2025, 2), (2026, 1))
    ]
    assert counts == [{("2", False): 1}, {("3", False): 1}, {("3", True): 1}]
