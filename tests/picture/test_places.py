"""Places of statements and rows: codes and points, defaults, words, and the kommun that a point lies in."""

import gzip
import json
from typing import Any

import pytest
from django.utils import translation

from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft
from gemensam.picture.areas import MAP, kommun_at
from gemensam.picture.commands import NOT_TOLD, correct_statement, record_statement
from gemensam.picture.domain.coordinates import Point
from gemensam.picture.domain.places import ANYWHERE, Where
from gemensam.picture.domain.report_cells import extract_cells, read_cells
from gemensam.picture.domain.report_rules import EMPTY_CELL
from gemensam.picture.place_words import Places, read_kommuner, read_place
from tests.ids import new_id
from tests.network import Network
from tests.picture.scene import cell, chosen, publish, publish_picture, report, section
from tests.picture.world import NOW, World, directory
from tests.picture.world import report as small_report

NAMES = {"0182": "Nacka", "0160": "Täby", "0120": "Värmdö"}
CITY_HALL = {"kommuner": [], "latitude": 593_275_000, "longitude": 180_547_000}


def statement(**more: Any) -> dict[str, Any]:
    return {"text": "Elavbrott.", "stated_at": NOW, **more}


def test_a_statement_is_about_its_authors_kommun_when_nothing_else_is_said() -> None:
    assert World().decide("statement.recorded", "s", "nacka", statement())["where"]["kommuner"] == ["0182"]


def test_a_statement_about_somebody_is_about_that_ones_kommun() -> None:
    decided = World().decide("statement.recorded", "s", "nacka", statement(about="taby"))
    assert decided["where"]["kommuner"] == ["0160"]


def test_an_organisation_that_is_no_kommun_names_no_place_by_itself() -> None:
    assert World().decide("statement.recorded", "s", "trafikverket", statement())["where"]["kommuner"] == []


