"""The interface for other programs: who is let in, what is written, and how it refuses."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.ids import new_id
from tests.network import Network


@pytest.fixture
def incident(network: Network) -> str:
    return network.open_incident()


def token(network: Network, function: str) -> dict[str, str]:
    from gemensam.accounts.provision import create_token, create_user

    name = f"{function}-{new_id()[-6:]}"
    create_user(name, "ett långt lösenord 1", [function])
    return {"Authorization": f"Bearer {create_token(name, label='prov')}"}


def report(**changes: Any) -> dict[str, Any]:
    entry = {
        "id": new_id(),
        "kind": "report.published",
        "version": 1,
        "subject": new_id(),
        "occurred_at": "2026-11-20T06:10:00+01:00",
        "payload": {
            "template": "full",
            "stated_at": 1_763_615_400_000,
            "summary": "Elavbrott i norra delen.",
            "cells": [{"row": "el", "status": "allvarlig", "text": "Tre områden utan el."}],
        },
    }
    return {**entry, **changes}


def post(client: Client, space: str, body: Any, headers: dict[str, str]) -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body)
    return client.post(f"/api/v1/spaces/{space}/entries", data, content_type="application/json", headers=headers)


def test_without_a_token_everything_says_401_as_a_problem(network: Network) -> None:
    answer = Client().get("/api/v1/me")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_signed_in"


def test_me_says_who_and_what_may_be_done(network: Network) -> None:
    told = Client().get("/api/v1/me", headers=token(network, "nacka-tib")).json()
    assert (told["organisation"], told["function"]) == ("nacka", "nacka-tib")
    assert "report" in told["permissions"] and "administer" not in told["permissions"]


def test_the_directory_holds_37_members(network: Network) -> None:
    told = Client().get("/api/v1/organisations", headers=token(network, "nacka-tib")).json()
    assert sum(one["member"] for one in told) == 37


def test_a_report_is_written_once_however_often_it_is_sent(network: Network, incident: str) -> None:
    headers, body = token(network, "nacka-tib"), report()
    first = post(Client(), incident, body, headers)
    again = post(Client(), incident, body, headers)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["digest"] == again.json()["digest"]
    entries = Client().get(f"/api/v1/spaces/{incident}/entries", headers=headers).json()["entries"]
    assert [entry["kind"] for entry in entries] == ["space.opened", "report.published"]


def test_the_same_id_with_other_bytes_is_refused_without_a_word_of_the_first(network: Network, incident: str) -> None:
    headers, body = token(network, "nacka-tib"), report()
    post(Client(), incident, body, headers)
    answer = post(Client(), incident, {**body, "subject": new_id()}, headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "id_reused")
    assert set(answer.json()) == {"type", "title", "status", "code"}


def test_another_principal_may_use_the_same_id(network: Network, incident: str) -> None:
    one, other = token(network, "nacka-tib"), token(network, "taby-tib")
    key = new_id()
    assert post(Client(), incident, report(id=key), one).status_code == 201
    assert post(Client(), incident, report(id=key), other).status_code == 201


BAD_BODIES = {
    "not_json": b"{",
    "duplicate_key": b'{"kind": "a", "kind": "b"}',
    "float_not_allowed": b'{"kind": "report.published", "subject": "s", "payload": {"a": 1.5}}',
    "integer_too_large": b'{"kind": "report.published", "subject": "s", "payload": {"a": 9007199254740993}}',
    "not_unicode": b'{"kind": "report.published", "subject": "\\ud800", "payload": {}}',
    "malformed_entry": b'{"kind": "report.published", "payload": {}}',
}


@pytest.mark.parametrize("code", sorted(BAD_BODIES))
def test_malformed_bytes_are_refused_with_their_code(network: Network, incident: str, code: str) -> None:
    headers = token(network, "nacka-tib")
    answer = post(Client(), incident, BAD_BODIES[code], headers)
    assert answer.json()["code"] == code
    assert answer.status_code in (400, 413, 422)
    assert network.lens("nacka-tib").state(incident).position == 1


BAD_ENTRIES: dict[str, dict[str, Any]] = {
    "unknown_kind": {"kind": "report.shouted"},
    "unknown_version": {"version": 9},
    "bad_time": {"occurred_at": "2026-11-20T06:10:00"},
    "occurred_in_future": {"occurred_at": "2099-01-01T00:00:00Z"},
    "bad_id": {"id": "å"},
    "invalid_payload": {"payload": {"template": "full", "stated_at": "i går"}},
    "not_your_organisation": {"organisation": "taby"},
    "malformed_entry": {"colour": "red"},
    "no_such_reference": {"refs": [{"rel": "answers", "space": "directory", "subject": "nobody"}]},
    "reference_not_wider": {"refs": [{"rel": "answers", "space": "unheard-of", "subject": "nobody"}]},
    "mark_too_narrow": {"marks": ["TLP:RED"]},
    "readers_changed": {"circle": 3},
}


@pytest.mark.parametrize("code", sorted(BAD_ENTRIES))
def test_what_is_not_allowed_is_refused_and_changes_nothing(network: Network, incident: str, code: str) -> None:
    headers = token(network, "nacka-tib")
    answer = post(Client(HTTP_ACCEPT_LANGUAGE="sv"), incident, report(**BAD_ENTRIES[code]), headers)
    assert answer.json()["code"] == code
    assert 400 <= answer.status_code < 500
    assert answer.json()["title"] and answer.json()["title"] != code
    assert network.lens("nacka-tib").state(incident).position == 1


def test_a_function_without_the_permission_gets_403(network: Network, incident: str) -> None:
    answer = post(Client(), incident, report(), token(network, "nacka-lasare"))
    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")


def test_a_hidden_space_is_as_absent_as_one_that_never_was(network: Network, incident: str) -> None:
    hidden = network.open_sub_space(incident, "taby-tib")
    headers = token(network, "nacka-tib")
    for path in ("entries", "picture", "search?q=el"):
        there = Client().get(f"/api/v1/spaces/{hidden}/{path}", headers=headers)
        never = Client().get(f"/api/v1/spaces/{new_id()}/{path}", headers=headers)
        assert (there.status_code, there.content) == (never.status_code, never.content) == (404, there.content)
    assert hidden not in {space["id"] for space in Client().get("/api/v1/spaces", headers=headers).json()}


def test_too_large_a_body_is_refused(network: Network, incident: str) -> None:
    body = report(payload={"template": "full", "stated_at": 1, "summary": "x" * 300_000, "cells": []})
    answer = post(Client(), incident, body, token(network, "nacka-tib"))
    assert answer.json()["code"] == "payload_too_large"


def test_the_description_and_the_schemas_are_there(network: Network) -> None:
    headers = token(network, "nacka-tib")
    described = Client().get("/api/v1/openapi.json", headers=headers).json()
    paths = {path.removeprefix("/api/v1") for path in described["paths"]}
    assert paths >= {"/me", "/organisations", "/spaces", "/spaces/{space}/entries", "/spaces/{space}/signals", "/kinds"}
    kinds = {kind["kind"]: kind for kind in Client().get("/api/v1/kinds", headers=headers).json()}
    assert kinds["report.published"]["payload"]["additionalProperties"] is False


def test_opening_a_space_through_the_interface(network: Network) -> None:
    headers = token(network, "lansstyrelsen-tib")
    body = {"id": new_id(), "kind": "incident", "title": "Storm"}
    made = Client().post("/api/v1/spaces", json.dumps(body), content_type="application/json", headers=headers)
    assert (made.status_code, made.json()["kind"], made.json()["title"]) == (201, "incident", "Storm")
    assert made.json()["id"] in {space["id"] for space in Client().get("/api/v1/spaces", headers=headers).json()}


def test_a_session_without_its_csrf_token_cannot_write(network: Network, incident: str) -> None:
    client = network.client("nacka-tib", enforce_csrf_checks=True)
    answer = post(client, incident, report(), {})
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
    assert network.lens("nacka-tib").state(incident).position == 1


def test_search_pages_through_the_hits(network: Network, incident: str) -> None:
    headers = token(network, "nacka-tib")
    for _ in range(3):
        post(Client(), incident, report(), headers)
    first = Client().get(f"/api/v1/spaces/{incident}/search?q=elavbrotten&limit=2", headers=headers).json()
    assert len(first["hits"]) == 2
    rest = (
        Client().get(f"/api/v1/spaces/{incident}/search?q=elavbrotten&before={first['before']}", headers=headers).json()
    )
    assert len(rest["hits"]) == 1 and rest["before"] is None
