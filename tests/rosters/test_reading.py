"""Who is called and who holds a function at an instant, held against a plain reckoning: pure."""

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemensam.core.state import SpaceState
from gemensam.rosters.domain.gaps import flags, gaps, uncovered
from gemensam.rosters.domain.reading import call_list, call_steps, cover_at, reach
from gemensam.rosters.domain.shifts import LONGEST_MS
from tests.rosters.entries import CHIEF, DAY, DIRECTORY, HOUR, NOW, OTHER, TIB, Roster, at, entry, folded


def who(state: SpaceState, moment: int, function: str = TIB) -> str:
    return reach(DIRECTORY, state, function, moment).contact


def test_a_member_that_has_set_nothing_is_called_as_the_directory_proposes() -> None:
    found = call_list(DIRECTORY, Roster().state(), "nacka")
    assert (found.steps, found.reserve) == ((TIB, CHIEF), ("ssbf", "Vakthavande befäl"))
    assert (found.is_own, found.set_at, found.tested_at, found.last) == (False, 0, 0, "")


def test_a_members_own_list_is_called_and_a_test_of_it_is_remembered() -> None:
    roster = Roster()
    roster.add("call_list.confirmed", "calls-nacka", said_at=100, tested=True)
    assert not call_list(DIRECTORY, roster.state(), "nacka").is_own
    roster.add("call_list.set", "calls-nacka", said_at=200, steps=[CHIEF, TIB], reserve_organisation="")
    roster.add("call_list.confirmed", "calls-nacka", said_at=300, tested=False)
    found = call_list(DIRECTORY, roster.state(), "nacka")
    assert (found.steps, found.is_own) == ((CHIEF, TIB), True)
    assert (found.tested_at, found.set_at, found.confirmed_at) == (100, 200, 300)


def test_a_function_out_of_use_is_not_called() -> None:
    roster = Roster()
    roster.add("call_list.set", "calls-nacka", steps=["nacka-gone", TIB])
    assert call_list(DIRECTORY, roster.state(), "nacka").steps == (TIB,)
    roster.contact("a", "nacka-gone")
    assert reach(DIRECTORY, roster.state(), "nacka-gone", NOW).addresses == ()


def test_the_standing_contact_takes_what_no_shift_holds_and_the_one_named_last() -> None:
    roster = Roster()
    roster.contact("a", TIB)
    roster.contact("b")
    roster.shift("s", "b", (NOW, NOW + HOUR))
    state = roster.state()
    assert [who(state, moment) for moment in (NOW - 1, NOW, NOW + HOUR - 1, NOW + HOUR)] == ["a", "b", "b", "a"]
    roster.contact("b", TIB)
    assert who(roster.state(), NOW - 1) == "b"


def test_overlapping_shifts_leave_it_to_the_last_word_and_say_so() -> None:
    roster = Roster()
    for contact in "abc":
        roster.contact(contact)
    roster.shift("s1", "a", (NOW, NOW + 8 * HOUR))
    roster.shift("s2", "b", (NOW + 4 * HOUR, NOW + 12 * HOUR))
    state = roster.state()
    found = reach(DIRECTORY, state, TIB, NOW + 5 * HOUR)
    assert (found.contact, found.shift, found.overlapping) == ("b", "s2", ("s1",))
    roster.add("shift.changed", "s1", contact="c", from_at=NOW, until_at=NOW + 8 * HOUR)
    found = reach(DIRECTORY, roster.state(), TIB, NOW + 5 * HOUR)
    assert (found.contact, found.overlapping) == ("c", ("s2",))


def test_a_shift_whose_contact_is_withdrawn_gives_way() -> None:
    roster = Roster()
    roster.contact("a", TIB)
    roster.contact("b")
    roster.shift("s", "b", (NOW, NOW + HOUR))
    roster.add("duty_contact.withdrawn", "b")
    found = reach(DIRECTORY, roster.state(), TIB, NOW)
    assert (found.contact, found.shift) == ("a", "")


def test_a_handover_moves_the_duty_for_the_rest_of_the_shift() -> None:
    roster = Roster()
    for contact in "abc":
        roster.contact(contact)
    roster.shift("s", "a", (NOW, NOW + 8 * HOUR))
    roster.add("shift.handed_over", "s", said_at=NOW + 3 * HOUR, contact="b")
    roster.add("shift.handed_over", "s", said_at=NOW + 5 * HOUR, contact="c")
    moments = (NOW, NOW + 3 * HOUR - 1, NOW + 3 * HOUR, NOW + 5 * HOUR, NOW + 8 * HOUR)
    assert [who(roster.state(), moment) for moment in moments] == ["a", "a", "b", "c", ""]
    same: dict[str, Any] = {"from_at": NOW, "until_at": NOW + 9 * HOUR}
    roster.add("shift.changed", "s", contact="a", **same)
    assert who(roster.state(), NOW + 6 * HOUR) == "c"  # a longer shift does not undo a handover
    roster.add("shift.changed", "s", contact="b", **same)
    assert who(roster.state(), NOW + 6 * HOUR) == "b"


