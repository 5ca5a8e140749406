"""A text document as DOCX: what is written is what is read back, and Word's own headings and tables are used."""

import io
import xml.etree.ElementTree as ET
import zipfile

from gemensam.documents.docx import write_text
from gemensam.documents.rendering import render
from gemensam.documents.shapes import Column, FeedHead, Frame, TextDocument, TextSection
from gemensam.governance.extraction.extracting import extract

FRAME = Frame(
    title="Remissammanställning", language="sv", author="Samverkan", space="2027–2030", printed_at=1_800_000_000_000,
    printed_by="Strateg", marks=("demonstration",),
    heads=(FeedHead(node="n", incarnation=1, number=2, digest="a" * 64),),
)  # fmt: skip
DOCUMENT = TextDocument(
    frame=FRAME,
    facts=(("Version", "1"),),
    sections=(
        TextSection(heading="Sammanfattning", paragraphs=("Första stycket <&> \u0007.\n\nAndra stycket.",)),
        TextSection(
            heading="1 Mål", level=3, columns=(Column(heading="Stycke"), Column(heading="Synpunkt", weight=3)),
            rows=(("1.1", "Alla övar\nvarje år"),),
        ),
    ),
)  # fmt: skip


def test_what_is_written_is_read_back_as_headings_paragraphs_and_a_table() -> None:
    rows = extract(write_text(DOCUMENT), "x.docx").rows
    told = [row.text for row in rows]
    for text in ("Remissammanställning", "Första stycket <&> \ufffd.", "Andra stycket.", "DEMONSTRATION", "Version: 1"):
        assert text in told
    assert {row.text for row in rows if row.heading} >= {"Sammanfattning", "1 Mål"}
    assert any("Alla övar" in text for text in told) and any("a" * 64 in text for text in told)


def test_every_part_is_xml_and_the_same_document_gives_the_same_bytes() -> None:
    written = write_text(DOCUMENT)
    assert written == write_text(DOCUMENT)
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        for name in archive.namelist():
            ET.fromstring(archive.read(name))
        assert b"<w:tblHeader/>" in archive.read("word/document.xml")


def test_the_same_document_is_printed_as_an_accessible_pdf() -> None:
    body = render("text", DOCUMENT.as_json())
    assert b"pdfuaid" in body and "Andra stycket." in " ".join(row.text for row in extract(body, "x.pdf").rows)
