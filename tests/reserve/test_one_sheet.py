"""A member's one sheet: what stands on it, that it is two sides, and that nothing more is told than may be."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from gemensam.core.writing import Draft
from tests.documents.reading import squeezed, whole
from tests.ids import new_id
from tests.network import Network, build
from tests.rosters.actions import make_contact

NACKA = "nacka-tib"
SWEDISH = {"headers": {"accept-language": "sv"}}
SAID = (
    "Nacka: larmlista och samband", "Vår larmlista, i ordning", "För att påkalla", "Samband", "Det viktigaste",
    "Nacka: första rapport och agenda", "Upprop", "Liv och hälsa", "Länsstyrelsen – TiB",
)  # fmt: skip


@pytest.fixture
def network(database_with: Callable[[str, Any], Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


def page(network: Network, space: str, function: str = NACKA) -> str:
    answer = network.client(function, **SWEDISH).get(f"/spaces/{space}/binder/sheet/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_page_and_document_hold_the_same(network: Network, space: str) -> None:
    make_contact(network, "TiB-telefonen", NACKA)
    found = page(network, space)
    made = network.client(NACKA, **SWEDISH).get(f"/spaces/{space}/binder/sheet.pdf")
    assert made.status_code == 200 and made["Content-Type"] == "application/pdf"
    told = whole(made.content)
    for words in (*SAID, "TiB-telefonen: 070-174 06"):
        assert words in found and squeezed(words) in told, words


@pytest.mark.parametrize("function", [NACKA, "lansstyrelsen-tib", "ssbf-vb", "taby-tib", "kansliet-strateg"])
def test_it_is_two_sides_of_one_a4_for_every_kind_of_member(network: Network, space: str, function: str) -> None:
    made = network.client(function, **SWEDISH).get(f"/spaces/{space}/binder/sheet.pdf").content
    sides = PdfReader(BytesIO(made)).pages
    assert len(sides) == 2
    assert {(round(side.mediabox.width), round(side.mediabox.height)) for side in sides} == {(595, 842)}


def test_numbers_stay_with_those_who_read_the_rosters(network: Network, space: str) -> None:
    make_contact(network, "TiB-telefonen", NACKA)
    outer = new_id()
    circle = [{"organisation": "gasten", "function": "*"}]
    payload = {"space_kind": "outer", "title": "Med gäster", "parent": space, "circle": circle, "pins": []}
    network.write("lansstyrelsen-tib", Draft("space.opened", outer, outer, payload))
    assert "070-174 06" in page(network, space)
    assert "070-174 06" not in page(network, outer) and "TiB" in page(network, outer)


def test_it_is_found_from_the_binder_and_not_in_a_register(network: Network, space: str) -> None:
    binder = network.client(NACKA, **SWEDISH).get(f"/spaces/{space}/binder/").content.decode()
    assert f'href="/spaces/{space}/binder/sheet/"' in binder
    assert network.client(NACKA).get("/spaces/directory/binder/sheet/").status_code == 404
    assert network.client(NACKA).get("/spaces/directory/binder/sheet.pdf").status_code == 404


def test_that_it_was_made_is_noted(network: Network, space: str) -> None:
    from gemensam.audit.models import Record

    network.client(NACKA).get(f"/spaces/{space}/binder/sheet.pdf")
    noted = Record.objects.filter(action="print", space=space)
    assert [json.loads(each.detail)["what"] for each in noted] == ["one_sheet"]
