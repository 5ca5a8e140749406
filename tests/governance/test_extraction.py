"""Documents in: rows with their places, and a clear refusal for every file that is not what it should be."""

import io
import os
import shutil
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import pytest
import typst
from pypdf import PdfReader, PdfWriter

from gemensam.core.refusal import Refused
from gemensam.governance.extraction import extracting
from gemensam.governance.extraction.extracting import MOST_PAGES, extract
from gemensam.governance.extraction.rows import LONGEST_ROW
from tests.governance import making
from tests.governance.making import Heading, Page, Text, Title, columns, made, points

LONG = (
    "Kommunstyrelsen antar målbilden och uppdrar åt kommundirektören att återkomma med en redovisning av kostnaderna. "
)
BLOCKS: list[making.Block] = [
    columns("PROTOKOLLSUTDRAG\nKommunstyrelsen", "Sammanträdesdatum\n2023-05-29"),
    Title("§ 72 Gemensam målbild"),
    Heading("Beslut"),
    points(LONG + LONG, "Paragrafen förklaras omedelbart justerad."),
    Page(),
    Text("På nästa sida."),
]


def refusal(data: bytes, name: str, **limits: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        extract(data, name, **limits)
    return refused.value


def pdf_of(source: str) -> bytes:
    data = typst.compile(source.encode())
    assert isinstance(data, bytes)
    return data


@pytest.mark.parametrize("kind", making.MAKERS)
def test_text_comes_out_whole_in_its_order_on_its_page(kind: str) -> None:
    extracted = extract(made(kind, BLOCKS), making.NAMES[kind])
    assert (extracted.format, extracted.pages, extracted.unread) == (kind.replace("wrapped", "text"), 2, ())
    told = " ".join(" ".join(row.text.split()) for row in extracted.rows)
    for part in ("PROTOKOLLSUTDRAG Sammanträdesdatum", "Kommunstyrelsen 2023-05-29", (LONG + LONG).strip()):
        assert part in told
    assert [(row.page, row.number) for row in extracted.rows if row.text == "På nästa sida."] == [(2, 1)]


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_headings_and_columns_are_seen(kind: str) -> None:
    rows = extract(made(kind, BLOCKS), making.NAMES[kind]).rows
    assert [row.text for row in rows if row.heading] == ["§ 72 Gemensam målbild", "Beslut"]
    assert "Kommunstyrelsen\t2023-05-29" in [row.text for row in rows]


def test_rows_of_a_pdf_say_that_they_go_on_where_the_row_before_was_full() -> None:
    rows = extract(made("pdf", BLOCKS), "x.pdf").rows
    place = next(place for place, row in enumerate(rows) if row.text.startswith("1. "))
    assert [row.wrapped for row in rows[place : place + 4]] == [False, True, True, False]


def test_text_that_stands_on_end_in_the_margin_is_left_out() -> None:
    rows = extract(pdf_of("Rak text.\n#rotate(90deg)[stämpel]"), "x.pdf").rows
    assert [row.text for row in rows] == ["Rak text."]


def test_a_page_that_lies_on_its_side_is_read_all_the_same() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made("pdf", BLOCKS))))
    writer.pages[0].rotate(90)
    rows = extract(_written(writer), "x.pdf").rows
    assert any("§ 72 Gemensam målbild" in row.text for row in rows)


def test_the_head_of_a_word_document_comes_first_and_is_marked_as_running() -> None:
    rows = extract(making.docx(BLOCKS, "Granåsa kommun\tSida 1", "Justerandes sign"), "x.docx").rows
    assert [row.text for row in rows if row.running] == ["Justerandes sign", "Granåsa kommun\tSida 1"]


def test_old_and_new_encodings_and_line_ends_are_read() -> None:
    told = "§ 5 Målbild\r\nbeslut på åäö"
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        assert [row.text for row in extract(told.encode(encoding), "x.txt").rows] == ["§ 5 Målbild", "beslut på åäö"]


