"""A full disk and a locked database give a clear refusal and lose nothing acknowledged."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from gemensam.core.refusal import Refused
from tests.faults.killing import Acknowledged, Target, check, prepare
from tests.ledger.reports import report
from tests.network import Network

FILL = """
import json, os, sys
import django; django.setup()
from gemensam.core.policy import Principal
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft
from gemensam.ledger.append import append
from tests.ids import new_id
space, ballast = sys.argv[1:]
nacka = Principal("writer", "nacka", "nacka-tib", frozenset())
def write():
    cells = [{"row": row, "status": "allvarlig", "text": "x" * 480} for row in ("el", "it", "vag", "skola", "varme")]
    payload = {"template": "full", "stated_at": 1763615400000, "summary": "Elavbrott.", "cells": cells}
    receipt = append(nacka, [Draft("report.published", space, new_id(), payload)])[0]
    told[receipt.subject] = receipt.digest
told = {}
refused = ""
for _ in range(3000):
    try:
        write()
    except Refused as full:
        refused = full.code
        break
os.remove(ballast)
write()
print(json.dumps({"refused": refused, "told": told}))
"""


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk in memory with room for little."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    place = Path(tempfile.mkdtemp(prefix="gemensam-small-"))
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if made.returncode:
        place.rmdir()
        pytest.skip(f"this machine mounts no disk in memory: {made.stderr.decode().strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)
        place.rmdir()


def test_a_full_disk_is_refused_in_words_and_nothing_acknowledged_is_lost(small_disk: Path) -> None:
    target = prepare(small_disk / "data")
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * (4 * 1024 * 1024))
    command = [sys.executable, "-c", FILL, target.space, str(ballast)]
    done = subprocess.run(command, env=target.environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    import json

    given = json.loads(done.stdout)
    assert given["refused"] == "storage_full"
    assert len(given["told"]) > 10
    check(Target(target.data, "", target.space, ""), Acknowledged(digests=given["told"]))


def test_a_locked_database_is_refused_in_words_and_works_again(network: Network) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("on PostgreSQL writers of other programs do not lock the log")
    import sqlite3

    space = network.open_incident()
    other = sqlite3.connect(network.data / "gemensam.sqlite3", isolation_level=None)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=50")
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(Refused, match="storage_busy"):
            network.write("nacka-tib", report(space))
    finally:
        other.execute("ROLLBACK")
        other.close()
    network.write("nacka-tib", report(space))
    assert network.lens("nacka-tib").state(space).position == 2
