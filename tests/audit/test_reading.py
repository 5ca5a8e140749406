"""What the local log holds of reading, searching, exporting and printing (R65), by full requests."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from gemensam.audit import log
from gemensam.audit.models import Record
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import now_ms
from tests.coordination.actions import LEADER, SECRETARY, agree, attend, opened
from tests.ids import new_id
from tests.network import Network
from tests.picture.scene import cell, report

AMBER = ("TLP:AMBER",)
READER = "vaxholm-beredskapssamordnare"
COMPILER = "lansstyrelsen-lagesbildsansvarig"


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


@pytest.fixture
def client(network: Network) -> Client:
    return network.client(READER)


def write(network: Network, function: str, kind: str, space: str, payload: dict[str, Any], **more: Any) -> Receipt:
    return network.write(function, Draft(kind, space, new_id(), payload, **more))[0]


def marked_report(network: Network, space: str) -> Receipt:
    content = report(now_ms(), cell("el", "allvarlig", "Reservkraften räcker kort"))
    return write(network, "nacka-tib", "report.published", space, content, marks=AMBER)


def marked_statement(network: Network, space: str) -> Receipt:
    payload = {"text": "Reservkraften räcker kort", "stated_at": now_ms(), "type": "fakta", "source": "medier"}
    return write(network, COMPILER, "statement.recorded", space, payload, marks=AMBER)


def marked_need(network: Network, space: str) -> Receipt:
    return write(network, "nacka-tib", "need.raised", space, {"text": "Reservkraft", "concerns": []}, marks=AMBER)


def marked_picture(network: Network, space: str) -> Receipt:
    return write(network, COMPILER, "picture.published", space, _picture(), marks=AMBER)


def _picture() -> dict[str, Any]:
    return {"stated_at": now_ms(), "sections": [{"code": "sammanfattning", "text": "Läget", "statements": []}]}


def records(action: str) -> list[tuple[str, str, str]]:
    """What is recorded of an action, as (space, subject, function)."""
    log.flush()
    return sorted((each.space, each.subject, each.function) for each in Record.objects.filter(action=action))


Written = Callable[[Network, str], Receipt]
PAGES: list[tuple[Written, str]] = [
    (marked_report, "reports/{subject}/"),
    (marked_report, "reports/{subject}/versions/{digest}/"),
    (marked_statement, "statements/{subject}/"),
    (marked_need, "needs/{subject}/"),
    (marked_picture, "pictures/1/"),
    (marked_picture, "pictures/1.csv"),
    (marked_picture, "pictures/1.pdf"),
    (marked_report, "log/{digest}/"),
    (marked_report, "members/nacka/"),
    (marked_report, "members/nacka/el/"),
]


@pytest.mark.parametrize(("written", "path"), PAGES)
def test_reading_something_marked_is_recorded(
    network: Network, space: str, client: Client, written: Written, path: str
) -> None:
    receipt = written(network, space)
    answer = client.get(f"/spaces/{space}/" + path.format(subject=receipt.subject, digest=receipt.digest))
    assert answer.status_code == 200
    assert records("read_marked") == [(space, receipt.digest, READER)]


def test_reading_it_again_from_what_the_browser_kept_is_recorded_too(
    network: Network, space: str, client: Client
) -> None:
    address = f"/spaces/{space}/reports/{marked_report(network, space).subject}/"
    kept = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": kept}).status_code == 304
    assert len(records("read_marked")) == 2


def test_reading_something_open_is_not_recorded(network: Network, space: str, client: Client) -> None:
    content = report(now_ms(), cell("el", "allvarlig", "Strömavbrott"))
    green = write(network, "nacka-tib", "report.published", space, content, marks=("TLP:GREEN",))
    assert client.get(f"/spaces/{space}/reports/{green.subject}/").status_code == 200
    assert records("read_marked") == []


def test_the_marked_entries_of_an_answer_to_a_program_are_recorded(network: Network, space: str) -> None:
    receipt = marked_report(network, space)
    client = network.client(READER)
    assert len(client.get(f"/api/v1/spaces/{space}/entries").json()["entries"]) == 2
    assert records("read_marked") == [(space, receipt.digest, READER)]


def test_a_search_that_meets_something_marked_is_recorded_without_its_words(
    network: Network, space: str, client: Client
) -> None:
    marked_report(network, space)
    for address in (f"/api/v1/spaces/{space}/search?q=reservkraft", f"/spaces/{space}/search/?q=reservkraft"):
        assert client.get(address).status_code == 200
    assert client.get(f"/api/v1/spaces/{space}/search?q=finns-inte").json()["hits"] == []
    assert records("search") == [(space, "", READER)] * 2
    assert not Record.objects.filter(detail__contains="reservkraft").exists()


@pytest.mark.parametrize("path", ["picture.csv", "needs/table.csv", "agreements/table.csv", "log/table.csv"])
def test_each_table_that_is_taken_out_is_recorded(network: Network, space: str, path: str) -> None:
    function = "nacka-tib"
    assert network.client(function).get(f"/spaces/{space}/{path}").status_code == 200
    assert records("export") == [(space, "", function)]


def test_documents_that_are_made_are_recorded(network: Network, space: str, client: Client) -> None:
    picture = marked_picture(network, space)
    conference = opened(network, space)
    attend(network, space, conference, "nacka-tib")
    leader = network.client(LEADER)
    leader.post(f"/spaces/{space}/conferences/{conference}/close/")
    leader.post(f"/spaces/{space}/conferences/{conference}/minutes/", {"act": "publish"})
    client.get(f"/spaces/{space}/pictures/1.pdf")
    minutes = client.get(f"/spaces/{space}/conferences/{conference}/minutes/1.pdf")
    assert minutes.status_code == 200, minutes.content.decode()[:500]
    assert records("print") == sorted([(space, picture.subject, READER), (space, conference, READER)])


def test_a_marked_agreement_is_recorded_when_it_is_read(network: Network, space: str, client: Client) -> None:
    conference = opened(network, space)
    agree(network, space, conference, "nacka")
    thing = network.lens(LEADER).state(space).group("agreements")[0]
    undertakings = [{"organisation": "nacka", "what": "", "due_at": None}]
    terms = {"wording": "Nacka lånar ut", "undertakings": undertakings, "reason": "ny"}
    draft = Draft("agreement.changed", space, thing.subject, terms, marks=AMBER)
    receipt = network.write(SECRETARY, draft)[0]
    assert client.get(f"/spaces/{space}/agreements/{thing.subject}/").status_code == 200
    assert records("read_marked") == [(space, receipt.digest, READER)]