@pytest.mark.parametrize("data", [b"", b"   \n\t\n", b"\x00" * 50, b"\xef\xbb\xbf"])
def test_an_empty_file_is_said_to_be_empty(data: bytes) -> None:
    assert refusal(data, "x.txt").code == "document_empty"


@pytest.mark.parametrize(
    ("data", "name", "said", "found"),
    [
        (b"<!DOCTYPE html><html><body>logga in</body></html>", "protokoll.pdf", "pdf", "html"),
        (b"Protokoll", "protokoll.pdf", "pdf", "text"),
        (b"%PDF-1.7 ...", "protokoll.docx", "docx", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "protokoll.pdf", "pdf", "png"),
        (b"MZ\x90\x00\x03", "protokoll.txt", "text", "binary"),
        (b"{\\rtf1 text}", "protokoll.docx", "docx", "rtf"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(data: bytes, name: str, said: str, found: str) -> None:
    refused = refusal(data, name)
    assert (refused.code, refused.facts) == ("document_not_what_it_says", {"said": said, "found": found})


def test_a_format_that_is_not_read_is_named() -> None:
    assert refusal(b"GIF89a...", "x").facts == {"found": "gif"}
    spreadsheet = making.zipped({"xl/workbook.xml": "<x/>"})
    assert refusal(spreadsheet, "x.xlsx").code == "document_kind_unknown"
    assert refusal(spreadsheet, "x.docx").facts == {"said": "docx", "found": "zip"}


def test_a_file_is_read_by_its_bytes_where_its_name_says_nothing() -> None:
    assert extract(made("docx", BLOCKS), "handling").format == "docx"
    assert extract(made("pdf", BLOCKS), "handling.bin").format == "pdf"


def _written(writer: PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_locked_files_are_said_to_be_locked() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made("pdf", BLOCKS))))
    writer.encrypt("hemligt", algorithm="AES-256-R5")
    assert refusal(_written(writer), "x.pdf").code == "document_encrypted"
    office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512 + "EncryptedPackage".encode("utf-16-le")
    assert refusal(office, "x.docx").code == "document_encrypted"


def test_a_pdf_that_only_forbids_changes_is_read() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made("pdf", BLOCKS))))
    writer.encrypt("", "ägare", algorithm="AES-256-R5")
    assert extract(_written(writer), "x.pdf").pages == 2


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_file_that_was_cut_off_is_refused_or_read_but_never_crashes(kind: str, part: float) -> None:
    data = made(kind, BLOCKS)
    code = _code(data[: int(len(data) * part)], making.NAMES[kind])
    # pdfium finds the pages of a file that has lost its end; a cut zip has lost its directory.
    read = {""} if kind == "pdf" else set()
    assert code in {"document_damaged", "document_without_text", "document_not_what_it_says"} | read


def _code(data: bytes, name: str) -> str:
    try:
        extract(data, name)
    except Refused as refused:
        return refused.code
    return ""


def test_damaged_parts_are_said_to_be_damaged() -> None:
    assert refusal(b"%PDF-1.7\n%%EOF", "x.pdf").code == "document_damaged"
    assert refusal(making.zipped({"word/document.xml": "<w:document>"}), "x.docx").code == "document_damaged"


def picture() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00" + b"\x80" * 8) * 1) + chunk(b"IEND", b"")


def scanned(*, with_text: bool) -> bytes:
    grey = ", ".join(str(byte) for byte in zlib.decompress(zlib.compress(bytes(range(64)))))
    image = f'#image(bytes(({grey},)), format: (encoding: "luma8", width: 8, height: 8), width: 100%)'
    return pdf_of(image + ("\n#pagebreak()\nText på sidan två." if with_text else ""))


def test_a_scanned_document_without_text_is_said_to_be_one() -> None:
    assert refusal(scanned(with_text=False), "x.pdf").code == "document_without_text"


def test_pages_without_text_are_named_where_others_have_some() -> None:
    extracted = extract(scanned(with_text=True), "x.pdf")
    assert (extracted.unread, [row.text for row in extracted.rows]) == ((1,), ["Text på sidan två."])


