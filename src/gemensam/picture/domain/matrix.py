"""The live matrix: members × verksamheter, a pure function of a space's state and a moment (R23, R24, R28).

No averages. Every value has an age and a source; every kind of nothing is a value of its own. Times are
milliseconds since 1970 in UTC; 0 means that there is none.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gemensam.core.entry import Clock
from gemensam.core.moment import Moment
from gemensam.core.state import SpaceState, Thing
from gemensam.organisations.domain import Organisation
from gemensam.picture.domain.cadences import Cadence
from gemensam.picture.domain.contacts import Contact, contact_in_force
from gemensam.picture.domain.report_cells import CellState
from gemensam.picture.domain.reports import UNCHANGED, ReportData
from gemensam.picture.domain.requests import RequestData

UNKNOWN, RETURNS, NARROWER = "vet_ej", "aterkommer", "annan_krets"
NOT_REPORTED, NOT_ASKED, NOT_OURS = "ej_rapporterat", "ej_tillfragad", "har_inte"
# After the steps of the scale, worst first, a sum goes on in this order: what is missing stands last.
AFTER_STATUS = (UNKNOWN, RETURNS, NARROWER, NOT_REPORTED, NOT_ASKED, NOT_OURS)
MISSING = frozenset({NOT_REPORTED, NOT_ASKED, NOT_OURS})
OTHER_ROW, OTHER_ORGANISATION = "annat", "annan_aktor"
OVERDUE, STALE, UNCONFIRMED, KEPT = "forsenad", "inaktuell", "obekraftad", "oforandrad"
FROM_OTHER, ENTERED_FOR, CHANGED, LATE = "annan_aktor", "inlagd_at", "andrad", "sen"
# Why a member has not contributed.
GAP_NOT_ASKED, GAP_NO_ANSWER, GAP_DECLINED = "not_asked", "no_answer", "declined"
GAP_RETURNS, GAP_STALE, GAP_NO_ROWS = "returns", "stale", "no_rows"
BEATS_LOOKED_BACK_MS = 15 * 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Frame:
    """What a matrix is made with: the codes of its columns, the digit of each step of the scale, and the takt.

    `stale_after_ms`: how old a value may be. `cadence` None: no report times, nobody is expected unasked.
    `here_since`: from when each organisation has been in the space (ms UTC): what was due before is nobody's delay.
    `in_words`: the report templates that ask for no status, such as the weekly report's.
    """

    columns: tuple[str, ...]
    digits: Mapping[str, int]
    stale_after_ms: int
    cadence: Cadence | None = None
    here_since: Mapping[str, int] = field(default_factory=dict)
    in_words: frozenset[str] = frozenset()

    def expected_since(self, organisation: str) -> int:
        """Return from when the takt expects reports of an organisation (ms UTC)."""
        return max(self.cadence.set_at if self.cadence is not None else 0, self.here_since.get(organisation, 0))

    def order(self, value: str) -> int:
        """Sort key of a value: worst first, what is missing last."""
        if value in self.digits:
            return -self.digits[value]
        return 1 + (AFTER_STATUS.index(value) if value in AFTER_STATUS else 0)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the latest published picture showed: its values by organisation and row."""

    number: int
    stated_at: int
    clock: Clock
    values: Mapping[tuple[str, str], str]


class Addition(NamedTuple):
    """A word that stands on a value; `at` and `of` fill its text (a time; a number, a function or an age)."""

    code: str
    at: int = 0
    of: int | str = ""


