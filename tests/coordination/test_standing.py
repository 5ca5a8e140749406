"""How agreements, needs, the roll call and weeks are judged: pure."""

from typing import Any

import pytest

from gemensam.coordination.domain import needs
from gemensam.coordination.domain.agreements import AgreementData
from gemensam.coordination.domain.conferences import ConferenceData, as_happened, status_at
from gemensam.coordination.domain.roll import HERE_WITHIN_MS, roll_call
from gemensam.coordination.domain.standing import Standing, standing
from gemensam.coordination.domain.weeks import iso_week
from gemensam.core.entry import Ref
from gemensam.core.fold import Arrived
from gemensam.core.state import SpaceState, Thing
from gemensam.web.times import parse
from tests.coordination.entries import OWNER, PAYLOADS, SPACE, entry, folded


def _thing(state: SpaceState) -> Thing:
    thing = state.thing("a")
    assert thing is not None
    return thing


def _stands(*entries: Arrived, at: int = 30, happened_by: int | None = None) -> Standing:
    thing = _thing(folded(*entries))
    assert isinstance(thing.data, AgreementData)
    return standing(thing.data, thing.status, at, happened_by)


def _answer(place: int, verb: str, who: str = "nacka", *, seen: str = "", **more: Any) -> Arrived:
    refs = (Ref("answers", SPACE, "a", seen),) if seen else ()
    return entry(place, f"undertaking.{verb}", who, refs=refs, **more)


RECORDED = entry(1, "agreement.recorded")


def test_an_undertaking_is_only_noted_until_its_organisation_confirms_it() -> None:
    assert [party.status for party in _stands(RECORDED).named] == ["noted"]
    assert [party.status for party in _stands(RECORDED, _answer(2, "confirmed")).named] == ["confirmed"]


def test_another_organisations_confirmation_does_not_confirm_and_stands_apart() -> None:
    stands = _stands(RECORDED, _answer(2, "confirmed", "taby"))
    assert [party.status for party in stands.named] == ["noted"]
    assert [(party.organisation, party.contradictions) for party in stands.others] == [("taby", ("not_named",))]
    assert stands.confirmed == 0


def test_a_confirmation_of_an_earlier_wording_is_named_as_such() -> None:
    changed = entry(3, "agreement.changed")
    before = _answer(2, "confirmed", seen=RECORDED.digest)
    assert _stands(RECORDED, before).named[0].contradictions == ()
    assert _stands(RECORDED, before, changed).named[0].contradictions == ("other_wording",)
    anew = _answer(4, "confirmed", seen=changed.digest)
    assert _stands(RECORDED, before, changed, anew).named[0].contradictions == ()


def test_an_answer_that_does_not_say_which_wording_is_judged_by_its_place_in_order() -> None:
    stands = _stands(RECORDED, _answer(2, "confirmed"), entry(3, "agreement.changed"))
    assert stands.named[0].contradictions == ("other_wording",)


def test_a_withdrawal_after_a_confirmation_is_not_silently_superseding_it() -> None:
    stands = _stands(RECORDED, _answer(2, "confirmed"), entry(3, "agreement.withdrawn"))
    assert (stands.status, stands.named[0].status) == ("withdrawn", "confirmed")
    assert stands.named[0].contradictions == ("ended_after",)
    assert not stands.open


def test_a_confirmation_after_the_withdrawal_is_in_force_and_named() -> None:
    stands = _stands(RECORDED, entry(2, "agreement.withdrawn"), _answer(3, "confirmed"))
    assert stands.named[0].contradictions == ("after_end",)


@pytest.mark.parametrize(("verb", "late"), [("confirmed", True), ("declined", False), ("reserved", True)])
def test_what_is_not_done_in_time_is_overdue_but_not_what_was_declined(verb: str, late: bool) -> None:
    assert _stands(RECORDED, _answer(2, verb), at=40).named[0].overdue is late
    assert _stands(RECORDED, _answer(2, verb), at=39).named[0].overdue is False


def test_what_is_completed_is_neither_open_nor_overdue() -> None:
    stands = _stands(RECORDED, _answer(2, "confirmed"), _answer(3, "completed"), at=99)
    assert not stands.open
    assert not stands.named[0].overdue
    assert not stands.follow_up_due


def test_follow_up_is_due_while_something_is_open() -> None:
    assert _stands(RECORDED, at=50).follow_up_due
    assert not _stands(RECORDED, at=49).follow_up_due


def test_what_had_happened_by_then_leaves_out_what_was_said_later() -> None:
    said = (RECORDED, _answer(2, "confirmed", occurred_at=20), _answer(3, "declined", occurred_at=25))
    assert _stands(*said, happened_by=19).named[0].status == "noted"
    assert _stands(*said, happened_by=20).named[0].status == "confirmed"
    assert _stands(*said, happened_by=25).named[0].status == "declined"


def test_a_withdrawal_had_not_happened_before_its_own_time() -> None:
    said = (RECORDED, entry(2, "agreement.withdrawn", occurred_at=20))
    assert _stands(*said, happened_by=19).status == "recorded"
    assert _stands(*said, happened_by=20).status == "withdrawn"


def _conference(*entries: Arrived) -> ConferenceData:
    data = _thing(folded(entry(1, "conference.called"), *entries)).data
    assert isinstance(data, ConferenceData)
    return data


STARTS_AT = PAYLOADS["conference.called"]["starts_at"]


def _registered(place: int, who: str, at: int, *represents: str) -> Arrived:
    payload = {"functions": [f"{who}-tib"], "also_represents": list(represents), "keep": True}
    return entry(place, "attendance.registered", who, payload=payload, occurred_at=at)