@pytest.fixture(scope="module")
def many_pages() -> bytes:
    return pdf_of("#for page in range(500) [#lorem(250) #pagebreak(weak: true)]")


def test_five_hundred_pages_are_read(many_pages: bytes) -> None:
    assert extract(many_pages, "x.pdf").pages >= 500


def test_more_pages_than_that_are_refused() -> None:
    refused = refusal(made("pdf", BLOCKS), "x.pdf", most_pages=1)
    assert (refused.code, refused.facts) == ("document_too_many_pages", {"pages": 2, "most": 1})
    assert refusal(b"a\x0c" * MOST_PAGES + b"a", "x.txt").code == "document_too_many_pages"
    assert refusal(made("docx", [Page(), Text("a")]), "x.docx", most_pages=1).code == "document_too_many_pages"


def test_a_word_document_that_swells_is_refused_before_it_is_unpacked() -> None:
    bomb = making.zipped({"word/document.xml": b" " * 1000, "word/media/1": b"\x00" * 310_000_000})
    assert len(bomb) < 400_000
    assert refusal(bomb, "x.docx").code == "document_hostile"


def test_a_part_that_swells_is_refused() -> None:
    assert refusal(making.zipped({"word/document.xml": b" " * 61_000_000}), "x.docx").code == "document_hostile"


def test_a_directory_that_lies_about_sizes_is_refused() -> None:
    data = bytearray(making.zipped({"word/document.xml": b" " * 1_000_000}))
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 100)
    assert refusal(bytes(data), "x.docx").code in {"document_hostile", "document_damaged"}


def test_thousands_of_parts_are_refused() -> None:
    parts = {f"word/{place}": b"" for place in range(4100)}
    assert refusal(making.zipped({"word/document.xml": "<x/>", **parts}), "x.docx").code == "document_hostile"


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        "<x>" * 400 + "</x>" * 400,
    ],
)
def test_xml_that_grows_reaches_out_or_nests_without_end_is_refused(xml: str) -> None:
    assert refusal(making.zipped({"word/document.xml": xml}), "x.docx").code == "document_hostile"


def test_a_paragraph_without_end_is_cut() -> None:
    assert [len(row.text) for row in extract(b"a" * 3_000_000, "x.txt").rows] == [LONGEST_ROW]


def test_a_file_that_takes_too_long_is_stopped_in_time(many_pages: bytes) -> None:
    started = time.monotonic()
    assert refusal(many_pages, "x.pdf", timeout_s=0.4).code == "document_timeout"
    assert time.monotonic() - started < 5


def test_a_file_that_takes_too_much_memory_is_stopped() -> None:
    data = b"kort rad\n" * 2_000_000
    assert refusal(data, "x.txt", memory=120_000_000).code == "document_memory"


def test_a_file_larger_than_any_document_is_refused_before_a_child_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere")
    assert refusal(b"a" * (extracting.LARGEST_FILE + 1), "x.txt").code == "document_too_large"


def test_a_reader_that_dies_without_a_word_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    assert refusal(b"text", "x.txt").code == "document_hostile"


def test_a_document_that_never_gets_its_turn_says_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracting, "_turns", BoundedSemaphore(1))
    with extracting._turns:
        assert refusal(b"text", "x.txt", timeout_s=0.05).code == "reading_busy"


def test_the_name_of_a_file_is_never_an_option_or_a_path() -> None:
    assert extract(b"text", "--help").format == "text"
    assert extract(b"text", "../../etc/passwd").format == "text"
    assert extract(b"text", "").format == "text"


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("unshare") is None, reason="needs root and unshare")
def test_a_document_is_read_without_any_network(tmp_path: Path) -> None:
    child = [
        sys.executable,
        "-I",
        "-m",
        "gemensam.governance.extraction.child",
        str(extracting.MEMORY),
        "20",
        "600",
        "x",
    ]
    done = subprocess.run(["unshare", "-n", *child], input=made("pdf", BLOCKS), capture_output=True, check=False)
    if done.returncode and b"unshare" in done.stderr:
        pytest.skip("this machine allows no name space without interfaces")
    assert done.returncode == 0
