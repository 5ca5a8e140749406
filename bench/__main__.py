"""`make bench`, `python -m bench`: measure, print, and with `--write` put the table into docs/performance.md."""

import argparse
import contextlib
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from bench import machine, report
from bench.figures import Missing, Outcome
from bench.herd import ROOT
from bench.rows import ONCE, ROWS
from bench.site import QUICK, Site, Sizes, site
from tests.postgres import Server as Postgres
from tests.postgres import running

PAGE = ROOT / "docs" / "performance.md"
DATABASES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Chosen:
    """What to measure."""

    rows: tuple[str, ...]
    databases: tuple[str, ...]
    sizes: Sizes


def main() -> int:
    """Measure everything that was chosen; a bar that is not met is said, and is no failure of the run."""
    given = _parser().parse_args()
    databases = DATABASES if given.database == "both" else (given.database,)
    chosen = Chosen(tuple(given.only or ROWS), databases, QUICK if given.quick else Sizes())
    _allow_many_files()
    busy, facts = machine.Busyness.begin(), machine.facts()
    for name, value in facts.items():
        print(f"{name}: {value}")
    print(f"Busyness: {busy.at_first}", flush=True)
    outcomes = list(_measured(chosen))
    print(f"\n{busy.told()}")
    if given.write:
        report.write(PAGE, report.markdown(facts, outcomes, busy.told() + (", --quick" if given.quick else "")))
        print(f"written to {PAGE.relative_to(ROOT)}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small logs and few rounds: shows that it works")
    parser.add_argument("--only", metavar="ROW", action="append", choices=list(ROWS), help=", ".join(ROWS))
    parser.add_argument("--database", choices=(*DATABASES, "both"), default="both")
    parser.add_argument("--write", action="store_true", help="write the table into docs/performance.md")
    return parser


def _measured(chosen: Chosen) -> Iterator[Outcome]:
    with _postgres(chosen.databases) as postgres, site(chosen.sizes, postgres) as here:
        for row in chosen.rows:
            for database in chosen.databases[:1] if row in ONCE else chosen.databases:
                outcomes = _one(here, row, database)
                print("\n".join(report.lines(outcomes)), flush=True)
                yield from outcomes


def _one(here: Site, row: str, database: str) -> list[Outcome]:
    """Measure one row; what goes wrong there is told in its place, and the others are measured all the same."""
    print(f"\n{row} ({database})", flush=True)
    try:
        return ROWS[row](here, database)
    except (RuntimeError, OSError, ValueError) as fault:
        return [Missing(row, database, str(fault))]


@contextlib.contextmanager
def _postgres(databases: tuple[str, ...]) -> Iterator[Postgres | None]:
    if "postgresql" not in databases:
        yield None
        return
    with running(durable=True) as server:
        yield server


def _allow_many_files() -> None:
    """A thousand streams are a thousand descriptors, here and in the servers that are started."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard if hard > 0 else 8_192, hard))


if __name__ == "__main__":
    sys.exit(main())
