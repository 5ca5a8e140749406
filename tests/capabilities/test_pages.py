"""The pages: what each reader sees, what is refused with words, and what a page of the past offers."""

import re
from typing import Any

import pytest
from django.test import Client

from gemensam.capabilities import commands
from gemensam.capabilities.queries import get_own
from gemensam.ledger.append import now_ms
from gemensam.web.times import iso
from tests.capabilities.acting import OFFICE, PROVEN, a_period, a_round, assessed, begun
from tests.network import Network

pytestmark = pytest.mark.database
NACKA, TABY = "nacka-tib", "taby-tib"
PAGES = ("", "list/", "summary/", "development/", "rounds/", "members/nacka/", "1.1/", "summary/?group=kommun")
TABLES = ("summary.csv", "development.csv")


def client(network: Network, function: str) -> Client:
    return network.client(function, headers={"accept-language": "sv"})


def text(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(body.decode())


def form(**given: str) -> dict[str, str]:
    return {"level": "2", "shared_as": "niva_kansliet", "reason": "", "act": "next", **given}


@pytest.fixture
def period(network: Network) -> str:
    return a_period(network)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_stands_empty_and_filled_and_in_the_past(network: Network, period: str, path: str) -> None:
    base, reader = f"/spaces/{period}/capabilities/", client(network, TABY)
    assert reader.get(base + path).status_code == 200
    assessed(network, period, NACKA, **PROVEN, shared_as="niva_motivering_alla", measure="Öva", tells_measure=True)
    a_round(network, period)
    for query in ("", f"knew_at={iso(now_ms())}".replace("+", "%2B")):
        joined = "&" if "?" in path else "?"
        answer = reader.get(base + path + (joined + query if query else ""))
        assert answer.status_code == 200
        assert 'method="post"' not in text(answer).partition("<main")[2].partition("</main>")[0]


def test_a_space_that_is_no_period_has_no_such_pages(network: Network) -> None:
    incident = network.open_incident()
    for path in (*PAGES, "own/", "own/1.1/"):
        assert client(network, NACKA).get(f"/spaces/{incident}/capabilities/{path}").status_code == 404


def test_one_goes_through_all_one_at_a_time(network: Network, period: str) -> None:
    one, base = client(network, NACKA), f"/spaces/{period}/capabilities/own/"
    assert "Öppna vår krets och börja" in text(one.get(base))
    assert one.get(base + "1.1/").headers["Location"] == base
    at = one.post(base + "open/").headers["Location"]
    for step in range(23):
        assert f"{step + 1} av 23, {step} bedömda" in text(one.get(at))
        at = one.post(at, form()).headers["Location"]
    assert at == base
    page = text(one.get(base))
    assert "23 av 23 är bedömda." in page and "Fortsätt med" not in page
    assert text(client(network, TABY).get(f"/spaces/{period}/capabilities/")).count("2 Påbörjad</span>") <= 2


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"level": "3"}, "Nivå 3 kräver bevis med datum"),
        ({"level": "ej", "reason": "", "proof": "Vi vet vad som får delas."}, "varför den inte berör er"),
        ({"level": ""}, "Nivå"),
        ({"level": "9"}, "9"),
        ({"level": "3", "proof": "Prov", "proven_on": "x"}, "Bevisets datum"),
        ({"level": "3", "proof": "Prov", "proven_on": "2099-01-01"}, "har inte hänt ännu"),
        ({"measure_due": "2027-01-01"}, "Skriv vad ni planerar"),
    ],
)
def test_a_refused_form_keeps_what_was_typed_and_says_what_to_do(
    network: Network, period: str, given: dict[str, str], words: str
) -> None:
    own = begun(network, period, NACKA)
    before = network.lens(NACKA).state(own).position
    answer = client(network, NACKA).post(
        f"/spaces/{period}/capabilities/own/2.3/", form(**{"reason": "Vi vet vad som får delas.", **given})
    )
    assert answer.status_code == 422
    assert words in text(answer)
    assert "Vi vet vad som får delas." in text(answer)
    assert network.lens(NACKA).state(own).position == before


