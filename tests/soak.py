"""`make soak`: 200 kills under load on each database, with what was acknowledged and what was found."""

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.killing import prepare, run_rounds
from tests.postgres import running


def main() -> int:
    """Run the rounds on both databases; 1 when anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    chosen = parser.parse_args()
    for database in ("sqlite", "postgresql"):
        home = Path(tempfile.mkdtemp(prefix="gemensam-soak-"))
        started = time.monotonic()
        try:
            acknowledged = _soak(home, database, chosen.rounds)
        except AssertionError as lost:
            print(f"{database}: LOST: {lost}")
            return 1
        finally:
            shutil.rmtree(home, ignore_errors=True)
        minutes = (time.monotonic() - started) / 60
        print(
            f"{database}: {chosen.rounds} kills, {acknowledged} acknowledged, none lost, {minutes:.1f} min", flush=True
        )
    return 0


def _soak(home: Path, database: str, rounds: int) -> int:
    if database == "sqlite":
        return len(run_rounds(prepare(home / "data"), rounds)[0].digests)
    with running(durable=True) as server:
        return len(run_rounds(prepare(home / "data", server.url("postgres")), rounds)[0].digests)


if __name__ == "__main__":
    sys.exit(main())
