"""Full requests: what people see at a conference, what they can press, and what they cannot."""

import re
from typing import Any

import pytest
from django.test import Client

from gemensam.coordination import commands
from gemensam.coordination.commands import Presence
from gemensam.core.refusal import Refused
from gemensam.ledger.append import now_ms
from gemensam.web import times
from gemensam.web.times import parse
from tests.coordination.actions import LEADER, SECRETARY, agree, attend, call, opened, phoned_in, thing_of
from tests.documents.reading import squeezed, whole
from tests.network import Network

NOON = parse("2026-11-19T10:00")


def client(network: Network, function: str) -> Client:
    return network.client(function, headers={"accept-language": "sv"})


def text_of(answer: Any, *, status: int = 200) -> str:
    """Return a page's text without its tags, in one line."""
    assert answer.status_code == status, (answer.status_code, answer.content.decode()[-2000:])
    body = answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body[body.index("<main") :])).replace("&quot;", '"')


def place(space: str, conference: str = "", more: str = "") -> str:
    return f"/spaces/{space}/conferences/{conference}/{more}" if conference else f"/spaces/{space}/conferences/"


# The list -------------------------------------------------------------------------------------------------------


def test_the_list_offers_the_next_conference_to_who_leads_and_calls_it_in_one_press(network: Network) -> None:
    leader, other = client(network, LEADER), client(network, "nacka-tib")
    assert "Kalla" not in text_of(other.get(place("standing")))
    page = leader.get(place("standing"))
    assert "Nästa enligt takten" in text_of(page)
    starts_at = re.search(r'name="starts_at" value="(\d+)"', page.content.decode())
    assert starts_at is not None
    answer = leader.post(place("standing") + "next/", {"starts_at": starts_at[1]})
    assert answer.status_code == 302
    assert "Ordinarie samverkanskonferens vecka" in text_of(leader.get(answer["Location"]))
    again = leader.post(place("standing") + "next/", {"starts_at": starts_at[1]})
    assert again.status_code == 409
    assert network.lens(LEADER).state("standing").size("conferences") == 1


def test_who_may_not_lead_cannot_call(network: Network) -> None:
    for path in ("new/", "next/"):
        assert client(network, "nacka-tib").post(place("standing") + path, {"starts_at": "1"}).status_code == 403


def test_calling_shows_the_readers_and_keeps_what_was_typed_when_refused(network: Network) -> None:
    leader, url = client(network, LEADER), place("standing") + "new/"
    page = text_of(leader.get(url))
    assert "Läses av 38 aktörer" in page
    assert "Nummer eller länk" in page
    given = {"agenda": "ordinarie", "series": "vecka", "starts_at": "", "length_min": "30", "primary": "08-465 004 00"}
    wrong = leader.post(url, given)
    assert wrong.status_code == 422
    assert 'value="08-465 004 00"' in wrong.content.decode()
    answer = leader.post(url, {**given, "starts_at": "2026-11-19T10:00", "role_motesledare": LEADER})
    assert answer.status_code == 302
    assert "08-465 004 00" in text_of(leader.get(answer["Location"]))


def test_a_conference_can_be_changed_and_cancelled_with_reasons(network: Network) -> None:
    conference, leader = call(network), client(network, LEADER)
    url = place("standing", conference)
    seen = thing_of(network, "standing", conference).data.terms
    given = {"starts_at": "2026-11-19T11:00", "length_min": "45", "reason": "Bron är avstängd", "seen": seen}
    assert leader.post(url + "change/", given).status_code == 302
    assert "Bron är avstängd" in text_of(leader.get(url))
    moved = leader.post(url + "change/", given)
    assert "Någon har ändrat" in text_of(moved, status=409)
    leader.post(url + "cancel/", {"cancel-reason": "Inställt, inget nytt"})
    page = text_of(client(network, "nacka-tib").get(url))
    assert "Inställd" in page
    assert "Inställt, inget nytt" in page


