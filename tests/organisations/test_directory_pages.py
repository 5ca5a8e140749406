"""The pages of the directory, by full requests."""

import csv
import io
import re
from typing import Any

from django.test import Client

from gemensam.audit.models import Record
from gemensam.core.writing import Draft
from gemensam.organisations import domain
from gemensam.web import times
from tests.network import Network

ADMIN, OFFICE = "nacka-aktorsadministrator", "kansliet-systemforvaltare"
GUEST = {
    "id": "natbolaget", "name": "Nätbolaget AB", "short": "Nätbolaget", "kind": "gast", "standing": "guest",
    "administrator": "vakthavande",
}  # fmt: skip
NEW = {"name": "natt-TiB", "roles": ["isk", "rapportor"], "levels": ["verkstallande"], "seen": "-"}


def last_of(network: Network, subject: str) -> str:
    thing = network.lens(OFFICE).directory.thing(subject)
    assert thing is not None
    return thing.last


def position(network: Network) -> int:
    return network.lens(OFFICE).directory.position


def text_of(response: Any) -> str:
    body = response.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body.split("<main")[1].split("</main>")[0]))


def cells(response: Any) -> list[list[str]]:
    table = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(table), delimiter=";"))


def test_a_stranger_is_sent_to_sign_in(network: Network) -> None:
    for address in ("/directory/", "/directory/nacka/", "/vocabularies/", "/vocabularies/rows/"):
        assert Client().get(address).status_code == 302


def test_the_thirty_seven_members_stand_in_swedish_order(network: Network) -> None:
    page = network.client("nacka-lasare").get("/directory/")
    names = re.findall(r'<th scope="row"><a href="/directory/[^"]+">([^<]+)</a>', page.content.decode())
    assert len(names) == 38  # and the joint office
    assert names[:2] == ["Botkyrka kommun", "Brandkåren Attunda"]
    assert names[-2:] == ["Österåkers kommun", "Samordningskansliet"]


def test_a_search_finds_names_and_codes_and_says_when_nothing_fits(network: Network) -> None:
    client = network.client("nacka-lasare")
    assert "Vaxholms stad" in text_of(client.get("/directory/?q=vaxh"))
    assert "Vaxholms stad" in text_of(client.get("/directory/?q=0187"))
    assert "Ingen aktör stämmer med sökningen" in text_of(client.get("/directory/?q=<script>"))
    assert b"<script>" not in client.get("/directory/?q=<script>").content.split(b"<main")[1]


def test_members_are_shown_by_kind_and_with_their_representatives(network: Network) -> None:
    client = network.client("nacka-lasare")
    assert "Kommuner 26" in text_of(client.get("/directory/?by=kind"))
    levels = text_of(client.get("/directory/?by=level&mode=aktiverat"))
    assert "Nacka kommun TiB säkerhetschef stadsdirektör" in levels


def test_an_organisations_page_shows_functions_with_roles_and_permissions(network: Network) -> None:
    page = text_of(network.client("taby-lasare").get("/directory/nacka/"))
    for words in (
        "0182",
        "Företrädare i beredskap (ISK)",
        "Rapportera",
        "Förslag",
        "Brandförsvarets vakthavande befäl",
    ):
        assert words in page
    assert "Ny funktion" not in page


def test_what_is_not_in_the_directory_is_not_found(network: Network) -> None:
    client = network.client(ADMIN)
    assert client.get("/directory/atlantis/").status_code == 404
    assert client.get("/directory/nacka-tib/").status_code == 404
    assert client.get("/directory/functions/taby-tib/").status_code == 404


def test_who_may_change_what(network: Network) -> None:
    reader, admin, office = (network.client(who) for who in ("nacka-lasare", ADMIN, OFFICE))
    own = ["/directory/functions/new/", "/directory/functions/nacka-tib/", "/directory/describe/"]
    offices = ["/directory/join/", "/directory/nacka/change/", "/directory/nacka/leave/"]
    assert [reader.get(address).status_code for address in own + offices] == [403] * 6
    assert [admin.get(address).status_code for address in own] == [200] * 3
    assert [admin.get(address).status_code for address in offices] == [403] * 3
    assert [office.get(address).status_code for address in offices] == [200] * 3


def test_an_administrator_makes_changes_and_retires_a_function(network: Network) -> None:
    client = network.client(ADMIN)
    made = client.post("/directory/functions/new/", {**NEW, "seen": ""})
    assert (made.status_code, made["Location"]) == (302, "/directory/nacka/")
    directory = network.lens(ADMIN).directory
    found = domain.function(directory, "nacka-natt-tib")
    assert found is not None
    assert (found.roles, found.levels) == (("isk", "rapportor"), ("verkstallande",))

    change = {**NEW, "roles": ["lasare"], "seen": last_of(network, "nacka-natt-tib")}
    assert client.post("/directory/functions/nacka-natt-tib/", change).status_code == 302
    assert domain.permissions_of(network.lens(ADMIN).directory, "nacka-natt-tib") == {"read"}

    gone = {"reason": "behövs inte", "seen": last_of(network, "nacka-natt-tib")}
    assert client.post("/directory/functions/nacka-natt-tib/retire/", gone).status_code == 302
    assert domain.function(network.lens(ADMIN).directory, "nacka-natt-tib") is None
    assert client.get("/directory/functions/nacka-natt-tib/").status_code == 404


