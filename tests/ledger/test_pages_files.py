"""Attachments in and out, the signed file of a space, disposal by page."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gemensam.audit import log as local_log
from gemensam.audit.models import Record
from gemensam.ledger.blobs import MAX_BYTES
from gemensam.ledger.models import Blob
from gemensam.ledger.verify import check_file
from tests.ledger.reports import report
from tests.ledger.test_pages_log import digests, text_of
from tests.network import Network

PDF = b"%PDF-1.7\n%..."
HTML = b"<!doctype html><script>alert(1)</script>"


def send(client: Any, space: str, name: str = "karta.pdf", body: bytes = PDF, kind: str = "application/pdf") -> Any:
    file = SimpleUploadedFile(name, body, kind)
    return client.post(f"/spaces/{space}/attachments/", {"file": file})


def test_a_file_goes_in_and_comes_out_as_a_download(network: Network) -> None:
    space = network.open_incident()
    stored = send(network.client("nacka-tib"), space, "Karta över ön.pdf")
    assert stored.status_code == 201
    told = stored.json()
    assert (told["name"], told["media_type"], told["size"]) == ("Karta över ön.pdf", "application/pdf", len(PDF))
    out = network.client("taby-lasare").get(told["url"])
    assert (out.status_code, out.content) == (200, PDF)
    assert out["Content-Disposition"] == "attachment; filename*=utf-8''Karta%20%C3%B6ver%20%C3%B6n.pdf"
    assert out["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in out["Content-Security-Policy"]
    assert "no-store" in out["Cache-Control"]
    local_log.flush()
    assert Record.objects.filter(action="attachment_read", subject=told["digest"], function="taby-lasare").count() == 1


def test_a_form_that_is_drawn_in_parts_gets_a_part(network: Network) -> None:
    space = network.open_incident()
    client = network.client("nacka-tib")
    file = SimpleUploadedFile("a&<b>.txt", b"text", "text/plain")
    part = client.post(f"/spaces/{space}/attachments/", {"file": file}, headers={"hx-request": "true"})
    assert part.status_code == 201
    assert "a&amp;&lt;b&gt;.txt" in part.content.decode()


@pytest.mark.parametrize(
    ("name", "body", "kind", "status"),
    [
        ("sida.html", HTML, "text/html", 415),
        ("sida.pdf", HTML, "application/pdf", 415),
        ("bild.png", HTML, "image/png", 415),
        ("bild.svg", b"<svg onload=alert(1)>", "image/svg+xml", 415),
        ("bild.jpg", b"\x89PNG\r\n\x1a\n", "image/jpeg", 415),
        ("karta.pdf.html", PDF, "application/pdf", 415),
        ("program.exe", b"MZ\x90", "application/octet-stream", 415),
        ("utan", PDF, "application/pdf", 415),
        ("binar.txt", b"\x00\x01\xff", "text/plain", 415),
        ("tom.txt", b"", "text/plain", 422),
        ("x" * 250 + ".pdf", PDF, "application/pdf", 422),
    ],
)
def test_what_is_not_taken(network: Network, name: str, body: bytes, kind: str, status: int) -> None:
    answer = send(network.client("nacka-tib"), "standing", name, body, kind)
    assert answer.status_code == status
    assert not Blob.objects.exists()


def test_a_path_in_a_name_is_only_its_last_part(network: Network) -> None:
    told = send(network.client("nacka-tib"), "standing", "../../etc/passwd.txt", b"text", "text/plain")
    assert told.status_code == 201
    assert told.json()["name"] == "passwd.txt"


def test_text_that_looks_like_a_page_is_given_out_as_text_that_nothing_runs(network: Network) -> None:
    told = send(network.client("nacka-tib"), "standing", "sida.txt", HTML, "text/html").json()
    out = network.client("nacka-tib").get(told["url"])
    assert out["Content-Type"] == "text/plain"
    assert out["Content-Disposition"].startswith("attachment")


def test_too_large_a_file_is_refused_with_the_limit(network: Network) -> None:
    answer = send(network.client("nacka-tib"), "standing", body=PDF + b"x" * MAX_BYTES)
    assert answer.status_code == 413
    assert str(MAX_BYTES) in text_of(answer)
    assert not Blob.objects.exists()


def test_only_who_reports_sends_files_and_only_where_one_reads(network: Network) -> None:
    hidden = network.open_sub_space(network.open_incident(), "nacka-tib")
    assert send(network.client("nacka-lasare"), "standing").status_code == 403
    assert send(network.client("taby-tib"), hidden).status_code == 404
    told = send(network.client("nacka-tib"), hidden).json()
    assert network.client("taby-tib").get(told["url"]).status_code == 404
    assert network.client("nacka-tib").get(f"/spaces/standing/attachments/{told['digest']}/").status_code == 404
    assert network.client("nacka-tib").get("/spaces/standing/attachments/..%2f..%2fetc/").status_code == 404
    assert Blob.objects.count() == 1


def test_one_file_at_a_time(network: Network) -> None:
    client = network.client("nacka-tib")
    assert client.post("/spaces/standing/attachments/", {}).status_code == 400
    assert client.post("/spaces/standing/attachments/", {"file": "text"}).status_code == 400
    assert client.get("/spaces/standing/attachments/").status_code == 405


def test_a_space_is_taken_along_as_a_file_that_verifies(network: Network) -> None:
    space = network.open_incident()
    network.write("nacka-tib", report(space))
    send(network.client("nacka-tib"), space)
    client = network.client("nacka-tib")
    page = text_of(client.get(f"/spaces/{space}/export/"))
    assert "gemensam verify snoovader-" in page
    answer = client.post(f"/spaces/{space}/export/file/")
    assert answer["Content-Disposition"].startswith('attachment; filename="snoovader-')
    lines = b"".join(answer.streaming_content).splitlines(keepends=True)  # type: ignore[attr-defined]
    head, verdict = check_file(iter(lines))
    assert head["space"] == space
    assert (verdict.entries, list(verdict.faults)) == (2, [])
    record = Record.objects.get(action="export")
    assert (record.space, json.loads(record.detail)["format"]) == (space, "jsonl")


def test_a_demonstration_says_so_in_file_and_table(network: Network, settings: Any) -> None:
    settings.GEMENSAM_DEMO = True
    client = network.client("nacka-tib")
    answer = client.post("/spaces/standing/export/file/")
    assert 'filename="DEMONSTRATION-' in answer["Content-Disposition"]
    assert b'"demonstration":true' in next(iter(answer.streaming_content))  # type: ignore[attr-defined]
    table = b"".join(client.get("/spaces/standing/log/table.csv").streaming_content)  # type: ignore[attr-defined]
    assert table.decode("utf-8-sig").startswith("DEMONSTRATION · ")


def test_only_who_may_takes_a_space_along(network: Network) -> None:
    client = network.client("nacka-lasare")
    assert client.get("/spaces/standing/export/").status_code == 403
    assert client.post("/spaces/standing/export/file/").status_code == 403
    hidden = network.open_sub_space(network.open_incident(), "nacka-tib")
    assert network.client("taby-tib").post(f"/spaces/{hidden}/export/file/").status_code == 404
    assert not Record.objects.filter(action="export").exists()


def test_a_text_is_disposed_of_under_a_decision_after_what_remains_is_shown(network: Network) -> None:
    space = network.open_incident()
    receipt = network.write("nacka-tib", report(space, "Känslig uppgift om reservkraft"))[0]
    client = network.client("kansliet-systemforvaltare")
    address = f"/spaces/{space}/dispose/"
    look = text_of(client.get(address, {"digest": receipt.digest}))
    assert "Säkerhetskopior" in look
    form = {"digest": receipt.digest, "decision": "GB 2026:1", "reason": "felinförd", "understood": "on"}
    assert client.post(address, {**form, "decision": ""}).status_code == 422
    assert client.post(address, {**form, "understood": ""}).status_code == 422
    assert network.lens("nacka-tib").entry(space, receipt.digest).payload is not None
    done = client.post(address, form)
    assert done.status_code == 302
    assert network.lens("nacka-tib").entry(space, receipt.digest).payload is None
    trace = text_of(client.get(done["Location"]))
    assert "GB 2026:1" in trace
    log = text_of(client.get(f"/spaces/{space}/log/"))
    assert "Gallrad" in log
    assert "reservkraft" not in log
    assert Record.objects.get(action="disposal").detail == '{"count":1}'


def test_entries_that_hold_copies_are_shown_before(network: Network) -> None:
    space = network.open_incident()
    first = network.write("nacka-tib", report(space, "Uppgift"))[0]
    copy = report(space, "Oförändrat")
    network.write("nacka-tib", report(space, f"Se {first.digest}"), copy)
    look = network.client("kansliet-systemforvaltare").get(f"/spaces/{space}/dispose/", {"digest": first.digest})
    assert "kan innehålla kopior" in text_of(look)


def test_who_reads_is_never_disposed_of(network: Network) -> None:
    space = network.open_incident()
    opened = digests(network, space)[0]
    client = network.client("kansliet-systemforvaltare")
    look = text_of(client.get(f"/spaces/{space}/dispose/", {"digest": opened}))
    assert "gallras aldrig" in look
    form = {"digest": opened, "decision": "GB", "understood": "on"}
    assert client.post(f"/spaces/{space}/dispose/", form).status_code == 422
    assert network.lens("nacka-tib").entry(space, opened).payload is not None


def test_only_who_may_disposes_and_only_of_what_is_there(network: Network) -> None:
    space = network.open_incident()
    assert network.client("nacka-tib").get(f"/spaces/{space}/dispose/").status_code == 403
    client = network.client("kansliet-systemforvaltare")
    assert "Inget är valt" in text_of(client.get(f"/spaces/{space}/dispose/"))
    assert client.get(f"/spaces/{space}/dispose/", {"digest": "0" * 64}).status_code == 404
    many = {"digest": [f"{number:064x}" for number in range(101)]}
    assert client.get(f"/spaces/{space}/dispose/", many).status_code == 422
    assert client.post(f"/spaces/{space}/dispose/", {"decision": "GB", "understood": "on"}).status_code == 422