class Cell(NamedTuple):
    """A value of the matrix.

    `stated_at`: when it was true; `confirmed_at`: when *oförändrat* confirmed it. `entry` is the digest of the entry
    that says it, `report` its subject. `since_at`: since when a missing value is asked for; `until_at`: *återkommer*.
    """

    row: str
    value: str
    stated_at: int = 0
    confirmed_at: int = 0
    entry: str = ""
    report: str = ""
    type: str = ""
    trend: str = ""
    until_at: int = 0
    since_at: int = 0
    additions: tuple[Addition, ...] = ()

    @property
    def as_of(self) -> int:
        """The time from which its age is counted."""
        return self.confirmed_at or self.stated_at

    @property
    def version(self) -> str:
        """What is said here, without its age: equal where nothing but time has passed."""
        return " ".join([self.value, self.entry, *(addition.code for addition in self.additions)])

    def has(self, addition: str) -> bool:
        return addition in [found.code for found in self.additions]  # asked for every cell: a generator takes longer


class Row(NamedTuple):
    """A member's row. `oldest_at`: the age of the row is that of its oldest cell; `latest_at` and `report`: its latest
    report. `overdue_at`: the first report time or deadline that passed unanswered. `gap`: why it has not
    contributed ("" when it has), `gap_at` the time that belongs to the reason. `in_words`: the template of its latest
    report, where that gives no status. `contact`: how it is reached, where somebody has said so.
    """

    organisation: str
    cells: tuple[Cell, ...]
    latest_at: int = 0
    oldest_at: int = 0
    report: str = ""
    entered_by: str = ""
    needs: int = 0
    worse: int = 0
    better: int = 0
    overdue_at: int = 0
    gap: str = ""
    gap_at: int = 0
    gap_of: str = ""
    in_words: str = ""
    contact: Contact | None = None

    def worst(self, frame: Frame) -> int:
        return min((frame.order(cell.value) for cell in self.cells), default=len(AFTER_STATUS))


class Sum(NamedTuple):
    """How many members have each value in a column: worst first, what is missing last; never an average."""

    row: str
    counts: tuple[tuple[str, int], ...]


class Matrix(NamedTuple):
    """The whole picture at an instant; `reported` of `total` members have contributed."""

    at: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sums: tuple[Sum, ...]
    reported: int
    total: int

    @property
    def gaps(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.gap)


class Found(NamedTuple):
    """A member's newest statement on a row: `as_of` is what chose it."""

    as_of: int
    clock: Clock
    cell: CellState
    report: ReportData
    subject: str


class Chosen(NamedTuple):
    """What a member says: its newest statement per row, its latest report, and when it last gave a sign."""

    cells: Mapping[str, Found]
    latest: tuple[str, ReportData] | None
    active_at: int


def matrix(
    state: SpaceState, organisations: Sequence[Organisation], frame: Frame, moment: Moment, *,
    shown: Shown | None = None,
) -> Matrix:  # fmt: skip
    """Return the matrix of a space for these members, in their order."""
    chosen = [chosen_of(state, organisation.id, moment.happened_by) for organisation in organisations]
    other = any(OTHER_ROW in found.cells for found in chosen)
    columns = (*frame.columns, OTHER_ROW) if other and OTHER_ROW not in frame.columns else frame.columns
    page = _Page(state, frame, moment, columns, shown)
    rows = tuple(page.row(organisation, found) for organisation, found in zip(organisations, chosen, strict=True))
    reported = sum(not row.gap for row in rows)
    return Matrix(moment.at, columns, rows, totals(columns, rows, frame), reported, len(rows))


def totals(columns: Sequence[str], rows: Sequence[Row], frame: Frame) -> tuple[Sum, ...]:
    """Return the sum of each column, over the rows given."""
    return tuple(_sum(place, column, rows, frame) for place, column in enumerate(columns))


def _sum(place: int, column: str, rows: Sequence[Row], frame: Frame) -> Sum:
    counted = Counter([row.cells[place].value for row in rows])
    return Sum(column, tuple(sorted(counted.items(), key=lambda found: (frame.order(found[0]), found[0]))))


class Passed(NamedTuple):
    """Report times that have passed, oldest first, also those before the takt was set."""

    beats: Sequence[int] = ()
    gap: int = 0

    def missed(self, active_at: int, since_at: int) -> int:
        """Return the first from `since_at` that passed without a sign, or 0.

        A sign holds for the first report time after it.
        """
        held = bisect_left(self.beats, active_at)
        if held == 0 and self.beats and active_at < self.beats[0] - self.gap:
            held = -1
        return next((beat for beat in self.beats[held + 1 :] if beat >= since_at), 0)


