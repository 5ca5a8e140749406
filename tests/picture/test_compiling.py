"""Compiling by full requests, without scripts: choose, write, preview, publish, read."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import now_ms
from gemensam.picture.compile_draft import Chosen
from gemensam.web import times
from tests.network import Network, build
from tests.picture.scene import HOUR, MINUTE, cell, publish, publish_picture, report, section

COMPILER = "lansstyrelsen-lagesbildsansvarig"
RSIB = "lansstyrelsen-rsib"  # may compile, not publish


@pytest.fixture
def network(database_with: Callable[..., Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


@pytest.fixture
def client(network: Network) -> Client:
    return network.client(COMPILER)


def form(**more: Any) -> dict[str, Any]:
    return {"stated_at": times.iso(now_ms() - MINUTE), "valid_until": "", "next_at": "", "follows": "", **more}


def press(client: Client, space: str, status: int = 200, **more: Any) -> str:
    """Post the workbench as a browser without scripts does, and return the page that follows."""
    answer = client.post(f"/spaces/{space}/compile/", form(**opened(client, space), **more), follow=True)
    assert answer.status_code == status, answer.content.decode()[:3_000]
    return str(answer.content.decode())


def opened(client: Client, space: str) -> dict[str, str]:
    """What the form says that it was opened on, by a browser that has just opened it."""
    return {"draft_version": field(client.get(f"/spaces/{space}/compile/").content.decode(), "draft_version")}


def choice(said: Receipt, part: str, heading: str = "konsekvenser") -> str:
    return Chosen(heading, said.subject, said.digest, part).as_text()


def in_draft(page: str) -> list[str]:
    """What a page of the workbench has chosen, in order."""
    return [unescape(value) for value in re.findall(r'name="chosen" value="([^"]*)"', page)]


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found.group(1)


def publish_draft(client: Client, space: str, preview: str, **more: Any) -> Any:
    posted = {name: field(preview, name) for name in ("circle", "version", "key")}
    return client.post(f"/spaces/{space}/compile/publish/", {**posted, **more}, follow=True)


@pytest.fixture
def said(network: Network, space: str) -> Receipt:
    content = report(
        now_ms(), cell("el", "allvarlig", "Halva Boo är utan ström"), cell("vag", "ingen"),
        needs=[{"what": "Reservkraftverk", "amount": "2 st", "place": "Kommunhuset"}], done=["Krisledning i gång"],
    )  # fmt: skip
    return publish(network, "nacka-tib", space, content)


def test_a_chosen_statement_is_published_with_its_member_and_report(space: str, client: Client, said: Receipt) -> None:
    page = press(client, space, add=choice(said, "cell:el"))
    assert in_draft(page) == [choice(said, "cell:el")]
    texts: Any = {"text:sammanfattning": "Snö och avbrott.", "text:bedomning": "Troligen till i morgon."}
    page = press(client, space, chosen=in_draft(page), preview="1", **texts)
    assert "Inte publicerad ännu." in page
    assert "Snö och avbrott." in page
    answer = publish_draft(client, space, page)
    assert answer.redirect_chain[-1][0] == f"/spaces/{space}/pictures/1/"
    page = answer.content.decode()
    assert "Halva Boo är utan ström" in page
    assert "sammanställarens bedömning" in page
    assert f"/spaces/{space}/reports/{said.subject}/" in page
    assert "Samlad lägesbild nr 1 är publicerad." in page


def test_a_published_draft_is_gone(space: str, client: Client, said: Receipt) -> None:
    page = press(client, space, chosen=[choice(said, "cell:el")], preview="1")
    publish_draft(client, space, page)
    assert in_draft(client.get(f"/spaces/{space}/compile/").content.decode()) == []


def test_the_exact_list_of_readers_is_shown_before_publishing(space: str, client: Client, said: Receipt) -> None:
    page = press(client, space, chosen=[choice(said, "cell:el")], preview="1")
    assert "Norrtälje kommun" in page.split('class="readers"')[1]


def test_what_says_nothing_is_not_offered_and_needs_and_measures_are(space: str, client: Client, said: Receipt) -> None:
    page = client.get(f"/spaces/{space}/compile/").content.decode()
    assert "Reservkraftverk (2 st, Kommunhuset)" in page
    assert "Krisledning i gång" in page
    assert choice(said, "cell:vag") not in unescape(page)


def test_the_order_under_a_heading_is_the_compilers(
    network: Network, space: str, client: Client, said: Receipt
) -> None:
    other = publish(network, "solna-tib", space, report(now_ms(), cell("el", "mattlig", "Blinkar")))
    both = [choice(said, "cell:el"), choice(other, "cell:el")]
    assert in_draft(press(client, space, chosen=both, down="0")) == both[::-1]
    assert in_draft(press(client, space, chosen=both, up="1")) == both[::-1]
    assert in_draft(press(client, space, chosen=both, up="0")) == both
    assert in_draft(press(client, space, chosen=both, remove="0")) == both[1:]
    assert in_draft(press(client, space, chosen=both, add=both[0])) == both


def test_a_sentence_of_ones_own_becomes_a_statement_when_published(
    network: Network, space: str, client: Client
) -> None:
    sentence: Any = {
        "sentence_text": "Två olyckor på E4", "sentence_heading": "handelsen", "sentence_type": "fakta",
        "sentence_source": "annan_aktor", "sentence_source_text": "Polisen", "sentence_via": "telefon",
    }  # fmt: skip
    page = press(client, space, add_sentence="1", **sentence)
    assert "Två olyckor på E4" in page
    assert network.lens(COMPILER).state(space).group("statements") == ()
    page = press(client, space, chosen=in_draft(page), preview="1")
    assert "Två olyckor på E4" in page
    page = publish_draft(client, space, page).content.decode()
    assert "Två olyckor på E4" in page
    (statement,) = network.lens(COMPILER).state(space).group("statements")
    assert (statement.organisation, statement.data.via) == ("lansstyrelsen", "telefon")


def test_a_sentence_without_words_is_refused_and_what_was_written_stays(space: str, client: Client) -> None:
    page = press(client, space, 422, add_sentence="1", **{"text:gapet": "Långt kvar"})
    assert "Långt kvar" in page


def test_beginning_from_the_latest_takes_what_stands_as_it_is_said_now(
    network: Network, space: str, client: Client, said: Receipt
) -> None:
    first = [{"subject": said.subject, "entry": said.digest, "part": part} for part in ("cell:el", "need:0")]
    publish_picture(network, space, now_ms(), section("konsekvenser", *first, text="Som i går."))
    newer = publish(network, "nacka-tib", space, report(now_ms(), cell("el", "ingen", "Strömmen är tillbaka")))
    page = press(client, space, from_latest="1")
    assert choice(newer, "cell:el") in in_draft(page)
    assert "Som i går." in page
    assert field(page, "follows") == "1"


def test_a_corrected_statement_is_told_and_renewed_with_a_press(
    network: Network, space: str, client: Client, said: Receipt
) -> None:
    press(client, space, chosen=[choice(said, "cell:el")], save="1")
    correction = network.write(
        "nacka-tib",
        Draft("report.corrected", space, said.subject, report(now_ms(), cell("el", "ingen", "Strömmen är tillbaka"))),
    )[0]
    page = client.get(f"/spaces/{space}/compile/").content.decode()
    assert "Aktören har rättat detta sedan du valde det." in page
    refused = press(client, space, 409, chosen=in_draft(page), preview="1")
    assert "har ändrat en vald uppgift" in refused
    page = press(client, space, chosen=in_draft(page), renew="0")
    assert in_draft(page) == [choice(correction, "cell:el")]


def test_what_a_narrower_circle_says_is_shown_apart_and_cannot_be_chosen(
    network: Network, space: str, client: Client
) -> None:
    narrower = network.open_sub_space(space, COMPILER, "nacka-tib")
    secret = publish(network, "nacka-tib", narrower, report(now_ms(), cell("el", "kritisk", "Skyddsvärt objekt")))
    page = client.get(f"/spaces/{space}/compile/").content.decode()
    assert "Skyddsvärt objekt" in page.split("narrower-items")[1]
    assert secret.digest not in page
    refused = press(client, space, 422, chosen=[choice(secret, "cell:el")], preview="1")
    assert "En vald uppgift finns inte på den här ytan." in refused


def test_a_draft_is_kept_as_one_writes_and_belongs_to_the_organisation(
    network: Network, space: str, client: Client
) -> None:
    kept = client.post(f"/spaces/{space}/compile/draft/", form(**{"text:gapet": "Halvfärdigt"}))
    assert kept.status_code == 204
    assert "Halvfärdigt" in network.client(RSIB).get(f"/spaces/{space}/compile/").content.decode()
    elsewhere = network.client("kansliet-strateg").get(f"/spaces/{space}/compile/").content.decode()
    assert "Halvfärdigt" not in elsewhere


def test_a_draft_that_changed_after_its_preview_is_not_published(
    network: Network, space: str, client: Client, said: Receipt
) -> None:
    page = press(client, space, chosen=[choice(said, "cell:el")], preview="1")
    colleague = form(**opened(client, space), **{"text:gapet": "Kollegan skrev"})
    assert client.post(f"/spaces/{space}/compile/draft/", colleague).status_code == 204
    answer = publish_draft(client, space, page)
    assert answer.status_code == 409
    assert network.lens(COMPILER).state(space).group("pictures") == ()


def test_pressing_publish_twice_gives_one_picture(network: Network, space: str, client: Client, said: Receipt) -> None:
    page = press(client, space, chosen=[choice(said, "cell:el")], preview="1")
    publish_draft(client, space, page)
    publish_draft(client, space, page)
    assert len(network.lens(COMPILER).state(space).group("pictures")) == 1


def test_who_may_compile_but_not_publish_is_told_and_refused(network: Network, space: str, said: Receipt) -> None:
    client = network.client(RSIB)
    page = press(client, space, chosen=[choice(said, "cell:el")], preview="1")
    assert "får sammanställa men inte publicera" in page
    assert publish_draft(client, space, page).status_code == 403
    assert network.client("nacka-tib").get(f"/spaces/{space}/compile/").status_code == 403


@pytest.mark.parametrize(
    ("posted", "status"),
    [
        ({"chosen": "{", "save": "1"}, 400),
        ({"chosen": '["a","b"]', "save": "1"}, 400),
        ({"chosen": '["a",{"text":" "}]', "save": "1"}, 400),
        ({"chosen": '[1,2,3,4]', "save": "1"}, 400),
        ({"remove": "0"}, 400),
        ({"up": "minus ett"}, 400),
        ({"renew": "7"}, 400),
        ({"stated_at": "i förrgår kväll"}, 400),
        ({"text:gapet": "x" * 10_001}, 422),
        ({"from_latest": "1"}, 422),
        ({"preview": "1"}, 422),
        ({"preview": "1", "stated_at": ""}, 422),
    ],
)  # fmt: skip
def test_bad_input_is_refused_in_words_and_writes_nothing(
    network: Network, space: str, client: Client, posted: Any, status: int
) -> None:
    position = network.lens(COMPILER).state(space).position
    page = press(client, space, status, **posted)
    assert "notice danger" in page
    assert network.lens(COMPILER).state(space).position == position


def test_nothing_is_compiled_in_the_past(space: str, client: Client) -> None:
    past = times.iso(now_ms() - HOUR).replace("+", "%2B")
    assert client.post(f"/spaces/{space}/compile/?knew_at={past}", form(save="1")).status_code == 409


# Several who compile at once -----------------------------------------------------------------------------------


def keep(client: Client, space: str, status: int, **more: Any) -> Any:
    answer = client.post(f"/spaces/{space}/compile/draft/", form(**more))
    assert answer.status_code == status
    return answer


def test_a_second_compiler_does_not_write_over_the_first(network: Network, space: str, client: Client) -> None:
    gap: Any = {"text:gapet": "Den förstas."}
    saved = keep(client, space, 204, writer="one", draft_version="0", **gap)
    other: Any = {"text:gapet": "Den andras."}
    refused = keep(network.client(RSIB), space, 409, writer="two", draft_version="0", **other)
    assert refused.json()["version"] == 1
    assert "lägesbildsansvarig sparade utkastet" in refused.json()["text"]
    assert "Den förstas." in client.get(f"/spaces/{space}/compile/").content.decode()
    assert saved["X-Draft-Version"] == "1"
    keep(network.client(RSIB), space, 204, writer="two", draft_version="1", **other)  # having seen it
    assert "Den andras." in client.get(f"/spaces/{space}/compile/").content.decode()


def test_the_same_open_form_saves_again_and_the_same_words_move_nothing(space: str, client: Client) -> None:
    gap: Any = {"text:gapet": "Ett."}
    fields = form(**gap)
    for writer in ("one", "one", "two"):
        posted = {**fields, "writer": writer, "draft_version": "0"}
        assert client.post(f"/spaces/{space}/compile/draft/", posted).status_code == 204


@pytest.mark.parametrize("act", ["save", "preview", "add_sentence"])
def test_a_press_on_an_older_draft_shows_both_and_the_next_keeps_ones_own(
    network: Network, space: str, client: Client, act: str
) -> None:
    before = opened(client, space)
    gap: Any = {"text:gapet": "Den förstas."}
    press(network.client(RSIB), space, save="1", **gap)
    mine: Any = {"text:gapet": "Den andras.", act: "1", "sentence_text": "Två olyckor", "sentence_heading": "handelsen"}
    posted = form(**before, **mine)
    refused = client.post(f"/spaces/{space}/compile/", posted)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "RSIB sparade utkastet" in page
    assert "Den förstas." in page
    assert 'maxlength="10000" aria-describedby="help-gapet">Den andras.</textarea>' in page
    assert "Den förstas." in client.get(f"/spaces/{space}/compile/").content.decode()
    posted["draft_version"] = field(page, "draft_version")
    del posted[act]
    client.post(f"/spaces/{space}/compile/", {**posted, "save": "1"})
    assert "Den andras." in client.get(f"/spaces/{space}/compile/").content.decode()


# Published pictures --------------------------------------------------------------------------------------------


def test_a_picture_is_read_by_number_with_neighbours_document_and_table(
    network: Network, space: str, client: Client, said: Receipt
) -> None:
    copied = {"subject": said.subject, "entry": said.digest, "part": "cell:el"}
    publish_picture(network, space, now_ms(), section("konsekvenser", copied))
    publish_picture(network, space, now_ms(), section("sammanfattning", text="Lugnare"))
    page = client.get(f"/spaces/{space}/pictures/1/").content.decode()
    assert "Det finns en nyare lägesbild:" in page
    assert said.digest not in client.get(f"/spaces/{space}/pictures/2/").content.decode()
    assert "Uppgifter som inte längre är med" in client.get(f"/spaces/{space}/pictures/2/").content.decode()
    pdf = client.get(f"/spaces/{space}/pictures/1.pdf")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert "Allvarlig påverkan" in b"".join(client.get(f"/spaces/{space}/pictures/1.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert client.get(f"/spaces/{space}/pictures/3/").status_code == 404
    assert client.get(f"/spaces/{space}/pictures/").content.decode().count("<tr data-key") == 2


def test_the_past_knows_only_the_pictures_of_its_time(network: Network, space: str, client: Client) -> None:
    before = times.iso(now_ms() - 1000).replace("+", "%2B")
    publish_picture(network, space, now_ms(), section("sammanfattning", text="Läget"))
    assert client.get(f"/spaces/{space}/pictures/1/?happened_by={before}").status_code == 404
    assert client.get(f"/spaces/{space}/pictures/1/").status_code == 200


def test_a_picture_is_taken_back_with_a_reason_and_stays_readable(network: Network, space: str, client: Client) -> None:
    publish_picture(network, space, now_ms(), section("sammanfattning", text="Läget"))
    answer = client.post(f"/spaces/{space}/pictures/1/withdraw/", {"reason": "Fel händelse"}, follow=True)
    page = answer.content.decode()
    assert "Lägesbilden är återkallad av den som publicerade den." in page
    assert "Fel händelse" in page
    assert "Läget" in page
    assert client.post(f"/spaces/{space}/pictures/1/withdraw/", {"reason": "Igen"}).status_code in (409, 422)


def test_the_takt_is_set_with_a_reason_and_stands_in_the_header(network: Network, space: str) -> None:
    client = network.client("lansstyrelsen-tib")
    at = times.iso(now_ms() + HOUR)
    refused = client.post(f"/spaces/{space}/cadence/", {"code": "akut", "reason": "", "anchor_at": at})
    assert refused.status_code == 422
    answer = client.post(
        f"/spaces/{space}/cadence/", {"code": "akut", "reason": "Snöoväder", "anchor_at": at}, follow=True
    )
    assert "Takt: Akut" in answer.content.decode()
    assert client.post(f"/spaces/{space}/cadence/", {"code": "hets", "reason": "x"}).status_code == 422


def test_the_next_picture_is_to_do_for_those_who_publish_it(network: Network, space: str, client: Client) -> None:
    takt = {"code": "akut", "reason": "Snöoväder", "anchor_at": times.iso(now_ms() + 5 * MINUTE)}
    network.client("lansstyrelsen-tib").post(f"/spaces/{space}/cadence/", takt)
    assert f"/spaces/{space}/compile/" in client.get("/").content.decode()
    assert f"/spaces/{space}/compile/" not in network.client("nacka-tib").get("/").content.decode()
    publish_picture(network, space, now_ms(), section("sammanfattning", text="Läget"))
    assert f"/spaces/{space}/compile/" not in client.get("/").content.decode()


def test_the_workbench_shows_the_worst_and_folds_the_rest_of_a_heading(network: Network, space: str) -> None:
    rows = ("el", "varme", "drivmedel", "dricksvatten", "avlopp_avfall", "tele_internet", "it", "vag")
    cells = [cell(row, "kritisk" if row == "vag" else "mattlig", f"Läget för {row}") for row in rows]
    publish(network, "nacka-tib", space, report(now_ms(), *cells))
    page = network.client(COMPILER).get(f"/spaces/{space}/compile/").content.decode()
    shown, _, folded = page.partition('<details class="more-offers"')
    assert "Läget för vag" in shown
    assert shown.count("Läget för") == 6
    assert folded.count("Läget för") == 2
    assert re.search(r"<summary>2 till", folded)
