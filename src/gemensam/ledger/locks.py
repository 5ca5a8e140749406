"""The append lock (design 5.1): one writer at a time per space, positions in commit order."""

import fcntl
import hashlib
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

_held = threading.local()


@contextmanager
def append_lock(spaces: Sequence[str]) -> Iterator[None]:
    """Hold the lock of the given spaces around one durable, outermost transaction.

    SQLite: writers queue on a file lock, then BEGIN IMMEDIATE (without the queue one waits for seconds, F19).
    PostgreSQL: READ COMMITTED; an advisory lock per space, in sorted order, each a statement of its own (F18).
    Raises `RuntimeError` inside another transaction.
    """
    if connection.in_atomic_block:
        raise RuntimeError("an append is the outermost transaction")
    if connection.vendor == "sqlite":
        with _queued(), transaction.atomic(durable=True):
            yield
        return
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        for space in sorted(spaces):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_lock_number(space)])
        yield


@contextmanager
def _queued() -> Iterator[None]:
    descriptor = _descriptor(Path(settings.GEMENSAM_DATA) / "append.lock")
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def _descriptor(path: Path) -> int:
    """Return this thread's own descriptor: threads queue on the lock as processes do."""
    known: dict[str, int] | None = getattr(_held, "descriptors", None)
    if known is None or getattr(_held, "process", None) != os.getpid():
        known = _held.descriptors = {}
        _held.process = os.getpid()
    if str(path) not in known:
        known[str(path)] = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    return known[str(path)]


def _lock_number(space: str) -> int:
    return int.from_bytes(hashlib.sha256(space.encode()).digest()[:8], "big", signed=True)
