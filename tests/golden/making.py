"""Write the golden log of a release: `python -m tests.golden.making RELEASE`, once, when it is released, never again.

The demonstration is played to its end by the program of that release, with a disposal, seals and a list confirmed;
one more file holds what only several nodes and a later program write: superseded entries and unknown kinds.
"""

import contextlib
import gzip
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

START = 1_795_170_000_000  # Friday 20 November 2026
HERE = Path(__file__).parent


def main(release: str) -> None:
    folder = HERE / release
    folder.mkdir()
    with tempfile.TemporaryDirectory() as data:
        os.environ["GEMENSAM_DATA"] = data
        from gemensam.cli.server import found

        with _clock() as clock:
            found(Path(data), "stockholm", demo=True)
            _play(clock)
            for name, lines in _exported():
                _write(folder / f"{name}.jsonl.gz", lines)
        _write(folder / "nodes.jsonl.gz", _of_nodes())
    _remember(folder)


@dataclass
class Clock:
    """Time that passes only when somebody waits for it."""

    at: int

    def now(self) -> int:
        return self.at

    def wait(self, seconds: float) -> bool:
        self.at += round(seconds * 1000)
        return False


@contextlib.contextmanager
def _clock() -> Iterator[Clock]:
    clock = Clock(START)
    with patch("time.time_ns", lambda: clock.now() * 1_000_000):
        yield clock


def _play(clock: Clock) -> None:
    from gemensam.demo.player import play_storm
    from gemensam.demo.scenario import load_scenario
    from gemensam.demo.show import fill_standing
    from gemensam.demo.stage import Stage

    fill_standing(clock.now())
    stage = Stage(load_scenario("snowstorm"))
    play_storm(stage, clock, _refused)
    _afterwards(stage.space)


def _refused(fault: Any) -> None:
    raise SystemExit(str(fault))


def _afterwards(space: str) -> None:
    from gemensam.core.policy import Principal
    from gemensam.core.writing import Draft
    from gemensam.ledger.append import append, program
    from gemensam.ledger.disposal import dispose
    from gemensam.ledger.ids import uuid7
    from gemensam.ledger.reading import lens_for

    keeper = Principal("golden", "kansliet", "kansliet-systemforvaltare", frozenset())
    reports = [row for row in lens_for(keeper).entries(space) if row.header.kind == "report.published"]
    dispose(lens_for(keeper), space, uuid7(), [reports[0].digest], decision="Dnr 1", reason="Prov.")
    append(keeper, [Draft("vocabulary.confirmed", "directory", "status", {"items": []})])
    leader = replace(program("lansstyrelsen"), function="lansstyrelsen-tib")
    circle = [{"organisation": one, "function": "*"} for one in ("lansstyrelsen", "nacka", "taby")]
    narrow = uuid7()
    founding = {"space_kind": "sub", "title": "Mindre krets", "parent": space, "circle": circle}
    append(leader, [Draft("space.opened", narrow, narrow, founding)])
    append(leader, [Draft("space.circle_reduced", narrow, narrow, {"removed": circle[2:], "reason": "Ej berörd."})])
    append(leader, [Draft("space.closed", narrow, narrow, {"reason": "Klart."})])


def _exported() -> Iterator[tuple[str, Iterable[bytes]]]:
    from gemensam.ledger.checking import operator_lens
    from gemensam.ledger.export import export_lines
    from gemensam.ledger.restoring import space_ids
    from gemensam.ledger.spaces import all_spaces

    for space in space_ids():
        yield all_spaces()[space].kind, export_lines(operator_lens(space), space)


def _of_nodes() -> Iterator[bytes]:
    """Two nodes apart: one withdraws a report, the other corrects it later; and kinds that no program here knows."""
    from gemensam.core import entry as entries

    heads: dict[str, tuple[int, str]] = {}

    def entry(kind: str, subject: str, at: int, node: str, organisation: str = "nacka", version: int = 1) -> bytes:
        number, previous = heads.get(node, (0, ""))
        header = entries.Header(
            kind, version, "apart", subject, organisation, organisation, f"{organisation}-tib", "", START + at,
            entries.Clock(START + at, 0), (), (), 1, "", "00" * 32, node, 1, number + 1, previous, "k",
        )  # fmt: skip
        data = entries.header_bytes(header)
        heads[node] = number + 1, entries.entry_digest(data)
        return data

    written = [
        entry("report.published", "r1", 1, "n-a"),
        entry("report.withdrawn", "r1", 2, "n-a"),
        entry("report.corrected", "r1", 3, "n-b"),  # superseded: it had been withdrawn
        entry("report.withdrawn", "r2", 4, "n-b", "taby"),  # superseded: there is nothing to withdraw yet
        entry("report.published", "r2", 5, "n-a", "taby"),
        entry("report.corrected", "r2", 6, "n-b", "nacka"),  # superseded: another's report
        entry("report.published", "r3", 7, "n-a", version=2),  # unknown version
        entry("rumour.heard", "x1", 8, "n-a"),  # unknown kind
        entry("report.corrected", "r1", 0, "n-c"),  # comes late: it is folded first, and superseded
    ]
    yield json.dumps({"space": "apart"}).encode() + b"\n"
    for position, data in enumerate(written, 1):
        line = {"position": position, "header": data.decode(), "payload": None}
        yield json.dumps(line, ensure_ascii=False).encode() + b"\n"


def _write(file: Path, lines: Iterable[bytes]) -> None:
    file.write_bytes(gzip.compress(b"".join(lines), mtime=0))


def _remember(folder: Path) -> None:
    from gemensam.kinds import REGISTRY
    from tests.golden.reading import lines_of, remembered

    found = {file.name: remembered(lines_of(file), REGISTRY) for file in sorted(folder.glob("*.jsonl.gz"))}
    (folder / "remembered.json").write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
