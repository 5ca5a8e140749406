"""Disposal changes no verdict and leaves no trace of the text in the live database (F22c, F22d, R58)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemensam.core.entry import Ref
from gemensam.core.refusal import Refused
from gemensam.core.state import summary
from gemensam.core.writing import Draft
from gemensam.ledger.append import now_ms
from gemensam.ledger.disposal import dispose, sweep_postgresql
from gemensam.ledger.drafts import load_draft, save_draft
from gemensam.ledger.log import LOG, Log, fetch
from gemensam.ledger.node import signer
from gemensam.ledger.search import search
from tests.ids import new_id
from tests.ledger.reports import report
from tests.network import Network

SECRET = "Hemligprovtext"


def disposer(network: Network) -> str:
    chosen = "kansliet-systemforvaltare"
    assert network.lens(chosen).may("dispose")
    return chosen


def test_the_text_is_gone_from_every_file_of_the_database(network: Network) -> None:
    space = network.open_incident()
    draft = report(space, f"Vid {SECRET} i norr.")
    receipt = network.write("nacka-tib", draft)[0]
    save_draft(network.lens("nacka-tib"), space, "report", draft.subject, {"text": SECRET})
    network.write("taby-tib", report(space))
    dispose(network.lens(disposer(network)), space, new_id(), [receipt.digest], decision="Dnr 7", reason="Gallrad.")
    lens = network.lens("nacka-tib")
    assert lens.payloads(space, [receipt.digest]) == {receipt.digest: None}
    assert search(lens, SECRET) == []
    assert load_draft(lens, space, "report", draft.subject) is None
    assert lens.state(space).thing(draft.subject) is not None
    assert fetch("SELECT position FROM ledger_extract WHERE space = %s", [space]) == [(3,)]
    if connection.vendor == "sqlite":
        assert not _found_in_files(network.data)
    else:
        sweep_postgresql()
        for table in ("ledger_payload", "ledger_extract", "ledger_search", "ledger_draft"):
            row = fetch(f"SELECT count(*) FROM {table} WHERE {table}::text ILIKE %s", [f"%{SECRET}%"])
            assert row[0][0] == 0


def _found_in_files(folder: Path) -> list[str]:
    wanted = [SECRET.encode(), SECRET.lower().encode()]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(word in path.read_bytes() for word in wanted)]


def test_the_search_of_the_files_would_find_the_text(network: Network) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the files of PostgreSQL belong to its server")
    network.write("nacka-tib", report(network.open_incident(), SECRET))
    assert _found_in_files(network.data)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.booleans(), min_size=6, max_size=6))
def test_any_disposal_changes_no_verdict_and_no_status(network: Network, gone: list[bool]) -> None:
    space = network.open_incident()
    drafts = [report(space, f"nr {number}") for number in range(3)]
    receipts = [network.write("nacka-tib", draft)[0] for draft in drafts]
    for draft in drafts:
        corrected = report(space, "rättad", kind="report.corrected", subject=draft.subject)
        receipts.append(network.write("nacka-tib", corrected)[0])
    before = network.lens("nacka-tib")
    verdicts = [row.verdict for row in before.entries(space)]
    statuses = {key: value["status"] for key, value in _summary(space).items()}
    chosen = [receipt.digest for receipt, is_gone in zip(receipts, gone, strict=True) if is_gone]
    if chosen:
        dispose(network.lens(disposer(network)), space, new_id(), chosen, decision="Dnr 8", reason="Prov.")
    after = network.lens("nacka-tib")
    assert [row.verdict for row in after.entries(space)][: len(verdicts)] == verdicts
    assert {key: value["status"] for key, value in _summary(space).items() if key in statuses} == statuses


def _summary(space: str) -> dict[str, dict[str, str]]:
    return dict(summary(LOG.catch_up(space)))  # type: ignore[arg-type]


def test_what_says_who_may_read_cannot_be_disposed_of(network: Network) -> None:
    space = network.open_incident()
    founding = network.lens("nacka-tib").entries(space)[0]
    with pytest.raises(Refused, match="not_disposable"):
        dispose(network.lens(disposer(network)), space, new_id(), [founding.digest], decision="Dnr 9", reason="x")


def test_without_a_decision_or_the_permission_nothing_is_disposed_of(network: Network) -> None:
    space = network.open_incident()
    receipt = network.write("nacka-tib", report(space))[0]
    with pytest.raises(Refused, match="decision_missing"):
        dispose(network.lens(disposer(network)), space, new_id(), [receipt.digest], decision=" ", reason="x")
    with pytest.raises(Refused, match="not_permitted"):
        dispose(network.lens("nacka-tib"), space, new_id(), [receipt.digest], decision="Dnr", reason="x")
    assert network.lens("nacka-tib").payloads(space, [receipt.digest])[receipt.digest] is not None


def decided(network: Network, space: str, *digests: str, **changes: Any) -> Draft:
    """A disposal as the interface takes it, without the page's own checks."""
    lens = network.lens(disposer(network))
    refs = tuple(Ref("disposes", space, lens.entry(space, digest).header.subject, digest) for digest in digests)
    values = {"payload": {"decision": "Dnr 3", "reason": "Gallrad."}, "refs": refs, **changes}
    return Draft(**{"kind": "disposal.decided", "space": space, "subject": new_id(), **values})


