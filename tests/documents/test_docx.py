"""Word documents: what is written is read again, whatever is in it, and the same blocks are the same bytes."""

import io
import zipfile
from xml.dom import minidom

from hypothesis import given, settings
from hypothesis import strategies as st

from gemensam.documents.docx import Heading, Paragraph, Points, Table, write_docx, zip_of
from gemensam.governance.extraction.docx_text import read_docx

BLOCKS = (
    Heading("Tjänsteskrivelse", 1),
    Heading("Sammanfattning"),
    Paragraph("Ett stycke.\n\nEtt till med <tecken> & åäö."),
    Points(("Första", "Andra")),
    Table(("Medlem", "Kronor"), (("Nacka", "12,50"), ("Täby", "7,25")), frozenset({1})),
    Paragraph("Fylls i av medlemmen", gap=True),
)


def rows(data: bytes) -> list[str]:
    return [row.text for row in read_docx(data, most_pages=50).rows]


def test_every_block_is_read_again_in_its_order() -> None:
    told = "\n".join(rows(write_docx("Ärendet", BLOCKS, running="UTKAST")))
    places = [told.index(word) for word in ("UTKAST", "Tjänsteskrivelse", "Sammanfattning", "Ett stycke.",
                                            "Ett till med <tecken> & åäö.", "Första", "Andra", "Nacka", "7,25",
                                            "Fylls i av medlemmen")]  # fmt: skip
    assert places == sorted(places)


def test_headings_language_and_heading_rows_are_what_they_are() -> None:
    with zipfile.ZipFile(io.BytesIO(write_docx("Ärendet", BLOCKS))) as archive:
        document = archive.read("word/document.xml").decode()
        styles = archive.read("word/styles.xml").decode()
        names = set(archive.namelist())
        for name in names:
            minidom.parseString(archive.read(name))
        for relations in ("_rels/.rels", "word/_rels/document.xml.rels"):
            folder = relations.partition("_rels/")[0]
            for one in minidom.parseString(archive.read(relations)).getElementsByTagName("Relationship"):
                assert folder + one.getAttribute("Target") in names
    assert '<w:pStyle w:val="Heading1"/>' in document
    assert document.count("<w:tblHeader/>") == 1
    assert '<w:lang w:val="sv-SE"/>' in styles


def test_the_same_blocks_are_the_same_bytes() -> None:
    assert write_docx("Ärendet", BLOCKS) == write_docx("Ärendet", BLOCKS)
    assert zip_of({"a": b"1"}) == zip_of({"a": b"1"}) != zip_of({"a": b"2"})


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60))
def test_whatever_a_keyboard_sent_gives_a_whole_document(text: str) -> None:
    blocks = (Heading(text), Paragraph(text), Points((text,)), Table((text,), ((text,),)))
    with zipfile.ZipFile(io.BytesIO(write_docx(text, blocks, author=text, running=text))) as archive:
        for name in archive.namelist():
            minidom.parseString(archive.read(name))
