"""Requests: who may be asked what, how each asked one stands, and what is late. Statements beside them."""

from typing import Any

import pytest

from gemensam.core.entry import Ref
from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.picture.domain.statements import is_unconfirmed
from gemensam.picture.quick_answers import Review
from gemensam.picture.reporting_queries import (
    latest_report,
    list_requests,
    open_requests_for,
    reports_of,
    request_view,
    same_questions,
)
from tests.picture.world import HOUR, MINUTE, NOW, World, answers, report, request

ASKER = "lansstyrelsen"


@pytest.fixture
def world() -> World:
    made = World()
    made.write("request.made", "q", ASKER, request("nacka", "taby", "vaxholm"))
    return made


def stands(world: World, organisation: str, moment: Moment | None = None) -> str:
    view = request_view(world.state, world.thing("q"), moment or Moment(world.now))
    found = view.of(organisation)
    assert found is not None
    return found.state


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"purpose": "nyfiken"}, "unknown_purpose"),
        ({"template": "ny"}, "unknown_template"),
        ({"deadline_at": NOW - 1}, "deadline_passed"),
        ({"questions": ["rymden"]}, "unknown_row"),
        ({"asked": []}, "nobody_asked"),
        ({"asked": ["atlantis"]}, "no_such_organisation"),
        ({"extra": ["?"] * 21}, "too_many_lines"),
        ({"extra": ["x" * 1_001]}, "text_too_long"),
    ],
)
def test_a_faulty_request_is_refused_with_a_code(more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        World().decide("request.made", "q", ASKER, {**request("nacka"), **more})


def test_a_request_takes_the_ground_of_its_purpose_and_asks_each_once() -> None:
    made = World().decide("request.made", "q", ASKER, request("taby", "nacka", "taby", purpose="leh"))
    assert made["basis"] == "LEH 2 kap."
    assert made["asked"] == ("nacka", "taby")


def test_an_answer_is_a_report_that_refers_to_the_request(world: World) -> None:
    assert stands(world, "nacka") == "waiting"
    world.write("report.published", "r1", "nacka", report())
    assert stands(world, "nacka") == "waiting"
    world.write("report.published", "r2", "nacka", report(), refs=(answers("q"),))
    assert stands(world, "nacka") == "answered"
    assert stands(world, "taby") == "waiting"


def test_one_report_answers_several_requests(world: World) -> None:
    world.write("request.made", "q2", "taby", request("nacka"))
    world.write("report.published", "r", "nacka", report(), refs=(answers("q"), answers("q2")))
    assert open_requests_for(world.state, "nacka", Moment(world.now)) == []


def test_a_withdrawn_report_no_longer_answers(world: World) -> None:
    world.write("report.published", "r", "nacka", report(), refs=(answers("q"),))
    world.write("report.withdrawn", "r", "nacka", {"reason": "Fel händelse."})
    assert stands(world, "nacka") == "waiting"


def test_a_report_entered_for_one_answers_but_is_unconfirmed_until_it_confirms(world: World) -> None:
    relayed = {**report(), "received_by": "TiB"}
    world.write("report.relayed", "r", "vaxholm", relayed, by_organisation=ASKER, via="rakel", refs=(answers("q"),))
    assert stands(world, "vaxholm") == "unconfirmed"
    world.write("report.confirmed", "r", "vaxholm", {})
    assert stands(world, "vaxholm") == "answered"


def test_what_is_late_is_judged_at_the_moment(world: World) -> None:
    world.write("request.deferred", "q", "taby", {"until_at": NOW + 3 * HOUR})
    assert stands(world, "taby") == "deferred"
    world.now = NOW + 2 * HOUR
    assert [stands(world, one) for one in ("nacka", "taby")] == ["late", "deferred"]
    world.now = NOW + 4 * HOUR
    assert stands(world, "taby") == "late"


def test_a_declined_request_is_never_late_and_can_be_taken_up_again(world: World) -> None:
    world.write("request.declined", "q", "taby", {"reason": "ej_ansvarig"})
    world.now = NOW + 2 * HOUR
    assert stands(world, "taby") == "declined"
    world.write("request.deferred", "q", "taby", {"until_at": NOW + 5 * HOUR})
    assert stands(world, "taby") == "deferred"


@pytest.mark.parametrize(
    ("kind", "organisation", "payload", "code"),
    [
        ("request.deferred", "solna", {"until_at": NOW + HOUR}, "not_asked"),
        ("request.deferred", "nacka", {"until_at": NOW - HOUR}, "until_passed"),
        ("request.deferred", "nacka", {"until_at": NOW + 400 * HOUR}, "until_too_late"),
        ("request.declined", "solna", {"reason": "ej_ansvarig"}, "not_asked"),
        ("request.declined", "nacka", {"reason": "orkar_inte"}, "unknown_reason"),
        ("request.declined", "nacka", {"reason": "annat"}, "reason_missing"),
        ("request.declined", "nacka", {"reason": "annan_aktor"}, "answered_by_missing"),
        ("request.declined", "nacka", {"reason": "redan_besvarad"}, "report_missing"),
        ("request.declined", "nacka", {"reason": "redan_besvarad", "report": "theirs"}, "report_missing"),
        ("request.reminded", ASKER, {"organisations": []}, "nobody_asked"),
        ("request.reminded", ASKER, {"organisations": ["solna"]}, "no_such_organisation"),
        ("request.withdrawn", ASKER, {"reason": " "}, "reason_missing"),
    ],
)
def test_a_reply_that_cannot_be_is_refused(
    world: World, kind: str, organisation: str, payload: dict[str, Any], code: str
) -> None:
    world.write("report.published", "theirs", "taby", report())
    with pytest.raises(Refused, match=code):
        world.decide(kind, "q", organisation, payload)


def test_nobody_answers_a_withdrawn_request(world: World) -> None:
    world.write("request.withdrawn", "q", ASKER, {"reason": "Löst."})
    with pytest.raises(Refused, match="request_withdrawn"):
        world.decide("request.deferred", "q", "nacka", {"until_at": NOW + HOUR})
    assert open_requests_for(world.state, "nacka", Moment(world.now)) == []


def test_a_reminder_is_seen_by_the_one_reminded(world: World) -> None:
    world.write("request.reminded", "q", ASKER, {"organisations": ["taby"]})
    view = request_view(world.state, world.thing("q"), Moment(world.now))
    assert [one.organisation for one in view.asked if one.reminded_at] == ["taby"]


def test_a_request_is_due_half_an_hour_before_its_time_while_somebody_is_missing(world: World) -> None:
    view = request_view(world.state, world.thing("q"), Moment(NOW))
    assert not view.due
    assert request_view(world.state, world.thing("q"), Moment(NOW + 31 * MINUTE)).due
    for organisation in ("nacka", "taby", "vaxholm"):
        world.write("report.published", organisation, organisation, report(), refs=(answers("q"),))
    assert not request_view(world.state, world.thing("q"), Moment(NOW + 31 * MINUTE)).due


def test_what_had_happened_chooses_answers_by_their_own_time(world: World) -> None:
    world.now = NOW + HOUR
    world.write("report.published", "r", "nacka", report(stated_at=NOW + 50 * MINUTE), refs=(answers("q"),))
    now = NOW + 2 * HOUR
    assert stands(world, "nacka", Moment(now, happened_by=NOW + 55 * MINUTE)) == "answered"
    assert stands(world, "nacka", Moment(now, happened_by=NOW + 45 * MINUTE)) == "waiting"
    assert latest_report(world.state, "nacka", Moment(now, happened_by=NOW)) is None
    assert list_requests(world.state, Moment(now, happened_by=NOW - HOUR)) == []


def test_the_same_question_within_a_day_is_found_with_its_answer(world: World) -> None:
    world.write("report.published", "r", "nacka", report(), refs=(answers("q"),))
    found = same_questions(world.state, request("nacka", "solna", questions=["el"]), world.now)
    assert [(one.organisation, one.report) for one in found] == [("nacka", "r")]
    assert same_questions(world.state, request("nacka", questions=["el"], template="vecka"), world.now) == []
    assert same_questions(world.state, request("nacka", questions=["el"]), world.now + 25 * HOUR) == []


def test_different_rows_are_different_questions() -> None:
    world = World()
    world.write("request.made", "q", ASKER, request("nacka", questions=["el"]))
    assert same_questions(world.state, request("nacka", questions=["vag"]), world.now) == []
    assert len(same_questions(world.state, request("nacka", questions=["vag", "el"]), world.now)) == 1


def test_what_both_ask_is_named_question_by_question() -> None:
    world = World()
    world.write("request.made", "q", ASKER, request("nacka", questions=["el", "vag"], extra=["Hur många skolor?"]))
    content = world.thing("q").data.content
    known = {content: ("Hur många skolor?",)}
    (found,) = same_questions(world.state, request("nacka", questions=["vag", "sjo"]), world.now, known)
    assert (found.same.rows, found.same.is_all, found.same.extra) == (("vag",), False, ())
    other = request("nacka", questions=["sjo"], template="vecka", extra=["hur  många SKOLOR", "Var?"])
    (found,) = same_questions(world.state, other, world.now, known)
    assert (found.same.rows, found.same.extra) == ((), ("hur  många SKOLOR",))
    (found,) = same_questions(world.state, request("nacka", questions=[]), world.now, known)
    assert found.same.rows == ("el", "vag")


def test_confirmations_in_a_row_or_for_long_ask_for_a_review_as_the_region_says() -> None:
    world, review = World(), Review(repeats=3, after_ms=24 * HOUR, from_digit=3)
    content = world.write("report.published", "r0", "nacka", report())
    assert not review.is_due(latest_report(world.state, "nacka"), world.now)
    for place in range(1, 4):
        given = {"template": "full", "stated_at": world.now, "quick": "unchanged", "confirms": content}
        content = world.write("report.published", f"r{place}", "nacka", given)
        assert review.is_due(latest_report(world.state, "nacka"), world.now) == (place == 3)
    assert review.is_due(world.thing("r1"), NOW + 25 * HOUR)
    never = Review(repeats=0, after_ms=0, from_digit=1)
    assert not never.is_due(world.thing("r3"), NOW + 25 * HOUR)


def test_an_organisations_reports_are_newest_first_with_withdrawn_ones_in_place() -> None:
    world = World()
    for name, stated_at in (("old", NOW - HOUR), ("new", NOW), ("oldest", NOW - 2 * HOUR)):
        world.write("report.published", name, "nacka", report(stated_at=stated_at))
    world.write("report.withdrawn", "old", "nacka", {"reason": "Fel."})
    assert [thing.subject for thing in reports_of(world.state, "nacka", Moment(world.now))] == ["new", "old", "oldest"]


def statement(**more: Any) -> dict[str, Any]:
    return {"text": "Bron är stängd.", "stated_at": NOW, "about": "trafikverket", **more}


def test_a_statement_of_the_public_is_unconfirmed_until_the_concerned_one_confirms() -> None:
    world = World()
    world.write("statement.recorded", "s", ASKER, statement(source="allmanheten"))
    assert is_unconfirmed(world.thing("s"))
    with pytest.raises(Refused, match="not_concerned"):
        world.decide("statement.confirmed", "s", "nacka", {})
    world.write("statement.confirmed", "s", "trafikverket", {})
    assert not is_unconfirmed(world.thing("s"))


@pytest.mark.parametrize(
    ("more", "via", "code"),
    [
        ({"text": " "}, "", "text_missing"),
        ({"text": "x" * 2_001}, "", "text_too_long"),
        ({"stated_at": NOW + HOUR}, "", "stated_in_future"),
        ({"stated_at": -1}, "", "stated_at_wrong"),
        ({"row": "rymden"}, "", "unknown_row"),
        ({"about": "atlantis"}, "", "no_such_organisation"),
        ({"source": "annan_aktor"}, "", "source_name_missing"),
        ({}, "duva", "unknown_via"),
    ],
)
def test_a_faulty_statement_is_refused_with_a_code(more: dict[str, Any], via: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        World().decide("statement.recorded", "s", ASKER, statement(**more), via=via)


def test_answers_in_another_space_do_not_count() -> None:
    world = World()
    world.write("request.made", "q", ASKER, request("nacka"))
    world.put("report.published", "r", "nacka", None, refs=(Ref("concerns", "narrow", "q"),))
    assert stands(world, "nacka") == "waiting"
