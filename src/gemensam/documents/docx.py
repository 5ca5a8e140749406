"""A document to write on in a word processor (DOCX, ISO/IEC 29500): headings, paragraphs, lists and tables.

Written with the standard library alone: a zip of a few parts of XML. The same blocks give the same bytes. Headings are
real headings and a table's first row is its heading row, so that a screen reader finds its way.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from gemensam.documents import times
from gemensam.documents.shapes import Frame, TextDocument, TextSection
from gemensam.documents.words import LOUD_MARKS, WORDS

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MADE_AT = (1980, 1, 1, 0, 0, 0)  # the zip's own times say nothing, so that the same document is the same bytes
_UNFIT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold
_LOCALES = {"sv": "sv-SE", "en": "en-GB"}
TEXT_WIDTH: Final = 9638  # of an A4 page between its margins, in twentieths of a point


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the document's title."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text; an empty line parts paragraphs. `gap`: something is missing here and is to be written: it is marked."""

    text: str
    bold: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list, a line for each point."""

    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below their headings. `numbers`: places of columns that are set to the right."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: frozenset[int] = frozenset()


Block = Heading | Paragraph | Points | Table


def write_docx(
    title: str, blocks: Iterable[Block], *, language: str = "sv", author: str = "", running: str = ""
) -> bytes:
    """Return the file. `language`: sv or en; `running` stands at the top of every page (UTKAST, DEMONSTRATION)."""
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _relations(("officeDocument", "word/document.xml"), ("core", "docProps/core.xml")),
        "docProps/core.xml": _properties(title, author, _LOCALES[language]),
        "word/document.xml": _document(blocks),
        "word/styles.xml": _styles(_LOCALES[language]),
        "word/numbering.xml": _NUMBERING,
        "word/header1.xml": _running(running),
        "word/footer1.xml": _FOOTER,
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml"), ("numbering", "numbering.xml"), ("header", "header1.xml"),
            ("footer", "footer1.xml"),
        ),
    }  # fmt: skip
    return zip_of({name: ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + part).encode()
                   for name, part in parts.items()})  # fmt: skip


def write_text(document: TextDocument) -> bytes:
    """Return a document of headed sections as a file; at its end stands what it was made from."""
    frame = document.frame
    words = WORDS[frame.language]
    marks = " · ".join(words[mark] if mark in LOUD_MARKS else words.get(mark, mark) for mark in frame.marks)
    blocks = [
        *_opening(document, marks),
        *(block for one in document.sections for block in _section(one)),
        *_about(frame),
    ]
    return write_docx(frame.title, blocks, language=frame.language, author=frame.author, running=marks)


def _opening(document: TextDocument, marks: str) -> Iterator[Block]:
    frame = document.frame
    if marks:
        yield Paragraph(marks, bold=True)
    yield Heading(frame.title, 1)
    yield Paragraph(" · ".join(part for part in (frame.author, frame.space, frame.moment) if part))
    yield from (Paragraph(f"{name}: {value}") for name, value in document.facts)


def _section(section: TextSection) -> Iterator[Block]:
    yield Heading(section.heading, section.level)
    yield from (Paragraph(text) for text in section.paragraphs if text.strip())
    if section.rows:
        yield Table([column.heading for column in section.columns], section.rows)


def _about(frame: Frame) -> Iterator[Block]:
    words = WORDS[frame.language]
    printed = words["printed"].format(at=times.full(frame.printed_at, frame.language), by=frame.printed_by)
    yield Heading(words["about"])
    yield Paragraph(
        ". ".join(part for part in (printed, f"{words['circle']}: {frame.circle}" if frame.circle else "") if part)
    )
    if frame.heads:
        yield Paragraph(words["about_heads"])
        yield from (Paragraph(f"{head.node}/{head.incarnation} #{head.number} {head.digest}") for head in frame.heads)


def zip_of(files: dict[str, bytes]) -> bytes:
    """Return a zip of files in the order given; the same files give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, body in files.items():
            about = zipfile.ZipInfo(name, _MADE_AT)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o644 << 16
            archive.writestr(about, body)
    return made.getvalue()


def _document(blocks: Iterable[Block]) -> str:
    body = "".join(_block(block) for block in blocks)
    page = (
        '<w:sectPr><w:headerReference w:type="default" r:id="r3"/><w:footerReference w:type="default" r:id="r4"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1134" w:bottom="1418" w:left="1134" '
        'w:header="624" w:footer="624" w:gutter="0"/></w:sectPr>'
    )
    return f'<w:document xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}"><w:body>{body}{page}</w:body></w:document>'


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return _styled(text, "Title" if level == 1 else f"Heading{min(level, 4) - 1}")
        case Points(texts):
            return "".join(_styled(text, "ListBullet") for text in texts)
        case Table():
            return _table(block)
        case Paragraph(text, bold, gap):
            return "".join(
                _styled(part, "Gap" if gap else "", bold=bold) for part in re.split(r"\n\s*\n", text.strip())
            )