def _passed(cadence: Cadence | None, at: int) -> Passed:
    if cadence is None:
        return Passed()
    beats = cadence.beats.between("report", at - BEATS_LOOKED_BACK_MS, at)
    return Passed(beats, cadence.beats.longest_gap("report"))


# A member's reports are the same value until one of them changes, so that only that member is looked through again.
_remembered: dict[int, tuple[object, Chosen]] = {}
_REMEMBERED_MAX = 4_096


def chosen_of(state: SpaceState, organisation: str, happened_by: int | None = None) -> Chosen:
    """Return a member's newest statements, by (time, clock); `happened_by`: among those true by then."""
    reports = state.groups.get(("reports", organisation))
    if reports is None:
        return Chosen({}, None, 0)
    if happened_by is not None:
        return _choose(state.newest("reports", organisation), happened_by)
    known = _remembered.get(id(reports))
    if known is not None and known[0] is reports:
        return known[1]
    chosen = _choose(state.newest("reports", organisation), None)
    if len(_remembered) >= _REMEMBERED_MAX:
        _remembered.clear()
    _remembered[id(reports)] = (reports, chosen)
    return chosen


def _choose(reports: Iterator[Thing], happened_by: int | None) -> Chosen:
    cells: dict[str, Found] = {}
    latest: tuple[str, ReportData] | None = None
    active_at = 0
    for thing in reports:
        data: ReportData = thing.data
        if happened_by is None or data.stated_at <= happened_by:
            active_at = max(active_at, data.stated_at if happened_by is not None else data.clock.ms)
            latest = latest or (thing.subject, data)
        _choose_cells(cells, thing.subject, data, happened_by)
    return Chosen(cells, latest, active_at)


def _choose_cells(cells: dict[str, Found], subject: str, data: ReportData, happened_by: int | None) -> None:
    """Put a report's cells in where they are newer. Reports come newest first: most rows are settled at a glance."""
    stated_at = data.stated_at
    for said in data.cells.said:
        known = cells.get(said.row)
        if known is not None and known.as_of > stated_at:
            continue
        cell = data.cells.timed(said)
        as_of = as_of_cell(cell, data)
        if happened_by is not None and as_of > happened_by:
            continue
        if known is None or (known.as_of, known.clock) < (as_of, data.clock):
            cells[cell.row] = Found(as_of, data.clock, cell, data, subject)


def as_of_cell(cell: CellState, report: ReportData) -> int:
    """Return the time by which a cell is chosen: confirmed unchanged counts from the confirmation.

    A cell is never newer than its report's own *läget gäller kl.*
    """
    return report.stated_at if report.quick == UNCHANGED else min(cell.stated_at, report.stated_at)


class Wanted(NamedTuple):
    """What a member's status is expected by: requests for it, and since when the takt does (None: it does not)."""

    asked: Sequence[RequestData]
    since_at: int | None


