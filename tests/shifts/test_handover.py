"""The page of a shift change, by full requests: what it tells, to whom, and what is kept of it."""

from typing import Any

import pytest
from django.test import Client

from gemensam.audit import log
from gemensam.audit.models import Record
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft
from gemensam.ledger.append import now_ms
from gemensam.shifts.commands import Note, give_handover, take_handover
from gemensam.shifts.models import Handover
from gemensam.web import times
from tests.coordination.actions import LEADER, agree, call, opened
from tests.ids import new_id
from tests.network import Network
from tests.picture.scene import cell, report

OWN = "nacka-tib"
HOUR = 3_600_000


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


@pytest.fixture
def client(network: Network) -> Client:
    return network.client(OWN)


def page_of(client: Client, space: str, query: str = "") -> str:
    answer = client.get(f"/spaces/{space}/handover/{query}")
    assert answer.status_code == 200, answer.content.decode()[:600]
    return str(answer.content.decode())


def section(page: str, title: str) -> str:
    """The part of a page below a heading."""
    return page.split(f"<h2>{title}")[1].split("</section>", maxsplit=1)[0]


def write(network: Network, function: str, kind: str, space: str, payload: dict[str, Any], **more: Any) -> str:
    return network.write(function, Draft(kind, space, new_id(), payload, **more))[0].subject


def tell(network: Network, space: str, text: str) -> None:
    write(network, "taby-tib", "report.published", space, report(now_ms(), cell("el", "allvarlig", text)))


# What it tells ---------------------------------------------------------------------------------------------------


def test_open_needs_come_most_urgent_first_and_ended_ones_not(network: Network, space: str, client: Client) -> None:
    write(network, "taby-tib", "need.raised", space, {"text": "Filtar", "concerns": [], "urgency": "tre_dygn"})
    write(network, OWN, "need.raised", space, {"text": "Reservkraft", "concerns": [], "urgency": "nu"})
    ended = write(network, OWN, "need.raised", space, {"text": "Pumpar", "concerns": [], "urgency": "nu"})
    network.write(OWN, Draft("need.withdrawn", space, ended, {"reason": "Löst själva"}))
    told = section(page_of(client, space), "Öppna behov, mest brådskande först")
    assert told.index("Nacka: Reservkraft") < told.index("Täby: Filtar")
    assert "Pumpar" not in told and told.count("vårt") == 1


def test_undertakings_that_fall_due_and_requests_without_answer(network: Network, space: str, client: Client) -> None:
    conference = opened(network, space)
    agree(network, space, conference, "taby", wording="Vi plogar väg 264")
    agree(network, space, conference, "nacka", wording="Vi lånar ut pumpar")
    asked = {"purpose": "aktiverat", "template": "forsta", "deadline_at": now_ms() + HOUR, "asked": ["nacka", "taby"]}
    write(network, LEADER, "request.made", space, asked)
    page = page_of(client, space)
    due = section(page, "Åtaganden som förfaller inom tolv timmar")
    assert due.index("Vi lånar ut pumpar") < due.index("Vi plogar väg 264")
    unanswered = section(page, "Ej svarat")
    assert "2 har inte svarat Länsstyrelsen" in unanswered and "Nacka, Täby" in unanswered
    roles = section(page, "Roller och vägar in")
    assert "010-000 00 00" in roles and "Rakel 47" in roles


def test_what_is_unconfirmed_and_the_next_times(network: Network, space: str, client: Client) -> None:
    doubtful = {"text": "Bron är avstängd", "stated_at": now_ms(), "type": "fakta", "source": "sociala_medier"}
    write(network, "taby-tib", "statement.recorded", space, {**doubtful, "unconfirmed": True})
    call(network, space, starts_at=now_ms() + HOUR)
    page = page_of(client, space)
    assert "Bron är avstängd" in section(page, "Obekräftat")
    assert "Konferens" in section(page, "Nästa tider")


