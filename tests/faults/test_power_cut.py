"""A power cut: what lies on the disk at any instant holds everything that was acknowledged (design 5.1).

The database lies on ext4 in a loop-mounted file. The writer is stopped at a random moment and the file copied as it is
on the disk; what the kernel still kept in memory is not in the copy. With `synchronous=OFF` the same test fails.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gemensam.ledger.node import signer
from tests.faults.killing import Acknowledged, Target, check, found, prepare

ROUNDS = 5
pytestmark = [
    pytest.mark.check,
    pytest.mark.skipif(os.geteuid() != 0, reason="mounting a loop disk needs root"),
    pytest.mark.skipif(shutil.which("mkfs.ext4") is None, reason="mkfs.ext4 is not installed"),
]

WRITER = """
import json, sys
import django; django.setup()
from django.db import connection
from gemensam.core.policy import Principal
from gemensam.core.writing import Draft
from gemensam.ledger.append import append
from tests.ids import new_id
space, pragma = sys.argv[1:]
with connection.cursor() as cursor:
    cursor.execute("PRAGMA synchronous=" + pragma)
nacka = Principal("writer", "nacka", "nacka-tib", frozenset())
payload = {"template": "full", "stated_at": 1763615400000, "summary": "Elavbrott.",
           "cells": [{"row": "el", "status": "allvarlig", "text": "Tre områden."}]}
for _ in range(100000):
    receipt = append(nacka, [Draft("report.published", space, new_id(), payload)])[0]
    print(json.dumps([receipt.subject, receipt.digest]), flush=True)
"""


@contextmanager
def disk(home: Path, name: str) -> Iterator[tuple[Path, Path]]:
    """Give a loop-mounted ext4 disk: its file and where it is mounted."""
    image, place = home / f"{name}.img", home / name
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(96 * 1024 * 1024)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True)
    with mounted(image, place):
        yield image, place


@contextmanager
def mounted(image: Path, place: Path) -> Iterator[None]:
    try:
        subprocess.run(["mount", "-o", "loop", str(image), str(place)], check=True, capture_output=True)
    except subprocess.CalledProcessError as refused:
        pytest.skip(f"this machine mounts no loop disk: {refused.stderr.decode().strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.fixture
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="gemensam-power-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def cut(target: Target, image: Path, copy: Path, after_s: float, synchronous: str) -> Acknowledged:
    """Write until a moment, stop the writer, copy the disk as it is, end the writer; returns what it was told."""
    command = [sys.executable, "-c", WRITER, target.space, synchronous]
    with subprocess.Popen(command, env=target.environment(), stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        lines = [writer.stdout.readline()]
        reader = threading.Thread(target=lambda: lines.extend(writer.stdout or []))
        reader.start()
        threading.Event().wait(after_s)
        os.kill(writer.pid, signal.SIGSTOP)
        told_before_copy = len(lines)
        shutil.copyfile(image, copy)
        os.kill(writer.pid, signal.SIGKILL)
        reader.join()
    pairs = [json.loads(line) for line in lines[:told_before_copy]]
    return Acknowledged(digests=dict(pairs))


def settled(place: Path) -> Target:
    """Give a network that was founded long ago: what was copied for the test is on the disk, as it would be by then."""
    target = prepare(place / "data")
    subprocess.run(["sync", "--file-system", str(place)], check=True)
    return target


def test_a_network_that_has_been_founded_is_on_the_disk(home: Path) -> None:
    with disk(home, "disk") as (image, place):
        found(place / "data")
        shutil.copyfile(image, home / "copy.img")
        (home / "after").mkdir()
        with mounted(home / "copy.img", home / "after"):
            data = home / "after" / "data"
            for name in ("gemensam.toml", "secret.key", "node.key", "node.json", "tls/key.pem", "tls/certificate.pem"):
                assert (data / name).read_bytes() == (place / "data" / name).read_bytes(), name
            assert signer(data).node.public_key == signer(place / "data").node.public_key
            check(Target(data, "", "directory", ""), Acknowledged())


def test_what_was_acknowledged_is_on_the_disk(home: Path) -> None:
    chance = random.Random(3)
    with disk(home, "disk") as (image, place):
        target = settled(place)
        (home / "after").mkdir()
        for _ in range(ROUNDS):
            told = cut(target, image, home / "copy.img", chance.uniform(0.1, 0.6), "FULL")
            assert told.digests
            with mounted(home / "copy.img", home / "after"):
                check(Target(home / "after" / "data", "", target.space, ""), told)


def test_the_test_would_notice_a_database_that_does_not_wait_for_the_disk(home: Path) -> None:
    with disk(home, "disk") as (image, place):
        target = settled(place)
        (home / "after").mkdir()
        told = cut(target, image, home / "copy.img", 0.5, "OFF")
        with mounted(home / "copy.img", home / "after"), pytest.raises(AssertionError):
            check(Target(home / "after" / "data", "", target.space, ""), told)
