"""The log's pages: a line an entry, filters, times, the page of each entry, the table."""

import csv
import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gemensam.audit import log as local_log
from gemensam.audit.models import Record
from gemensam.core.writing import Draft
from gemensam.ledger.pages.rows import Filters, Place, list_rows
from gemensam.web import times
from tests.ids import new_id
from tests.ledger.reports import report
from tests.network import Network

MINUTE = 60_000


def text_of(response: Any) -> str:
    body = response.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body.split("<main")[1].split("</main>")[0]))


def numbers(response: Any) -> list[int]:
    """The positions on a page of the log, as they stand."""
    body = response.content.decode()
    return [int(found) for found in re.findall(r'class="log-number num">.*?</span>(\d+)</a>', body)]


def digests(network: Network, space: str) -> list[str]:
    return [row.digest for row in network.lens("lansstyrelsen-tib").entries(space, limit=1000)]


def filled(network: Network, count: int = 120) -> str:
    space = network.open_incident()
    drafts = [report(space, f"Halka nummer {number}") for number in range(count)]
    for start in range(0, count, 60):
        network.write("nacka-tib", *drafts[start : start + 60])
    return space


def test_an_entry_is_a_line_with_time_organisation_function_and_words(network: Network) -> None:
    space = network.open_incident()
    page = network.client("nacka-lasare").get(f"/spaces/{space}/log/")
    assert page.status_code == 200
    assert "Länsstyrelsen TiB Öppnad: Snöoväder (händelse)" in text_of(page)


def test_in_english_the_same_line_is_english(network: Network) -> None:
    space = network.open_incident()
    client = network.client("nacka-lasare", headers={"accept-language": "en"})
    assert "duty officer (TiB) Opened: Snöoväder (incident)" in text_of(client.get(f"/spaces/{space}/log/"))


def test_a_hidden_space_is_not_found_on_any_of_its_pages(network: Network) -> None:
    space = network.open_sub_space(network.open_incident(), "nacka-tib")
    digest = digests(network, space)[0]
    client = network.client("taby-tib")
    for place in ("log/", f"log/{digest}/", "log/table.csv", "search/?q=krets", "export/", f"attachments/{digest}/"):
        assert client.get(f"/spaces/{space}/{place}").status_code == 404, place
    assert client.get(f"/spaces/standing/log/{digest}/").status_code == 404


def test_pages_follow_each_other_without_gap_or_repeat(network: Network) -> None:
    space, client = filled(network), network.client("nacka-lasare")
    seen: list[int] = []
    address: str | None = f"/spaces/{space}/log/"
    while address:
        page = client.get(address)
        seen += numbers(page)
        older = re.search(r'href="([^"]+)" rel="next"', page.content.decode())
        address = older.group(1).replace("&amp;", "&") if older else None
    assert seen == list(range(121, 0, -1))
    back = client.get(f"/spaces/{space}/log/?after=21")
    assert numbers(back) == list(range(71, 21, -1))


@pytest.mark.parametrize("query", ["before=x", "before=-1", "after=99999999999999999999", "before=1e3"])
def test_a_place_that_is_no_number_is_refused(network: Network, query: str) -> None:
    assert network.client("nacka-lasare").get(f"/spaces/standing/log/?{query}").status_code == 400


def test_filters_by_organisation_and_kind_and_corrections(network: Network) -> None:
    space = network.open_incident()
    network.write("taby-tib", report(space, "Tåget står"))
    mine = report(space, "Elavbrott")
    network.write("nacka-tib", mine)
    network.write("nacka-tib", Draft("report.corrected", space, mine.subject, mine.payload))
    client = network.client("nacka-lasare")
    address = f"/spaces/{space}/log/"
    assert numbers(client.get(address, {"organisation": "taby"})) == [2]
    assert numbers(client.get(address, {"group": "report"})) == [4, 3, 2]
    assert numbers(client.get(address, {"group": "space"})) == [1]
    assert numbers(client.get(address, {"corrections": "1"})) == [4]
    assert numbers(client.get(address, {"subject": mine.subject})) == [4, 3]
    assert numbers(client.get(address, {"organisation": "%"})) == []
    assert numbers(client.get(address, {"organisation": "t_by"})) == []
    lines = text_of(client.get(address))
    assert lines.count("Ändrat senare") == 1
    assert lines.count("Rättelse ") == 1
    assert "Inga poster här" in text_of(client.get(address, {"organisation": "taby", "corrections": "1"}))
    assert client.get(address, {"organisation": "x" * 300}).status_code == 400


def test_who_is_filtered_is_whose_information_it_is_not_who_typed_it(network: Network) -> None:
    space = network.open_incident()
    payload = {**report(space).payload, "received_by": "RSIB"}
    draft = Draft("report.relayed", space, new_id(), payload, organisation="vaxholm", via="telefon")
    network.write("lansstyrelsen-rsib", draft)
    client = network.client("nacka-lasare")
    assert numbers(client.get(f"/spaces/{space}/log/?organisation=vaxholm")) == [2]
    assert numbers(client.get(f"/spaces/{space}/log/?organisation=lansstyrelsen")) == [1]
    assert re.search("Vaxholm inlag[dt] av Länsstyrelsen", text_of(client.get(f"/spaces/{space}/log/")))


