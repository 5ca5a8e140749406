"""A restored database refuses to write until a new incarnation begins (design section 6, F25)."""

import os
import shutil

import pytest
from django.db import connection

from gemensam.core.refusal import Refused
from gemensam.ledger.append import tips
from gemensam.ledger.checking import check_database
from gemensam.ledger.log import LOG
from gemensam.ledger.node import read_node
from gemensam.ledger.restoring import check_tips, restore
from tests.ledger.reports import report
from tests.network import Network


def forget() -> None:
    """As a process that has just started."""
    tips().forget_checks()
    LOG.forget()


def go_back(space: str, position: int) -> None:
    """Take the database back to an earlier position, as an older backup would."""
    with connection.cursor() as cursor:
        for table in ("ledger_entry", "ledger_payload", "ledger_extract", "ledger_request"):
            cursor.execute(f"DELETE FROM {table} WHERE space = %s AND position > %s", [space, position])
    forget()


def test_a_database_behind_its_tip_is_noticed_at_start_and_refuses_to_append(network: Network) -> None:
    space = network.open_incident()
    for _ in range(3):
        network.write("nacka-tib", report(space))
    check_tips()
    go_back(space, 2)
    with pytest.raises(Refused, match="database_behind_tip"):
        check_tips()
    with pytest.raises(Refused) as refused:
        network.write("nacka-tib", report(space))
    assert refused.value.code == "database_behind_tip"
    assert (refused.value.facts["acknowledged"], refused.value.facts["found"]) == (4, 2)
    assert network.lens("nacka-tib").state(space).position == 2


def test_a_new_incarnation_writes_on_in_a_feed_of_its_own(network: Network) -> None:
    space = network.open_incident()
    for _ in range(3):
        network.write("nacka-tib", report(space))
    go_back(space, 2)
    restored = restore()
    assert (restored.incarnation, restored.lost) == (2, ((space, 4, 2),))
    forget()
    network.write("nacka-tib", report(space))
    row = network.lens("nacka-tib").entries(space, newest_first=True)[0]
    assert (row.header.incarnation, row.header.number, row.header.previous) == (2, 1, "")
    assert all(verdict.holds for _, verdict in check_database(every_signature=True))
    assert read_node(network.data).incarnation == 2
    check_tips()


def test_nothing_is_restored_where_nothing_is_behind(network: Network) -> None:
    with pytest.raises(Refused, match="nothing_to_restore"):
        restore()
    assert read_node(network.data).incarnation == 1


def test_a_database_ahead_of_its_tip_is_no_fault(network: Network) -> None:
    space = network.open_incident()
    network.write("nacka-tib", report(space))
    shutil.rmtree(network.data / "tips")
    (network.data / "tips").mkdir()
    forget()
    check_tips()


def test_a_tip_keeps_no_file_open(network: Network) -> None:
    def held() -> int:
        return sum("/tips/" in os.readlink(f"/proc/self/fd/{number}") for number in _descriptors())

    before = held()
    for _ in range(5):
        network.open_incident()
    assert held() == before


def _descriptors() -> list[str]:
    return [name for name in os.listdir("/proc/self/fd") if os.path.islink(f"/proc/self/fd/{name}")]


def test_a_database_put_back_under_a_running_server_is_noticed(network: Network) -> None:
    """The process still holds the state of what is gone; nothing may be chained to it."""
    from django.db import connection

    space = network.open_incident()
    for _ in range(3):
        network.write("nacka-tib", report(space))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_entry WHERE space = %s AND position > 2", [space])
    with pytest.raises(Refused, match="database_behind_tip"):
        network.write("nacka-tib", report(space))


def test_a_tip_that_cannot_be_written_does_not_deny_what_is_on_disk(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gemensam.ledger.tips.Tips.write", full)
    space = network.open_incident()
    receipt = network.write("nacka-tib", report(space))[0]
    assert network.lens("nacka-tib").entry(space, receipt.digest).position == 2
