"""Tables as they come: read whole, or refused with the row that is wrong."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemensam.cli.costs import members_of
from gemensam.core.refusal import Refused
from gemensam.costs.domain.shares import Figure
from gemensam.costs.domain.tables import parse_budget, read_key, read_population
from gemensam.regions import load_region
from tests.costs.making import COLUMN, MUNICIPALITIES, changed, rows, table

DAY = date(2025, 12, 31)
MEMBERS = members_of(load_region("stockholm"))
Change = Callable[[list[list[str]]], Any]


def read(data: bytes) -> tuple[Figure, ...]:
    return read_population(data, DAY, MUNICIPALITIES)


def set_to(place: int, column: int, text: str) -> Change:
    return lambda found: found[place].__setitem__(column, text)


EXPECTED = read(table(rows()))


@pytest.mark.parametrize(
    "data",
    [
        table(rows(), sign=";", head=f"kommunkod,kommunnamn,{COLUMN}"),
        table(rows(), sign="\t"),
        b"\xef\xbb\xbf" + table(rows()),
        table(rows()).replace(b"\n", b"\r\n"),
        table(rows()).replace(b"\n", b"\n\n"),
        table(rows()[::-1]),
        table([[f'"{cell}"' for cell in row] for row in rows()]),
        table([[code, name, f"{int(count):,}".replace(",", "\u00a0")] for code, name, count in rows()]),
        table([["x", count, name, code] for code, name, count in rows()], head=f"lankod,{COLUMN},kommunnamn,kommunkod"),
        table([*rows(), ["01", "Stockholms län", str(sum(int(row[2]) for row in rows()))]]),
        table([["01", "Stockholms län", ""], *rows()]),
        table([[code, f"{name} kommun", count] for code, name, count in rows()]),
    ],
    ids=["semicolon", "tab", "bom", "crlf", "empty lines", "turned", "quoted", "spaces", "columns", "sum", "no sum",
         "kommun"],
)  # fmt: skip
def test_the_same_figures_are_read_however_the_table_is_written(data: bytes) -> None:
    assert read(data) == EXPECTED
    assert [each.kommunkod for each in EXPECTED] == sorted(MUNICIPALITIES)


ROWS: dict[str, tuple[Change, str, int]] = {
    "no figure": (set_to(3, 2, ""), "population_none", 5),
    "negative": (set_to(3, 2, "-46601"), "population_negative", 5),
    "minus sign": (set_to(3, 2, "−46601"), "population_negative", 5),
    "zero": (set_to(3, 2, "0"), "population_zero", 5),
    "words": (set_to(3, 2, "okänt"), "population_not_whole", 5),
    "decimals": (set_to(3, 2, "46601.5"), "population_not_whole", 5),
    "exponent": (set_to(3, 2, "4e4"), "population_not_whole", 5),
    "other digits": (set_to(3, 2, "٤٦٦٠١"), "population_not_whole", 5),
    "underscore": (set_to(3, 2, "46_601"), "population_not_whole", 5),
    "odd groups": (set_to(3, 2, "466 01"), "population_not_whole", 5),
    "too many": (set_to(3, 2, "9" * 5000), "population_too_large", 5),
    "unknown": (set_to(3, 0, "1480"), "population_code_unknown", 5),
    "no code": (set_to(3, 0, ""), "population_code_missing", 5),
    "lost zero": (set_to(3, 0, "120"), "population_code_wrong", 5),
    "another's name": (set_to(3, 1, "Täby kommun"), "population_name_wrong", 5),
    "twice": (lambda found: found.append(list(found[3])), "population_twice", 28),
    "too long": (lambda found: found[3].append("46601"), "cost_file_row_long", 5),
    "wrong sum": (lambda found: found.append(["01", "Stockholms län", "7"]), "population_sum_wrong", 28),
}


@pytest.mark.parametrize("case", ROWS)
def test_a_row_that_is_wrong_is_named_and_nothing_is_read(case: str) -> None:
    change, code, line = ROWS[case]
    with pytest.raises(Refused) as refused:
        read(changed(change))
    assert (refused.value.code, refused.value.facts["line"]) == (code, line)


def test_a_municipality_that_is_missing_is_named() -> None:
    with pytest.raises(Refused) as refused:
        read(changed(lambda found: found.pop(0)))
    assert refused.value.facts["names"] == "Upplands Väsby (0114)"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "cost_file_empty"), (b" \n\n", "cost_file_empty"), (table([]), "cost_file_empty"),
        (table(rows()).decode().encode("cp1252"), "cost_file_not_utf8"),
        (table(rows()).decode().encode("utf-16"), "cost_file_not_utf8"),
        (b"PK\x03\x04\0\0", "cost_file_not_utf8"),
        (table(rows(), head="kod,kommunnamn,folkmangd_2025_12_31"), "cost_file_column_missing"),
        (table(rows(), head="kommunkod,kommunnamn,folkmangd_2024_12_31"), "population_column_missing"),
        (table(rows(), head="kommunkod,kommunnamn,folkmangd"), "population_column_missing"),
        (table([[*row, "1"] for row in rows()], head=f"kommunkod,kommunnamn,{COLUMN},{COLUMN}"),
         "cost_file_column_twice"),
        (table(rows()) + b'"0192', "cost_file_no_table"),
        (b"x" * 1_000_001, "cost_file_too_large"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_table_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused, match=code):
        read(data)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_whatever_bytes_come_are_refused_and_break_nothing(data: bytes) -> None:
    for whole in (data, table(rows()[:2]) + data):
        with pytest.raises(Refused):
            read(whole)


@pytest.mark.parametrize(("text", "ore"), [("1", 100), ("7000000", 700_000_000), (" 7 000 000 ", 700_000_000),
                                           ("1000000000", 10**11)])  # fmt: skip
def test_a_budget_in_whole_kronor(text: str, ore: int) -> None:
    assert parse_budget(text) == ore


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0", "budget_not_positive"), ("000", "budget_not_positive"), ("-5", "budget_not_positive"),
        ("7000000.50", "budget_with_ore"), ("7000000,00", "budget_with_ore"), ("1000000001", "budget_too_large"),
        ("9" * 5000, "budget_too_large"), ("", "budget_wrong"), ("sju miljoner", "budget_wrong"),
        ("7e6", "budget_wrong"), ("7_000", "budget_wrong"), ("٧", "budget_wrong"), ("7000000 kr", "budget_wrong"),
        ("nan", "budget_wrong"), ("70 00", "budget_wrong"),
    ],
)  # fmt: skip
def test_another_budget_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_budget(text)
    assert refused.value.code == code


def test_a_key_names_members_by_id_or_name_in_any_order() -> None:
    one = read_key(b"medlem;andel\nPolisen;1\nregion-stockholm;20\n", MEMBERS)
    other = read_key(b"andel,anm,medlem\n20,,Region Stockholm\n1,beslut 2026,polisen\n", MEMBERS)
    assert one == other
    assert [(part.organisation, part.parts) for part in one] == [("polisen", 1), ("region-stockholm", 20)]


@pytest.mark.parametrize(
    ("lines", "code", "line"),
    [
        ("Tullverket,1", "key_member_unknown", 2), ("polisen,1\nPolisen,2", "key_twice", 3),
        ("polisen,-1", "key_parts_wrong", 2), ("polisen,", "key_parts_wrong", 2), ("polisen,1.5", "key_parts_wrong", 2),
        ("polisen,0", "key_without_parts", None), ("kansliet,1", "key_member_unknown", 2),
    ],
)  # fmt: skip
def test_a_key_that_is_wrong_is_refused_with_its_row(lines: str, code: str, line: int | None) -> None:
    with pytest.raises(Refused) as refused:
        read_key(f"medlem,andel\n{lines}\n".encode(), MEMBERS)
    assert (refused.value.code, refused.value.facts.get("line")) == (code, line)
