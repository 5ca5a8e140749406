"""A report that comes by a link: entered for the asked organisation, and unconfirmed (R71, R85)."""

import pytest
from django.test import Client

from gemensam.answer_links.models import AnswerLink
from gemensam.core.refusal import Refused
from gemensam.picture import commands
from tests.answer_links.acting import LABEL, answer, make
from tests.network import Network
from tests.picture.test_reporting_pages import ASKER, ENGLISH, HOUR, NACKA, fields, page, position, post


def test_an_answer_is_entered_for_the_organisation_and_unconfirmed(
    network: Network, space: str, request_id: str, link: str, stranger: Client, asker: Client
) -> None:
    receipt = answer(stranger, link, **{f"reply-{request_id}-0": "Två."})
    for told in ("The answer is sent", "Plogning pågår", "Hur många skolor? Två."):
        assert told in receipt
    (thing,) = network.lens(NACKA).state(space).group("reports_unconfirmed", "nacka")
    row = network.lens(NACKA).history(space, thing.subject)[0]
    assert (row.header.organisation, row.header.by_organisation, row.header.function) == (
        "nacka",
        "lansstyrelsen",
        ASKER,
    )
    assert row.header.via == "lank" and row.payload is not None and row.payload["link_for"] == LABEL
    assert [ref.subject for ref in row.header.refs] == [request_id]
    html = page(network.client(NACKA, **ENGLISH), f"/spaces/{space}/reports/{thing.subject}/")
    assert "by answer link" in html and f"answered by {LABEL}" in html and "Yes, confirm" in html
    assert "Entered for it" in page(asker, f"/spaces/{space}/requests/{request_id}/")


def test_the_owner_confirms_and_then_says_unchanged(network: Network, space: str, link: str, stranger: Client) -> None:
    answer(stranger, link)
    (thing,) = network.lens(NACKA).state(space).group("reports_unconfirmed", "nacka")
    commands.confirm_report(network.lens(NACKA), space, thing.subject)
    commands.report_unchanged(network.lens(NACKA), space)
    latest = network.lens(NACKA).state(space).latest("reports", "nacka")
    assert latest is not None and latest.data.quick == "unchanged"


def test_no_impact_takes_one_press(network: Network, space: str, link: str, stranger: Client) -> None:
    assert "No impact" in post(stranger, link, {"act": "no_impact", "key": "k1"}, 200)
    (thing,) = network.lens(NACKA).state(space).group("reports_unconfirmed", "nacka")
    assert thing.data.quick == "no_impact" and thing.data.cells


def test_a_second_press_of_the_same_form_writes_nothing_more(
    network: Network, space: str, link: str, stranger: Client
) -> None:
    sent = fields(act="send", key="the-same")
    post(stranger, link, sent, 200)
    before = position(network, space)
    assert "The answer is sent" in post(stranger, link, sent, 200)
    assert position(network, space) == before


def test_another_text_in_the_same_form_is_another_answer(
    network: Network, space: str, link: str, stranger: Client
) -> None:
    post(stranger, link, fields(act="send", key="the-same"), 200)
    assert "Mer snö" in post(stranger, link, fields(act="send", key="the-same", summary="Mer snö."), 200)
    assert len(network.lens(NACKA).state(space).group("reports", "nacka")) == 2


def test_a_newer_answer_takes_the_place_of_the_first(
    network: Network, space: str, request_id: str, link: str, stranger: Client, asker: Client
) -> None:
    answer(stranger, link)
    assert "has been answered" in page(stranger, link)
    answer(stranger, link, summary="Nu värre.")
    latest = network.lens(NACKA).state(space).latest("reports", "nacka")
    assert latest is not None
    assert AnswerLink.objects.get().answer == latest.subject
    assert len(network.lens(NACKA).state(space).group("reports", "nacka")) == 2


def test_a_function_makes_links_where_the_region_lets_its_role_though_it_enters_nothing_else_for_others(
    network: Network, space: str, stranger: Client
) -> None:
    lens = network.lens("solna-tib")  # role isk: asks and lets others answer by link, and takes no calls for them
    content = {"purpose": "aktiverat", "template": "full", "deadline_at": lens.now + HOUR, "asked": ["nacka"]}
    link = make(network.client("solna-tib", **ENGLISH), space, commands.make_request(lens, space, content).subject)
    answer(stranger, link)
    (thing,) = network.lens(NACKA).state(space).group("reports_unconfirmed", "nacka")
    assert thing.data.by_organisation == "solna"
    report = {"template": "full", "stated_at": lens.now, "summary": "Hej", "cells": []}
    with pytest.raises(Refused, match="not_permitted"):
        commands.relay_report(lens, space, report, commands.Received("nacka", "telefon", "TiB", lens.now))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"summary": ""}, "Write the most important thing"),
        ({"summary": "Om 811218-9876"}, "personal identity number"),
        ({"mark": "TLP:PINK"}, "not in the list"),
        ({"mark": "TLP:RED"}, "TLP:RED"),
    ],
)
def test_a_fault_is_told_at_the_form_and_nothing_is_written(
    network: Network, space: str, link: str, stranger: Client, more: dict[str, str], told: str
) -> None:
    before = position(network, space)
    html = post(stranger, link, fields(act="send", key="k", **more), 422)
    assert told in html and "Plogning pågår" in html
    assert position(network, space) == before


def test_a_file_of_the_space_cannot_be_named_from_outside(
    network: Network, space: str, link: str, stranger: Client
) -> None:
    from gemensam.ledger.blobs import store_blob

    blob = store_blob(network.lens(NACKA), space, "hemlig.txt", "text/plain", b"Hemligt.")
    html = post(stranger, link, fields(act="preview", **{"attachment-0": blob.digest}), 200)
    assert "hemlig.txt" not in html
    answer(stranger, link, **{"attachment-0": blob.digest})
    (thing,) = network.lens(NACKA).state(space).group("reports_unconfirmed", "nacka")
    assert network.lens(NACKA).payloads(space, [thing.data.content])[thing.data.content]["attachments"] == []  # type: ignore[index]


def test_what_a_colleague_writes_for_the_same_organisation_is_left(
    network: Network, space: str, link: str, stranger: Client, asker: Client
) -> None:
    post(asker, f"/spaces/{space}/report/for/nacka/draft/", fields(summary="Halvskrivet."), 204)
    answer(stranger, link)
    assert "Halvskrivet." in page(asker, f"/spaces/{space}/report/for/nacka/")


def test_nobody_claims_by_hand_that_a_report_came_by_link(network: Network, space: str, asker: Client) -> None:
    html = page(asker, f"/spaces/{space}/report/for/nacka/")
    assert 'value="telefon"' in html and 'value="lank"' not in html
    content = {"template": "full", "stated_at": network.lens(ASKER).now, "summary": "Hej", "cells": []}
    received = commands.Received("nacka", "lank", "TiB", network.lens(ASKER).now)
    with pytest.raises(Refused) as refused:
        commands.relay_report(network.lens(ASKER), space, content, received)
    assert refused.value.code == "unknown_via"
