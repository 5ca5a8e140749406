"""Bad and huge input: a clear refusal that changes nothing, the same on both databases (R66; the issue's list)."""

import threading
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from gemensam.core import canonical
from gemensam.core.entry import MAX_HEADER_BYTES, Ref
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft
from gemensam.ledger.log import IDLE_SPACES_KEPT, LOG
from gemensam.ledger.search import search
from gemensam.ledger.search_words import space_token
from gemensam.organisations.founding import pins
from tests.ids import new_id
from tests.ledger.reports import report
from tests.network import Network


def caller(function: str) -> dict[str, str]:
    from gemensam.accounts.provision import create_token, create_user

    create_user(f"hos-{function}", "ett långt lösenord 1", [function])
    return {"Authorization": f"Bearer {create_token(f'hos-{function}', label='prov')}"}


def nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize("depth", [67, 300, 480, 490, 495, 500, 5_000])
def test_deep_json_is_refused_however_deep(depth: int) -> None:
    with pytest.raises(Refused, match="not_json"):
        canonical.parse(b"[" * depth + b"]" * depth)
    if depth < 500:
        with pytest.raises(Refused, match="not_json"):
            canonical.encode(nested(depth))
    assert canonical.parse(b"[" * 60 + b"]" * 60)


@pytest.mark.parametrize("length", [100, 2_100, 100_000])
def test_a_word_of_any_length_is_saved_and_found(network: Network, length: int) -> None:
    space, word = new_id(), "z" * length
    payload = {"space_kind": "incident", "title": f"Se {word} i loggen.", "pins": pins()}
    network.write("lansstyrelsen-tib", Draft("space.opened", space, space, payload))
    lens = network.lens("taby-tib")
    assert len(search(lens, word, space)) == len(search(lens, "loggen", space)) == 1


@pytest.mark.parametrize("letter", ["\U0001e922", "\U00016e60", "\u1c90"])
def test_no_text_gets_into_the_searches_of_another_space(network: Network, letter: str) -> None:
    """Letters younger than SQLite's tables part a word there: what follows them must not pass for a space's token."""
    incident = network.open_incident()
    hidden = network.open_sub_space(incident, "taby-tib")
    network.write("taby-tib", report(hidden, f"glasbjörk {letter}{space_token(incident)}{letter}"))
    assert search(network.lens("nacka-tib"), "glasbjörk") == []
    assert search(network.lens("nacka-tib"), "glasbjörk", incident) == []


def test_many_references_fit_in_a_header_that_other_nodes_take(network: Network) -> None:
    receipt = network.write("nacka-tib", report("standing"))[0]
    full = tuple(Ref(f"r{number}", "standing", receipt.subject, receipt.digest) for number in range(500))
    written = network.write("nacka-tib", report("standing", refs=full))[0]
    header = network.lens("nacka-tib").entry("standing", written.digest).header_text
    assert 16_384 < len(header.encode()) < MAX_HEADER_BYTES
    with pytest.raises(Refused, match="malformed"):
        network.write("nacka-tib", report("standing", refs=(*full, Ref("one-more", "standing", receipt.subject))))


def test_writing_to_spaces_that_are_not_there_keeps_nothing_of_them(network: Network) -> None:
    network.lens("nacka-tib").state("standing")
    held = set(LOG._cached)
    for _ in range(IDLE_SPACES_KEPT):
        with pytest.raises(Refused, match="not_found"):
            network.write("nacka-tib", report(new_id()))
    assert held <= set(LOG._cached)
    with pytest.raises(Refused, match="not_found"):
        network.write("nacka-tib", report("a\0b"))


def test_many_small_spaces_are_not_folded_anew_at_every_look(network: Network, monkeypatch: Any) -> None:
    spaces = [network.open_incident() for _ in range(IDLE_SPACES_KEPT + 10)]
    lens = network.lens("nacka-tib")
    states = [lens.state(space) for space in spaces]
    again = network.lens("nacka-tib")
    assert all(again.state(space) is state for space, state in zip(spaces, states, strict=True))


@pytest.mark.parametrize("path", ["/spaces/%00/log/", "/spaces/standing/log/%00/", "/directory/%00/", "/search/?q=%00"])
def test_a_null_character_in_an_address_is_not_found(network: Network, path: str) -> None:
    assert network.client("nacka-tib").get(path).status_code == 404


def test_a_space_is_opened_once_however_often_it_is_sent(network: Network) -> None:
    headers = caller("lansstyrelsen-tib")
    body = {"id": new_id(), "kind": "incident", "title": "Snöoväder"}

    def send(**changes: str) -> Any:
        answer = Client().post("/api/v1/spaces", {**body, **changes}, content_type="application/json", headers=headers)
        return answer.status_code, answer.json()

    (status, first), (again, second) = send(), send()
    assert (status, again) == (201, 200)
    assert first["id"] == second["id"]
    other, problem = send(title="Annat")
    assert (other, problem["code"]) == (409, "id_reused")


def test_the_same_key_in_another_function_is_another_request(network: Network) -> None:
    from gemensam.ledger.append import append

    draft = report(network.open_incident())
    network.write("nacka-tib", draft, key="samma-nyckel")
    both = replace(network.principal("taby-tib"), account="account-nacka-tib")
    with pytest.raises(Refused, match="id_reused"):
        append(both, [draft], key="samma-nyckel")


def test_one_key_in_two_spaces_at_once_is_refused_as_reused(network: Network) -> None:
    spaces = [network.open_incident() for _ in range(8)]
    codes: list[str] = []
    start = threading.Barrier(len(spaces))

    def send(space: str) -> None:
        start.wait()
        try:
            network.write("nacka-tib", report(space), key="samma-nyckel")
            codes.append("")
        except Refused as refused:
            codes.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(space,)) for space in spaces]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == ["", *["id_reused"] * 7]


@pytest.mark.parametrize("instant", [-(10**14), -1, 2**53 - 1])
def test_an_instant_that_no_page_could_show_is_refused(network: Network, instant: int) -> None:
    draft = report(network.open_incident())
    cell = {"row": "el", "status": "allvarlig", "stated_at": instant}
    for payload in ({**draft.payload, "stated_at": instant}, {**draft.payload, "cells": [cell]}):
        with pytest.raises(Refused, match="bad_time"):
            network.write("nacka-tib", replace(draft, payload=payload))
    assert network.client("taby-tib").get(f"/spaces/{draft.space}/picture/").status_code == 200
