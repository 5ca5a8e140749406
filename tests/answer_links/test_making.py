"""Making and revoking links to a request, and their makers' list (R85)."""

import pytest
from django.test import Client

from gemensam.answer_links.models import AnswerLink
from gemensam.audit import log as audit
from gemensam.audit.models import Record
from tests.answer_links.acting import LABEL, answer, make, wanted
from tests.ledger.test_circles import let_guest_in, opened
from tests.network import Network
from tests.picture.test_reporting_pages import ENGLISH, NACKA, ask, page, post


def test_the_asker_sees_its_links_and_what_has_come_of_them(
    network: Network, space: str, request_id: str, link: str, asker: Client, stranger: Client
) -> None:
    there = f"/spaces/{space}/requests/{request_id}/"
    assert "Not opened yet" in page(asker, there)
    post(stranger, link, {"act": "open"}, 200)
    assert "Opened" in page(asker, there)
    answer(stranger, link)
    html = page(asker, there)
    assert AnswerLink.objects.get().answer in html and f"Nacka: {LABEL}" in html
    number = AnswerLink.objects.get().pk
    post(asker, f"{there}links/{number}/revoke/", {})
    assert "Revoked" in page(asker, there)
    post(asker, f"{there}links/{number}/revoke/", {}, 404)
    audit.flush()
    told = list(Record.objects.filter(action__startswith="link_").values_list("action", "organisation", "space"))
    assert told == [(f"link_{what}", "lansstyrelsen", space) for what in ("made", "opened", "answered", "revoked")]
    assert Record.objects.get(action="link_opened").account == ""


def test_nobody_else_sees_makes_or_revokes_them(network: Network, space: str, request_id: str, link: str) -> None:
    nacka, there = network.client(NACKA, **ENGLISH), f"/spaces/{space}/requests/{request_id}/"
    assert "Answer links" not in page(nacka, there) and LABEL not in page(nacka, there)
    post(nacka, f"{there}links/", wanted(**{"link-organisation": "vaxholm"}), 403)
    post(nacka, f"{there}links/{AnswerLink.objects.get().pk}/revoke/", {}, 404)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"link-label": ""}, "required"),
        ({"link-label": "anna@example.org"}, "Name a function"),
        ({"link-organisation": "solna"}, "solna"),
        ({"link-organisation": "lansstyrelsen"}, "lansstyrelsen"),
        ({"link-margin": "1"}, "1 is not one of"),
    ],
)
def test_a_link_that_is_asked_for_wrongly_is_not_made(
    space: str, request_id: str, asker: Client, more: dict[str, str], told: str
) -> None:
    assert told in post(asker, f"/spaces/{space}/requests/{request_id}/links/", wanted(**more), 422)
    assert not AnswerLink.objects.exists()


def test_no_link_leads_into_a_narrower_circle(network: Network, space: str, asker: Client) -> None:
    narrow = network.open_sub_space(space, "nacka/*")
    request = ask(network, narrow, "nacka")
    there = f"/spaces/{narrow}/requests/{request}/"
    assert "Make a link" not in page(asker, there)
    assert "narrower circle" in post(asker, f"{there}links/", wanted(), 409)
    assert not AnswerLink.objects.exists()


def test_a_guest_is_asked_and_answers_by_link_where_it_reads(
    network: Network, space: str, asker: Client, stranger: Client
) -> None:
    let_guest_in(network)
    outer = opened(network, "outer", space, "natbolaget")
    request = ask(network, outer, "natbolaget")
    there = make(asker, outer, request, **{"link-organisation": "natbolaget", "link-label": "Driftcentralen"})
    assert "Nätbolaget AB" in page(stranger, there)
    answer(stranger, there)
    (thing,) = network.lens(NACKA).state(outer).group("reports_unconfirmed", "natbolaget")
    assert thing.organisation == "natbolaget"
