"""The network's bodies and who represents each member: starting data, changes by the joint office, days, gaps."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemensam.core.policy import DIRECTORY
from gemensam.core.refusal import Refused
from gemensam.organisations import domain
from gemensam.organisations.commands import bodies as commands
from gemensam.organisations.domain import Body, SeatData
from gemensam.organisations.domain.bodies import within
from gemensam.organisations.representation import representation
from tests.network import Network

OFFICE = "kansliet-strateg"
DIRECTORS = "organ-regionala-chefsgruppen"
SEAT: dict[str, Any] = {"organisation": "nacka", "title": "stadsdirektör", "since": "2027-01-01"}
BODY: dict[str, Any] = {"name": "Beredningsgruppen", "name_en": "Preparing group", "seats": [SEAT]}
days = st.dates(date(2014, 1, 1), date(2031, 1, 1))


def pages(network: Network, function: str) -> Any:
    return network.client(function, headers={"accept-language": "sv"})


# Pure -----------------------------------------------------------------------------------------------------------


@given(days, st.none() | days, st.none() | days)
def test_a_seat_is_held_from_its_first_day_to_its_last(day: date, since: date | None, until: date | None) -> None:
    told = within(day, since.isoformat() if since else "", until.isoformat() if until else "")
    assert told == ((since or date.min) <= day <= (until or date.max))


def test_who_sat_on_a_day_is_asked_of_the_seats_and_of_the_body() -> None:
    seats = (SeatData("nacka", until="2022-12-31"), SeatData("taby", since="2023-01-01"), SeatData(title="vd"))
    body = Body("b", seats=seats, valid_from="2015-01-01", ended_on="2026-06-30")
    assert [seat.organisation for seat in body.seated(date(2022, 12, 31))] == ["nacka", ""]
    assert [seat.organisation for seat in body.seated(date(2023, 1, 1))] == ["taby", ""]
    assert body.seated(date(2014, 12, 31)) == body.seated(date(2026, 7, 1)) == ()


# Requests -------------------------------------------------------------------------------------------------------


@pytest.mark.database
def test_the_network_begins_with_its_known_bodies_and_says_what_is_not_known(network: Network) -> None:
    page = pages(network, "nacka-lasare").get("/directory/bodies/").content.decode()
    assert page.index("Regionala chefsgruppen") < page.index("Regionala samordningsgruppen")
    one = pages(network, "nacka-lasare").get(f"/directory/bodies/{DIRECTORS}/").content.decode()
    for told in ("länsöverdirektören", "företräder Norr", "organisationen är inte känd", "Nykvarns kommun"):
        assert told in one
    assert "/change/" not in one


@pytest.mark.database
def test_the_joint_office_seats_a_body_and_its_history_says_who_sat_when(network: Network) -> None:
    client = pages(network, OFFICE)
    thing = network.lens(OFFICE).directory.thing(DIRECTORS)
    assert thing is not None
    form = client.get(f"/directory/bodies/{DIRECTORS}/change/").context["form"]
    sent = {name: form.get_initial_for_field(each, name) or "" for name, each in form.fields.items()}
    sent |= {"seat-0-organisation": "taby", "seat-0-since": "2027-01-01", "reason": "Norr har valt", "rows": "7"}
    answer = client.post(f"/directory/bodies/{DIRECTORS}/change/", {**sent, "seen": thing.last})
    assert answer.status_code == 302, answer.content.decode()
    before = client.get(f"/directory/bodies/{DIRECTORS}/?on=2026-12-31").content.decode()
    after = client.get(f"/directory/bodies/{DIRECTORS}/?on=2027-01-01").content.decode()
    assert "Täby kommun" not in before.split("Historik")[0]
    assert "Täby kommun – kommundirektör" in after
    assert "Norr har valt" in after
    body = next(each for each in domain.bodies(network.lens(OFFICE).directory) if each.id == DIRECTORS)
    seat, *others = body.seats
    kept = {each.stands_for: each.evidence for each in others}
    assert (seat.function, seat.evidence) == ("taby-kommundirektor", "own")
    assert kept == {"mitt": "found", "syd": "found", "stockholm": "inferred"}
    old = client.post(f"/directory/bodies/{DIRECTORS}/change/", {**sent, "seen": thing.last})
    assert old.status_code == 409  # somebody has written since


@pytest.mark.database
def test_who_does_not_govern_changes_no_body(network: Network) -> None:
    client = pages(network, "lansstyrelsen-tib")
    assert client.get("/directory/bodies/new/").status_code == 403
    assert client.post(f"/directory/bodies/{DIRECTORS}/dissolve/", {"reason": "nej"}).status_code == 403
    with pytest.raises(Refused, match="not_permitted"):
        commands.establish_body(network.lens("lansstyrelsen-tib"), BODY)


@pytest.mark.database
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "name_missing"),
        ({"level": "hög"}, "no_such_level"),
        ({"seats": [{}]}, "seat_empty"),
        ({"seats": [{"organisation": "atlantis"}]}, "no_such_organisation"),
        ({"seats": [{**SEAT, "function": "taby-tib"}]}, "function_not_own"),
        ({"seats": [{**SEAT, "stands_for": "öst"}]}, "no_such_group"),
        ({"seats": [{**SEAT, "since": "1 januari"}]}, "day_unreadable"),
        ({"seats": [{**SEAT, "until": "2026-01-01"}]}, "days_reversed"),
        ({"seats": [SEAT] * 201}, "seats_too_many"),
        ({"task": "x" * 2_001}, "text_too_long"),
    ],
)
def test_what_cannot_be_a_body_is_refused(network: Network, change: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        commands.establish_body(network.lens(OFFICE), {**BODY, **change})


@pytest.mark.database
def test_a_body_is_made_filled_row_by_row_and_dissolved(network: Network) -> None:
    client = pages(network, OFFICE)
    written = {"name": "Beredningsgruppen", "rows": "3", "seat-0-organisation": "nacka", "seat-0-title": "TiB"}
    more = client.post("/directory/bodies/new/", {**written, "act": "more"})
    assert more.status_code == 200
    assert more.context["form"].rows[-1] == "seat-5"
    assert 'value="TiB"' in more.content.decode()
    assert client.post("/directory/bodies/new/", {**written, "seat-0-since": "i går"}).status_code == 422
    assert client.post("/directory/bodies/new/", written).status_code == 302
    body = next(each for each in domain.bodies(network.lens(OFFICE).directory) if each.name == "Beredningsgruppen")
    assert (body.id, body.seats[0].function) == ("organ-beredningsgruppen", "nacka-tib")
    thing = network.lens(OFFICE).directory.thing(body.id)
    gone = {"reason": "Uppgår i utskotten", "on": "2026-01-31", "seen": thing.last if thing else ""}
    assert client.post(f"/directory/bodies/{body.id}/dissolve/", gone).status_code == 302
    assert "Beredningsgruppen" not in client.get("/directory/bodies/").content.decode()
    assert "Uppgår i utskotten" in client.get(f"/directory/bodies/{body.id}/").content.decode()
    log = client.get("/spaces/directory/log/").content.decode()
    assert "Beredningsgruppen" in log
    table = b"".join(client.get("/directory/bodies/table.csv")).decode()
    assert "Regionala chefsgruppen;Inriktande nivå;Ordförande;Länsstyrelsen Stockholm" in table


@pytest.mark.database
def test_gaps_in_representation_are_counted_and_each_member_fills_its_own(network: Network) -> None:
    directory = network.lens(OFFICE).directory
    assert all(not row.has_gap for row in representation(directory, "ordinarie").rows)
    nacka = domain.organisation(directory, "nacka")
    thing = directory.thing("nacka")
    assert nacka is not None
    assert thing is not None
    named = [{"level": "samordnande", "mode": "ordinarie", "function": "nacka-sakerhetschef"}]
    from gemensam.organisations.commands.directory import describe_organisation

    given = {"rows": list(nacka.rows), "representatives": named, "reserve_organisation": "", "reserve_text": "",
             "reserve_text_en": ""}  # fmt: skip
    describe_organisation(network.lens("nacka-aktorsadministrator"), given, based_on=thing.last)
    found = representation(network.lens(OFFICE).directory, "ordinarie")
    assert [word for word, n in found.gaps if n] == ["Verkställande nivå", "Inriktande nivå"]
    assert found.without_group == 25
    client = pages(network, "nacka-lasare")
    page = client.get("/directory/representation/?mode=aktiverat&level=samordnande&gaps=1").content.decode()
    assert "Nacka kommun" in page
    assert "Täby kommun" not in page
    assert "ingen utsedd" in page
    assert "25 kommuners kommungrupp är inte känd" in page
    table = b"".join(client.get("/directory/representation/table.csv?mode=aktiverat&gaps=1")).decode().splitlines()
    assert [line.split(";")[2] for line in table if line.startswith("Nacka")] == [
        "Verkställande nivå", "Samordnande nivå", "Inriktande nivå",
    ]  # fmt: skip
    assert client.get("/directory/representation/?mode=x&level=y").status_code == 200


@pytest.mark.database
@pytest.mark.parametrize("path", ["/directory/bodies/nacka/", "/directory/bodies/ingen/"])
def test_what_is_no_body_is_not_found(network: Network, path: str) -> None:
    assert pages(network, "nacka-lasare").get(path).status_code == 404
    assert pages(network, "nacka-lasare").get("/directory/bodies/?on=igår").status_code == 422
    assert network.lens("nacka-lasare").state(DIRECTORY).thing("ingen") is None
