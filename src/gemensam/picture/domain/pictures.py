"""Samlad lägesbild: numbered, immutable, self-contained versions (R15, R25–R28; design 4.5, F13, F16, F20).

What is shown is copied in under the append lock from the entries themselves: an author chooses other
organisations' sentences and cannot change a word of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from sys import intern
from typing import Any

from gemensam.core.entry import Clock, Header
from gemensam.core.kinds import SubjectType
from gemensam.core.state import SpaceState, Thing
from gemensam.core.transitions import Machine
from gemensam.picture.domain.matrix import Cell, Matrix, Shown


@dataclass(frozen=True)
class ChosenStatement:
    """A sentence copied from its entry. The author gives `entry`, `subject` and `part`; the rest is the program's.

    `entry` "" means the content in force of the author's own statement, written in the same commit.
    `reported_at`: when it was entered; `stated_at`: when it was true; `confirmed_at`: when *oförändrat* confirmed it.
    """

    subject: str
    part: str
    entry: str = ""
    organisation: str = ""
    by_organisation: str = ""
    via: str = ""
    kind: str = ""
    row: str = ""
    status: str = ""
    text: str = ""
    extra: tuple[str, ...] = ()
    type: str = ""
    certainty: str = ""
    source: str = ""
    source_text: str = ""
    about: str = ""
    trend: str = ""
    unconfirmed: bool = False
    entered_for: bool = False
    stated_at: int = 0
    confirmed_at: int = 0
    reported_at: int = 0


@dataclass(frozen=True)
class SectionField:
    """A further field of the compiler's own under a heading: of the window report, or a question of the analysis."""

    code: str
    text: str
    title: str = ""
    title_en: str = ""


@dataclass(frozen=True)
class Scenario:
    """A course of events: how it goes, how likely (a code of the list `likelihood`, or ""), its consequences, and what
    to watch for. The author gives these; the words of the likelihood are copied from the list.
    """

    title: str
    text: str = ""
    likelihood: str = ""
    consequences: str = ""
    watch: str = ""
    likelihood_name: str = ""
    likelihood_name_en: str = ""


@dataclass(frozen=True)
class Section:
    """A heading with the compiler's own text (marked as such) and the chosen statements in order.

    `content` is the list's: `text`, `statements`, `scenarios`, or `program` (made by the program, with a text beside).
    """

    code: str
    title: str = ""
    title_en: str = ""
    content: str = ""
    text: str = ""
    statements: tuple[ChosenStatement, ...] = ()
    fields: tuple[SectionField, ...] = ()
    scenarios: tuple[Scenario, ...] = ()


@dataclass(frozen=True)
class SnapshotCell:
    """A value as the matrix showed it; `additions` are codes."""

    row: str
    value: str
    at: int = 0
    additions: tuple[str, ...] = ()


@dataclass(frozen=True)
class SnapshotRow:
    """A member's row as the matrix showed it; `gap`: why it had not contributed."""

    organisation: str
    name: str
    cells: tuple[SnapshotCell, ...]
    latest_at: int = 0
    oldest_at: int = 0
    needs: int = 0
    overdue_at: int = 0
    gap: str = ""
    gap_at: int = 0
    gap_of: str = ""


@dataclass(frozen=True)
class Change:
    """What differs from the previous picture: `status`, `reported`, `missing`, `stale`, `added` or `removed`."""

    kind: str
    organisation: str
    row: str = ""
    before: str = ""
    after: str = ""
    text: str = ""


@dataclass(frozen=True)
class FeedHead:
    """The head of a feed that the picture was made from."""

    node: str
    incarnation: int
    number: int
    digest: str


@dataclass(frozen=True)
class PicturePublished:
    """A combined picture. The author gives times and headings; number, copies, matrix, changes and basis are filled in.

    `stated_at`: *läge kl.*; `valid_until`, `next_at` (ms UTC, None: not said). `series` is the node's name.
    `previous`: label of the picture that the author saw as the latest, or "" where not said.
    """

    stated_at: int
    sections: tuple[Section, ...]
    valid_until: int | None = None
    next_at: int | None = None
    number: int = 0
    series: str = ""
    previous: str = ""
    columns: tuple[str, ...] = ()
    matrix: tuple[SnapshotRow, ...] = ()
    reported: int = 0
    total: int = 0
    changes: tuple[Change, ...] = ()
    basis: tuple[FeedHead, ...] = ()