def test_a_form_that_is_sent_once_more_does_not_write_over_what_nobody_has_looked_at(network: Network) -> None:
    conference, leader = call(network), client(network, LEADER)
    url = place("standing", conference) + "change/"
    given = {"starts_at": "2026-11-19T11:00", "length_min": "45", "reason": "Bron är avstängd"}

    def seen_in(answer: Any) -> str:
        found = re.search(r'name="seen" value="(\w+)"', answer.content.decode())
        assert found is not None
        return found[1]

    before = seen_in(leader.get(url))
    assert leader.post(url, {**given, "seen": before}).status_code == 302
    wrong = leader.post(url, {**given, "starts_at": "", "seen": before})
    assert wrong.status_code == 422 and seen_in(wrong) == before
    moved = leader.post(url, {**given, "reason": "Ny tid", "seen": seen_in(wrong)})
    assert "Det som gäller nu" in text_of(moved, status=409)
    assert leader.post(url, {**given, "reason": "Ny tid", "seen": seen_in(moved)}).status_code == 302


# The conference -------------------------------------------------------------------------------------------------


def test_the_page_shows_dial_in_agenda_roll_call_and_who_is_missing(network: Network) -> None:
    conference = opened(network, starts_at=NOON)
    page = text_of(client(network, "nacka-tib").get(place("standing", conference)))
    for words in ("010-000 00 00", "4711", "Rakel 47", "Aktörsrapportering", "0/37", "Saknas (37)", "Vaxholm"):
        assert words in page
    assert "Jag läser bara upp dem som saknas" not in page  # the leader's own lines are the leader's


def test_the_leaders_controls_are_the_leaders(network: Network) -> None:
    conference = opened(network)
    leader, other = (client(network, each).get(place("standing", conference)) for each in (LEADER, "nacka-tib"))
    assert "Jag läser bara upp dem som saknas" in text_of(leader)
    assert "Avsluta konferensen" in text_of(leader)
    assert "Skriv anteckning" in text_of(leader)
    for words in ("Avsluta konferensen", "Skriv anteckning", "Anteckna överenskommelse"):
        assert words not in text_of(other)


def test_a_member_registers_in_one_press_and_leaves(network: Network) -> None:
    conference, nacka = opened(network), client(network, "nacka-tib")
    url = place("standing", conference)
    assert "Anmäl Nacka – TiB" in text_of(nacka.get(url))
    assert nacka.post(url + "attendance/", {"function": "nacka-tib"})["Location"].endswith("#roll")
    page = text_of(nacka.get(url))
    assert "1/37" in page
    assert "Saknas (36)" in page
    nacka.post(url + "attendance/leave/", {"function": "nacka-tib"})
    assert "0/37" in text_of(nacka.get(url))


def test_a_member_represents_another(network: Network) -> None:
    conference, ssbf = opened(network), client(network, "ssbf-vb")
    url = place("standing", conference)
    ssbf.post(url + "attendance/", {"function": "ssbf-vb", "also_represents": ["vaxholm", "danderyd"]})
    page = text_of(ssbf.get(url))
    assert "3/37" in page
    assert "företräds av" in page


def test_a_reader_of_a_member_cannot_register_it(network: Network) -> None:
    conference, reader = opened(network), client(network, "nacka-lasare")
    assert "Anmäl Nacka" not in text_of(reader.get(place("standing", conference)))
    assert reader.post(place("standing", conference, "attendance/")).status_code == 403
    assert thing_of(network, "standing", conference).data.attendance == ()


def test_the_secretary_enters_those_who_phone_in(network: Network) -> None:
    conference, secretary = opened(network), client(network, SECRETARY)
    url = place("standing", conference)
    assert "Lägg in en som ringer" in text_of(secretary.get(url))
    given = {"who": "vaxholm-beredskapssamordnare", "via": "telefon"}
    assert secretary.post(url + "attendance/others/", given).status_code == 302
    here = thing_of(network, "standing", conference).data.latest_attendance()["vaxholm"]
    assert (here.via, here.functions) == ("telefon", ("vaxholm-beredskapssamordnare",))
    secretary.post(url + "attendance/others/", {**given, "left": "1"})
    assert thing_of(network, "standing", conference).party("vaxholm") == "left"
    assert client(network, "nacka-tib").post(url + "attendance/others/", given).status_code == 403


