"""What the pages of the picture show beside the matrix: gaps, needs, a member's cells with their texts, its history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from gemensam.core.state import SpaceState, Thing
from gemensam.ledger.reading import Lens
from gemensam.picture.domain.matrix import ENTERED_FOR, KEPT, UNCONFIRMED, Cell, Row, as_of_cell
from gemensam.picture.domain.statements import is_unconfirmed
from gemensam.picture.marking import marks_by_entry
from gemensam.picture.matrix_words import MatrixWords, gap_headings
from gemensam.picture.queries import Live, Told
from gemensam.picture.report_shown import figure_words
from gemensam.web.shapes import Value

REPORTS_IN_GRID = 16
STATEMENTS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Gap:
    """A member that has not contributed: its name, why in words, and when it last reported (ms UTC, 0 never)."""

    organisation: str
    name: str
    text: str
    last_at: int


@dataclass(frozen=True, slots=True)
class GapGroup:
    """Those who are missing for one reason."""

    code: str
    heading: str
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A need in a member's latest report."""

    organisation: str
    name: str
    report: str
    text: str
    details: str
    urgency: str
    stated_at: int


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A member's value on a row with its text, type, certainty, source and what stands on it.

    `stated`: from when a value is that *oförändrat* has confirmed, where that is another time than the confirmation's.
    """

    cell: Cell
    name: str
    value: Value
    additions: tuple[str, ...]
    content: Mapping[str, Any]
    type: str = ""
    certainty: str = ""
    source: str = ""
    trend: str = ""
    figures: tuple[str, ...] = ()
    stated: str = ""
    marks: tuple[str, ...] = ()
    place: str = ""

    @property
    def waits(self) -> bool:
        """Whether it stands in a report that was entered for the member and that it has not confirmed."""
        return self.cell.has(ENTERED_FOR)

    @property
    def is_doubtful(self) -> bool:
        """Whether the member itself has written it as *obekräftad*."""
        return self.cell.has(UNCONFIRMED) and not self.waits


@dataclass(frozen=True, slots=True)
class ShownTold:
    """A point of a timeline: a statement, and how its report came in."""

    shown: ShownCell
    report: Thing
    entered_at: int
    received_at: int
    relayed: str

    @property
    def waits(self) -> bool:
        """Whether its report was entered for the member, which has not confirmed it."""
        return bool(self.report.status == "unconfirmed")

    @property
    def is_doubtful(self) -> bool:
        """Whether the member itself has written it as *obekräftad*."""
        return self.report.status == "published" and bool(self.shown.content.get("unconfirmed"))


def gap_groups(live: Live, words: MatrixWords) -> list[GapGroup]:
    """Return who has not contributed and why, most pressing reason first (R28)."""
    found: list[GapGroup] = []
    for code, heading in gap_headings().items():
        gaps = tuple(
            Gap(row.organisation, words.name(row.organisation), words.gap(row), row.latest_at)
            for row in live.matrix.gaps
            if row.gap == code
        )
        if gaps:
            found.append(GapGroup(code, heading, gaps))
    return found


def needs_lines(lens: Lens, state: SpaceState, live: Live, words: MatrixWords) -> list[NeedLine]:
    """Return the needs of the members' latest reports in a state of a space, most urgent first."""
    rows = [row for row in live.matrix.rows if row.needs]
    contents = {row.organisation: _content(state.thing(row.report)) for row in rows}
    payloads = lens.payloads(state.space, [digest for digest in contents.values() if digest])
    lines = [
        _need_line(row, need, words)
        for row in rows
        for need in (payloads.get(contents[row.organisation]) or {}).get("needs", ())
    ]
    order = {item["code"]: place for place, item in enumerate(words.lists.items("urgency"))}
    return [line for _place, line in sorted(lines, key=lambda found: (order.get(found[0], len(order)),))]


def _content(thing: Thing | None) -> str:
    return str(thing.data.content) if thing is not None else ""


def _need_line(row: Row, need: Mapping[str, Any], words: MatrixWords) -> tuple[str, NeedLine]:
    details = ", ".join(need[name] for name in ("amount", "place", "when") if need[name])
    urgency = words.lists.word("urgency", need["urgency"]) if need["urgency"] else ""
    name = words.name(row.organisation)
    line = NeedLine(row.organisation, name, row.report, need["what"], details, urgency, row.latest_at)
    return need["urgency"], line


def shown_cells(lens: Lens, space: str, row: Row, words: MatrixWords) -> list[ShownCell]:
    """Return a member's cells with their texts, in the order of the columns."""
    payloads = lens.payloads(space, [cell.entry for cell in row.cells if cell.entry])
    contents = [_content_of(payloads.get(cell.entry), cell.row) for cell in row.cells]
    marks = marks_by_entry(lens, space, (cell.entry for cell in row.cells))
    shown = (shown_cell(*pair, words, row.organisation) for pair in zip(row.cells, contents, strict=True))
    return [replace(each, marks=marks.get(each.cell.entry, ())) for each in shown]


