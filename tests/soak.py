"""`make soak`: kills under load on each database: 200 of the server, 100 of the worker in a call-out."""

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.delivery import killing
from tests.delivery.outside import Elks, elks_running
from tests.faults.killing import prepare, run_rounds
from tests.postgres import running


def main() -> int:
    """Run the rounds on both databases; 1 when anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="kills of the server, 0 for none")
    parser.add_argument("--call-outs", type=int, default=100, help="kills of the worker, 0 for none")
    chosen = parser.parse_args()
    served = chosen.rounds == 0 or _all_served(chosen.rounds)
    return 0 if served and (chosen.call_outs == 0 or _all_called(chosen.call_outs)) else 1


def _all_served(rounds: int) -> bool:
    """Kill the server on both databases; whether nothing was lost."""
    for database in ("sqlite", "postgresql"):
        home = Path(tempfile.mkdtemp(prefix="gemensam-soak-"))
        started = time.monotonic()
        try:
            acknowledged = _soak(home, database, rounds)
        except AssertionError as lost:
            print(f"{database}: LOST: {lost}")
            return False
        finally:
            shutil.rmtree(home, ignore_errors=True)
        minutes = (time.monotonic() - started) / 60
        print(f"{database}: {rounds} kills, {acknowledged} acknowledged, none lost, {minutes:.1f} min", flush=True)
    return True


def _all_called(rounds: int) -> bool:
    """Kill the worker in call-outs on both databases; whether everybody was reached, and nobody told thrice."""
    with elks_running() as elks:
        for database in ("sqlite", "postgresql"):
            home = Path(tempfile.mkdtemp(prefix="gemensam-soak-"))
            try:
                tally = _call_out(home, database, rounds, elks)
            except AssertionError as wrong:
                print(f"{database}, call-outs: WRONG: {wrong}")
                return False
            finally:
                shutil.rmtree(home, ignore_errors=True)
            print(
                f"{database}: {tally.rounds} kills in call-outs, {tally.messages} messages, all arrived, "
                f"{tally.repeated} twice, none oftener, the latest {tally.latest_ms / 1000:.1f} s after its time",
                flush=True,
            )
    return True


def _call_out(home: Path, database: str, rounds: int, elks: Elks) -> killing.Tally:
    if database == "sqlite":
        return killing.run_rounds(prepare(home / "data"), elks, rounds)
    with running(durable=True) as server:
        return killing.run_rounds(prepare(home / "data", server.url("postgres")), elks, rounds)


def _soak(home: Path, database: str, rounds: int) -> int:
    if database == "sqlite":
        return len(run_rounds(prepare(home / "data"), rounds)[0].digests)
    with running(durable=True) as server:
        return len(run_rounds(prepare(home / "data", server.url("postgres")), rounds)[0].digests)


if __name__ == "__main__":
    sys.exit(main())
