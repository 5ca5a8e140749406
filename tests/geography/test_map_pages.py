"""The map's page, the list that it is drawn from, points in three systems, and drawings from form to history."""

import re
from typing import Any

import pytest
from django.test import Client

from gemensam.coordination import commands as coordination
from gemensam.core.writing import Draft
from gemensam.organisations.domain import organisations
from gemensam.picture.commands import record_statement
from gemensam.web import times
from tests.ids import new_id
from tests.network import Network
from tests.picture.scene import MINUTE, cell, publish, report

POINT = {"kommuner": ["0182"], "latitude": 593_100_000, "longitude": 181_600_000}
NOWHERE: dict[str, Any] = {"kommuner": [], "latitude": None, "longitude": None}
CORNERS = "59.3, 18.0\nN 6580506, E 673791\n34V CL 33230 80391"


@pytest.fixture
def space(network: Network) -> str:
    space = network.open_incident()
    now = network.lens("nacka-tib").now - MINUTE
    publish(network, "nacka-tib", space, report(now, cell("el", "kritisk", "Stort avbrott.")))
    statement = {"text": "Linje nere.", "stated_at": now, "row": "el", "status": "ingen", "where": POINT}
    record_statement(network.lens("lansstyrelsen-tib"), space, statement)
    return space


def all_kommuner(network: Network) -> list[str]:
    return [one.kommunkod for one in organisations(network.lens("nacka-tib").directory) if one.kommunkod]


def line(page: str, kommun: str) -> str:
    found = re.search(rf'<li [^>]*data-kommun="{kommun}".*?</li>', page, re.DOTALL)
    assert found is not None
    return found[0]


def draw(client: Client, space: str, **more: str) -> Any:
    sent = {"shape": "area", "label": "Avspärrat", "corners": CORNERS, **more}
    return client.post(f"/spaces/{space}/drawings/new/", sent)


def test_the_list_says_all_that_the_map_is_drawn_from(network: Network, space: str) -> None:
    page = network.client("taby-tib").get(f"/spaces/{space}/map/?row=el").content.decode()
    nacka = line(page, "0182")
    assert 'data-value="5"' in nacka and "Kritisk påverkan" in nacka and "data-differs" in nacka
    assert "Länsstyrelsen: Ingen påverkan" in nacka
    assert 'data-point="59.3100000,18.1600000"' in page
    assert len(re.findall(r"data-kommun=", page)) == 26
    assert 'data-value="none"' in line(page, "0188") and "Ej tillfrågad" in line(page, "0188")


def test_another_function_has_other_values_and_hides_the_points_of_this_one(network: Network, space: str) -> None:
    client = network.client("taby-tib")
    part = client.get(f"/spaces/{space}/map/_list/?row=vag").content.decode()
    assert 'data-value="5"' not in part and "Linje nere." not in part
    assert "Linje nere." in client.get(f"/spaces/{space}/map/_list/?row=el").content.decode()
    assert client.get(f"/spaces/{space}/map/?row=nonsense").status_code == 404


def test_open_needs_stand_by_their_place_on_the_map_and_with_their_kommun(network: Network, space: str) -> None:
    lens, whole_county = network.lens("nacka-tib"), {**NOWHERE, "kommuner": all_kommuner(network)}
    wanted: dict[str, Any] = {"Elverk": POINT, "Plogbil": NOWHERE, "Sängar": whole_county}
    needs = {
        text: coordination.raise_need(lens, space, {"text": text, "where": where}).subject
        for text, where in wanted.items()
    }
    client = network.client("taby-tib")
    part = client.get(f"/spaces/{space}/map/_list/?row=vag").content.decode()
    assert re.search(rf'data-key="need-{needs["Elverk"]}" data-need data-at="59.3100000,18.1600000"', part)
    assert re.search(rf'data-key="need-{needs["Plogbil"]}" data-need data-kommuner="0182"', part)
    whole = re.search(rf'data-key="need-{needs["Sängar"]}".*?</li>', part, re.DOTALL)
    assert whole is not None and "hela länet" in whole[0] and "data-at" not in whole[0]
    assert "data-kommuner" not in whole[0]
    places = client.get(f"/spaces/{space}/places/").content.decode()
    assert f'/spaces/{space}/places/0182/#needs" title="3 öppna behov"' in places
    kommun = client.get(f"/spaces/{space}/places/0182/").content.decode()
    assert all(text in kommun for text in needs)
    coordination.resolve_need(lens, space, needs["Elverk"])
    for path in ("map/_list/", "places/0182/"):
        assert "Elverk" not in client.get(f"/spaces/{space}/{path}").content.decode()
    at = times.iso(lens.now - MINUTE)
    then = client.get(f"/spaces/{space}/places/0182/?happened_by={at}").content.decode()
    assert "Plogbil" not in then  # at that instant nothing had been raised


def test_a_need_of_a_narrower_circle_is_not_on_the_map_of_the_wider(network: Network, space: str) -> None:
    narrow = network.open_sub_space(space, "nacka/*")
    coordination.raise_need(network.lens("nacka-tib"), narrow, {"text": "Elverk", "where": POINT})
    client = network.client("nacka-tib")
    for path in ("map/_list/", "places/0182/", "places/"):
        told = client.get(f"/spaces/{space}/{path}").content.decode()
        assert "Elverk" not in told and "data-need" not in told and "#needs" not in told
    assert "Elverk" in client.get(f"/spaces/{narrow}/map/_list/").content.decode()