def test_the_leader_goes_through_the_agenda_and_closes(network: Network) -> None:
    conference, leader = call(network), client(network, LEADER)
    url = place("standing", conference)
    leader.post(url + "open/")
    assert "Nästa: 1. Upprop" in text_of(leader.get(url))
    leader.post(url + "move/", {"point": "upprop"})
    page = text_of(leader.get(url))
    assert "Nästa: 2. Öppnande" in page
    answer = leader.post(url + "close/")
    assert answer["Location"].endswith("/minutes/")
    assert thing_of(network, "standing", conference).status == "closed"
    assert client(network, "nacka-tib").post(url + "open/").status_code == 403


def test_a_note_is_saved_and_a_note_meanwhile_is_shown_beside_it(network: Network) -> None:
    conference, secretary = opened(network), client(network, SECRETARY)
    url = place("standing", conference, "notes/upprop/")
    seen = thing_of(network, "standing", conference).data.call
    assert secretary.post(url, {"text": "Alla här", "seen": seen}).status_code == 302
    other = client(network, "lansstyrelsen-rsib").post(url, {"text": "Två saknas", "seen": seen})
    page = text_of(other, status=409)
    assert "Alla här" in page  # what stands
    assert "Två saknas" in page  # what was typed
    assert "Någon har ändrat" in page


def test_a_draft_of_a_note_is_kept_for_the_organisation_alone(network: Network) -> None:
    conference, secretary = opened(network), client(network, SECRETARY)
    url = place("standing", conference)
    assert secretary.post(url + "notes/upprop/draft/", {"text": "Halvskrivet"}).status_code == 204
    assert "Halvskrivet" in text_of(client(network, LEADER).get(url))
    assert "Halvskrivet" not in text_of(client(network, "nacka-tib").get(url))
    assert client(network, "nacka-tib").post(url + "notes/upprop/draft/", {"text": "x"}).status_code == 403


def test_the_wall_holds_no_controls_and_no_drafts(network: Network) -> None:
    conference, leader = opened(network), client(network, LEADER)
    leader.post(place("standing", conference, "notes/upprop/draft/"), {"text": "Halvskrivet"})
    page = leader.get(place("standing", conference) + "wall/")
    assert "Halvskrivet" not in text_of(page)
    assert "/attendance/" not in page.content.decode()
    assert "Avsluta konferensen" not in text_of(page)


def test_speakers_come_by_exception(network: Network) -> None:
    conference = opened(network)
    network.write("vaxholm-beredskapssamordnare", _report("vaxholm", "sjo", "mattlig", "samre"))
    network.write("norrtalje-tib", _report("norrtalje", "el", "kritisk"))
    network.write("nacka-tib", _report("nacka", "el", "ingen"))
    commands.raise_need(network.lens("taby-tib"), "standing", {"text": "Plogbil"})
    page = text_of(client(network, LEADER).get(place("standing", conference)))
    spoken = page[page.index("Talarlista") : page.index("Inget att tillägga")]
    assert spoken.index("Norrtälje") < spoken.index("Täby") < spoken.index("Vaxholm")
    assert "Inget att tillägga (1) Nacka" in page
    assert "Ej rapporterat (33)" in page


def _report(organisation: str, row: str, status: str, trend: str = "") -> Any:
    from gemensam.core.writing import Draft
    from tests.ids import new_id

    cell = {"row": row, "status": status, "trend": trend}
    payload = {"template": "full", "stated_at": now_ms(), "summary": "Läget", "cells": [cell]}
    return Draft("report.published", "standing", new_id(), payload)


# Needs and agreements -------------------------------------------------------------------------------------------


def test_a_need_is_raised_on_a_form_that_shows_its_readers(network: Network) -> None:
    conference, nacka = opened(network), client(network, "nacka-tib")
    url = f"/spaces/standing/needs/new/?conference={conference}"
    page = nacka.get(url)
    assert "Läses av 38 aktörer" in text_of(page)
    circle = re.search(r'name="circle" value="(\d+)"', page.content.decode())
    assert circle is not None
    given = {"text": "Bandvagn", "urgency": "nu", "conference": conference, "circle": circle[1], "key": "k1"}
    assert nacka.post("/spaces/standing/needs/new/", given)["Location"].endswith("#needs")
    assert nacka.post("/spaces/standing/needs/new/", given).status_code == 302  # pressed twice: one need
    needs = network.lens("nacka-tib").state("standing").group("needs")
    assert [need.data.conference for need in needs] == [conference]
    stale = nacka.post("/spaces/standing/needs/new/", {**given, "circle": "1", "key": "k2"})
    assert "Läsarna har ändrats" in text_of(stale, status=409)