def test_each_change_of_permissions_is_in_the_local_log(network: Network) -> None:
    client = network.client(ADMIN)
    client.post("/directory/functions/new/", {**NEW, "seen": ""})
    change = {**NEW, "roles": ["lasare"], "seen": last_of(network, "nacka-natt-tib")}
    client.post("/directory/functions/nacka-natt-tib/", change)
    made, changed = Record.objects.filter(action="permission_changed", subject="nacka-natt-tib").order_by("number")
    assert (made.organisation, made.function) == ("nacka", ADMIN)
    assert (
        '"given":["answer_link","assess_capability","call","confirm","export","open_circle","plan","read","report",'
        '"request","undertake"]' in made.detail
    )
    assert (
        '"taken":["answer_link","assess_capability","call","confirm","export","open_circle","plan","report","request",'
        '"undertake"]' in changed.detail
    )


def test_a_form_shows_what_was_refused_and_keeps_what_was_written(network: Network) -> None:
    client = network.client(ADMIN)
    before = position(network)
    page = client.post("/directory/functions/new/", {"name": "Kung", "roles": ["strateg"], "seen": ""})
    assert page.status_code == 422
    assert 'value="Kung"' in page.content.decode()
    missing = client.post("/directory/functions/new/", {"name": "Kung"})
    assert missing.status_code == 422
    assert position(network) == before


def test_an_old_form_changes_nothing(network: Network) -> None:
    client = network.client(ADMIN)
    seen = last_of(network, "nacka-tib")
    form = {"name": "TiB", "roles": ["isk"], "seen": seen}
    assert client.post("/directory/functions/nacka-tib/", form).status_code == 302
    again = client.post("/directory/functions/nacka-tib/", {**form, "name": "Annan"})
    assert again.status_code == 409
    assert "har ändrat detta sedan du öppnade det" in text_of(again)
    assert client.post("/directory/functions/nacka-tib/", {"name": "x", "roles": ["isk"]}).status_code == 400


def test_an_organisation_states_its_own_rows_and_representatives(network: Network) -> None:
    client = network.client(ADMIN)
    form = {
        "rows": ["el", "skola"],
        "represents:verkstallande:ordinarie": "nacka-tib",
        "reserve_organisation": "polisen",
        "reserve_text": "Vakthavande befäl",
        "seen": last_of(network, "nacka"),
    }
    assert client.post("/directory/describe/", form).status_code == 302
    nacka = domain.organisation(network.lens(ADMIN).directory, "nacka")
    assert nacka is not None
    assert nacka.rows == ("el", "skola")
    page = text_of(client.get("/directory/nacka/"))
    assert "Vakthavande befäl (Polismyndigheten Region Stockholm)" in page
    assert "Förskola, skola och fritids" in page
    assert "Äldreomsorg" not in page
    foreign = {**form, "represents:verkstallande:ordinarie": "taby-tib", "seen": last_of(network, "nacka")}
    assert client.post("/directory/describe/", foreign).status_code == 422


def test_the_joint_office_changes_facts_but_not_what_the_organisation_said(network: Network) -> None:
    nacka = Draft(
        "organisation.described", "directory", "nacka",
        {"rows": ["vag"], "representatives": [], "reserve_organisation": "", "reserve_text": "", "reserve_text_en": ""},
    )  # fmt: skip
    network.write(ADMIN, nacka)
    form = {
        "name": "Nacka stad", "short": "Nacka", "kind": "kommun", "standing": "member", "kommunkod": "0182",
        "group": "syd", "seen": last_of(network, "nacka"),
    }  # fmt: skip
    assert network.client(OFFICE).post("/directory/nacka/change/", form).status_code == 302
    changed = domain.organisation(network.lens(OFFICE).directory, "nacka")
    assert changed is not None
    assert (changed.name, changed.group, changed.rows) == ("Nacka stad", "syd", ("vag",))
    bad = network.client(OFFICE).post("/directory/nacka/change/", {**form, "kommunkod": "abc"})
    assert bad.status_code == 422


def test_a_form_that_was_filled_in_wrongly_first_writes_over_nothing_that_nobody_has_looked_at(
    network: Network,
) -> None:
    client, address = network.client(OFFICE), "/directory/nacka/change/"
    form = {
        "name": "Nacka stad", "short": "Nacka", "kind": "kommun", "standing": "member", "kommunkod": "abc",
        "group": "syd", "seen": last_of(network, "nacka"),
    }  # fmt: skip
    other = {**form, "name": "Nacka", "kommunkod": "0182"}
    assert network.client(OFFICE).post(address, other).status_code == 302
    again = client.post(address, form)
    assert again.status_code == 422
    assert f'name="seen" value="{form["seen"]}"' in again.content.decode()
    refused = client.post(address, {**form, "kommunkod": "0182"})
    assert refused.status_code == 409
    assert domain.organisation(network.lens(OFFICE).directory, "nacka").name == "Nacka"  # type: ignore[union-attr]
    assert f'name="seen" value="{last_of(network, "nacka")}"' in refused.content.decode()


