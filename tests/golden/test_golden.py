"""Every log that a release wrote gives for ever the verdicts and states that it gave then (design 4.6, F26).

A failure here says that old entries mean something else now. The remedy is a new version of the kind, not a new file.
"""

import hashlib
import json
import random
from pathlib import Path
from typing import Any

import pytest

from gemensam.core.fold import fold
from gemensam.core.kinds import EXTRACTS
from gemensam.core.state import summary
from gemensam.kinds import REGISTRY
from gemensam.ledger.extracts import written
from gemensam.ledger.registry import adapter
from gemensam.ledger.verify import check_file
from tests.golden.reading import arrivals_of, files, lines_of, remembered

FILES = files()
BY_NAME = [pytest.param(file, id=f"{file.parent.name}/{file.name}") for file in FILES]


def expected(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((file.parent / "remembered.json").read_text())[file.name]
    return found


# What all golden logs extract under each number of `EXTRACTS`: another hash wants the next number, and an entry here.
EXTRACTED = {1: "f691de92a7138f5fcb877525e5e25fc66195d3ddd839470a69b5babe5fe8bd2a"}


def test_what_is_extracted_has_not_changed_under_its_number() -> None:
    whole = hashlib.sha256()
    for file in FILES:
        for one in arrivals_of(lines_of(file), REGISTRY)[1]:
            kind = REGISTRY.find(one.header.kind, one.header.version)
            if kind is not None and kind.extract is not None and one.payload is not None:
                whole.update(written(one.payload).encode() + b"\n")
    assert EXTRACTED[EXTRACTS] == whole.hexdigest()


def test_there_is_a_golden_log() -> None:
    assert len(FILES) >= 5


@pytest.mark.parametrize("file", BY_NAME)
def test_the_verdicts_and_the_states_are_those_of_then(file: Path) -> None:
    assert remembered(lines_of(file), REGISTRY) == expected(file)


@pytest.mark.parametrize("file", BY_NAME)
def test_they_are_the_same_in_any_order_of_arrival(file: Path) -> None:
    space, entries = arrivals_of(lines_of(file), REGISTRY)
    mixed = random.Random(7).sample(entries, len(entries))
    again = [one._replace(position=place) for place, one in enumerate(mixed, 1)]
    assert summary(fold(space, again, REGISTRY)) == summary(fold(space, entries, REGISTRY))


@pytest.mark.parametrize("file", [param for param in BY_NAME if "nodes" not in str(param.id)])
def test_the_file_still_verifies(file: Path) -> None:
    _, verdict = check_file(lines_of(file), every_signature=True)
    assert verdict.faults == []


@pytest.mark.parametrize("file", BY_NAME)
def test_every_kind_of_then_still_takes_its_texts(file: Path) -> None:
    for line in map(json.loads, lines_of(file)):
        if line.get("payload") is not None:
            header = json.loads(line["header"])
            kind = REGISTRY.find(header["kind"], header["version"])
            assert kind is not None
            adapter(kind).validate_json(line["payload"])


def test_superseded_and_unknown_entries_are_among_them() -> None:
    verdicts = [expected(file)["verdicts"] for file in FILES if "nodes" in file.name]
    assert all(found["superseded"] >= 4 and found["unknown"] == 2 for found in verdicts)
