"""What may be written in `rosters`, judged on the state before the entry: pure."""

from typing import Any

import pytest

from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.rosters.domain.shifts import swapped
from tests.rosters.entries import CHIEF, DAY, HOUR, NOW, OTHER, REGISTRY, TIB, Roster, decision


def judge(kind: str, state: SpaceState, **more: Any) -> Any:
    decide = REGISTRY.kinds[kind, 1].decide
    assert decide is not None
    return decide(decision(kind, state, **more))


def roster() -> Roster:
    made = Roster()
    for contact in "ab":
        made.contact(contact)
    made.contact("theirs", organisation=OTHER)
    made.contact("gone")
    made.add("duty_contact.withdrawn", "gone")
    made.shift("s", "a", (NOW - HOUR, NOW + HOUR))
    made.add("cover.asked", "c", by=OTHER, from_at=NOW, until_at=NOW + DAY)
    return made


STATE = roster().state()
SET = {"subject": "calls-nacka"}


def test_what_is_right_passes_with_numbers_as_they_are_dialled() -> None:
    assert judge("call_list.set", STATE, **SET)["steps"] == [TIB, CHIEF]
    given = [{"channel": "sms", "value": "070-174 06 05"}]
    told = judge("duty_contact.set", STATE, addresses=given, label=" TiB-telefonen ", standing_for=[TIB, TIB])
    assert told == {
        "label": "TiB-telefonen", "addresses": [{"channel": "sms", "value": "+46701740605"}], "standing_for": [TIB]
    }  # fmt: skip
    assert judge("shift.planned", STATE)["contact"] == "a"
    assert judge("shift.handed_over", STATE, subject="s")["contact"] == "b"
    assert judge("cover.asked", STATE)["by"] == OTHER
    assert judge("cover.accepted", STATE, subject="c", organisation=OTHER) == {"note": ""}


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        ("call_list.set", {"subject": "calls-taby"}, "not_your_organisation"),
        ("call_list.confirmed", {"subject": "calls-taby"}, "not_your_organisation"),
        ("call_list.confirmed", {**SET, "note": "x" * 501}, "text_too_long"),
        ("call_list.set", {**SET, "steps": []}, "steps_missing"),
        ("call_list.set", {**SET, "steps": [TIB] * 2}, "step_twice"),
        ("call_list.set", {**SET, "steps": [str(number) for number in range(13)]}, "too_many_steps"),
        ("call_list.set", {**SET, "steps": ["taby-tib"]}, "functions_not_own"),
        ("call_list.set", {**SET, "reserve_organisation": "nacka"}, "reserve_wrong"),
        ("call_list.set", {**SET, "reserve_organisation": "nobody"}, "reserve_wrong"),
        ("call_list.set", {**SET, "reserve_text": "x" * 201}, "text_too_long"),
        ("duty_contact.set", {"label": " "}, "line_missing"),
        ("duty_contact.set", {"label": "a\nb"}, "line_missing"),
        ("duty_contact.set", {"label": "x" * 81}, "text_too_long"),
        ("duty_contact.set", {"addresses": []}, "addresses_missing"),
        ("duty_contact.set", {"standing_for": ["taby-tib"]}, "functions_not_own"),
        ("duty_contact.withdrawn", {"reason": "x" * 501}, "text_too_long"),
        ("shift.planned", {"function": "taby-tib"}, "functions_not_own"),
        ("shift.planned", {"contact": "theirs"}, "contact_not_own"),
        ("shift.planned", {"contact": "gone"}, "contact_not_own"),
        ("shift.planned", {"contact": "nothing"}, "contact_not_own"),
        ("shift.planned", {"contact": "s"}, "contact_not_own"),
        ("shift.planned", {"until_at": NOW}, "shift_times"),
        ("shift.planned", {"until_at": NOW + 36 * DAY}, "shift_too_long"),
        ("shift.planned", {"from_at": NOW - 32 * DAY, "until_at": NOW}, "shift_too_far"),
        ("shift.planned", {"from_at": NOW + 401 * DAY, "until_at": NOW + 402 * DAY}, "shift_too_far"),
        ("shift.changed", {"note": "x" * 501}, "text_too_long"),
        ("shift.cancelled", {"reason": "x" * 501}, "text_too_long"),
        ("shift.handed_over", {"subject": "s", "contact": "theirs"}, "contact_not_own"),
        ("shift.handed_over", {"subject": "s", "occurred_at": NOW - 2 * HOUR}, "shift_not_now"),
        ("shift.handed_over", {"subject": "s", "occurred_at": NOW + HOUR}, "shift_not_now"),
        ("shift.handed_over", {"subject": "s", "note": "x" * 501}, "text_too_long"),
        ("cover.asked", {"by": "nacka"}, "cover_by_wrong"),
        ("cover.asked", {"by": "nobody"}, "cover_by_wrong"),
        ("cover.asked", {"until_at": NOW}, "cover_times"),
        ("cover.asked", {"from_at": NOW - 2 * DAY, "until_at": NOW - DAY}, "cover_times"),
        ("cover.asked", {"until_at": NOW + 101 * DAY}, "cover_times"),
        ("cover.ended", {"subject": "c", "note": "x" * 501}, "text_too_long"),
        ("cover.accepted", {"subject": "c", "organisation": "ssbf"}, "not_asked_to_cover"),
        ("cover.declined", {"subject": "c", "organisation": "nacka"}, "not_asked_to_cover"),
    ],
)
def test_what_is_wrong_is_refused(kind: str, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        judge(kind, STATE, **more)


@pytest.mark.parametrize(
    ("function", "permissions", "may"),
    [
        (TIB, {"read"}, True), (CHIEF, {"read"}, False), (CHIEF, {"read", "administer_own"}, True),
        (CHIEF, {"read", "administer"}, False),
    ],
)  # fmt: skip
def test_a_duty_is_handed_over_by_its_function_or_by_who_administers(
    function: str, permissions: set[str], may: bool
) -> None:
    chosen = {"subject": "s", "by_function": function, "permissions": frozenset(permissions)}
    if may:
        assert judge("shift.handed_over", STATE, **chosen)
        return
    with pytest.raises(Refused, match="not_permitted"):
        judge("shift.handed_over", STATE, **chosen)


def test_an_ended_or_passed_cover_is_not_answered() -> None:
    made = roster()
    made.add("cover.ended", "c")
    made.add("cover.asked", "past", by=OTHER, from_at=NOW - 2 * DAY, until_at=NOW)
    for subject in ("c", "past"):
        with pytest.raises(Refused, match="cover_over"):
            judge("cover.accepted", made.state(), subject=subject, organisation=OTHER)


def test_two_shifts_change_contacts_and_nothing_else() -> None:
    made = roster()
    made.shift("t", "b", (NOW + DAY, NOW + 2 * DAY), CHIEF)
    state = made.state()
    first, second = swapped(state.things["s"], state.things["t"], ("ett", "två"), NOW)
    assert (first["contact"], first["function"], first["from_at"], first["note"]) == ("b", TIB, NOW - HOUR, "ett")
    assert (second["contact"], second["function"], second["until_at"], second["note"]) == (
        "a", CHIEF, NOW + 2 * DAY, "två"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("other", "later", "code"),
    [("s", 0, "same_shift"), ("alike", 0, "swap_changes_nothing"), ("t", 2 * HOUR, "shift_over")],
)
def test_shifts_that_cannot_be_swapped(other: str, later: int, code: str) -> None:
    made = roster()
    made.shift("t", "b", (NOW + DAY, NOW + 2 * DAY))
    made.shift("alike", "a", (NOW + DAY, NOW + 2 * DAY))
    state = made.state()
    with pytest.raises(Refused, match=code):
        swapped(state.things["s"], state.things[other], ("", ""), NOW + later)
