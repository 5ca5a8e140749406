"""Who can make the deadline, what is warned of, and which letters are due: pure."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemensam.consultation.domain.answers import Answer
from gemensam.consultation.domain.board import AWAITS, OVERDUE, standings
from gemensam.consultation.domain.letters import DAY_MS, GOES_ON_MS, letters
from gemensam.consultation.domain.registries import NOTHING, Meeting, RegistryData
from gemensam.consultation.domain.remisses import RemissData
from gemensam.consultation.domain.timing import Plan, counted_days, warnings
from gemensam.core.entry import Clock
from gemensam.core.state import Thing
from gemensam.regions import load_region

ITEMS = load_region("stockholm").items("remiss_warnings")
REMINDERS = load_region("stockholm").items("remiss_reminders")
SENT = date(2027, 1, 11)


def registry(*meetings: tuple[str, str], address: str = "registrator@exempel.se") -> RegistryData:
    days = tuple(Meeting("AU", date.fromisoformat(on), date.fromisoformat(papers)) for on, papers in meetings)
    return RegistryData(address, "", days)


def plan(deadline: str, *members: str, sent: date = SENT, of: int = 3) -> Plan:
    return Plan(sent, date.fromisoformat(deadline), members, of)


def found(planned: Plan, registries: dict[str, RegistryData]) -> dict[str, Any]:
    return {each.code: each for each in warnings(planned, registries, ITEMS)}


def test_it_is_said_who_cannot_take_it_up_in_a_committee_in_time() -> None:
    registries = {
        "nacka": registry(("2027-03-02", "2027-02-15")),  # papers and meeting in time
        "taby": registry(("2027-02-01", "2027-01-08"), ("2027-04-20", "2027-04-01")),  # one too early, one too late
        "vaxholm": NOTHING,
    }
    told = found(plan("2027-04-01", "nacka", "taby", "vaxholm"), registries)
    assert told["utskott"].members == ("taby",)
    assert dict(told["utskott"].facts) == {"n": 1, "of": 3}
    assert told["dagar_saknas"].members == ("vaxholm",)  # not known is not the same as too late
    assert told["adress_saknas"].members == ("vaxholm",)
    assert "for_kort" not in told and "semester" not in told and "inte_alla" not in told


@pytest.mark.parametrize(
    ("sent", "deadline", "codes"),
    [
        ("2027-01-11", "2027-03-22", set()),  # ten weeks to the day
        ("2027-01-11", "2027-03-21", {"for_kort"}),
        ("2027-05-31", "2027-08-31", {"for_kort"}),  # thirteen weeks, but July does not count
        ("2027-05-31", "2027-09-13", set()),
        ("2027-04-01", "2027-07-15", {"semester"}),
    ],
)
def test_ten_weeks_and_not_july(sent: str, deadline: str, codes: set[str]) -> None:
    registries = {"nacka": registry((deadline, deadline))}
    told = found(plan(deadline, "nacka", sent=date.fromisoformat(sent), of=1), registries)
    assert set(told) == codes


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(0, 500))
def test_days_are_counted_without_the_months_that_do_not_count(sent: date, length: int) -> None:
    planned = Plan(sent, sent + timedelta(days=length), (), 0)
    assert counted_days(planned, ()) == length
    assert 0 <= length - counted_days(planned, (7,)) <= 31 * (1 + length // 300)


def answer(member: str, at: int, *, awaits: bool = False) -> Answer:
    return Answer(member, "tillstyrker", at, Clock(at, 0), f"{member}{at}", "", member, awaits)


def remiss(*answers: Answer, deadline_at: int = 60 * DAY_MS, status: str = "sent", **more: Any) -> Thing:
    data = RemissData("c", "T", ("nacka", "taby", "vaxholm"), (), deadline_at, "s" * 64, 1, answers=answers, **more)
    clock = Clock(1, 0)
    return Thing("r", "remiss", "kansliet", status, None, data, "c", "c", clock, clock, None)  # type: ignore[arg-type]


def due(thing: Thing, now: int) -> list[tuple[str, str]]:
    return [(each.member, each.text) for each in letters(thing, REMINDERS, now) if each.due_at <= now]


def test_everybody_gets_the_sending_and_only_those_who_wait_are_reminded() -> None:
    assert due(remiss(), 2) == [("nacka", "utskick"), ("taby", "utskick"), ("vaxholm", "utskick")]
    thing = remiss(answer("nacka", 5), answer("taby", 6, awaits=True))
    assert due(thing, 53 * DAY_MS) == [("taby", "paminnelse"), ("vaxholm", "paminnelse")]
    assert due(thing, 58 * DAY_MS) == []
    assert due(thing, 63 * DAY_MS) == [("taby", "paminnelse"), ("vaxholm", "paminnelse")]  # three days late


def test_a_letter_has_one_id_for_ever_and_is_not_sent_when_too_old() -> None:
    early = {each.id: each for each in letters(remiss(), REMINDERS, 2)}
    later = {each.id: each for each in letters(remiss(), REMINDERS, 50 * DAY_MS)}
    assert later.items() <= early.items() and len(early) == 3 + 3 * 4
    assert all(each.not_after == each.due_at + GOES_ON_MS for each in early.values())


def test_a_later_deadline_moves_the_reminders_and_is_told_to_those_who_wait() -> None:
    thing = remiss(answer("nacka", 5), deadline_at=100 * DAY_MS, extensions=(("e" * 64, 50 * DAY_MS),))
    assert due(thing, 50 * DAY_MS) == [("taby", "forlangd"), ("vaxholm", "forlangd")]
    assert due(thing, 59 * DAY_MS) == []
    assert due(thing, 93 * DAY_MS) == [("taby", "paminnelse"), ("vaxholm", "paminnelse")]


def test_nobody_is_reminded_of_what_is_withdrawn_or_not_sent() -> None:
    taken_back = remiss(status="withdrawn", ended="w" * 64, ended_at=20 * DAY_MS)
    assert due(taken_back, 20 * DAY_MS) == [(each, "atertagen") for each in ("nacka", "taby", "vaxholm")]
    prepared = remiss(status="prepared")._replace(data=RemissData("c", "T", ("nacka",)))
    assert due(prepared, DAY_MS) == []


def test_an_answer_by_officials_still_awaits_the_political_one_and_a_late_one_says_so() -> None:
    thing = remiss(answer("nacka", 5, awaits=True), answer("taby", 61 * DAY_MS))
    told = {each.member: each for each in standings(thing.data, 62 * DAY_MS)}
    assert told["nacka"].state == AWAITS and told["vaxholm"].state == OVERDUE
    assert told["taby"].late and not told["nacka"].late