def test_a_filter_looks_through_a_part_of_a_long_log_and_says_so(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gemensam.ledger.pages.rows.WINDOW", 40)
    space = filled(network)
    client = network.client("nacka-lasare")
    first = client.get(f"/spaces/{space}/log/?group=space")
    assert numbers(first) == []
    assert "Loggen är genomsökt ner till nummer 82" in text_of(first)
    found = list_rows(network.lens("nacka-tib"), space, Place(Filters(group="space"), before=42))
    assert [row.position for row in found.rows] == []
    last = list_rows(network.lens("nacka-tib"), space, Place(Filters(group="space"), before=found.older))
    assert [row.position for row in last.rows] == [1]


def test_one_goes_to_a_time(network: Network) -> None:
    start = network.lens("nacka-tib").now - 3_600_000
    space = new_id()
    payload = {"space_kind": "incident", "title": "Snö"}
    network.write("lansstyrelsen-tib", Draft("space.opened", space, space, payload), now=start)
    for number in range(4):
        network.write("nacka-tib", report(space, f"Halka {number}"), now=start + (number + 1) * 10 * MINUTE)
    at = times.iso(start + 25 * MINUTE)
    assert numbers(network.client("nacka-lasare").get(f"/spaces/{space}/log/", {"at": at})) == [3, 2, 1]
    assert network.client("nacka-lasare").get(f"/spaces/{space}/log/", {"at": "nyss"}).status_code == 400


def test_what_we_knew_at_a_time_holds_nothing_later(network: Network) -> None:
    start = network.lens("nacka-tib").now - 3_600_000
    space = new_id()
    payload = {"space_kind": "incident", "title": "Snö"}
    network.write("lansstyrelsen-tib", Draft("space.opened", space, space, payload), now=start)
    late = network.write("nacka-tib", report(space, "Sen uppgift"), now=start + 30 * MINUTE)[0]
    client = network.client("nacka-lasare")
    then = {"knew_at": times.iso(start + 10 * MINUTE)}
    assert numbers(client.get(f"/spaces/{space}/log/", then)) == [1]
    assert client.get(f"/spaces/{space}/log/{late.digest}/", then).status_code == 404
    assert "Sen uppgift" not in text_of(client.get(f"/spaces/{space}/search/", {**then, "q": "sen"}))
    assert client.get(f"/spaces/{space}/log/{late.digest}/").status_code == 200


def test_happened_and_written_are_both_shown_where_they_differ(network: Network) -> None:
    space = network.open_incident()
    now = network.lens("nacka-tib").now
    network.write("nacka-tib", report(space, occurred_at=now - 40 * MINUTE))
    assert "hände" in text_of(network.client("nacka-lasare").get(f"/spaces/{space}/log/?group=report"))


def test_an_entrys_page_shows_everything_and_escapes_it(network: Network) -> None:
    space = network.open_incident()
    hostile = "<script>alert(1)</script> & \"'"
    receipt = network.write("nacka-tib", report(space, hostile))[0]
    page = network.client("nacka-lasare").get(f"/spaces/{space}/log/{receipt.digest}/")
    body = page.content.decode()
    assert "<script>alert(1)" not in body
    assert "&lt;script&gt;alert(1)" in body
    row = network.lens("nacka-tib").entry(space, receipt.digest)
    for told in (receipt.digest, row.signature, row.header.payload, row.header.previous, row.header.node):
        assert told in body


def test_a_wrong_digest_is_not_found(network: Network) -> None:
    client = network.client("nacka-lasare")
    assert client.get(f"/spaces/standing/log/{'0' * 64}/").status_code == 404
    assert client.get("/spaces/standing/log/%00'/").status_code == 404


def test_a_marked_entry_is_not_told_in_the_list_and_reading_it_is_recorded(network: Network) -> None:
    space = network.open_sub_space(network.open_incident(), "nacka-tib", "nacka-lasare")
    receipt = network.write("nacka-tib", report(space, "Reservkraften räcker kort", marks=("TLP:RED",)))[0]
    client = network.client("nacka-lasare")
    listed = text_of(client.get(f"/spaces/{space}/log/"))
    assert "TLP:RED" in listed
    assert "Reservkraften" not in listed
    assert "Reservkraften" in text_of(client.get(f"/spaces/{space}/log/{receipt.digest}/"))
    local_log.flush()
    record = Record.objects.get(action="read_marked")
    assert (record.space, record.subject, record.function) == (space, receipt.digest, "nacka-lasare")


def test_an_unmarked_entry_is_read_without_a_record(network: Network) -> None:
    space = network.open_incident()
    client = network.client("nacka-lasare")
    client.get(f"/spaces/{space}/log/{digests(network, space)[0]}/")
    local_log.flush()
    assert not Record.objects.filter(action="read_marked").exists()


def test_the_table_is_for_those_who_may_and_runs_nothing(network: Network) -> None:
    space = network.open_incident("=SUM(A1)")
    assert network.client("nacka-lasare").get(f"/spaces/{space}/log/table.csv").status_code == 403
    response = network.client("nacka-tib").get(f"/spaces/{space}/log/table.csv")
    table = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))
    assert "=SUM(A1)" in rows[0][0]
    assert rows[1][0] == "Nummer i loggen"
    assert rows[2][7] == "Öppnad: =SUM(A1) (händelse)"
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
    assert Record.objects.filter(action="export", space=space, function="nacka-tib").count() == 1


def test_an_unchanged_page_is_not_drawn_again(network: Network) -> None:
    space, client = network.open_incident(), network.client("nacka-lasare")
    first = client.get(f"/spaces/{space}/log/")
    again = client.get(f"/spaces/{space}/log/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    network.write("nacka-tib", report(space))
    assert client.get(f"/spaces/{space}/log/", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_page_deep_in_a_long_log_asks_no_more_of_the_database_than_the_first(network: Network) -> None:
    """The bar is 20 ms at 100,000 entries, measured by the bench; here only that depth costs nothing."""
    space, client = filled(network, 600), network.client("nacka-lasare")
    asked = []
    for query in ("", "?before=300", "?before=60"):
        client.get(f"/spaces/{space}/log/{query}")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/spaces/{space}/log/{query}").status_code == 200
        asked.append(len(captured))
    assert len(set(asked)) == 1