def _styled(text: str, style: str, *, bold: bool = False) -> str:
    about = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{about}{_run(text, bold=bold)}</w:p>"


def _run(text: str, *, bold: bool = False) -> str:
    lines = _UNFIT.sub("�", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    inside = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{inside}</w:r>"


def _table(table: Table) -> str:
    width = TEXT_WIDTH // len(table.headings)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for _ in table.headings)
    about = '<w:tblPr><w:tblStyle w:val="Ruled"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:firstRow="1"/></w:tblPr>'
    head = _row(table.headings, table, width, head=True)
    rows = "".join(_row(row, table, width) for row in table.rows)
    # Two tables must not meet: a paragraph stands after each.
    return f"<w:tbl>{about}<w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl><w:p/>"


def _row(cells: Sequence[str], table: Table, width: int, *, head: bool = False) -> str:
    drawn = []
    for place, cell in enumerate(cells):
        side = '<w:pPr><w:jc w:val="right"/></w:pPr>' if place in table.numbers else ""
        drawn.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p>{side}{_run(cell, bold=head)}</w:p></w:tc>'
        )
    about = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else "<w:trPr><w:cantSplit/></w:trPr>"
    return f"<w:tr>{about}{''.join(drawn)}</w:tr>"


_TYPES = {"officeDocument": _OFFICE, "styles": _OFFICE, "numbering": _OFFICE, "header": _OFFICE, "footer": _OFFICE}


def _relations(*targets: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="r{place}" Type="{_relation(kind)}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _relation(kind: str) -> str:
    return f"{_TYPES[kind]}/{kind}" if kind in _TYPES else f"{_PACKAGE}/relationships/metadata/core-properties"


def _properties(title: str, author: str, locale: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(_UNFIT.sub('', title))}</dc:title><dc:creator>{escape(_UNFIT.sub('', author))}</dc:creator>"
        f"<dc:language>{locale}</dc:language></cp:coreProperties>"
    )


def _running(text: str) -> str:
    return f'<w:hdr xmlns:w="{_MAIN}">{_styled(text, "Header", bold=True)}</w:hdr>'


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


_FOOTER: Final = (
    f'<w:ftr xmlns:w="{_MAIN}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{_field("PAGE")}'
    f'<w:r><w:t xml:space="preserve"> (</w:t></w:r>{_field("NUMPAGES")}<w:r><w:t>)</w:t></w:r></w:p></w:ftr>'
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CONTENT_TYPES: Final = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_WORD}.numbering+xml"/>'
    f'<Override PartName="/word/header1.xml" ContentType="{_WORD}.header+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_WORD}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_NUMBERING: Final = (
    f'<w:numbering xmlns:w="{_MAIN}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="bullet"/><w:lvlText w:val="–"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="357" w:hanging="357"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def _style(name: str, about: str, *, title: str = "", based: bool = True) -> str:
    on = '<w:basedOn w:val="Normal"/>' if based else ""
    shown = quoteattr(title or name)
    return f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val={shown}/>{on}<w:qFormat/>{about}</w:style>'


def _heading_style(level: int, size: int) -> str:
    about = (
        f'<w:pPr><w:keepNext/><w:spacing w:before="{360 - 60 * level}" w:after="80"/>'
        f'<w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr>'
    )
    return _style(f"Heading{level}", about, title=f"heading {level}")


def _styles(locale: str) -> str:
    border = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A949E"/>' for side in ("top", "bottom", "insideH")
    )
    return (
        f'<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/>'
        f'<w:lang w:val="{locale}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        + _style("Title", '<w:pPr><w:spacing w:after="200"/></w:pPr><w:rPr><w:b/><w:sz w:val="36"/></w:rPr>')
        + "".join(_heading_style(level, size) for level, size in ((1, 28), (2, 24), (3, 22)))
        + _style("ListBullet", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', title="List Bullet")
        + _style("Gap", '<w:rPr><w:b/><w:shd w:val="clear" w:color="auto" w:fill="FFE08A"/></w:rPr>', title="Fyll i")
        + _style("Header", '<w:rPr><w:sz w:val="18"/></w:rPr>', title="header")
        + _style("Footer", '<w:pPr><w:jc w:val="right"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr>', title="footer")
        + '<w:style w:type="table" w:styleId="Ruled"><w:name w:val="Ruled"/><w:tblPr>'
        f"<w:tblBorders>{border}</w:tblBorders></w:tblPr></w:style></w:styles>"
    )
