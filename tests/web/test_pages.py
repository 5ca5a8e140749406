"""The room's own pages: start, spaces, choices, and the frame around every page of a space."""

import pytest
from django.test import Client

from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.delivery import heartbeat, worker
from gemensam.web import spaces, start, times, warnings
from gemensam.web.page import parse_moment
from tests.network import Network

NOW = times.parse("2026-11-20T16:00:00")


def test_the_start_page_shows_what_goes_on_and_what_there_is_to_do(
    network: Network, nacka: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = network.open_incident("Snöoväder med elavbrott")
    todos = [
        start.Todo("Odaterat", "Gör", "/c"),
        start.Todo("Senare", "Gör", "/b", due_at=NOW + times.DAY * 4000),
        start.Todo("Lägesrapport begärd", "Svara", "/a", due_at=NOW - times.HOUR),
    ]
    monkeypatch.setattr(start, "TODO_PROVIDERS", [lambda lens: todos[:1], lambda lens: todos[1:]])
    page = nacka.get("/").content.decode()
    assert page.index("Lägesrapport begärd") < page.index("Senare") < page.index("Odaterat")
    assert "Försenad sedan" in page
    assert f'<a href="/spaces/{space}/"><strong>Snöoväder med elavbrott</strong></a>' in page


def test_spaces_of_narrower_circles_are_listed_for_their_readers_only(network: Network, nacka: Client) -> None:
    network.open_sub_space(network.open_incident(), "polisen-vb")
    assert "Mindre krets" not in nacka.get("/spaces/").content.decode()
    polisen = network.client("polisen-vb", HTTP_ACCEPT_LANGUAGE="sv")
    assert "Mindre krets" in polisen.get("/spaces/").content.decode()


def test_a_space_leads_to_its_picture_and_keeps_the_moment(nacka: Client) -> None:
    answer = nacka.get("/spaces/standing/?knew_at=2025-11-20T15:08")
    assert answer["Location"] == "/spaces/standing/picture/?knew_at=2025-11-20T15%3A08%3A00%2B01%3A00"
    assert nacka.get("/spaces/directory/")["Location"] == "/directory/"


def test_a_page_of_the_past_says_so_and_offers_no_writing(network: Network, nacka: Client) -> None:
    space = network.open_incident()
    when = times.field(network.lens("nacka-tib").now, "sv")
    present = nacka.get(f"/t/{space}/reporting/").content.decode()
    past = nacka.get(f"/t/{space}/reporting/", {"happened_by": when}).content.decode()
    assert 'class="historical"' not in present and f'href="/spaces/{space}/report/"' in present
    assert 'class="historical"' in past and f"/spaces/{space}/report/" not in past
    assert "Det här hade hänt kl." in past
    assert f"/spaces/{space}/picture/?happened_by=" in past


def test_what_was_known_is_told_in_the_words_of_the_network(network: Network, nacka: Client) -> None:
    when = times.iso(network.lens("nacka-tib").now)
    page = nacka.get("/t/standing/kept/", {"knew_at": when}).content.decode()
    assert "Det här hade Nacka tillgång till kl." in page
    assert "enligt loggen. Telefon, e-post och radio syns inte här." in page


def test_nothing_is_written_in_the_past(nacka: Client) -> None:
    assert nacka.post("/t/standing/write/?knew_at=2025-11-20T15:08").status_code == 409
    assert nacka.post("/t/standing/write/").content == b"written"


@pytest.mark.parametrize(
    ("query", "moment"),
    [
        ({}, Moment(NOW)),
        ({"knew_at": "15.08"}, Moment(NOW, knew_at=times.parse("2026-11-20T15:08"))),
        ({"happened_by": "2026-11-19T15:08"}, Moment(NOW, happened_by=times.parse("2026-11-19T15:08"))),
    ],
)
def test_the_address_names_the_moment(query: dict[str, str], moment: Moment) -> None:
    assert parse_moment(query, NOW) == moment


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"knew_at": "soon"}, "bad_moment"),
        ({"knew_at": "15.08", "happened_by": "15.08"}, "bad_moment"),
        ({"happened_by": "16.01"}, "moment_in_future"),
    ],
)
def test_a_moment_that_is_none_is_refused(query: dict[str, str], code: str) -> None:
    with pytest.raises(Refused, match=code):
        parse_moment(query, NOW)


