"""A fold gives the same state with extracts, without them, and with those of another program (ADR 0007)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from gemensam.core.kinds import EXTRACTS
from gemensam.core.state import summary
from gemensam.core.writing import Draft
from gemensam.ledger.append import now_ms
from gemensam.ledger.checking import check_database
from gemensam.ledger.disposal import dispose
from gemensam.ledger.extracts import make_extracts
from gemensam.ledger.log import LOG, fetch
from tests.ids import new_id
from tests.ledger.reports import report
from tests.network import Network

Written = tuple[str, dict[str, Any]]


def change(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))


def read_anew(space: str, position: int | None = None) -> dict[str, Any]:
    LOG.forget()
    return dict(summary(LOG.catch_up(space) if position is None else LOG.at(space, position)))


@pytest.fixture
def written(network: Network) -> Written:
    """A space with reports, corrections, a statement and a disposal, and its things as the writer had them."""
    space, lens = network.open_incident(), network.lens("kansliet-systemforvaltare")
    first, second = report(space, "nr 1"), report(space, "nr 2")
    network.write("nacka-tib", first, second)
    correction = report(space, "nr 3", kind="report.corrected", subject=first.subject)
    network.write("nacka-tib", correction)
    said = {"text": "Vägen är avstängd.", "stated_at": now_ms() - 60_000}
    network.write("taby-tib", Draft("statement.recorded", space, new_id(), said))
    confirmed = [network.lens("nacka-tib").state(space).things[second.subject].last]
    dispose(lens, space, new_id(), confirmed, decision="Dnr 1", reason="Gallrad.")
    return space, dict(summary(LOG.catch_up(space)))


def older_program(space: str) -> None:
    change("DELETE FROM ledger_extract WHERE space = %s", space)


def other_program(space: str) -> None:
    change(
        "UPDATE ledger_extract SET version = %s, value = %s WHERE space = %s", EXTRACTS + 1, '{"stated_at":1}', space
    )


def mixed_program(space: str) -> None:
    change("DELETE FROM ledger_extract WHERE space = %s AND position < 4", space)


@pytest.mark.parametrize("before", [older_program, other_program, mixed_program])
def test_the_state_is_the_same_before_and_after_an_upgrade(written: Written, before: Callable[[str], None]) -> None:
    space, things = written
    stored = extracts(space)
    early = read_anew(space, 3)
    assert read_anew(space) == things and len(stored) == 2
    before(space)
    assert (read_anew(space), read_anew(space, 3)) == (things, early)
    assert make_extracts() > 0
    assert extracts(space) == stored
    assert (read_anew(space), read_anew(space, 3)) == (things, early)
    assert make_extracts() == 0


def extracts(space: str) -> list[Any]:
    return fetch("SELECT position, version, value FROM ledger_extract WHERE space = %s ORDER BY position", [space])


def test_the_fold_reads_the_extract_and_no_text(written: Written) -> None:
    space, things = written
    change("UPDATE ledger_payload SET body = 'x' WHERE space = %s AND position IN "
           "(SELECT position FROM ledger_extract WHERE space = %s)", space, space)  # fmt: skip
    assert read_anew(space) == things


def test_an_extract_holds_no_text(written: Written) -> None:
    space, _ = written
    assert extracts(space) and not any("nr " in value for _, _, value in extracts(space))


def test_a_changed_extract_is_told(written: Written) -> None:
    space, _ = written
    assert dict(check_database())[space].faults == []
    change("UPDATE ledger_extract SET value = replace(value, 'allvarlig', 'ingen') WHERE space = %s", space)
    assert {code for code, _ in dict(check_database())[space].faults} == {"extract_wrong"}


def test_an_extract_that_outlived_its_text_is_told(written: Written) -> None:
    space, _ = written
    gone = fetch(
        "SELECT e.position FROM ledger_entry e LEFT JOIN ledger_payload p "
        "ON p.space = e.space AND p.position = e.position WHERE e.space = %s AND p.body IS NULL", [space]
    )  # fmt: skip
    sql = "INSERT INTO ledger_extract(space, position, version, value) VALUES (%s, %s, %s, '{}')"
    change(sql, space, gone[0][0], EXTRACTS)
    assert dict(check_database())[space].faults == [("extract_wrong", str(gone[0][0]))]


def test_a_disposed_report_has_no_cells_and_the_time_of_its_header(network: Network) -> None:
    space = network.open_incident()
    receipt = network.write("nacka-tib", report(space))[0]
    dispose(network.lens("kansliet-systemforvaltare"), space, new_id(), [receipt.digest], decision="1", reason="G.")
    LOG.forget()
    data = LOG.catch_up(space).things[receipt.subject].data
    assert (tuple(data.cells), data.stated_at, data.kept_at) == ((), data.occurred_at, data.occurred_at)
