"""The matrix as a pure function: which statement is shown, what stands on it, who is late, what is missing."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemensam.core.clock import ZERO
from gemensam.core.entry import Clock
from gemensam.core.moment import Moment
from gemensam.core.persistent import EMPTY
from gemensam.core.state import SpaceState, Thing
from gemensam.organisations.domain import Organisation
from gemensam.picture.domain import matrix as m
from gemensam.picture.domain.cadences import Cadence
from gemensam.picture.domain.matrix import Frame, Shown, chosen_of, matrix
from gemensam.picture.domain.report_cells import Cells, CellState
from gemensam.picture.domain.reports import REPORT, ReportData
from gemensam.picture.domain.requests import REQUEST, Reply, RequestData
from gemensam.picture.domain.rhythm import Beats, Rhythm

MINUTE, HOUR = 60_000, 3_600_000
NOON = 1_768_219_200_000  # 12 January 2026 13.00 in Stockholm
DIGITS = {"ingen": 1, "mattlig": 2, "betydande": 3, "allvarlig": 4, "kritisk": 5}
NACKA = Organisation("nacka", "Nacka kommun", "Nacka", "kommun", True, True, {"rows": ("el", "vag")})
MRM = Organisation("mrm", "Militärregionen", "MRM", "statlig_myndighet", True, True, {"rows": ()})


@dataclass
class Told:
    """A report as tests give it: cells as (row, status, stated_at)."""

    stated_at: int
    cells: tuple[tuple[str, str, int], ...]
    clock: int = 0
    organisation: str = "nacka"
    status: str = "published"
    more: dict[str, Any] = field(default_factory=dict)
    cell_more: dict[str, Any] = field(default_factory=dict)


def _thing(number: int, told: Told) -> Thing:
    cells = Cells(tuple(_cell(row, status, at, told.cell_more) for row, status, at in told.cells), told.stated_at)
    data = ReportData(
        told.stated_at, told.stated_at, told.clock or told.stated_at, Clock(told.clock or told.stated_at, 0),
        f"digest-{number}", cells=cells, **told.more,
    )  # fmt: skip
    order: Any = (data.clock, "n", number)
    return Thing(f"report-{number}", "report", told.organisation, told.status, EMPTY, data, "", "", ZERO, ZERO, order)


def _cell(row: str, status: str, at: int, more: dict[str, Any]) -> CellState:
    return CellState(row, status, at, "bedomning", False, "", "egen")._replace(**more)


def _request(number: int, data: RequestData, status: str = "open") -> Thing:
    order: Any = (data.clock, "n", number)
    return Thing(f"request-{number}", "request", "lst", status, EMPTY, data, "", "", ZERO, ZERO, order)


def state_of(*reports: Told, requests: tuple[RequestData, ...] = ()) -> SpaceState:
    """A state with these reports, indexed as the fold would."""
    things: Any = EMPTY
    groups: dict[Any, list[Any]] = {}
    pairs = [(REPORT, _thing(number, told)) for number, told in enumerate(reports)]
    pairs += [(REQUEST, _request(number, data)) for number, data in enumerate(requests)]
    for kind, thing in pairs:
        things = things.insert(thing.subject, thing)
        for key, sort_key in kind.index(thing):
            groups.setdefault(key, []).append((sort_key, thing.subject))
    index: Any = EMPTY
    for key, members in groups.items():
        index = index.insert(key, tuple(sorted(members)))
    return SpaceState("space", 1, things, index)


def frame(cadence: Cadence | None = None, stale_after: int = 3 * HOUR) -> Frame:
    return Frame(("el", "vag", "it"), DIGITS, stale_after, cadence)


def every_two_hours(set_at: int) -> Cadence:
    return Cadence("akut", "Akut", "Acute", Beats({"report": Rhythm("every", minutes=120)}, set_at), 3 * HOUR, set_at)


def row_of(state: SpaceState, at: int = NOON, cadence: Cadence | None = None, **moment: int) -> m.Row:
    found = matrix(state, [NACKA], frame(cadence), Moment(at, **moment))
    return found.rows[0]


def cell_of(row: m.Row, code: str) -> m.Cell:
    return next(cell for cell in row.cells if cell.row == code)


def codes(cell: m.Cell) -> list[str]:
    return [addition.code for addition in cell.additions]


# Which statement is shown -------------------------------------------------------------------------------------

_minutes = st.integers(min_value=0, max_value=30)
_cells = st.dictionaries(
    st.sampled_from(["el", "vag", "it"]), st.tuples(st.sampled_from(sorted(DIGITS)), _minutes), max_size=3
)
_reports = st.lists(st.tuples(_minutes, _cells, st.booleans(), st.integers(min_value=0, max_value=40)), max_size=12)


def _build(drawn: list[tuple[int, dict[str, tuple[str, int]], bool, int]]) -> list[Told]:
    return [
        Told(
            NOON + stated * MINUTE,
            tuple((row, status, NOON + at * MINUTE) for row, (status, at) in cells.items()),
            clock=NOON + HOUR + late * MINUTE + number,
            more={"quick": "unchanged" if unchanged else ""},
        )
        for number, (stated, cells, unchanged, late) in enumerate(drawn)
    ]


def _own_time(told: Told, at: int) -> int:
    return told.stated_at if told.more["quick"] == "unchanged" else min(at, told.stated_at)


def _expected(reports: list[Told], row: str, happened_by: int | None) -> str | None:
    said = [
        (_own_time(told, at), told.clock, status)
        for told in reports
        for code, status, at in told.cells
        if code == row and (happened_by is None or _own_time(told, at) <= happened_by)
    ]
    return max(said)[2] if said else None


@given(_reports, st.none() | _minutes)
def test_the_newest_statement_by_its_own_time_is_shown_whatever_report_it_stands_in(drawn: Any, by: int | None) -> None:
    reports = _build(drawn)
    limit = None if by is None else NOON + by * MINUTE
    found = chosen_of(state_of(*reports), "nacka", limit)
    for row in ("el", "vag", "it"):
        chosen = found.cells.get(row)
        assert (chosen.cell.status if chosen else None) == _expected(reports, row, limit)


@given(_reports, _minutes)
def test_what_had_happened_by_a_time_is_what_was_said_about_that_time_at_most(drawn: Any, by: int) -> None:
    limit = NOON + by * MINUTE
    row = row_of(state_of(*_build(drawn)), NOON + 2 * HOUR, happened_by=limit)
    assert all(cell.as_of <= limit for cell in row.cells)


def test_a_report_phoned_in_late_about_an_earlier_time_does_not_replace_a_newer_one() -> None:
    state = state_of(
        Told(NOON - HOUR, (("el", "betydande", NOON - HOUR),), clock=NOON - HOUR),
        Told(NOON - 2 * HOUR, (("el", "ingen", NOON - 2 * HOUR),), clock=NOON),
    )
    assert cell_of(row_of(state), "el").value == "betydande"
    assert cell_of(row_of(state, happened_by=NOON - 90 * MINUTE), "el").value == "ingen"


def test_oforandrat_counts_from_the_confirmation_and_keeps_the_first_time() -> None:
    state = state_of(
        Told(NOON - 5 * HOUR, (("el", "mattlig", NOON - 5 * HOUR),)),
        Told(NOON - HOUR, (("el", "mattlig", NOON - 5 * HOUR),), more={"quick": "unchanged"}),
    )
    cell = cell_of(row_of(state), "el")
    assert (cell.stated_at, cell.confirmed_at, cell.as_of) == (NOON - 5 * HOUR, NOON - HOUR, NOON - HOUR)
    assert codes(cell) == [m.KEPT]


def test_a_row_is_as_old_as_its_oldest_cell() -> None:
    state = state_of(
        Told(NOON - 2 * HOUR, (("el", "ingen", NOON - 2 * HOUR),)),
        Told(NOON - MINUTE, (("vag", "ingen", NOON - MINUTE),)),
    )
    row = row_of(state)
    assert (row.oldest_at, row.latest_at) == (NOON - 2 * HOUR, NOON - MINUTE)


# What stands on a value ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (Told(NOON - 3 * HOUR, (("el", "ingen", NOON - 3 * HOUR),)), []),
        (Told(NOON - 3 * HOUR - 1, (("el", "ingen", NOON - 3 * HOUR - 1),)), [m.STALE]),
        (Told(NOON, (("el", "ingen", NOON),), cell_more={"unconfirmed": True}), [m.UNCONFIRMED]),
        (Told(NOON, (("el", "ingen", NOON),), cell_more={"source": "annan_aktor"}), [m.FROM_OTHER]),
        (Told(NOON, (("el", "ingen", NOON),), status="unconfirmed", more={"relayed_via": "rakel"}), [m.ENTERED_FOR]),
        (Told(NOON, (("el", "ingen", NOON),), more={"relayed_via": "rakel"}), []),
        (Told(NOON - HOUR, (("el", "aterkommer", NOON - HOUR),), cell_more={"until_at": NOON + 1}), []),
        (Told(NOON - HOUR, (("el", "aterkommer", NOON - HOUR),), cell_more={"until_at": NOON}), [m.OVERDUE]),
    ],
)
def test_words_stand_on_a_value_where_they_should(told: Told, expected: list[str]) -> None:
    assert codes(cell_of(row_of(state_of(told)), "el")) == expected


@pytest.mark.parametrize(
    ("before", "clock", "stated_at", "expected"),
    [
        ("ingen", NOON, NOON, []),
        ("mattlig", NOON, NOON - MINUTE, [m.CHANGED]),
        ("mattlig", NOON, NOON - 2 * HOUR, [m.LATE]),
        ("ej_rapporterat", NOON, NOON - MINUTE, [m.CHANGED]),
    ],
)
def test_a_change_since_the_picture_is_told_from_late_information(
    before: str, clock: int, stated_at: int, expected: list[str]
) -> None:
    shown = Shown(3, NOON - HOUR, Clock(NOON - HOUR, 0), {("nacka", "el"): before})
    state = state_of(Told(stated_at, (("el", "ingen", stated_at),), clock=clock))
    found = matrix(state, [NACKA], frame(), Moment(NOON), shown=shown)
    assert codes(cell_of(found.rows[0], "el")) == expected


# The kinds of nothing -----------------------------------------------------------------------------------------


def test_each_kind_of_nothing_is_a_value_of_its_own() -> None:
    request = RequestData(NOON + HOUR, NOON - HOUR, Clock(NOON, 0), "d", questions=("vag",), asked=("nacka",))
    row = row_of(state_of(requests=(request,)))
    assert [cell.value for cell in row.cells] == [m.NOT_ASKED, m.NOT_REPORTED, m.NOT_OURS]
    assert cell_of(row, "vag").since_at == NOON - HOUR


def test_a_takt_with_report_times_makes_every_function_expected() -> None:
    row = row_of(state_of(), cadence=every_two_hours(NOON - MINUTE))
    assert [cell.value for cell in row.cells] == [m.NOT_REPORTED, m.NOT_REPORTED, m.NOT_OURS]


def test_a_function_reported_beyond_the_standing_ones_is_shown() -> None:
    row = row_of(state_of(Told(NOON, (("it", "kritisk", NOON),))))
    assert cell_of(row, "it").value == "kritisk"


def test_a_deferral_is_shown_with_its_time_and_becomes_overdue() -> None:
    reply = Reply("nacka", "r", NOON - HOUR, until_at=NOON + MINUTE)
    request = RequestData(NOON - MINUTE, NOON - 2 * HOUR, Clock(NOON, 0), "d", asked=("nacka",), replies=(reply,))
    state = state_of(requests=(request,))
    before, after = row_of(state), row_of(state, NOON + MINUTE)
    assert (before.cells[0].value, before.cells[0].until_at, before.overdue_at) == (m.RETURNS, NOON + MINUTE, 0)
    assert (codes(after.cells[0]), after.overdue_at, after.gap) == ([m.OVERDUE], NOON + MINUTE, m.GAP_NO_ANSWER)


# Overdue and gaps ---------------------------------------------------------------------------------------------


def test_a_deadline_that_passed_without_a_sign_makes_overdue_and_any_later_report_ends_it() -> None:
    request = RequestData(NOON - MINUTE, NOON - HOUR, Clock(NOON, 0), "d", asked=("nacka",))
    silent = state_of(Told(NOON - 2 * HOUR, (("el", "ingen", NOON - 2 * HOUR),)), requests=(request,))
    heard = state_of(Told(NOON - 30 * MINUTE, (("el", "ingen", NOON - 30 * MINUTE),)), requests=(request,))
    assert (row_of(silent).overdue_at, row_of(silent).gap) == (NOON - MINUTE, m.GAP_NO_ANSWER)
    assert (row_of(heard).overdue_at, row_of(heard).gap) == (0, "")


@pytest.mark.parametrize(
    ("reported_at", "overdue_at"),
    [
        (NOON - 10 * MINUTE, 0),  # after the last report time
        (NOON - HOUR, 0),  # before it, for it
        (NOON - 2 * HOUR - 30 * MINUTE, NOON - 30 * MINUTE),  # exactly at the one before: holds for that one only
        (NOON - 2 * HOUR - 31 * MINUTE, NOON - 30 * MINUTE),
        (NOON - 5 * HOUR, NOON - 2 * HOUR - 30 * MINUTE),
    ],
)
def test_a_report_holds_for_the_first_report_time_after_it(reported_at: int, overdue_at: int) -> None:
    cadence = every_two_hours(NOON - 6 * HOUR - 30 * MINUTE)  # the last report times: 150 and 30 minutes ago
    state = state_of(Told(reported_at, (("el", "ingen", reported_at),)))
    assert row_of(state, cadence=cadence).overdue_at == overdue_at


def test_nobody_is_overdue_for_report_times_before_the_takt_was_set() -> None:
    beats = Beats({"report": Rhythm("at", (1, 2, 3, 4, 5, 6, 7), ("08:00",))})
    cadence = Cadence("uthallig", "Uthållig", "", beats, 26 * HOUR, set_at=NOON - MINUTE)
    assert row_of(state_of(), cadence=cadence).overdue_at == 0
    assert row_of(state_of(), NOON + 24 * HOUR, cadence=cadence).overdue_at > NOON


def test_nobody_is_overdue_for_report_times_before_it_was_there() -> None:
    cadence = every_two_hours(NOON - 6 * HOUR - 30 * MINUTE)  # report times at 13.00 less 6.30, 4.30, 2.30 and 0.30
    came = replace(frame(cadence), here_since={"nacka": NOON - HOUR})
    row = matrix(state_of(), [NACKA], came, Moment(NOON)).rows[0]
    assert (row.overdue_at, row.gap_at) == (NOON - 30 * MINUTE, NOON - 30 * MINUTE)
    just_came = replace(frame(cadence), here_since={"nacka": NOON - MINUTE})
    row = matrix(state_of(), [NACKA], just_came, Moment(NOON)).rows[0]
    assert (row.overdue_at, row.gap_at, cell_of(row, "el").since_at) == (0, NOON - MINUTE, NOON - MINUTE)


def test_who_has_reported_in_words_is_asked_for_status_only_by_requests_for_it() -> None:
    takt = replace(frame(every_two_hours(NOON - HOUR)), in_words=frozenset({"vecka"}))
    told = Told(NOON - MINUTE, (), more={"template": "vecka"})
    row = matrix(state_of(told), [NACKA], takt, Moment(NOON)).rows[0]
    assert (row.in_words, row.gap, cell_of(row, "el").value) == ("vecka", "", m.NOT_ASKED)
    weekly, full = (
        RequestData(NOON + HOUR, NOON, Clock(NOON, 0), "d", asked=("nacka",), template=template)
        for template in ("vecka", "full")
    )
    for request, value in ((weekly, m.NOT_ASKED), (full, m.NOT_REPORTED)):
        row = matrix(state_of(told, requests=(request,)), [NACKA], takt, Moment(NOON)).rows[0]
        assert cell_of(row, "el").value == value
    late = matrix(state_of(told), [NACKA], takt, Moment(NOON + 4 * HOUR)).rows[0]
    assert (late.in_words, cell_of(late, "el").value) == ("", m.NOT_REPORTED)


def test_a_member_without_functions_gives_no_status_and_is_never_overdue() -> None:
    found = matrix(state_of(), [MRM], frame(every_two_hours(NOON - 6 * HOUR)), Moment(NOON))
    assert (found.rows[0].gap, found.rows[0].overdue_at, found.reported) == (m.GAP_NO_ROWS, 0, 0)


@pytest.mark.parametrize(
    ("reports", "requests", "expected"),
    [
        ((), (), m.GAP_NOT_ASKED),
        ((Told(NOON - 4 * HOUR, (("el", "ingen", NOON),)),), (), m.GAP_STALE),
        ((Told(NOON - HOUR, (("el", "ingen", NOON),)),), (), ""),
        ((), (RequestData(NOON + 1, NOON - 1, Clock(NOON, 0), "d", asked=("nacka",)),), m.GAP_NO_ANSWER),
        (
            (),
            (
                RequestData(
                    NOON - 1, NOON - HOUR, Clock(NOON, 0), "d", asked=("nacka",),
                    replies=(Reply("nacka", "r", NOON - MINUTE, reason="resurser"),),
                ),
            ),
            m.GAP_DECLINED,
        ),
    ],
)  # fmt: skip
def test_a_gap_says_why(reports: tuple[Told, ...], requests: tuple[RequestData, ...], expected: str) -> None:
    assert row_of(state_of(*reports, requests=requests)).gap == expected


# Sums ---------------------------------------------------------------------------------------------------------


def test_a_sum_counts_each_value_worst_first_and_what_is_missing_last() -> None:
    others = [Organisation(name, name, name, "kommun", True, True, {"rows": ("el",)}) for name in "abcde"]
    reports = [
        Told(NOON, (("el", status, NOON),), organisation=name)
        for name, status in zip("abcd", ("ingen", "kritisk", "vet_ej", "ingen"), strict=True)
    ]
    found = matrix(state_of(*reports), [*others, MRM], frame(every_two_hours(NOON)), Moment(NOON))
    assert found.sums[0].counts == (("kritisk", 1), ("ingen", 2), ("vet_ej", 1), (m.NOT_REPORTED, 1), (m.NOT_OURS, 1))


def test_the_free_row_is_a_column_only_when_somebody_uses_it() -> None:
    without = matrix(state_of(), [NACKA], frame(), Moment(NOON))
    within = matrix(state_of(Told(NOON, (("annat", "mattlig", NOON),))), [NACKA], frame(), Moment(NOON))
    assert without.columns == ("el", "vag", "it")
    assert within.columns == ("el", "vag", "it", "annat")
    assert within.rows[0].cells[-1].value == "mattlig"
