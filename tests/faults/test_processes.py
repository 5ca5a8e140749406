"""Several processes on one log: own entries at once, the same state whatever the hash seed, nobody starves."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.killing import Target, prepare
from tests.ids import new_id

STATE = """
import hashlib, json
import django; django.setup()
from gemensam.core.moment import Moment
from gemensam.core.state import summary
from gemensam.ledger.log import LOG
from gemensam.ledger.restoring import space_ids
told = [json.dumps(summary(LOG.catch_up(space)), sort_keys=True) for space in space_ids()]
groups = [[(key, members) for key, members in sorted(LOG.catch_up(space).groups.items())] for space in space_ids()]
print(hashlib.sha256(repr((told, groups)).encode()).hexdigest())
"""
WRITERS = """
import sys, time
import django; django.setup()
from django.db import connection
from gemensam.ledger.locks import append_lock
def turns(cursor):
    cursor.execute("SELECT version FROM ledger_space WHERE id = %s", [sys.argv[1]])
    return cursor.fetchone()[0]
def write():
    with connection.cursor() as cursor:
        asked = turns(cursor)
        with append_lock([sys.argv[1]]):
            waited = turns(cursor) - asked
            cursor.execute("UPDATE ledger_space SET version = version + 1 WHERE id = %s", [sys.argv[1]])
            held = time.monotonic() + 0.003
            while time.monotonic() < held:
                pass
    return waited
write()
print("ready", flush=True)
sys.stdin.readline()
print(max(write() for _ in range(60)))
"""
# How many others wrote between asking and being let in, at most; of 16 × 60 turns.
IN_TURN = 240


def run(target: Target, program: str, *given: str, seed: str = "0") -> str:
    environment = {**target.environment(), "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", program, *given]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Target:
    return prepare(tmp_path_factory.mktemp("processes") / "data")


def test_three_hash_seeds_give_one_state(target: Target) -> None:
    assert len({run(target, STATE, seed=seed) for seed in ("1", "2", "3")}) == 1


@pytest.mark.check
def test_none_of_sixteen_writers_is_passed_by_again_and_again(target: Target) -> None:
    """Each holds the lock for 3 ms, as an append does: queueing they wait some 40 turns, else up to 900 (F19)."""
    command = [sys.executable, "-c", WRITERS, target.space]
    writers = [
        subprocess.Popen(command, env=target.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(16)
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    longest = [int(writer.communicate()[0]) for writer in writers]
    assert max(longest) < IN_TURN


def test_what_one_process_writes_another_reads_at_once(target: Target, tmp_path: Path) -> None:
    """POST to one server, GET from another at once: the own entry is there (F17)."""
    from tests.faults.killing import call, report, serving

    with serving(target) as one, serving(target) as other:
        for _ in range(20):
            entry = report()
            status, told = call(one, target.token, "POST", f"/api/v1/spaces/{target.space}/entries", entry)
            assert status == 201
            after = told["position"] - 1
            _, page = call(other, target.token, "GET", f"/api/v1/spaces/{target.space}/entries?after={after}")
            assert page["entries"][0]["digest"] == told["digest"]


def test_a_file_loaded_twice_writes_nothing_twice(target: Target, tmp_path: Path) -> None:
    payload = {"template": "full", "stated_at": 1763615400000, "summary": "Laddad.", "cells": []}
    lines = [
        {"id": new_id(), "space": target.space, "function": "nacka-tib", "kind": "report.published",
         "subject": new_id(), "payload": payload}
        for _ in range(700)
    ]  # fmt: skip
    file = tmp_path / "entries.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    command = [sys.executable, "-m", "gemensam", "load", "--data", str(target.data), str(file)]
    told = [
        subprocess.run(command, env=target.environment(), capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert told == ["700 entries written\n", "0 entries written\n"]
