"""What a device may keep, and for whom: nothing unless it was chosen, and nothing for another than who reads."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gemensam.core.writing import Draft
from gemensam.ledger.append import now_ms
from tests.ids import new_id
from tests.network import Network, build
from tests.picture.scene import section

NACKA, TABY = "nacka-tib", "taby-tib"


@pytest.fixture
def network(database_with: Callable[[str, Any], Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


def chosen(client: Client) -> str:
    """Choose the device as the page does; the client has the cookie afterwards."""
    answer = client.post("/offline/keep/", {"own": "yes"})
    assert answer.status_code == 200
    owner: str = answer.json()["owner"]
    assert client.cookies["gemensam_keeps"].value == owner
    return owner


def test_a_device_that_was_not_chosen_is_told_nothing(network: Network, space: str) -> None:
    answer = network.client(NACKA).get(f"/spaces/{space}/picture/")
    assert "X-Keep" not in answer.headers and "X-Reader" not in answer.headers


def test_choosing_wants_the_promise_and_leaves_a_trace(network: Network) -> None:
    nacka = network.client(NACKA)
    assert nacka.post("/offline/keep/").status_code == 422
    assert "gemensam_keeps" not in nacka.cookies
    chosen(nacka)
    from gemensam.audit.models import Record

    assert list(Record.objects.filter(action="device_keeps").values_list("function", flat=True)) == [NACKA]


@pytest.mark.parametrize("place", ["picture/", "report/", "statements/new/", "requests/", "binder/", "handover/"])
def test_pages_forms_and_lists_may_be_kept(network: Network, space: str, place: str) -> None:
    nacka = network.client(NACKA)
    owner = chosen(nacka)
    answer = nacka.get(f"/spaces/{space}/{place}")
    assert (answer.headers["X-Reader"], answer.headers["X-Keep"]) == (owner, "1")


@pytest.mark.parametrize("path", ["/account/", "/people/", "/vocabularies/", "/function/", "/search/", "/no-such/"])
def test_other_pages_are_never_kept(network: Network, path: str) -> None:
    nacka = network.client(NACKA)
    chosen(nacka)
    assert "X-Keep" not in nacka.get(path).headers


def test_pages_of_the_past_files_and_fragments_that_are_posted_are_not_kept(network: Network, space: str) -> None:
    nacka = network.client(NACKA)
    chosen(nacka)
    assert "X-Keep" not in nacka.get(f"/spaces/{space}/picture/?knew_at=2026-01-01T00:00:00%2B01:00").headers
    assert "X-Keep" not in nacka.get(f"/spaces/{space}/log/table.csv").headers
    assert "X-Keep" not in nacka.post(f"/spaces/{space}/statements/new/", {"text": ""}).headers


def test_another_reader_on_the_device_is_named_and_keeps_nothing(network: Network, space: str) -> None:
    owner = chosen(network.client(NACKA))
    taby = network.client(TABY)
    taby.cookies["gemensam_keeps"] = owner
    answer = taby.get(f"/spaces/{space}/picture/")
    assert "X-Keep" not in answer.headers
    assert answer.headers["X-Reader"] not in ("", owner)


def test_what_is_marked_is_read_where_each_reading_is_recorded(network: Network, space: str) -> None:
    """The binder holds the latest combined picture: a marked one keeps it off the device."""
    nacka = network.client(NACKA)
    chosen(nacka)
    for marks, may_keep in (((), True), (("TLP:AMBER",), False)):
        payload = {"stated_at": now_ms(), "sections": [section("bedomning", text="Läget är ansträngt.")]}
        draft = Draft("picture.published", space, new_id(), payload, marks=marks)
        network.write("lansstyrelsen-lagesbildsansvarig", draft)
        assert ("X-Keep" in nacka.get(f"/spaces/{space}/binder/").headers) == may_keep
    assert "X-Keep" in nacka.get(f"/spaces/{space}/requests/").headers  # the next page is judged by itself


def test_the_key_is_the_accounts_own_in_its_function(network: Network) -> None:
    first, again, other = network.client(NACKA), network.client(NACKA), network.client(TABY)
    told = [client.get("/offline/state/").json() for client in (first, first, again, other)]
    assert told[0]["keys"] == told[1]["keys"] and told[0]["owner"] == told[1]["owner"]
    assert len({each["owner"] for each in told}) == len({tuple(each["keys"]) for each in told}) == 3


def test_earlier_secrets_still_open_what_they_sealed(network: Network) -> None:
    from django.conf import settings
    from django.test import override_settings

    nacka = network.client(NACKA)
    (before,) = nacka.get("/offline/state/").json()["keys"]
    from gemensam.web.keeping import keys_of

    with override_settings(SECRET_KEY="another one", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        principal = network.principal(NACKA)
        newer, older = keys_of(principal)
    assert newer != older and keys_of(principal) == [older]
    assert before != older  # another account in the same function


def test_the_state_names_what_may_be_kept_and_no_hidden_space(network: Network, space: str) -> None:
    hidden = network.open_sub_space(space, "taby/*")
    paths = network.client(NACKA).get("/offline/state/").json()["keep"]
    assert f"/spaces/{space}/report/" in paths and "/directory/" in paths
    assert not any(hidden in path for path in paths)
    assert any(hidden in path for path in network.client(TABY).get("/offline/state/").json()["keep"])


@pytest.mark.parametrize("path", ["/offline/state/", "/offline/arrived/", "/offline/keep/"])
def test_nobody_is_told_who_is_not_signed_in(path: str, network: Network) -> None:
    client, headers = Client(), {"X-Requested-With": "fetch"}
    answer = client.get(path, headers=headers) if path.endswith("state/") else client.post(path, headers=headers)
    assert answer.status_code == 401


def test_what_cannot_be_asked_is_refused(network: Network) -> None:
    nacka = network.client(NACKA)
    for body in ("", "[]", '{"keys": 1}', '{"keys": [1]}', '{"keys": ' + str([["x"] * 501][0]).replace("'", '"') + "}"):
        answer = nacka.post("/offline/arrived/", body, content_type="application/json")
        assert answer.status_code == 400, body[:40]


def test_the_service_worker_is_everybodys_and_asked_for_anew(network: Network) -> None:
    answers = [client.get("/sw.js") for client in (Client(), network.client(NACKA))]
    assert answers[0].content == answers[1].content
    assert answers[0].headers["Cache-Control"] == "no-cache"
    assert answers[0].headers["Content-Type"].startswith("text/javascript")
    assert "default-src 'self'" in answers[0].headers["Content-Security-Policy"]
    source = answers[0].content.decode()
    assert "/*SETUP*/" not in source and "offline-store" in source and "ingen kontakt" in source


def test_the_words_are_there_in_both_languages(network: Network) -> None:
    swedish, english = (Client().get(f"/offline/words/{language}/").json() for language in ("sv", "en"))
    assert swedish.keys() == english.keys()
    assert swedish["keptPage"] == "Sidan är från {time}, ingen kontakt."
    assert Client().get("/offline/words/xx/").status_code == 404
