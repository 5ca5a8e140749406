"""Search by page: words found and marked, nothing hidden found, hostile queries answered, look-ups of marked noted."""

import re

import pytest

from gemensam.audit import log as local_log
from gemensam.audit.models import Record
from gemensam.ledger.pages.searching import extracts_of
from tests.ledger.reports import report
from tests.ledger.test_pages_log import numbers, text_of
from tests.network import Network


@pytest.mark.parametrize("query", ["strömavbrott", "Strömavbrottens", "ström", "kommunerna ström"])
def test_inflected_words_are_found_and_marked(network: Network, query: str) -> None:
    space = network.open_incident()
    network.write("nacka-tib", report(space, "Strömavbrotten i kommunen väntas ta slut."))
    page = network.client("taby-lasare").get(f"/spaces/{space}/search/", {"q": query})
    assert numbers(page) == [2]
    assert "<mark>Strömavbrotten</mark>" in page.content.decode()


def test_texts_are_escaped_where_words_are_marked(network: Network) -> None:
    space = network.open_incident()
    network.write("nacka-tib", report(space, "<b onclick=x>Halka</b> & <script>halka()</script>"))
    body = network.client("taby-lasare").get(f"/spaces/{space}/search/?q=halka").content.decode()
    assert "&lt;b onclick=x&gt;<mark>Halka</mark>&lt;/b&gt;" in body
    assert "<script>halka" not in body


def test_an_extract_is_cut_round_the_words() -> None:
    text = "a " * 300 + "Halka råder. " + "b " * 300 + "Mera halka."
    drawn = str(extracts_of(text, "halka"))
    assert drawn.count("<mark>") == 2
    assert len(drawn) < 700


def test_nothing_of_a_hidden_space_is_found(network: Network) -> None:
    incident = network.open_incident()
    hidden = network.open_sub_space(incident, "nacka-tib")
    network.write("nacka-tib", report(hidden, "Kryptonit i lagret"))
    for address in ("/search/?q=kryptonit", f"/spaces/{incident}/search/?q=kryptonit"):
        assert "Inget hittades" in text_of(network.client("taby-tib").get(address))
    assert "Kryptonit" in text_of(network.client("nacka-tib").get("/search/?q=kryptonit"))


def test_all_readable_spaces_are_searched_and_named(network: Network) -> None:
    first, second = network.open_incident("Snö i norr"), network.open_incident("Vatten i söder")
    network.write("nacka-tib", report(first, "Halka på vägen"))
    network.write("taby-tib", report(second, "Halka på bron"))
    page = text_of(network.client("nacka-lasare").get("/search/?q=halka"))
    assert "Snö i norr" in page
    assert "Vatten i söder" in page
    assert page.index("Vatten i söder") < page.index("Snö i norr")


@pytest.mark.parametrize("query", ["", "   ", "!!!", '"', "*", "NEAR(", "' OR 1=1 --", "a" * 900, "\x00", "% _", "🌨️"])
def test_any_query_is_answered_kindly(network: Network, query: str) -> None:
    page = network.client("nacka-lasare").get("/search/", {"q": query})
    assert page.status_code in ((404,) if "\0" in query else (200, 422))
    assert "Sökord" in text_of(page) or "\0" in query


def test_without_a_word_one_is_told_to_write_one(network: Network) -> None:
    page = network.client("nacka-lasare").get("/search/", {"q": "!!!"})
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()


def test_many_hits_are_paged_newest_first(network: Network) -> None:
    space = network.open_incident()
    network.write("nacka-tib", *(report(space, f"Halka nummer {number}") for number in range(60)))
    client = network.client("nacka-lasare")
    seen: list[int] = []
    address = f"/spaces/{space}/search/?q=halka"
    for _page in range(3):
        page = client.get(address)
        seen += numbers(page)
        older = re.search(r'href="([^"]+)" rel="next"', page.content.decode())
        address = older.group(1).replace("&amp;", "&") if older else ""
    assert seen == list(range(61, 1, -1))
    assert address == ""
    assert client.get(f"/spaces/{space}/search/?q=halka&skip=x").status_code == 400
    assert client.get(f"/spaces/{space}/search/?q=halka&skip=5000").status_code == 422


def test_a_search_that_meets_marked_items_is_recorded_without_its_words(network: Network) -> None:
    space = network.open_sub_space(network.open_incident(), "nacka/*")
    client = network.client("nacka-lasare")
    client.get(f"/spaces/{space}/search/?q=krets")
    local_log.flush()
    assert not Record.objects.filter(action="search").exists()
    network.write("nacka-tib", report(space, "Reservkraft", marks=("TLP:AMBER",)))
    client.get("/search/?q=reservkraft")
    local_log.flush()
    record = Record.objects.get(action="search")
    assert (record.space, record.detail) == (space, '{"count":1}')
