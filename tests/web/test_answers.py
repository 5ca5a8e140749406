"""What every answer carries, how refusals and faults are told, and answers without drawing."""

import json

import pytest
from django.test import Client, override_settings

from gemensam.core.writing import Draft
from tests.network import Network
from tests.web import sample_urls

PAGES = ["/healthz", "/accounts/login/", "/nowhere/", "/t/refuse/moved/", "/t/crash/", "/t/standing/kept/"]


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_carries_the_policy(nacka: Client, address: str) -> None:
    answer = nacka.get(address)
    assert answer["Content-Security-Policy"] == (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
        "form-action 'self'; worker-src 'self'"
    )
    assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"]) == ("nosniff", "DENY")
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-cache" in answer["Cache-Control"] or "no-store" in answer["Cache-Control"]


def test_every_browser_gets_the_token_in_a_cookie_that_scripts_can_read(stranger: Client) -> None:
    cookie = stranger.get("/t/refuse/moved/").cookies["gemensam_csrf"]
    assert (bool(cookie["httponly"]), cookie["samesite"]) == (False, "Lax")


def test_no_page_holds_the_token(nacka: Client) -> None:
    answer = nacka.get("/")
    token = nacka.cookies["gemensam_csrf"].value
    assert answer.status_code == 200
    assert token not in answer.content.decode() and "csrfmiddlewaretoken" not in answer.content.decode()


def test_a_form_without_the_token_changes_nothing(network: Network) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/preferences/", {"theme": "dark", "next": "/"})
    assert answer.status_code == 403
    assert "theme" not in answer.cookies


@pytest.mark.parametrize(("code", "status"), [("moved", 409), ("not_found", 404), ("too_large", 413), ("odd", 422)])
def test_a_refusal_has_its_status_and_its_code_on_the_page(stranger: Client, code: str, status: int) -> None:
    answer = stranger.get(f"/t/refuse/{code}/")
    assert answer.status_code == status
    assert f"<code>{code}</code>" in answer.content.decode()


def test_a_fragment_gets_the_words_and_no_page_around_them(stranger: Client) -> None:
    answer = stranger.get("/t/refuse/moved/", HTTP_HX_REQUEST="true", HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 409
    assert answer.content.decode().strip() == (
        '<div class="notice danger" role="alert" data-code="moved">'
        "Somebody has changed this since you opened it. Look at both and choose.</div>"
    )


def test_the_interface_gets_a_problem_document(stranger: Client) -> None:
    answer = stranger.get("/api/v1/t/refuse/moved/", HTTP_ACCEPT_LANGUAGE="en")
    told = json.loads(answer.content)
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert (told["code"], told["status"]) == ("moved", 409)


@pytest.mark.parametrize(("what", "status", "code"), [("full", 507, "storage_full"), ("locked", 503, "storage_busy")])
def test_a_database_that_cannot_write_is_told_as_such(stranger: Client, what: str, status: int, code: str) -> None:
    answer = stranger.get(f"/t/broken/{what}/")
    assert answer.status_code == status
    assert code in answer.content.decode()


@pytest.mark.parametrize("address", ["/t/crash/", "/t/broken/other/"])
def test_a_fault_says_nothing_of_its_inside(nacka: Client, address: str) -> None:
    answer = nacka.get(address)
    assert answer.status_code == 500
    assert "<code>fault</code>" in answer.content.decode()
    assert "secret detail" not in answer.content.decode() and "no such table" not in answer.content.decode()


@pytest.mark.parametrize("address", ["/accounts/login/", "/nowhere/", "/t/crash/", "/t/standing/kept/", "/"])
def test_demonstration_stands_on_every_page(nacka: Client, stranger: Client, address: str) -> None:
    reader = stranger if address.startswith("/accounts/") else nacka
    assert b"<strong>DEMONSTRATION</strong>" not in reader.get(address).content
    with override_settings(GEMENSAM_DEMO=True):
        answer = reader.get(address).content.decode()
    assert "<strong>DEMONSTRATION</strong>" in answer and "<title>DEMONSTRATION" in answer


def test_an_unchanged_page_is_answered_without_being_drawn(nacka: Client) -> None:
    first = nacka.get("/t/standing/kept/")
    sample_urls.drawn.clear()
    second = nacka.get("/t/standing/kept/", HTTP_IF_NONE_MATCH=first["ETag"])
    assert (second.status_code, second.content, sample_urls.drawn) == (304, b"", [])
    assert "Cookie" in second["Vary"]


@pytest.mark.parametrize("cookie", [("theme", "dark"), ("density", "compact"), ("gemensam_language", "en")])
def test_another_choice_of_look_or_language_is_another_page(nacka: Client, cookie: tuple[str, str]) -> None:
    first = nacka.get("/t/standing/kept/")
    nacka.cookies[cookie[0]] = cookie[1]
    assert nacka.get("/t/standing/kept/", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def test_what_has_been_written_since_is_drawn(network: Network, nacka: Client) -> None:
    space = network.open_incident()
    first = nacka.get(f"/t/{space}/kept/")
    network.open_sub_space(space, "polisen-vb")
    hidden_from_nacka = nacka.get(f"/t/{space}/kept/", HTTP_IF_NONE_MATCH=first["ETag"])
    assert hidden_from_nacka.status_code == 304
    network.write("lansstyrelsen-tib", Draft("space.closed", space, space, {"reason": "Över"}))
    assert nacka.get(f"/t/{space}/kept/", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def test_two_functions_never_share_a_page(network: Network, nacka: Client) -> None:
    tag = nacka.get("/t/standing/kept/")["ETag"]
    other = network.client("taby-tib", HTTP_ACCEPT_LANGUAGE="sv")
    assert other.get("/t/standing/kept/", HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_health_is_told_without_sign_in(stranger: Client) -> None:
    assert stranger.get("/healthz").json() == {"status": "ok"}
