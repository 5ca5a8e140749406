"""A form that was filled in wrongly first writes over nothing that its writer has not looked at."""

import re

import pytest
from django.test import Client

from gemensam.ledger.reading import Lens
from gemensam.picture.commands import NOT_TOLD, correct_statement, record_statement
from tests.network import Network

pytestmark = pytest.mark.database
GIVEN = {"text": "Linje nere.", "type": "bedomning", "source": "egen"}


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def colleague_corrects(lens: Lens, space: str, subject: str) -> None:
    told = {"text": "Kollegans ord.", "stated_at": lens.now}
    correct_statement(lens, space, subject, told, sent=NOT_TOLD)


def fields(client: Client, address: str) -> dict[str, str]:
    page = client.get(address).content.decode()
    return {**GIVEN, "seen": seen_in(page), "stated_at": ""}


def test_a_statement_that_a_colleague_has_corrected_meanwhile(network: Network) -> None:
    space, lens = network.open_incident(), network.lens("nacka-tib")
    subject = record_statement(lens, space, {"text": "Linje nere.", "stated_at": lens.now}).subject
    client, address = network.client("nacka-tib"), f"/spaces/{space}/statements/{subject}/correct/"
    form = fields(client, address)
    colleague_corrects(lens, space, subject)
    wrong = client.post(address, {**form, "text": ""})
    assert wrong.status_code == 422
    assert seen_in(wrong.content.decode()) == form["seen"]
    refused = client.post(address, form)
    assert refused.status_code == 409
    stands = seen_in(refused.content.decode())
    assert stands not in ("", form["seen"])
    assert client.post(address, {**form, "seen": stands}).status_code == 302