def _content_of(payload: Mapping[str, Any] | None, row: str) -> Mapping[str, Any]:
    return next((found for found in (payload or {}).get("cells", ()) if found["row"] == row), {})


def shown_cell(cell: Cell, content: Mapping[str, Any], words: MatrixWords, organisation: str) -> ShownCell:
    """Return a cell in words; `content` is its part of the report, empty where there is none."""
    lists = words.lists
    name = words.column(cell.row)
    if content.get("label"):
        name = f"{name}: {content['label']}"
    return ShownCell(
        cell,
        name,
        words.value(cell.value, cell.until_at),
        tuple(words.addition(one, organisation) for one in cell.additions if one.code != KEPT),
        content,
        type=lists.word("statement_types", cell.type) if cell.type else "",
        certainty=lists.word("certainty", content["certainty"]) if content.get("certainty") else "",
        source=_source(content, words),
        trend=lists.word("trend", cell.trend) if cell.trend else "",
        figures=tuple(figure_words(figure, lists, words.at) for figure in content.get("figures", ())),
        stated=_stated(cell, words),
        place=_place(content, words),
    )


def _place(content: Mapping[str, Any], words: MatrixWords) -> str:
    return " · ".join(filter(None, [content.get("area"), words.lists.places.shown_payload(content).text]))


def _stated(cell: Cell, words: MatrixWords) -> str:
    if not cell.confirmed_at or words.clock(cell.confirmed_at) == words.clock(cell.stated_at):
        return ""
    return _("the statement is from %(time)s") % {"time": words.clock(cell.stated_at)}


def _source(content: Mapping[str, Any], words: MatrixWords) -> str:
    if not content.get("source"):
        return ""
    word = words.lists.word("sources", content["source"])
    return f"{word} ({content['source_text']})" if content.get("source_text") else word


def shown_told(told: Sequence[Told], words: MatrixWords, lens: Lens, space: str) -> list[ShownTold]:
    """Return a timeline in words, with the times at which its entries were made and came here."""
    entries = [one.cell.entry for one in told]
    arrivals, marks = lens.arrivals(space, entries), marks_by_entry(lens, space, entries)
    return [
        ShownTold(
            replace(
                shown_cell(one.cell, one.content, words, one.report.organisation),
                marks=marks.get(one.cell.entry, ()),
            ),
            one.report,
            one.report.data.clock.ms,
            arrivals.get(one.cell.entry, (0, 0))[1],
            _relayed(one.report, words),
        )
        for one in told
    ]


def _relayed(report: Thing, words: MatrixWords) -> str:
    if not report.data.relayed_via:
        return ""
    who = words.lists.organisation(report.data.by_organisation)
    via = words.lists.word("via", report.data.relayed_via).lower()
    return _("Entered by %(organisation)s, via %(via)s") % {"organisation": who, "via": via}


@dataclass(frozen=True, slots=True)
class Grid:
    """A member's values over time: one column for each report, newest first, one row for each function."""

    reports: tuple[Thing, ...]
    rows: tuple[tuple[str, str, tuple[Value | None, ...]], ...]


def history_grid(live: Live, reports: Iterable[Thing], words: MatrixWords) -> Grid:
    """Return the newest reports side by side; a row that a report does not speak of is empty."""
    chosen = tuple(reports)[:REPORTS_IN_GRID]
    rows = tuple(
        (column, words.column(column), tuple(_value_in(report, column, words) for report in chosen))
        for column in live.matrix.columns
    )
    return Grid(chosen, tuple(row for row in rows if any(row[2])))


def _value_in(report: Thing, column: str, words: MatrixWords) -> Value | None:
    cell = report.data.cell(column)
    return words.value(cell.status, cell.until_at) if cell is not None and as_of_cell(cell, report.data) else None


@dataclass(frozen=True, slots=True)
class SaidOfIt:
    """What another organisation has written down about a member: an *uppgift från annan aktör*."""

    statement: Thing
    by: str
    text: str
    row: str
    is_unconfirmed: bool
    answer: str


def said_by_others(lens: Lens, state: SpaceState, organisation: str, words: MatrixWords) -> list[SaidOfIt]:
    """Return the statements about a member that stand, newest first; its own answer to each is told."""
    things = list(islice(state.newest("statements_about", organisation), STATEMENTS_SHOWN))
    payloads = lens.payloads(state.space, [thing.data.content for thing in things])
    return [
        SaidOfIt(
            thing,
            words.name(thing.organisation),
            payload["text"],
            words.column(thing.data.row) if thing.data.row else "",
            is_unconfirmed(thing),
            thing.party(organisation),
        )
        for thing in things
        if (payload := payloads.get(thing.data.content)) is not None
    ]
