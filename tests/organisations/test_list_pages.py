"""The pages of lists: working copies, versions, confirmations, tables in and out."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gemensam.core.writing import Draft
from gemensam.organisations import domain
from gemensam.organisations.commands.lists import working_copy
from gemensam.regions import load_region
from tests.network import Network
from tests.organisations.test_directory_pages import cells, last_of, text_of

OFFICE, COLLEAGUE = "kansliet-systemforvaltare", "kansliet-strateg"
ITEM = "/vocabularies/rows/item/"
EL: dict[str, Any] = {
    "name": "El och värme", "name_en": "Power", "order": "1", "group": "teknisk", "short": "El", "short_en": "Power",
    "include": "avbrott", "include_en": "outages", "exclude": "", "exclude_en": "", "sectors": "energi\nfinans",
    "careful": "on",
}  # fmt: skip


def newest(network: Network, code: str = "rows") -> domain.VocabularyVersion:
    return domain.vocabulary(network.lens(OFFICE).directory, code)


def publish(client: Client, network: Network, reason: str = "efter övningen") -> Any:
    copy = working_copy(network.lens(OFFICE), "rows")
    return client.post("/vocabularies/rows/publish/", {"version": copy.version if copy else 0, "reason": reason})


def table(rows: list[list[str]], sign: str = ";", first: str = "Titel\r\n") -> SimpleUploadedFile:
    out = io.StringIO()
    csv.writer(out, delimiter=sign).writerows(rows)
    return SimpleUploadedFile("lista.csv", (first + out.getvalue()).encode("utf-8-sig"), "text/csv")


def exported(client: Client, code: str = "levels") -> list[list[str]]:
    return cells(client.get(f"/vocabularies/{code}/table.csv"))[1:]


def test_every_list_is_marked_as_proposal_until_it_is_confirmed(network: Network) -> None:
    client = network.client(OFFICE)
    count = len(load_region("stockholm").vocabularies) + 2  # with the roles and the permissions
    assert f"{count} listor är förslag – ej bekräftade av samordningskansliet" in text_of(client.get("/vocabularies/"))
    assert "Förslag – ej bekräftat av samordningskansliet." in text_of(client.get("/vocabularies/levels/"))
    form = {"seen": last_of(network, "levels")}
    assert client.post("/vocabularies/levels/confirm/", form).status_code == 302
    page = text_of(client.get("/vocabularies/levels/"))
    assert "Förslag – ej bekräftat" not in page
    assert "Bekräftad Kansliet – systemförvaltare" in page
    assert f"{count - 1} listor är förslag" in text_of(client.get("/vocabularies/"))


def test_one_item_is_confirmed_and_the_rest_stay_proposals(network: Network) -> None:
    client = network.client(OFFICE)
    form = {"seen": last_of(network, "rows"), "item": "el"}
    assert client.post("/vocabularies/rows/confirm/", form).status_code == 302
    assert newest(network).confirmed == {"el"}
    assert "1 av 18 poster är bekräftade" in text_of(client.get("/vocabularies/rows/"))


def test_others_see_but_neither_change_nor_confirm(network: Network) -> None:
    client = network.client("nacka-aktorsadministrator")
    page = client.get("/vocabularies/rows/")
    assert page.status_code == 200
    assert "Bekräfta" not in text_of(page).replace("ej bekräftat", "")
    form = {"seen": last_of(network, "rows")}
    acts = ["confirm/", "publish/", "discard/", "take-over/", "import/", "item/"]
    assert [client.post(f"/vocabularies/rows/{act}", form).status_code for act in acts] == [403] * 6
    assert newest(network).confirmed == frozenset()


def test_a_changed_item_is_in_a_working_copy_until_it_is_published_with_a_reason(network: Network) -> None:
    client = network.client(OFFICE)
    assert client.post(f"{ITEM}?code=el", {**EL, "version": "0"}).status_code == 302
    assert newest(network).version == 1
    assert "El och värme" in text_of(client.get("/vocabularies/rows/"))
    assert "El och värme" not in text_of(network.client("nacka-lasare").get("/vocabularies/rows/"))
    look = text_of(client.get("/vocabularies/rows/publish/"))
    assert "Namn på svenska El El och värme" in look
    assert publish(client, network, reason="").status_code == 422
    assert publish(client, network).status_code == 302
    version = newest(network)
    assert version.version == 2
    el = version.item("el")
    assert el is not None
    assert (el["name"], el["sectors"], el["careful"], el["order"]) == ("El och värme", ["energi", "finans"], True, 1)
    assert working_copy(network.lens(OFFICE), "rows") is None
    assert "El och värme" in text_of(network.client("nacka-lasare").get("/vocabularies/rows/"))


def test_versions_are_compared_and_old_ones_stay(network: Network) -> None:
    client = network.client(OFFICE)
    client.post(f"{ITEM}?code=el", {**EL, "version": "0"})
    publish(client, network)
    page = text_of(client.get("/vocabularies/rows/compare/?from=1&to=2"))
    assert "Namn på svenska El El och värme" in page
    old = text_of(client.get("/vocabularies/rows/?version=1"))
    assert "Det här är en äldre version" in old
    assert "El och värme" not in old
    assert client.get("/vocabularies/rows/?version=3").status_code == 404
    assert client.get("/vocabularies/rows/?version=x").status_code == 400
    assert "efter övningen" in text_of(client.get("/spaces/directory/log/?group=vocabulary"))


def test_a_new_item_gets_its_place_and_its_code_is_its_own(network: Network) -> None:
    client = network.client(OFFICE)
    taken = client.post(ITEM, {**EL, "code": "el", "version": "0"})
    assert taken.status_code == 422
    assert "Listan har redan en post med den koden" in text_of(taken)
    odd = client.post(ITEM, {**EL, "code": "<b>", "version": "0"})
    assert odd.status_code == 422
    assert client.post(ITEM, {**EL, "code": "rymd", "name": "Rymd", "order": "2", "version": "0"}).status_code == 302
    copy = working_copy(network.lens(OFFICE), "rows")
    assert copy is not None
    assert [item["code"] for item in copy.items][:3] == ["el", "varme", "rymd"]


def test_an_item_is_taken_out_of_use_and_never_removed(network: Network) -> None:
    client = network.client(OFFICE)
    client.post(f"{ITEM}?code=el", {**EL, "retired": "on", "version": "0"})
    publish(client, network)
    assert newest(network).item("el")["retired"] is True  # type: ignore[index]
    assert "Ur bruk" in text_of(client.get("/vocabularies/rows/"))


@pytest.mark.parametrize(
    ("points", "told"),
    [
        ("[{", "Det här är inte JSON: rad 1"),
        ('[{"code": "x"}]', "1.minute saknas"),
        ('{"a": 1}', "har ett annat slag av värde"),
        ("[1.5]", "decimaler"),
        ('[{"code": "a", "code": "b"}]', "två gånger"),
    ],
)
def test_what_has_parts_is_checked_as_it_is_written(network: Network, points: str, told: str) -> None:
    client = network.client(OFFICE)
    form = {"name": "Ordinarie", "name_en": "Ordinary", "minutes": "30", "level": "verkstallande", "points": points}
    page = client.post("/vocabularies/agendas/item/?code=ordinarie", {**form, "version": "0"})
    assert page.status_code == 422
    assert told in text_of(page)
    assert working_copy(network.lens(OFFICE), "agendas") is None


def test_an_item_saved_unchanged_from_its_form_is_the_same_item(network: Network) -> None:
    """For every list, since nobody must lose a field by opening and saving."""
    client = network.client(OFFICE)
    for version in domain.vocabularies(network.lens(OFFICE).directory):
        item = version.items[0]
        address = f"/vocabularies/{version.code}/item/?code={item['code']}"
        form = client.get(address).context["form"]
        told = {name: form[name].value() for name in form.fields}
        fields = {name: value for name, value in told.items() if value is not None and value is not False}
        values = {name: form.fields[name].prepare_value(value) for name, value in fields.items()}
        response = client.post(address, {**values, "version": "0"})
        assert response.status_code == 302, (version.code, response.status_code, text_of(response)[:800])
        copy = working_copy(network.lens(OFFICE), version.code)
        assert copy is not None
        assert next(each for each in copy.items if each["code"] == item["code"]) == item, version.code


def test_two_colleagues_do_not_overwrite_each_other(network: Network) -> None:
    one, other = network.client(OFFICE), network.client(COLLEAGUE)
    assert one.post(f"{ITEM}?code=el", {**EL, "version": "0"}).status_code == 302
    late = other.post(f"{ITEM}?code=el", {**EL, "name": "Kraft", "version": "0"})
    assert late.status_code == 409
    assert "En kollega har sparat ett nyare utkast" in text_of(late)
    copy = working_copy(network.lens(OFFICE), "rows")
    assert copy is not None
    assert other.post(f"{ITEM}?code=el", {**EL, "name": "Kraft", "version": str(copy.version)}).status_code == 302


def test_a_version_published_meanwhile_is_taken_over_first(network: Network) -> None:
    client = network.client(OFFICE)
    client.post(f"{ITEM}?code=el", {**EL, "version": "0"})
    items = [dict(item) for item in newest(network).items]
    items[1]["name"] = "Värme"
    payload = {"code": "rows", "name": "Verksamheter", "name_en": "Rows", "items": items, "reason": "annan"}
    network.write(COLLEAGUE, Draft("vocabulary.published", "directory", "rows", payload))
    assert publish(client, network).status_code == 409
    assert "Hämta in den" in text_of(client.get("/vocabularies/rows/publish/"))
    assert client.post("/vocabularies/rows/take-over/").status_code == 302
    assert publish(client, network).status_code == 302
    version = newest(network)
    assert version.version == 3
    assert [item["name"] for item in version.items[:2]] == ["El och värme", "Värme"]


def test_changes_can_be_thrown_away(network: Network) -> None:
    client = network.client(OFFICE)
    client.post(f"{ITEM}?code=el", {**EL, "version": "0"})
    assert client.post("/vocabularies/rows/discard/").status_code == 302
    assert working_copy(network.lens(OFFICE), "rows") is None
    assert client.get("/vocabularies/rows/publish/").status_code == 302


def test_every_list_comes_out_as_a_table_and_in_again_unchanged(network: Network) -> None:
    client = network.client(OFFICE)
    for version in domain.vocabularies(network.lens(OFFICE).directory):
        rows = exported(client, version.code)
        response = client.post(f"/vocabularies/{version.code}/import/", {"file": table(rows)})
        assert response.status_code == 302, (version.code, text_of(response)[:600])
        copy = working_copy(network.lens(OFFICE), version.code)
        assert copy is not None
        assert list(copy.items) == list(version.items), version.code


@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_a_changed_table_is_looked_at_before_it_is_published(network: Network, sign: str) -> None:
    client = network.client(OFFICE)
    rows = exported(client)
    name = rows[0].index("name")
    rows[1][name] = "Handläggande nivå"
    rows.append(["ny", *["" for _ in rows[0][1:]]])
    rows[-1][name], rows[-1][name + 1], rows[-1][rows[0].index("order")] = "Ny nivå", "New level", "4"
    response = client.post("/vocabularies/levels/import/", {"file": table(rows, sign)})
    assert (response.status_code, response["Location"]) == (302, "/vocabularies/levels/publish/")
    page = text_of(client.get("/vocabularies/levels/publish/"))
    assert "Handläggande nivå" in page
    assert "Ny nivå" in page
    assert newest(network, "levels").version == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda rows: rows.pop(), "Poster tas aldrig bort, bara ur bruk"),
        (lambda rows: rows.append(list(rows[1])), "Rad 6: Koden står redan på en annan rad"),
        (lambda rows: rows[1].__setitem__(0, ""), "Rad 3: Koden saknas"),
        (lambda rows: rows[1].__setitem__(rows[0].index("order"), "ett"), "order: går inte att läsa: ett"),
        (lambda rows: rows[0].append("farg"), "Kolumnen farg finns inte"),
        (lambda rows: rows[2].__setitem__(rows[0].index("name"), " "), "Rad 4"),
        (lambda rows: rows[0].__setitem__(0, "kod"), "rubrikrad med kolumnen code"),
    ],
)
def test_faults_of_a_table_are_told_by_line_and_nothing_is_brought_in(network: Network, change: Any, told: str) -> None:
    client = network.client(OFFICE)
    rows = exported(client)
    change(rows)
    page = client.post("/vocabularies/levels/import/", {"file": table(rows)})
    assert page.status_code == 422
    assert told in text_of(page)
    assert working_copy(network.lens(OFFICE), "levels") is None


@pytest.mark.parametrize("body", [b"\x00\x01\x02;code", b"", b"%PDF-1.7", b"code;name\n" + b"x" * 6_000_000])
def test_what_is_no_table_is_refused_in_words(network: Network, body: bytes) -> None:
    client = network.client(OFFICE)
    file = SimpleUploadedFile("x.csv", body, "text/csv")
    page = client.post("/vocabularies/levels/import/", {"file": file})
    assert page.status_code == 422
    assert working_copy(network.lens(OFFICE), "levels") is None


def test_a_table_runs_nothing_and_what_it_guards_comes_back(network: Network) -> None:
    client = network.client(OFFICE)
    client.post(f"{ITEM}?code=el", {**EL, "name": "=1+1", "include": "-2 grader", "version": "0"})
    publish(client, network)
    rows = exported(client, "rows")
    el = next(row for row in rows if row[0] == "el")
    assert el[1] == "'=1+1"
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    assert client.post("/vocabularies/rows/import/", {"file": table(rows)}).status_code == 302
    copy = working_copy(network.lens(OFFICE), "rows")
    assert copy is not None
    assert (copy.items[0]["name"], copy.items[0]["include"]) == ("=1+1", "-2 grader")


def test_a_list_says_in_which_spaces_a_version_is_used(network: Network) -> None:
    space = network.open_incident("Översvämning")
    client = network.client(OFFICE)
    client.post(f"{ITEM}?code=el", {**EL, "version": "0"})
    publish(client, network)
    assert "Översvämning version 1" in text_of(client.get("/vocabularies/rows/"))
    hidden = network.open_sub_space(space, "nacka-tib")
    assert hidden not in client.get("/vocabularies/rows/").content.decode()


def test_there_is_no_such_list(network: Network) -> None:
    client = network.client(OFFICE)
    for address in ("/vocabularies/finnsej/", "/vocabularies/nacka/", "/vocabularies/finnsej/table.csv"):
        assert client.get(address).status_code == 404
    assert client.get("/vocabularies/rows/item/?code=finnsej").status_code == 404