class _Page:
    """One drawing of the matrix: what its rows have in common."""

    def __init__(
        self, state: SpaceState, frame: Frame, moment: Moment, columns: tuple[str, ...], shown: Shown | None
    ) -> None:
        self._state, self._frame, self._at = state, frame, moment.at
        self._columns, self._shown, self._happened_by = columns, shown, moment.happened_by
        self._passed = _passed(frame.cadence, moment.at)

    def row(self, organisation: Organisation, chosen: Chosen) -> Row:
        asked = list(self._requests(organisation.id))
        in_words = self._in_words(chosen)
        for_status = [data for data in asked if not in_words or data.template not in self._frame.in_words]
        wanted = Wanted(for_status, self._expected_at(organisation.id) if not in_words else None)
        cells = tuple([self._cell(organisation, column, chosen, wanted) for column in self._columns])
        overdue_at = self._overdue(organisation, chosen, asked)
        gap, gap_at, gap_of = self._gap(organisation, chosen, asked, overdue_at)
        subject, latest = chosen.latest or ("", None)
        entered = latest is not None and bool(latest.relayed_via) and self._is_unconfirmed(subject)
        return Row(
            organisation.id,
            cells,
            latest_at=latest.stated_at if latest else 0,
            oldest_at=min((cell.as_of for cell in cells if cell.stated_at), default=0),
            report=subject,
            entered_by=latest.by_organisation if latest and entered else "",
            needs=latest.needs if latest else 0,
            worse=sum(cell.trend == "samre" for cell in cells),
            better=sum(cell.trend == "battre" for cell in cells),
            overdue_at=overdue_at,
            gap=gap,
            gap_at=gap_at,
            gap_of=gap_of,
            in_words=in_words,
            contact=contact_in_force(self._state, organisation.id, _wrote_at(latest), self._happened_by),
        )

    def _in_words(self, chosen: Chosen) -> str:
        """Return the template of a member's latest report, where that gives no status and is not stale; else ""."""
        latest = chosen.latest[1] if chosen.latest else None
        if latest is None or latest.template not in self._frame.in_words:
            return ""
        return latest.template if self._at - latest.stated_at <= self._frame.stale_after_ms else ""

    def _expected_at(self, organisation: str) -> int | None:
        """Return from when the takt expects a member's reports, None where it has no report times."""
        cadence = self._frame.cadence
        if cadence is None or "report" not in cadence.beats.rhythms:
            return None
        return self._frame.expected_since(organisation)

    def _requests(self, organisation: str) -> Iterator[RequestData]:
        """Open requests to a member that were made by the moment, latest deadline first."""
        for thing in self._state.newest("asked", organisation):
            if thing.data.occurred_at <= self._at:
                yield thing.data

    def _cell(self, organisation: Organisation, column: str, chosen: Chosen, wanted: Wanted) -> Cell:
        found = chosen.cells.get(column)
        if found is not None:
            return self._stated(organisation.id, found)
        if column == OTHER_ROW or column not in organisation.rows:
            return Cell(column, NOT_OURS)
        return self._missing(organisation.id, column, wanted)

    def _missing(self, organisation: str, column: str, wanted: Wanted) -> Cell:
        for data in wanted.asked:
            reply = data.reply(organisation)
            if reply is not None and reply.until_at and reply.at <= self._at and _asks(data, column):
                late = (Addition(OVERDUE, reply.until_at),) if reply.until_at <= self._at else ()
                return Cell(column, RETURNS, until_at=reply.until_at, since_at=reply.at, additions=late)
        since = [data.occurred_at for data in wanted.asked if _asks(data, column)]
        if wanted.since_at is not None:
            since.append(wanted.since_at)
        return Cell(column, NOT_REPORTED, since_at=min(since)) if since else Cell(column, NOT_ASKED)

    def _stated(self, organisation: str, found: Found) -> Cell:
        cell, report = found.cell, found.report
        kept = report.quick == UNCHANGED
        return Cell(
            cell.row,
            cell.status,
            stated_at=min(cell.stated_at, found.as_of),
            confirmed_at=report.stated_at if kept else 0,
            entry=report.content,
            report=found.subject,
            type=cell.type,
            trend=cell.trend,
            until_at=cell.until_at,
            additions=tuple(self._additions(organisation, found, kept)),
        )

    def _additions(self, organisation: str, found: Found, kept: bool) -> Iterator[Addition]:
        cell, report, at = found.cell, found.report, self._at
        if cell.until_at and cell.until_at <= at:
            yield Addition(OVERDUE, cell.until_at)
        if at - found.as_of > self._frame.stale_after_ms:
            yield Addition(STALE, found.as_of, at - found.as_of)
        if cell.unconfirmed:
            yield Addition(UNCONFIRMED)
        if report.relayed_via and self._is_unconfirmed(found.subject):
            yield Addition(ENTERED_FOR, 0, report.relayed_via)
        if kept:
            yield Addition(KEPT, report.stated_at, cell.stated_at)
        if cell.source == OTHER_ORGANISATION:
            yield Addition(FROM_OTHER)
        if self._shown is not None:
            yield from _changed(organisation, found, self._shown)

    def _is_unconfirmed(self, subject: str) -> bool:
        thing = self._state.thing(subject)
        return thing is not None and thing.status == "unconfirmed"

    def _overdue(self, organisation: Organisation, chosen: Chosen, asked: Sequence[RequestData]) -> int:
        """Return the first time that passed without report or quick answer, or 0."""
        if _waiting_until(organisation.id, asked, self._at) > self._at:
            return 0
        missed = [due for data in asked if (due := _missed(organisation.id, data, chosen.active_at, self._at))]
        since_at = self._frame.expected_since(organisation.id)
        if organisation.rows and (beat := self._passed.missed(chosen.active_at, since_at)):
            missed.append(beat)
        return min(missed, default=0)

    def _gap(
        self, organisation: Organisation, chosen: Chosen, asked: Sequence[RequestData], overdue_at: int
    ) -> tuple[str, int, str]:
        latest_at = chosen.latest[1].stated_at if chosen.latest else 0
        fresh = latest_at and self._at - latest_at <= self._frame.stale_after_ms
        if fresh and not overdue_at:
            return "", 0, ""
        waiting = _waiting_until(organisation.id, asked, self._at)
        if waiting > self._at:
            return GAP_RETURNS, waiting, ""
        declined = next((reply for data in asked if (reply := data.reply(organisation.id)) and reply.reason), None)
        if declined is not None and declined.at > chosen.active_at:
            return GAP_DECLINED, declined.at, declined.reason
        if overdue_at:
            return GAP_NO_ANSWER, overdue_at, ""
        if latest_at:
            return GAP_STALE, latest_at, ""
        return self._never_heard(organisation, asked)

    def _never_heard(self, organisation: Organisation, asked: Sequence[RequestData]) -> tuple[str, int, str]:
        if asked:
            return GAP_NO_ANSWER, min(data.occurred_at for data in asked), ""
        if not organisation.rows:
            return GAP_NO_ROWS, 0, ""
        since_at = self._expected_at(organisation.id)
        if since_at is not None:
            return GAP_NO_ANSWER, since_at, ""
        return GAP_NOT_ASKED, 0, ""


