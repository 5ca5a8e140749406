"""Series of shifts, across midnight and both changes of time: pure."""

import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemensam.core.refusal import Refused
from gemensam.rosters.domain.local import instant, local, midnight
from gemensam.rosters.domain.series import SeriesRule, length_between, planned
from tests.rosters.entries import HOUR, at

ALL = frozenset(range(1, 8))


def rule(**more: Any) -> SeriesRule:
    chosen: dict[str, Any] = {
        "first": date(2026, 11, 30), "last": date(2026, 12, 6), "weekdays": ALL, "start_minute": 8 * 60,
        "length_min": 24 * 60, "contacts": ("a", "b"), "turn": "shift",
    } | more  # fmt: skip
    return SeriesRule(**chosen)


def test_a_week_of_whole_days_by_turns() -> None:
    found = planned(rule())
    assert [each.contact for each in found] == list("abababa")
    assert found[0].from_at == at("2026-11-30 08:00")
    assert all(before.until_at == after.from_at for before, after in itertools.pairwise(found))


@pytest.mark.parametrize(("turn", "contacts"), [("shift", "abcabc"), ("day", "acbbac"), ("week", "aaabbb")])
def test_contacts_change_with_the_shift_the_day_or_the_week(turn: str, contacts: str) -> None:
    chosen = rule(last=date(2026, 12, 11), weekdays=frozenset({1, 3, 5}), contacts=("a", "b", "c"), turn=turn)
    assert "".join(each.contact for each in planned(chosen)) == contacts


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 28), 11), (date(2026, 10, 24), 13), (date(2026, 11, 30), 12)]
)
def test_a_night_is_as_long_as_the_clock_makes_it(day: date, hours: int) -> None:
    (found,) = planned(rule(first=day, last=day, start_minute=18 * 60, length_min=12 * 60))
    assert found.until_at - found.from_at == hours * HOUR
    assert (local(found.from_at).hour, local(found.until_at).hour) == (18, 6)


def test_hours_that_do_not_exist_or_come_twice_are_read_as_everywhere_in_the_program() -> None:
    from gemensam.web import times

    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        for minute in range(0, 300, 15):
            clock = f"{minute // 60:02}.{minute % 60:02}"
            assert instant(day, minute) == times.parse(f"{day.isoformat()} {clock}")


def _begins(chosen: SeriesRule, day: int) -> bool:
    """Whether a shift of a rule begins on its day; one that is skipped with the hour in spring does not."""
    there = chosen.first + timedelta(days=day)
    until = instant(there, chosen.start_minute + chosen.length_min)
    return there.isoweekday() in chosen.weekdays and instant(there, chosen.start_minute) < until


rules = st.builds(
    rule,
    first=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    weekdays=st.frozensets(st.integers(1, 7), min_size=1),
    start_minute=st.integers(0, 24 * 60 - 1),
    length_min=st.integers(1, 3 * 24 * 60),
    contacts=st.lists(st.sampled_from("abcd"), min_size=1, max_size=4).map(tuple),
    turn=st.sampled_from(["shift", "day", "week"]),
)


@settings(max_examples=300, deadline=None)
@given(rules, st.integers(0, 60))
def test_a_series_begins_on_its_days_at_its_hour_and_never_overlaps_itself_within_a_day(
    given_rule: SeriesRule, days: int
) -> None:
    chosen = SeriesRule(
        given_rule.first, given_rule.first + timedelta(days=days), given_rule.weekdays, given_rule.start_minute,
        given_rule.length_min, given_rule.contacts, given_rule.turn,
    )  # fmt: skip
    if not any(_begins(chosen, day) for day in range(days + 1)):
        with pytest.raises(Refused, match="series_days"):
            planned(chosen)
        return
    found = planned(chosen)
    for each in found:
        there = local(each.from_at)
        assert each.from_at < each.until_at
        assert there.isoweekday() in chosen.weekdays
        assert chosen.first <= there.date() <= chosen.last
        shown = there.hour * 60 + there.minute
        assert shown == chosen.start_minute or (there.month == 3 and shown == chosen.start_minute + 60)
        assert abs((each.until_at - each.from_at) / 60_000 - chosen.length_min) in (0, 60)
    assert [each.from_at for each in found] == sorted({each.from_at for each in found})
    if chosen.length_min == 24 * 60 and chosen.weekdays == ALL:
        assert all(before.until_at == after.from_at for before, after in itertools.pairwise(found))


@settings(max_examples=300)
@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.integers(0, 24 * 60 - 1))
def test_an_instants_day_begins_at_its_local_midnight(day: date, minute: int) -> None:
    found = midnight(instant(day, minute))
    assert (local(found).date(), local(found).hour, local(found).minute) == (day, 0, 0)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"last": date(2026, 11, 29)}, "series_days"), ({"weekdays": frozenset()}, "series_days"),
        ({"last": date(2029, 1, 1)}, "series_days"), ({"start_minute": 24 * 60}, "series_hours"),
        ({"length_min": 0}, "series_hours"), ({"length_min": 36 * 24 * 60}, "series_hours"),
        ({"contacts": ()}, "series_contacts"), ({"turn": "year"}, "series_turn"),
        ({"last": date(2027, 12, 1)}, "series_too_long"),
        ({"last": date(2026, 12, 1), "weekdays": frozenset({7})}, "series_days"),
    ],
)  # fmt: skip
def test_what_is_no_series_is_refused(more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        planned(rule(**more))


@pytest.mark.parametrize(
    ("start", "end", "days", "minutes"),
    [(480, 1020, 0, 540), (1080, 360, 0, 720), (480, 480, 0, 1440), (480, 480, 6, 7 * 1440), (0, 1, 0, 1)],
)
def test_an_end_before_the_beginning_is_the_next_days(start: int, end: int, days: int, minutes: int) -> None:
    assert length_between(start, end, days) == minutes
