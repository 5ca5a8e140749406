"""What is written at a conference, and what is refused: nothing of another's, nothing after the end, nothing unseen."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from gemensam.coordination import commands
from gemensam.coordination.commands import Presence
from gemensam.coordination.sending import Entered, Sent
from gemensam.core.entry import Ref
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft
from gemensam.ledger.append import append, now_ms
from gemensam.web.times import parse
from tests.coordination.actions import LEADER, SECRETARY, agree, attend, call, opened, phoned_in, thing_of
from tests.ids import new_id
from tests.network import Network

NOON = parse("2026-11-19T10:00")


def refusal(act: Callable[..., Any], *given: Any) -> str:
    """Return the code with which an act is refused."""
    with pytest.raises(Refused) as refused:
        act(*given)
    return refused.value.code


# Calling --------------------------------------------------------------------------------------------------------


def test_a_weekly_conference_copies_its_agenda_and_is_called_by_its_week(network: Network) -> None:
    data = thing_of(network, "standing", call(network, starts_at=NOON)).data
    assert (data.title, data.title_en) == (
        "Ordinarie samverkanskonferens vecka 47", "Ordinary collaboration conference week 47",
    )  # fmt: skip
    assert (data.label, data.number, data.week, data.year, data.length_min) == ("47", 1, 47, 2026, 30)
    assert [code for code, _ in data.points][:3] == ["upprop", "oppnande", "forra"]
    call_text = network.lens(LEADER).payloads("standing", [data.call])[data.call]
    assert call_text is not None
    assert "vecka 47" in call_text["points"][1]["leader_line"]


def test_a_second_conference_of_a_week_gets_a_label_of_its_own(network: Network) -> None:
    labels = [thing_of(network, "standing", call(network, starts_at=NOON + place)).data.label for place in range(2)]
    assert labels == ["47", "47.2"]


def test_conferences_of_an_incident_are_numbered_in_it(network: Network) -> None:
    space = network.open_incident()
    labels = [thing_of(network, space, call(network, space)).data.label for _ in range(2)]
    assert labels == ["1", "2"]


def test_an_extra_conference_is_not_mistaken_for_a_week(network: Network) -> None:
    assert thing_of(network, "standing", call(network, series="")).data.label == "E1"


def test_concurrent_calls_never_share_a_number(network: Network) -> None:
    space = network.open_incident()

    def one(_place: int) -> str:
        try:
            return call(network, space)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        subjects = list(pool.map(one, range(8)))
    numbers = sorted(thing_of(network, space, subject).data.number for subject in subjects)
    assert numbers == list(range(1, 9))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"agenda": "fika"}, "unknown_agenda"),
        ({"series": "fika"}, "unknown_cadence"),
        ({"starts_at": 0}, "starts_at_wrong"),
        ({"length_min": 1}, "length_wrong"),
        ({"roles": [{"role": "fika", "function": LEADER}]}, "unknown_role"),
        ({"roles": [{"role": "motesledare", "function": "ingen-alls"}]}, "no_such_function"),
        ({"text": "Ring 19121212-1212"}, "personal_number"),
        ({"title": "x" * 501}, "text_too_long"),
    ],
)
def test_a_call_that_cannot_be_held_is_refused(network: Network, given: dict[str, Any], code: str) -> None:
    assert refusal(lambda: call(network, **given)) == code
    assert network.lens(LEADER).state("standing").size("conferences") == 0


def test_only_who_may_lead_calls(network: Network) -> None:
    content = {"agenda": "ordinarie", "starts_at": NOON}
    for function in ("nacka-tib", SECRETARY):
        lens = network.lens(function)
        assert refusal(commands.call_conference, lens, "standing", content) == "not_permitted"


def test_the_next_is_called_in_one_press_with_the_same_way_in(network: Network) -> None:
    call(network, starts_at=parse("2026-10-22T10:00"))
    lens = network.lens(LEADER, parse("2026-10-23T08:00"))
    data = thing_of(network, "standing", commands.call_next(lens, "standing").subject).data
    assert (data.starts_at, data.label) == (parse("2026-10-29T10:00"), "44")  # summer time has ended between
    terms = lens.payloads("standing", [data.terms])[data.terms]
    assert terms is not None
    assert terms["dial_in"]["code"] == "4711"


def test_a_changed_conference_needs_a_reason_and_the_text_that_was_seen(network: Network) -> None:
    conference, lens = call(network), network.lens(LEADER)
    terms = thing_of(network, "standing", conference).data.terms
    content = {"starts_at": NOON, "length_min": 45, "reason": "Fler frågor"}
    sent = Sent(seen=terms)
    assert refusal(
        lambda: commands.change_conference(lens, "standing", conference, {**content, "reason": " "}, sent=sent)
    ) == "reason_missing"  # fmt: skip
    commands.change_conference(lens, "standing", conference, content, sent=sent)
    assert thing_of(network, "standing", conference).data.length_min == 45
    assert refusal(lambda: commands.change_conference(lens, "standing", conference, content, sent=sent)) == "moved"


def test_another_organisation_cannot_lead_it(network: Network) -> None:
    conference = call(network)
    lens = network.lens("kansliet-samordningschef")
    assert refusal(lambda: commands.open_conference(lens, "standing", conference)) == "not_owner"


# Notes ----------------------------------------------------------------------------------------------------------


def test_a_note_replaces_the_one_before_and_both_are_kept(network: Network) -> None:
    conference, lens = opened(network), network.lens(SECRETARY)
    for text in ("Första", "Andra"):
        commands.note_point(lens, "standing", conference, ("samverkansbehov", text))
    data = thing_of(network, "standing", conference).data
    texts = lens.payloads("standing", [note.digest for note in data.notes])
    assert [(texts[note.digest] or {})["text"] for note in data.notes] == ["Första", "Andra"]


def test_a_note_that_somebody_else_has_written_meanwhile_is_not_overwritten(network: Network) -> None:
    conference, lens = opened(network), network.lens(SECRETARY)
    data = thing_of(network, "standing", conference).data
    commands.note_point(network.lens("lansstyrelsen-rsib"), "standing", conference, ("upprop", "A"))
    sent = Sent(seen=data.call)
    assert refusal(
        lambda: commands.note_point(lens, "standing", conference, ("upprop", "B"), sent=sent)
    ) == "moved"  # fmt: skip


def test_the_joint_office_notes_for_the_one_who_leads(network: Network) -> None:
    conference = opened(network)
    commands.note_point(network.lens("kansliet-strateg"), "standing", conference, ("upprop", "Alla är här"))
    assert thing_of(network, "standing", conference).data.note("upprop").function == "kansliet-strateg"


@pytest.mark.parametrize("function", ["nacka-tib", "nacka-lasare"])
def test_a_participant_takes_no_notes(network: Network, function: str) -> None:
    conference, lens = opened(network), network.lens(function)
    code = refusal(lambda: commands.note_point(lens, "standing", conference, ("upprop", "x")))
    assert code in ("not_permitted", "not_your_organisation")


def test_a_closed_conference_takes_no_notes_and_no_attendance(network: Network) -> None:
    conference, lens = opened(network), network.lens(LEADER)
    commands.close_conference(lens, "standing", conference)
    assert refusal(lambda: commands.note_point(lens, "standing", conference, ("upprop", "x"))) == "not_allowed_now"
    assert refusal(lambda: commands.move_to(lens, "standing", conference, "upprop")) == "not_allowed_now"
    assert refusal(lambda: attend(network, "standing", conference, "nacka-tib")) == "conference_ended"


def test_a_point_that_is_not_on_the_agenda_is_refused(network: Network) -> None:
    conference, lens = opened(network), network.lens(LEADER)
    assert refusal(lambda: commands.move_to(lens, "standing", conference, "fika")) == "unknown_point"


# Attendance -----------------------------------------------------------------------------------------------------


def test_two_functions_of_an_organisation_take_part_and_one_leaves(network: Network) -> None:
    conference = opened(network)
    for function in ("lansstyrelsen-tib", "lansstyrelsen-rsib"):
        attend(network, "standing", conference, function)
    here = thing_of(network, "standing", conference).data.latest_attendance()["lansstyrelsen"]
    assert here.functions == ("lansstyrelsen-tib", "lansstyrelsen-rsib")
    commands.leave(network.lens(LEADER), "standing", conference, function=LEADER)
    here = thing_of(network, "standing", conference).data.latest_attendance()["lansstyrelsen"]
    assert (here.status, here.functions) == ("present", ("lansstyrelsen-rsib",))
    commands.leave(network.lens("lansstyrelsen-rsib"), "standing", conference, function="lansstyrelsen-rsib")
    assert thing_of(network, "standing", conference).party("lansstyrelsen") == "left"


def test_the_secretary_enters_one_that_phones_in(network: Network) -> None:
    conference, lens = opened(network), network.lens(SECRETARY)
    presence = Presence(("vaxholm-beredskapssamordnare",))
    commands.attend(lens, "standing", conference, presence, sent=phoned_in("vaxholm"))
    here = thing_of(network, "standing", conference).data.latest_attendance()["vaxholm"]
    assert (here.status, here.via, here.by_organisation) == ("present", "telefon", "lansstyrelsen")


def test_what_was_phoned_in_late_is_entered_after_the_end(network: Network) -> None:
    conference, lens = opened(network), network.lens(SECRETARY)
    at = now_ms()
    commands.close_conference(network.lens(LEADER), "standing", conference)
    presence = Presence(("vaxholm-beredskapssamordnare",))
    commands.attend(lens, "standing", conference, presence, sent=phoned_in("vaxholm", at))
    assert thing_of(network, "standing", conference).party("vaxholm") == "present"


@pytest.mark.parametrize(
    ("function", "presence", "sent", "code"),
    [
        ("nacka-lasare", Presence(("nacka-lasare",)), Sent(), "not_permitted"),
        ("nacka-tib", Presence(("taby-tib",)), Sent(), "no_such_function"),
        ("nacka-tib", Presence((), ("nacka",)), Sent(), "represents_itself"),
        ("nacka-tib", Presence((), ("atlantis",)), Sent(), "no_such_organisation"),
        ("nacka-tib", Presence(), Sent(entered=Entered("taby", "telefon")), "not_permitted"),
        (SECRETARY, Presence(), Sent(entered=Entered("taby", "brevduva")), "unknown_via"),
    ],
)
def test_attendance_that_is_not_ones_own_to_give_is_refused(
    network: Network, function: str, presence: Presence, sent: Sent, code: str
) -> None:
    conference, lens = opened(network), network.lens(function)
    assert refusal(lambda: commands.attend(lens, "standing", conference, presence, sent=sent)) == code
    assert thing_of(network, "standing", conference).data.attendance == ()


# Needs ----------------------------------------------------------------------------------------------------------


def test_a_need_is_raised_offered_to_and_met(network: Network) -> None:
    conference = opened(network)
    content = {"text": "Bandvagn med förare", "amount": "4", "row": "vag", "urgency": "nu", "concerns": ["mrm"]}
    need = commands.raise_need(network.lens("norrtalje-tib"), "standing", content, conference=conference).subject
    commands.offer_to_need(network.lens("nacka-tib"), "standing", need, "En, från 12.00")
    commands.resolve_need(network.lens("norrtalje-tib"), "standing", need, text="Nackas bandvagn kom")
    thing = thing_of(network, "standing", need)
    assert (thing.status, thing.party("nacka"), thing.data.conference) == ("resolved", "offered", conference)


def test_only_its_owner_ends_a_need(network: Network) -> None:
    need = commands.raise_need(network.lens("norrtalje-tib"), "standing", {"text": "Plogbil"}).subject
    assert refusal(lambda: commands.resolve_need(network.lens("nacka-tib"), "standing", need)) == "not_owner"
    assert refusal(lambda: commands.withdraw_offer(network.lens("nacka-tib"), "standing", need)) == "not_allowed_now"


def test_the_secretary_enters_a_need_for_one_that_phones(network: Network) -> None:
    lens = network.lens(SECRETARY)
    need = commands.raise_need(lens, "standing", {"text": "Plogbil"}, sent=phoned_in("vaxholm")).subject
    thing = thing_of(network, "standing", need)
    assert (thing.organisation, thing.data.via) == ("vaxholm", "telefon")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"text": " "}, "words_missing"),
        ({"text": "x", "row": "fika"}, "unknown_row"),
        ({"text": "x", "urgency": "snart"}, "unknown_urgency"),
        ({"text": "x", "concerns": ["atlantis"]}, "no_such_organisation"),
    ],
)
def test_a_need_that_says_nothing_or_what_is_in_no_list_is_refused(
    network: Network, content: dict[str, Any], code: str
) -> None:
    assert refusal(lambda: commands.raise_need(network.lens("nacka-tib"), "standing", content)) == code


# Agreements -----------------------------------------------------------------------------------------------------


def test_agreements_are_numbered_within_their_conference(network: Network) -> None:
    conference = opened(network, starts_at=NOON)
    labels = [thing_of(network, "standing", agree(network, "standing", conference, "nacka")).data.label for _ in "ab"]
    assert labels == ["47:1", "47:2"]


def test_concurrent_agreements_never_share_a_number(network: Network) -> None:
    conference = opened(network)

    def one(_place: int) -> str:
        try:
            return agree(network, "standing", conference, "nacka")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        subjects = list(pool.map(one, range(8)))
    numbers = sorted(thing_of(network, "standing", subject).data.number for subject in subjects)
    assert numbers == list(range(1, 9))


def test_nobody_confirms_for_another_organisation(network: Network) -> None:
    agreement = agree(network, "standing", opened(network), "nacka")
    for function in (LEADER, SECRETARY, "taby-tib"):
        principal = network.principal(function)
        draft = Draft("undertaking.confirmed", "standing", agreement, {"note": ""}, organisation="nacka")
        assert refusal(append, principal, [draft]) in (
            "not_your_organisation", "not_permitted",
        )  # fmt: skip
    assert thing_of(network, "standing", agreement).party("nacka") == ""


def test_a_reader_does_not_undertake_for_its_organisation(network: Network) -> None:
    agreement = agree(network, "standing", opened(network), "nacka")
    lens = network.lens("nacka-lasare")
    assert refusal(lambda: commands.confirm_undertaking(lens, "standing", agreement)) == "not_permitted"


def test_an_organisation_confirms_reserves_and_declines_its_own_undertaking(network: Network) -> None:
    conference = opened(network)
    agreement, lens = agree(network, "standing", conference, "nacka", "taby"), network.lens("nacka-tib")
    commands.confirm_undertaking(lens, "standing", agreement)
    reserved = ("undertaking.reserved", {"reservation": "Om plogen håller"})
    commands.answer_undertaking(network.lens("taby-tib"), "standing", agreement, reserved)
    thing = thing_of(network, "standing", agreement)
    assert (thing.party("nacka"), thing.party("taby")) == ("confirmed", "reserved")
    commands.answer_undertaking(lens, "standing", agreement, ("undertaking.completed", {"note": ""}))
    assert thing_of(network, "standing", agreement).party("nacka") == "completed"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (("undertaking.reserved", {"reservation": ""}), "words_missing"),
        (("undertaking.declined", {"reason": ""}), "reason_missing"),
        (("undertaking.completed", {"note": ""}), "not_allowed_now"),
    ],
)
def test_an_answer_without_what_it_needs_is_refused(network: Network, answer: tuple[str, Any], code: str) -> None:
    agreement, lens = agree(network, "standing", opened(network), "nacka"), network.lens("nacka-tib")
    assert refusal(lambda: commands.answer_undertaking(lens, "standing", agreement, answer)) == code


def test_a_wording_that_has_changed_is_shown_before_it_is_confirmed(network: Network) -> None:
    agreement, lens = agree(network, "standing", opened(network), "nacka"), network.lens("nacka-tib")
    seen = thing_of(network, "standing", agreement).data.terms
    content = {"wording": "Vi plogar väg 76 och 77", "undertakings": [{"organisation": "nacka"}], "reason": "Fler"}
    commands.change_agreement(network.lens(SECRETARY), "standing", agreement, content)
    sent = Sent(seen=seen)
    assert refusal(lambda: commands.confirm_undertaking(lens, "standing", agreement, sent=sent)) == "moved"


def test_another_partys_answer_does_not_disturb_ones_own(network: Network) -> None:
    agreement = agree(network, "standing", opened(network), "nacka", "taby")
    sent = Sent(seen=thing_of(network, "standing", agreement).data.terms)
    for function in ("nacka-tib", "taby-tib"):
        commands.confirm_undertaking(network.lens(function), "standing", agreement, sent=sent)
    assert dict(thing_of(network, "standing", agreement).parties) == {"nacka": "confirmed", "taby": "confirmed"}


@pytest.mark.parametrize(
    ("undertakings", "code"),
    [
        ([], "undertaking_missing"),
        ([{"organisation": "nacka"}, {"organisation": "nacka"}], "undertaking_twice"),
        ([{"organisation": "atlantis"}], "no_such_organisation"),
    ],
)
def test_an_agreement_names_each_organisation_once(network: Network, undertakings: list[Any], code: str) -> None:
    conference, lens = opened(network), network.lens(SECRETARY)
    content = {"wording": "Vi plogar", "undertakings": undertakings}
    assert refusal(lambda: commands.record_agreement(lens, "standing", conference, content)) == code


def test_an_agreement_belongs_to_a_conference_of_its_own_space(network: Network) -> None:
    elsewhere, space = opened(network), network.open_incident()
    payload = {"wording": "x", "undertakings": [{"organisation": "nacka"}]}
    for refs, code in (((), "conference_missing"), ((Ref("of", "standing", elsewhere),), "conference_not_here")):
        draft = Draft("agreement.recorded", space, new_id(), payload, refs=refs)
        assert refusal(network.write, SECRETARY, draft) == code


# Minutes --------------------------------------------------------------------------------------------------------


def _published(network: Network, conference: str, **given: Any) -> dict[str, Any]:
    adjustments = {"summary": "Lugnt", "texts": [], "reason": "", **given}
    receipt = commands.publish_minutes(network.lens(LEADER), "standing", conference, adjustments)
    payload = network.lens(LEADER).payloads("standing", [receipt.digest])[receipt.digest]
    assert payload is not None
    return dict(payload)


def test_minutes_copy_what_was_entered_with_the_digests_of_its_entries(network: Network) -> None:
    conference = opened(network, starts_at=NOON)
    attend(network, "standing", conference, "nacka-tib", "taby")
    commands.note_point(network.lens(SECRETARY), "standing", conference, ("samverkansbehov", "En plogbil"))
    commands.raise_need(network.lens("nacka-tib"), "standing", {"text": "Plogbil"}, conference=conference)
    agreement = agree(network, "standing", conference, "nacka", "taby")
    commands.confirm_undertaking(network.lens("nacka-tib"), "standing", agreement)
    minutes = _published(network, conference)
    thing = thing_of(network, "standing", agreement)
    assert (minutes["version"], minutes["label"], minutes["week"]) == (1, "47", 47)
    by_organisation = {each["organisation"]: each for each in minutes["attendance"]}
    assert len(by_organisation) == 37
    assert by_organisation["nacka"]["functions"] == ["TiB"]
    assert by_organisation["taby"]["status"] == "represented"
    assert [point["text"] for point in minutes["points"] if point["text"]] == ["En plogbil"]
    assert [need["text"] for need in minutes["needs"]] == ["Plogbil"]
    copied = minutes["agreements"][0]
    assert (copied["label"], copied["digest"]) == ("47:1", thing.data.terms)
    assert {party["organisation"]: party["status"] for party in copied["parties"]} == {
        "nacka": "confirmed", "taby": "noted",
    }  # fmt: skip
    assert minutes["basis"][0]["digest"]


def test_published_minutes_never_change_and_a_correction_is_a_new_version(network: Network) -> None:
    conference = opened(network)
    agreement = agree(network, "standing", conference, "nacka")
    first = _published(network, conference)
    commands.confirm_undertaking(network.lens("nacka-tib"), "standing", agreement)
    second = _published(network, conference, reason="Nacka har bekräftat")
    data = thing_of(network, "standing", f"{conference}.minutes").data
    texts = network.lens(LEADER).payloads("standing", [version.digest for version in data.versions])
    assert [texts[version.digest] for version in data.versions] == [first, second]
    assert [each["agreements"][0]["parties"][0]["status"] for each in (first, second)] == ["noted", "confirmed"]
    assert [each["version"] for each in (first, second)] == [1, 2]


def test_what_the_writer_says_of_the_copied_parts_is_not_believed(network: Network) -> None:
    conference = opened(network)
    forged = {"version": 9, "attendance": [], "agreements": [], "title": "Fel", "basis": []}
    minutes = _published(network, conference, **forged)
    assert (minutes["version"], len(minutes["attendance"])) == (1, 37)
    assert minutes["title"].startswith("Ordinarie")


def test_the_leaders_text_replaces_the_note_and_says_so(network: Network) -> None:
    conference = opened(network)
    commands.note_point(network.lens(SECRETARY), "standing", conference, ("upprop", "Noterat"))
    minutes = _published(network, conference, texts=[{"code": "upprop", "text": "Justerat"}])
    point = minutes["points"][0]
    assert (point["text"], point["adjusted"], bool(point["digest"])) == ("Justerat", True, True)


def test_minutes_are_the_leaders_to_publish_and_a_correction_needs_a_reason(network: Network) -> None:
    conference = opened(network)
    plain = {"summary": "", "texts": [], "reason": ""}

    def publish(function: str, content: dict[str, Any] = plain, sent: Sent | None = None) -> Any:
        return commands.publish_minutes(network.lens(function), "standing", conference, content, sent=sent or Sent())

    assert refusal(lambda: publish(SECRETARY)) == "not_permitted"
    assert refusal(lambda: publish("kansliet-samordningschef")) == "not_conference_leader"
    assert refusal(lambda: publish(LEADER, {**plain, "texts": [{"code": "fika", "text": ""}]})) == "unknown_point"
    seen = Sent(seen=thing_of(network, "standing", conference).last)
    attend(network, "standing", conference, "nacka-tib")
    assert refusal(lambda: publish(LEADER, sent=seen)) == "moved"
    publish(LEADER)
    assert refusal(lambda: publish(LEADER)) == "reason_missing"


def test_there_are_no_minutes_of_what_has_not_begun(network: Network) -> None:
    conference = call(network)
    plain = {"summary": "", "texts": [], "reason": ""}
    lens = network.lens(LEADER)
    assert refusal(lambda: commands.publish_minutes(lens, "standing", conference, plain)) == "minutes_too_early"


def test_withdrawn_minutes_leave_their_trace_and_can_be_published_anew(network: Network) -> None:
    conference, lens = opened(network), network.lens(LEADER)
    _published(network, conference)
    commands.withdraw_minutes(lens, "standing", conference, "Fel bilaga")
    thing = thing_of(network, "standing", f"{conference}.minutes")
    assert (thing.status, bool(thing.data.versions[0].withdrawn_at)) == ("withdrawn", True)
    assert _published(network, conference, reason="Rättad")["version"] == 2


def test_minutes_of_a_root_tell_nothing_of_a_narrower_circle(network: Network) -> None:
    space = network.open_incident()
    narrow = network.open_sub_space(space, "nacka-tib")
    commands.raise_need(network.lens("nacka-tib"), narrow, {"text": "Hemligt behov"})
    conference = opened(network, space)
    adjustments = {"summary": "", "texts": [], "reason": ""}
    receipt = commands.publish_minutes(network.lens(LEADER), space, conference, adjustments)
    payload = network.lens(LEADER).payloads(space, [receipt.digest])[receipt.digest]
    assert "Hemligt" not in str(payload)
    assert payload is not None
    assert payload["needs"] == []


def test_a_conference_of_a_narrower_circle_is_for_that_circle(network: Network) -> None:
    space = network.open_incident()
    narrow = network.open_sub_space(space, "nacka-tib", "taby-tib")
    conference = opened(network, narrow)
    adjustments = {"summary": "", "texts": [], "reason": ""}
    receipt = commands.publish_minutes(network.lens(LEADER), narrow, conference, adjustments)
    payload = network.lens(LEADER).payloads(narrow, [receipt.digest])[receipt.digest]
    assert payload is not None
    assert [each["organisation"] for each in payload["attendance"]] == ["lansstyrelsen", "nacka", "taby"]


def test_a_repeated_post_is_written_once(network: Network) -> None:
    lens, sent = network.lens("nacka-tib"), Sent(key="0190-1")
    first = commands.raise_need(lens, "standing", {"text": "Plogbil"}, sent=sent)
    again = commands.raise_need(lens, "standing", {"text": "Plogbil"}, sent=sent)
    assert (again.subject, again.repeated) == (first.subject, True)


def test_a_reader_list_that_has_grown_is_shown_first(network: Network) -> None:
    stale = Sent(circle=network.lens("nacka-tib").readers("standing").version - 1)
    lens = network.lens("nacka-tib")
    assert refusal(lambda: commands.raise_need(lens, "standing", {"text": "x"}, sent=stale)) == "readers_changed"
