"""Pages by kommun: the matrix, one kommun with both sides, the file, and what each reader may see."""

from typing import Any

import pytest

from gemensam.core.writing import Draft
from gemensam.picture.commands import record_statement
from tests.ids import new_id
from tests.network import Network
from tests.picture.scene import MINUTE, cell, publish, report


def where(*codes: str) -> dict[str, Any]:
    return {"kommuner": list(codes), "latitude": None, "longitude": None}


@pytest.fixture
def space(network: Network) -> str:
    """An incident in which Nacka says that all is well with the power, and Länsstyrelsen that it is not."""
    space = network.open_incident()
    now = network.lens("nacka-tib").now - MINUTE
    publish(network, "nacka-tib", space, report(now, cell("el", "ingen", "Inga avbrott hos oss.")))
    roads = cell("vag", "allvarlig", "Träd över vägar.", where=where("0120", "0182"))
    publish(network, "trafikverket-tib", space, report(now, roads))
    content = {"text": "Mörkt i Boo.", "stated_at": now, "row": "el", "status": "kritisk", "where": where("0182")}
    record_statement(network.lens("lansstyrelsen-tib"), space, content)
    return space


def test_the_matrix_names_what_differs_and_shows_both(network: Network, space: str) -> None:
    page = network.client("taby-tib").get(f"/spaces/{space}/places/").content.decode()
    assert "Olika uppgifter på 1 ställe" in page
    assert f"/spaces/{space}/places/0182/#row-el" in page
    assert "Länsstyrelsen: Kritisk påverkan" in page
    assert "Trafikverket: Allvarlig påverkan" in page
    part = network.client("taby-tib").get(f"/spaces/{space}/places/_part/").content.decode()
    assert "<html" not in part and "Norrtälje" in part


def test_a_kommun_has_both_sides_with_their_texts(network: Network, space: str) -> None:
    page = network.client("taby-tib").get(f"/spaces/{space}/places/0182/").content.decode()
    for text in ("Inga avbrott hos oss.", "Mörkt i Boo.", "Träd över vägar.", "Olika uppgifter"):
        assert text in page
    other = network.client("taby-tib").get(f"/spaces/{space}/places/0160/").content.decode()
    assert "Inget har uppgetts om kommunen här." in other and "Inga uppgifter." in other


def test_the_file_has_a_line_for_each_voice(network: Network, space: str) -> None:
    answer = network.client("taby-tib").get(f"/spaces/{space}/places.csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert any("Nacka;0182;El;el;Länsstyrelsen;uppgift;Kritisk påverkan;kritisk;5" in line for line in lines)
    assert any("Nacka;0182;El;el;Nacka;egen rapport;Ingen påverkan" in line for line in lines)


def test_a_code_that_is_none_here_and_a_space_without_picture_are_not_found(network: Network, space: str) -> None:
    client = network.client("taby-tib")
    assert client.get(f"/spaces/{space}/places/2584/").status_code == 404
    assert client.get("/spaces/directory/places/").status_code == 404
    assert client.get(f"/spaces/{new_id()}/places/").status_code == 404


def test_the_past_is_shown_as_it_was_known(network: Network, space: str) -> None:
    from gemensam.web.times import iso

    before = iso(network.lens("taby-tib").now)
    content = {"text": "Tågstopp.", "stated_at": network.lens("nacka-tib").now, "row": "vag", "where": where("0160")}
    record_statement(network.lens("nacka-tib"), space, content)
    client = network.client("taby-tib")
    assert "Tågstopp." in client.get(f"/spaces/{space}/places/0160/").content.decode()
    past = client.get(f"/spaces/{space}/places/0160/", {"knew_at": before}).content.decode()
    assert "Tågstopp." not in past


def test_a_narrower_circles_words_stay_there(network: Network, space: str) -> None:
    narrow = network.open_sub_space(space, "nacka-tib")
    content = {"text": "Hemligt.", "stated_at": network.lens("nacka-tib").now, "row": "el", "where": where("0182")}
    network.write("nacka-tib", Draft("statement.recorded", narrow, new_id(), content))
    insider = network.client("nacka-tib")
    assert "Hemligt." in insider.get(f"/spaces/{narrow}/places/0182/").content.decode()
    assert "Hemligt." not in insider.get(f"/spaces/{space}/places/0182/").content.decode()
    assert network.client("taby-tib").get(f"/spaces/{narrow}/places/").status_code == 404


def test_what_may_be_the_same_is_named_until_somebody_has_judged_it(network: Network, space: str) -> None:
    at = network.lens("nacka-tib").now - MINUTE
    twin = {"text": "Strömlöst i Boo.", "stated_at": at, "row": "el", "where": where("0182")}
    unlike = {**twin, "text": "Reservkraften håller till i morgon."}
    record_statement(network.lens("taby-tib"), space, unlike)
    second = record_statement(network.lens("nacka-tib"), space, twin).subject
    client = network.client("nacka-tib")
    page = client.get(f"/spaces/{space}/places/").content.decode()
    assert "Kan vara samma uppgift" in page and f"/statements/{second}/#duplicates" in page
    assert "Reservkraften" not in page
    known = network.lens("nacka-tib").state(space).group("statements")
    other = next(one.subject for one in known if one.organisation == "lansstyrelsen")
    client.post(f"/spaces/{space}/statements/{second}/same/", {"other": other, "same": "yes"})
    assert "Kan vara samma uppgift" not in client.get(f"/spaces/{space}/places/").content.decode()


def test_a_rows_place_stands_where_its_text_is_read(network: Network, space: str) -> None:
    client = network.client("taby-tib")
    for path in ("members/trafikverket/", "members/trafikverket/vag/"):
        assert "Nacka, Värmdö" in client.get(f"/spaces/{space}/{path}").content.decode()
