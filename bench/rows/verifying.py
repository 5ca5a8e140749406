"""Checking a large log: as a file with nothing but the file, and in the database."""

import time

from bench import limits
from bench.figures import Figure, Limit, Outcome
from bench.houses import House
from bench.site import INCIDENT, Site

ROW = "verify {0:,} entries"
BAR_S = 10.0


def measure(site: Site, database: str) -> list[Outcome]:
    """Time the commands as a person starts them, the program's own start included."""
    house, row = site.large(database), ROW.format(site.sizes.large)
    file = house.data / "space.jsonl"
    exported = _timed(house, "export", "--space", house.spaces[INCIDENT], "--out", str(file), "--data", str(house.data))
    of_file, all_of_file = _timed(house, "verify", str(file)), _timed(house, "verify", "--all", str(file))
    of_data = _timed(house, "verify", "--data", str(house.data))
    bare_file = Limit(limits.hash_file_s(file), "reading, parsing and hashing the file")
    bare_data = Limit(limits.hash_all_s(house), "plain driver reads, SHA-256 of what was read")
    note = f"the file has {file.stat().st_size / 1e6:,.0f} MB"
    file.unlink()
    return [
        Figure(row, "`verify FILE`", database, of_file, "s", BAR_S, limit=bare_file, note=note),
        Figure(row, "`verify FILE --all` (every signature)", database, all_of_file, "s", limit=bare_file),
        Figure(row, "`verify --data DIR`", database, of_data, "s", BAR_S, limit=bare_data),
        Figure(row, "`export` to the file", database, exported, "s", limit=bare_data),
    ]


def _timed(house: House, *command: str) -> float:
    began = time.perf_counter()
    house.command(*command)
    return time.perf_counter() - began
