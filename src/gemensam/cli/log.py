"""Commands about the log: verify, export, load, restore-node, maintain."""

import argparse
import hashlib
import os
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from gemensam.cli.setting_up import migrate, open_data
from gemensam.core.refusal import Refused
from gemensam.durable import settle_folder
from gemensam.ledger.verify import Verdict, check_file

LOAD_BATCH = 500


def verify(chosen: argparse.Namespace) -> int:
    """Check a file or a data folder; 0 when everything holds, 1 with every fault on stdout otherwise."""
    if chosen.file:
        with open(chosen.file, "rb") as file:
            head, verdict = check_file(file, every_signature=chosen.all)
        return _told(f"space {head['space']}", verdict)
    open_data()
    from gemensam.ledger.checking import check_database

    codes = [_told(f"space {space}", verdict) for space, verdict in check_database(every_signature=chosen.all)]
    return max(codes, default=0)


def _told(what: str, verdict: Verdict) -> int:
    for code, where in verdict.faults[:100]:
        print(f"{what}: {code} at {where}")
    hidden = len(verdict.faults) - 100
    if hidden > 0:
        print(f"{what}: and {hidden} more faults")
    heads = ", ".join(
        f"{feed.node}/{feed.incarnation} {head.number} {head.digest[:16]}"
        for feed, head in sorted(verdict.feeds.items())
    )
    gone = f", {verdict.missing_payloads} texts disposed of" if verdict.missing_payloads else ""
    state = "holds" if verdict.holds else "DOES NOT HOLD"
    print(f"{what} {state}: {verdict.entries} entries, {verdict.signatures} signatures checked{gone}; heads: {heads}")
    return 0 if verdict.holds else 1


def export(chosen: argparse.Namespace) -> None:
    """Write a space to a new file."""
    open_data()
    out = Path(chosen.out)
    if out.exists():
        raise Refused("file_exists", file=out)
    from gemensam.ledger.checking import operator_lens
    from gemensam.ledger.export import export_lines

    lines = export_lines(operator_lens(chosen.space), chosen.space)
    partial = out.with_name(out.name + ".part")
    try:
        with partial.open("xb") as file:
            count = sum(1 for line in lines if file.write(line))
            file.flush()
            os.fsync(file.fileno())
        partial.replace(out)
        settle_folder(out.parent)
    finally:
        partial.unlink(missing_ok=True)
    print(f"{count - 2} lines of entries and attachments written to {out}")


def load(chosen: argparse.Namespace) -> None:
    """Write the entries of a file, 500 to a commit; a repeated run writes nothing twice."""
    open_data()
    migrate()
    with open(chosen.file, "rb") as file:
        written = sum(_load_batch(batch) for batch in _batches(enumerate(file, 1)))
    print(f"{written} entries written")


def _batches(lines: Iterator[tuple[int, bytes]]) -> Iterator[list[tuple[int, str, Any, str]]]:
    batch: list[tuple[int, str, Any, str]] = []
    for number, line in lines:
        batch.append(_entry(number, line))
        if len(batch) == LOAD_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _entry(number: int, line: bytes) -> tuple[int, str, Any, str]:
    from gemensam.api.intake import draft_from, read_object

    try:
        value = dict(read_object(line))
        space, function = _named(value, "space"), _named(value, "function")
        draft, key = draft_from(space, value)
    except Refused as refused:
        raise Refused("line_refused", line=number, why=str(refused)) from refused
    return number, function, draft, key


def _named(value: dict[str, Any], name: str) -> str:
    found = value.pop(name, None)
    if not isinstance(found, str) or not found:
        raise Refused("malformed_entry", field=name)
    return found


def _load_batch(batch: list[tuple[int, str, Any, str]]) -> int:
    from gemensam.ledger.append import append
    from gemensam.ledger.checking import loader

    written = 0
    for function, group in groupby(batch, key=lambda entry: entry[1]):
        entries = list(group)
        keys = [key for _, _, _, key in entries]
        whole = hashlib.sha256("\n".join(keys).encode()).hexdigest() if all(keys) else ""
        try:
            receipts = append(loader(function), [draft for _, _, draft, _ in entries], key=whole)
        except Refused as refused:
            span = f"{entries[0][0]}–{entries[-1][0]}"
            raise Refused("line_refused", line=span, why=str(refused)) from refused
        written += sum(1 for receipt in receipts if not receipt.repeated)
    return written


def restore_node(chosen: argparse.Namespace) -> None:
    """Begin a new incarnation where the database is behind what was acknowledged."""
    open_data()
    migrate()
    from gemensam.ledger.restoring import restore

    restored = restore()
    for space, acknowledged, found in restored.lost:
        print(f"space {space}: entries {found + 1}–{acknowledged} were acknowledged and are not in this database")
    print(f"Incarnation {restored.incarnation} begins. Nothing is sent because of earlier entries.")


def maintain(chosen: argparse.Namespace) -> None:
    """Remove the last traces of disposed texts, and make what an upgrade wants made anew."""
    open_data()
    migrate()
    from django.db import connection

    from gemensam.ledger.disposal import sweep_postgresql, sweep_sqlite
    from gemensam.ledger.extracts import make_extracts

    if made := make_extracts():
        print(f"{made} extracts made, from which large spaces are read")
    (sweep_sqlite if connection.vendor == "sqlite" else sweep_postgresql)()
    print("Done. Backups and archived write-ahead logs keep what they held.")
