"""What seems to be a personal identity number is asked about before it is written, in every form (R96)."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gemensam.accounts.provision import create_token, create_user
from gemensam.core.refusal import Refused
from gemensam.ledger import cautions
from gemensam.picture import commands
from tests.network import Network, build

pytestmark = pytest.mark.database
NUMBER, OTHER = "811218-9876", "19121212-1212"


@pytest.fixture
def network(database_with: Callable[..., Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


@pytest.fixture
def client(network: Network) -> Client:
    return network.client("nacka-tib", headers={"accept-language": "sv"})


def statement(text: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "type": "fakta", "source": "egen", **more}


def answers(page: str) -> list[str]:
    """The values of the page's buttons: without an answer, and with it."""
    return re.findall(r'<button[^>]* name="heeded" value="([^"]*)"', page)


def send(client: Client, path: str, data: Mapping[str, Any], status: int) -> str:
    answer = client.post(path, data)
    assert answer.status_code == status, answer.content.decode()[-2_000:]
    return answer["Location"] if status == 302 else answer.content.decode()


def test_the_writer_is_asked_and_loses_nothing(network: Network, client: Client, space: str) -> None:
    before = network.lens("nacka-tib").state(space).position
    path = f"/spaces/{space}/statements/new/"
    page = send(client, path, statement(f"Anna {NUMBER} saknas", place="Boo"), 422)
    assert "Är detta ett personnummer?" in page
    assert NUMBER in page
    assert f"Anna {NUMBER} saknas</textarea>" in page
    assert '<input type="hidden" name="place" value="Boo">' in page
    assert network.lens("nacka-tib").state(space).position == before


def test_one_more_press_goes_on_with_that_number_and_no_other(client: Client, space: str) -> None:
    path = f"/spaces/{space}/statements/new/"
    _change, go_on = answers(send(client, path, statement(f"Ärende {NUMBER}"), 422))
    again = send(client, path, statement(f"Ärende {NUMBER} och {OTHER}", heeded=go_on), 422)
    assert OTHER in again
    assert len(answers(again)) == 2
    assert NUMBER in client.get(send(client, path, statement(f"Ärende {NUMBER}", heeded=go_on), 302)).content.decode()


def test_a_changed_text_needs_no_answer(client: Client, space: str) -> None:
    path = f"/spaces/{space}/statements/new/"
    change, _go_on = answers(send(client, path, statement(f"Ärende {NUMBER}"), 422))
    assert change == ""
    send(client, path, statement("Ärendet är känt", heeded=change), 302)


def test_a_report_is_asked_about_at_its_publishing(network: Network, client: Client, space: str) -> None:
    path = f"/spaces/{space}/report/"
    given = {"template": "full", "summary": f"Om {NUMBER}", "act": "publish", "key": "press-0001"}
    page = send(client, path, given, 422)
    assert '<input type="hidden" name="act" value="publish">' in page
    where = send(client, path, {**given, "heeded": answers(page)[1]}, 302)
    assert NUMBER in client.get(where).content.decode()


def test_a_report_is_asked_about_once_when_it_is_looked_at(client: Client, space: str) -> None:
    path = f"/spaces/{space}/report/"
    given = {"template": "full", "summary": f"Om {NUMBER}", "act": "preview"}
    go_on = answers(send(client, path, given, 422))[1]
    confirm = send(client, path, {**given, "heeded": go_on}, 200)
    assert f'name="heeded" value="{go_on}"' in confirm
    assert "Se innan ni publicerar" in confirm


@pytest.mark.parametrize(
    ("function", "path", "data"),
    [
        ("lansstyrelsen-tib", "needs/new/", {"text": f"Hämta {NUMBER}"}),
        ("lansstyrelsen-tib", "drawings/new/", {"shape": "point", "label": NUMBER, "corners": "59.3, 18.1"}),
        ("nacka-tib", "members/vaxholm/contact/", {"state": "ingen", "note": f"Sök {NUMBER}"}),
        ("nacka-tib", "handover/give/", {"note": f"Sök {NUMBER}"}),
    ],
)  # fmt: skip
def test_other_forms_ask_in_the_same_words(
    network: Network, space: str, function: str, path: str, data: dict[str, str]
) -> None:
    client = network.client(function, headers={"accept-language": "sv"})
    answer = client.post(f"/spaces/{space}/{path}", data)
    if answer.status_code == 404:
        pytest.fail(f"no such form: {path}")
    assert "Är detta ett personnummer?" in answer.content.decode()


def test_a_program_is_refused_until_it_answers(network: Network, space: str) -> None:
    create_user("program", "ett långt lösenord 1", ["nacka-tib"])
    headers = {"Authorization": f"Bearer {create_token('program', label='prov')}"}
    entry = {"kind": "statement.recorded", "subject": "prov-1", "payload": {"text": NUMBER, "stated_at": 1}}
    path = f"/api/v1/spaces/{space}/entries"
    refused = Client().post(path, entry, content_type="application/json", headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (422, "personal_number")
    heeded = Client().post(
        path, {**entry, "heeded": ["personal_number"]}, content_type="application/json", headers=headers
    )
    assert heeded.status_code == 201


def test_an_answer_holds_for_its_own_request_alone(network: Network, space: str) -> None:
    content = {"text": NUMBER, "stated_at": 1}
    with cautions.heeding(["personal_number"]):
        commands.record_statement(network.lens("nacka-tib"), space, content)
    with pytest.raises(Refused, match="personal_number"):
        commands.record_statement(network.lens("nacka-tib"), space, content)


def test_what_the_program_copies_is_not_asked_about_again(network: Network, client: Client, space: str) -> None:
    with cautions.heeding(["personal_number"]):
        content = {"template": "full", "stated_at": 1, "summary": f"Ärende {NUMBER}"}
        commands.publish_report(network.lens("nacka-tib"), space, content)
    receipt = commands.report_unchanged(network.lens("nacka-tib"), space)
    assert NUMBER in client.get(f"/spaces/{space}/reports/{receipt.subject}/").content.decode()
