"""When a message is handed over, again or no more: for every history, at every time, whatever the clock does."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemensam.delivery import rules
from gemensam.delivery.rules import Attempt, Finish, Miss, Patience, Send, Wait, next_step

DUE, LAST = 1_000_000, 1_300_000


def attempt(number: int, state: str, *, ended_at: int = DUE, again: bool = False) -> Attempt:
    return Attempt("item", number, "sms", "+46700000000", state, DUE, ended_at, again=again)


def step(*attempts: Attempt, now: int = DUE, due_at: int = DUE) -> rules.Step:
    return next_step(attempts, due_at=due_at, not_after=LAST, now=now)


@pytest.mark.parametrize(
    ("now", "expected"),
    [(DUE - 1, Wait(DUE)), (DUE, Send(1)), (LAST, Send(1)), (LAST + 1, Miss())],
)
def test_the_first_attempt_is_made_when_it_is_due_and_not_when_it_is_too_late(now: int, expected: rules.Step) -> None:
    assert step(now=now) == expected


@pytest.mark.parametrize("state", [rules.SENT, rules.DELIVERED, rules.MISSED])
def test_nothing_more_is_done_with_what_is_sent_or_missed(state: str) -> None:
    assert step(attempt(1, state), now=DUE + 60_000) == Finish()


def test_an_attempt_under_way_is_waited_for() -> None:
    assert step(attempt(1, rules.STARTED), now=DUE + 60_000) == Wait()


def test_what_will_never_be_taken_is_not_tried_again() -> None:
    assert step(attempt(1, rules.FAILED, again=False), now=DUE + 60_000) == Finish()


def test_an_unknown_attempt_is_repeated_once_and_then_counted_as_not_reached() -> None:
    first = attempt(1, rules.UNKNOWN)
    assert step(first, now=DUE + 1_999) == Wait(DUE + 2_000)
    assert step(first, now=DUE + 2_000) == Send(2)
    assert step(first, attempt(2, rules.UNKNOWN), now=DUE + 60_000) == Finish()


def test_the_waits_grow_and_the_tries_end() -> None:
    history: list[Attempt] = []
    now, waits = DUE, []
    while isinstance(found := step(*history, now=now), Send):
        history.append(attempt(found.number, rules.FAILED, ended_at=now, again=True))
        waiting = step(*history, now=now)
        if isinstance(waiting, Wait):
            waits.append(waiting.until - now)
            now = waiting.until
    assert waits == [2_000, 6_000, 18_000, 54_000]
    assert len(history) == rules.PATIENCE.tries


def test_nothing_is_begun_too_late() -> None:
    assert step(attempt(1, rules.FAILED, again=True, ended_at=LAST), now=LAST + 10_000) == Finish()


def test_a_clock_that_was_set_back_makes_nobody_wait() -> None:
    late = attempt(1, rules.FAILED, again=True, ended_at=DUE + 3_600_000)
    assert step(late, now=DUE + 10) == Send(2)


# Whatever channels answer and clocks show -----------------------------------------------------------------------

OUTCOMES = st.sampled_from([
    (rules.SENT, False), (rules.FAILED, False), (rules.FAILED, True), (rules.UNKNOWN, False), ("killed", False),
])  # fmt: skip


@given(st.lists(OUTCOMES, min_size=30, max_size=30), st.lists(st.integers(-7_200_000, 7_200_000), max_size=30))
def test_nobody_gets_more_than_one_repeat_and_the_tries_end(outcomes: list[tuple[str, bool]], jumps: list[int]) -> None:
    history: list[Attempt] = []
    now = DUE
    for place, (state, again) in enumerate(outcomes):
        now = max(0, now + 60_000 + (jumps[place] if place < len(jumps) else 0))
        found = step(*history, now=now)
        if isinstance(found, Send):
            assert found.number == len(history) + 1
            told = rules.UNKNOWN if state == "killed" else state
            history.append(attempt(found.number, told, ended_at=now, again=again))
        elif isinstance(found, Miss):
            assert not history
            history.append(attempt(1, rules.MISSED, ended_at=now))
    assert len(history) <= rules.PATIENCE.tries
    assert sum(one.state in rules.LEFT for one in history) <= rules.MOST_UNKNOWN
    assert not isinstance(step(*history, now=LAST + 3_600_000), Send)


@given(st.sampled_from(rules.STATES), st.lists(st.sampled_from(rules.STATES), max_size=6), st.randoms())
def test_reports_in_any_order_and_any_number_give_one_state(before: str, told: list[str], chance: object) -> None:
    def after(reports: list[str]) -> str:
        state = before
        for one in reports:
            state = rules.merged(state, one)
        return state

    shuffled = [*told, *told]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert after(shuffled) == after(told)
    assert after(told) != rules.MISSED or before == rules.MISSED


@pytest.mark.parametrize("mark", ["", rules.PROV, rules.EXERCISE])
@pytest.mark.parametrize("allowed", [True, False])
def test_an_exercise_reaches_nobody_outside_unless_it_is_a_provlarm_that_says_so(mark: str, allowed: bool) -> None:
    assert rules.may_leave(exercise=False, mark=mark, allowed=allowed)
    expected = mark == rules.PROV and allowed
    assert rules.may_leave(exercise=True, mark=mark, allowed=allowed) == expected


@pytest.mark.parametrize(
    ("text", "mark", "said"),
    [
        ("SSR provlarm 15.08", "PROV", "SSR provlarm 15.08"),
        ("Detta är ett prov.", "PROV", "Detta är ett prov."),
        ("Larm 15.08", "PROV", "PROV Larm 15.08"),
        ("Improvisera", "PROV", "PROV Improvisera"),
        ("Larm 15.08", "ÖVNING", "ÖVNING Larm 15.08"),
        ("", "PROV", "PROV"),
        ("Larm", "", "Larm"),
    ],
)
def test_the_mark_is_said_in_every_text(text: str, mark: str, said: str) -> None:
    assert rules.marked(text, mark) == said


def test_waits_follow_the_patience_that_is_given() -> None:
    hasty = Patience(tries=2, first_wait_ms=10, factor=1)
    tried = attempt(1, rules.FAILED, again=True)
    assert next_step([tried], due_at=DUE, not_after=LAST, now=DUE + 10, patience=hasty) == Send(2)
    twice = [tried, replace(tried, number=2)]
    assert next_step(twice, due_at=DUE, not_after=LAST, now=DUE + 20, patience=hasty) == Finish()


@pytest.mark.parametrize(
    ("wall", "steady", "set_"), [(1_000, 1_000, False), (40_000, 1_000, True), (-60_000, 500, True)]
)
def test_a_clock_that_was_set_is_noticed(wall: int, steady: int, set_: bool) -> None:
    assert rules.jumped(wall, steady) == set_
