"""An exported space proves itself with nothing but the file; every tampering is found (design 5.2, 5.7, R66)."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from gemensam.core.refusal import Refused
from gemensam.ledger.blobs import store_blob
from gemensam.ledger.checking import check_database
from gemensam.ledger.disposal import dispose
from gemensam.ledger.export import export_lines
from gemensam.ledger.log import LOG
from gemensam.ledger.node import read_node
from gemensam.ledger.seals import seal_arrivals
from gemensam.ledger.verify import check_file
from tests.ids import new_id
from tests.ledger.reports import report
from tests.network import Network

Line = dict[str, Any]


def exported(network: Network) -> tuple[str, list[bytes]]:
    space = network.open_incident()
    for number in range(5):
        network.write("nacka-tib", report(space, f"nr {number}"))
    store_blob(network.lens("nacka-tib"), space, "lista.csv", "text/csv", b"a;b\n1;2\n")
    seal_arrivals(space, read_node(network.data))
    return space, list(export_lines(network.lens("nacka-tib"), space))


def changed(lines: list[bytes], number: int, change: Callable[[Line], None]) -> list[bytes]:
    line = json.loads(lines[number])
    change(line)
    return [*lines[:number], json.dumps(line).encode() + b"\n", *lines[number + 1 :]]


def test_a_file_holds_and_names_its_heads(network: Network) -> None:
    space, lines = exported(network)
    head, verdict = check_file(lines, every_signature=True)
    assert (head["space"], verdict.holds, verdict.entries, verdict.signatures) == (space, True, 7, 7)
    assert [feed_head.number for feed_head in verdict.feeds.values()] == [7]


def test_the_file_names_no_person_and_no_account(network: Network) -> None:
    _, lines = exported(network)
    assert b"account-" not in b"".join(lines)


def set_payload(line: Line) -> None:
    line["payload"] = line["payload"].replace("nr 2", "nr 9")


def set_header(line: Line) -> None:
    line["header"] = line["header"].replace("nacka-tib", "taby-tib")


def set_signature(line: Line) -> None:
    line["signature"] = "00" * 64


def set_received(line: Line) -> None:
    line["received_at"] += 1


def set_blob(line: Line) -> None:
    line["body"] = base64.b64encode(b"a;b\n1;3\n").decode()


@pytest.mark.parametrize(
    ("number", "change", "code"),
    [
        (4, set_payload, "payload_changed"),
        (4, set_header, "chain_broken"),
        (4, set_received, "arrival_order_changed"),
        (8, set_blob, "attachment_changed"),
    ],
)
def test_a_changed_line_is_found(network: Network, number: int, change: Any, code: str) -> None:
    _, lines = exported(network)
    found = {fault for fault, _ in check_file(changed(lines, number, change))[1].faults}
    assert {code, "file_changed"} <= found


def test_a_forged_signature_is_found(network: Network) -> None:
    _, lines = exported(network)
    last = changed(lines, 7, set_signature)
    assert "signature_wrong" in {code for code, _ in check_file(last)[1].faults}
    middle = changed(lines, 4, set_signature)
    assert "signature_wrong" in {code for code, _ in check_file(middle, every_signature=True)[1].faults}


def test_a_removed_a_moved_and_a_cut_entry_are_found(network: Network) -> None:
    _, lines = exported(network)
    removed = [*lines[:3], *lines[4:]]
    assert "feed_gap" in {code for code, _ in check_file(removed)[1].faults}
    moved = [*lines[:3], lines[4], lines[3], *lines[5:]]
    assert "position_wrong" in {code for code, _ in check_file(moved)[1].faults}
    with pytest.raises(Refused, match="file_cut"):
        check_file(lines[:-1])
    cut_tail = [*lines[:6], lines[-1]]
    assert "entries_missing" in {code for code, _ in check_file(cut_tail)[1].faults}


def test_keys_put_into_the_file_by_another_do_not_pass_as_ours(network: Network) -> None:
    """Whoever swaps the keys must sign everything anew: the file then names another key, which a reader compares."""
    _, lines = exported(network)

    def swap(line: Line) -> None:
        line["nodes"][0]["keys"] = ["00" * 31 + "01"]

    assert not check_file(changed(lines, 0, swap))[1].holds


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "file_empty"),
        ([b"hej\n"], "file_not_ours"),
        ([b'{"format":"other"}\n'], "file_not_ours"),
        ([b'{"format":"gemensam/space/1"}\n'], "file_malformed"),
        ([b"[1]\n"], "file_not_ours"),
    ],
)
def test_what_is_no_such_file_is_refused(lines: list[bytes], code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_file(lines)
    assert refused.value.code == code


def test_a_line_in_the_middle_that_is_no_json_is_named(network: Network) -> None:
    _, lines = exported(network)
    with pytest.raises(Refused) as refused:
        check_file([*lines[:3], b"{\n", *lines[3:]])
    assert (refused.value.code, refused.value.facts) == ("file_malformed", {"line": 4})


def test_a_disposed_text_leaves_a_file_that_holds(network: Network) -> None:
    space, _ = exported(network)
    row = network.lens("nacka-tib").entries(space, after=1)[0]
    lens = network.lens("kansliet-systemforvaltare")
    assert lens.may("dispose")
    dispose(lens, space, new_id(), [row.digest], decision="Dnr 1", reason="Felinförd.")
    _, verdict = check_file(export_lines(network.lens("nacka-tib"), space), every_signature=True)
    assert (verdict.holds, verdict.missing_payloads) == (True, 1)


def test_the_whole_database_holds_and_a_changed_row_is_found(network: Network) -> None:
    from django.db import connection

    space, _ = exported(network)
    assert all(verdict.holds for _, verdict in check_database(every_signature=True))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_payload SET body = replace(body, 'nr 3', 'nr 4') WHERE space = %s", [space])
        cursor.execute("UPDATE ledger_space SET info = replace(info, 'false', 'true') WHERE id = %s", [space])
    found = dict(check_database())
    assert {code for code, _ in found[space].faults} == {"payload_changed", "rights_differ"}


def change_rows(sql: str, *values: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))


def faults_of(space: str) -> set[str]:
    return {code for code, _ in dict(check_database())[space].faults}


def test_a_text_that_was_torn_out_is_no_disposal(network: Network) -> None:
    space, _ = exported(network)
    change_rows("DELETE FROM ledger_payload WHERE space = %s AND position = 3", space)
    assert faults_of(space) == {"text_missing", "extract_wrong"}
    _, verdict = check_file(export_lines(network.lens("nacka-tib"), space))
    assert {code for code, _ in verdict.faults} == {"text_missing"}


def test_a_file_of_the_past_holds_though_a_text_has_gone_since(network: Network) -> None:
    from gemensam.core.moment import Moment
    from gemensam.ledger.append import now_ms

    space = network.open_incident()
    now = now_ms()
    receipt = network.write("nacka-tib", report(space), now=now)[0]
    network.write("nacka-tib", report(space), now=now + 10_000)
    lens = network.lens("kansliet-systemforvaltare")
    dispose(lens, space, new_id(), [receipt.digest], decision="Dnr 1", reason="Felinförd.")
    head, verdict = check_file(export_lines(network.lens("nacka-tib"), space, Moment(now, knew_at=now)))
    assert (head["position"], verdict.faults, verdict.missing_payloads) == (2, [], 1)


def test_a_cut_tail_of_the_database_is_found_by_the_tip(network: Network) -> None:
    space, _ = exported(network)
    change_rows("DELETE FROM ledger_entry WHERE space = %s AND position = 7", space)
    LOG.forget()
    assert "database_behind_tip" in faults_of(space)


@pytest.mark.parametrize("column", ["digest", "kind", "subject"])
def test_a_column_that_says_other_than_its_header_is_found(network: Network, column: str) -> None:
    space, _ = exported(network)
    change_rows(f"UPDATE ledger_entry SET {column} = 'x' WHERE space = %s AND position = 4", space)
    LOG.forget()
    assert "row_changed" in faults_of(space)


def test_times_of_arrival_that_go_back_are_found_before_they_are_sealed(network: Network) -> None:
    space = network.open_incident()
    for number in range(3):
        network.write("nacka-tib", report(space, f"nr {number}"))
    change_rows("UPDATE ledger_entry SET received_at = received_at - 600000 WHERE space = %s AND position = 3", space)
    assert faults_of(space) == {"arrival_order_changed"}


def set_salt(line: Line) -> None:
    line["salt"] = "no hex"


def set_clock(line: Line) -> None:
    line["header"] = line["header"].replace('"clock":[', '"clock":["x",')


def set_list(line: Line) -> None:
    line["header"] = "[1]"


@pytest.mark.parametrize("change", [set_salt, set_clock, set_list])
def test_what_cannot_be_read_is_a_fault_and_no_crash(network: Network, change: Any) -> None:
    _, lines = exported(network)
    assert not check_file(changed(lines, 4, change))[1].holds


def test_keys_that_cannot_be_read_are_named(network: Network) -> None:
    _, lines = exported(network)
    for nodes in ([{"node": "n"}], [{"node": "n", "keys": ["zz"]}], [1]):
        with pytest.raises(Refused, match="file_malformed"):
            check_file(changed(lines, 0, lambda line, nodes=nodes: line.update(nodes=nodes)))  # type: ignore[misc]
