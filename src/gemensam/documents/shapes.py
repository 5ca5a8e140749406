"""What goes into a document: frozen values, all times in milliseconds since the epoch (UTC), all lists in print order.

Whoever prints fills these in from what every reader of the space may read (design 3.3), never from the own lens.
Words of the document itself come from `words`; everything else is printed as it stands here.
"""

from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Literal

Language = Literal["sv", "en"]
Paper = Literal["a4", "a3"]
Form = Literal["circle", "square", "triangle", "diamond", "octagon", "unknown", "hatched", "none"]
StatementType = Literal["", "fakta", "bedomning", "antagande"]
ColumnKind = Literal["text", "number"]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Common to all parts: unknown fields are refused at the edge."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    def as_json(self) -> dict[str, Any]:
        """Return the value as plain JSON data, the form that `render` takes."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class FeedHead(Shape):
    """The last entry of one feed that the document is made from; `digest` is its SHA-256 in hex, in full."""

    node: str
    incarnation: int
    number: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class Frame(Shape):
    """What every document says of itself.

    `marks` are codes of `words` (demonstration, exercise, test) or words printed as they stand (TLP:AMBER).
    `circle` names who may read it; `moment` says which past moment it shows, "" for now.
    """

    title: str
    language: Language
    author: str
    space: str
    printed_at: int
    printed_by: str
    circle: str = ""
    moment: str = ""
    marks: tuple[str, ...] = ()
    heads: tuple[FeedHead, ...] = ()
    paper: Paper = "a4"


@dataclass(frozen=True, kw_only=True)
class ScaleValue(Shape):
    """One value of the space's locked status scale (starter data 2); `digit` is "" for what is no status."""

    code: str
    digit: str
    word: str
    short: str
    form: Form


@dataclass(frozen=True, kw_only=True)
class Activity(Shape):
    """One column of the matrix: a verksamhet, its column heading and its group."""

    code: str
    name: str
    short: str
    group: str


@dataclass(frozen=True, kw_only=True)
class Cell(Shape):
    """A member's value for one activity; `detail` follows the word (a time), `marks` are words (Inaktuell)."""

    value: str
    detail: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MatrixMember(Shape):
    """One row of the matrix: a cell per activity in their order; the row is as old as its oldest cell."""

    name: str
    cells: tuple[Cell, ...]
    oldest_at: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Matrix(Shape):
    """Members by activities, with the scale that the cells' values are codes of."""

    scale: tuple[ScaleValue, ...]
    activities: tuple[Activity, ...]
    members: tuple[MatrixMember, ...]


@dataclass(frozen=True, kw_only=True)
class Statement(Shape):
    """A chosen statement and its source; `value` is a code of the scale or "", `reference` names its report."""

    text: str
    organisation: str
    stated_at: int
    type: StatementType = ""
    activity: str = ""
    value: str = ""
    source: str = ""
    reference: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Part(Shape):
    """A smaller heading within a section, with its text."""

    heading: str
    text: str


