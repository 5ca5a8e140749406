"""The tables that shares are computed from, as they come: population figures and keys (CSV), and a budget in kronor.

Whatever is missing or odd stops it all, with the row's line and name: nothing is computed, and nothing is guessed (G9).
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from gemensam.core.refusal import Refused
from gemensam.costs.domain.shares import LARGEST_KRONOR, ORE, Figure, Part, check_budget

CODE, NAME, POPULATION = "kommunkod", "kommunnamn", "folkmangd_"
MEMBER, PARTS = "medlem", "andel"
LARGEST_FILE: Final = 1_000_000  # bytes
MOST_INHABITANTS: Final = 100_000_000
MOST_PARTS: Final = 1_000_000_000
LONGEST_SHOWN: Final = 80
# Whole numbers, alone or with a space (also one that does not break) before each three digits: 49262, 49 262.
_WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+")
_NEGATIVE = re.compile(r"[-−–]\s*[0-9].*")
_WITH_ORE = re.compile(r"[0-9 \u00a0\u202f]+[.,:][0-9]{1,2}")


class Line(NamedTuple):
    """A row of a table: the line it stands on, and its cells by their heads."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Member:
    """Who may stand in a key: its id, and the names by which a row may call it."""

    id: str
    name: str
    short: str


def parse_budget(text: str) -> int:
    """Return a budget in öre, given in whole kronor.

    Raises `Refused`: `budget_wrong`, `budget_with_ore`, `budget_not_positive`, `budget_too_large`.
    """
    given = text.strip()
    if _WITH_ORE.fullmatch(given):
        raise Refused("budget_with_ore", given=_shown(given))
    if _NEGATIVE.fullmatch(given):
        raise Refused("budget_not_positive")
    if not _WHOLE.fullmatch(given):
        raise Refused("budget_wrong", given=_shown(given))
    if len(given) > 30:  # `int` takes long for very long numbers
        raise Refused("budget_too_large", most=LARGEST_KRONOR)
    budget = _whole(given) * ORE
    check_budget(budget)
    return budget


def column_of(day: date) -> str:
    """Return the column of a day's figures: folkmangd_2025_12_31."""
    return f"{POPULATION}{day:%Y_%m_%d}"


def read_population(data: bytes, day: date, municipalities: Mapping[str, str]) -> tuple[Figure, ...]:
    """Read the figures of one day for exactly these municipalities (kommunkod → name), in the order of their codes.

    A row with a county's code, the first two digits of its municipalities', is their sum: it is no share, but they must
    add up to its figure where it has one.
    Raises `Refused`: what `read_lines` raises, `population_column_missing`, and for a row, with `line` and `name`:
    `population_code_missing`, `population_code_wrong`, `population_code_unknown`, `population_twice`,
    `population_name_wrong`, `population_sum_wrong`, and what `inhabitants` raises; `population_missing` with the names
    of whom it lacks.
    """
    column = column_of(day)
    heads, lines = read_lines(data, (CODE, NAME))
    if column not in heads:
        there = ", ".join(head for head in heads if head.startswith(POPULATION)) or "–"
        raise Refused("population_column_missing", column=column, there=there)
    found: dict[str, tuple[int, Figure]] = {}
    counties = {code[:2] for code in municipalities}
    sums = [line for line in lines if line.cells[CODE].strip() in counties]
    for line in (each for each in lines if each not in sums):
        figure = _figure(line, column, municipalities)
        if figure.kommunkod in found:
            first = found[figure.kommunkod][0]
            raise Refused("population_twice", line=line.number, name=figure.name, first=first)
        found[figure.kommunkod] = (line.number, figure)
    figures = tuple(figure for _code, (_line, figure) in sorted(found.items()))
    check_complete(figures, municipalities)
    for line in sums:
        _check_sum(line, column, figures)
    return figures


def _check_sum(line: Line, column: str, figures: tuple[Figure, ...]) -> None:
    county = line.cells[CODE].strip()
    added = sum(figure.inhabitants for figure in figures if figure.kommunkod.startswith(county))
    name = _shown(line.cells[NAME].strip()) or line.cells[CODE]
    if line.cells[column].strip() and inhabitants(line.cells[column], name, line.number) != added:
        raise Refused(
            "population_sum_wrong", line=line.number, name=name, given=line.cells[column].strip(), added=added
        )


def check_complete(figures: tuple[Figure, ...], municipalities: Mapping[str, str]) -> None:
    """Raise `Refused("population_missing")` with the names where figures lack a municipality."""
    known = {figure.kommunkod for figure in figures}
    missing = [f"{name} ({code})" for code, name in sorted(municipalities.items()) if code not in known]
    if missing:
        raise Refused("population_missing", names=", ".join(missing))


def inhabitants(text: str, name: str, line: int) -> int:
    """Return a figure; raises `Refused`, with `line` and `name`: `population_none`, `population_negative`,
    `population_not_whole`, `population_zero`, `population_too_large`.
    """  # fmt: skip
    given = text.strip()
    if not given:
        raise Refused("population_none", line=line, name=name)
    if _NEGATIVE.fullmatch(given):
        raise Refused("population_negative", line=line, name=name, given=_shown(given))
    if not _WHOLE.fullmatch(given):
        raise Refused("population_not_whole", line=line, name=name, given=_shown(given))
    if len(given) > 15 or _whole(given) > MOST_INHABITANTS:
        raise Refused("population_too_large", line=line, name=name, given=_shown(given))
    if not _whole(given):
        raise Refused("population_zero", line=line, name=name)
    return _whole(given)


