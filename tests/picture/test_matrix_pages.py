"""Pages of the live picture, by full requests."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gemensam.audit import log as audit_log
from gemensam.audit.queries import Filter, list_records_for
from gemensam.core.policy import STANDING
from gemensam.core.writing import Draft
from gemensam.ledger.append import now_ms
from gemensam.organisations.domain import vocabulary
from gemensam.picture import commands, matrix_drawing
from gemensam.picture.domain.cadences import cadence_subject, payload_from
from gemensam.picture.domain.matrix import Row
from gemensam.web import times
from gemensam.web.fragments import FRAGMENTS
from tests.network import Network, build
from tests.picture.scene import HOUR, MINUTE, cell, publish, publish_picture, relay, report, section

READER = "vaxholm-beredskapssamordnare"
COMPILER = "lansstyrelsen-lagesbildsansvarig"


@pytest.fixture
def network(database_with: Callable[..., Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


@pytest.fixture
def client(network: Network) -> Client:
    return network.client(READER)


def read(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:2_000]
    return str(answer.content.decode())


def streamed(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


def row_of(page: str, organisation: str) -> str:
    """The table's row of a member."""
    found = re.search(rf'<tr data-key="{organisation}".*?</tr>', page, re.DOTALL)
    assert found is not None
    return found.group()


