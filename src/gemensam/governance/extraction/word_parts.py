"""One part of a Word document (body, head, foot) as paragraphs, read as a stream: nothing is built that could nest."""

from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from gemensam.governance.extraction.rows import Unreadable

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main "
DEEPEST: Final = 300
_HEADINGS: Final = ("heading", "rubrik", "title", "subtitle", "underrubrik")
# A row of a table is one row of text, unless a cell holds a text of its own.
_CELL_IS_A_TEXT: Final = 4


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The text of one paragraph or one row of a table; cells are parted by tabs, forced breaks are new lines."""

    text: str
    page: int
    heading: bool


class Part:
    """A parser for one part; used once."""

    def __init__(self) -> None:
        self._done: list[Paragraph] = []
        self._cells: list[list[Paragraph]] | None = None
        self._depth = self._tables = self._skipping = 0
        self._page, self._turned = 1, False
        self._begin_paragraph()

    def _begin_paragraph(self) -> None:
        self._text: list[str] = []
        self._style = ""
        self._listed = self._in_text = self._bold_run = False
        self._bold, self._plain = 0, 0

    def parse(self, xml: bytes) -> list[Paragraph]:
        """Return the paragraphs; raises `ExpatError`, and Unreadable (hostile) for a DTD or bottomless nesting."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.buffer_text = True
        parser.Parse(xml, True)
        return self._done

    def _refuse(self, *_told: object) -> None:
        raise Unreadable("hostile", detail="a DTD, which Word never writes")

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unreadable("hostile", detail="elements nested without end")
        name = _local(element)
        # The second rendering of a drawing, for old programs, repeats the text of the first.
        if self._skipping or name == "Fallback":
            self._skipping += 1
        elif name in _STARTS:
            _STARTS[name](self, {key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def _end(self, element: str) -> None:
        self._depth -= 1
        if self._skipping:
            self._skipping -= 1
        elif (name := _local(element)) in _ENDS:
            _ENDS[name](self)

    def _data(self, text: str) -> None:
        if self._in_text and not self._skipping:
            self._turned = False
            self._text.append(text)
            if self._bold_run:
                self._bold += len(text.strip())
            else:
                self._plain += len(text.strip())

    def _style_of(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get("val", "").lower()

    def _in_list(self, _attributes: dict[str, str]) -> None:
        self._listed = True

    def _run(self, _attributes: dict[str, str]) -> None:
        self._bold_run = False

    def _run_bold(self, attributes: dict[str, str]) -> None:
        self._bold_run = attributes.get("val", "1") not in {"0", "false", "off"}

    def _text_begins(self, _attributes: dict[str, str]) -> None:
        self._in_text = True

    def _text_ends(self) -> None:
        self._in_text = False

    def _tab(self, attributes: dict[str, str]) -> None:
        if "pos" not in attributes:  # a tab, not the place of a tab stop
            self._text.append("\t")

    def _break(self, attributes: dict[str, str]) -> None:
        if attributes.get("type") == "page":
            self._page += 1
            self._turned = True
        else:
            self._text.append("\n")

    def _rendered_break(self, _attributes: dict[str, str]) -> None:
        # Word writes both for one turned page.
        self._page += not self._turned
        self._turned = False

    def _table(self, _attributes: dict[str, str]) -> None:
        self._tables += 1

    def _table_ends(self) -> None:
        self._tables -= 1

    def _row(self, _attributes: dict[str, str]) -> None:
        if self._tables == 1:
            self._cells = []

    def _cell(self, _attributes: dict[str, str]) -> None:
        if self._tables == 1 and self._cells is not None:
            self._cells.append([])

    def _row_ends(self) -> None:
        if self._tables != 1 or self._cells is None:
            return
        cells, self._cells = self._cells, None
        if any(len(cell) >= _CELL_IS_A_TEXT for cell in cells):
            self._done += [paragraph for cell in cells for paragraph in cell]
            return
        filled = [cell for cell in cells if cell]
        text = "\t".join(" ".join(paragraph.text for paragraph in cell) for cell in filled)
        if text.strip():
            self._done.append(Paragraph(text, self._page, all(one.heading for cell in filled for one in cell)))

    def _paragraph_begins(self, _attributes: dict[str, str]) -> None:
        # A text box stands inside the paragraph that it is anchored in: what was read so far comes first.
        self._paragraph_ends()

    def _paragraph_ends(self) -> None:
        text = "".join(self._text)
        if text.strip():
            heading = self._style.startswith(_HEADINGS) or (self._bold > 0 and self._plain == 0)
            paragraph = Paragraph(f"- {text}" if self._listed else text, self._page, heading)
            (self._cells[-1] if self._cells else self._done).append(paragraph)
        self._begin_paragraph()


def _local(element: str) -> str:
    """Return the name of one of Word's own elements, "Fallback", or nothing."""
    for namespace in (_W, _STRICT):
        if element.startswith(namespace):
            return element.removeprefix(namespace)
    return "Fallback" if element.endswith(" Fallback") else ""


_STARTS: Final = {
    "p": Part._paragraph_begins,
    "pStyle": Part._style_of,
    "numPr": Part._in_list,
    "r": Part._run,
    "b": Part._run_bold,
    "t": Part._text_begins,
    "tab": Part._tab,
    "br": Part._break,
    "lastRenderedPageBreak": Part._rendered_break,
    "tbl": Part._table,
    "tr": Part._row,
    "tc": Part._cell,
}
_ENDS: Final = {"p": Part._paragraph_ends, "t": Part._text_ends, "tr": Part._row_ends, "tbl": Part._table_ends}