def test_a_personal_number_is_sent_back(network: Network) -> None:
    answer = client(network, "nacka-tib").post("/spaces/standing/needs/new/", {"text": "Hämta 19121212-1212"})
    assert "personnummer" in text_of(answer, status=422)


def where_of(network: Network, need: str) -> Any:
    thing = network.lens("nacka-tib").state("standing").thing(need)
    assert thing is not None
    return thing.data.where


def test_a_need_says_where_by_kommun_or_point_and_else_it_is_in_its_own_kommun(network: Network) -> None:
    nacka, url = client(network, "nacka-tib"), "/spaces/standing/needs/new/"
    sent = [
        {"text": "Elverk"},
        {"text": "Plogbil", "kommuner": "Värmdö, nacka kommun"},
        {"text": "Tält", "point": "59.3275, 18.0547"},
    ]
    for each in sent:
        assert nacka.post(url, each).status_code == 302
    needs = network.lens("nacka-tib").state("standing").group("needs")
    assert [need.data.where.kommuner for need in needs] == [("0182",), ("0120", "0182"), ("0180",)]
    assert [bool(need.data.where.point) for need in needs] == [False, False, True]
    page = nacka.get(f"/spaces/standing/needs/{needs[1].subject}/change/").content.decode()
    assert 'value="Nacka, Värmdö"' in page
    html = nacka.get("/spaces/standing/needs/").content.decode()
    assert "Nacka, Värmdö" in html and "59.327" in html and "(Nacka)" not in html
    region = commands.raise_need(network.lens("region-stockholm-tib"), "standing", {"text": "Blod"})
    assert not where_of(network, region.subject).is_named  # no kommun: none is put in its place


@pytest.mark.parametrize(("field", "text"), [("kommuner", "Atlantis"), ("point", "vid bron"), ("point", "10, 10")])
def test_a_place_that_is_none_is_told_at_its_field(network: Network, field: str, text: str) -> None:
    nacka = client(network, "nacka-tib")
    answer = nacka.post("/spaces/standing/needs/new/", {"text": "Elverk", field: text})
    assert answer.status_code == 422 and f'id="id_{field}"' in answer.content.decode()
    assert not network.lens("nacka-tib").state("standing").group("needs")


def test_a_program_cannot_put_a_need_where_nothing_is(network: Network) -> None:
    where = {"kommuner": ["9999"], "latitude": None, "longitude": None}
    with pytest.raises(Refused, match="unknown_kommun"):
        commands.raise_need(network.lens("nacka-tib"), "standing", {"text": "Elverk", "where": where})


def test_a_need_is_offered_to_resolved_and_kept_with_its_history(network: Network) -> None:
    need = commands.raise_need(network.lens("norrtalje-tib"), "standing", {"text": "Plogbil"}).subject
    url, nacka, owner = (
        f"/spaces/standing/needs/{need}/",
        client(network, "nacka-tib"),
        client(network, "norrtalje-tib"),
    )
    nacka.post(url + "offer/", {"text": "En plogbil från 12"})
    assert "En plogbil från 12" in text_of(owner.get(url))
    assert nacka.post(url + "resolve/", {"text": ""}).status_code == 403
    owner.post(url + "withdraw/", {"reason": "Löst själva"})
    page = text_of(nacka.get(url))
    assert "behovet är återtaget men erbjudandet står kvar: ring Nacka" in page
    assert "Löst själva" in page
    assert "Historik (3)" in page


