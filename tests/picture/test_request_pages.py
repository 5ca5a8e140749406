"""Requests, reminders, replies and statements by full requests, and what stands on the start page."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gemensam.picture import commands
from gemensam.web import times
from tests.network import Network, build
from tests.picture.test_reporting_pages import ASKER, ENGLISH, HOUR, NACKA, VAXHOLM, ask, page, position, post, report


@pytest.fixture
def network(database_with: Callable[[str, Any], Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


@pytest.fixture
def nacka(network: Network) -> Client:
    return network.client(NACKA, **ENGLISH)


@pytest.fixture
def asker(network: Network) -> Client:
    return network.client(ASKER, **ENGLISH)


def asking(**more: Any) -> dict[str, Any]:
    """Return what a filled-in request form sends."""
    return {"asked": ["nacka", "vaxholm"], "deadline_at": times.field(times.now() + HOUR), "template": "full",
            "purpose": "aktiverat", **more}  # fmt: skip


def test_the_request_form_offers_every_reader_but_ones_own(space: str, asker: Client) -> None:
    html = page(asker, f"/spaces/{space}/requests/new/")
    assert 'value="nacka"' in html and 'value="lansstyrelsen"' not in html
    assert "security-classified information" in html and "Read by 38 organisations" in html


def test_a_request_is_sent_and_stands_in_the_lists_of_those_asked(
    network: Network, space: str, asker: Client, nacka: Client
) -> None:
    sent = asking(purpose_text="Inför bild 4.", extra="Hur många?\nVar?", questions=["el", "vag"], obligatory="on")
    there = post(asker, f"/spaces/{space}/requests/new/", sent)
    html = page(nacka, there)
    for told in ("Request for a situation report", "Inför bild 4.", "Var?", "Electricity", "Write the report"):
        assert told in html
    start = page(nacka, "/")
    assert "Situation report requested by Länsstyrelsen" in start and f"/spaces/{space}/report/" in start
    assert "requested by" not in page(network.client("solna-tib", **ENGLISH), "/")
    assert "0/2" in page(nacka, f"/spaces/{space}/requests/")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"asked": []}, "Choose at least one organisation."),
        ({"asked": ["atlantis"]}, "atlantis"),
        ({"deadline_at": ""}, "required"),
        ({"deadline_at": "i somras"}, "could not be read"),
        ({"deadline_at": "2020-01-01 10.00"}, "has not passed"),
        ({"purpose": "nyfiken"}, "nyfiken"),
        ({"template": "ny"}, "ny is not one of"),
        ({"questions": ["rymden"]}, "rymden"),
        ({"extra": "\n".join("?" * 21)}, "At most 20 questions."),
        ({"purpose_text": "x" * 4_001}, "4000"),
    ],
)
def test_a_faulty_request_is_told_and_not_sent(
    network: Network, space: str, asker: Client, more: dict[str, Any], told: str
) -> None:
    before = position(network, space)
    html = post(asker, f"/spaces/{space}/requests/new/", asking(**more), 422)
    assert told in html and "It was not saved." in html
    assert position(network, space) == before


def test_an_equivalent_question_is_warned_about_before_it_is_put_again(
    network: Network, space: str, asker: Client
) -> None:
    request = ask(network, space, "nacka")
    commands.publish_report(network.lens(NACKA), space, report(network), answers=[request])
    before = position(network, space)
    html = post(asker, f"/spaces/{space}/requests/new/", asking(), 200)
    assert "An equivalent question" in html and "see the answer" in html
    assert position(network, space) == before
    post(asker, f"/spaces/{space}/requests/new/", asking(same="asked"))
    assert position(network, space) == before + 1


def test_a_request_is_changed_and_withdrawn_by_its_asker_alone(
    network: Network, space: str, asker: Client, nacka: Client
) -> None:
    request = ask(network, space, "nacka")
    there = f"/spaces/{space}/requests/{request}/"
    page(nacka, f"{there}change/", 403)
    assert "checked" in page(asker, f"{there}change/")
    post(asker, f"{there}change/", asking(asked=["nacka", "taby"]))
    assert "Täby" in page(asker, there)
    post(nacka, f"{there}withdraw/", {"reason": "Nej."}, 403)
    assert "This field is required" in post(asker, f"{there}withdraw/", {"reason": ""}, 422)
    post(asker, f"{there}withdraw/", {"reason": "Löst."})
    html = page(nacka, there)
    assert "Withdrawn." in html and "Löst." in html and "We come back" not in html


def test_coming_back_later_is_said_and_seen(network: Network, space: str, asker: Client, nacka: Client) -> None:
    there = f"/spaces/{space}/requests/{ask(network, space, 'nacka')}/"
    post(nacka, f"{there}defer/", {"until_at": times.field(times.now() + 2 * HOUR), "text": "Väntar på driften."})
    html = page(asker, there)
    assert "Back at" in html and "Väntar på driften." in html
    assert "You come back at" in page(nacka, "/")


@pytest.mark.parametrize("until", ["", "sen", "2020-01-01 10.00", "2100-01-01 10.00"])
def test_a_time_that_cannot_be_is_not_taken(network: Network, space: str, nacka: Client, until: str) -> None:
    there = f"/spaces/{space}/requests/{ask(network, space, 'nacka')}/"
    before = position(network, space)
    post(nacka, f"{there}defer/", {"until_at": until}, 422)
    assert position(network, space) == before


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"reason": ""}, "Choose a reason."),
        ({"reason": "annat"}, "Say why in a few words."),
        ({"reason": "annan_aktor"}, "Say which organisation answers."),
        ({"reason": "redan_besvarad"}, "Say which report already answers."),
        ({"reason": "orkar_inte"}, "orkar_inte"),
    ],
)
def test_a_decline_says_what_its_reason_needs(
    network: Network, space: str, nacka: Client, given: dict[str, str], told: str
) -> None:
    there = f"/spaces/{space}/requests/{ask(network, space, 'nacka')}/"
    before = position(network, space)
    assert told in post(nacka, f"{there}decline/", given, 422)
    assert position(network, space) == before


def test_a_declined_request_is_shown_with_its_reason(
    network: Network, space: str, asker: Client, nacka: Client
) -> None:
    there = f"/spaces/{space}/requests/{ask(network, space, 'nacka')}/"
    post(nacka, f"{there}decline/", {"reason": "annan_aktor", "answered_by": "solna"})
    html = page(asker, there)
    assert "Answered by another organisation" in html and "Solna" in html
    assert "requested by" not in page(nacka, "/")


def test_one_that_is_not_asked_cannot_reply(network: Network, space: str) -> None:
    there = f"/spaces/{space}/requests/{ask(network, space, 'nacka')}/"
    vaxholm, before = network.client(VAXHOLM, **ENGLISH), position(network, space)
    assert "Your answer" not in page(vaxholm, there)
    post(vaxholm, f"{there}defer/", {"until_at": times.field(times.now() + HOUR)}, 403)
    post(vaxholm, f"{there}decline/", {"reason": "ej_ansvarig"}, 403)
    assert position(network, space) == before


def test_those_who_have_not_answered_are_reminded(network: Network, space: str, asker: Client, nacka: Client) -> None:
    request = ask(network, space, "nacka", "vaxholm", "taby")
    commands.publish_report(network.lens("taby-tib"), space, report(network), answers=[request])
    until = network.lens(VAXHOLM).now + HOUR
    commands.defer_request(network.lens(VAXHOLM), space, request, {"until_at": until})
    there = f"/spaces/{space}/requests/{request}/"
    post(nacka, f"{there}remind/", {}, 403)
    post(asker, f"{there}remind/", {})
    thing = network.lens(ASKER).state(space).thing(request)
    assert thing is not None and [organisation for organisation, _ in thing.data.reminded] == ["nacka"]
    assert "Reminded" in page(nacka, "/")
    commands.publish_report(network.lens(NACKA), space, report(network), answers=[request])
    before = position(network, space)
    post(asker, f"{there}remind/", {})
    assert position(network, space) == before


def test_the_asker_sees_who_is_late_on_the_start_page(network: Network, space: str, asker: Client) -> None:
    now = network.lens(ASKER).now
    content = {"purpose": "eget", "template": "full", "deadline_at": now - 60_000, "asked": ["nacka", "taby"]}
    from gemensam.core.writing import Draft
    from tests.ids import new_id

    network.write(ASKER, Draft("request.made", space, new_id(), content), now=now - HOUR)
    assert "2 organisations have not answered your request" in page(asker, "/")
    assert "overdue" in page(asker, f"/spaces/{space}/requests/")


def test_the_list_is_answered_from_the_browsers_copy_until_it_changes(
    network: Network, space: str, nacka: Client
) -> None:
    path = f"/spaces/{space}/requests/"
    tag = nacka.get(path)["ETag"]
    assert nacka.get(path, headers={"if-none-match": tag}).status_code == 304
    ask(network, space, "nacka")
    assert nacka.get(path, headers={"if-none-match": tag}).status_code == 200


# Statements


def stating(**more: Any) -> dict[str, Any]:
    """Return what a filled-in statement form sends."""
    return {"text": "Skolan i Fisksätra är stängd.", "type": "fakta", "source": "allmanheten", "about": "nacka",
            "row": "skola", "via": "telefon", "received_by": "TiB", **more}  # fmt: skip


def test_a_statement_is_recorded_and_confirmed_by_the_one_it_is_about(
    network: Network, space: str, asker: Client, nacka: Client
) -> None:
    page(asker, f"/spaces/{space}/statements/new/")
    there = post(asker, f"/spaces/{space}/statements/new/", stating())
    html = page(nacka, there)
    for told in ("Skolan i Fisksätra", "Unconfirmed.", "by telephone", "The public", "TiB"):
        assert told in html
    assert "/confirm/" not in page(network.client(VAXHOLM, **ENGLISH), there)
    post(nacka, f"{there}confirm/", {})
    assert "Unconfirmed." not in page(asker, there)
    post(nacka, f"{there}deny/", {"reason": "Den har öppnat."})
    assert "Den har öppnat." in page(asker, there)
    post(asker, f"{there}withdraw/", {"reason": ""}, 422)
    post(asker, f"{there}withdraw/", {"reason": "Inaktuell."})
    assert "Withdrawn." in page(nacka, there)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"text": ""}, "required"),
        ({"text": "x" * 2_001}, "2000"),
        ({"text": "Anna 811218-9876"}, "personal identity number"),
        ({"stated_at": "2100-01-01 10.00"}, "later than now"),
        ({"source": "annan_aktor"}, "Say which organisation."),
        ({"source": "fågel"}, "fågel"),
        ({"row": "rymden"}, "rymden"),
        ({"about": "atlantis"}, "atlantis"),
        ({"via": "duva"}, "duva"),
    ],
)
def test_a_faulty_statement_is_told_and_not_recorded(
    network: Network, space: str, asker: Client, more: dict[str, str], told: str
) -> None:
    before = position(network, space)
    assert told in post(asker, f"/spaces/{space}/statements/new/", stating(**more), 422)
    assert position(network, space) == before


def test_every_form_is_sent_with_an_address_and_no_token(network: Network, space: str, nacka: Client) -> None:
    request = ask(network, space, "nacka")
    for path in (f"/spaces/{space}/requests/{request}/", f"/spaces/{space}/requests/", f"/spaces/{space}/report/"):
        html = page(nacka, path)
        assert "csrfmiddlewaretoken" not in html and not re.search(r"<form(?![^>]*method)[^>]*>", html)
        assert not re.search(r'\son\w+="', html) and "hx-on" not in html
