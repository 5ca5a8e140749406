"""The readers of the picture: the live matrix, its gaps, and the published pictures of a space.

Everything is read from the state of one space. Only an overlay, which a person chooses, shows another one's
values, beside and never instead of the page's own (design 3.5). Times are milliseconds UTC.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gemensam.core.moment import Moment
from gemensam.core.policy import SpaceInfo
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.ledger.reading import Lens, LogRow
from gemensam.organisations.domain import Organisation, organisation
from gemensam.picture.domain.awaited import awaited_picture
from gemensam.picture.domain.cadences import Cadence
from gemensam.picture.domain.frames import frame_for, members_of, takt
from gemensam.picture.domain.matrix import Cell, Frame, Matrix, Row, Shown, as_of_cell, matrix, totals
from gemensam.picture.domain.pictures import find_picture, label_of, latest_picture, pictures, revised
from gemensam.picture.domain.reports import ReportData

TIMELINE_MAX = 50
KINDS_WITH_PICTURE = frozenset({"standing", "incident", "exercise", "sub", "outer"})


@dataclass(frozen=True, slots=True)
class Live:
    """The live matrix of a space at a moment, and the picture that its changes are counted from."""

    matrix: Matrix
    frame: Frame
    shown: Shown | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which part of the matrix is looked at; empty fields choose everything.

    `columns`: a group of verksamheter. `kind`: kind of member or municipal group. `status`: members that have this
    value, or with `4+` this step of the scale or worse. `older_ms`: rows with a cell older than this.
    """

    columns: str = ""
    kind: str = ""
    status: str = ""
    older_ms: int = 0
    overdue: bool = False

    @property
    def chosen(self) -> bool:
        return self != Filter()


def check_has_picture(info: SpaceInfo) -> None:
    """Raise `Refused("not_found")` for the spaces that have no picture (the directory, rosters, periods)."""
    if info.kind not in KINDS_WITH_PICTURE:
        raise Refused("not_found")


def get_live(lens: Lens, space: str, moment: Moment) -> Live:
    """Return the live matrix of a readable space; raises `Refused("not_found")`."""
    info = lens.space(space)
    check_has_picture(info)
    state = lens.state(space, moment)
    frame = frame_for(lens.directory, state, moment.happened_by)
    shown = _shown(state, moment)
    found = matrix(state, members_of(lens.directory, info), frame, moment, shown=shown)
    return Live(found, frame, shown)


def _shown(state: SpaceState, moment: Moment) -> Shown | None:
    latest = latest_at(state, moment)
    return latest.data.shown() if latest is not None else None


def latest_at(state: SpaceState, moment: Moment) -> Thing | None:
    """Return the latest picture; for *what had happened by*, the latest among those about that time."""
    by = moment.happened_by
    if by is None:
        return latest_picture(state)
    found = [thing for _label, thing in list_pictures(state, moment) if thing.status == "published"]
    return found[0] if found else None


def filtered(live: Live, chosen: Filter, lens: Lens, groups: Mapping[str, str]) -> Live:
    """Return the part of the matrix that a filter chooses; `groups` gives each column's group."""
    if not chosen.chosen:
        return live
    places = [
        place
        for place, column in enumerate(live.matrix.columns)
        if not chosen.columns or groups.get(column) == chosen.columns
    ]
    rows = tuple(
        row._replace(cells=tuple(row.cells[place] for place in places))
        for row in live.matrix.rows
        if _is_of_kind(organisation(lens.directory, row.organisation), chosen.kind)
    )
    rows = tuple(row for row in rows if _is_chosen(row, chosen, live))
    columns = tuple(live.matrix.columns[place] for place in places)
    kept = live.matrix._replace(columns=columns, rows=rows, sums=totals(columns, rows, live.frame))
    return replace(live, matrix=kept)


def _is_of_kind(found: Organisation | None, kind: str) -> bool:
    return not kind or (found is not None and kind in (found.kind, found.group, found.category))


