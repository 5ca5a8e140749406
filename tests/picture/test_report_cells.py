"""Cells written as an extract read as the cells of the payload."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gemensam.core.state import plain
from gemensam.picture.domain.report_cells import Cells, CellState, extract_cells, read_cells

AT = 1_763_615_400_000
codes = st.text(max_size=6) | st.sampled_from(["el", "två ord", "50%", "a b%20c", ""])
cells = st.fixed_dictionaries({
    "row": codes, "status": codes, "type": codes, "trend": codes, "source": codes,
    "stated_at": st.sampled_from([None, AT, AT - 1, 5]), "unconfirmed": st.sampled_from([None, True, False]),
    "until_at": st.sampled_from([None, AT + 7]), "text": st.text(max_size=3),
})  # fmt: skip


def expected(cell: dict[str, Any]) -> CellState:
    return CellState(
        cell["row"], cell["status"], cell["stated_at"] or AT, cell["type"], bool(cell["unconfirmed"]), cell["trend"],
        cell["source"], cell["until_at"] or 0,
    )  # fmt: skip


@given(st.lists(cells, max_size=5))
def test_any_cells_are_read_as_they_were(drawn: list[dict[str, Any]]) -> None:
    read = read_cells(json.loads(json.dumps(extract_cells(drawn, AT))), AT)
    wanted = tuple(sorted(map(expected, drawn)))
    assert tuple(read) == wanted and read == wanted and read == Cells(wanted)
    assert hash(read) == hash(wanted) and len(read) == len(wanted) and plain(read) == plain(wanted)
    assert [read[place] for place in range(len(read))] == list(wanted) and read[:1] == wanted[:1]


def test_what_two_reports_say_alike_is_held_once() -> None:
    cell = {"row": "el", "status": "ingen", "type": "", "trend": "", "source": "", "stated_at": None,
            "unconfirmed": False, "until_at": None}  # fmt: skip
    first, second = (read_cells(extract_cells([cell], at), at) for at in (AT, AT + 1))
    assert first.said[0] is second.said[0]
    assert (first[0].stated_at, second[0].stated_at) == (AT, AT + 1)