def test_a_disposal_that_was_written_as_an_entry_removes_the_text_with_it(network: Network) -> None:
    space = network.open_incident()
    receipt = network.write("nacka-tib", report(space, SECRET))[0]
    network.write(disposer(network), decided(network, space, receipt.digest))
    assert network.lens("nacka-tib").payloads(space, [receipt.digest]) == {receipt.digest: None}
    assert search(network.lens("nacka-tib"), SECRET) == []


def test_a_disposal_that_is_refused_removes_nothing(network: Network) -> None:
    space = network.open_incident()
    receipt = network.write("nacka-tib", report(space, SECRET))[0]
    founding = network.lens("nacka-tib").entries(space)[0]
    other = Ref("disposes", "standing", "standing", network.lens("nacka-tib").entries("standing")[0].digest)
    drafts = {
        "not_disposable": decided(network, space, receipt.digest, founding.digest),
        "malformed": decided(network, space, refs=(other,)),
        "decision_missing": decided(network, space, receipt.digest, payload={"decision": " ", "reason": ""}),
    }
    for code, draft in drafts.items():
        with pytest.raises(Refused, match=code):
            network.write(disposer(network), draft)
    lens = network.lens("nacka-tib")
    assert lens.payloads(space, [receipt.digest])[receipt.digest] is not None
    assert lens.state(space).position == 2


def test_what_says_what_became_of_the_log_cannot_be_disposed_of(network: Network) -> None:
    from gemensam.ledger.node import read_node
    from gemensam.ledger.seals import seal_arrivals

    space = network.open_incident()
    receipt = network.write("nacka-tib", report(space, SECRET))[0]
    decision = network.write(disposer(network), decided(network, space, receipt.digest))[0]
    seal = seal_arrivals(space, read_node(network.data))
    assert seal is not None
    for digest in (decision.digest, seal.digest):
        with pytest.raises(Refused, match="not_disposable"):
            network.write(disposer(network), decided(network, space, digest))


def test_a_disposed_text_cannot_be_guessed_from_how_its_request_is_known(network: Network) -> None:
    """The digest of a request covers the text: it is keyed, and goes with the text (F22c)."""
    space = network.open_incident()
    draft = report(space, SECRET)
    receipts = network.write("nacka-tib", draft, report(space, "annat"), key="begaran-0001")
    known = fetch("SELECT request_digest FROM ledger_request WHERE client_id LIKE 'begaran-0001%%'", [])
    assert known[0] == known[1] and len(known[0][0]) == 64
    dispose(network.lens(disposer(network)), space, new_id(), [receipts[0].digest], decision="Dnr 7", reason="x")
    left = fetch("SELECT request_digest FROM ledger_request WHERE client_id LIKE 'begaran-0001%%'", [])
    assert left == [("",), ("",)]
    with pytest.raises(Refused, match="id_reused"):
        network.write("nacka-tib", draft, report(space, "annat"), key="begaran-0001")


def test_the_digest_of_a_request_is_this_nodes_alone(network: Network) -> None:
    from gemensam.ledger.append import _digest_of

    drafts = [report("standing", SECRET)]
    first = _digest_of(network.principal("nacka-tib"), drafts)
    again, key = _digest_of(network.principal("nacka-tib"), drafts), network.data / "node.key"
    key.write_text("11" * 32)
    signer.cache_clear()
    assert first == again != _digest_of(network.principal("nacka-tib"), drafts)


def test_another_process_forgets_the_text_in_the_present_and_in_the_past(network: Network) -> None:
    """Its state and its histories were folded with the text; it hears of the disposal by the log alone (F22d)."""
    space = network.open_incident()
    draft = report(space, SECRET)
    receipt = network.write("nacka-tib", draft)[0]
    network.write("taby-tib", report(space))
    mine, other = LOG, Log()
    for log in (mine, other):
        assert "allvarlig" in repr(log.catch_up(space).thing(draft.subject))
        assert "allvarlig" in repr(log.at(space, 2).thing(draft.subject))
    dispose(network.lens(disposer(network)), space, new_id(), [receipt.digest], decision="Dnr 7", reason="x")
    for log in (mine, other):
        assert "allvarlig" not in repr(log.catch_up(space).thing(draft.subject))
        assert "allvarlig" not in repr(log.at(space, 2).thing(draft.subject))
        assert log.at(space, 2).thing(draft.subject) is not None


def test_a_page_of_the_past_is_drawn_anew_after_a_disposal(network: Network) -> None:
    from gemensam.web import times

    space = network.open_incident()
    now = now_ms()
    receipt = network.write("nacka-tib", report(space, SECRET), now=now)[0]
    network.write("taby-tib", report(space), now=now + 1000)
    reader = network.client("taby-tib")
    moment = times.iso(now + 2000).replace("+", "%2B")
    address = f"/spaces/{space}/log/?knew_at={moment}"
    with wall_clock(now + 60_000):
        before = reader.get(address)
        network.write(disposer(network), decided(network, space, receipt.digest))
        after = reader.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert SECRET in before.content.decode()
    assert after.status_code == 200 and SECRET not in after.content.decode()


@contextmanager
def wall_clock(instant: int) -> Iterator[None]:
    with patch("time.time_ns", lambda: instant * 1_000_000):
        yield
