"""*Återkommer kl.* and *avböjer* by a link (R85)."""

from typing import Any

import pytest
from django.test import Client

from gemensam.answer_links.models import AnswerLink
from gemensam.core.refusal import Refused
from gemensam.picture import commands
from gemensam.web import times
from tests.answer_links.acting import LABEL, answer
from tests.network import Network
from tests.picture.test_reporting_pages import ASKER, HOUR, NACKA, hidden, page, position, post


def reply_of(network: Network, space: str, request: str) -> Any:
    thing = network.lens(NACKA).state(space).thing(request)
    assert thing is not None
    return thing.party("nacka"), thing.data.reply("nacka")


def test_who_cannot_answer_now_comes_back_at_a_time(
    network: Network, space: str, request_id: str, link: str, stranger: Client, asker: Client
) -> None:
    at = network.lens(NACKA).now + 2 * HOUR
    form = post(stranger, link, {"act": "open"}, 200)
    sent = {"act": "defer", "key": "k", "circle": hidden(form, "circle"), "until_at": times.field(at)}
    assert "You come back at" in post(stranger, link, sent, 200)
    status, reply = reply_of(network, space, request_id)
    assert (status, reply.until_at // 60_000, reply.via) == ("deferred", at // 60_000, "lank")
    header = network.lens(NACKA).history(space, request_id)[-1].header
    assert (header.organisation, header.by_organisation, header.function) == ("nacka", "lansstyrelsen", ASKER)
    before = position(network, space)
    post(stranger, link, sent, 200)  # the same press again
    assert position(network, space) == before
    html = page(asker, f"/spaces/{space}/requests/{request_id}/")
    assert "by answer link, unconfirmed" in html
    row = AnswerLink.objects.get()
    assert row.answered_at is not None and row.answer == ""


def test_its_own_word_takes_the_place_of_what_came_by_a_link(
    network: Network, space: str, request_id: str, link: str, stranger: Client
) -> None:
    post(stranger, link, {"act": "decline", "key": "k", "reason": "ej_ansvarig"}, 200)
    assert reply_of(network, space, request_id)[0] == "declined"
    commands.defer_request(network.lens(NACKA), space, request_id, {"until_at": network.lens(NACKA).now + HOUR})
    status, reply = reply_of(network, space, request_id)
    assert (status, reply.via) == ("deferred", "")
    answer(stranger, link)
    assert network.lens(NACKA).state(space).group("reports_unconfirmed", "nacka")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"reason": "annan_aktor", "answered_by": "vaxholm"}, "Answered by another organisation: Vaxholm"),
        ({"reason": "annat", "text": "Vi har ingen personal."}, "Vi har ingen personal."),
    ],
)
def test_who_declines_by_link_says_why(
    network: Network, space: str, request_id: str, link: str, stranger: Client, asker: Client, more: Any, told: str
) -> None:
    assert told in post(stranger, link, {"act": "decline", "key": "k", **more}, 200)
    assert reply_of(network, space, request_id)[0] == "declined"
    assert told.rsplit(": ", 1)[-1] in page(asker, f"/spaces/{space}/requests/{request_id}/")


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"act": "decline"}, "Choose a reason"),
        ({"act": "decline", "reason": "annat"}, "Say why in a few words"),
        ({"act": "decline", "reason": "redan_besvarad"}, "Say which report already answers"),
        ({"act": "decline", "reason": "annan_aktor", "answered_by": "nacka"}, "nacka"),
        ({"act": "defer", "until_at": "i morgon bitti"}, "time"),
        ({"act": "defer", "until_at": "2020-01-01 10.00"}, "has not passed"),
        ({"act": "defer", "until_at": ""}, "required"),
    ],
)
def test_a_reply_that_does_not_hold_is_told_and_writes_nothing(
    network: Network, space: str, link: str, stranger: Client, sent: dict[str, str], told: str
) -> None:
    before = position(network, space)
    assert told in post(stranger, link, {"key": "k", **sent}, 422)
    assert position(network, space) == before


@pytest.mark.parametrize(("via", "link_for"), [("telefon", ""), ("lank", ""), ("telefon", LABEL), ("", "")])
def test_nobody_says_for_another_organisation_that_it_comes_back_but_by_link(
    network: Network, space: str, request_id: str, via: str, link_for: str
) -> None:
    said = {"until_at": network.lens(ASKER).now + HOUR, "link_for": link_for}
    reply = commands.Replied("request.deferred", request_id, "nacka", via)
    with pytest.raises(Refused, match="unknown_via"):
        commands.enter_reply(network.lens(ASKER), space, reply, said)


def test_nobody_claims_to_have_come_back_by_link_itself(network: Network, space: str, request_id: str) -> None:
    said = {"until_at": network.lens(NACKA).now + HOUR, "link_for": LABEL}
    with pytest.raises(Refused, match="unknown_via"):
        commands.defer_request(network.lens(NACKA), space, request_id, said)
