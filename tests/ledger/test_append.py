"""Appending: the lock, the order, the clock, repeats, refusals (design 5.1–5.3)."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft
from gemensam.ledger.append import append, now_ms
from gemensam.ledger.log import LOG, fetch
from gemensam.ledger.seals import seal_arrivals
from tests.ids import new_id
from tests.ledger.reports import report
from tests.network import Network


def closing(work: Any) -> Any:
    """Run in a thread and close its database connection afterwards."""

    def run(*given: Any) -> Any:
        try:
            return work(*given)
        finally:
            connection.close()

    return run


def test_an_entry_is_there_at_once_with_position_digest_and_text(network: Network) -> None:
    space = network.open_incident()
    receipt = network.write("nacka-tib", report(space))[0]
    rows = network.lens("taby-tib").entries(space, after=1)
    assert [(row.position, row.digest, row.verdict) for row in rows] == [(2, receipt.digest, "in_force")]
    assert rows[0].payload is not None and rows[0].payload["summary"] == "Elavbrott i norra delen."


def test_many_writers_leave_no_gap_and_no_fork(network: Network) -> None:
    space = network.open_incident()

    def write(number: int) -> None:
        network.write("nacka-tib" if number % 2 else "taby-tib", report(space, f"nr {number}"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(closing(write), range(60)))
    LOG.forget()
    rows = network.lens("nacka-tib").entries(space, limit=1_000)
    assert [row.position for row in rows] == list(range(1, 62))
    assert [row.header.number for row in rows] == list(range(1, 62))
    assert [row.header.previous for row in rows][1:] == [row.digest for row in rows][:-1]
    clocks = [row.header.clock for row in rows]
    assert clocks == sorted(set(clocks))


def test_a_follower_never_steps_over_a_late_commit(network: Network) -> None:
    space = network.open_incident()
    done = threading.Event()
    seen: list[int] = []

    def follow() -> None:
        while not (done.is_set() and seen and seen[-1] == 81):
            after = seen[-1] if seen else 0
            found = fetch("SELECT position FROM ledger_entry WHERE space = %s AND position > %s ORDER BY position",
                          [space, after])  # fmt: skip
            seen.extend(row[0] for row in found)

    follower = threading.Thread(target=closing(follow))
    follower.start()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(closing(lambda _: network.write("nacka-tib", report(space))), range(80)))
    done.set()
    follower.join(timeout=30)
    assert seen == list(range(1, 82))


def test_an_append_inside_another_transaction_is_refused_before_anything_is_written(network: Network) -> None:
    space = network.open_incident()
    with transaction.atomic(), pytest.raises(RuntimeError, match="outermost"):
        network.write("nacka-tib", report(space))
    assert network.lens("nacka-tib").state(space).position == 1


def test_the_isolation_level_is_read_committed_and_commits_are_durable(network: Network) -> None:
    if connection.vendor == "sqlite":
        assert fetch("PRAGMA synchronous", [])[0][0] == 2
        assert fetch("PRAGMA journal_mode", [])[0][0] == "wal"
    else:
        assert fetch("SHOW transaction_isolation", [])[0][0] == "read committed"
        assert fetch("SHOW synchronous_commit", [])[0][0] == "on"


def test_a_repeat_returns_the_first_result_and_writes_nothing(network: Network) -> None:
    space, key = network.open_incident(), new_id()
    draft = report(space)
    first = network.write("nacka-tib", draft, key=key)[0]
    again = network.write("nacka-tib", draft, key=key)[0]
    assert (again.digest, again.position, again.repeated, first.repeated) == (first.digest, 2, True, False)
    assert network.lens("nacka-tib").state(space).position == 2


def test_a_repeat_of_what_is_allowed_again_is_not_written_again(network: Network) -> None:
    """Nothing but its key tells a second correction from the first sent once more."""
    space = network.open_incident()
    written = network.write("nacka-tib", report(space))[0]
    correction = report(space, "Elavbrott i hela kommunen.", kind="report.corrected", subject=written.subject)
    first = append(network.principal("nacka-tib"), [correction], key="correction-1")[0]
    again = append(network.principal("nacka-tib"), [correction], key="correction-1")[0]
    assert (again.digest, again.repeated) == (first.digest, True)
    assert LOG.catch_up(space).position == first.position == 3
    other = append(network.principal("nacka-tib"), [correction], key="correction-2")[0]
    assert (other.position, other.repeated) == (4, False)


def test_sixteen_repeats_at_once_write_one_entry(network: Network) -> None:
    space, key, draft = network.open_incident(), new_id(), None
    draft = report(space)
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(closing(lambda _: network.write("nacka-tib", draft, key=key)[0]), range(16)))
    assert len({receipt.digest for receipt in receipts}) == 1
    assert network.lens("nacka-tib").state(space).position == 2


def test_the_same_key_with_other_bytes_is_refused(network: Network) -> None:
    space, key = network.open_incident(), new_id()
    network.write("nacka-tib", report(space), key=key)
    with pytest.raises(Refused) as refused:
        network.write("nacka-tib", report(space, "annat"), key=key)
    assert (refused.value.code, refused.value.facts) == ("id_reused", {})


def test_two_drafts_are_one_commit_or_none(network: Network) -> None:
    space = network.open_incident()
    with pytest.raises(Refused, match="unknown_kind"):
        network.write("nacka-tib", report(space), report(space, kind="report.shouted"))
    with pytest.raises(Refused, match="no_such_subject"):
        network.write("nacka-tib", report(space), report(space, kind="report.corrected"))
    assert network.lens("nacka-tib").state(space).position == 1
    network.write("nacka-tib", report(space), report(space))
    assert network.lens("nacka-tib").state(space).position == 3


def test_a_form_based_on_what_has_moved_is_refused_with_what_it_is_now(network: Network) -> None:
    space = network.open_incident()
    draft = report(space)
    first = network.write("nacka-tib", draft)[0]
    correction = report(space, "rättat", kind="report.corrected", subject=draft.subject, based_on=first.digest)
    second = network.write("nacka-tib", correction)[0]
    with pytest.raises(Refused) as refused:
        network.write("nacka-tib", correction)
    assert (refused.value.code, refused.value.facts["last"]) == ("moved", second.digest)


def test_only_the_owner_corrects(network: Network) -> None:
    space = network.open_incident()
    draft = report(space)
    network.write("nacka-tib", draft)
    with pytest.raises(Refused, match="not_owner"):
        network.write("taby-tib", report(space, kind="report.corrected", subject=draft.subject))


def test_a_closed_space_takes_no_more(network: Network) -> None:
    from gemensam.core.writing import Draft

    space = network.open_incident()
    network.write("lansstyrelsen-tib", Draft("space.closed", space, space, {"reason": "Avvecklad."}))
    with pytest.raises(Refused, match="space_closed"):
        network.write("nacka-tib", report(space))


def test_a_lens_refuses_what_is_not_readable_as_if_it_were_not_there(network: Network) -> None:
    space = network.open_incident()
    hidden = network.open_sub_space(space, "taby-tib")
    lens = network.lens("nacka-tib")
    for ask in (lens.state, lens.space, lens.readers, lens.entries, lambda name: lens.payloads(name, ["x"])):
        with pytest.raises(Refused) as there:
            ask(hidden)
        with pytest.raises(Refused) as never:
            ask(new_id())
        assert (there.value.code, there.value.facts) == (never.value.code, never.value.facts) == ("not_found", {})
    assert network.lens("taby-tib").state(hidden).position == 1


def test_nobody_writes_into_a_space_that_is_not_read(network: Network) -> None:
    hidden = network.open_sub_space(network.open_incident(), "taby-tib")
    with pytest.raises(Refused, match="not_found"):
        network.write("nacka-tib", report(hidden))


def test_rights_are_judged_under_the_lock_not_from_the_callers_word(network: Network) -> None:
    from dataclasses import replace

    space = network.open_incident()
    boastful = replace(network.principal("nacka-lasare"), permissions=frozenset({"report", "administer"}))
    with pytest.raises(Refused, match="not_permitted"):
        append(boastful, [report(space)])


def test_an_entry_from_the_program_alone_cannot_be_written_by_a_person(network: Network) -> None:
    from gemensam.core.writing import Draft

    space = network.open_incident()
    forged = Draft("arrivals.sealed", space, "seal", {"first": 1, "last": 1, "digest": "x"})
    with pytest.raises(Refused, match="not_permitted"):
        network.write("lansstyrelsen-tib", forged)


def test_arrivals_are_sealed_once(network: Network) -> None:
    from gemensam.ledger.node import read_node

    space = network.open_incident()
    network.write("nacka-tib", report(space))
    node = read_node(network.data)
    assert seal_arrivals(space, node, now_ms()) is not None
    assert seal_arrivals(space, node, now_ms()) is None
    network.write("nacka-tib", report(space))
    assert seal_arrivals(space, node, now_ms()) is not None


def test_what_was_known_then_is_the_fold_of_what_had_arrived(network: Network) -> None:
    from gemensam.core.moment import Moment

    space = network.open_incident()
    start = now_ms()
    for minute in range(1, 4):
        network.write("nacka-tib", report(space, f"nr {minute}"), now=start + minute * 60_000)
    lens = network.lens("nacka-tib", start + 600_000)
    known = [lens.state(space, Moment(lens.now, knew_at=start + minute * 60_000)).position for minute in range(5)]
    assert known == [1, 2, 3, 4, 4]
    earlier = lens.entries(space, moment=Moment(lens.now, knew_at=start + 120_000), newest_first=True)
    assert [row.position for row in earlier] == [3, 2, 1]


def test_a_repeat_tells_nothing_to_one_who_no_longer_reads_the_space(network: Network) -> None:
    from gemensam.core.writing import Draft

    hidden = network.open_sub_space(network.open_incident(), "taby-tib")
    draft, key = report(hidden), new_id()
    network.write("taby-tib", draft, key=key)
    removed = {"removed": [{"organisation": "taby", "function": "taby-tib"}], "reason": "Behövs inte."}
    network.write("lansstyrelsen-tib", Draft("space.circle_reduced", hidden, hidden, removed))
    with pytest.raises(Refused) as refused:
        network.write("taby-tib", draft, key=key)
    assert (refused.value.code, refused.value.facts) == ("not_found", {})


def test_what_is_published_is_sealed_with_it(network: Network) -> None:
    """A publication's place in the order of arrivals is fixed at once, not within the hour (design 5.7)."""
    from gemensam.ledger.registry import registry

    publishing = [kind for kind in registry().sorted() if kind.publishes]
    assert {kind.name for kind in publishing} == {
        "picture.published", "excerpt.published", "minutes.published", "vision_version.published", "remiss.sent",
        "remiss_summary.published", "budget.estimated", "budget.settled", "follow_up.reported",
    }  # fmt: skip


def test_what_closes_a_space_closes_it_for_the_rest_of_its_own_commit(network: Network) -> None:
    space = network.open_incident()
    closing = Draft("space.closed", space, space, {"reason": "Över."})
    with pytest.raises(Refused, match="space_closed"):
        network.write("lansstyrelsen-tib", closing, report(space))
    assert network.lens("nacka-tib").state(space).position == 1
