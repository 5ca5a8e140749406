"""The package a member needs to decide: filled in where it is known, marked where it is not, the same for everybody."""

import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemensam.costs.commands import decide_budget, enter_population
from gemensam.costs.domain.shares import Figure
from gemensam.costs.queries import own_share
from gemensam.costs.shown import kronor
from gemensam.governance.adoption_commands import set_route
from gemensam.governance.commands import open_period
from gemensam.governance.document_commands import adopt_document, enter_document, send_document
from gemensam.governance.domain.documents import (
    DocumentAdopted,
    DocumentGiven,
    DocumentPart,
    DocumentSent,
    DocumentTold,
    FileNamed,
)
from gemensam.governance.domain.periods import PeriodData
from gemensam.governance.domain.routes import RouteSet
from gemensam.governance.extraction.docx_text import read_docx
from gemensam.governance.package_texts import fill, proposals
from gemensam.ledger.blobs import store_blob
from gemensam.regions import load_region
from tests.costs.making import rows
from tests.network import Network

OFFICE, PDF = "kansliet-strateg", b"%PDF-1.4 malbild"
ITEMS = {code: load_region("stockholm").vocabularies[code]["items"] for code in ("package_texts", "package_proposals")}


def test_what_is_known_is_filled_in_and_what_is_not_is_marked() -> None:
    filled = fill("{a} och {b}. {c?} Slut", {"a": "ett"}, {"b": "det andra"})
    assert (filled.text, filled.missing) == ("ett och [det andra]. Slut", ("b",))
    assert fill("{c?}", {}, {}).text == ""


@given(st.text(), st.dictionaries(st.sampled_from(["a", "b"]), st.text()))
def test_no_value_is_taken_for_a_field(text: str, values: dict[str, str]) -> None:
    filled = fill("{a} {b}", {**values, "a": "{b}"}, {})
    assert filled.text.startswith("{b}") and filled.missing == (() if values.get("b") else ("b",))
    fill(text, values, {})


def test_every_route_of_every_kind_has_its_proposal() -> None:
    routes = load_region("stockholm").vocabularies["decision_routes"]["items"]
    for route in routes:
        for kind in route["kinds"]:
            found = proposals(ITEMS["package_proposals"], route["steps"], kind)
            assert {item["step"] for item in found} >= set(route["decides"]), (route["code"], kind)


def test_the_texts_use_no_field_that_the_program_does_not_know() -> None:
    known = {"network", "member", "title", "type", "validity", "official", "answer_by", "adopted"}
    texts = [item[key] for items in ITEMS.values() for item in items for key in ("text", "text_en")]
    assert {name for text in texts for name in re.findall(r"\{(\w+)\??\}", text)} <= known


@pytest.fixture
def document(network: Network) -> str:
    """The address of a målbild with a file, sent to Nacka, in a network whose costs are known."""
    lens = network.lens(OFFICE)
    figures = tuple(Figure(code, name, int(count)) for code, name, count in rows())
    enter_population(lens, {"day": "2025-12-31", "source": "SCB"}, figures)
    decide_budget(lens, {"year": 2027, "amount": 740_000_000, "decided_by": "chefsgruppen"})
    space = open_period(lens, PeriodData(2027, 2030)).space
    blob = store_blob(network.lens("nacka-tib"), space, "Målbild ../2027.pdf".replace("/", "-"), "application/pdf", PDF)
    told = DocumentTold("M27", "malbild", "Gemensam målbild 2027–2030", version="1.0", valid_from="2027-01-01",
                        valid_until="2030-12-31", parts=(DocumentPart("1", "Målområden"),),
                        files=(FileNamed(blob.name, blob.digest), FileNamed(blob.name, blob.digest)))  # fmt: skip
    subject = enter_document(lens, space, DocumentGiven(told)).subject
    send_document(lens, space, subject, DocumentSent(("nacka",), "2026-10-01", "2027-02-01"))
    adopt_document(lens, space, subject, DocumentAdopted("regionala_chefsgruppen", "2026-09-20"))
    return f"/spaces/{space}/documents/{subject}/"


def words(data: bytes) -> str:
    return "\n".join(row.text for row in read_docx(data, most_pages=50).rows)


@pytest.mark.database
def test_one_download_holds_all_that_the_member_needs_with_its_own_cost(network: Network, document: str) -> None:
    reader = network.client("nacka-tib", headers={"accept-language": "sv"})
    answer = reader.get(f"{document}package/nacka/package.zip")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == [
            "1-missiv.pdf", "1-missiv.docx", "2-tjansteskrivelse-utkast.pdf", "2-tjansteskrivelse-utkast.docx",
            "3-kostnadsandel-2027.pdf", "bilagor/malbild-2027.pdf", "bilagor/malbild-2027-2.pdf",
        ]  # fmt: skip
        assert archive.read("bilagor/malbild-2027.pdf") == PDF
        assert all(archive.read(name).startswith(b"%PDF") for name in archive.namelist() if name.endswith(".pdf"))
        draft, missiv = words(archive.read("2-tjansteskrivelse-utkast.docx")), words(archive.read("1-missiv.docx"))
    own = own_share(network.lens("nacka-tib"), "nacka", 2027)
    assert own is not None
    for told in (kronor(own.line.amount), "UTKAST", "Kommunstyrelsen antar Gemensam målbild 2027–2030, version 1.0.",
                 "Målområden", "antog dokumentet 2026-09-20", "Barnperspektiv", "Medlemmen har inte bekräftat den",
                 "Andra hälften av budgeten är inte fördelad"):  # fmt: skip
        assert told in draft, told
    assert "senast 2027-02-01" in missiv
    other = network.client("taby-tib", headers={"accept-language": "sv"})
    assert other.get(f"{document}package/nacka/package.zip").content == answer.content


@pytest.mark.database
def test_the_proposal_follows_the_members_own_route_and_gaps_are_marked(network: Network, document: str) -> None:
    reader = network.client("nacka-tib", headers={"accept-language": "sv"})
    page = reader.get(f"{document}package/vaxholm/").content.decode()
    assert "[sista svarsdag]" in page and "Inte känt här: sista svarsdag" in page
    set_route(network.lens(OFFICE), "huddinge", RouteSet("kommun_b", official="kommundirektör"))
    page = reader.get(f"{document}package/huddinge/").content.decode()
    assert "Kommunstyrelsen noterar att kommundirektör har godkänt" in page
    assert "Medlemmen har inte bekräftat den" not in page
    assert "nätverket har inte räknat fram någon" in reader.get(f"{document}package/polisen/").content.decode()


@pytest.mark.database
def test_who_is_no_member_has_no_package(network: Network, document: str) -> None:
    reader = network.client("nacka-tib", headers={"accept-language": "sv"})
    assert reader.get(f"{document}package/").status_code == 200
    for path in ("package/kansliet/", "package/mars/", "package/mars/package.zip"):
        assert reader.get(document + path).status_code == 404


@pytest.mark.database
def test_the_page_of_a_period_tells_of_the_costs_of_its_years(network: Network, document: str) -> None:
    page = network.client("nacka-tib", headers={"accept-language": "sv"}).get(
        f"/spaces/{document.split('/')[2]}/period/"
    )
    told = page.content.decode()
    assert "2027: 7\u00a0400\u00a0000,00 kr · Preliminär" in told and 'href="/spaces/standing/costs/"' in told
