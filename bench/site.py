"""What the rows of a run share: houses made once for each database, how much to do, and a PostgreSQL server."""

import contextlib
import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from bench.herd import Herd
from bench.houses import House, found_house
from tests.postgres import Server as Postgres

INCIDENT = "Snöoväder"  # the space that is filled
POSTS = "Poster"  # the space that is posted to


@dataclass(frozen=True)
class Sizes:
    """How much is done: the whole, or a small part that shows whether it works."""

    small: int = 10_000
    large: int = 100_000
    alone: int = 300
    together: int = 2_000
    clients: int = 16
    pages: int = 60
    rounds: int = 10
    readers: int = 40
    viewers: tuple[int, ...] = (200, 1_000)
    signals: int = 20
    restarts: int = 3


QUICK = Sizes(
    small=1_000,
    large=3_000,
    alone=60,
    together=320,
    pages=20,
    rounds=3,
    readers=40,
    viewers=(200,),
    signals=8,
    restarts=1,
)


@dataclass
class Site:
    """One run: its folder, its clients, its houses."""

    home: Path
    sizes: Sizes
    herd: Herd
    postgres: Postgres | None
    chance: random.Random = field(default_factory=lambda: random.Random(11))
    _houses: dict[tuple[str, str], House] = field(default_factory=dict)

    def small(self, database: str) -> House:
        """A house with the small log."""
        return self._house("small", database, self.sizes.small)

    def large(self, database: str) -> House:
        """A house with the large log."""
        return self._house("large", database, self.sizes.large)

    def _house(self, name: str, database: str, count: int) -> House:
        found = self._houses.get((name, database))
        if found is None:
            print(f"  … filling a {name} log of {count:,} entries ({database})", flush=True)
            url = self._new_database(name) if database == "postgresql" else ""
            folder = self.home / f"{name}-{database}"
            folder.mkdir()
            found = found_house(folder, database, url, [INCIDENT, POSTS], alike=self.sizes.readers)
            found.fill(INCIDENT, count)
            self._houses[name, database] = found
        return found

    def _new_database(self, name: str) -> str:
        if self.postgres is None:
            raise RuntimeError("no PostgreSQL server was started")
        with psycopg.connect(self.postgres.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE bench_{name}")
        return self.postgres.url(f"bench_{name}")


@contextlib.contextmanager
def site(sizes: Sizes, postgres: Postgres | None) -> Iterator[Site]:
    """Give a site in a folder on the disk (never in memory), and remove it afterwards."""
    home = Path(tempfile.mkdtemp(prefix="gemensam-bench-"))
    try:
        with Herd() as herd:
            yield Site(home, sizes, herd, postgres)
    finally:
        shutil.rmtree(home, ignore_errors=True)
