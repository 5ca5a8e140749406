"""What a link to a request shows, and that looking changes nothing (R85)."""

from django.db import connection
from django.test import Client

from gemensam.answer_links.models import AnswerLink
from gemensam.audit import log as audit
from gemensam.audit.models import Record
from gemensam.picture import commands
from tests.answer_links.acting import LABEL, make
from tests.network import Network
from tests.picture.test_reporting_pages import ASKER, NACKA, ask, page, position, post


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
        cursor.execute("SELECT * FROM answer_link")
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


def test_looking_uses_nothing_up(network: Network, space: str, link: str, stranger: Client) -> None:
    before, records = position(network, space), Record.objects.count()
    for ask_for in (stranger.get, stranger.head, stranger.get):
        assert ask_for(link).status_code == 200
    row = AnswerLink.objects.get()
    assert (row.opened_at, row.answered_at) == (None, None)
    assert (position(network, space), Record.objects.count()) == (before, records)


def test_only_get_head_and_post_are_answered(link: str, stranger: Client) -> None:
    assert stranger.put(link).status_code == 405 and stranger.delete(link).status_code == 405