def test_choices_are_kept_in_the_browser_and_lead_back(stranger: Client) -> None:
    answer = stranger.post("/preferences/", {"theme": "dark", "density": "odd", "next": "/spaces/?x=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/spaces/?x=1")
    assert answer.cookies["theme"].value == "dark" and "density" not in answer.cookies
    page = stranger.get("/accounts/login/").content.decode()
    assert 'data-theme="dark"' in page


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_choices_never_lead_to_another_site(stranger: Client, elsewhere: str) -> None:
    assert stranger.post("/preferences/", {"next": elsewhere})["Location"] == "/"


@pytest.mark.parametrize(("header", "title"), [("sv", "Logga in"), ("en", "Sign in"), ("de,en;q=0.5", "Sign in")])
def test_the_language_is_the_browsers_until_one_is_chosen(stranger: Client, header: str, title: str) -> None:
    answer = stranger.get("/accounts/login/", HTTP_ACCEPT_LANGUAGE=header)
    assert title in answer.content.decode()
    stranger.post("/preferences/", {"language": "sv"})
    assert stranger.get("/accounts/login/", HTTP_ACCEPT_LANGUAGE=header)["Content-Language"] == "sv"


def test_a_refusals_code_has_a_page_that_explains_it(stranger: Client) -> None:
    assert "409" in stranger.get("/problems/readers_changed/").content.decode()
    assert stranger.get("/problems/no_such_code/").status_code == 404


def test_equal_pages_are_equal_bytes(nacka: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(times, "now", lambda: NOW)
    first, second = (nacka.get("/spaces/").content for _ in range(2))
    assert first == second


def test_the_networks_registers_are_listed_by_what_they_hold_below_where_one_works(nacka: Client) -> None:
    page = nacka.get("/spaces/").content.decode().partition("<main")[2]
    assert page.index("Ordinarie läge") < page.index("Aktörer och listor") < page.index("Beredskap")


def test_a_listed_space_tells_how_far_it_has_come_and_what_is_next(
    network: Network, nacka: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    network.open_incident()
    monkeypatch.setattr(spaces, "BEATS", [lambda page: [spaces.Beat("Konferens", page.moment.now + times.HOUR)]])
    page = nacka.get("/").content.decode()
    assert "0 av 37 har rapporterat" in page
    assert "Konferens <b>" in page


def test_a_phone_leads_to_the_start_page_from_everywhere_and_unfolds_the_rest(network: Network, nacka: Client) -> None:
    for address in (f"/spaces/{network.open_incident()}/log/", "/directory/", "/spaces/"):
        page = nacka.get(address).content.decode()
        bar = page[page.index('class="phone-nav"') :]
        assert bar.index('href="/"') < bar.index("<details") < bar.index('href="/search/"')


def test_every_page_warns_while_the_worker_stands_still(nacka: Client) -> None:
    worker.beat_once(times.now())
    assert "stått stilla" not in nacka.get("/").content.decode()
    worker.beat_once(times.now() - 2 * heartbeat.WORKER_LATE_MS)
    warnings.look_again()
    assert "stått stilla" in nacka.get("/").content.decode()
    assert "stått stilla" in nacka.get("/spaces/standing/log/").content.decode()


def test_the_warning_ends_what_a_browser_has_kept(nacka: Client) -> None:
    kept = nacka.get("/t/standing/kept/?knew_at=2025-11-20T15:08")["ETag"]
    worker.beat_once(times.now() - 2 * heartbeat.WORKER_LATE_MS)
    warnings.look_again()
    answer = nacka.get("/t/standing/kept/?knew_at=2025-11-20T15:08", HTTP_IF_NONE_MATCH=kept)
    assert answer.status_code == 200