def read_key(data: bytes, members: tuple[Member, ...]) -> tuple[Part, ...]:
    """Read a key for the other half: which member pays how many parts, in the order of their ids.

    Raises `Refused`: what `read_lines` raises, and for a row, with `line` and `name`: `key_member_unknown`,
    `key_twice`, `key_parts_wrong`; `key_without_parts` where nobody pays anything.
    """
    _heads, lines = read_lines(data, (MEMBER, PARTS))
    called = {word.casefold(): each for each in members for word in (each.name, each.short, each.id)}
    found: dict[str, tuple[int, Part]] = {}
    for line in lines:
        said = line.cells[MEMBER].strip()
        member = called.get(said.casefold())
        if member is None:
            raise Refused("key_member_unknown", line=line.number, name=_shown(said))
        if member.id in found:
            raise Refused("key_twice", line=line.number, name=member.name, first=found[member.id][0])
        parts = parts_of(line.cells[PARTS], member.name, line.number)
        found[member.id] = (line.number, Part(member.id, member.name, parts))
    if not any(part.parts for _line, part in found.values()):
        raise Refused("key_without_parts")
    return tuple(part for _id, (_line, part) in sorted(found.items()))


def parts_of(text: str, name: str, line: int) -> int:
    """Return a member's parts, a whole number from 0; raises `Refused("key_parts_wrong")`."""
    given = text.strip()
    if not _WHOLE.fullmatch(given) or len(given) > 15 or _whole(given) > MOST_PARTS:
        raise Refused("key_parts_wrong", line=line, name=name, given=_shown(given))
    return _whole(given)


def read_lines(data: bytes, wanted: tuple[str, ...]) -> tuple[tuple[str, ...], list[Line]]:
    """Return the heads and the rows of a CSV in UTF-8, parted by comma, semicolon or tab; empty lines are passed over.

    Raises `Refused`: `cost_file_too_large`, `cost_file_empty`, `cost_file_not_utf8`, `cost_file_no_table`,
    `cost_file_column_missing`, `cost_file_column_twice`, `cost_file_row_long`.
    """
    text = _decoded(data)
    rows = list(_rows(text))
    if not rows:
        raise Refused("cost_file_empty")
    heads = tuple(cell.strip().lower() for cell in rows[0][1])
    for column in wanted:
        if column not in heads:
            raise Refused("cost_file_column_missing", column=column)
    twice = sorted({head for head in heads if head and heads.count(head) > 1})
    if twice:
        raise Refused("cost_file_column_twice", column=", ".join(twice))
    lines = [_line(number, heads, cells) for number, cells in rows[1:]]
    if not lines:
        raise Refused("cost_file_empty")
    return heads, lines


def _line(number: int, heads: tuple[str, ...], cells: list[str]) -> Line:
    if any(cell.strip() for cell in cells[len(heads) :]):
        raise Refused("cost_file_row_long", line=number)
    filled = [*cells, *[""] * (len(heads) - len(cells))]
    return Line(number, dict(zip(heads, filled, strict=False)))


def _decoded(data: bytes) -> str:
    if len(data) > LARGEST_FILE:
        raise Refused("cost_file_too_large", most=LARGEST_FILE)
    if not data.strip():
        raise Refused("cost_file_empty")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("cost_file_not_utf8", line=data.count(b"\n", 0, error.start) + 1) from error
    if "\0" in text or "\ufffd" in text:
        raise Refused("cost_file_not_utf8", line=text.count("\n", 0, max(text.find("\0"), text.find("\ufffd"))) + 1)
    return text


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    lines = [line + "\n" for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    head = next((line for line in lines if line.strip()), "")
    reader = csv.reader(lines, delimiter=max(",;\t", key=head.count), strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise Refused("cost_file_no_table", line=reader.line_num) from error


def _figure(line: Line, column: str, municipalities: Mapping[str, str]) -> Figure:
    code, said = line.cells[CODE].strip(), line.cells[NAME].strip()
    if not code:
        raise Refused("population_code_missing", line=line.number, name=_shown(said) or "–")
    if not re.fullmatch("[0-9]{4}", code):
        # A spreadsheet that takes the code for a number drops its first zero; which one was meant is not guessed.
        raise Refused("population_code_wrong", line=line.number, name=_shown(said), kommunkod=_shown(code))
    if code not in municipalities:
        raise Refused("population_code_unknown", line=line.number, name=_shown(said), kommunkod=code)
    name = municipalities[code]
    others = {_plain(other) for other_code, other in municipalities.items() if other_code != code}
    if _plain(said) in others:
        raise Refused("population_name_wrong", line=line.number, name=_shown(said), kommunkod=code, known=name)
    return Figure(code, name, inhabitants(line.cells[column], name, line.number))


def _plain(name: str) -> str:
    """Return a municipality's name without *kommun* or *stad*, for comparing."""
    return re.sub(r"\s+(kommun|stad)$", "", name.strip().casefold())


def _whole(text: str) -> int:
    return int(re.sub(r"[ \u00a0\u202f]", "", text))


def _shown(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
