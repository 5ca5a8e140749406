"""Decision documents made by code: the same content as text, as Word and as PDF, in layouts of our own."""

import io
import textwrap
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import typst


@dataclass(frozen=True)
class Columns:
    """A row of columns; each may hold several lines."""

    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Title:
    text: str


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Lines:
    """Lines right below each other."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Points:
    points: tuple[str, ...]
    numbered: bool = True


@dataclass(frozen=True)
class Page:
    """A new page."""


Block = Columns | Heading | Title | Text | Lines | Points | Page
MAKERS = ("text", "wrapped", "docx", "pdf")
NAMES = {"text": "handling.txt", "wrapped": "handling.txt", "docx": "handling.docx", "pdf": "handling.pdf"}


def columns(*cells: str) -> Columns:
    return Columns(tuple(tuple(cell.split("\n")) for cell in cells))


def lines(*told: str) -> Lines:
    return Lines(told)


def points(*told: str) -> Points:
    return Points(told)


def bullets(*told: str) -> Points:
    return Points(told, numbered=False)


def made(kind: str, blocks: Sequence[Block], head: str = "", foot: str = "") -> bytes:
    """Return a document; `head` and `foot` run along its pages, their columns parted by tabs."""
    match kind:
        case "docx":
            return docx(blocks, head, foot)
        case "pdf":
            return pdf(blocks, head, foot)
        case _:
            return text(blocks, head, foot, width=84 if kind == "wrapped" else 0)


def text(blocks: Sequence[Block], head: str, foot: str, *, width: int) -> bytes:
    pages: list[list[str]] = [[]]
    for block in blocks:
        if isinstance(block, Page):
            pages.append([])
        else:
            pages[-1] += [*_text_of(block, width), ""]
    whole = "\f".join("\n".join([*([head, ""] if head else []), *page, *([foot] if foot else [])]) for page in pages)
    return whole.encode()


def _text_of(block: Block, width: int) -> list[str]:
    match block:
        case Columns(cells):
            depth = max(len(cell) for cell in cells)
            rows = [[cell[row] if row < len(cell) else "" for cell in cells] for row in range(depth)]
            return ["\t".join(row).rstrip("\t") for row in rows]
        case Lines(told):
            return list(told)
        case Points(told, numbered):
            marks = [f"{place}. " if numbered else "- " for place in range(1, len(told) + 1)]
            return [line for mark, point in zip(marks, told, strict=True) for line in _wrapped(mark + point, width)]
        case Heading(told) | Title(told) | Text(told):
            return _wrapped(told, width)
        case Page():
            return []


def _wrapped(told: str, width: int) -> list[str]:
    return textwrap.wrap(told, width, break_on_hyphens=False) if width else [told]


def pdf(blocks: Sequence[Block], head: str, foot: str) -> bytes:
    source = [
        '#set text(lang: "sv", size: 10.5pt, hyphenate: false)',
        f'#set page(paper: "a4", header: [{_running(head)}], footer: [{_running(foot)}])',
        "#set list(marker: [–])",
        *(_typst_of(block) for block in blocks),
    ]
    made = typst.compile("\n\n".join(source).encode())
    assert isinstance(made, bytes)
    return made


def _running(told: str) -> str:
    return " #h(1fr) ".join(_quoted(part) for part in told.split("\t") if part)


def _quoted(told: str) -> str:
    return '#"' + told.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _typst_of(block: Block) -> str:
    match block:
        case Columns(cells):
            inner = ", ".join("[" + " \\ ".join(_quoted(line) for line in cell) + "]" for cell in cells)
            return f"#grid(columns: {len(cells)}, column-gutter: 60pt, {inner})"
        case Lines(told):
            return " \\ ".join(_quoted(line) for line in told)
        case Points(told, numbered):
            return "\n".join(f"{'+' if numbered else '-'} {_quoted(point)}" for point in told)
        case Heading(told):
            return f'#text(weight: "bold")[{_quoted(told)}]'
        case Title(told):
            return f'#text(size: 15pt, weight: "bold")[{_quoted(told)}]'
        case Text(told):
            return _quoted(told)
        case Page():
            return "#pagebreak()"


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(blocks: Sequence[Block], head: str, foot: str) -> bytes:
    body = "".join(_word_of(block) for block in blocks)
    parts = {"word/document.xml": _part("document", f"<w:body>{body}</w:body>")}
    if head:
        parts["word/header1.xml"] = _part("hdr", _word_paragraph(head))
    if foot:
        parts["word/footer1.xml"] = _part("ftr", _word_paragraph(foot))
    return zipped(parts)


def zipped(parts: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _part(element: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{element} xmlns:w="{W}">{inner}</w:{element}>'


def _word_paragraph(told: str, properties: str = "", run: str = "") -> str:
    texts = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in told.split("\t"))
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>{texts}</w:r></w:p>"


def _word_of(block: Block) -> str:
    match block:
        case Columns(cells):
            depth = max(len(cell) for cell in cells)
            rows = [[cell[row] if row < len(cell) else "" for cell in cells] for row in range(depth)]
            inner = "".join(
                "<w:tr>" + "".join(f"<w:tc>{_word_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows
            )
            return f"<w:tbl>{inner}</w:tbl>"
        case Lines(told):
            return "".join(_word_paragraph(line) for line in told)
        case Points(told, _):
            numbers = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
            return "".join(_word_paragraph(point, numbers) for point in told)
        case Heading(told):
            return _word_paragraph(told, run="<w:b/>")
        case Title(told):
            return _word_paragraph(told, '<w:pStyle w:val="Rubrik1"/>')
        case Text(told):
            return _word_paragraph(told)
        case Page():
            return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
