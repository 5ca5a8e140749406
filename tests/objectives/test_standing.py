"""Members' words joined: counts, overdue by the day, contradictions, and progress by year. Pure."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemensam.core.entry import Clock
from gemensam.governance.domain.periods import PeriodData
from gemensam.objectives.domain.areas import ADDED, WITHDRAWN
from gemensam.objectives.domain.milestones import MilestoneData, StateWord
from gemensam.objectives.domain.progress import Quarter, quarter_of, quarters, reached_by_year
from gemensam.objectives.domain.standing import NOT_STATED, OPEN, REACHED, UNSTATED, Reading, Standing, standing
from gemensam.regions import load_region

SCALE = {item["code"]: item for item in load_region("stockholm").items("milestone_states")}
MEMBERS = ("nacka", "taby", "vaxholm")
YEARS = PeriodData(2027, 2030)


def at(day: str) -> int:
    return int(datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp() * 1000)


def word(who: str, state: str, day: str = "2027-05-01", *, order: int = 1, shown: bool = True, on: str = "", terms: str = "c") -> StateWord:  # fmt: skip  # noqa: E501
    return StateWord(who, state, at(day), Clock(order, 0), f"d{order}", on, shown, terms)


def read(
    *words: StateWord, today: str = "2027-06-01", status: str = ADDED, concerns: tuple[str, ...] = (), changes: int = 0,
    happened_by: int | None = None,
) -> Standing:  # fmt: skip
    data = MilestoneData(
        "c", 0, due="2027-06-30", concerns=concerns, changes=changes, words=words, ended_clock=Clock(5, 0)
    )  # fmt: skip
    return standing(data, status, Reading(MEMBERS, SCALE, date.fromisoformat(today), happened_by))


def test_who_has_said_nothing_stands_as_not_stated_and_never_as_a_state() -> None:
    found = read(word("nacka", "natt"))
    assert [(each.organisation, each.state) for each in found.parties] == [
        ("nacka", "natt"), ("taby", UNSTATED), ("vaxholm", UNSTATED),
    ]  # fmt: skip
    assert (found.reached, found.asked, found.status) == (1, 3, OPEN)
    assert read().status == NOT_STATED


def test_it_is_reached_when_all_that_it_concerns_have_reached_it() -> None:
    words = (word("nacka", "natt"), word("taby", "natt", order=2))
    assert read(*words, word("vaxholm", "ej_aktuell", order=3)).status == REACHED
    assert read(*words, concerns=("nacka", "taby")).status == REACHED
    assert read(word("nacka", "ej_aktuell"), concerns=("nacka",)).status == OPEN


@pytest.mark.parametrize(("today", "late"), [("2027-06-30", False), ("2027-07-01", True)])
def test_it_is_overdue_the_day_after_its_day_for_those_who_have_not_reached_it(today: str, late: bool) -> None:
    found = read(word("nacka", "natt"), word("taby", "ej_aktuell", order=2), today=today)
    assert [each.overdue for each in found.parties] == [False, False, late]
    assert found.overdue == late
    assert not read(today="2030-01-01", status=WITHDRAWN).overdue


def test_what_does_not_fit_is_named() -> None:
    def said(*words: StateWord, who: str = "nacka", status: str = ADDED, changes: int = 0) -> tuple[str, ...]:
        found = read(*words, status=status, changes=changes).of(who)
        assert found is not None
        return found.contradictions

    assert said(word("nacka", "natt")) == ()
    assert said(word("nacka", "natt", shown=False)) == ("without_evidence",)
    assert said(word("nacka", "natt", terms="old"), changes=1) == ("other_wording",)
    assert said(word("nacka", "natt"), word("nacka", "pagar", order=2)) == ("fell_back",)
    assert said(word("nacka", "pagar", order=9), status=WITHDRAWN) == ("after_end",)
    assert said(word("kansliet", "pagar"), who="kansliet") == ("not_named",)


def test_what_had_happened_by_then_leaves_out_what_was_said_later() -> None:
    words = (word("nacka", "pagar", "2027-04-01"), word("nacka", "natt", "2027-05-20", order=2))
    found = read(*words, happened_by=at("2027-05-01")).of("nacka")
    assert found is not None
    assert found.state == "pagar"


def test_a_year_counts_those_who_had_reached_it_when_it_ended() -> None:
    words = (word("nacka", "natt", "2028-02-01", on="2027-12-31"), word("taby", "natt", "2028-03-01", order=2))
    counts = reached_by_year(read(*words), YEARS, date(2028, 6, 1), UTC)
    assert [(each.year, each.reached, each.asked) for each in counts] == [
        (2027, 1, 3), (2028, 2, 3), (2029, None, 3), (2030, None, 3),
    ]  # fmt: skip


def test_a_day_that_is_said_to_come_counts_from_when_it_was_said() -> None:
    counts = reached_by_year(read(word("nacka", "natt", "2027-05-01", on="2029-01-01")), YEARS, date(2027, 6, 1), UTC)
    assert counts[0].reached == 1


states = st.sampled_from([code for code in SCALE if code != UNSTATED])
drawn = st.lists(st.tuples(st.sampled_from(MEMBERS), states, st.integers(2027, 2030), st.integers(1, 12)), max_size=12)


@given(drawn)
def test_nobody_is_counted_twice_and_years_only_rise(drawn: list[tuple[str, str, int, int]]) -> None:
    words = [
        word(who, state, f"{year}-{month:02}-15", order=order) for order, (who, state, year, month) in enumerate(drawn)
    ]
    found = read(*words, today="2031-01-01")
    assert sum(found.counted().values()) == len(MEMBERS)
    assert 0 <= found.reached <= found.asked <= len(MEMBERS)
    counts = [each.reached for each in reached_by_year(found, YEARS, date(2031, 1, 1), UTC)]
    assert None not in counts
    assert counts == sorted(counts, key=lambda each: each or 0)
    assert counts[-1] == found.reached


def test_quarters() -> None:
    assert len(quarters(YEARS)) == 16
    assert quarter_of(date(2027, 3, 31)) == Quarter(2027, 1)
    assert quarter_of(date(2027, 10, 1)) == Quarter(2027, 4)
    assert [each.last_day for each in quarters(PeriodData(2028, 2028))] == [
        date(2028, 3, 31), date(2028, 6, 30), date(2028, 9, 30), date(2028, 12, 31),
    ]  # fmt: skip