def test_an_agreement_is_recorded_and_confirmed_by_the_one_it_names(network: Network) -> None:
    conference, secretary = opened(network, starts_at=NOON), client(network, SECRETARY)
    given = {"conference": conference, "wording": "Vi plogar väg 76", "who_0": "nacka", "what_0": "", "who_1": "taby",
             "due_0": "2026-11-20T12:00", "follow_up_at": "2026-11-26T10:00"}  # fmt: skip
    assert secretary.post("/spaces/standing/agreements/new/", given).status_code == 302
    agreement = network.lens(LEADER).state("standing").group("agreements")[0]
    nacka, url = client(network, "nacka-tib"), f"/spaces/standing/agreements/{agreement.subject}/"
    page = text_of(nacka.get(url))
    assert "Överenskommelse nr 47:1" in page
    assert "Antecknat" in page
    nacka.post(url + "answer/", {"kind": "undertaking.confirmed", "seen": agreement.data.terms})
    page = text_of(nacka.get(url))
    assert "Bekräftat av Nacka" in page
    assert "Antecknat" in page  # Täby has not answered
    assert "Klart" in page  # the next press


def test_the_answers_offered_come_from_the_table_and_the_reader(network: Network) -> None:
    agreement = agree(network, "standing", opened(network), "nacka")
    url = f"/spaces/standing/agreements/{agreement}/"
    own, other, reader = (client(network, each).get(url) for each in ("nacka-tib", "taby-tib", "nacka-lasare"))
    assert all(words in text_of(own) for words in ("Bekräfta :", "Bekräfta med förbehåll", "Avböj"))
    assert "Vi gör det också" in text_of(other)
    assert "Avböj" not in text_of(other)
    assert "/answer/" not in reader.content.decode()
    kinds = {"kind": "undertaking.confirmed", "seen": ""}
    assert client(network, "nacka-lasare").post(url + "answer/", kinds).status_code == 403


def test_a_confirmation_of_a_wording_that_has_changed_is_not_taken(network: Network) -> None:
    agreement = agree(network, "standing", opened(network), "nacka")
    seen = thing_of(network, "standing", agreement).data.terms
    content = {"wording": "Vi plogar allt", "undertakings": [{"organisation": "nacka"}], "reason": "Mer snö"}
    commands.change_agreement(network.lens(SECRETARY), "standing", agreement, content)
    url = f"/spaces/standing/agreements/{agreement}/"
    answer = client(network, "nacka-tib").post(url + "answer/", {"kind": "undertaking.confirmed", "seen": seen})
    page = text_of(answer, status=409)
    assert "Någon har ändrat" in page
    assert "Vi plogar allt" in page
    assert thing_of(network, "standing", agreement).party("nacka") == ""


def test_a_refused_reservation_keeps_its_text(network: Network) -> None:
    agreement = agree(network, "standing", opened(network), "nacka")
    nacka, url = client(network, "nacka-tib"), f"/spaces/standing/agreements/{agreement}/answer/"
    long = "x" * 501
    answer = nacka.post(url, {"kind": "undertaking.reserved", "text": long})
    assert long in text_of(answer, status=422)


def test_what_is_overdue_comes_first_in_the_list(network: Network) -> None:
    conference = opened(network)
    late = [{"organisation": "nacka", "due_at": now_ms() - 60_000}]
    lens = network.lens(SECRETARY)
    commands.record_agreement(lens, "standing", conference, {"wording": "Försenat", "undertakings": late})
    agree(network, "standing", conference, "taby", wording="I tid")
    page = text_of(client(network, "nacka-tib").get("/spaces/standing/agreements/"))
    assert page.index("Försenade eller att följa upp") < page.index("Försenat") < page.index("I tid")


def test_the_tables_hold_what_the_pages_say_and_no_formula(network: Network) -> None:
    conference = opened(network, starts_at=NOON)
    agree(network, "standing", conference, "nacka", wording="=1+1")
    commands.raise_need(network.lens("nacka-tib"), "standing", {"text": "Plogbil", "amount": "2"})
    nacka = client(network, "nacka-tib")
    agreements = b"".join(nacka.get("/spaces/standing/agreements/table.csv")).decode("utf-8-sig")
    assert "47:1;'=1+1" in agreements
    assert "Antecknat" in agreements
    needs = b"".join(nacka.get("/spaces/standing/needs/table.csv")).decode("utf-8-sig")
    assert "Nacka kommun;Plogbil;2" in needs or "Nacka;Plogbil;2" in needs


# Minutes --------------------------------------------------------------------------------------------------------


