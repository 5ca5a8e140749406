"""Folding of an exported file without a database, and what is remembered of the result."""

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gemensam.core.entry import entry_digest, read_header
from gemensam.core.fold import Arrived, fold
from gemensam.core.kinds import Registry
from gemensam.core.state import SpaceState, summary

HERE = Path(__file__).parent


def files() -> list[Path]:
    """Return the files of every release, sorted."""
    return sorted(HERE.glob("*/*.jsonl.gz"))


def lines_of(file: Path) -> list[bytes]:
    return gzip.decompress(file.read_bytes()).splitlines(keepends=True)


def arrivals_of(lines: list[bytes], registry: Registry) -> tuple[str, list[Arrived]]:
    """Return the space of a file and its entries in order of arrival, as the log gives them to the fold."""
    head, *rest = [json.loads(line) for line in lines]
    return head["space"], [_arrived(line, registry) for line in rest if "header" in line]


def _arrived(line: Mapping[str, Any], registry: Registry) -> Arrived:
    header = read_header(line["header"])
    kind = registry.find(header.kind, header.version)
    payload = json.loads(line["payload"]) if line["payload"] is not None else None
    given = kind.for_fold(payload) if kind is not None else None
    return Arrived(line["position"], entry_digest(line["header"].encode()), header, given)


def remembered(lines: list[bytes], registry: Registry) -> dict[str, Any]:
    """Return what must never change of a file: verdicts, and hashes of what the things are and of what they hold."""
    space, entries = arrivals_of(lines, registry)
    state = fold(space, entries, registry)
    verdicts = [(one.digest, state.verdict(one.header, one.digest)) for one in entries]
    return {
        "entries": len(entries),
        "kinds": dict(sorted(Counter(f"{one.header.kind} {one.header.version}" for one in entries).items())),
        "verdicts": dict(sorted(Counter(verdict for _, verdict in verdicts).items())),
        "verdicts_sha256": _hash(verdicts),
        **_states(state),
    }


def _states(state: SpaceState) -> dict[str, Any]:
    told: dict[str, Any] = {subject: dict(thing) for subject, thing in summary(state).items()}  # type: ignore[call-overload]
    data = {subject: thing.pop("data") for subject, thing in told.items()}
    groups = sorted((list(key), [subject for _, subject in members]) for key, members in state.groups.items())
    return {
        "things": len(told),
        "things_sha256": _hash(told),
        "data_sha256": _hash(data),
        "groups_sha256": _hash(groups),
    }


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