def test_marked_texts_stand_in_no_list(network: Network, space: str, client: Client) -> None:
    marked = {"marks": ("TLP:AMBER",)}
    write(network, OWN, "need.raised", space, {"text": "Hemlig pump", "concerns": [], "urgency": "nu"}, **marked)
    said = {"text": "Hemlig bro", "stated_at": now_ms(), "type": "fakta", "source": "medier", "unconfirmed": True}
    write(network, "taby-tib", "statement.recorded", space, said, **marked)
    page = page_of(client, space)
    assert "Hemlig" not in page and page.count("märkt TLP:AMBER, öppna för att läsa") == 2


def test_changes_are_counted_from_the_last_taking_over(network: Network, space: str, client: Client) -> None:
    tell(network, space, "Före")
    assert '<span class="count">2</span>' in section(page_of(client, space), "Ändrat sedan")
    position = network.lens(OWN).state(space).position
    client.post(f"/spaces/{space}/handover/take/", {"taken_note": "", "position": position})
    assert "Inget har kommit in." in section(page_of(client, space), "Ändrat sedan")
    tell(network, space, "Efter")
    assert '<span class="count">1</span>' in section(page_of(client, space), "Ändrat sedan")


def test_changes_can_be_counted_from_any_time(network: Network, space: str, client: Client) -> None:
    tell(network, space, "Nyss")
    since = times.local(now_ms() + 60_000).strftime("?since=%Y-%m-%d+%H.%M.%S")
    assert "Inget har kommit in." in section(page_of(client, space, since), "Ändrat sedan")
    assert client.get(f"/spaces/{space}/handover/?since=nonsens").status_code == 400


def test_a_page_of_the_past_tells_the_past_and_takes_nothing(network: Network, space: str, client: Client) -> None:
    then = now_ms()
    network.write("taby-tib", Draft("need.raised", space, new_id(), {"text": "Senare", "concerns": []}), now=then + 9)
    moment = times.iso_moment(then).replace("+", "%2B")
    page = page_of(client, space, f"?knew_at={moment}")
    assert "Senare" not in page and 'action="/spaces/' + space + '/handover/take/"' not in page
    assert client.post(f"/spaces/{space}/handover/take/?knew_at={moment}", {"position": "1"}).status_code == 409


# Handing over ----------------------------------------------------------------------------------------------------


def test_what_is_handed_over_waits_for_the_next_and_is_taken_over(network: Network, space: str, client: Client) -> None:
    given = {"note": "Ring elbolaget kl. 20", "spoken": "on"}
    assert client.post(f"/spaces/{space}/handover/give/", given).status_code == 302
    page = page_of(client, space)
    assert "Ring elbolaget kl. 20" in page and "Något sägs bara muntligt." in page
    assert "En överlämning väntar" in client.get("/").content.decode()
    position = network.lens(OWN).state(space).position
    client.post(f"/spaces/{space}/handover/take/", {"taken_note": "Har ringt", "position": position})
    kept = Handover.objects.get()
    assert (kept.organisation, kept.function, kept.space, kept.position) == ("nacka", OWN, space, position)
    assert kept.note == "Ring elbolaget kl. 20" and kept.taken_note == "Har ringt" and kept.spoken
    assert 0 < kept.given_at <= kept.taken_at
    assert "En överlämning väntar" not in client.get("/").content.decode()
    assert "Har ringt" in section(page_of(client, space), "Tidigare")
    log.flush()
    actions = Record.objects.filter(space=space, function=OWN).order_by("number").values_list("action", flat=True)
    assert [action for action in actions if action.startswith("handover")] == ["handover_given", "handover_taken"]


def test_handing_over_again_changes_the_same(network: Network, space: str) -> None:
    lens = network.lens(OWN)
    give_handover(lens, space, Note("Först", False))
    give_handover(lens, space, Note("Sedan", True))
    assert [(one.note, one.spoken) for one in Handover.objects.all()] == [("Sedan", True)]
    take_handover(lens, space, "", 1)
    give_handover(lens, space, Note("Nästa", False))
    assert Handover.objects.count() == 2


def test_other_functions_and_organisations_see_nothing_of_it(network: Network, space: str, client: Client) -> None:
    client.post(f"/spaces/{space}/handover/give/", {"note": "Bara för oss"})
    for function in ("nacka-sakerhetschef", "vaxholm-beredskapssamordnare"):
        other = network.client(function)
        assert "Bara för oss" not in page_of(other, space)
        assert "En överlämning väntar" not in other.get("/").content.decode()
    assert not [row for row in network.lens("taby-tib").entries(space) if "Bara för oss" in str(row.payload)]


