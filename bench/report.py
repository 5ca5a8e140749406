"""The table: on the screen, and as Markdown between the markers of docs/performance.md."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.figures import Figure, Missing, Outcome, shown

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
HEADS = ("what", "database", "measured", "bar", "physical limit, same run", "ratio", "")


def lines(outcomes: Sequence[Outcome]) -> list[str]:
    """Return a line for each outcome, for the screen."""
    return [_line(outcome) for outcome in outcomes]


def _line(outcome: Outcome) -> str:
    if isinstance(outcome, Missing):
        return f"  {outcome.row}{_of(outcome.database)}: not measured: {outcome.why}"
    cells = _cells(outcome)
    limit = f"; limit {cells[4]}, ratio {cells[5]}" if cells[4] else ""
    verdict = f" — {cells[6]}" if cells[6] else ""
    bar = f" (bar {cells[3]})" if cells[3] else ""
    note = f"  [{outcome.note}]" if outcome.note else ""
    return f"  {outcome.row}, {outcome.what}{_of(outcome.database)}: {cells[2]}{bar}{limit}{verdict}{note}"


def _of(database: str) -> str:
    return f" ({database})" if database else ""


def _cells(figure: Figure) -> tuple[str, ...]:
    sign = "≥" if figure.at_least else "≤"
    limit = f"{shown(figure.limit.value, figure.unit)} ({figure.limit.what})" if figure.limit else ""
    ratio = f"{figure.ratio:.1f} ×" if figure.ratio is not None else ""
    bar = f"{sign} {shown(figure.bar, figure.unit)}" if figure.bar is not None else ""
    what = f"{figure.row}: {figure.what}"
    return what, figure.database, shown(figure.value, figure.unit), bar, limit, ratio, figure.verdict


def markdown(facts: Mapping[str, str], outcomes: Sequence[Outcome], told: str) -> str:
    """Return the machine and the table as Markdown."""
    figures = [outcome for outcome in outcomes if isinstance(outcome, Figure)]
    missing = [outcome for outcome in outcomes if isinstance(outcome, Missing)]
    rows = [HEADS, ("---",) * len(HEADS), *(_cells(figure) for figure in figures)]
    table = ["| " + " | ".join(row) + " |" for row in rows]
    machine = [f"- {name}: {value}" for name, value in facts.items()]
    notes = [f"- {figure.row}, {figure.what}{_of(figure.database)}: {figure.note}" for figure in figures if figure.note]
    absent = [f"- {one.row}{_of(one.database)}: not measured: {one.why}" for one in missing]
    parts = [[*machine, f"- Run: {told}"], table, [*notes, *absent]]
    return "\n\n".join("\n".join(part) for part in parts if part)


def write(page: Path, table: str) -> None:
    """Put the table between the markers of a page; raises `ValueError` when they are not there."""
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page} lacks its markers")
    page.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", encoding="utf-8")
