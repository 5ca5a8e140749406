"""The local log as its reviewers see it."""

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from gemensam.audit import log
from gemensam.audit.models import Record
from gemensam.core.policy import Principal
from gemensam.web import times
from tests.ids import new_id
from tests.network import Network

REVIEWER, OFFICE = "nacka-sakerhetschef", "kansliet-granskare"
Noted = Callable[..., None]


def _note(action: str, organisation: str = "nacka", **more: str) -> None:
    log.record_now(Principal("", organisation, "", frozenset()), action, **more)  # type: ignore[arg-type]


def _text(response: Any) -> str:
    return str(response.content.decode())


def _without_ids(page: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "…", page)


def _rows(client: Client, query: str = "") -> int:
    return _text(client.get(f"/audit/{query}")).count('<th scope="row">')


def test_a_reviewer_sees_the_own_organisation_only(network: Network) -> None:
    client = network.client(REVIEWER)
    before = _rows(client)
    _note("search")
    _note("search", "vaxholm")
    assert _rows(client) == before + 1


def test_the_joint_office_sees_all(network: Network) -> None:
    client = network.client(OFFICE)
    before = _rows(client)
    _note("search")
    _note("search", "vaxholm")
    _note("login_failed", "")
    assert _rows(client) == before + 3


def test_others_see_no_log(network: Network) -> None:
    client = network.client("nacka-tib")
    for path in ("/audit/", "/audit/records.csv"):
        assert client.get(path).status_code == 403
    assert client.post("/audit/check/").status_code == 403
    assert Client().get("/audit/").headers["Location"].startswith("/accounts/login/")


def test_the_log_tells_nobody_of_a_space_that_is_hidden(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    now = times.now()  # every page says when it was drawn
    monkeypatch.setattr(times, "now", lambda: now)
    space = network.open_incident()
    hidden = network.open_sub_space(space, "nacka-tib")
    reviewer, office = network.client(REVIEWER), network.client(OFFICE)
    before = [_text(client.get("/audit/")) for client in (reviewer, office)]
    _note("read_marked", "nacka", space=hidden)
    assert [_text(client.get("/audit/")) for client in (reviewer, office)] == before
    asked, absent = (_text(reviewer.get(f"/audit/?space={space}")) for space in (hidden, new_id()))
    assert _without_ids(asked) == _without_ids(absent)
    assert hidden not in b"".join(office.get("/audit/records.csv").streaming_content).decode()  # type: ignore[attr-defined]


def test_records_are_found_by_what_who_and_when(network: Network) -> None:
    client = network.client(REVIEWER)
    _note("search")
    _note("print")
    assert _rows(client, "?action=print") == 1
    assert _rows(client, "?username=nobody") == 0
    assert _rows(client, "?since=2199-01-01T00:00") == 0
    assert _rows(client, "?action=search&until=2199-01-01T00:00") == 1
    wrong = client.get("/audit/?since=yesterday")
    assert wrong.status_code == 422
    assert 'role="alert"' in _text(wrong)


def test_the_table_can_be_taken_along_and_that_is_recorded(network: Network) -> None:
    client = network.client(REVIEWER)
    _note("search", subject="=1+1")
    answer = client.get("/audit/records.csv?action=search", HTTP_ACCEPT_LANGUAGE="en")
    table = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    lines = list(csv.reader(io.StringIO(table), delimiter=";"))
    assert lines[0][:2] == ["Time (UTC)", "What"]
    assert lines[1][1] == "Searched"
    assert lines[1][6] == "'=1+1"
    assert len(lines) == 2
    assert Record.objects.filter(action="export", organisation="nacka").count() == 1


def test_the_check_tells_whether_anything_was_changed(network: Network) -> None:
    client = network.client(REVIEWER)
    _note("search")
    whole = _text(client.post("/audit/check/", follow=True, HTTP_ACCEPT_LANGUAGE="en"))
    assert "The log is whole" in whole
    Record.objects.filter(action="search").update(organisation="vaxholm")
    changed = _text(client.post("/audit/check/", follow=True, HTTP_ACCEPT_LANGUAGE="en"))
    assert "has been changed afterwards" in changed


def test_long_logs_have_pages(network: Network) -> None:
    client = network.client(REVIEWER)
    for _ in range(120):
        log.record(Principal("", "nacka", "", frozenset()), "search")
    log.flush()
    assert _rows(client, "?action=search") == 100
    assert _rows(client, "?action=search&page=2") == 20