@dataclass(frozen=True, kw_only=True)
class SideBySide(Shape):
    """Things compared: each a column with its `headings`, and a row for each thing that is said of them."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Section(Shape):
    """A heading with its text (paragraphs parted by an empty line), statements, further parts, and what is compared.

    An assessment is marked as one.
    """

    heading: str
    text: str = ""
    assessment: bool = False
    statements: tuple[Statement, ...] = ()
    parts: tuple[Part, ...] = ()
    compared: SideBySide | None = None


@dataclass(frozen=True, kw_only=True)
class Change(Shape):
    """What differs from the version before: codes of the scale before and after, or words, or only a text.

    Those that follow each other under one `heading` (*Nya uppgifter*) stand in one table below it.
    """

    organisation: str
    heading: str = ""
    activity: str = ""
    before: str = ""
    after: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Gap(Shape):
    """Something that is not known: who, what is missing (a word), and the last time anything was heard."""

    organisation: str
    text: str
    last_at: int | None = None


@dataclass(frozen=True, kw_only=True)
class PictureDocument(Shape):
    """A published samlad lägesbild (starter data 6); `previous` is the number that the changes count from."""

    frame: Frame
    number: int
    stated_at: int
    published_at: int
    published_by: str
    reported: int
    members: int
    valid_until_at: int | None = None
    next_at: int | None = None
    previous: int | None = None
    sections: tuple[Section, ...] = ()
    matrix: Matrix
    changes: tuple[Change, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ExcerptDocument(Shape):
    """An excerpt from a picture for a named recipient; `source` names the picture, `sender` who answers for it."""

    frame: Frame
    stated_at: int
    published_at: int
    sender: str
    to: str
    source: str = ""
    note: str = ""
    valid_until_at: int | None = None
    scale: tuple[ScaleValue, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Role(Shape):
    """A role at the conference and the function that holds it."""

    name: str
    function: str


@dataclass(frozen=True, kw_only=True)
class Attendance(Shape):
    """One member at the roll call; `status` in words, `represents` the others it speaks for."""

    organisation: str
    present: bool
    status: str
    function: str = ""
    represents: str = ""
    joined_at: int | None = None


@dataclass(frozen=True, kw_only=True)
class AgendaPoint(Shape):
    """One point of the agenda with what was noted."""

    number: str
    heading: str
    text: str = ""
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Need(Shape):
    """A need that was raised: what, by whom, to whom, until when, and how it stands (in words)."""

    number: str
    text: str
    organisation: str
    status: str
    to: str = ""
    due_at: int | None = None


@dataclass(frozen=True, kw_only=True)
class Question(Shape):
    """A common question: who asks it, and its answer, or in words that it has none."""

    text: str
    organisations: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Remark(Shape):
    """A member's comment on the version before, and the leader's answer."""

    organisation: str
    text: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Undertaking(Shape):
    """Who undertakes what; `status` says antecknat until that member itself has confirmed (R32)."""

    organisation: str
    text: str
    status: str
    due_at: int | None = None


@dataclass(frozen=True, kw_only=True)
class Reservation(Shape):
    """A member's reservation against an agreement."""

    organisation: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Agreement(Shape):
    """An överenskommelse, numbered as in 47:3; never an order."""

    number: str
    text: str
    undertakings: tuple[Undertaking, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    follow_up_at: int | None = None


@dataclass(frozen=True, kw_only=True)
class Meeting(Shape):
    """The next conference: when, and how one takes part."""

    at: int
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class MinutesDocument(Shape):
    """Mötesanteckningar from a samverkanskonferens (starter data 7); not published yet when `published_at` is None."""

    frame: Frame
    number: str
    started_at: int
    ended_at: int | None = None
    published_at: int | None = None
    published_by: str = ""
    form: str = ""
    summary: str = ""
    roles: tuple[Role, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    agenda: tuple[AgendaPoint, ...] = ()
    needs: tuple[Need, ...] = ()
    questions: tuple[Question, ...] = ()
    remarks: tuple[Remark, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    next_meeting: Meeting | None = None


@dataclass(frozen=True, kw_only=True)
class Column(Shape):
    """A column of a table; `weight` is its share of the width, 0 for as narrow as its contents."""

    heading: str
    kind: ColumnKind = "text"
    weight: int = 1


@dataclass(frozen=True, kw_only=True)
class TableDocument(Shape):
    """Any table, landscape; the first column names the row. `counted`: whether the number of rows is told."""

    frame: Frame
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    summary: str = ""
    note: str = ""
    counted: bool = True


@dataclass(frozen=True, kw_only=True)
class PaperField(Shape):
    """A field to fill in by hand: options to tick, or so many lines."""

    label: str
    help: str = ""
    lines: int = 1
    options: tuple[str, ...] = ()

    @property
    def rulings(self) -> range:
        return range(self.lines)


@dataclass(frozen=True, kw_only=True)
class PaperTable(Shape):
    """A table with its rows and so many `blank` ones to fill in by hand; `dense` where it is broad.

    `roomy`: something is written by hand below each cell's words.
    """

    heading: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    blank: int = 0
    text: str = ""
    dense: bool = False
    roomy: bool = False

    @property
    def rulings(self) -> range:
        return range(self.blank)


@dataclass(frozen=True, kw_only=True)
class PaperSheet(Shape):
    """A sheet of the reservpärm: what to read, and what to fill in."""

    title: str
    text: str = ""
    fields: tuple[PaperField, ...] = ()
    tables: tuple[PaperTable, ...] = ()
    landscape: bool = False


@dataclass(frozen=True, kw_only=True)
class BinderDocument(Shape):
    """The reservpärm, sheet by sheet (R70)."""

    frame: Frame
    sheets: tuple[PaperSheet, ...]


@dataclass(frozen=True, kw_only=True)
class OneSheetDocument(Shape):
    """A few sides that are one sheet of paper: no cover, small type."""

    frame: Frame
    sheets: tuple[PaperSheet, ...]


@dataclass(frozen=True, kw_only=True)
class TextSection(Shape):
    """A heading (level 2 or 3) with paragraphs, and a table below them where there are columns."""

    heading: str
    level: int = 2
    paragraphs: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class TextDocument(Shape):
    """A document of headed sections, upright: as PDF by `render`, as DOCX by `docx.write_text`."""

    frame: Frame
    sections: tuple[TextSection, ...]
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class LogEntry(Shape):
    """One entry of the log in words; `notes` say what became of it (Rättad av 112, Återtagen)."""

    position: int
    occurred_at: int
    recorded_at: int
    organisation: str
    function: str
    kind: str
    text: str = ""
    marks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LogDocument(Shape):
    """A listing of a space's log; `selection` says in words what was chosen."""

    frame: Frame
    selection: str = ""
    entries: tuple[LogEntry, ...] = field(default=())


@dataclass(frozen=True, kw_only=True)
class Passage(Shape):
    """A part of a letter: text (paragraphs parted by an empty line), points, a table.

    `gap`: what is not known and is to be filled in by whoever sends the letter; it is marked. `total` is the last row.
    """

    heading: str
    text: str = ""
    points: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    total: tuple[str, ...] = ()
    gap: str = ""


@dataclass(frozen=True, kw_only=True)
class Fact(Shape):
    """A name and its value at the top of a letter."""

    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class LetterDocument(Shape):
    """A letter, a statement or a draft: what it is about in a few facts, and its passages."""

    frame: Frame
    facts: tuple[Fact, ...] = ()
    passages: tuple[Passage, ...] = ()
