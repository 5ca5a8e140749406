"""Tables: what a spreadsheet would run is written as text, and comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemensam.core.refusal import Refused
from gemensam.ledger.tables import as_written, harmless, read_table


@pytest.mark.parametrize("cell", ["=1+1", "+46", "-x", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("x")'])
def test_what_looks_like_a_formula_is_guarded(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert as_written(harmless(cell)) == cell


@pytest.mark.parametrize("cell", ["", "a", "1", "-1", "-12,50", "a=1", "'quoted'", "åäö", "2026-11-20"])
def test_what_is_harmless_stays(cell: str) -> None:
    assert harmless(cell) == cell


@given(st.text(max_size=30))
def test_no_cell_ever_begins_as_a_formula_and_all_but_guarded_ones_come_back(cell: str) -> None:
    guarded = harmless(cell)
    assert not guarded.startswith(("=", "+", "@", "\t", "\r", "\n"))
    if not cell.startswith("'"):
        assert as_written(guarded) == cell


def test_lines_above_the_heads_are_passed_over_and_numbered() -> None:
    assert read_table("Titel; x\r\n\r\ncode;name\r\nel;El\r\n\r\nvag;Väg\r\n".encode(), "code") == [
        (4, {"code": "el", "name": "El"}),
        (6, {"code": "vag", "name": "Väg"}),
    ]


def test_a_swedish_spreadsheets_own_letters_are_read() -> None:
    assert read_table("code;name\nvag;Väg åt öster".encode("cp1252"), "code") == [
        (2, {"code": "vag", "name": "Väg åt öster"})
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "table_without_heads"),
        (b"a;b\n1;2", "table_without_heads"),
        (b"code;name;name\n1;2;3", "table_column_twice"),
        (b"code\x00;name", "table_not_text"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        read_table(data, "code")
    assert caught.value.code == code