def _wrote_at(latest: ReportData | None) -> Clock | None:
    """When a member wrote its latest report here itself, None where another one entered it."""
    return latest.clock if latest is not None and not latest.relayed_via else None


def _changed(organisation: str, found: Found, shown: Shown) -> Iterator[Addition]:
    if shown.values.get((organisation, found.cell.row), NOT_ASKED) == found.cell.status:
        return
    late = found.as_of <= shown.stated_at and found.clock > shown.clock
    yield Addition(LATE if late else CHANGED, 0, shown.number)


def _asks(data: RequestData, column: str) -> bool:
    return not data.questions or column in data.questions


def _waiting_until(organisation: str, asked: Sequence[RequestData], at: int) -> int:
    """Return the latest time at which a member has said that it comes back, or 0."""
    replies = (data.reply(organisation) for data in asked)
    return max((reply.until_at for reply in replies if reply is not None and reply.at <= at), default=0)


def _missed(organisation: str, data: RequestData, active_at: int, at: int) -> int:
    """Return when an answer to a request was due and did not come, or 0. Any report after the request is a sign."""
    reply = data.reply(organisation)
    if reply is not None and reply.at > at:
        reply = None
    if active_at >= data.occurred_at or (reply is not None and reply.reason):
        return 0
    due = max(data.deadline_at, reply.until_at if reply else 0)
    return due if due <= at else 0