def set_acute_takt(network: Network, space: str, at: int) -> None:
    """Set a takt at an instant that is its first report time: reports come half an hour before conferences."""
    directory = network.lens(COMPILER).directory
    item = vocabulary(directory, "cadences").item("akut")
    assert item is not None
    payload = payload_from(item, reason="Läget kräver det", anchor_at=at + HOUR // 2)
    draft = Draft("cadence.set", space, cadence_subject("lansstyrelsen"), payload, occurred_at=at)
    network.write("lansstyrelsen-tib", draft)


def test_the_matrix_has_a_row_for_each_member_and_a_column_for_each_function(
    network: Network, space: str, client: Client
) -> None:
    publish(network, "nacka-tib", space, report(now_ms(), cell("el", "allvarlig", "Halva Boo är utan ström")))
    page = read(client, f"/spaces/{space}/picture/")
    assert page.count('<tr data-key="') == 37
    assert page.count("<abbr ") == 18
    assert "Allvarlig påverkan" in row_of(page, "nacka")
    assert "1 av 37 aktörer har bidragit" in page


def test_members_stand_in_swedish_order(space: str, client: Client) -> None:
    page = read(client, f"/spaces/{space}/picture/")
    order = re.findall(r'<tr data-key="([a-z-]+)"', page)
    assert order.index("vaxholm") < order.index("varmdo") < order.index("osteraker")


def test_each_kind_of_nothing_reads_differently(network: Network, space: str, client: Client) -> None:
    request = {"purpose": "aktiverat", "template": "full", "deadline_at": now_ms() + HOUR, "asked": ["nacka"]}
    network.write("lansstyrelsen-tib", Draft("request.made", space, f"r-{space}", {**request, "questions": ["el"]}))
    publish(
        network, "solna-tib", space,
        report(
            now_ms(), cell("el", "vet_ej"), cell("vag", "annan_krets"),
            cell("it", "aterkommer", until_at=now_ms() + HOUR),
        ),
    )  # fmt: skip
    page = read(client, f"/spaces/{space}/picture/")
    nacka, solna = row_of(page, "nacka"), row_of(page, "solna")
    assert "Ej rapporterat" in nacka
    assert "Ej tillfrågad" in nacka
    assert "Har inte verksamheten" in nacka
    assert "Vet ej ännu" in solna
    assert "Lämnat i mindre krets" in solna
    assert "Återkommer kl." in solna


def test_what_another_organisation_entered_is_unconfirmed_on_the_row_and_in_the_cell(
    network: Network, space: str, client: Client
) -> None:
    relay(network, "lansstyrelsen-tib", space, "ekero", report(now_ms(), cell("el", "kritisk", "Enligt Rakel")))
    row = row_of(read(client, f"/spaces/{space}/picture/"), "ekero")
    assert "Inlagd av Länsstyrelsen, ej bekräftad" in row
    assert "Inlagd åt aktören, via rakel, ej bekräftad av Ekerö" in row


def test_a_takt_makes_the_silent_overdue_in_words(network: Network, space: str, client: Client) -> None:
    set_acute_takt(network, space, now_ms())
    page = read(client, f"/spaces/{space}/picture/")
    assert "Försenad sedan" in row_of(page, "nacka")
    assert "Har inte svarat" in page


def test_the_ordinary_space_has_the_weekly_takt_until_another_is_set(client: Client) -> None:
    page = read(client, f"/spaces/{STANDING}/picture/")
    assert "takt: Vecka" in page


def test_what_was_due_before_the_network_was_founded_is_nobodys_delay(client: Client) -> None:
    page = read(client, f"/spaces/{STANDING}/picture/")
    assert "Försenad" not in page
    assert "Ej rapporterat" in row_of(page, "nacka")


# On a phone -----------------------------------------------------------------------------------------------------


def card_of(page: str, organisation: str) -> str:
    """A member's card, without tags."""
    found = re.search(rf'<li data-key="card-{organisation}".*?</li>(?=<li data-key="card-|</ol>)', page, re.DOTALL)
    assert found is not None
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", found.group()))


def test_a_member_where_all_is_well_has_one_line_after_those_with_something_to_say(
    network: Network, space: str, client: Client
) -> None:
    quick = {"template": "full", "stated_at": now_ms(), "quick": "no_impact"}
    publish(network, "nacka-tib", space, quick)
    publish(network, "taby-tib", space, report(now_ms(), cell("el", "mattlig", trend="battre"), cell("vag", "ingen")))
    page = read(client, f"/spaces/{space}/picture/")
    assert re.search(r'<li data-key="card-nacka" data-version="\w+" class="quiet">', page)
    assert page.index("card-taby") < page.index("card-nacka")
    taby = card_of(page, "taby")
    assert "Måttlig påverkan" in taby
    assert "Blir bättre" in taby
    assert "1 ingen påverkan" in taby


def test_unchanged_folds_as_before_and_is_said_once(network: Network, space: str, client: Client) -> None:
    cells = [cell(row, "ingen") for row in ("el", "vag")] + [cell("sjo", "betydande")]
    publish(network, "nacka-tib", space, report(now_ms() - HOUR, *cells))
    commands.report_unchanged(network.lens("nacka-tib"), space)
    nacka = card_of(read(client, f"/spaces/{space}/picture/"), "nacka")
    assert nacka.count("Oförändrat") == 1
    assert "2 ingen påverkan" in nacka


def test_a_value_that_somebody_else_gave_has_a_line_though_it_is_the_mildest(
    network: Network, space: str, client: Client
) -> None:
    relay(network, "ssbf-vb", space, "taby", report(now_ms(), cell("el", "ingen")))
    taby = card_of(read(client, f"/spaces/{space}/picture/"), "taby")
    assert "Inlagd av SSBF, ej bekräftad" in taby
    assert "Obekräftad" in taby


def test_a_weekly_report_is_a_report_though_it_gives_no_status(network: Network, client: Client) -> None:
    words = {"template": "vecka", "stated_at": now_ms() - 2 * HOUR, "summary": "Inget särskilt hos oss."}
    publish(network, "nacka-tib", STANDING, words)
    page = read(client, f"/spaces/{STANDING}/picture/")
    row = row_of(page, "nacka")
    assert "Veckorapport" in row
    assert "2 h" in row
    assert "Ej rapporterat" not in row
    assert "Ej tillfrågad" in row
    assert "Ej rapporterat" in row_of(page, "taby")
    assert "Veckorapport" in card_of(page, "nacka")


# Filters, the narrower circle, the past ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "members", "columns"),
    [
        ("status=4%2B", ["nacka"], 18),
        ("status=vet_ej", ["solna"], 18),
        ("kind=region", ["region-stockholm"], 18),
        ("columns=teknisk&status=allvarlig", ["nacka"], 7),
        ("age=1", ["solna"], 18),
        ("age=999&status=allvarlig", ["nacka"], 18),
        ("columns=<script>alert(1)</script>&status=allvarlig", [], 0),
    ],
)
def test_a_filter_chooses_rows_and_columns(
    network: Network, space: str, client: Client, query: str, members: list[str], columns: int
) -> None:
    publish(network, "nacka-tib", space, report(now_ms(), cell("el", "allvarlig")))
    publish(network, "solna-tib", space, report(now_ms() - 2 * HOUR, cell("el", "vet_ej")))
    page = read(client, f"/spaces/{space}/picture/?{query}")
    assert re.findall(r'<tr data-key="([a-z-]+)"', page) == members
    assert page.count("<abbr ") == columns
    assert "<script>" not in page


