"""The cells of a report as the state holds them: codes and times, shared between reports that say the same.

A space holds many times more cells than it holds different ones. So a cell is written as one short text, which the
reader meets again and again, and its time is left out where it is the report's own.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from sys import intern
from typing import Any, NamedTuple, overload
from urllib.parse import quote, unquote

from gemensam.picture.domain.places import ANYWHERE, Where, where_of

SHARED = 16_384  # different cells that are remembered at a time


class CellState(NamedTuple):
    """A cell of a report in the state: codes and times, no text. `until_at` is 0 unless *återkommer*; `where` is the
    place that it names, if any.
    """

    row: str
    status: str
    stated_at: int
    type: str
    unconfirmed: bool
    trend: str
    source: str
    until_at: int = 0
    where: Where = ANYWHERE

    def unsaid(self) -> tuple[str, ...]:
        """Return which later fields say nothing (`core.state.plain`)."""
        return () if self.where.is_named else ("where",)


class Cells(Sequence[CellState]):
    """The cells of one report. `said` are shared ones, whose `stated_at` is 0 where it is the report's (ms UTC)."""

    __slots__ = ("_stated_at", "said")

    def __init__(self, said: tuple[CellState, ...] = (), stated_at: int = 0) -> None:
        self.said, self._stated_at = said, stated_at

    def __iter__(self) -> Iterator[CellState]:
        return map(self.timed, self.said)

    def __len__(self) -> int:
        return len(self.said)

    @overload
    def __getitem__(self, place: int) -> CellState: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[CellState]: ...
    def __getitem__(self, place: int | slice) -> CellState | Sequence[CellState]:
        return tuple(self)[place]

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Cells | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Cells({tuple(self)!r})"

    def timed(self, cell: CellState) -> CellState:
        """Return one of `said` with its time."""
        return cell if cell.stated_at else cell._replace(stated_at=self._stated_at)


def extract_cells(cells: Sequence[Mapping[str, Any]], stated_at: int) -> list[str]:
    """Return the cells of a payload without their texts, each as one text, in order."""
    said = [_said(cell, stated_at) for cell in cells]
    said.sort(key=lambda cell: (cell.row, cell.status, cell.stated_at or stated_at, *cell[3:]))
    return [_written(cell) for cell in said]


def read_cells(written: Sequence[str], stated_at: int) -> Cells:
    """Return the cells that `extract_cells` has written."""
    return Cells(tuple([_read(one) for one in written]), stated_at)


def _said(cell: Mapping[str, Any], stated_at: int) -> CellState:
    own = cell["stated_at"]
    return CellState(
        cell["row"], cell["status"], own if own and own != stated_at else 0, cell["type"], bool(cell["unconfirmed"]),
        cell["trend"], cell["source"], cell["until_at"] or 0, where_of(cell),
    )  # fmt: skip


@lru_cache(SHARED)
def _written(cell: CellState) -> str:
    numbers = (cell.stated_at, cell.until_at, int(cell.unconfirmed))
    codes = (cell.row, cell.status, cell.type, cell.trend, cell.source, *_place_written(cell.where))
    return " ".join([*(quote(code, safe="") for code in codes), *map(str, numbers)])


def _place_written(where: Where) -> list[str]:
    """Return a place as one more code, after the others: kommuner, and the point if there is one. None: nothing."""
    return ["@".join([",".join(where.kommuner), ",".join(map(str, where.point))])] if where.is_named else []


def _place_read(written: Sequence[str]) -> Where:
    if not written:
        return ANYWHERE
    kommuner, point = (part.split(",") if part else () for part in written[0].split("@"))
    return Where(tuple(kommuner), tuple(int(degrees) for degrees in point))


@lru_cache(SHARED)
def _read(written: str) -> CellState:
    *codes, stated_at, until_at, unconfirmed = written.split(" ")
    row, status, type_, trend, source, *place = (intern(unquote(code)) for code in codes)
    where = _place_read(place)
    return CellState(row, status, int(stated_at), type_, unconfirmed == "1", trend, source, int(until_at), where)
