"""The matrix by kommun: what a kommun says of itself, and what others say of it, side by side (R24, R26).

A pure function of a space's state and a moment. Nothing is weighed together: where fresh voices differ, that is said.
Times are milliseconds since 1970 in UTC.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gemensam.coordination.domain.needs import OPEN, status_at
from gemensam.core.moment import Moment
from gemensam.core.state import SpaceState, Thing
from gemensam.picture.domain.duplicates import linked_to
from gemensam.picture.domain.matrix import NOT_ASKED, NOT_REPORTED, Cell, Found, Frame, Matrix, Row, chosen_of
from gemensam.picture.domain.statements import StatementData, is_unconfirmed

REPORT, STATEMENT = "report", "statement"
DENIED = "denied"
# Of a cell's voices the newest are kept, besides each organisation's newest step: a long event has hundreds.
VOICES_KEPT = 12


class Voice(NamedTuple):
    """What one organisation says of a kommun on a row.

    `value`: a step of the scale or what is none, "" where a statement names no step. `source`: `report` or
    `statement`, with its `subject` and the `entry` that says it. `answer`: what the kommun's own organisation has said
    of the statement. `twins`: how many further statements are said to be the same.
    """

    organisation: str
    value: str
    as_of: int
    source: str
    subject: str
    entry: str
    is_stale: bool = False
    is_unconfirmed: bool = False
    answer: str = ""
    twins: int = 0


class PlaceCell(NamedTuple):
    """A kommun's own value on a row, and the voices of others, newest first: all that count, and the newest."""

    own: Cell
    others: tuple[Voice, ...] = ()
    is_contradicted: bool = False

    @property
    def row(self) -> str:
        return self.own.row

    def worst_other(self, frame: Frame) -> Voice | None:
        """Return the worst fresh step that another organisation gives, None where there is none."""
        return min(
            _speaking(self.others, frame),
            key=lambda voice: (frame.order(voice.value), -voice.as_of, voice.entry),
            default=None,
        )

    def told_by(self, frame: Frame) -> Voice | None:
        """Return the other organisation whose word stands for the kommun, where it has said nothing itself."""
        return None if self.own.stated_at else self.worst_other(frame)

    def value(self, frame: Frame) -> str:
        """Return the value that stands for the kommun: its own, else the worst that another gives, else what lacks."""
        voice = self.told_by(frame)
        return voice.value if voice is not None else self.own.value


class PlaceRow(NamedTuple):
    """A kommun. `organisation`: the member that it is here, "" for none; `own`: that one's row of the matrix.

    `needs`: how many open samverkansbehov name the kommun.
    """

    kommun: str
    organisation: str
    cells: tuple[PlaceCell, ...]
    own: Row | None = None
    needs: int = 0

    def cell(self, row: str) -> PlaceCell | None:
        return next((cell for cell in self.cells if cell.row == row), None)


class ByKommun(NamedTuple):
    """All kommuner at an instant, in the order given."""

    at: int
    columns: tuple[str, ...]
    rows: tuple[PlaceRow, ...]

    @property
    def contradictions(self) -> int:
        return sum(cell.is_contradicted for row in self.rows for cell in row.cells)


def by_kommun(state: SpaceState, seen: Matrix, frame: Frame, kommuner: Mapping[str, str], moment: Moment) -> ByKommun:
    """Return the matrix by kommun. `seen`: the space's own matrix; `kommuner`: code → the organisation that it is."""
    columns = _columns(state, seen, kommuner)
    page = _Page(state, seen, frame, moment)
    voices = page.voices(kommuner)
    rows = tuple(page.row(code, kommuner[code], columns, voices) for code in kommuner)
    return ByKommun(moment.at, columns, rows)


def _columns(state: SpaceState, seen: Matrix, kommuner: Mapping[str, str]) -> tuple[str, ...]:
    """The matrix's columns, and after them what only statements speak of (*annat*)."""
    said = {thing.data.row for code in kommuner for thing in state.group("statements_in", code)}
    return (*seen.columns, *sorted(said - set(seen.columns) - {""}))


Voices = Mapping[tuple[str, str], list[Voice]]