def test_minutes_write_themselves_are_adjusted_and_published(network: Network) -> None:
    conference = opened(network, starts_at=NOON)
    attend(network, "standing", conference, "nacka-tib")
    commands.note_point(network.lens(SECRETARY), "standing", conference, ("samverkansbehov", "Plogbilar"))
    agree(network, "standing", conference, "nacka")
    leader, url = client(network, LEADER), place("standing", conference, "minutes/")
    page = text_of(leader.get(url))
    for words in ("Plogbilar", "1/37", "47:1", "Läses av 38 aktörer", "Publicera"):
        assert words in page
    given = {"summary": "Lugnt läge", "point_samverkansbehov": "Två plogbilar", "seen": _last(network, conference)}
    assert leader.post(url, given).status_code == 302
    seen_by_all = text_of(client(network, "nacka-tib").get(url + "1/"))
    for words in ("Lugnt läge", "Två plogbilar", "Nacka", "Överenskommelse nr 47:1", "Antecknat"):
        assert words in seen_by_all
    assert client(network, "nacka-tib").get(url + "2/").status_code == 404


def _last(network: Network, conference: str) -> str:
    return thing_of(network, "standing", conference).last


def test_minutes_are_not_published_over_what_the_leader_has_not_seen(network: Network) -> None:
    conference, leader = opened(network), client(network, LEADER)
    seen, url = _last(network, conference), place("standing", conference, "minutes/")
    attend(network, "standing", conference, "nacka-tib")
    answer = leader.post(url, {"summary": "Mitt", "seen": seen})
    page = text_of(answer, status=409)
    assert "Någon har ändrat" in page
    assert "Mitt" in page
    assert network.lens(LEADER).state("standing").size("minutes") == 0


def test_the_draft_of_the_minutes_is_kept_and_is_the_leaders_alone(network: Network) -> None:
    conference, leader = opened(network), client(network, LEADER)
    url = place("standing", conference, "minutes/")
    draft = {"summary": "Utkastets text", "point_upprop": "Alla kom", "seen": _last(network, conference)}
    assert leader.post(url + "draft/", draft).status_code == 204
    page = text_of(leader.get(url))
    assert "Utkastets text" in page
    assert "Alla kom" in page
    for function in ("nacka-tib", SECRETARY):
        assert "Utkastets text" not in text_of(client(network, function).get(url))
        assert client(network, function).post(url + "draft/", draft).status_code == 403
        assert client(network, function).post(url, draft).status_code == 403


def test_a_correction_is_a_new_version_and_the_old_one_points_to_it(network: Network) -> None:
    conference, leader = opened(network), client(network, LEADER)
    url = place("standing", conference, "minutes/")
    leader.post(url, {"summary": "Ett"})
    assert "Vad rättas?" in text_of(leader.post(url, {"summary": "Två"}), status=422)
    leader.post(url, {"summary": "Två", "reason": "Fel siffra"})
    assert "Det finns en nyare version: 2" in text_of(leader.get(url + "1/"))
    page = text_of(leader.get(url + "2/"))
    assert "Fel siffra" in page
    leader.post(url + "withdraw/", {"reason": "Sekretess"})
    assert "Återkallad" in text_of(client(network, "nacka-tib").get(url))