def test_sums_are_counted_over_what_is_shown(network: Network, space: str, client: Client) -> None:
    publish(network, "nacka-tib", space, report(now_ms(), cell("el", "allvarlig")))
    publish(network, "solna-tib", space, report(now_ms(), cell("el", "ingen")))
    page = read(client, f"/spaces/{space}/picture/?status=ingen")
    assert "<li>El: 1 ingen påverkan</li>" in page


def test_a_narrower_value_is_shown_only_when_its_circle_is_chosen_and_named(network: Network, space: str) -> None:
    narrower = network.open_sub_space(space, "nacka-tib")
    publish(network, "nacka-tib", space, report(now_ms(), cell("el", "mattlig")))
    publish(network, "nacka-tib", narrower, report(now_ms(), cell("el", "kritisk", "Skyddsvärt")))
    client = network.client("nacka-tib")
    plain = read(client, f"/spaces/{space}/picture/")
    assert "Kritisk påverkan" not in row_of(plain, "nacka")
    assert 'class="narrower"' not in plain
    chosen = read(client, f"/spaces/{space}/picture/?circle={narrower}")
    assert "Måttlig påverkan" in row_of(chosen, "nacka")
    assert "Mindre krets: Kritisk påverkan" in row_of(chosen, "nacka")
    assert "Visas med det som bara Mindre krets läser." in chosen


def test_a_circle_that_the_reader_is_not_in_does_not_exist(network: Network, space: str, client: Client) -> None:
    narrower = network.open_sub_space(space, "nacka-tib")
    read(client, f"/spaces/{space}/picture/?circle={narrower}", 404)
    read(client, f"/spaces/{narrower}/picture/", 404)
    read(client, f"/spaces/{narrower}/members/nacka/", 404)
    assert narrower not in read(client, f"/spaces/{space}/picture/")


def test_readers_of_one_space_are_shown_the_same_matrix(network: Network, space: str, client: Client) -> None:
    publish(network, "nacka-tib", space, report(now_ms(), cell("el", "allvarlig")))
    other = network.client("nacka-tib")
    at = times.iso(now_ms() - MINUTE).replace("+", "%2B")  # ages are told by the minute, which may turn between the two
    path = f"/spaces/{space}/picture/_matrix/?happened_by={at}"
    assert read(client, path) == read(other, path)


def test_the_past_shows_what_was_known_and_what_had_happened(network: Network, space: str, client: Client) -> None:
    publish(network, "nacka-tib", space, report(now_ms() - 3 * HOUR, cell("el", "ingen")))
    before = now_ms()
    publish(network, "nacka-tib", space, report(now_ms() - HOUR, cell("el", "kritisk")))
    known = read(client, f"/spaces/{space}/picture/?knew_at={times.iso(before)}".replace("+", "%2B"))
    happened = read(
        client, f"/spaces/{space}/picture/?happened_by={times.iso(now_ms() - 2 * HOUR)}".replace("+", "%2B")
    )
    assert "Kritisk påverkan" not in row_of(happened, "nacka")
    assert "Ingen påverkan" in row_of(happened, "nacka")
    assert "compile/" not in known
    assert "Sammanställ" not in happened