class _Page:
    """One drawing: what its rows have in common."""

    def __init__(self, state: SpaceState, seen: Matrix, frame: Frame, moment: Moment) -> None:
        self._state, self._frame, self._moment = state, frame, moment
        self._rows = {row.organisation: row for row in seen.rows}

    def voices(self, kommuner: Mapping[str, str]) -> Voices:
        """Return what others say, by kommun and row."""
        found: dict[tuple[str, str], list[Voice]] = {}
        for code, row, voice in (*self._from_reports(kommuner), *self._from_statements(kommuner)):
            found.setdefault((code, row), []).append(voice)
        return found

    def row(self, code: str, organisation: str, columns: tuple[str, ...], voices: Voices) -> PlaceRow:
        own = self._rows.get(organisation)
        cells = tuple(self._cell(code, column, own, voices.get((code, column), [])) for column in columns)
        needs = sum(is_open(thing, self._moment) for thing in self._state.group("needs_in", code))
        return PlaceRow(code, organisation if own is not None else "", cells, own, needs)

    def _from_reports(self, kommuner: Mapping[str, str]) -> Iterator[tuple[str, str, Voice]]:
        for organisation in self._rows:
            chosen = chosen_of(self._state, organisation, self._moment.happened_by)
            for row, found in chosen.cells.items():
                for code in found.cell.where.kommuner:
                    if kommuner.get(code, organisation) != organisation:
                        yield code, row, self._said_in_report(organisation, found)

    def _said_in_report(self, organisation: str, found: Found) -> Voice:
        return Voice(
            organisation, found.cell.status, found.as_of, REPORT, found.subject, found.report.content,
            self._is_stale(found.as_of), found.cell.unconfirmed or bool(found.report.relayed_via),
        )  # fmt: skip

    def _from_statements(self, kommuner: Mapping[str, str]) -> Iterator[tuple[str, str, Voice]]:
        for code, organisation in kommuner.items():
            told: set[str] = set()
            for thing in self._state.newest("statements_in", code):
                if not thing.data.row or thing.subject in told or not self._had_happened(thing.data):
                    continue
                twins = linked_to(self._state, thing.subject)
                told |= twins
                yield code, thing.data.row, self._said_in_statement(thing, organisation, len(twins))

    def _said_in_statement(self, thing: Thing, concerned: str, twins: int) -> Voice:
        data: StatementData = thing.data
        return Voice(
            thing.organisation, data.status, data.stated_at, STATEMENT, thing.subject, data.content,
            self._is_stale(data.stated_at), is_unconfirmed(thing), thing.party(data.about or concerned), twins,
        )  # fmt: skip

    def _had_happened(self, data: StatementData) -> bool:
        by = self._moment.happened_by
        return by is None or data.stated_at <= by

    def _is_stale(self, as_of: int) -> bool:
        return self._moment.at - as_of > self._frame.stale_after_ms

    def _cell(self, code: str, column: str, own: Row | None, voices: list[Voice]) -> PlaceCell:
        cell = self._own(code, column, own)
        ordered = tuple(sorted(voices, key=lambda voice: (voice.as_of, voice.entry), reverse=True))
        own_step = {cell.value} if cell.stated_at and not self._is_stale(cell.as_of) else set()
        own_by = own.organisation if own is not None else ""
        speaking = list(_speaking(ordered, self._frame))
        said = {voice.value for voice in speaking if voice.organisation != own_by}
        steps = (own_step & set(self._frame.digits)) | said
        kept = {*ordered[:VOICES_KEPT], *speaking}
        return PlaceCell(cell, tuple(voice for voice in ordered if voice in kept), len(steps) > 1)

    def _own(self, code: str, column: str, own: Row | None) -> Cell:
        """A kommun's own cell; one that names other places alone says nothing of the kommun."""
        if own is None:
            return Cell(column, NOT_ASKED)
        cell = next((cell for cell in own.cells if cell.row == column), Cell(column, NOT_ASKED))
        if not cell.stated_at:
            return cell
        found = chosen_of(self._state, own.organisation, self._moment.happened_by).cells[column]
        named = found.cell.where.kommuner
        return cell if not named or code in named else Cell(column, NOT_REPORTED)


def is_open(need: Thing, moment: Moment) -> bool:
    """Whether a samverkansbehov is raised and not yet met or taken back, by its own times where the moment asks."""
    by = moment.happened_by
    return (by is None or need.data.raised_at <= by) and status_at(need.data, need.status, by) == OPEN


def _speaking(voices: Sequence[Voice], frame: Frame) -> Iterator[Voice]:
    """Yield the newest step that stands of each organisation; `voices` newest first."""
    heard: set[str] = set()
    for voice in voices:
        if _counts(voice, frame) and voice.organisation not in heard:
            heard.add(voice.organisation)
            yield voice


def _counts(voice: Voice, frame: Frame) -> bool:
    """Whether a voice gives a step that stands: not stale, and not denied by whom it is about."""
    return voice.value in frame.digits and not voice.is_stale and voice.answer != DENIED
