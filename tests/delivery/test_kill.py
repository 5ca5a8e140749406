"""Kill -9 of the worker in a call-out: everybody is reached, once, or twice where it was under way."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.delivery.killing import ESCALATED, FUNCTIONS, MEMBERS, run_rounds
from tests.delivery.outside import Elks
from tests.faults.killing import Target, prepare
from tests.postgres import running

ROUNDS = 10


@pytest.fixture
def target(pytestconfig: pytest.Config) -> Iterator[Target]:
    home = Path(tempfile.mkdtemp(prefix="gemensam-kill-worker-"))  # on a real disk
    try:
        if pytestconfig.getoption("--database") == "sqlite":
            yield prepare(home / "data")
        else:
            with running(durable=True) as server:
                yield prepare(home / "data", server.url("postgres"))
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.mark.check
@pytest.mark.database
def test_ten_kills_in_a_call_out_leave_nobody_out_and_tell_nobody_thrice(target: Target, provider: Elks) -> None:
    tally = run_rounds(target, provider, ROUNDS)
    assert tally.rounds == ROUNDS
    assert tally.messages == ROUNDS * (2 * MEMBERS * FUNCTIONS + ESCALATED)
