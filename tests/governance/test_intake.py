"""Reading decisions in by full requests: files come in, are read at the desk, compared, and registered once."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from gemensam.core.writing import Receipt
from gemensam.demo.reading_filling import fill_reading
from gemensam.governance.commands import open_period
from gemensam.governance.document_commands import enter_document
from gemensam.governance.document_queries import list_documents_for
from gemensam.governance.domain.documents import DocumentGiven, DocumentTold
from gemensam.governance.domain.periods import PeriodData
from gemensam.governance.intake import desk, files
from gemensam.governance.models import IncomingFile
from gemensam.governance.reading.domain import decision
from gemensam.ledger.append import now_ms
from gemensam.ledger.blobs import MAX_BYTES, open_blob
from tests.governance import making
from tests.governance.making import Heading, Page, Text, Title, columns, lines, made, points
from tests.governance.samples import SAMPLES
from tests.governance.test_extraction import scanned
from tests.network import Network

pytestmark = pytest.mark.database
HOME = "/governance/decisions/read/"
OFFICE, HUDDINGE, COUNTY = "kansliet-registrerare", "huddinge-namndsekreterare", "lansstyrelsen-registrator"
KS: list[making.Block] = [
    columns("HUDDINGE KOMMUN\nKommunstyrelsen", "PROTOKOLLSUTDRAG\nSammanträdesdatum\n2023-08-30"),
    Title("§ 41 Målbild Samverkan Stockholmsregionen 2023-2026"),
    lines("Diarienummer KS-2023/780"),
    Heading("Beslut"),
    points(
        "Kommunstyrelsen antar Målbild 2023–2026 för Samverkan Stockholmsregionen.",
        "Paragrafen förklaras omedelbart justerad.",
    ),
    Heading("Beslutet skickas till"),
    lines("Samverkan Stockholmsregionen"),
]
PDF = made("pdf", KS)
CHESS: list[making.Block] = [
    columns("HUDDINGE KOMMUN\nKommunstyrelsen", "PROTOKOLLSUTDRAG\nSammanträdesdatum\n2023-08-30"),
    Title("§ 42 Bidrag till schackklubben 2023-2026"),
    Heading("Beslut"),
    points("Kommunstyrelsen antar riktlinjer för bidrag till schackklubben."),
]


def client(network: Network, function: str) -> Client:
    return network.client(function, headers={"accept-language": "sv"})


def upload(one: Client, *sent: tuple[str, bytes]) -> Any:
    answer = one.post(HOME, {"files": [SimpleUploadedFile(name, data) for name, data in sent]})
    assert desk.DESK.rest(60)
    return answer


@pytest.fixture
def vision(network: Network) -> Iterator[Receipt]:
    """The målbild 2023–2026 in the space of its period."""
    lens = network.lens("kansliet-strateg")
    period = open_period(lens, PeriodData(2023, 2026))
    told = DocumentTold("M23", "malbild", "Målbild 2023–2026", "1.0", "", "2023-01-01", "2026-12-31")
    yield enter_document(network.lens("kansliet-strateg"), period.space, DocumentGiven(told))
    assert desk.DESK.rest(60)


def given(page: str, **changed: str) -> dict[str, str]:
    """Return what the form of a page would send."""
    found = dict(re.findall(r'<input type="text" name="(\w+)"(?: value="([^"]*)")?', page))
    for name, inner in re.findall(r'<textarea name="(\w+)"[^>]*>(.*?)</textarea>', page, re.DOTALL):
        found[name] = inner.strip()
    for name, inner in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        found[name] = chosen[1] if chosen else ""
    return {**found, **changed}


def opened(network: Network, one: Client, name: str, data: bytes) -> tuple[str, str]:
    """Return the address and the page of the form of one uploaded file."""
    upload(one, (name, data))
    row = IncomingFile.objects.get(name=name)
    url = f"{HOME}{row.id}/"
    answer = one.get(url)
    assert answer.status_code == 200
    return url, answer.content.decode()


def decisions(network: Network, space: str) -> list[Any]:
    """Return the steps about any document of a space."""
    lens = network.lens(OFFICE)
    documents = [each.subject for each in list_documents_for(lens) if each.space == space]
    return [thing for document in documents for thing in lens.state(space).group("decisions_ever_of", document)]


@pytest.mark.parametrize("kind", ["pdf", "docx", "text"])
def test_a_member_uploads_its_minutes_compares_and_registers(network: Network, vision: Receipt, kind: str) -> None:
    one = client(network, HUDDINGE)
    data = made(kind, KS)
    url, page = opened(network, one, making.NAMES[kind], data)
    form = given(page)
    assert form["member"] == "huddinge" and form["document"] == f"{vision.space}/{vision.subject}"
    assert (form["step"], form["outcome"], form["date"], form["paragraph"]) == ("styrelse", "antar", "2023-08-30", "41")
    assert "via" not in form
    answer = one.post(url, form)
    assert answer.status_code == 302, answer.content.decode()
    (thing,) = decisions(network, vision.space)
    (told,) = network.lens(HUDDINGE).payloads(vision.space, [thing.data.content]).values()
    assert told is not None
    assert (thing.organisation, told["body"], told["immediately_adjusted"]) == ("huddinge", "Kommunstyrelsen", True)
    assert told["sha256"] and told["send_to"] == ["Samverkan Stockholmsregionen"] and told["attachments"] is None
    read = {each["field"]: each for each in told["fields_read"]}
    assert read["date"]["certainty"] == "stated" and "2023-08-30" in read["date"]["quote"]
    assert read["conditions"]["certainty"] == "not_stated"
    _kept, bytes_kept = open_blob(network.lens("nacka-tib"), vision.space, told["file"])
    assert bytes_kept == data


def test_the_joint_office_registers_for_a_member_and_what_it_changes_is_asked_and_kept(
    network: Network, vision: Receipt
) -> None:
    one = client(network, OFFICE)
    url, page = opened(network, one, "beslut.pdf", PDF)
    form = given(page, paragraph="14", via="epost", note="Enligt rättelse.")
    asked = one.post(url, form)
    assert asked.status_code == 200 and not decisions(network, vision.space)
    assert "läst som ”41”" in asked.content.decode()
    done = one.post(url, {**form, "confirmed": "1"}, follow=True).content.decode()
    assert "§ i protokollet" in done and "Registrerat: beslut.pdf" in done
    (thing,) = decisions(network, vision.space)
    (told,) = network.lens(OFFICE).payloads(vision.space, [thing.data.content]).values()
    assert told is not None and (thing.organisation, told["paragraph"]) == ("huddinge", "14")
    read = {each["field"]: each for each in told["fields_read"]}
    assert (read["paragraph"]["certainty"], read["paragraph"]["page"]) == ("entered", 0)
    assert read["step"]["certainty"] == "inferred" and read["body"]["certainty"] == "stated"


def test_what_is_about_something_else_is_said_and_asked_before_anything_is_registered(
    network: Network, vision: Receipt
) -> None:
    one = client(network, HUDDINGE)
    url, page = opened(network, one, "schack.pdf", made("pdf", CHESS))
    assert "namnger det här nätverket" in page and given(page)["document"] == ""
    assert one.post(url, given(page)).status_code == 422
    form = given(page, document=f"{vision.space}/{vision.subject}")
    assert one.post(url, form).status_code == 200 and not decisions(network, vision.space)
    assert one.post(url, {**form, "confirmed": "1"}).status_code == 302
    assert len(decisions(network, vision.space)) == 1


def test_a_member_registers_its_own_decisions_only(network: Network, vision: Receipt) -> None:
    one = client(network, COUNTY)
    url, page = opened(network, one, "beslut.pdf", PDF)
    assert "Handlingen kommer från Huddinge kommun." in page and "inget att föreslå" in page
    form = given(page, document=f"{vision.space}/{vision.subject}")
    assert form["member"] == ""
    assert one.post(url, {**form, "member": "huddinge", "confirmed": "1"}).status_code == 422
    assert not decisions(network, vision.space)


def test_another_organisations_files_are_not_there(network: Network, vision: Receipt) -> None:
    url, _page = opened(network, client(network, HUDDINGE), "hemlig-handling.pdf", PDF)
    for function in (COUNTY, OFFICE):
        other = client(network, function)
        assert "hemlig-handling" not in other.get(HOME).content.decode()
        assert "hemlig-handling" not in other.get(f"{HOME}progress/").content.decode()
        for path in ("", "file/", "pages/1.png"):
            assert other.get(url + path).status_code == 404
        for path in ("", "discard/", "again/"):
            assert other.post(url + path, {}).status_code == 404
        assert not upload(other, ("samma.pdf", PDF)).content  # the very same bytes are new to it
    assert IncomingFile.objects.count() == 3


def test_who_registers_no_decisions_reads_none_in(network: Network) -> None:
    one = client(network, "nacka-tib")
    assert one.get(HOME).status_code == 403
    assert upload(one, ("beslut.txt", b"text")).status_code == 403
    assert not IncomingFile.objects.exists()
    assert "decisions/read" not in one.get("/").content.decode() + one.get("/governance/").content.decode()


BOMB = making.zipped({"word/document.xml": b" " * 1000, "word/media/1": b"\x00" * 310_000_000})
BAD = (
    ("tom.pdf", b"", "document_empty"),
    ("inloggning.pdf", b"<!DOCTYPE html><html>logga in</html>", "document_not_what_it_says"),
    ("bild.gif", b"GIF89a...", "document_kind_unknown"),
    ("avklippt.docx", making.docx(KS, "", "")[:400], "document_damaged"),
    ("trasig.pdf", b"%PDF-1.7\n%%EOF", "document_damaged"),
    ("bomb.docx", BOMB, "document_hostile"),
    ("krypterad.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512 + "EncryptedPackage".encode("utf-16-le"),
     "document_encrypted"),
    ("skannad.pdf", scanned(with_text=False), "document_without_text"),
    ("lang.txt", b"a\x0c" * 600 + b"a", "document_too_many_pages"),
    ("stor.txt", b"a" * (MAX_BYTES + 1), "document_too_large"),
)  # fmt: skip


def test_bad_files_of_every_sort_say_why_and_hinder_no_other(network: Network, vision: Receipt) -> None:
    one = client(network, HUDDINGE)
    upload(one, *((name, data) for name, data, _code in BAD), ("../../bra.pdf", PDF))
    rows = {row.name: row for row in IncomingFile.objects.all()}
    assert {name: row.code for name, row in rows.items()} == {**{name: code for name, _d, code in BAD}, "bra.pdf": ""}
    kept = {name for name, row in rows.items() if row.body}
    assert kept == {"skannad.pdf", "lang.txt", "bra.pdf"}
    page = one.get(HOME).content.decode()
    for name in rows:
        assert name in page
    assert "Filen är tom." in page and "lösenord" in page


def test_a_scanned_document_is_shown_and_registered_by_hand(network: Network, vision: Receipt) -> None:
    one = client(network, HUDDINGE)
    url, page = opened(network, one, "skannad.pdf", scanned(with_text=False))
    assert "pages/1.png" in page and "ej angivet" in page
    form = given(page, document=f"{vision.space}/{vision.subject}", step="styrelse", body="Kommunstyrelsen")
    assert form["member"] == "huddinge"
    assert one.post(url, form).status_code == 302
    (thing,) = decisions(network, vision.space)
    (told,) = network.lens(OFFICE).payloads(vision.space, [thing.data.content]).values()
    assert told is not None
    read = {each["field"]: each["certainty"] for each in told["fields_read"]}
    assert (read["body"], read["date"]) == ("entered", "not_stated")


def test_a_page_is_drawn_and_one_that_is_not_there_is_not(network: Network, vision: Receipt) -> None:
    one = client(network, HUDDINGE)
    url, page = opened(network, one, "beslut.pdf", PDF)
    picture = one.get(f"{url}pages/1.png")
    assert picture["Content-Type"] == "image/png" and picture.content.startswith(b"\x89PNG")
    assert one.get(f"{url}pages/2.png").status_code == 404
    anchors = re.findall(r'href="#(p\d+r\d+)"', page)
    assert len(anchors) > 8
    for anchor in anchors:
        assert page.count(f'id="{anchor}"') == 1
    download = one.get(f"{url}file/")
    assert download.content == PDF and "sandbox" in download["Content-Security-Policy"]


def test_lines_of_a_text_are_shown_harmless_and_marked(network: Network, vision: Receipt) -> None:
    blocks = [
        *KS,
        Heading("Ärendet"),
        Text("<script>alert(1)</script>"),
        *[Text(f"Rad {n}") for n in range(200)],
        Page(),
        Text("Slut"),
    ]
    _url, page = opened(network, client(network, HUDDINGE), "handling.docx", made("docx", blocks))
    assert "&lt;script&gt;" in page and "<script>alert" not in page
    anchors = set(re.findall(r'href="#(p\d+r\d+)"', page))
    for anchor in anchors:
        assert re.search(rf'<li id="{anchor}"[^>]* class="marked"', page)
    assert "Rad 150" not in page


def test_the_same_bytes_are_taken_in_once(network: Network, vision: Receipt) -> None:
    one = client(network, HUDDINGE)
    upload(one, ("beslut.pdf", PDF))
    answer = one.post(HOME, {"files": SimpleUploadedFile("kopia.pdf", PDF)}, follow=True)
    assert "kopia.pdf" in answer.content.decode() and IncomingFile.objects.count() == 1
    upload(one, ("fel.pdf", b"Protokoll"), ("fel.txt", b"Protokoll"))
    assert {row.name: row.status for row in IncomingFile.objects.exclude(name="beslut.pdf")} in (
        {"fel.txt": "read"}, {"fel.pdf": "refused"},
    )  # fmt: skip
    upload(one, ("fel.txt", b"Protokoll"))
    assert IncomingFile.objects.get(name="fel.txt").status == "read"


def test_a_file_is_registered_once_however_often_it_is_confirmed(network: Network, vision: Receipt) -> None:
    one = client(network, HUDDINGE)
    url, page = opened(network, one, "beslut.pdf", PDF)
    form = given(page)
    clients = [one, client(network, HUDDINGE), client(network, HUDDINGE)]

    def press(each: Client) -> int:
        try:
            return int(each.post(url, form).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        answers = sorted(pool.map(press, clients))
    assert answers == [302, 409, 409]
    again = one.post(url, form)
    assert again.status_code == 409 and "redan" in again.content.decode()
    assert len(decisions(network, vision.space)) == 1
    assert not IncomingFile.objects.get().body
    assert one.post(f"{url}discard/").status_code == 409
    assert "redan" in upload_again(one, PDF)


def upload_again(one: Client, data: bytes) -> str:
    return one.post(HOME, {"files": SimpleUploadedFile("igen.pdf", data)}, follow=True).content.decode()


def test_many_upload_the_same_at_once(network: Network, vision: Receipt) -> None:
    clients = [client(network, HUDDINGE) for _ in range(4)]

    def send(each: Client) -> int:
        try:
            own = SimpleUploadedFile(f"{id(each)}.txt", f"Protokoll {id(each)}".encode())
            return int(each.post(HOME, {"files": [SimpleUploadedFile("x.txt", b"Protokoll"), own]}).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(send, clients)) == {302}
    assert desk.DESK.rest(60)
    assert [row.status for row in IncomingFile.objects.all()] == ["read"] * 5


@pytest.mark.parametrize(("count", "status"), [(0, 422), (files.MOST_FILES + 1, 422)])
def test_none_and_too_many_are_refused_with_a_reason(network: Network, count: int, status: int) -> None:
    one = client(network, HUDDINGE)
    answer = upload(one, *((f"{n}.txt", b"text %d" % n) for n in range(count)))
    assert answer.status_code == status and not IncomingFile.objects.exists()


def test_what_a_dead_process_left_is_read_by_another_and_what_kills_them_is_refused(
    network: Network, vision: Receipt
) -> None:
    lens = network.lens(HUDDINGE)
    left, killer = (files.take_in(lens, f"{n}.txt", b"Protokoll %d" % n).id for n in range(2))
    IncomingFile.objects.filter(id=left).update(status="reading", claimed_until=1, attempts=1)
    IncomingFile.objects.filter(id=killer).update(status="reading", claimed_until=1, attempts=desk.MOST_ATTEMPTS)
    held = files.take_in(lens, "3.txt", b"Protokoll 3").id
    IncomingFile.objects.filter(id=held).update(status="reading", claimed_until=now_ms() + 60_000, attempts=1)
    desk.wake_if_waiting(now_ms())
    assert desk.DESK.rest(60)
    told = {row.id: (row.status, row.code) for row in IncomingFile.objects.all()}
    assert told == {left: ("read", ""), killer: ("refused", "document_hostile"), held: ("reading", "")}


def test_a_fault_of_the_program_at_one_document_stops_no_other(
    network: Network, vision: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(found: Any, grammar: Any) -> Any:
        if "fel" in found[0].text:
            raise RuntimeError("fel")
        return real(found, grammar)

    real = decision.read
    monkeypatch.setattr(desk, "read", read)
    upload(client(network, HUDDINGE), ("a.txt", b"fel"), ("b.txt", b"Protokoll"))
    assert {row.name: row.code for row in IncomingFile.objects.all()} == {"a.txt": "document_unread", "b.txt": ""}


def test_what_waits_is_told_on_the_start_page_and_what_was_registered_has_its_own(
    network: Network, vision: Receipt
) -> None:
    one = client(network, HUDDINGE)
    url, page = opened(network, one, "beslut.pdf", PDF)
    assert "1 inläst handling att jämföra" in one.get("/").content.decode()
    assert HOME in one.get("/governance/").content.decode()
    one.post(url, given(page))
    assert "inläst handling" not in one.get("/").content.decode()
    (link,) = set(re.findall(r'href="(/spaces/[^"]+/decisions/[^"]+)"', one.get(HOME).content.decode()))
    shown = one.get(link).content.decode()
    assert "2023-08-30" in shown and "sida 1" in shown.lower()


def test_a_file_is_removed_and_nothing_of_it_is_left(network: Network, vision: Receipt) -> None:
    one = client(network, HUDDINGE)
    url, _page = opened(network, one, "beslut.pdf", PDF)
    assert "beslut.pdf" in one.post(f"{url}discard/", follow=True).content.decode()
    assert not IncomingFile.objects.exists() and one.get(url).status_code == 404
    assert not decisions(network, vision.space)


@pytest.mark.parametrize("field", ["date", "paragraph", "member", "document", "step"])
def test_what_cannot_be_registered_is_refused_and_what_was_typed_stays(
    network: Network, vision: Receipt, field: str
) -> None:
    one = client(network, HUDDINGE)
    url, page = opened(network, one, "beslut.pdf", PDF)
    wrong = {"date": "i går", "paragraph": "x" * 301, "member": "nacka", "document": "a/b", "step": "hopp"}[field]
    answer = one.post(url, {**given(page, note="Står kvar"), field: wrong, "confirmed": "1"})
    assert answer.status_code == 422 and "Står kvar" in answer.content.decode()
    assert not decisions(network, vision.space) and IncomingFile.objects.get().status == "read"


def test_a_document_of_another_space_than_one_reads_is_not_found(network: Network, vision: Receipt) -> None:
    (document,) = list_documents_for(network.lens(HUDDINGE))
    one = client(network, HUDDINGE)
    url, page = opened(network, one, "beslut.pdf", PDF)
    assert one.post(url, given(page, document=f"{document.space}/x", confirmed="1")).status_code == 422


SHARED = Path(__file__).parents[3] / "shared" / "documents"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the five documents are not here")
def test_the_five_documents_are_read_in_and_proposed_as_a_registrar_would(network: Network, vision: Receipt) -> None:
    one = client(network, OFFICE)
    found = sorted(SHARED.glob("*.txt"))
    upload(one, *((file.name, file.read_bytes()) for file in found))
    names = ("member", "step", "outcome", "date", "paragraph")
    told = []
    for file in found:
        form = given(one.get(f"{HOME}{IncomingFile.objects.get(name=file.name).id}/").content.decode())
        told.append((*(form[name] for name in names), bool(form["document"])))
    assert told == [
        ("huddinge", "beredning", "noterar", "2023-06-07", "13", True),
        ("", "styrelse", "antar", "", "90", False),
        ("", "skrivelse", "antar", "2019-10-21", "", False),
        ("huddinge", "skrivelse", "noterar", "", "", True),
        ("nacka", "beredning", "antar_yttrande", "2023-01-31", "5", True),
    ]


def test_the_demonstration_has_three_documents_waiting_and_never_more(network: Network, vision: Receipt) -> None:
    for _start in range(2):
        fill_reading(now_ms())
        desk.wake_if_waiting(now_ms())
        assert desk.DESK.rest(60)
    rows = files.list_files_for(network.lens(OFFICE))
    assert {(row.answer["organisation"], row.answer["subject_matches"]) for row in rows} == {
        ("Huddinge kommun", True), ("Tyresö kommun", True), ("Nacka kommun", False),
    }  # fmt: skip
    assert len(rows) == 3


@pytest.mark.check
def test_thirty_seven_are_read_with_progress_shown_and_a_single_one_leads_to_its_form(
    network: Network, vision: Receipt
) -> None:
    one = client(network, OFFICE)
    kinds = ("pdf", "docx", "text")
    sent = []
    for n in range(37):
        sample, kind = SAMPLES[n % len(SAMPLES)], kinds[n % 3]
        foot = f"Nummer {n}\t{sample.foot}"
        sent.append((f"{n}-{making.NAMES[kind]}", made(kind, sample.blocks, sample.head, foot)))
    one.post(HOME, {"files": [SimpleUploadedFile(name, data) for name, data in sent]})
    assert "data-live-every" in one.get(HOME).content.decode()
    assert desk.DESK.rest(120)
    assert set(IncomingFile.objects.values_list("status", flat=True)) == {"read"}
    answer = one.post(HOME, {"files": SimpleUploadedFile("en.pdf", PDF)})
    assert answer.status_code == 302
