"""A text document as DOCX (ECMA-376): headings, paragraphs and tables as Word's own, so that it can be worked on.

Only what is needed is written, with the standard library. The same document gives the same bytes.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape

from gemensam.documents import times
from gemensam.documents.shapes import Frame, TextDocument, TextSection
from gemensam.documents.words import LOUD_MARKS, WORDS

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_EPOCH: Final = (2000, 1, 1, 0, 0, 0)
_WIDTH: Final = 9_638  # of the text between the margins, in twentieths of a point
_LOCALES: Final = {"sv": "sv-SE", "en": "en-GB"}


def write(document: TextDocument) -> bytes:
    """Return the document as a DOCX file."""
    language = document.frame.language
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(document.frame),
        "word/_rels/document.xml.rels": _relations(("styles", "styles.xml"), ("footer", "footer.xml")),
        "word/styles.xml": _styles(_LOCALES[language]),
        "word/footer.xml": _footer(),
        "word/document.xml": _document(document),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), _HEAD + text, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _document(document: TextDocument) -> str:
    body = "".join([*_opening(document), *(part for one in document.sections for part in _section(one))])
    about = "".join(_about(document.frame))
    page = (
        '<w:sectPr><w:footerReference w:type="default" r:id="r2"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567"'
        ' w:gutter="0"/>'
        "</w:sectPr>"
    )
    names = f'xmlns:w="{_W}" xmlns:r="{_OFFICE}/relationships"'
    return f"<w:document {names}><w:body>{body}{about}{page}</w:body></w:document>"


def _opening(document: TextDocument) -> Iterator[str]:
    frame = document.frame
    words = WORDS[frame.language]
    marks = [words[mark] if mark in LOUD_MARKS else words.get(mark, mark) for mark in frame.marks]
    if marks:
        yield _paragraph(" · ".join(marks), "Mark")
    yield _paragraph(frame.title, "Title")
    yield _paragraph(" · ".join(part for part in (frame.author, frame.space, frame.moment) if part))
    for name, value in document.facts:
        yield _paragraph(f"{name}: {value}")


def _section(section: TextSection) -> Iterator[str]:
    yield _paragraph(section.heading, f"Heading{section.level - 1}")
    for text in section.paragraphs:
        yield from (_paragraph(part) for part in text.split("\n\n") if part.strip())
    if section.rows:
        yield _table([column.heading for column in section.columns], section.rows, _widths(section))
        yield _paragraph("")


def _about(frame: Frame) -> Iterator[str]:
    """Where it was made from, so that it can be checked: the heads of the log's feeds."""
    words = WORDS[frame.language]
    printed = words["printed"].format(at=times.full(frame.printed_at, frame.language), by=frame.printed_by)
    yield _paragraph(words["about"], "Heading1")
    yield _paragraph(
        ". ".join(part for part in (printed, f"{words['circle']}: {frame.circle}" if frame.circle else "") if part)
    )
    if frame.heads:
        yield _paragraph(words["about_heads"])
        for head in frame.heads:
            yield _paragraph(f"{head.node}/{head.incarnation} #{head.number} {head.digest}")


def _widths(section: TextSection) -> list[int]:
    shares = [max(column.weight, 1) for column in section.columns]
    return [_WIDTH * share // sum(shares) for share in shares]


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    drawn = _row(header, widths, "TableHead", "<w:trPr><w:tblHeader/></w:trPr>")
    drawn += "".join(_row(row, widths, "TableText", "<w:trPr><w:cantSplit/></w:trPr>") for row in rows)
    look = '<w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:firstRow="1"/></w:tblPr>'
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{drawn}</w:tbl>"


def _row(cells: Sequence[str], widths: Sequence[int], style: str, about: str) -> str:
    drawn = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(cell, style)}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr>{about}{drawn}</w:tr>"


def _paragraph(text: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    lines = [f'<w:t xml:space="preserve">{escape(_allowed(line))}</w:t>' for line in text.split("\n")]
    return f"<w:p>{look}<w:r>{'<w:br/>'.join(lines)}</w:r></w:p>"


def _allowed(text: str) -> str:
    """Leave out what XML 1.0 cannot hold."""
    return "".join(sign for sign in text if sign == "\t" or (sign >= " " and sign not in "\ufffe\uffff"))


def _style(name: str, size: int, *, bold: bool = False, level: int | None = None, before: int = 0) -> str:
    """A style of paragraphs; `size` in half points, `before` in twentieths; `level` 0: the highest heading."""
    shown = f"heading {level + 1}" if level is not None else name
    keep = "<w:keepNext/>" if level is not None else ""
    outline = f'<w:outlineLvl w:val="{level}"/>' if level is not None else ""
    look = f'<w:pPr>{keep}<w:spacing w:before="{before}" w:after="120"/>{outline}</w:pPr>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="Normal"/><w:qFormat/>{look}'
        f'<w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/></w:rPr></w:style>'
    )


def _styles(locale: str) -> str:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A96A3"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/>'
        f'<w:sz w:val="22"/><w:lang w:val="{locale}"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:pPr><w:spacing w:after="120"/></w:pPr></w:style>'
        + _style("Title", 36, bold=True, before=120)
        + _style("Heading1", 28, bold=True, level=0, before=360)
        + _style("Heading2", 24, bold=True, level=1, before=240)
        + _style("Mark", 24, bold=True)
        + _style("TableHead", 19, bold=True)
        + _style("TableText", 19)
        + '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>'
        + f"{borders}</w:tblBorders></w:tblPr></w:style></w:styles>"
    )


def _footer() -> str:
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    return f'<w:ftr xmlns:w="{_W}"><w:p><w:pPr><w:jc w:val="right"/></w:pPr>{field}</w:p></w:ftr>'


def _core(frame: Frame) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(_allowed(frame.title))}</dc:title><dc:creator>{escape(_allowed(frame.author))}</dc:creator>"
        f"<dc:language>{_LOCALES[frame.language]}</dc:language></cp:coreProperties>"
    )


def _relations(*targets: tuple[str, str]) -> str:
    found = "".join(
        f'<Relationship Id="r{place}" Type="{_full(kind)}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


def _full(kind: str) -> str:
    return kind if "/" in kind else f"{_OFFICE}/relationships/{kind}"


def _content_types() -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    named = {
        "/word/document.xml": f"{word}.document.main+xml", "/word/styles.xml": f"{word}.styles+xml",
        "/word/footer.xml": f"{word}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }  # fmt: skip
    overrides = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in named.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
