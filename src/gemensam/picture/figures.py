"""Key figures side by side: what each member has given, with unit, source and time, and who has given none (R20, R22).

Nothing is summed: two members may count the same customers, and a figure that is missing is not zero.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.core.swedish import sort_key
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import organisation
from gemensam.picture.domain.matrix import ENTERED_FOR, Cell, Row
from gemensam.picture.lists import Item, Lists, told
from gemensam.picture.matrix_words import MatrixWords
from gemensam.picture.queries import Live
from gemensam.picture.report_shown import figure_amount

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """A figure that a member has given; `at`: when it was counted, else when the statement was true (ms UTC).

    `value`: as it was written; `amount`: with its unit, as it is read.
    """

    organisation: str
    name: str
    value: str
    amount: str
    source: str
    at: int
    report: str
    is_unconfirmed: bool


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One key figure: what has been given, by member, and the names of those who answer for it and have given none."""

    code: str
    name: str
    unit: str
    row: str
    given: tuple[Given, ...]
    missing: tuple[str, ...]


def figure_tables(lens: Lens, space: str, live: Live, words: MatrixWords) -> list[FigureTable]:
    """Return the key figures of a space's newest statements, in the list's order; those that nobody gives come last."""
    rows = live.matrix.rows
    payloads = lens.payloads(space, [cell.entry for row in rows for cell in row.cells if cell.entry])
    found = {(row.organisation, cell.row): (cell, _content(payloads, cell)) for row in rows for cell in row.cells}
    tables = [_table(item, rows, found, lens, words) for item in words.lists.items("figures")]
    return sorted(tables, key=lambda table: not table.given)


def _table(
    item: Item, rows: Iterable[Row], found: Mapping[tuple[str, str], tuple[Cell, Content]], lens: Lens,
    words: MatrixWords,
) -> FigureTable:  # fmt: skip
    given, missing = [], []
    for row in sorted(rows, key=lambda row: sort_key(words.name(row.organisation))):
        cell, content = found.get((row.organisation, item["row"]), (None, {}))
        figure = next((one for one in content.get("figures", ()) if one["code"] == item["code"]), None)
        if cell is not None and figure is not None:
            given.append(_given(row.organisation, cell, (content, figure), words))
        elif item["row"] in _rows_of(lens, row.organisation):
            missing.append(words.name(row.organisation))
    unit = told(item, "unit") if item.get("kind") != "time" else ""
    return FigureTable(item["code"], told(item), unit, words.column(item["row"]), tuple(given), tuple(missing))


def _given(who: str, cell: Cell, said: tuple[Content, Content], words: MatrixWords) -> Given:
    content, figure = said
    return Given(
        organisation=who,
        name=words.name(who),
        value=figure["value"],
        amount=figure_amount(figure, words.lists, words.at),
        source=figure["source"] or _source(content, words.lists),
        at=figure.get("at") or cell.stated_at,
        report=cell.report,
        is_unconfirmed=bool(content.get("unconfirmed")) or cell.has(ENTERED_FOR),
    )


def _source(content: Content, lists: Lists) -> str:
    word = lists.word("sources", content["source"]) if content.get("source") else ""
    return f"{word} ({content['source_text']})" if content.get("source_text") else word


def _content(payloads: Mapping[str, Content | None], cell: Cell) -> Content:
    cells: Iterator[Content] = iter((payloads.get(cell.entry) or {}).get("cells", ()))
    return next((one for one in cells if one["row"] == cell.row), {})


def _rows_of(lens: Lens, organisation_id: str) -> tuple[str, ...]:
    found = organisation(lens.directory, organisation_id)
    return found.rows if found is not None else ()