def test_the_map_needs_nothing_from_elsewhere(network: Network, space: str) -> None:
    page = network.client("taby-tib").get(f"/spaces/{space}/map/").content.decode()
    named = re.findall(r'data-(?:library|worker|areas)="([^"]+)"', page)
    assert len(named) == 3 and all(address.startswith("/static/") for address in named)
    assert not re.search(r'(?:src|href)="https?:', page)


@pytest.mark.parametrize("text", ["59.3275, 18.0547", "6580506 673791", "34V CL 32430 80225"])
def test_a_point_is_told_in_the_three_systems(network: Network, space: str, text: str) -> None:
    client = network.client("taby-tib")
    for path in ("map/_point/", "map/"):
        page = client.get(f"/spaces/{space}/{path}", {"point": text}).content.decode()
        for told in ("WGS 84", "59.327", "N 6580506, E 67379", "34V CL 3243", "80225", "Stockholm"):
            assert told in page


def test_a_point_that_cannot_be_read_is_explained(network: Network, space: str) -> None:
    page = network.client("taby-tib").get(f"/spaces/{space}/map/_point/", {"point": "vid bron"}).content.decode()
    assert "Koordinaterna gick inte att läsa." in page


def test_a_drawing_is_made_in_any_system_shown_to_all_and_kept_with_its_history(network: Network, space: str) -> None:
    own, other = network.client("nacka-tib"), network.client("taby-tib")
    made = draw(own, space, note="Ledning på marken.")
    assert made.status_code == 302
    page = other.get(made["Location"]).content.decode()
    for told in ("Avspärrat", "Ledning på marken.", "34V CL 33230 80391", "N 6580506, E 673791", "tills vidare"):
        assert told in page
    assert "/change/" not in page and "/change/" in own.get(made["Location"]).content.decode()
    listed = other.get(f"/spaces/{space}/map/_list/").content.decode()
    assert 'data-drawing="area" data-state="valid"' in listed
    form = own.get(made["Location"] + "change/").content.decode()
    assert "59.30000, 18.00000" in form
    changed = own.post(made["Location"] + "change/", {"shape": "line", "label": "Räddningsväg", "corners": CORNERS})
    assert changed.status_code == 302
    assert "Räddningsväg" in other.get(f"/spaces/{space}/map/_list/").content.decode()
    gone = own.post(made["Location"] + "withdraw/", {"reason": "Öppet igen."})
    assert gone.status_code == 302
    assert "Räddningsväg" not in other.get(f"/spaces/{space}/map/_list/").content.decode()
    page = other.get(made["Location"]).content.decode()
    assert "Borttaget från kartan." in page and "Öppet igen." in page and "Ändrat på kartan" in page
    assert "Avspärrat" in other.get(f"/spaces/{space}/log/").content.decode()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"label": ""}, "label"),
        ({"corners": "59.3, 18.0\nvid bron"}, "Rad 2: Koordinaterna gick inte att läsa."),
        ({"corners": "59.3, 18.0"}, "Ett område har minst tre hörn"),
        ({"shape": "point"}, "en punkt ett"),
        ({"valid_from": "2026-01-01 10.00", "valid_until": "2026-01-01 09.00"}, "valid_until"),
    ],
)
def test_what_is_wrong_with_a_drawing_stands_at_its_field(
    network: Network, space: str, more: dict[str, str], told: str
) -> None:
    answer = draw(network.client("nacka-tib"), space, **more)
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_only_the_owner_changes_a_drawing(network: Network, space: str) -> None:
    made = draw(network.client("nacka-tib"), space)
    other = network.client("taby-tib")
    for act in ("change/", "withdraw/"):
        sent = {"shape": "area", "label": "Mitt", "corners": CORNERS, "reason": "Nej."}
        assert other.post(made["Location"] + act, sent).status_code == 403


def test_a_reader_and_the_past_draw_nothing(network: Network, space: str) -> None:
    reader = network.client("nacka-lasare")
    assert reader.get(f"/spaces/{space}/drawings/new/").status_code == 403
    assert "/drawings/new/" not in reader.get(f"/spaces/{space}/map/").content.decode()
    then = times.iso(network.lens("nacka-tib").now - 1)
    past = network.client("nacka-tib").get(f"/spaces/{space}/map/", {"knew_at": then}).content.decode()
    assert "/drawings/new/" not in past


def test_a_drawing_of_a_narrower_circle_stays_there(network: Network, space: str) -> None:
    narrow = network.open_sub_space(space, "nacka-tib")
    corners = [{"latitude": 593_000_000 + place, "longitude": 180_000_000} for place in (0, 1_000)]
    content = {"shape": "line", "label": "Hemlig väg", "corners": corners, "valid_from": 1}
    made = network.write("nacka-tib", Draft("drawing.made", narrow, new_id(), content))[0]
    insider, outsider = network.client("nacka-tib"), network.client("taby-tib")
    assert "Hemlig väg" in insider.get(f"/spaces/{narrow}/map/").content.decode()
    assert "Hemlig väg" not in insider.get(f"/spaces/{space}/map/").content.decode()
    assert outsider.get(f"/spaces/{narrow}/map/").status_code == 404
    assert outsider.get(f"/spaces/{space}/drawings/{made.subject}/").status_code == 404