@dataclass(frozen=True)
class PictureWithdrawn:
    """The publisher takes a picture back; it stays readable and says so."""

    reason: str


@dataclass(frozen=True, slots=True)
class PictureData:
    """A picture in the state: number, times and what values it showed (columns × organisations), no text."""

    number: int
    series: str
    stated_at: int
    clock: Clock
    content: str
    valid_until: int = 0
    next_at: int = 0
    reported: int = 0
    total: int = 0
    columns: tuple[str, ...] = ()
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    function: str = ""

    def shown(self) -> Shown:
        values = {
            (organisation_id, column): value
            for organisation_id, found in self.values
            for column, value in zip(self.columns, found, strict=True)
        }
        return Shown(self.number, self.stated_at, self.clock, values)


PICTURE = SubjectType(
    "picture",
    owner=Machine({("", "picture.published"): "published", ("published", "picture.withdrawn"): "withdrawn"}),
    index=lambda thing: [(("pictures",), (thing.data.number, thing.data.clock, thing.subject))],
)


def picture_extract(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the numbers, times and values of a picture; most of it is copied texts."""
    names = ("number", "series", "stated_at", "valid_until", "next_at", "reported", "total", "columns")
    shown = [[row["organisation"], *(cell["value"] for cell in row["cells"])] for row in payload["matrix"]]
    return {**{name: payload[name] for name in names}, "matrix": shown}


def published(_data: Any, header: Header, digest: str, extract: Mapping[str, Any] | None) -> PictureData:
    if extract is None:
        return PictureData(0, header.node, header.occurred_at, header.clock, digest, function=header.function)
    return PictureData(
        number=extract["number"],
        series=intern(extract["series"]),
        stated_at=extract["stated_at"],
        clock=header.clock,
        content=digest,
        valid_until=extract["valid_until"] or 0,
        next_at=extract["next_at"] or 0,
        reported=extract["reported"],
        total=extract["total"],
        columns=tuple(intern(column) for column in extract["columns"]),
        values=tuple((intern(row[0]), tuple(map(intern, row[1:]))) for row in extract["matrix"]),
        function=intern(header.function),
    )


def kept(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Any:
    return data


def pictures(state: SpaceState) -> tuple[Thing, ...]:
    """Return all pictures of a space by number, withdrawn ones included."""
    return state.group("pictures")


def latest_picture(state: SpaceState) -> Thing | None:
    """Return the picture that was published last and not withdrawn, or None."""
    standing = [thing for thing in state.group("pictures") if thing.status == "published"]
    return max(standing, key=lambda thing: (thing.data.clock, thing.subject), default=None)


def label_of(state: SpaceState, picture: Thing) -> str:
    """Return how a picture is called: `4`, or `SBFF-1` in the series of a node that was cut off (F20)."""
    first = min(state.group("pictures"), key=lambda thing: (thing.data.clock, thing.subject), default=picture)
    number = picture.data.number or _place(state, picture)
    return str(number) if picture.data.series == first.data.series else f"{picture.data.series}-{number}"


def _place(state: SpaceState, picture: Thing) -> int:
    """The number of a picture whose payload has been disposed of: its place in its series."""
    return sum(thing.data.clock <= picture.data.clock for thing in series_of(state, picture.data.series))


def series_of(state: SpaceState, series: str) -> list[Thing]:
    """Return the pictures of one node's series."""
    return [thing for thing in state.group("pictures") if thing.data.series == series]


def find_picture(state: SpaceState, label: str) -> Thing | None:
    """Return the picture of a label, or None."""
    return next((thing for thing in state.group("pictures") if label_of(state, thing) == label), None)


def shown_by_latest(state: SpaceState) -> Shown | None:
    """Return what the latest picture showed, for *ändrad sedan nr N*."""
    latest = latest_picture(state)
    return latest.data.shown() if latest is not None else None


def revised(thing: Thing, now_known: Matrix) -> tuple[tuple[str, Cell, str], ...]:
    """Return (organisation, cell, value then) where later information has changed what a picture showed (F13).

    `now_known`: the matrix of what had happened by the picture's own time, by the whole log.
    """
    shown: Shown = thing.data.shown()
    return tuple(
        (row.organisation, cell, shown.values[row.organisation, cell.row])
        for row in now_known.rows
        for cell in row.cells
        if cell.stated_at and shown.values.get((row.organisation, cell.row), cell.value) != cell.value
    )