def test_the_roll_call_counts_those_here_and_names_those_missing() -> None:
    data = _conference(_registered(2, "nacka", STARTS_AT), _registered(3, "ssbf", STARTS_AT, "taby"))
    roll = roll_call(data, ("nacka", "taby", "vaxholm"))
    assert [(each.organisation, each.status) for each in roll.expected] == [
        ("nacka", "present"), ("taby", "represented"), ("vaxholm", "absent"),
    ]  # fmt: skip
    assert (roll.here, [each.organisation for each in roll.missing]) == (2, ["vaxholm"])
    assert [each.organisation for each in roll.others] == ["ssbf"]


def test_who_said_long_before_that_it_would_come_is_asked_again() -> None:
    early, near = STARTS_AT - HERE_WITHIN_MS - 1, STARTS_AT - HERE_WITHIN_MS
    assert roll_call(_conference(_registered(2, "nacka", early)), ("nacka",)).expected[0].status == "announced"
    assert roll_call(_conference(_registered(2, "nacka", near)), ("nacka",)).expected[0].status == "present"


def test_who_takes_part_itself_though_another_speaks_for_it_is_shown_as_both() -> None:
    data = _conference(_registered(2, "nacka", STARTS_AT, "taby"), _registered(3, "taby", STARTS_AT))
    taby = roll_call(data, ("nacka", "taby")).of("taby")
    assert taby is not None
    assert (taby.status, taby.twice) == ("present", True)


def test_who_has_left_speaks_for_nobody() -> None:
    data = _conference(_registered(2, "nacka", STARTS_AT, "taby"), entry(3, "attendance.left", "nacka"))
    assert [each.status for each in roll_call(data, ("nacka", "taby")).expected] == ["left", "absent"]


def test_notes_keep_their_history_and_the_last_one_holds() -> None:
    data = _conference(entry(2, "conference.point_noted"), entry(3, "conference.point_noted", occurred_at=99))
    assert len(data.notes) == 2
    note = data.note("behov")
    assert note is not None
    assert note.digest == "n1/3/conference.point_noted"
    earlier = as_happened(data, 50).note("behov")
    assert earlier is not None
    assert earlier.digest == "n1/2/conference.point_noted"


def test_a_conference_opened_again_began_when_it_began() -> None:
    data = _conference(
        entry(2, "conference.opened"), entry(3, "conference.closed"), entry(4, "conference.opened")
    )  # fmt: skip
    assert (data.opened_at, data.closed_at) == (2, 0)


def test_how_a_conference_stood_at_an_instant_goes_by_its_own_times() -> None:
    data = _conference(entry(2, "conference.opened", occurred_at=20), entry(3, "conference.closed", occurred_at=30))
    assert [status_at(data, "closed", at) for at in (None, 19, 20, 30)] == ["closed", "called", "open", "closed"]


def _need_after(*steps: tuple[str, str]) -> Thing:
    made = [entry(place, kind, who) for place, (kind, who) in enumerate([("need.raised", OWNER), *steps], start=1)]
    return _thing(folded(*made))


Steps = tuple[tuple[str, str], ...]
OFFER, GONE = ("need.offered", "taby"), ("need.offer_withdrawn", "taby")
MET, DROPPED = ("need.resolved", OWNER), ("need.withdrawn", OWNER)


@pytest.mark.parametrize(
    ("steps", "joint"),
    [
        ((), "open"), ((OFFER,), "offered"), ((OFFER, GONE), "open"), ((OFFER, MET), "resolved"),
        ((MET,), "resolved"), ((OFFER, DROPPED), "withdrawn"), ((MET, ("need.changed", OWNER)), "open"),
        ((OFFER, MET, ("need.changed", OWNER)), "offered"),
    ],
)  # fmt: skip
def test_how_a_need_stands_for_all_is_joined_from_each_ones_word(
    steps: tuple[tuple[str, str], ...], joint: str
) -> None:
    thing = _need_after(*steps)
    assert isinstance(thing.data, needs.NeedData)
    assert needs.joint_status(thing.data, thing.status) == joint


@pytest.mark.parametrize(
    ("steps", "named"),
    [
        ((OFFER, MET), ""), ((OFFER, DROPPED), needs.OFFER_LEFT), ((MET, OFFER), needs.AFTER_END),
        ((DROPPED, OFFER), needs.AFTER_END), ((OFFER, MET, GONE), needs.OFFER_GONE), ((OFFER, GONE, MET), ""),
        ((OFFER, DROPPED, GONE), ""), ((OFFER,), ""),
    ],
)  # fmt: skip
def test_what_owner_and_giver_say_against_each_other_is_named(steps: Steps, named: str) -> None:
    thing = _need_after(*steps)
    assert isinstance(thing.data, needs.NeedData)
    assert needs.contradiction(thing.data, thing.status, thing.data.latest_offers()["taby"]) == named


def test_a_need_had_not_ended_before_its_own_time() -> None:
    thing = _need_after(OFFER, DROPPED)
    assert isinstance(thing.data, needs.NeedData)
    assert needs.status_at(thing.data, thing.status, 2) == "open"
    assert needs.joint_status(thing.data, thing.status, 1) == "open"
    assert needs.joint_status(thing.data, thing.status, 2) == "offered"


@pytest.mark.parametrize(
    ("local", "week"),
    [
        ("2026-11-19T10:00", (2026, 47)),
        ("2027-01-01T10:00", (2026, 53)),
        ("2026-12-31T23:30", (2026, 53)),
        ("2025-12-29T00:10", (2026, 1)),  # UTC is still in the week before
    ],
)
def test_weeks_are_iso_weeks_of_local_time(local: str, week: tuple[int, int]) -> None:
    assert iso_week(parse(local)) == week