def test_an_unchanged_part_is_not_drawn_again(network: Network, space: str, client: Client) -> None:
    first = client.get(f"/spaces/{space}/picture/_matrix/")
    again = client.get(f"/spaces/{space}/picture/_matrix/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code in (200, 304)  # 200 when the minute has turned between the two
    publish(network, "nacka-tib", space, report(now_ms(), cell("el", "allvarlig")))
    changed = client.get(f"/spaces/{space}/picture/_matrix/", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert "Allvarlig" in changed.content.decode()


# One member, one statement, the own picture --------------------------------------------------------------------


def test_a_member_is_shown_over_time_with_its_words(network: Network, space: str, client: Client) -> None:
    publish(network, "nacka-tib", space, report(now_ms() - HOUR, cell("el", "mattlig", "Blinkar")))
    publish(network, "nacka-tib", space, report(now_ms(), cell("el", "allvarlig", "Halva Boo är utan ström")))
    page = read(client, f"/spaces/{space}/members/nacka/")
    assert "Förmedlad lägesbild" in page
    assert "Halva Boo är utan ström" in page
    assert "Blinkar" not in page
    assert page.count("Läget gäller") + page.count("Läget kl.") >= 2


def test_a_statement_keeps_its_text_type_source_times_and_history(network: Network, space: str, client: Client) -> None:
    publish(network, "nacka-tib", space, report(now_ms() - HOUR, cell("el", "mattlig", "Blinkar")))
    said = publish(network, "nacka-tib", space, report(now_ms(), cell("el", "allvarlig", "Halva Boo", source="medier")))
    page = read(client, f"/spaces/{space}/members/nacka/el/")
    assert page.index("Halva Boo") < page.index("Blinkar")
    assert "Medier" in page
    assert "Obekräftad" in page
    assert f"/spaces/{space}/reports/{said.subject}/" in page


def test_what_another_organisation_has_written_down_about_a_member_stands_apart(
    network: Network, space: str, client: Client
) -> None:
    payload = {"text": "Nacka har stängt två skolor", "stated_at": now_ms(), "about": "nacka", "source": "medier"}
    network.write("lansstyrelsen-tib", Draft("statement.recorded", space, f"s-{space}", payload))
    page = read(client, f"/spaces/{space}/members/nacka/")
    said = page.split('id="said-head"')[1].split("</section>")[0]
    assert "Nacka har stängt två skolor" in said
    assert "Länsstyrelsen" in said
    assert "obekräftad" in said


@pytest.mark.parametrize(
    "path", ["members/atlantis/", "members/nacka/magi/", "members/nacka/<b>/", "members/kansliet/"]
)
def test_what_is_not_there_is_not_found(space: str, client: Client, path: str) -> None:
    read(client, f"/spaces/{space}/{path}", 404)


@pytest.mark.parametrize("space", ["directory", "rosters"])
def test_the_directory_has_no_picture(client: Client, space: str) -> None:
    read(client, f"/spaces/{space}/picture/", 404)


def test_the_own_picture_is_the_own_organisations_alone(network: Network, space: str, client: Client) -> None:
    nacka = network.client("nacka-tib")
    publish(network, "nacka-tib", space, report(now_ms(), cell("el", "allvarlig", "Halva Boo")))
    relay(network, "lansstyrelsen-tib", space, "nacka", report(now_ms(), cell("vag", "mattlig")))
    page = read(nacka, f"/spaces/{space}/own/")
    assert "Egen lägesbild" in page
    assert "Halva Boo" in page
    assert "Inlagt åt oss, ej bekräftat av oss" in page
    assert "Halva Boo" not in read(client, f"/spaces/{space}/own/")


# Out ----------------------------------------------------------------------------------------------------------


def test_the_matrix_as_csv_has_a_line_for_each_value(network: Network, space: str, client: Client) -> None:
    publish(network, "nacka-tib", space, report(now_ms(), cell("el", "allvarlig")))
    answer = client.get(f"/spaces/{space}/picture.csv")
    assert re.search(r'filename="lagesbild-\d{4}-\d\d-\d\d-\d{4}\.csv"', answer["Content-Disposition"])
    first, *lines = csv.reader(io.StringIO(streamed(answer).lstrip("\ufeff")), delimiter=";")
    assert "Snöoväder" in first[0]
    assert len(lines) == 1 + 37 * 18
    nacka = next(line for line in lines if line[0] == "Nacka kommun" and line[2] == "el")
    assert nacka[3:6] == ["Allvarlig påverkan", "allvarlig", "4"]


def test_what_leaves_a_demonstration_says_so(network: Network, space: str, client: Client, settings: Any) -> None:
    settings.GEMENSAM_DEMO = True
    publish_picture(network, space, now_ms(), section("sammanfattning", text="Läget"))
    for path in ("picture.csv", "pictures/1.csv", "pictures/1.pdf"):
        answer = client.get(f"/spaces/{space}/{path}")
        assert 'filename="DEMONSTRATION-lagesbild-' in answer["Content-Disposition"], path
        if path.endswith("csv"):
            assert streamed(answer).lstrip("\ufeff").startswith("DEMONSTRATION"), path


def test_what_is_taken_out_is_noted_in_the_local_log(network: Network, space: str, client: Client) -> None:
    client.get(f"/spaces/{space}/picture.csv")
    audit_log.flush()
    reviewer = network.lens("kansliet-granskare")
    (record,) = list_records_for(reviewer, Filter(action="export"))
    assert (record.function, record.space) == (READER, space)


def test_time_alone_is_no_change_of_a_row(network: Network, space: str, client: Client) -> None:
    """What a live page marks as changed hangs on `data-version`, which ages do not touch."""

    def version() -> str:
        row = row_of(read(client, f"/spaces/{space}/picture/_matrix/"), "nacka")
        found = re.search(r'data-version="(\w+)"', row)
        assert found is not None
        return found.group(1)

    publish(network, "nacka-tib", space, report(now_ms() - 4 * HOUR, cell("el", "ingen")))
    first = version()
    publish(network, "solna-tib", space, report(now_ms(), cell("el", "ingen")))
    assert version() == first
    publish(network, "nacka-tib", space, report(now_ms(), cell("el", "ingen")))
    assert version() != first


def test_the_past_shows_no_later_picture_as_the_latest(network: Network, space: str, client: Client) -> None:
    publish_picture(network, space, now_ms() - MINUTE, section("sammanfattning", text="Lugnt i länet."))
    past = times.iso(now_ms() - HOUR).replace("+", "%2B")
    page = read(client, f"/spaces/{space}/picture/?happened_by={past}")
    assert "Lugnt i länet." not in page
    assert "bild nr 1" not in page


def test_changes_since_the_picture_are_told_in_the_matrix(network: Network, space: str, client: Client) -> None:
    publish(network, "nacka-tib", space, report(now_ms() - HOUR, cell("el", "ingen")))
    publish_picture(network, space, now_ms() - MINUTE, section("sammanfattning", text="Lugnt i länet."))
    publish(network, "nacka-tib", space, report(now_ms(), cell("el", "kritisk")))
    page = read(client, f"/spaces/{space}/picture/")
    assert "Ändrad sedan nr 1" in row_of(page, "nacka")
    assert "Lugnt i länet." in page
    assert "bild nr 1" in page


def test_who_is_not_signed_in_is_sent_to_sign_in(space: str) -> None:
    assert Client().get(f"/spaces/{space}/picture/").status_code == 302


def test_a_post_draws_one_members_row_anew_and_the_page_is_as_if_all_were(
    network: Network, space: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = now_ms() - MINUTE
    publish(network, "nacka-tib", space, report(at - HOUR, cell("el", "allvarlig")))
    publish(network, "taby-tib", space, report(at - HOUR, cell("el", "mattlig")))
    path = f"/spaces/{space}/picture/?happened_by={times.iso(at)}".replace("+", "%2B")
    assert "Kritisk påverkan" not in row_of(read(client, path), "nacka")
    drawn: list[str] = []
    row = matrix_drawing._row

    def counted(drawing: matrix_drawing.Drawing, of: Row) -> str:
        drawn.append(of.organisation)
        return row(drawing, of)

    monkeypatch.setattr(matrix_drawing, "_row", counted)
    publish(network, "nacka-tib", space, report(at - MINUTE, cell("el", "kritisk")))
    page = read(client, path)
    assert drawn == ["nacka"]
    assert "Kritisk påverkan" in row_of(page, "nacka")
    FRAGMENTS.clear()
    assert read(client, path) == page


def test_a_page_drawn_for_one_function_is_the_same_for_another_but_for_their_names(
    network: Network, space: str
) -> None:
    path = f"/spaces/{space}/picture/?knew_at={times.iso(now_ms() - MINUTE)}".replace("+", "%2B")
    readers = ("nacka-tib", "taby-tib", READER, COMPILER, "lansstyrelsen-tib")
    clients = {one: network.client(one) for one in readers}
    shared = {one: read(client, path) for one, client in clients.items()}
    for one, client in clients.items():
        FRAGMENTS.clear()
        assert read(client, path) == shared[one]
        assert f'data-who="{one}"' in shared[one]
    assert "/compile/" not in shared["nacka-tib"]


def test_a_narrower_circle_is_offered_to_its_readers_alone_whoever_asked_first(network: Network, space: str) -> None:
    narrow = network.open_sub_space(space, "nacka-tib")
    for order in (("nacka-tib", "taby-tib"), ("taby-tib", "nacka-tib")):
        FRAGMENTS.clear()
        pages = {one: read(network.client(one), f"/spaces/{space}/picture/") for one in order}
        assert narrow in pages["nacka-tib"]
        assert narrow not in pages["taby-tib"]


def test_what_a_need_says_is_text(network: Network, space: str, client: Client) -> None:
    need = {"what": "<b>Elverk</b>", "amount": "2 & 3", "place": '"hallen"', "urgency": "i_dag"}
    publish(network, "nacka-tib", space, report(now_ms(), cell("el", "allvarlig"), needs=[need]))
    page = read(client, f"/spaces/{space}/picture/")
    assert "<strong>&lt;b&gt;Elverk&lt;/b&gt;</strong> <span>2 &amp; 3, &quot;hallen&quot;</span>" in page
