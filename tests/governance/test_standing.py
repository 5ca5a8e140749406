"""A member's standing to a document on a day: pure."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemensam.governance.domain import standing as s
from gemensam.governance.domain.documents import Adoption, DocumentData, Sending
from gemensam.governance.domain.routes import Route
from gemensam.governance.domain.standing import Facts, Standing, Taken, facts_of, standing_on
from gemensam.regions import load_region

MEMBER = "huddinge"
ENTERED = "2026-11-29"  # when everything was registered
NOW_MS = 1_796_000_000_000
REGION = load_region("stockholm")
STAGES = {item["code"]: item["stage"] for item in REGION.vocabularies["decision_steps"]["items"]}
OUTCOMES = {item["code"]: item for item in REGION.vocabularies["decision_outcomes"]["items"]}


def taken(step: str, outcome: str = "", on: str = "", **more: Any) -> Taken:
    item = OUTCOMES.get(outcome, OUTCOMES["ej_angivet"])
    subject = more.pop("subject", f"{step}-{outcome}-{on}")
    return Taken(subject, step, STAGES[step], outcome, more.pop("counts", item["counts"]), on, ENTERED,
                 closes=bool(item.get("closes")), **more)  # fmt: skip


def document(first: int, last: int, *, adopted_on: str | None = None, **more: Any) -> DocumentData:
    adoptions = () if adopted_on is None else (Adoption("regionala_chefsgruppen", adopted_on, "d", NOW_MS),)
    return DocumentData("c", f"Målbild {first}–{last}", "malbild", "", valid_from=f"{first}-01-01",
                        valid_until=f"{last}-12-31", adoptions=adoptions, **more)  # fmt: skip


CONSULTED = Sending(frozenset({MEMBER}), "2022-11-01", "2023-02-10", "consultation", "r", NOW_MS)
M19 = document(2019, 2022)
M23 = document(2023, 2026, adopted_on="2023-03-10", sendings=(CONSULTED,))
PROPOSAL = taken("beredning", "noterar", "2023-06-07")


def on(day: str, *steps: Taken, about: DocumentData = M23) -> Standing:
    return standing_on(facts_of(about, MEMBER, steps), day)


def test_what_held_for_huddinge_on_the_first_of_february_2023() -> None:
    """Ingen antagen målbild. 2019–2022 hade löpt ut. 2023–2026 var på remiss (13.3)."""
    assert on("2023-02-01", about=M19).code == s.ENDED
    assert on("2023-02-01", PROPOSAL).code == s.CONSULTED


def test_a_sending_at_the_latest_had_happened_by_its_day_and_may_have_before() -> None:
    sent = replace(CONSULTED, on="2023-01-18", latest=True)
    known = replace(M23, sendings=(sent,))
    assert [on(day, about=known).code for day in ("2023-01-17", "2023-01-18")] == [s.NOT_STATED, s.CONSULTED]


def test_what_somebody_has_decided_on_had_gone_out_though_nobody_recorded_it() -> None:
    facts = replace(facts_of(replace(M23, sendings=(), adoptions=()), MEMBER), gone_out="2023-01-31")
    assert [standing_on(facts, day).code for day in ("2023-01-30", "2023-01-31")] == [s.NOT_SENT, s.NOT_STATED]


def test_where_no_first_day_is_stated_the_members_own_decision_puts_it_into_force() -> None:
    agreement = replace(M23, valid_from="", valid_until="")
    signed = taken("styrelse", "tecknar", "2015-06-17")
    assert [on(day, signed, about=agreement).in_force for day in ("2015-06-16", "2015-06-17")] == [False, True]
    assert on("2024-01-01", about=agreement).code != s.PENDING


def test_in_the_gap_it_is_applied_pending_adoption_and_never_in_force() -> None:
    gap = on("2023-07-01", PROPOSAL)
    assert (gap.code, gap.was, gap.basis, gap.in_force) == (s.PENDING, s.PREPARED, PROPOSAL.subject, False)
    assert on("2023-03-10").was == s.CONSULTED
    assert on("2023-03-09").code == s.CONSULTED
    assert on("2027-01-01", PROPOSAL).code == s.ENDED


def test_a_proposal_is_never_a_decision_whatever_it_proposes() -> None:
    for outcome in OUTCOMES:
        for step in (step for step, stage in STAGES.items() if stage == "proposal"):
            found = on("2023-02-01", taken(step, outcome, "2023-01-20", approved=True, conditional=True))
            assert found.code in (s.CONSULTED if outcome == "antar_yttrande" else s.PREPARED, s.PREPARED)
            assert not found.in_force


def test_an_answer_to_the_consultation_prepares_no_adoption() -> None:
    assert on("2023-02-01", taken("beredning", "antar_yttrande", "2023-01-31")).code == s.CONSULTED
    assert on("2023-02-20", taken("styrelse", "antar_yttrande", "2023-02-13")).code == s.CONSULTED


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([("styrelse", "antar")], s.ADOPTED),
        ([("fullmaktige", "antar")], s.ADOPTED),
        ([("styrelse", "antar_tillagg")], s.CONDITIONED),
        ([("undertecknat", "tecknar")], s.PENDING),  # it follows from a decision and is none
        ([("styrelse", "tecknar")], s.ADOPTED),
        ([("chef", "chef_godkanner")], s.PENDING),
        ([("chef", "chef_godkanner"), ("delges", "noterar")], s.BY_OFFICIAL),
        ([("delges", "noterar"), ("chef", "chef_godkanner")], s.BY_OFFICIAL),
        ([("chef", ""), ("delges", "")], s.BY_OFFICIAL),
        ([("chef", "chef_godkanner"), ("beredning", "noterar")], s.PENDING),
        ([("styrelse", "noterar")], s.PENDING),
        ([("styrelse", "handlingarna")], s.REJECTED),
        ([("styrelse", "avslar")], s.REJECTED),
        ([("styrelse", "avslar"), ("fullmaktige", "antar")], s.ADOPTED),
        ([("styrelse", "antar"), ("fullmaktige", "avslar")], s.REJECTED),
        ([("styrelse", "aterremiss")], s.PENDING),
        ([("styrelse", "aterremiss"), ("styrelse", "antar")], s.ADOPTED),
        ([("myndighet", "antar")], s.ADOPTED),
        ([("styrelse", "ej_angivet")], s.PENDING),
    ],
)
def test_what_the_decisions_amount_to(steps: list[tuple[str, str]], code: str) -> None:
    made = [taken(step, outcome, f"2023-05-0{day}") for day, (step, outcome) in enumerate(steps, 1)]
    found = on("2023-06-01", *made)
    assert (found.code, found.in_force) == (code, code in s.IN_FORCE)


def test_to_take_note_counts_where_the_document_says_that_the_official_approved() -> None:
    assert on("2023-06-01", taken("styrelse", "noterar", "2023-05-01", approved=True)).code == s.BY_OFFICIAL
    alone = on("2023-06-01", taken("styrelse", "noterar", "2023-05-01"))
    assert (alone.code, alone.was) == (s.PENDING, s.NOT_STATED)


def test_on_its_own_route_the_member_says_what_decides() -> None:
    route = Route("kommun_c", ("skrivelse", "styrelse", "fullmaktige"), frozenset({"fullmaktige"}), is_own=True)
    assert not replace(route, is_own=False).preparing  # a proposed route decides nothing
    board = taken("styrelse", "antar", "2023-05-01")
    facts = facts_of(M23, MEMBER, [board], route.preparing)
    assert standing_on(facts, "2023-06-01").code == s.PENDING
    both = replace(facts, taken=(board, taken("fullmaktige", "antar", "2023-05-20")))
    assert [standing_on(both, day).code for day in ("2023-05-19", "2023-05-20")] == [s.PENDING, s.ADOPTED]


def test_an_undated_decision_is_not_placed_on_any_day_by_guess() -> None:
    undated = taken("styrelse", "antar")
    before = on("2021-05-01", undated, about=M19)
    assert (before.code, before.possible, before.in_force) == (s.NOT_STATED, s.ADOPTED, False)
    longer = replace(M19, valid_until="2030-12-31")
    assert on(ENTERED, undated, about=longer).code == s.ADOPTED


def test_what_cites_an_earlier_decision_was_not_made_before_it() -> None:
    undated = taken("skrivelse", "noterar", not_before="2023-03-10")
    assert on("2023-02-01", undated).code == s.CONSULTED
    assert on("2023-03-10", undated).was in (s.CONSULTED, s.NOT_STATED)


def test_what_waits_for_another_person_does_not_count_and_says_that_it_waits() -> None:
    found = on("2023-06-01", taken("styrelse", "antar", "2023-05-01", counts_now=False))
    assert (found.code, found.waits) == (s.PENDING, True)
    assert not on("2023-06-01", taken("styrelse", "antar", "2023-05-01")).waits


def test_replaced_and_withdrawn() -> None:
    steps = (taken("styrelse", "antar", "2023-05-01"),)
    replaced = replace(facts_of(M23, MEMBER, steps), replaced=True)
    assert standing_on(replaced, "2024-01-01") == Standing(s.REPLACED, steps[0].subject, s.ADOPTED)
    ended = replace(M23, ended=True, ended_on="2024-06-30")
    assert [on(day, *steps, about=ended).code for day in ("2024-06-30", "2024-07-01")] == [s.ADOPTED, s.ENDED]


days = st.dates(min_value=date(2018, 1, 1), max_value=date(2030, 1, 1))
steps = st.builds(
    lambda step, outcome, day, now: taken(step, outcome, day and day.isoformat(), counts_now=now),
    st.sampled_from(sorted(STAGES)), st.sampled_from(["", *OUTCOMES]), st.one_of(st.just(""), days), st.booleans(),
)  # fmt: skip


@given(st.lists(steps, max_size=6), days, st.randoms(use_true_random=False))
def test_the_standing_is_a_function_of_what_was_registered_and_not_of_the_order(
    drawn: list[Taken], day: Any, random: Any
) -> None:
    named = [replace(one, subject=f"{number}") for number, one in enumerate(drawn)]
    facts = facts_of(M23, MEMBER, named)
    shuffled = list(named)
    random.shuffle(shuffled)
    found = standing_on(facts, day.isoformat())
    assert found == standing_on(replace(facts, taken=tuple(shuffled)), day.isoformat())
    assert found.code in s.STANDINGS
    assert found.in_force <= (found.code in s.IN_FORCE)
    assert found.in_force <= M23.holds_on(day.isoformat())


@given(st.lists(steps, max_size=6), days)
def test_what_happens_later_never_changes_what_held_before(drawn: list[Taken], day: Any) -> None:
    """Only what has no day can cast doubt back in time."""
    text = day.isoformat()
    dated = [replace(one, subject=f"{number}") for number, one in enumerate(drawn) if one.on]
    past = [one for one in dated if one.on <= text]
    assert on(text, *dated) == on(text, *past)
    assert Facts(M23, tuple(past)).taken == tuple(past)


@given(st.lists(steps, max_size=6), days)
def test_nobody_is_shown_as_having_adopted_without_a_deciding_step_that_counts(drawn: list[Taken], day: Any) -> None:
    deciding = [one for one in drawn if one.stage in s.DECIDING and one.counts_now]
    if not deciding:
        found = on(day.isoformat(), *drawn)
        assert found.code not in s.IN_FORCE
        assert found.was not in s.IN_FORCE
