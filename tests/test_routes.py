"""Every page and every operation of the interface says who may use it; one that does not say fails."""

from typing import Any

import pytest
from django.test import Client

from gemensam.web.together import routes
from tests.network import Network

# Sign-in, recovery and second factor come from django-allauth, which guards its own pages; the interface's
# operations are walked below.
ELSEWHERE = ("accounts/", "api/v1/")
KNOWN = ("open", "signed in", "may ")


def own_routes() -> list[tuple[str, Any]]:
    return [(path, view) for path, view in routes() if not path.startswith(ELSEWHERE)]


def test_every_page_says_who_may() -> None:
    silent = [path for path, view in own_routes() if not str(getattr(view, "access", "")).startswith(KNOWN)]
    assert silent == []
    assert len(own_routes()) > 30


def operations() -> list[tuple[str, str]]:
    """Every operation of the interface as (method, path)."""
    from gemensam.api.urls import api

    described = api.get_openapi_schema()["paths"]
    return [(method, path) for path, methods in described.items() for method in methods]


def test_every_operation_of_the_interface_asks_who_calls(network: Network) -> None:
    assert len(operations()) > 9
    for method, path in operations():
        if path.endswith("/signals"):  # answered beside Django; see tests/live
            continue
        answer = getattr(Client(), method)(path.replace("{space}", "standing"), content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in"), path


# `function/` is where one who is signed in without a function chooses one; it asks for the sign-in itself.
OPEN = {
    "healthz", "problems/<slug:code>/", "preferences/", "function/", "sw.js", "offline/",
    "offline/words/<slug:language>/", "k/<str:token>/",
}  # fmt: skip


def test_few_pages_are_open_and_they_are_named_here() -> None:
    found = {path for path, view in own_routes() if getattr(view, "access", "") == "open"}
    secret = ("invitation/", "answer/", "duty-calendar/", "callbacks/", "remiss/")
    assert {path for path in found if not path.startswith(secret)} <= OPEN


VALUES = {
    "space": "standing", "subject": "no-such-subject", "organisation": "nacka", "row": "el", "number": "1",
    "version": "1", "digest": "0" * 64, "code": "rows", "slug": "not_found", "function": "nacka-tib", "raw": "x",
    "token": "1", "appointment": "1", "user": "1", "account": "1", "invitation": "1", "point": "upprop",
    "language": "sv", "purpose": "report", "kommun_code": "0182",
}  # fmt: skip


def address(path: str) -> str:
    import re

    def fill(found: re.Match[str]) -> str:
        kind, _, name = found.group(1).rpartition(":")
        return "1" if kind == "int" else VALUES.get(name, "x")

    return "/" + re.sub(r"<([^>]+)>", fill, path).removeprefix("^").removesuffix("$")


@pytest.mark.parametrize("signed_in", [False, True], ids=["signed out", "signed in"])
def test_no_page_breaks_whatever_it_is_given(network: Network, signed_in: bool) -> None:
    client = network.client("nacka-tib") if signed_in else Client()
    client.raise_request_exception = False
    broken = []
    for path, view in own_routes():
        answer = client.get(address(path))
        if answer.status_code >= 500:
            broken.append((path, answer.status_code))
        if not signed_in and getattr(view, "access", "") != "open":
            assert answer.status_code in (302, 401, 403, 404, 405), (path, answer.status_code)
    assert broken == []


def test_no_page_takes_a_post_from_another_site(network: Network) -> None:
    client = network.client("nacka-tib", enforce_csrf_checks=True)
    client.raise_request_exception = False
    for path, _ in own_routes():
        assert client.post(address(path), {}).status_code in (302, 403, 404, 405), path