def test_a_guest_is_let_in_with_a_first_function_and_reads_only_the_directory(network: Network) -> None:
    client = network.client(OFFICE)
    assert client.post("/directory/join/", GUEST).status_code == 302
    lens = network.lens("natbolaget-vakthavande")
    assert [info.id for info in lens.spaces()] == ["directory"]
    assert "administer_own" in lens.principal.permissions
    guest = network.client("natbolaget-vakthavande")
    assert "Nätbolaget AB" in text_of(guest.get("/directory/"))
    assert guest.get("/spaces/standing/about/").status_code == 404
    row = next(row for row in lens.history("directory", "natbolaget-vakthavande"))
    assert (row.header.organisation, row.header.by_organisation, row.header.function) == (
        "natbolaget",
        "kansliet",
        OFFICE,
    )
    twice = client.post("/directory/join/", GUEST)
    assert twice.status_code == 409


def test_only_the_joint_office_lets_in_and_an_id_must_be_plain(network: Network) -> None:
    before = position(network)
    assert network.client(ADMIN).post("/directory/join/", GUEST).status_code == 403
    assert network.client(OFFICE).post("/directory/join/", {**GUEST, "id": "../x"}).status_code == 422
    assert position(network) == before


def test_an_organisation_that_has_left_is_shut_out_at_once(network: Network) -> None:
    reader = network.client("nacka-tib")
    assert reader.get("/directory/").status_code == 200
    form = {"reason": "utträde", "seen": last_of(network, "nacka")}
    assert network.client(OFFICE).post("/directory/nacka/leave/", form).status_code == 302
    assert reader.get("/directory/").status_code in (302, 403, 404)
    page = text_of(network.client(OFFICE).get("/directory/nacka/"))
    assert "Aktören har lämnat" in page
    record = Record.objects.filter(action="permission_changed", subject="nacka").get()
    assert '"change":"left"' in record.detail


def test_hostile_words_are_shown_as_words(network: Network) -> None:
    hostile = "<img src=x onerror=alert(1)>\"'=cmd"
    client = network.client(ADMIN)
    assert client.post("/directory/functions/new/", {**NEW, "name": hostile, "seen": ""}).status_code == 302
    for address in ("/directory/nacka/", "/spaces/directory/log/", "/spaces/directory/search/?q=onerror"):
        body = client.get(address).content.decode()
        assert "<img src=x" not in body
        assert "onerror" in body


def test_the_table_runs_nothing_in_a_spreadsheet(network: Network) -> None:
    client = network.client(ADMIN)
    client.post("/directory/functions/new/", {**NEW, "name": "=HYPERLINK(1)", "seen": ""})
    network.client(OFFICE).post(
        "/directory/nacka/change/",
        {"name": "=1+1", "short": "@x", "kind": "kommun", "standing": "member", "seen": last_of(network, "nacka")},
    )
    rows = cells(client.get("/directory/table.csv"))
    assert "Samverkan Stockholmsregionen" in rows[0][0]
    assert rows[1][:3] == ["id", "name", "name_en"]
    nacka = next(row for row in rows if row[0] == "nacka")
    assert (nacka[1], nacka[3]) == ("'=1+1", "'@x")
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    assert Record.objects.filter(action="export", function=ADMIN).count() == 1


def test_the_directory_can_be_seen_as_it_was(network: Network) -> None:
    client = network.client(ADMIN)
    # The network is founded moments ago: the time before the change is named to the millisecond, as ISO 8601 allows.
    before = times.local(network.lens(ADMIN).now - 1).isoformat(timespec="milliseconds").replace(".", ",")
    network.write(ADMIN, Draft("function.retired", "directory", "nacka-rapportor", {"reason": "slut"}, based_on=None))
    assert "rapportör" not in text_of(client.get("/directory/nacka/"))
    page = client.get("/directory/nacka/", {"knew_at": before})
    assert page.status_code == 200
    assert 'class="historical"' in page.content.decode()
    assert client.post("/directory/functions/new/", NEW, query_params={"knew_at": before}).status_code in (400, 409)


def test_municipal_groups_are_shown_when_there_are_several(network: Network) -> None:
    client = network.client(OFFICE)
    assert "Kommungrupp" not in text_of(client.get("/directory/"))
    nacka = {"name": "Nacka kommun", "short": "Nacka", "kind": "kommun", "standing": "member"}
    changed = client.post("/directory/nacka/change/", {**nacka, "group": "syd", "seen": last_of(network, "nacka")})
    assert changed.status_code == 302, text_of(changed)
    assert "Kommungrupp" in text_of(client.get("/directory/"))
