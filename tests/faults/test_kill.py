"""Kill -9 under load: no acknowledged entry is lost, none is written twice, the chain and the state hold."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.killing import Target, check, prepare, run_rounds
from tests.postgres import running

ROUNDS = 20


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder on a real disk."""
    home = Path(tempfile.mkdtemp(prefix="gemensam-kill-"))
    yield home
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def target(folder: Path, pytestconfig: pytest.Config) -> Iterator[Target]:
    if pytestconfig.getoption("--database") == "sqlite":
        yield prepare(folder / "data")
        return
    with running(durable=True) as server:
        yield prepare(folder / "data", server.url("postgres"))


@pytest.mark.check
@pytest.mark.database
def test_twenty_kills_lose_nothing(target: Target) -> None:
    told, fingerprint = run_rounds(target, ROUNDS)
    assert len(told.digests) > ROUNDS
    assert check(target, told) == fingerprint