def test_what_was_known_then_is_answered_by_the_state_of_then() -> None:
    roster = Roster()
    roster.contact("a")
    roster.contact("b")
    roster.shift("s", "a", (NOW, NOW + HOUR))
    then = roster.state()
    roster.add("shift.changed", "s", contact="b", from_at=NOW, until_at=NOW + HOUR)
    assert (who(then, NOW), who(roster.state(), NOW)) == ("a", "b")


@pytest.mark.parametrize(
    ("answers", "moment", "by"),
    [
        ((), 1 * HOUR, ""),
        ((("accepted", -HOUR),), -1, ""),
        ((("accepted", -HOUR),), 0, OTHER),
        ((("accepted", 2 * HOUR),), 1 * HOUR, ""),
        ((("accepted", 2 * HOUR),), 3 * HOUR, OTHER),
        ((("accepted", -HOUR), ("declined", HOUR)), 2 * HOUR, ""),
        ((("accepted", -HOUR),), 24 * HOUR, ""),
    ],
)
def test_a_cover_holds_from_its_acceptance_until_its_end(
    answers: tuple[tuple[str, int], ...], moment: int, by: str
) -> None:
    roster = Roster()
    roster.add("cover.asked", "c", by=OTHER, from_at=NOW, until_at=NOW + DAY)
    for word, said_at in answers:
        roster.add(f"cover.{word}", "c", OTHER, said_at=NOW + said_at)
    state = roster.state()
    assert cover_at(state, "nacka", NOW + moment) == by
    expected = ("taby-tib", TIB, CHIEF) if by else (TIB, CHIEF)
    assert call_steps(DIRECTORY, state, "nacka", NOW + moment) == expected


def test_an_ended_cover_is_history_and_a_third_organisations_word_counts_for_nothing() -> None:
    roster = Roster()
    roster.add("cover.asked", "c", by=OTHER, from_at=NOW, until_at=NOW + DAY)
    roster.add("cover.accepted", "c", "ssbf", said_at=NOW)
    assert cover_at(roster.state(), "nacka", NOW) == ""
    roster.add("cover.accepted", "c", OTHER, said_at=NOW)
    roster.add("cover.ended", "c", said_at=NOW + 2 * HOUR)
    assert [cover_at(roster.state(), "nacka", NOW + hours * HOUR) for hours in (1, 2)] == [OTHER, ""]


def test_nobody_else_decides_by_whom_an_organisation_is_reached() -> None:
    """What another node has let through of another organisation is kept in the log and changes nothing here."""
    roster = Roster()
    roster.contact("a", TIB)
    roster.contact("theirs", TIB, organisation=OTHER)
    roster.add("shift.planned", "s", OTHER, contact="theirs", from_at=NOW, until_at=NOW + HOUR)
    roster.shift("mine", "theirs", (NOW, NOW + HOUR))
    roster.add("call_list.set", "calls-nacka", OTHER, steps=[CHIEF])
    state = roster.state()
    assert who(state, NOW) == "a"
    assert call_list(DIRECTORY, state, "nacka").steps == (TIB, CHIEF)
    assert [gap.standing for gap in gaps(DIRECTORY, state, "nacka", (NOW, NOW + HOUR)) if gap.function == TIB] == [True]


# Against a plain reckoning -------------------------------------------------------------------------------------