@pytest.mark.parametrize("position", ["0", "-1", "x", "99999", ""])
def test_a_position_that_is_none_is_refused(space: str, client: Client, position: str) -> None:
    assert client.post(f"/spaces/{space}/handover/take/", {"position": position}).status_code == 400
    assert not Handover.objects.exists()


def test_a_note_with_a_personal_number_is_sent_back(space: str, client: Client) -> None:
    answer = client.post(f"/spaces/{space}/handover/give/", {"note": "Ring 811228-9874 snarast"})
    assert answer.status_code == 422 and "personnummer" in answer.content.decode()
    assert "Ring 811228-9874 snarast" in answer.content.decode()
    assert not Handover.objects.exists()


def test_it_is_for_readers_of_the_space_only(network: Network, space: str, client: Client) -> None:
    narrow = network.open_sub_space(space, "taby-tib")
    assert client.get(f"/spaces/{narrow}/handover/").status_code == 404
    assert client.post(f"/spaces/{narrow}/handover/give/", {"note": "x"}).status_code == 404
    assert client.get("/spaces/directory/handover/").status_code == 404
    with pytest.raises(Refused, match="not_found"):
        give_handover(network.lens(OWN), narrow, Note("x", False))


def test_a_handover_of_a_space_that_is_lost_is_no_longer_a_thing_to_do(network: Network, client: Client) -> None:
    Handover.objects.create(organisation="nacka", function=OWN, space=new_id(), note="Borta", given_at=1)
    assert "En överlämning väntar" not in client.get("/").content.decode()


# The duty ---------------------------------------------------------------------------------------------------------


def duty(network: Network) -> str:
    """By which contact Nacka's TiB is reached now."""
    from gemensam.core.policy import ROSTERS
    from gemensam.rosters.domain.reading import reach

    lens = network.lens(OWN)
    return reach(lens.directory, lens.state(ROSTERS), OWN, lens.now).label


def test_taking_over_moves_the_duty_to_another_contact(network: Network, space: str, client: Client) -> None:
    from tests.rosters.actions import make_contact, plan

    first, second = make_contact(network, "Telefon 1"), make_contact(network, "Telefon 2")
    plan(network, first, (now_ms() - HOUR, now_ms() + 8 * HOUR))
    page = page_of(client, space)
    assert page.index("Telefon 1</option>") < page.index("Telefon 2</option>")
    position = str(network.lens(OWN).state(space).position)
    take = f"/spaces/{space}/handover/take/"
    assert (
        client.post(take, {"taken_note": "Hemligt för oss", "position": position, "contact": first}).status_code == 302
    )
    assert duty(network) == "Telefon 1"
    assert (
        client.post(take, {"taken_note": "Hemligt för oss", "position": position, "contact": second}).status_code == 302
    )
    assert duty(network) == "Telefon 2"
    # The note of a handover is this function's alone; the roster is read by all members.
    shown = network.client("taby-tib").get("/spaces/rosters/log/").content.decode()
    assert "Telefon 2" in shown and "Hemligt för oss" not in shown
    wrong = client.post(take, {"taken_note": "", "position": position, "contact": "nobody"})
    assert wrong.status_code == 422 and duty(network) == "Telefon 2"


def test_without_a_shift_and_in_an_exercise_no_duty_is_moved(network: Network, space: str, client: Client) -> None:
    from gemensam.organisations.founding import pins
    from tests.rosters.actions import make_contact, plan

    assert 'name="contact"' not in page_of(client, space)
    contact = make_contact(network, "Telefon 1")
    assert 'name="contact"' not in page_of(client, space)
    plan(network, contact, (now_ms() - HOUR, now_ms() + HOUR))
    assert 'name="contact"' in page_of(client, space)
    exercise = new_id()
    payload = {"space_kind": "exercise", "title": "Övning", "pins": pins()}
    network.write("lansstyrelsen-tib", Draft("space.opened", exercise, exercise, payload))
    assert 'name="contact"' not in page_of(client, exercise)
