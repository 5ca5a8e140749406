"""The report form and its kin by full requests: what is shown, what is written, and what a fault leaves as it was."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gemensam.picture import commands
from gemensam.picture.commands import Received
from tests.network import Network, build

HOUR = 3_600_000
NACKA, ASKER, VAXHOLM = "nacka-tib", "lansstyrelsen-tib", "vaxholm-beredskapssamordnare"
ENGLISH = {"headers": {"accept-language": "en"}}


@pytest.fixture
def network(database_with: Callable[[str, Any], Path]) -> Network:
    return Network(database_with("network", build))


@pytest.fixture
def space(network: Network) -> str:
    return network.open_incident()


@pytest.fixture
def nacka(network: Network) -> Client:
    return network.client(NACKA, **ENGLISH)


def fields(**more: Any) -> dict[str, Any]:
    """Return what a filled-in report form sends."""
    cell = {"status": "betydande", "text": "Plogning pågår", "type": "bedomning", "source": "egen"}
    row = {f"cell-vag-{name}": value for name, value in cell.items()}
    return {"template": "full", "summary": "Snö och halka.", **row, **more}


def page(client: Client, path: str, status: int = 200, **query: str) -> str:
    response = client.get(path, query)
    assert response.status_code == status, response.content.decode()[-1_500:]
    return response.content.decode()


def post(client: Client, path: str, data: dict[str, Any], status: int = 302) -> str:
    response = client.post(path, data)
    assert response.status_code == status, response.content.decode()[-1_500:]
    return response["Location"] if status == 302 else response.content.decode()


def report(network: Network, **more: Any) -> dict[str, Any]:
    now = network.lens(NACKA).now
    cells = [{"row": "vag", "status": "allvarlig", "text": "Stopp vid Slussen"}]
    return {"template": "full", "stated_at": now - HOUR, "summary": "Stopp.", "cells": cells, **more}


def ask(network: Network, space: str, *asked: str, **more: Any) -> str:
    lens = network.lens(ASKER)
    content = {"purpose": "aktiverat", "template": "full", "deadline_at": lens.now + HOUR, "asked": list(asked), **more}
    return commands.make_request(lens, space, content).subject


def position(network: Network, space: str) -> int:
    return network.lens(NACKA).state(space).position


def hidden(html: str, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]*)"', html)
    assert found is not None, f"no hidden field {name}"
    return found.group(1)


# The form


def test_the_form_shows_its_rows_readers_and_warnings_and_weighs_little(
    network: Network, space: str, nacka: Client
) -> None:
    ask(network, space, "nacka", extra=["Hur många skolor är stängda?"])
    html = page(nacka, f"/spaces/{space}/report/")
    for told in ("Länsstyrelsen", "Read by 38 organisations", "Polisen", "security-classified information",
                 'name="cell-skola-status"', 'name="cell-annat-label"', "Hur många skolor är stängda?"):  # fmt: skip
        assert told in html
    assert len(gzip.compress(html.encode())) < 25_000
    assert "csrfmiddlewaretoken" not in html and "style=" not in html and "<script>" not in html


def test_the_form_starts_from_the_latest_report_of_this_space_alone(
    network: Network, space: str, nacka: Client
) -> None:
    narrow = network.open_sub_space(space, "nacka/*")
    commands.publish_report(network.lens(NACKA), narrow, report(network, summary="Hemligt."))
    assert "Hemligt" not in page(nacka, f"/spaces/{space}/report/")
    commands.publish_report(network.lens(NACKA), space, report(network))
    html = page(nacka, f"/spaces/{space}/report/")
    assert "Stopp vid Slussen" in html and "Before:" in html and "Hemligt" not in html
    assert "Unchanged" in html


def test_the_confirmation_shows_content_changes_and_readers_and_writes_nothing(
    network: Network, space: str, nacka: Client
) -> None:
    commands.publish_report(network.lens(NACKA), space, report(network))
    before = position(network, space)
    html = post(nacka, f"/spaces/{space}/report/", fields(act="preview"), 200)
    for told in ("Plogning pågår", "changed, was Serious impact", "Publish to 38 organisations", "Vaxholm"):
        assert told in html
    assert position(network, space) == before


def test_a_report_is_published_and_the_draft_is_gone(network: Network, space: str, nacka: Client) -> None:
    request = ask(network, space, "nacka", extra=["Behövs plogar?"])
    reply = {f"reply-{request}-0": "Ja, två."}
    html = post(nacka, f"/spaces/{space}/report/", fields(act="preview", answers=request, **reply), 200)
    sent = fields(act="publish", answers=request, circle=hidden(html, "circle"), seen=hidden(html, "seen"), **reply)
    there = post(nacka, f"/spaces/{space}/report/", sent)
    told = page(nacka, there)
    for text in ("Plogning pågår", "Considerable impact", "Published", "Behövs plogar? Ja, två.", "Copy as text"):
        assert text in told
    assert "Everybody who may report for you" not in page(nacka, f"/spaces/{space}/report/")
    assert "Answered" in page(nacka, f"/spaces/{space}/requests/{request}/")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"summary": ""}, "Write the most important thing"),
        ({"summary": "x" * 301}, "At most 300 characters"),
        ({"stated_at": "2100-01-01 10.00"}, "cannot apply later than now"),
        ({"stated_at": "i övermorgon"}, "could not be read"),
        ({"next_at": "2020-01-01 10.00"}, "has not passed"),
        ({"cell-el-text": "Mörkt"}, "Choose a status for El"),
        ({"cell-vag-status": "gul"}, "not in the list"),
        ({"cell-vag-status": "aterkommer"}, "Say when you come back"),
        ({"cell-annat-status": "vet_ej"}, "Give it a name"),
        ({"cell-vag-source": "annan_aktor"}, "Say which organisation"),
        ({"cell-el-status": "mattlig", "figure-el_utan-value": "många"}, "Write a number"),
        ({"need-0-amount": "två"}, "Say what it is about"),
        ({"done": "x" * 501}, "at most 500 characters"),
        ({"template": "forsta"}, "Choose what applies"),
        ({"cell-vag-status": "ej_rapporterat"}, "is set by the program"),
        ({"cell-vag-type": "rykte"}, "is not a type of statement"),
    ],
)
def test_a_fault_is_told_at_its_field_and_nothing_is_written(
    network: Network, space: str, nacka: Client, more: dict[str, str], told: str
) -> None:
    before = position(network, space)
    html = post(nacka, f"/spaces/{space}/report/", fields(act="publish", **more), 422)
    assert told in html and "It was not saved." in html
    assert "Plogning pågår" in html
    assert position(network, space) == before


def test_what_is_too_large_is_refused(network: Network, space: str, nacka: Client) -> None:
    before = position(network, space)
    post(nacka, f"/spaces/{space}/report/", fields(act="publish", done="x" * 20_001), 413)
    assert position(network, space) == before


def test_lines_are_added_without_scripts(space: str, nacka: Client) -> None:
    html = post(nacka, f"/spaces/{space}/report/", fields(act="add:needs", **{"need-0-what": "Plog"}), 200)
    assert 'name="need-3-what"' in html and 'value="Plog"' in html


def test_the_remaining_functions_are_filled_in_with_one_choice(network: Network, space: str, nacka: Client) -> None:
    post(nacka, f"/spaces/{space}/report/", fields(act="publish", template="forsta", rest="vet_ej"))
    thing = network.lens(NACKA).state(space).latest("reports", "nacka")
    assert thing is not None and thing.data.cell("vag").status == "betydande"
    assert {cell.status for cell in thing.data.cells if cell.row != "vag"} == {"vet_ej"} and len(thing.data.cells) == 14


# Drafts and colleagues


def test_a_draft_is_kept_shown_to_colleagues_and_thrown_away(network: Network, space: str, nacka: Client) -> None:
    assert post(nacka, f"/spaces/{space}/report/draft/", fields(), 204) == ""
    colleague = network.client("nacka-rapportor", **ENGLISH)
    html = page(colleague, f"/spaces/{space}/report/")
    assert "Plogning pågår" in html and "Everybody who may report for you" in html
    assert "Plogning pågår" not in page(network.client(VAXHOLM), f"/spaces/{space}/report/")
    post(colleague, f"/spaces/{space}/report/", {"act": "discard"})
    assert "Plogning pågår" not in page(nacka, f"/spaces/{space}/report/")


def test_a_colleagues_newer_draft_is_not_overwritten(network: Network, space: str, nacka: Client) -> None:
    post(nacka, f"/spaces/{space}/report/draft/", fields(), 204)
    colleague = network.client("nacka-rapportor", **ENGLISH)
    html = page(colleague, f"/spaces/{space}/report/")
    mine = fields(draft_version=hidden(html, "draft_version"))
    post(nacka, f"/spaces/{space}/report/draft/", fields(summary="Nyare."), 204)
    post(colleague, f"/spaces/{space}/report/draft/", mine, 409)
    assert "Nyare." in page(nacka, f"/spaces/{space}/report/")


def test_two_who_write_at_once_in_one_function_are_told_apart(network: Network, space: str, nacka: Client) -> None:
    there = f"/spaces/{space}/report/draft/"
    first = nacka.post(there, fields(writer="one", draft_version="0"))
    assert (first.status_code, first["X-Draft-Version"]) == (204, "1")
    refused = nacka.post(there, fields(summary="Den andras.", writer="two", draft_version="0"))
    assert refused.status_code == 409 and refused.json()["version"] == 1
    assert re.match(r"TiB saved the draft \d\d:\d\d, after", refused.json()["text"])
    post(nacka, there, fields(writer="two", draft_version="0"), 204)  # the same text: nothing is written over
    chosen = nacka.post(there, fields(summary="Den andras.", writer="two", draft_version="2"))
    assert chosen.status_code == 204
    assert "Den andras." in page(nacka, f"/spaces/{space}/report/")


@pytest.mark.parametrize("act", ["preview", "publish"])
def test_what_a_colleague_has_saved_meanwhile_is_shown_before_it_is_lost(
    network: Network, space: str, nacka: Client, act: str
) -> None:
    there, before = f"/spaces/{space}/report/", position(network, space)
    post(
        network.client("nacka-rapportor", **ENGLISH), f"{there}draft/", fields(summary="Kollegans.", writer="one"), 204
    )
    html = post(nacka, there, fields(act=act, writer="two", **{"cell-vag-status": "allvarlig"}), 409)
    for told in ("saved the draft", "Kollegans.", "Snö och halka.", "Serious impact", "Nothing is lost"):
        assert told in html
    assert position(network, space) == before
    assert "Kollegans." in page(nacka, there)
    mine = fields(act=act, writer="two", draft_version=hidden(html, "draft_version"))
    post(nacka, there, mine, 200 if act == "preview" else 302)


def test_a_draft_is_there_for_the_next_shift(network: Network, space: str, nacka: Client) -> None:
    post(nacka, f"/spaces/{space}/report/draft/", fields(writer="one"), 204)
    html = page(network.client("nacka-rapportor", **ENGLISH), f"/spaces/{space}/report/")
    assert "Plogning pågår" in html and "(TiB)" in html and hidden(html, "writer") == ""


def test_one_who_was_late_is_shown_both_and_chooses(network: Network, space: str, nacka: Client) -> None:
    commands.publish_report(network.lens(NACKA), space, report(network))
    seen = hidden(page(nacka, f"/spaces/{space}/report/"), "seen")
    commands.publish_report(network.lens("nacka-rapportor"), space, report(network, summary="Kollegans."))
    before = position(network, space)
    html = post(nacka, f"/spaces/{space}/report/", fields(act="publish", seen=seen), 409)
    assert "Kollegans." in html and "Snö och halka." in html and "Nothing of yours is lost" in html
    assert position(network, space) == before
    post(nacka, f"/spaces/{space}/report/", fields(act="publish", seen=hidden(html, "seen")))
    assert position(network, space) == before + 1


def test_new_readers_are_shown_before_it_is_published(network: Network, space: str, nacka: Client) -> None:
    before = position(network, space)
    html = post(nacka, f"/spaces/{space}/report/", fields(act="publish", circle="7"), 200)
    assert "The readers have changed" in html and "Publish to 38 organisations" in html
    assert position(network, space) == before


# Quick answers


def test_quick_answers_are_published_in_one_press(network: Network, space: str, nacka: Client) -> None:
    request = ask(network, space, "nacka")
    there = post(nacka, f"/spaces/{space}/report/quick/", {"quick": "no_impact"})
    assert "No impact with us" in page(nacka, there)
    assert "Answered" in page(nacka, f"/spaces/{space}/requests/{request}/")
    seen = hidden(page(nacka, f"/spaces/{space}/report/"), "seen")
    there = post(nacka, f"/spaces/{space}/report/quick/", {"quick": "unchanged", "seen": seen})
    assert "The statement is from" in page(nacka, there)
    before = position(network, space)
    assert post(nacka, f"/spaces/{space}/report/quick/", {"quick": "unchanged", "seen": seen}) == there
    assert position(network, space) == before


@pytest.mark.parametrize(("quick", "status"), [("unchanged", 409), ("maybe", 422), ("", 422)])
def test_a_quick_answer_that_cannot_be_is_refused(
    network: Network, space: str, nacka: Client, quick: str, status: int
) -> None:
    before = position(network, space)
    post(nacka, f"/spaces/{space}/report/quick/", {"quick": quick}, status)
    assert position(network, space) == before


# For others, corrections, withdrawals


def test_a_report_is_entered_for_a_member_and_confirmed_by_it(network: Network, space: str) -> None:
    asker, vaxholm = network.client(ASKER, **ENGLISH), network.client(VAXHOLM, **ENGLISH)
    assert "Vaxholms stad" in page(asker, f"/spaces/{space}/report/for/")
    path = f"/spaces/{space}/report/for/vaxholm/"
    assert "Rakel" in page(asker, path)
    html = post(asker, path, fields(act="preview", received_by="TiB"), 422)
    assert "Say how it came in." in html
    html = post(asker, path, fields(act="preview", via="rakel", received_by="TiB", received_at="2100-01-01 10.00"), 422)
    assert "cannot have been received later" in html
    there = post(asker, path, fields(act="publish", via="rakel", received_by="TiB"))
    told = page(vaxholm, there)
    for text in ("Unconfirmed", "by Rakel radio", "Yes, confirm", "has not confirmed it"):
        assert text in told
    assert "Yes, confirm" not in page(network.client(NACKA, **ENGLISH), there)
    assert "Report entered for you by Länsstyrelsen" in page(vaxholm, "/")
    post(vaxholm, f"{there}confirm/", {"seen": hidden(told, "seen")})
    assert "confirmed by the organisation" in page(asker, there)


def test_a_member_may_not_enter_for_others(space: str, nacka: Client) -> None:
    page(nacka, f"/spaces/{space}/report/for/", 403)
    post(nacka, f"/spaces/{space}/report/for/vaxholm/", fields(act="publish", via="rakel"), 403)


def test_a_report_is_corrected_and_its_earlier_version_can_be_read(network: Network, space: str, nacka: Client) -> None:
    receipt = commands.publish_report(network.lens(NACKA), space, report(network))
    there = f"/spaces/{space}/reports/{receipt.subject}/"
    html = page(nacka, f"{there}correct/")
    assert "Stopp vid Slussen" in html
    post(nacka, f"{there}correct/", fields(act="publish", seen=hidden(html, "seen")))
    assert "Corrected" in page(nacka, there)
    assert "Stopp vid Slussen" in page(nacka, f"{there}versions/{receipt.digest}/")
    html = post(nacka, f"{there}correct/", fields(act="publish", seen=hidden(html, "seen"), summary="Sen."), 409)
    assert "Snö och halka." in html and "Sen." in html


def test_a_withdrawal_needs_a_reason_and_leaves_a_trace(network: Network, space: str, nacka: Client) -> None:
    receipt = commands.publish_report(network.lens(NACKA), space, report(network))
    there = f"/spaces/{space}/reports/{receipt.subject}/"
    assert "Say why in a few words" in post(nacka, f"{there}withdraw/", {"reason": " "}, 422)
    post(nacka, f"{there}withdraw/", {"reason": "Fel händelse.", "seen": receipt.digest})
    told = page(network.client(VAXHOLM, **ENGLISH), there)
    assert "Withdrawn." in told and "Fel händelse." in told and "Stopp vid Slussen" in told
    assert "Withdraw the report" not in page(nacka, there)


@pytest.mark.parametrize("act", ["correct", "withdraw", "confirm", "deny"])
def test_another_organisation_changes_no_report(network: Network, space: str, act: str) -> None:
    receipt = commands.publish_report(network.lens(NACKA), space, report(network))
    before, vaxholm = position(network, space), network.client(VAXHOLM, **ENGLISH)
    there = f"/spaces/{space}/reports/{receipt.subject}/"
    assert "Correct</a>" not in page(vaxholm, there)
    post(vaxholm, f"{there}{act}/", fields(act="publish", reason="Nej."), 403)
    assert position(network, space) == before


# Files


def test_a_file_goes_with_the_report_and_is_only_ever_downloaded(network: Network, space: str, nacka: Client) -> None:
    picture = SimpleUploadedFile("karta.png", b"\x89PNG\r\n\x1a\nxx", "image/png")
    html = post(nacka, f"/spaces/{space}/report/", fields(act="preview", files=picture), 200)
    digest = hidden(html, "attachment-0")
    there = post(nacka, f"/spaces/{space}/report/", fields(act="publish", **{"attachment-0": digest}))
    assert "karta.png" in page(nacka, there)
    response = nacka.get(f"/spaces/{space}/attachments/{digest}/")
    assert response["Content-Disposition"].startswith("attachment") and "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    other = network.open_incident("Annat")
    page(nacka, f"/spaces/{other}/attachments/{digest}/", 404)


@pytest.mark.parametrize(
    ("name", "media_type", "body", "status"),
    [
        ("ond.html", "text/html", b"<script>", 415),
        ("ond.png", "image/png", b"<script>", 415),
        ("tom.pdf", "application/pdf", b"", 422),
    ],
)
def test_other_files_are_refused(
    network: Network, space: str, nacka: Client, name: str, media_type: str, body: bytes, status: int
) -> None:
    before, upload = position(network, space), SimpleUploadedFile(name, body, media_type)
    html = post(nacka, f"/spaces/{space}/report/", fields(act="publish", files=upload), status)
    assert "It was not saved." in html and "Plogning pågår" in html
    assert position(network, space) == before


def test_a_file_of_another_space_cannot_be_named(space: str, nacka: Client) -> None:
    post(nacka, f"/spaces/{space}/report/", fields(act="publish", **{"attachment-0": "0" * 64}), 404)


# Who, where and when


def test_each_address_says_who_may(network: Network, space: str) -> None:
    receipt = commands.publish_report(network.lens(NACKA), space, report(network))
    reader = network.client("nacka-lasare", **ENGLISH)
    assert "Stopp vid Slussen" in page(reader, f"/spaces/{space}/reports/{receipt.subject}/")
    page(reader, f"/spaces/{space}/report/", 403)
    post(reader, f"/spaces/{space}/report/draft/", fields(), 403)
    post(reader, f"/spaces/{space}/reports/{receipt.subject}/withdraw/", {"reason": "x"}, 403)
    page(reader, f"/spaces/{space}/requests/new/", 403)
    page(reader, f"/spaces/{space}/statements/new/", 403)


@pytest.mark.parametrize(
    "path", ["report/", "requests/", "reports/x/", "requests/x/", "statements/x/", "report/quick/"]
)
def test_a_hidden_space_is_as_one_that_is_not_there(network: Network, space: str, nacka: Client, path: str) -> None:
    narrow = network.open_sub_space(space, "polisen/*")
    for unreadable in (narrow, "finns-inte"):
        act = nacka.post if path == "report/quick/" else nacka.get
        assert act(f"/spaces/{unreadable}/{path}").status_code == 404


def test_the_past_is_read_and_not_written(network: Network, space: str, nacka: Client) -> None:
    receipt = commands.publish_report(network.lens(NACKA), space, report(network))
    request = ask(network, space, "nacka")
    now, later = "2099-01-01T00:00", f"/spaces/{space}/reports/{receipt.subject}/"
    page(nacka, later, 400, knew_at=now)
    page(nacka, later, 404, knew_at="2020-01-01T00:00")
    page(nacka, f"/spaces/{space}/report/", 409, happened_by="2020-01-01T00:00")
    told = page(nacka, f"/spaces/{space}/requests/", happened_by="2020-01-01T00:00")
    assert "Nobody has asked" in told and "New request" not in told
    from gemensam.web import times

    stated = times.iso(network.lens(NACKA).now)
    told = page(nacka, later, happened_by=stated)
    assert "Stopp vid Slussen" in told and "Withdraw the report" not in told and "/correct/" not in told
    assert "We come back" not in page(nacka, f"/spaces/{space}/requests/{request}/", happened_by=stated)


def test_the_words_are_swedish_first(network: Network, space: str) -> None:
    commands.publish_report(network.lens(NACKA), space, report(network))
    request = ask(network, space, "nacka")
    client = network.client(NACKA)
    html = page(client, f"/spaces/{space}/report/")
    words = (
        "Lägesrapport från Nacka",
        "Oförändrat",
        "Ingen påverkan hos oss",
        "Läses av 38 aktörer",
        "Vi återkommer kl.",
    )
    for told in words:
        assert told in html
    assert "Hemställan om lägesrapport" in page(client, f"/spaces/{space}/requests/{request}/")


def test_what_is_written_is_shown_as_text_and_never_as_markup(network: Network, space: str, nacka: Client) -> None:
    nasty = "<script>alert(1)</script>"
    receipt = commands.publish_report(
        network.lens(NACKA), space,
        report(network, summary=nasty, cells=[{"row": "annat", "status": "vet_ej", "label": nasty, "text": nasty}]),
    )  # fmt: skip
    for path in (f"/spaces/{space}/reports/{receipt.subject}/", f"/spaces/{space}/report/"):
        html = page(nacka, path)
        assert nasty not in html and "&lt;script&gt;" in html


# Entered through the helper of commands, seen on the page


def test_a_relayed_report_can_be_denied_with_a_reason(network: Network, space: str, nacka: Client) -> None:
    lens = network.lens(ASKER)
    received = Received("nacka", "telefon", "TiB", lens.now - HOUR)
    receipt = commands.relay_report(lens, space, report(network), received)
    there = f"/spaces/{space}/reports/{receipt.subject}/"
    assert "Say why" in post(nacka, f"{there}deny/", {"reason": ""}, 422)
    post(nacka, f"{there}deny/", {"reason": "Inte vi.", "seen": receipt.digest})
    told = page(nacka, there)
    assert "Denied." in told and "Inte vi." in told and "entered" in told


# As text


def test_each_question_can_be_copied_by_itself(network: Network, space: str, nacka: Client) -> None:
    receipt = commands.publish_report(network.lens(NACKA), space, report(network, summary="Stopp vid Slussen."))
    html = page(nacka, f"/spaces/{space}/reports/{receipt.subject}/")
    found = re.findall(r'data-copy="(text-\d+)".*?<pre class="copy-text" id="(text-\d+)">([^<]+)</pre>', html)
    assert [(button, place) for button, place, _text in found] == [("text-1", "text-1"), ("text-2", "text-2")]
    assert found[0][2] == "Stopp vid Slussen."
    assert re.match(r"- Roads.*: \[4\] Serious impact\. Stopp vid Slussen\. \(", found[1][2])


def test_a_report_is_saved_as_a_text_file_and_that_is_noted(network: Network, space: str, nacka: Client) -> None:
    from gemensam.audit import log as audit
    from gemensam.audit.models import Record

    sent = commands.Sent(marks=("TLP:AMBER",))
    receipt = commands.publish_report(network.lens(NACKA), space, report(network, summary="Stopp."), sent=sent)
    found = nacka.get(f"/spaces/{space}/reports/{receipt.subject}/text/")
    assert found["Content-Type"] == "text/plain; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="situation-report-nacka-[\d-]+\.txt"', found["Content-Disposition"])
    lines = found.content.decode().split("\r\n")
    assert "Snöoväder" in lines[0] and "TLP:AMBER" in lines[0] and "\n" not in "".join(lines)
    assert "Stopp." in lines and any(line.startswith("- Roads") for line in lines)
    audit.flush()
    assert Record.objects.filter(action="export", subject=receipt.subject).count() == 1


def test_a_text_says_that_its_report_does_not_count(network: Network, space: str, nacka: Client) -> None:
    receipt = commands.publish_report(network.lens(NACKA), space, report(network))
    commands.withdraw_report(network.lens(NACKA), space, receipt.subject, "Fel händelse.")
    assert "Withdrawn. Situation at" in nacka.get(f"/spaces/{space}/reports/{receipt.subject}/text/").content.decode()
    page(network.client(VAXHOLM), f"/spaces/{network.open_sub_space(space, 'nacka/*')}/reports/x/text/", 404)