def _is_chosen(row: Row, chosen: Filter, live: Live) -> bool:
    if chosen.overdue and not row.overdue_at:
        return False
    if chosen.older_ms and not any(
        cell.stated_at and live.matrix.at - cell.as_of > chosen.older_ms for cell in row.cells
    ):
        return False
    return not chosen.status or any(_has_value(cell, chosen.status, live.frame) for cell in row.cells)


def _has_value(cell: Cell, status: str, frame: Frame) -> bool:
    if not status.endswith("+"):
        return cell.value == status
    return frame.digits.get(cell.value, 0) >= int(status[:-1]) if status[:-1].isdecimal() else False


def narrower_spaces(lens: Lens, space: str) -> tuple[SpaceInfo, ...]:
    """Return the sub-spaces of a space that this reader reads: whose values may be laid over, by choice."""
    return tuple(info for info in lens.spaces() if info.kind == "sub" and info.parent == space)


def get_overlay(lens: Lens, space: str, narrower: str, moment: Moment) -> Mapping[tuple[str, str], Cell]:
    """Return a chosen sub-space's statements by organisation and row; raises `Refused("not_found")` for another."""
    if narrower not in {info.id for info in narrower_spaces(lens, space)}:
        raise Refused("not_found")
    found = get_live(lens, narrower, moment).matrix
    return {(row.organisation, cell.row): cell for row in found.rows for cell in row.cells if cell.stated_at}


@dataclass(frozen=True, slots=True)
class Told:
    """A statement of one member on one row, from one report: a point of its timeline."""

    report: Thing
    cell: Cell
    content: Mapping[str, Any]
    in_force: bool


def get_row(live: Live, organisation_id: str) -> Row:
    """Return a member's row; raises `Refused("not_found")` for one outside the circle."""
    found = next((row for row in live.matrix.rows if row.organisation == organisation_id), None)
    if found is None:
        raise Refused("not_found")
    return found


def reports_newest_first(state: SpaceState, organisation_id: str, moment: Moment) -> list[Thing]:
    """Return a member's reports in force, newest *lägestid* first."""
    found = state.newest("reports", organisation_id)
    return [thing for thing in found if moment.happened_by is None or thing.data.stated_at <= moment.happened_by]


def timeline(lens: Lens, space: str, organisation_id: str, row: str, moment: Moment) -> list[Told]:
    """Return what a member has said on a row, newest first, with its texts; at most the `TIMELINE_MAX` newest."""
    found = reports_newest_first(lens.state(space, moment), organisation_id, moment)
    reports = [thing for thing in found if thing.data.cell(row) is not None][:TIMELINE_MAX]
    payloads = lens.payloads(space, [thing.data.content for thing in reports])
    told = [_told(thing, row, payloads.get(thing.data.content) or {}) for thing in reports]
    return sorted(told, key=lambda one: (one.cell.as_of, one.report.data.clock), reverse=True)


def _told(thing: Thing, row: str, payload: Mapping[str, Any]) -> Told:
    data: ReportData = thing.data
    state_cell = data.cell(row)
    if state_cell is None:
        raise Refused("not_found")
    as_of = as_of_cell(state_cell, data)
    cell = Cell(
        row, state_cell.status, state_cell.stated_at, as_of if as_of != state_cell.stated_at else 0, data.content,
        thing.subject, state_cell.type, state_cell.trend, state_cell.until_at,
    )  # fmt: skip
    content: Mapping[str, Any] = next((found for found in payload.get("cells", ()) if found["row"] == row), {})
    return Told(thing, cell, content, thing.status in ("published", "unconfirmed"))


@dataclass(frozen=True, slots=True)
class PictureView:
    """A published picture with its content (None: disposed of), its entry in the log and its label."""

    thing: Thing
    label: str
    content: Mapping[str, Any] | None
    entry: LogRow

    @property
    def withdrawn(self) -> bool:
        return self.thing.status == "withdrawn"

    @property
    def space(self) -> str:
        """The space that it lies in."""
        return self.entry.header.space