def test_codes_stand_in_order_once_and_a_point_is_enough() -> None:
    given = {"kommuner": ["0182", "0160", "0182"], "latitude": None, "longitude": None}
    decided = World().decide("statement.recorded", "s", "nacka", statement(where=given))
    assert decided["where"]["kommuner"] == ["0160", "0182"]
    decided = World().decide("statement.recorded", "s", "nacka", statement(where=CITY_HALL))
    assert decided["where"]["kommuner"] == []


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ({"kommuner": ["9999"]}, "unknown_kommun"),
        ({"latitude": 593_275_000}, "point_unreadable"),
        ({"latitude": 593_275_000, "longitude": 20_000_000}, "point_outside"),
    ],
)
def test_a_place_that_is_none_is_refused(where: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        World().decide("statement.recorded", "s", "nacka", statement(where=where))
    given = {"kommuner": [], "latitude": None, "longitude": None, **where}
    cells = [cell("el", "ingen", where=given)]
    with pytest.raises(Refused, match=code):
        World().decide("report.published", "r", "nacka", small_report(cells=cells))


def test_a_step_of_the_scale_speaks_for_a_row() -> None:
    with pytest.raises(Refused, match="status_without_row"):
        World().decide("statement.recorded", "s", "nacka", statement(status="kritisk"))
    with pytest.raises(Refused, match="unknown_status"):
        World().decide("statement.recorded", "s", "nacka", statement(status="vet_ej", row="el"))


def test_the_state_holds_places_and_old_entries_have_none() -> None:
    world = World()
    world.write("statement.recorded", "s", "nacka", statement(where=CITY_HALL, row="el", status="kritisk"))
    data = world.thing("s").data
    assert (data.where, data.status) == (Where((), (593_275_000, 180_547_000)), "kritisk")
    old = {name: part for name, part in statement(type="", source="", row="", about="").items() if name != "where"}
    world.put("statement.recorded", "old", "nacka", old)
    assert world.thing("old").data.where == ANYWHERE
    where = {"kommuner": ["0160", "0182"], "latitude": None, "longitude": None}
    cells = [cell("el", "ingen", where=where), cell("it", "ingen")]
    world.write("report.published", "r", "trafikverket", small_report(cells=cells))
    assert [one.where.kommuner for one in world.thing("r").data.cells] == [("0160", "0182"), ()]


@pytest.mark.parametrize(
    "where", [ANYWHERE, Where(("0160", "0182")), Where((), (593_275_000, 180_547_000)), Where(("0180",), (1, -2))]
)
def test_the_place_of_a_row_survives_its_extract(where: Where) -> None:
    place = {"kommuner": where.kommuner, **dict(zip(("latitude", "longitude"), where.point, strict=False))}
    given = {**EMPTY_CELL, "row": "el", "status": "ingen", "stated_at": NOW, "where": place if where.is_named else None}
    (found,) = read_cells(extract_cells([given], NOW), NOW)
    assert found.where == where


def test_kommuner_are_read_as_people_write_them() -> None:
    assert read_kommuner("nacka, Täby kommun; 0120", NAMES) == ["0120", "0160", "0182"]
    assert read_kommuner("hela länet", NAMES) == sorted(NAMES)
    assert read_kommuner(" , ", NAMES) == []
    with pytest.raises(Refused, match="unknown_kommun"):
        read_kommuner("Naka", NAMES)


def test_a_point_brings_its_kommun_and_faults_stand_at_their_fields() -> None:
    place, errors = read_place("", "59.31, 18.16", NAMES)
    assert (place["kommuner"], errors) == (["0182"], {})
    place, errors = read_place("", "67.8558, 20.2253", NAMES)
    assert (place["kommuner"], place["latitude"], errors) == ([], 678_558_000, {})
    with translation.override("sv"):
        _, errors = read_place("Naka", "någonstans", NAMES)
    assert errors.keys() == {"kommuner", "point"}
    assert "Naka" in errors["kommuner"]


def test_a_place_in_words() -> None:
    places = Places(directory())
    with translation.override("sv"):
        assert places.shown(Where(("0182", "0160"))).names == "Nacka, Täby"
        assert places.shown(Where(tuple(sorted(places.names)))).names == "hela länet"
        assert places.shown_payload({}).text == ""
    shown = places.shown(Where((), (593_275_000, 180_547_000)))
    assert shown.coordinates is not None
    assert [value for _, value in shown.coordinates.systems] == [
        "59.32750, 18.05470",
        "N 6580506, E 673791",
        "34V CL 32430 80225",
    ]


def test_the_map_knows_in_which_kommun_a_point_lies() -> None:
    assert kommun_at(Point(593_275_000, 180_547_000)) == "0180"
    assert kommun_at(Point(593_100_000, 181_600_000)) == "0182"
    assert kommun_at(Point(572_000_000, 176_000_000)) == ""


def test_the_map_is_light_and_holds_every_kommun_of_the_network() -> None:
    codes = {one["properties"]["code"] for one in json.loads(MAP.read_text())["features"]}
    assert set(Places(directory()).names) <= codes
    assert len(codes) == 290
    assert len(gzip.compress(MAP.read_bytes())) < 100_000


def test_each_mark_stands_within_its_kommun() -> None:
    for one in json.loads(MAP.read_text())["features"]:
        longitude, latitude = one["properties"]["middle"]
        found = Point(round(latitude * 10**7), round(longitude * 10**7))
        assert kommun_at(found) == one["properties"]["code"]


def test_a_statement_with_a_point_is_recorded_corrected_and_shown(network: Network) -> None:
    space = network.open_incident()
    lens = network.lens("nacka-tib")
    where = {"kommuner": ["0182"], "latitude": 593_100_000, "longitude": 181_600_000}
    receipt = record_statement(lens, space, {"text": "Linje nere.", "stated_at": lens.now, "where": where})
    client = network.client("taby-tib")
    shown = client.get(f"/spaces/{space}/statements/{receipt.subject}/").content.decode()
    for text in ("Nacka", "59.31000, 18.16000", "SWEREF 99 TM", "MGRS"):
        assert text in shown
    own = network.client("nacka-tib")
    form = own.get(f"/spaces/{space}/statements/{receipt.subject}/correct/").content.decode()
    assert 'value="59.31000, 18.16000"' in form and 'value="Nacka"' in form
    lens = network.lens("nacka-tib")
    told = {"text": "Linje lagad.", "stated_at": lens.now, "where": {**where, "kommuner": ["0120", "0182"]}}
    correct_statement(lens, space, receipt.subject, told, sent=NOT_TOLD)
    assert "Nacka, Värmdö" in client.get(f"/spaces/{space}/statements/{receipt.subject}/").content.decode()


def test_the_form_takes_kommuner_and_coordinates_and_says_what_it_cannot_read(network: Network) -> None:
    space = network.open_incident()
    client = network.client("trafikverket-tib")
    sent = {"text": "Stopp.", "type": "fakta", "source": "egen", "kommuner": "Naka", "point": "här"}
    answer = client.post(f"/spaces/{space}/statements/new/", sent)
    assert answer.status_code == 422
    assert "Naka är ingen kommun här" in answer.content.decode()
    good = {**sent, "kommuner": "", "point": "34V CL 33230 80391", "row": "vag", "status": "kritisk"}
    answer = client.post(f"/spaces/{space}/statements/new/", good)
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "34V CL 33230 80391" in page and "Stockholm" in page and "Kritisk" in page


def test_a_reports_row_has_a_place_through_the_form(network: Network) -> None:
    space = network.open_incident()
    client = network.client("trafikverket-tib")
    fields = {"summary": "Halka.", "rest": "vet_ej", "cell-vag-status": "allvarlig"}
    wrong = client.post(f"/spaces/{space}/report/", {**fields, "cell-vag-kommuner": "Naka", "act": "preview"})
    assert wrong.status_code == 422 and "Naka är ingen kommun här" in wrong.content.decode()
    sent = {**fields, "cell-vag-kommuner": "Nacka, Värmdö", "cell-vag-point": "59.31, 18.16", "act": "preview"}
    shown = client.post(f"/spaces/{space}/report/", sent).content.decode()
    assert "(Nacka, Värmdö, 59.31000, 18.16000)" in shown


def test_a_report_keeps_its_place_when_it_is_corrected(network: Network) -> None:
    space = network.open_incident()
    where = {"kommuner": ["0120", "0182"], "latitude": None, "longitude": None}
    content = report(1, cell("vag", "allvarlig", where=where))
    receipt = network.write("trafikverket-tib", Draft("report.published", space, new_id(), content))[0]
    form = network.client("trafikverket-tib").get(f"/spaces/{space}/reports/{receipt.subject}/correct/")
    assert 'value="Nacka, Värmdö"' in form.content.decode()


def test_a_combined_picture_copies_the_place_with_the_sentence(network: Network) -> None:
    space = network.open_incident()
    where = {"kommuner": ["0120", "0182"], "latitude": 593_100_000, "longitude": 181_600_000}
    now = network.lens("trafikverket-tib").now
    made = publish(network, "trafikverket-tib", space, report(now - 1, cell("vag", "allvarlig", "Stopp.", where=where)))
    publish_picture(network, space, now, section("konsekvenser", chosen(made, "cell:vag")))
    page = network.client("nacka-tib").get(f"/spaces/{space}/pictures/1/").content.decode()
    assert "Nacka, Värmdö" in page or "Värmdö, Nacka" in page
    assert "59.31000, 18.16000" in page