spans = st.tuples(st.integers(-40 * 24, 40 * 24), st.integers(1, LONGEST_MS // HOUR)).map(
    lambda drawn: (NOW + drawn[0] * HOUR, NOW + (drawn[0] + drawn[1]) * HOUR)
)
planned = st.lists(st.tuples(spans, st.sampled_from("abc"), st.booleans()), max_size=12)


def _built(drawn: Any, standing: bool) -> tuple[Roster, list[tuple[tuple[int, int], str]]]:
    roster, kept = Roster(), []
    roster.contact("a", *([TIB] if standing else []))
    roster.contact("b")
    roster.contact("c")
    roster.add("duty_contact.withdrawn", "c")
    for place, (span, contact, cancelled) in enumerate(drawn):
        roster.shift(f"s{place}", contact, span)
        if cancelled:
            roster.add("shift.cancelled", f"s{place}")
        elif contact != "c":
            kept.append((span, contact))
    return roster, kept


@settings(max_examples=150, deadline=None)
@given(planned, st.booleans(), st.integers(-60 * 24 * 60, 60 * 24 * 60))
def test_whoever_holds_a_function_is_the_last_of_the_shifts_that_hold(drawn: Any, standing: bool, minute: int) -> None:
    roster, kept = _built(drawn, standing)
    moment = NOW + minute * 60_000
    held = [contact for (from_at, until_at), contact in kept if from_at <= moment < until_at]
    assert who(roster.state(), moment) == (held[-1] if held else "a" if standing else "")


@settings(max_examples=100, deadline=None)
@given(planned, st.booleans(), st.integers(0, 14 * 24 - 1))
def test_a_gap_is_exactly_where_no_shift_reaches_anybody(drawn: Any, standing: bool, hour: int) -> None:
    roster, kept = _built(drawn, standing)
    span = (NOW, NOW + 14 * DAY)
    found = [gap for gap in gaps(DIRECTORY, roster.state(), "nacka", span) if gap.function == TIB]
    keeps_shifts = any(not gone and until_at > NOW - 14 * DAY for (_, until_at), _contact, gone in drawn)
    moment = NOW + hour * HOUR
    is_held = any(from_at <= moment < until_at for (from_at, until_at), _contact in kept)
    in_gap = any(gap.from_at <= moment < gap.until_at for gap in found)
    assert in_gap == (not is_held and (keeps_shifts or not standing))
    assert all(gap.standing is standing for gap in found)
    assert all(before.until_at < after.from_at for before, after in itertools.pairwise(found))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.just("a")), max_size=8))
def test_what_is_covered_and_what_is_not_make_the_whole(parts: list[tuple[int, int, str]]) -> None:
    parts = [part for part in parts if part[0] < part[1]]
    left = list(uncovered(parts, (0, 50)))
    for moment in range(50):
        is_held = any(from_at <= moment < until_at for from_at, until_at, _ in parts)
        assert is_held != any(from_at <= moment < until_at for from_at, until_at in left)


# What a member should mend -------------------------------------------------------------------------------------


def _codes(state: SpaceState, moment: int = NOW) -> list[tuple[str, str]]:
    return [(flag.code, flag.function) for flag in flags(DIRECTORY, state, "nacka", moment)]


def test_a_member_that_has_done_nothing_has_everything_to_mend() -> None:
    assert _codes(Roster().state()) == [
        ("not_reached", TIB), ("not_reached", CHIEF), ("no_own_list", ""), ("untested", "")
    ]  # fmt: skip


def _ready() -> Roster:
    roster = Roster()
    roster.contact("a", CHIEF)
    roster.contact("b")
    roster.add("call_list.set", "calls-nacka", said_at=NOW)
    roster.add("call_list.confirmed", "calls-nacka", said_at=NOW, tested=True)
    roster.shift("s1", "b", (NOW - DAY, NOW + 10 * DAY))
    roster.shift("s2", "b", (NOW + 10 * DAY, NOW + 30 * DAY))
    return roster


def test_a_member_that_is_ready_has_nothing_to_mend_until_its_test_is_thirty_days_old() -> None:
    state = _ready().state()
    assert _codes(state) == []
    assert _codes(state, NOW + 15 * DAY) == []
    assert _codes(state, NOW + 16 * DAY + 1) == [("gap", TIB)]
    assert ("untested", "") not in _codes(state, NOW + 30 * DAY)
    assert ("untested", "") in _codes(state, NOW + 30 * DAY + 1)
    assert ("unconfirmed", "") in _codes(state, NOW + 90 * DAY + 1)


def test_a_cancelled_shift_within_two_weeks_is_a_gap_with_its_times() -> None:
    roster = _ready()
    roster.add("shift.cancelled", "s2")
    (flag,) = flags(DIRECTORY, roster.state(), "nacka", NOW)
    assert (flag.code, flag.function, flag.from_at, flag.until_at, flag.standing) == (
        "gap", TIB, NOW + 10 * DAY, NOW + 14 * DAY, False
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-28 18:00", 11), ("2026-10-24 18:00", 13), ("2026-11-28 18:00", 12)]
)
def test_a_night_shift_over_a_change_of_time_has_no_gap_to_the_day_shift(day: str, hours: int) -> None:
    begins, ends = at(day), at(day.replace("28 18", "29 06").replace("24 18", "25 06"))
    assert ends - begins == hours * HOUR
    roster = Roster()
    roster.contact("a")
    roster.shift("night", "a", (begins, ends))
    roster.shift("day", "a", (ends, ends + 12 * HOUR))
    span = (begins, ends + 12 * HOUR)
    assert [gap for gap in gaps(DIRECTORY, roster.state(), "nacka", span) if gap.function == TIB] == []


def test_a_state_folded_from_disposed_shifts_answers_nobody() -> None:
    state = folded(entry(1, "duty_contact.set", disposed=True), entry(2, "shift.planned", subject="s", disposed=True))
    assert reach(DIRECTORY, state, TIB, NOW).addresses == ()
