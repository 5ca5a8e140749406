"""Reading decision documents by the program's own command: one, and one of every member at once."""

import time
from pathlib import Path

from bench.figures import Figure, Limit, Outcome, median
from bench.houses import House
from bench.site import Site
from tests.governance import making
from tests.governance.making import made
from tests.governance.samples import SAMPLES

ROW = "reading decision documents"
ALONE_S, TOGETHER_S = 1.0, 20.0
MEMBERS, ROUNDS = 37, 5
KINDS = ("pdf", "docx", "text")


def measure(site: Site, database: str) -> list[Outcome]:
    """Read a PDF some times, and documents of three kinds for all members; the command's start is in both."""
    house, folder = site.small(database), site.home / "decisions"
    folder.mkdir()
    files = [_written(folder, number) for number in range(MEMBERS)]
    start = Limit(
        median([_seconds(house, "read-decision", "--help") for _ in range(ROUNDS)]), "the command's own start"
    )
    alone = [_seconds(house, "read-decision", str(files[0]), "--json") for _ in range(ROUNDS)]
    together = _seconds(house, "read-decision", *map(str, files), "--json")
    return [
        Figure(ROW, f"one, median of {ROUNDS}", "", median(alone), "s", ALONE_S, limit=start),
        Figure(ROW, f"{MEMBERS} at once", "", together, "s", TOGETHER_S, limit=start),
    ]


def _written(folder: Path, number: int) -> Path:
    sample, kind = SAMPLES[number % len(SAMPLES)], KINDS[number % len(KINDS)]
    path = folder / f"{number}{Path(making.NAMES[kind]).suffix}"
    path.write_bytes(made(kind, sample.blocks, sample.head, f"Nummer {number}\t{sample.foot}"))
    return path


def _seconds(house: House, *command: str) -> float:
    began = time.perf_counter()
    house.command(*command)
    return time.perf_counter() - began
