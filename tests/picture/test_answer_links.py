"""A request answered by link, without account (R85): what it shows, what it writes, and when it does not hold."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from gemensam.accounts.models import Appointment
from gemensam.audit import log as audit
from gemensam.audit.models import Record
from gemensam.core.refusal import Refused
from gemensam.picture import commands
from gemensam.picture.domain.links import LinkTimes, checked_label
from gemensam.picture.models import AnswerLink
from gemensam.web import times
from tests.ledger.test_circles import let_guest_in, opened
from tests.network import Network, build
from tests.picture.test_reporting_pages import ASKER, ENGLISH, HOUR, NACKA, ask, fields, hidden, page, position, post

LABEL = "Miljöförvaltningens jour"
MARGIN = 12 * HOUR


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages say when they were drawn, and tries are counted by the minute: time stands still unless it is moved."""
    later(monkeypatch, 0)


@pytest.fixture
def network(database_with: Callable[[str, Any], Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


@pytest.fixture
def asker(network: Network) -> Client:
    return network.client(ASKER, **ENGLISH)


@pytest.fixture
def stranger() -> Client:
    return Client(headers=ENGLISH["headers"])


@pytest.fixture
def request_id(network: Network, space: str) -> str:
    return ask(network, space, "nacka", "vaxholm", purpose_text="Inför bild 4.", extra=["Hur många skolor?"])


def wanted(**more: str) -> dict[str, str]:
    return {"link-organisation": "nacka", "link-label": LABEL, "link-margin": str(MARGIN), **more}


def make(asker: Client, space: str, request: str, **more: str) -> str:
    """Make a link as the asker does, and return its path."""
    html = post(asker, f"/spaces/{space}/requests/{request}/links/", wanted(**more), 200)
    found = re.search(r'id="link-address">https?://[^/]+(/answer/[^<]+)<', html)
    assert found is not None, html[-2_000:]
    return found.group(1)


@pytest.fixture
def link(asker: Client, space: str, request_id: str) -> str:
    return make(asker, space, request_id)


def answer(stranger: Client, link: str, **more: Any) -> str:
    """Fill in, look, and send; returns the receipt's page."""
    look = post(stranger, link, fields(act="preview", **more), 200)
    sent = fields(act="send", key=hidden(look, "key"), circle=hidden(look, "circle"), **more)
    return post(stranger, link, sent, 200)


# Rules


def test_a_link_holds_until_the_deadline_and_its_margin_whatever_has_been_done_with_it() -> None:
    link = LinkTimes(made_at=0, margin_ms=HOUR, opened_at=1, answered_at=2)
    assert link.holds(deadline_at=10, now=HOUR + 9) and not link.holds(deadline_at=10, now=HOUR + 10)
    assert link.holds(deadline_at=HOUR, now=HOUR + 10)  # a deadline that is moved takes the link with it
    assert not LinkTimes(made_at=0, margin_ms=HOUR, revoked_at=3).holds(deadline_at=10, now=4)


@pytest.mark.parametrize(
    ("known", "now", "state"),
    [
        ({}, 5, "made"),
        ({}, 11, "expired"),
        ({"opened_at": 2}, 5, "opened"),
        ({"opened_at": 2}, 11, "expired"),
        ({"opened_at": 2, "answered_at": 3}, 11, "answered"),
        ({"opened_at": 2, "answered_at": 3, "revoked_at": 4}, 5, "revoked"),
    ],
)
def test_what_has_happened_last_is_its_state(known: dict[str, int], now: int, state: str) -> None:
    assert LinkTimes(made_at=1, margin_ms=1, **known).state(deadline_at=10, now=now) == state


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("  ", "link_label_missing"),
        ("anna@example.org", "link_label_personal"),
        ("Jour 070-123 45 67", "link_label_personal"),
        ("811218-9876", "link_label_personal"),
        ("x" * 81, "text_too_long"),
    ],
)
def test_a_link_is_for_a_function_and_nobody_else(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_label(text)
    assert refused.value.code == code


def test_a_function_may_have_a_number_in_its_name() -> None:
    assert checked_label(" Ledning \n 112 ") == "Ledning 112"


# What it shows


def test_a_link_shows_the_request_and_nothing_else_of_the_space(
    network: Network, space: str, request_id: str, link: str, stranger: Client
) -> None:
    before = stranger.get(link)
    narrow = network.open_sub_space(space, "nacka/*")
    ask(network, space, "nacka", purpose_text="En annan fråga.", extra=["Något annat?"])
    for where in (space, narrow):
        content = {"template": "full", "stated_at": network.lens(NACKA).now, "summary": "Helt annat.", "cells": []}
        commands.publish_report(network.lens(NACKA), where, content)
    assert stranger.get(link).content == before.content
    html = before.content.decode()
    for told in ("Länsstyrelsen", "Inför bild 4.", "Hur många skolor?", LABEL, "Read by 38 organisations", "Nacka"):
        assert told in html
    form = post(stranger, link, {"act": "open"}, 200)
    assert 'name="cell-el-status"' in form and "Hur många skolor?" in form
    for told in ("Helt annat", "Snöoväder", "En annan fråga", "Något annat?", space, narrow):
        assert told not in html + form


def test_the_page_is_the_same_whoever_is_signed_in(link: str, asker: Client, stranger: Client) -> None:
    assert asker.get(link).content == stranger.get(link).content


def test_the_link_leaves_no_trace_in_pages_referrers_caches_or_tables(link: str, stranger: Client) -> None:
    found = stranger.get(link)
    secret = link.split("/")[2]
    assert len(secret) >= 43  # 32 random bytes
    assert found["Referrer-Policy"] == "no-referrer" and "no-store" in found["Cache-Control"]
    assert found["X-Robots-Tag"].startswith("noindex")
    assert secret not in found.content.decode() + post(stranger, link, {"act": "open"}, 200)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM picture_answer_link")
        assert secret not in repr(cursor.fetchall())
    audit.flush()
    assert secret not in repr(list(Record.objects.values_list("detail", "subject")))


def test_an_exercise_says_so_without_saying_which(network: Network, asker: Client, stranger: Client) -> None:
    from gemensam.core.writing import Draft
    from gemensam.organisations.founding import pins
    from tests.ids import new_id

    space = new_id()
    opened = {"space_kind": "exercise", "title": "Havsörn", "pins": pins()}
    network.write(ASKER, Draft("space.opened", space, space, opened))
    html = page(stranger, make(asker, space, ask(network, space, "nacka")))
    assert "EXERCISE" in html and "Havsörn" not in html


# Looking changes nothing


def test_looking_uses_nothing_up(network: Network, space: str, link: str, stranger: Client) -> None:
    before, records = position(network, space), Record.objects.count()
    for ask_for in (stranger.get, stranger.head, stranger.get):
        assert ask_for(link).status_code == 200
    row = AnswerLink.objects.get()
    assert (row.opened_at, row.answered_at) == (None, None)
    assert (position(network, space), Record.objects.count()) == (before, records)


def test_only_get_head_and_post_are_answered(link: str, stranger: Client) -> None:
    assert stranger.put(link).status_code == 405 and stranger.delete(link).status_code == 405


# Answering


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
    assert AnswerLink.objects.get().report == latest.subject
    assert len(network.lens(NACKA).state(space).group("reports", "nacka")) == 2


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
    assert row.answered_at is not None and row.report == ""


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


# When it does not hold


def dead(stranger: Client, link: str) -> str:
    html = page(stranger, link, 404)
    assert post(stranger, link, fields(act="send", key="k"), 404) == html
    return html


def later(monkeypatch: pytest.MonkeyPatch, by_ms: int) -> None:
    at = times.now() + by_ms
    monkeypatch.setattr("time.time_ns", lambda: at * 1_000_000)


def test_wrong_expired_and_revoked_links_look_the_same(
    network: Network, space: str, request_id: str, asker: Client, stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    revoked, old = make(asker, space, request_id), make(asker, space, request_id, **{"link-margin": "0"})
    wrong = dead(stranger, "/answer/no-such-link/")
    number = AnswerLink.objects.earliest("pk").pk
    post(asker, f"/spaces/{space}/requests/{request_id}/links/{number}/revoke/", {})
    assert dead(stranger, revoked) == wrong
    assert page(stranger, old)
    later(monkeypatch, HOUR + 1_000)
    assert dead(stranger, old) == dead(stranger, "/answer/no-such-link/") != ""
    assert position(network, space) == 2  # the space and the request: nobody has written an answer


def test_a_link_outlives_the_deadline_by_its_margin_and_follows_a_deadline_that_is_moved(
    network: Network, space: str, request_id: str, link: str, stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, HOUR + MARGIN - 60_000)
    assert "overdue" in page(stranger, link)
    lens = network.lens(ASKER)
    content = {"purpose": "aktiverat", "template": "full", "deadline_at": lens.now + HOUR, "asked": ["nacka"]}
    commands.change_request(lens, space, request_id, content)
    later(monkeypatch, MARGIN)
    assert page(stranger, link)


@pytest.mark.parametrize("change", ["withdrawn", "closed", "not asked", "maker left", "maker gone"])
def test_a_link_holds_no_longer_than_what_it_stands_on(
    network: Network, space: str, request_id: str, link: str, stranger: Client, change: str
) -> None:
    lens = network.lens(ASKER)
    if change == "withdrawn":
        commands.withdraw_request(lens, space, request_id, "Behövs inte.")
    elif change == "closed":
        from gemensam.core.writing import Draft

        network.write(ASKER, Draft("space.closed", space, space, {"reason": "Slut."}))
    elif change == "not asked":
        content = {"purpose": "aktiverat", "template": "full", "deadline_at": lens.now + HOUR, "asked": ["vaxholm"]}
        commands.change_request(lens, space, request_id, content)
    elif change == "maker left":
        Appointment.objects.filter(function=ASKER).update(until=times.now() - 1)
    else:
        from django.contrib.auth.models import User

        User.objects.update(is_active=False)
    assert dead(stranger, link) == page(stranger, "/answer/no-such-link/", 404)


def test_somebody_who_tries_links_has_to_wait(link: str, stranger: Client) -> None:
    answers = [stranger.get(f"/answer/try-{number}/").status_code for number in range(32)]
    assert answers[:30] == [404] * 30 and answers[-1] == 429
    assert stranger.get(link).status_code == 200  # one that holds is not refused for the tries of others


# Making and revoking


def test_the_asker_sees_its_links_and_what_has_come_of_them(
    network: Network, space: str, request_id: str, link: str, asker: Client, stranger: Client
) -> None:
    there = f"/spaces/{space}/requests/{request_id}/"
    assert "Not opened yet" in page(asker, there)
    post(stranger, link, {"act": "open"}, 200)
    assert "Opened" in page(asker, there)
    answer(stranger, link)
    html = page(asker, there)
    assert AnswerLink.objects.get().report in html and f"Nacka: {LABEL}" in html
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
    assert "narrower circle" in post(asker, f"{there}links/", wanted(), 422)
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
