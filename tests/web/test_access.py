"""Who may, and what everybody else is told."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, is_valid_path

from gemensam.core.refusal import Refused
from gemensam.web.access import may, open_to_all, principal_of, signed_in
from tests.network import Network


def test_a_stranger_is_sent_to_sign_in_and_back(stranger: Client) -> None:
    answer = stranger.get("/t/standing/kept/?knew_at=2026-11-20T15:08")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/t/standing/kept/")


def test_a_strangers_script_and_form_get_401_and_no_page(stranger: Client) -> None:
    assert stranger.get("/t/standing/kept/", HTTP_X_REQUESTED_WITH="fetch").status_code == 401
    assert stranger.get("/t/standing/kept/", HTTP_HX_REQUEST="true").status_code == 401
    assert stranger.post("/t/standing/write/").status_code == 401


def test_a_function_without_the_permission_is_told_why(network: Network, sample_pages: None) -> None:
    reader = network.client("kansliet-granskare", HTTP_ACCEPT_LANGUAGE="sv")
    answer = reader.get("/t/standing/reporting/")
    assert answer.status_code == 403
    assert "Din funktion får inte göra detta." in answer.content.decode()


def test_a_function_with_the_permission_gets_the_page(nacka: Client) -> None:
    assert nacka.get("/t/standing/reporting/").status_code == 200


def test_a_space_that_may_not_be_read_is_as_missing_as_one_that_is_not_there(network: Network, nacka: Client) -> None:
    hidden = network.open_sub_space(network.open_incident(), "polisen-vb")
    there, not_there = (nacka.get(f"/t/{space}/kept/") for space in (hidden, "0198c0de-0000-7000-8000-000000000000"))
    assert (there.status_code, not_there.status_code) == (404, 404)
    assert there.content.replace(hidden.encode(), b"") == not_there.content.replace(
        b"0198c0de-0000-7000-8000-000000000000", b""
    )


def test_the_three_decorators_say_who_may() -> None:
    def view(request: object) -> None: ...

    declared = [decorate(view).access for decorate in (open_to_all, signed_in, may("report"))]  # type: ignore[type-var,attr-defined]
    assert declared == ["open", "signed in", "may report"]


def test_without_a_principal_there_is_none_to_have() -> None:
    with pytest.raises(Refused, match="not_signed_in"):
        principal_of(object())  # type: ignore[arg-type]


def _views(patterns: list[URLPattern | URLResolver], prefix: str = "") -> list[tuple[str, object]]:
    found = []
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += _views(pattern.url_patterns, route)
        else:
            found.append((route, pattern.callback))
    return found


def test_every_page_says_who_may() -> None:
    """The interface's operations answer for themselves in tests/api."""
    pages = [(route, view) for route, view in _views(get_resolver().url_patterns) if not route.startswith("api/")]
    assert len(pages) > 20
    assert [route for route, view in pages if not hasattr(view, "access")] == []


def test_every_place_in_the_menus_leads_somewhere() -> None:
    from gemensam.web import nav

    places = [place.path for place in nav.MAIN] + [f"/spaces/standing/{place.path}" for place in nav.SPACE]
    assert [path for path in places if not is_valid_path(path)] == []
