"""The reservpärm: what it holds, for whom, and that page and document hold the same (R69, R70)."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gemensam.core.writing import Draft
from gemensam.ledger.append import now_ms
from tests.documents.reading import squeezed, whole
from tests.ids import new_id
from tests.network import Network, build
from tests.picture.scene import cell, publish, publish_picture, report, section

NACKA, TABY = "nacka-tib", "taby-tib"
SWEDISH = {"headers": {"accept-language": "sv"}}
SHEETS = (
    "Samband, roller och tider", "Larmlista", "Första rapport på papper", "Lägesrapport på papper",
    "Lägesbilden, att fylla i för hand", "Begär och erbjud stöd", "Loggblad", "Så för vi in det efteråt",
)  # fmt: skip


@pytest.fixture
def network(database_with: Callable[[str, Any], Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


def page(network: Network, space: str, function: str = NACKA) -> str:
    answer = network.client(function, **SWEDISH).get(f"/spaces/{space}/binder/")
    assert answer.status_code == 200
    return answer.content.decode()


def untimed(found: str) -> str:
    """A page without the instants that it was drawn at."""
    return re.sub(r"\d\d[.:]\d\d([.:]\d\d)?", "", found)


def test_it_holds_the_sheets_in_the_networks_own_words(network: Network, space: str) -> None:
    found = page(network, space)
    places = [found.index(f". {title}</h2>") for title in SHEETS]
    assert places == sorted(places)
    for words in ("Vaxholm", "Primärt", "Det viktigaste", "Samverkansbehov", "Framtagen", "Nacka – TiB"):
        assert words in found
    assert "{week}" not in found and "{" not in found[found.index("<main") : found.index("</main")]


def test_it_says_how_a_member_is_reached_now(network: Network, space: str) -> None:
    noted = {"about": "vaxholm", "state": "reserv", "via": "rakel", "since_at": now_ms()}
    network.write(TABY, Draft("contact.noted", space, "contact-vaxholm-taby", noted))
    assert "Kontakt via reservsamband (Rakel)" in page(network, space)


def test_the_latest_picture_is_in_it(network: Network, space: str) -> None:
    publish(network, NACKA, space, report(now_ms(), cell("el", "betydande", "Utan el i Boo.")))
    publish_picture(network, space, now_ms(), section("bedomning", text="Läget är ansträngt i öster."))
    found = page(network, space)
    assert "Samlad lägesbild nr 1" in found and "Läget är ansträngt i öster." in found


def test_nothing_of_a_narrower_circle_is_in_a_wider_binder(network: Network, space: str) -> None:
    before = page(network, space)
    hidden = network.open_sub_space(space, "taby/*", NACKA)
    publish(network, TABY, hidden, report(now_ms(), cell("el", "kritisk", "Hemligt."), summary="Hemligt."))
    assert untimed(page(network, space)) == untimed(before)
    assert network.client("ssbf-vb").get(f"/spaces/{hidden}/binder/").status_code == 404


def test_the_document_holds_the_same_sheets_and_is_noted(network: Network, space: str) -> None:
    answer = network.client(NACKA, **SWEDISH).get(f"/spaces/{space}/binder.pdf")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    told = whole(answer.content)
    for title in SHEETS:
        assert squeezed(title) in told
    from gemensam.audit.models import Record

    assert Record.objects.filter(action="print", space=space).count() == 1


def test_a_register_has_no_binder(network: Network) -> None:
    assert network.client(NACKA).get("/spaces/directory/binder/").status_code == 404


def test_what_is_past_is_printed_as_it_was(network: Network, space: str) -> None:
    then = now_ms()
    network.write(NACKA, Draft("statement.recorded", space, new_id(), {"text": "Senare.", "stated_at": now_ms()}))
    from gemensam.web import times

    moment = times.iso_moment(then).replace("+", "%2B")
    answer = network.client(NACKA, **SWEDISH).get(f"/spaces/{space}/binder/?knew_at={moment}")
    assert answer.status_code == 200


def test_the_call_list_has_the_numbers_where_all_readers_may_have_them(network: Network, space: str) -> None:
    """A space with guests shows the functions alone: the guests read no rosters."""
    from tests.rosters.actions import make_contact

    make_contact(network, "TiB-telefonen", NACKA)
    assert "070-174 06" in page(network, space) and "TiB-telefonen" in page(network, space)
    circle = [{"organisation": "gasten", "function": "*"}]
    outer = new_id()
    payload = {"space_kind": "outer", "title": "Med gäster", "parent": space, "circle": circle, "pins": []}
    network.write("lansstyrelsen-tib", Draft("space.opened", outer, outer, payload))
    assert "070-174 06" not in page(network, outer)
    assert "säkerhetschef" in page(network, outer)