def test_a_colleague_who_saved_meanwhile_is_shown_and_nothing_is_overwritten(network: Network, period: str) -> None:
    seen = assessed(network, period, NACKA).digest
    url = f"/spaces/{period}/capabilities/own/1.1/"
    assert client(network, NACKA).post(url, form(seen=seen, level="1")).status_code == 302
    answer = client(network, NACKA).post(url, form(seen=seen, reason="Min text"))
    assert answer.status_code == 409
    assert "Min text" in text(answer) and "1 Saknas" in text(answer)


def test_a_draft_is_the_organisations_and_becomes_the_form(network: Network, period: str) -> None:
    begun(network, period, NACKA)
    url = f"/spaces/{period}/capabilities/own/1.1/"
    saved = client(network, NACKA).post(url + "draft/", {"reason": "Halvskriven", "draft_version": "0", "level": "3"})
    assert (saved.status_code, saved.headers["X-Draft-Version"]) == (204, "1")
    page = text(client(network, "nacka-sakerhetschef").get(url))
    assert "Halvskriven" in page and re.search(r'value="3"[^>]*checked', page)
    assert client(network, NACKA).post(url + "draft/", {"reason": "B", "draft_version": "7"}).status_code == 409
    assert client(network, NACKA).post(url, form()).status_code == 302
    assert "Halvskriven" not in text(client(network, NACKA).get(url))


def test_who_may_only_read_sees_its_own_and_has_no_button(network: Network, period: str) -> None:
    assessed(network, period, NACKA, reason="Bara för oss")
    base, reader = f"/spaces/{period}/capabilities/own/", client(network, "nacka-lasare")
    for path in ("", "1.1/"):
        page = text(reader.get(base + path)).partition("<main")[2].partition("</main>")[0]
        assert "2 Påbörjad" in page and 'method="post"' not in page
    assert reader.post(base + "1.1/", form()).status_code == 403
    for path in ("open/", "bring/", "answer/", "1.1/draft/", "1.1/confirm/"):
        assert reader.post(base + path).status_code == 403
    assert client(network, OFFICE).get(base).status_code == 403


def test_others_see_what_is_shared_and_which_kind_of_nothing_the_rest_is(network: Network, period: str) -> None:
    assessed(network, period, NACKA, "1.1", **PROVEN, shared_as="niva_alla")
    assessed(network, period, NACKA, "1.2", shared_as="niva_kansliet")
    cells = f"/spaces/{period}/capabilities/members/nacka/"
    page = text(client(network, TABY).get(cells))
    assert page.count("Ej bedömd") == 22 and "3 Finns" in page
    subject = a_round(network, period)
    commands.answer_round(network.lens(NACKA), period, subject)
    page = text(client(network, TABY).get(cells))
    assert page.count("Ej delad") == 22 and "Ej bedömd" not in page


def test_an_old_proof_is_shown_as_three_unproven(network: Network, period: str) -> None:
    assessed(network, period, NACKA, level="4", proof="Övning", proven_on="2020-01-01", shared_as="niva_alla")
    assert "3 Finns, obelagd" in text(client(network, TABY).get(f"/spaces/{period}/capabilities/1.1/"))
    assert "3 Finns, obelagd" in text(client(network, TABY).get(f"/spaces/{period}/capabilities.csv"))


def test_the_offices_page_is_the_offices(network: Network, period: str) -> None:
    for who in (NACKA, TABY, "solna-tib"):
        assessed(network, period, who, shared_as="niva_kansliet")
    base = f"/spaces/{period}/capabilities/office/"
    office = client(network, OFFICE)
    page = text(office.get(base))
    assert page.count("2 Påbörjad</span></td>") == 3
    assert "Läses bara av kansliet." in page
    withheld = "färre än 5 aktörer skulle kunna urskiljas"
    assert withheld in text(office.get(base + "summary/"))
    assert withheld in text(office.get(base + "summary.csv"))
    assert "lämnas inte vidare" in text(office.get(base + "table.csv")).splitlines()[0]
    for path in ("", "summary/", "summary.csv", "table.csv"):
        assert client(network, NACKA).get(base + path).status_code == 403
    assert "2 Påbörjad</span></td>" not in text(office.get(f"/spaces/{period}/capabilities/"))


