"""The worker: one active, a heartbeat, seals in time, and one job's fault holds nobody up."""

import threading

import pytest
from django.db import OperationalError

from gemensam.delivery import heartbeat, worker
from gemensam.delivery.turn import Turn
from gemensam.ledger.append import now_ms
from gemensam.ledger.log import LOG
from tests.ledger.reports import report
from tests.network import Network

HOUR = 60 * 60 * 1000


def kinds(network: Network, space: str) -> list[str]:
    return [row.header.kind for row in network.lens("nacka-tib").entries(space)]


def test_arrivals_are_sealed_when_an_hour_has_passed_and_not_before(network: Network) -> None:
    space = network.open_incident()
    network.write("nacka-tib", report(space))
    worker.beat_once(now_ms())
    assert kinds(network, space) == ["space.opened", "report.published"]
    worker.beat_once(now_ms() + HOUR)
    worker.beat_once(now_ms() + HOUR)
    assert kinds(network, space) == ["space.opened", "report.published", "arrivals.sealed"]


def test_a_late_heart_is_noticed(network: Network) -> None:
    now = now_ms()
    assert heartbeat.late_since(now) is None
    worker.beat_once(now)
    assert heartbeat.late_since(now + 30_000) is None
    assert heartbeat.late_since(now + 90_000) == now


def test_a_job_that_fails_does_not_hold_the_others_up(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []

    def broken(now: int) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(worker, "_jobs", [broken, done.append])
    worker.beat_once(5)
    assert done == [5]


def test_only_one_worker_has_its_turn(network: Network) -> None:
    with Turn() as first, Turn() as second:
        assert first.mine() and not second.mine()
    with Turn() as third:
        assert third.mine()


@pytest.mark.parametrize("fault", [OperationalError("the server is away"), OSError(28, "No space left on device")])
def test_a_beat_that_fails_does_not_end_the_worker(
    network: Network, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    beats: list[int] = []
    done = threading.Event()

    def beat(now: int) -> None:
        beats.append(now)
        if len(beats) == 1:
            raise fault
        done.set()

    monkeypatch.setattr(worker, "beat_once", beat)
    beating = worker.Worker(beat_s=0.01)
    beating.start()
    assert done.wait(10)
    beating.stop()


def test_a_beat_folds_no_space_that_nobody_looks_at(network: Network) -> None:
    space = network.open_incident()
    network.write("nacka-tib", report(space))
    LOG.forget()
    worker.beat_once(now_ms())
    assert space not in LOG._cached