def list_pictures(state: SpaceState, moment: Moment) -> list[tuple[str, Thing]]:
    """Return (label, picture) of all pictures, newest first; for *what had happened by*, those about that time."""
    by = moment.happened_by
    found = [thing for thing in pictures(state) if by is None or thing.data.stated_at <= by]
    found.sort(key=lambda thing: (thing.data.clock, thing.subject), reverse=True)
    return [(label_of(state, thing), thing) for thing in found]


def get_picture(lens: Lens, space: str, label: str, moment: Moment) -> PictureView:
    """Return a published picture by its label; raises `Refused("not_found")`."""
    thing = find_picture(lens.state(space, moment), label)
    if thing is None or (moment.happened_by is not None and thing.data.stated_at > moment.happened_by):
        raise Refused("not_found")
    content = lens.payloads(space, [thing.data.content]).get(thing.data.content)
    return PictureView(thing, label, content, lens.entry(space, thing.created))


def get_latest_summary(lens: Lens, state: SpaceState, moment: Moment) -> tuple[str, Thing, str] | None:
    """Return (label, picture, text of its first heading) of a space's latest picture, or None."""
    thing, space = latest_at(state, moment), state.space
    if thing is None:
        return None
    content = lens.payloads(space, [thing.data.content]).get(thing.data.content)
    sections: Sequence[Mapping[str, Any]] = content["sections"] if content else ()
    return label_of(state, thing), thing, next((section["text"] for section in sections if section["text"]), "")


def revised_since(lens: Lens, space: str, thing: Thing, moment: Moment) -> dict[tuple[str, str], tuple[Cell, str]]:
    """Return what later information says otherwise than a picture showed: by organisation and row, (cell, value then).

    Late information is what came in after the picture about the time before it (F13).
    """
    state = lens.state(space, moment)
    then = Moment(moment.now, happened_by=thing.data.stated_at)
    frame = frame_for(lens.directory, state, then.happened_by)
    known = matrix(state, members_of(lens.directory, lens.space(space)), frame, then)
    later = {(who, cell.row): (cell, value) for who, cell, value in revised(thing, known)}
    return {key: found for key, found in later.items() if _came_after(state, found[0], thing)}


def _came_after(state: SpaceState, cell: Cell, picture: Thing) -> bool:
    report = state.thing(cell.report)
    return report is not None and bool(report.data.clock > picture.data.clock)


def sources_since(state: SpaceState, content: Mapping[str, Any]) -> dict[str, str]:
    """Return what has become of the entries that a picture copied: digest → `corrected`, `withdrawn` or `confirmed`."""
    found: dict[str, str] = {}
    for section in content["sections"]:
        for one in section["statements"]:
            thing = state.thing(one["subject"])
            if thing is None or thing.status in ("withdrawn", "denied"):
                found[one["entry"]] = "withdrawn"
            elif thing.data.content != one["entry"]:
                found[one["entry"]] = "corrected"
            elif one["entered_for"] and thing.status == "published":
                found[one["entry"]] = "confirmed"
    return found


def cadence_of(lens: Lens, state: SpaceState, moment: Moment) -> Cadence | None:
    """Return the takt of a space at a moment, or None where nobody has set one."""
    return takt(lens.directory, state, moment.happened_by)[0]


def next_picture(lens: Lens, state: SpaceState, moment: Moment) -> int | None:
    """Return when the next combined picture is awaited (ms UTC; earlier than the moment: it is late), or None."""
    return awaited_picture(latest_at(state, moment), cadence_of(lens, state, moment), moment.at)


def cadence_history(state: SpaceState) -> list[tuple[Cadence, str]]:
    """Return (takt, organisation) of all that have been set, newest first."""
    found = [(cadence, thing.organisation) for thing in state.group("cadences") for cadence in thing.data.versions]
    return sorted(found, key=lambda one: (one[0].clock, one[0].digest), reverse=True)