def test_minutes_are_printed_as_pdf(network: Network) -> None:
    conference, leader = opened(network, starts_at=NOON), client(network, LEADER)
    attend(network, "standing", conference, "nacka-tib")
    commands.attend(network.lens(SECRETARY), "standing", conference, Presence(), sent=phoned_in("vaxholm"))
    agree(network, "standing", conference, "nacka")
    leader.post(place("standing", conference, "minutes/"), {"summary": "Lugnt läge"})
    answer = client(network, "nacka-tib").get(place("standing", conference, "minutes/1.pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    words = whole(answer.content)
    for expected in ("Lugnt läge", "47:1", "Antecknat", "vecka 47", "Vaxholm"):
        assert squeezed(expected) in words


# Rights, moments, start page ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["conferences/", "conferences/{0}/", "conferences/{0}/minutes/", "needs/", "agreements/"]
)
def test_who_does_not_read_a_space_finds_nothing_there(network: Network, path: str) -> None:
    space = network.open_incident()
    narrow = network.open_sub_space(space, "nacka-tib")
    conference = opened(network, narrow)
    url = f"/spaces/{narrow}/{path.format(conference)}"
    assert client(network, "nacka-tib").get(url).status_code == 200
    assert client(network, "taby-tib").get(url).status_code == 404


@pytest.mark.parametrize("path", ["directory", "rosters"])
def test_the_directory_has_no_conferences(network: Network, path: str) -> None:
    assert client(network, LEADER).get(f"/spaces/{path}/conferences/").status_code == 404


def test_a_page_of_the_past_shows_what_was_known_and_takes_nothing(network: Network) -> None:
    conference = opened(network)
    attend(network, "standing", conference, "nacka-tib")
    leader, url = client(network, LEADER), place("standing", conference)
    came_at = network.lens(LEADER).history("standing", conference)[-1].received_at
    then = times.local(came_at - 1).isoformat()
    past = leader.get(url, {"knew_at": then})
    assert "0/37" in text_of(past)
    assert "Avsluta konferensen" not in text_of(past)
    assert "/attendance/" not in past.content.decode()
    assert leader.post(f"{url}attendance/?knew_at={then.replace('+', '%2B')}").status_code == 409
    assert "1/37" in text_of(leader.get(url))


def test_what_had_happened_goes_by_each_things_own_time(network: Network) -> None:
    conference = call(network, starts_at=now_ms() - 1_800_000)
    sent = phoned_in("", now_ms() - 1_700_000)
    commands.open_conference(network.lens(LEADER), "standing", conference, sent=sent)
    late = phoned_in("vaxholm", now_ms() - 900_000)
    commands.attend(network.lens(SECRETARY), "standing", conference, Presence(), sent=late)
    leader, url = client(network, LEADER), place("standing", conference)
    earlier, later = (times.local(now_ms() - ago).isoformat() for ago in (1_200_000, 600_000))
    assert "0/37" in text_of(leader.get(url, {"happened_by": earlier}))
    assert "1/37" in text_of(leader.get(url, {"happened_by": later}))


def test_the_start_page_asks_for_registration_and_for_the_own_undertakings(network: Network) -> None:
    conference = opened(network, starts_at=NOON)
    agree(network, "standing", conference, "nacka")
    page = text_of(client(network, "nacka-tib").get("/"))
    assert "Konferensen pågår sedan" in page
    assert "Bekräfta åtagande 47:1" in page
    attend(network, "standing", conference, "nacka-tib")
    agreement = network.lens(LEADER).state("standing").group("agreements")[0]
    commands.confirm_undertaking(network.lens("nacka-tib"), "standing", agreement.subject)
    page = text_of(client(network, "nacka-tib").get("/"))
    assert "Konferensen pågår sedan" not in page
    assert "Bekräfta åtagande" not in page
    assert "Bekräfta åtagande" not in text_of(client(network, "taby-tib").get("/"))


def test_the_leader_is_asked_to_publish_the_minutes(network: Network) -> None:
    conference = opened(network, starts_at=NOON)
    commands.close_conference(network.lens(LEADER), "standing", conference)
    assert "Publicera mötesanteckningarna från konferens 47" in text_of(client(network, LEADER).get("/"))
    assert "Publicera mötesanteckningarna" not in text_of(client(network, "nacka-tib").get("/"))


def test_the_log_tells_of_conferences_in_words(network: Network) -> None:
    conference = opened(network, starts_at=NOON)
    attend(network, "standing", conference, "nacka-tib")
    page = text_of(client(network, "nacka-tib").get("/spaces/standing/log/"))
    assert "Deltar i konferensen. TiB" in page
    assert "Kallelse till konferens" in page


def test_equal_readers_get_equal_pages_and_304(network: Network) -> None:
    conference, nacka = opened(network), client(network, "nacka-tib")
    url = place("standing", conference)
    first = nacka.get(url)
    again = nacka.get(url, headers={"if-none-match": first["ETag"]})
    assert again.status_code in (200, 304)  # the minute may have turned
    assert "csrfmiddlewaretoken" not in first.content.decode()


def test_pages_are_in_english_for_who_reads_english(network: Network) -> None:
    conference = opened(network, starts_at=NOON)
    english = network.client("nacka-tib", headers={"accept-language": "en"})
    page = text_of(english.get(place("standing", conference)))
    for words in ("Ordinary collaboration conference week 47", "Roll call", "Missing (37)", "Register Nacka"):
        assert words in page
