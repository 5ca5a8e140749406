"""The picture of a space as plain values: the matrix that the page draws, without its words."""

from typing import Any

from gemensam.api.intake import rfc3339
from gemensam.core.moment import Moment
from gemensam.ledger.reading import Lens
from gemensam.picture.domain.matrix import Addition, Cell, Matrix, Row
from gemensam.picture.queries import get_live


def picture_values(lens: Lens, space: str, moment: Moment) -> dict[str, Any]:
    """Return the matrix of a readable space at a moment; times as RFC 3339, values and additions as codes.

    Raises `Refused("not_found")`, or the refusal of a space that holds no picture.
    """
    matrix = get_live(lens, space, moment).matrix
    return {
        "space": space,
        "at": rfc3339(matrix.at),
        "knew_at": _time(moment.knew_at),
        "happened_by": _time(moment.happened_by),
        "columns": list(matrix.columns),
        "reported": matrix.reported,
        "total": matrix.total,
        "rows": [_row(row) for row in matrix.rows],
        "sums": _sums(matrix),
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "organisation": row.organisation,
        "report": row.report,
        "latest_at": _time(row.latest_at),
        "oldest_at": _time(row.oldest_at),
        "overdue_at": _time(row.overdue_at),
        "entered_by": row.entered_by,
        "needs": row.needs,
        "gap": row.gap,
        "cells": [_cell(cell) for cell in row.cells],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "row": cell.row,
        "value": cell.value,
        "stated_at": _time(cell.stated_at),
        "confirmed_at": _time(cell.confirmed_at),
        "type": cell.type,
        "trend": cell.trend,
        "entry": cell.entry,
        "report": cell.report,
        "additions": [_addition(addition) for addition in cell.additions],
    }


def _addition(addition: Addition) -> dict[str, Any]:
    return {"code": addition.code, "at": _time(addition.at), "of": str(addition.of)}


def _sums(matrix: Matrix) -> list[dict[str, Any]]:
    """Counts per value, worst first and what is missing last; never an average."""
    return [
        {"row": total.row, "counts": [{"value": value, "count": count} for value, count in total.counts]}
        for total in matrix.sums
    ]


def _time(ms: int | None) -> str | None:
    return rfc3339(ms) if ms else None
