"""Who is reached when, and how the board stands: pure, by the minute."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemensam.activation.domain.board import ACKNOWLEDGED, HANDED_ON, UNREACHED, WAITING, board, outcomes
from gemensam.activation.domain.escalation import acknowledged, course, due, stops_at
from gemensam.activation.domain.larms import ASSESS, NOTICE, Answer, LarmData
from tests.activation.entries import MINUTE, PACE, larm, said

NACKA = {"nacka": ("tib", "chef", "direktor")}
NOW = 1
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy


def begun(one: LarmData, minute: float) -> list[tuple[str, int]]:
    """Return the functions begun by a minute after the larm, with the minute of each."""
    run = course(one, one.members[0], round(minute * MINUTE) + NOW)
    return [(step.function, (step.at - NOW) // MINUTE) for step in run.steps]


# What was answered (code, minute), and which functions have been begun at minute 60, with their minutes.
CASES: list[tuple[list[tuple[str, str, int]], list[tuple[str, int]], bool]] = [
    ([], [("tib", 0), ("chef", 5), ("direktor", 10)], True),
    ([("tib", "1", 3)], [("tib", 0)], False),
    ([("tib", "2", 4)], [("tib", 0)], False),
    ([("tib", "1", 7)], [("tib", 0), ("chef", 5)], False),
    ([("tib", "3", 2)], [("tib", 0), ("chef", 2), ("direktor", 7)], True),
    ([("tib", "3", 2), ("chef", "1", 3)], [("tib", 0), ("chef", 2)], False),
    ([("tib", "3", 2), ("tib", "1", 3)], [("tib", 0), ("chef", 2)], False),
    ([("tib", "1", 2), ("tib", "3", 20)], [("tib", 0), ("chef", 20), ("direktor", 25)], True),
    ([("chef", "3", 1)], [("tib", 0), ("chef", 5), ("direktor", 5)], True),
    ([("chef", "1", 1)], [("tib", 0)], False),
    ([("tib", "3", 1), ("chef", "3", 1), ("direktor", "3", 1)], [("tib", 0), ("chef", 1), ("direktor", 1)], True),
    ([("direktor", "1", 12)], [("tib", 0), ("chef", 5), ("direktor", 10)], False),
]


@pytest.mark.parametrize(("told", "expected", "is_exhausted"), CASES)
def test_a_list_is_gone_through_until_somebody_acknowledges(
    told: list[tuple[str, str, int]], expected: list[tuple[str, int]], is_exhausted: bool
) -> None:
    answers = [said("nacka", function, code, minute * MINUTE + NOW) for function, code, minute in told]
    one = larm(NACKA, *answers)
    assert begun(one, 60) == expected
    assert course(one, one.members[0], 60 * MINUTE).is_exhausted == is_exhausted


def test_what_comes_next_is_known_and_begins_on_the_second() -> None:
    one = larm(NACKA)
    run = course(one, one.members[0], NOW + 5 * MINUTE - 1)
    assert (run.next_function, run.next_at) == ("chef", NOW + 5 * MINUTE)
    assert begun(one, 5) == [("tib", 0), ("chef", 5)]


def test_a_member_without_functions_is_unreached_at_once() -> None:
    one = larm({"nacka": ()})
    assert course(one, one.members[0], NOW).is_exhausted
    assert board(one, NOW).lines[0].status == UNREACHED


def test_members_run_side_by_side() -> None:
    one = larm({"nacka": ("a", "b"), "taby": ("c", "d")}, said("nacka", "a", "1", MINUTE))
    assert {item.function for item in due(one, "L", 6 * MINUTE)} == {"c", "d"}


def test_a_function_has_two_calls_within_three_minutes_and_before_the_next() -> None:
    items = [item for item in due(larm(NACKA), "L", NOW) if item.channel == "voice"]
    first, second = (item.due_at for item in items)
    assert (first, second - first <= 3 * MINUTE, second < NOW + PACE.escalate) == (NOW, True, True)
    assert len({item.id for item in items}) == 2


def test_who_has_spoken_is_not_called_again_though_the_member_is_not_reached() -> None:
    one = larm(NACKA, said("nacka", "tib", "3", MINUTE))
    assert {item.function for item in due(one, "L", 2 * MINUTE)} == {"chef"}


def test_nothing_is_due_once_it_is_over() -> None:
    for one, settled_at in ((larm(NACKA, stopped_at=50), 0), (larm(NACKA), 50)):
        assert list(due(one, "L", 49, settled_at=settled_at)) != []
        assert list(due(one, "L", 50, settled_at=settled_at)) == []
    one = larm(NACKA)
    assert list(due(one, "L", one.ends_at)) == []
    assert all(item.not_after <= one.ends_at for item in due(one, "L", one.ends_at - 1))


def test_who_is_to_assess_is_followed_by_the_next_though_it_has_acknowledged() -> None:
    one = larm({"lansstyrelsen": ("tib", "rsib")}, said("lansstyrelsen", "tib", "1", MINUTE), purpose=ASSESS)
    assert begun(one, 6) == [("tib", 0), ("rsib", 5)]
    assert {item.function for item in due(one, "L", 6 * MINUTE)} == {"rsib"}
    assert list(due(one, "L", 6 * MINUTE, settled_at=4 * MINUTE)) == []


@st.composite
def told(draw: st.DrawFn) -> list[Answer]:
    each = st.tuples(st.sampled_from(NACKA["nacka"]), st.sampled_from("123"), st.integers(1, 40 * MINUTE))
    return [said("nacka", *one) for one in draw(st.lists(each, max_size=8))]


@PATIENT
@given(told(), st.integers(NOW, 60 * MINUTE), st.integers(0, 20 * MINUTE))
def test_what_has_begun_stays_begun_and_a_later_answer_changes_no_past(
    answers: list[Answer], at: int, more: int
) -> None:
    one = larm(NACKA, *answers)
    known = larm(NACKA, *(each for each in answers if each.known_at <= at))
    early, late = (course(one, one.members[0], instant).steps for instant in (at, at + more))
    assert late[: len(early)] == early
    assert course(known, known.members[0], at).steps == early


@PATIENT
@given(told(), st.integers(NOW, 60 * MINUTE))
def test_a_list_goes_in_order_and_no_slower_than_the_pace(answers: list[Answer], at: int) -> None:
    one = larm(NACKA, *answers)
    run = course(one, one.members[0], at)
    assert [step.function for step in run.steps] == list(NACKA["nacka"][: len(run.steps)])
    for before, after in pairwise(run.steps):
        assert before.at <= after.at
        assert after.at <= before.at + PACE.escalate or acknowledged(one.answers, before.at + PACE.escalate)


@PATIENT
@given(told(), st.integers(NOW, 60 * MINUTE))
def test_the_same_state_gives_the_same_messages_each_once(answers: list[Answer], at: int) -> None:
    one = larm(NACKA, *answers)
    found = list(due(one, "L", at))
    assert found == list(due(one, "L", at))
    assert len({item.id for item in found}) == len(found)
    assert not (found and acknowledged(one.answers, at))
    assert all(item.due_at < item.not_after <= stops_at(one) for item in found)


# The board ------------------------------------------------------------------------------------------------------

TEN = {f"m{number}": ("a", "b") for number in range(10)}


def test_ninety_percent_is_reached_by_the_ninth_of_ten() -> None:
    answers = [said(f"m{number}", "a", "1", (number + 1) * 10_000) for number in range(9)]
    before, after = (board(larm(TEN, *answers), at) for at in (89_999, 90_000))
    assert (before.percent, before.target_at, before.needed) == (80, 0, 9)
    assert (after.percent, after.target_at, after.acknowledged) == (90, 90_000, 9)


def test_acknowledged_and_taking_part_are_two_things() -> None:
    seen = replace(said("m0", "a", "1", 10), takes_part=False)
    stands = board(larm(TEN, seen, said("m1", "a", "2", 20)), 60)
    assert (stands.acknowledged, stands.take_part) == (2, 1)


def test_each_line_says_how_it_stands() -> None:
    one = larm(TEN, said("m0", "a", "1", 10), said("m1", "a", "3", 20))
    by_member = {line.organisation: line.status for line in board(one, MINUTE).lines}
    assert (by_member["m0"], by_member["m1"], by_member["m2"]) == (ACKNOWLEDGED, HANDED_ON, WAITING)
    assert {line.status for line in board(one, 11 * MINUTE).lines} == {ACKNOWLEDGED, UNREACHED}


def test_the_time_of_an_acknowledgement_stays_when_the_answer_is_made_better() -> None:
    one = larm(TEN, said("m0", "a", "2", 10), said("m0", "a", "1", 90))
    assert board(one, 100).lines[0].acknowledged_at == 10
    taken_back = larm(TEN, said("m0", "a", "1", 10), said("m0", "a", "3", 20), said("m0", "b", "1", 90))
    assert board(taken_back, 100).lines[0].acknowledged_at == 90


def test_the_result_says_of_each_what_was_tried() -> None:
    found = outcomes(larm(NACKA, said("nacka", "chef", "1", 6 * MINUTE)), 20 * MINUTE)
    assert (found[0].function, found[0].tried, found[0].via) == ("chef", ("tib", "chef"), "sms")


# Texts that ask for no answer ----------------------------------------------------------------------------------------


def test_a_text_that_asks_for_no_answer_reaches_the_first_function_and_goes_no_further() -> None:
    told = replace(larm(NACKA), codes=())
    (member,) = told.members
    for at in (NOW, 4 * MINUTE, 60 * MINUTE):
        steps = course(told, member, at)
        assert [each.function for each in steps.steps] == ["tib"]
        assert not steps.is_exhausted and not steps.next_function
    assert {each.function for each in due(told, "l", 60 * MINUTE)} == {"tib"}
    assert {line.status for line in board(told, 60 * MINUTE).lines} == {"told"}


def test_a_notice_reaches_all_whom_it_is_for_at_once() -> None:
    told = replace(larm(NACKA, purpose=NOTICE), codes=())
    told_at = {(each.function, each.due_at) for each in due(told, "l", NOW) if each.channel == "sms"}
    assert told_at == {("tib", NOW), ("chef", NOW), ("direktor", NOW)}