def test_a_round_stands_on_the_start_pages_until_it_is_answered(network: Network, period: str) -> None:
    office, one = client(network, OFFICE), client(network, NACKA)
    base = f"/spaces/{period}/capabilities/"
    sent = {"title": "Självskattning våren", "due_on": "2030-05-31", "text": "Börja med 1.1.", "key": "k"}
    made = office.post(base + "rounds/new/", sent).headers["Location"]
    assert office.post(base + "rounds/new/", sent).headers["Location"] == made
    assert "Självskattning våren" in text(one.get("/"))
    assert "37 medlemmar har inte svarat" in text(office.get("/"))
    begun(network, period, NACKA)
    assert one.post(base + "own/answer/").status_code == 302
    assert "Självskattning våren" not in text(one.get("/"))
    assert "36 medlemmar har inte svarat" in text(office.get("/"))
    assert "1 av 37 har svarat" in text(client(network, TABY).get(made))
    assert office.post(made + "change/", {**sent, "due_on": ""}).status_code == 422
    assert one.post(made + "close/").status_code == 403
    assert office.post(made + "close/").status_code == 302
    assert "har inte svarat" not in text(office.get("/"))
    assert "Ej delad" in text(client(network, TABY).get(base + "members/nacka/"))


def test_unchanged_is_one_press(network: Network, period: str) -> None:
    seen = assessed(network, period, NACKA, shared_as="niva_alla").digest
    answer = client(network, NACKA).post(
        f"/spaces/{period}/capabilities/own/1.1/confirm/", {"seen": seen, "act": "next"}
    )
    assert answer.headers["Location"].endswith("/own/1.2/")
    data = get_own(network.lens(NACKA), period).data("1.1")
    assert data is not None and data.confirmed_at > 0


def test_a_page_of_the_past_refuses_to_write(network: Network, period: str) -> None:
    assessed(network, period, NACKA)
    past = f"?knew_at={iso(now_ms())}".replace("+", "%2B")
    answer = client(network, NACKA).post(f"/spaces/{period}/capabilities/own/1.1/{past}", form())
    assert answer.status_code in (409, 422)


def test_the_list_goes_out_as_a_table_and_comes_in_as_a_new_version(network: Network, period: str) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    office = client(network, OFFICE)
    table = text(office.get("/vocabularies/capabilities/table.csv"))
    changed = table.replace("Nåbar dygnet runt", "Alltid nåbar").encode()
    answer = office.post("/vocabularies/capabilities/import/", {"file": SimpleUploadedFile("lista.csv", changed)})
    page = text(office.get(answer.headers["Location"]))
    assert "Alltid nåbar" in page and "Nåbar dygnet runt" in page
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    sent = {"reason": "Den riktiga listan", "version": version[1]}
    assert office.post(answer.headers["Location"], sent).status_code == 302
    older, newer = text(office.get(f"/spaces/{period}/capabilities/1.1/")), a_period(network, 2027, 2030)
    assert "Nåbar dygnet runt" in older, "a period keeps the version that it began with"
    assert "Alltid nåbar" in text(office.get(f"/spaces/{newer}/capabilities/1.1/"))


def test_a_circle_of_a_period_is_no_place_of_crises(network: Network, period: str) -> None:
    own, one = begun(network, period, NACKA, "Vår egen krets"), client(network, NACKA)
    assert "Vår egen krets" not in text(one.get("/")), "what goes on is not the circles of a period"
    assert "Vår egen krets" in text(one.get("/spaces/"))
    page = one.get(f"/spaces/{own}/", follow=True)
    assert page.redirect_chain[-1][0] == f"/spaces/{own}/log/"
    assert f"/spaces/{own}/report/" not in text(page) and f"/spaces/{own}/picture/" not in text(page)


def test_the_log_says_what_was_assessed_and_leads_there(network: Network, period: str) -> None:
    own = begun(network, period, NACKA)
    assessed(network, period, NACKA, shared_as="niva_alla")
    page = text(client(network, NACKA).get(f"/spaces/{own}/log/"))
    assert "1.1 Nåbar dygnet runt: 2 Påbörjad" in page and f"/spaces/{period}/capabilities/own/1.1/" in page
    page = text(client(network, TABY).get(f"/spaces/{period}/log/"))
    assert "Nivå delad: 1.1 Nåbar dygnet runt: 2 Påbörjad" in page and f"/spaces/{period}/capabilities/1.1/" in page
