"""Whose turn it is: of several workers on one data folder or database, one is active for each kind of work."""

import fcntl
import hashlib
import os
from pathlib import Path

from django.conf import settings
from django.db import connection


class Turn:
    """A file lock, and on PostgreSQL an advisory lock of this thread's connection as well."""

    def __init__(self, name: str = "worker") -> None:
        self._name = name
        self._number = int.from_bytes(hashlib.sha256(f"gemensam/{name}".encode()).digest()[:8], "big", signed=True)

    def __enter__(self) -> "Turn":
        path = Path(settings.GEMENSAM_DATA) / f"{self._name}.lock"
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        return self

    def __exit__(self, *_error: object) -> None:
        os.close(self._descriptor)

    def mine(self) -> bool:
        """Whether this worker is the active one; takes the turn when it is free."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return connection.vendor == "sqlite" or self._advisory()

    def _advisory(self) -> bool:
        # Asked in this order: a lock that this connection holds already is not taken once more.
        held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted"
        with connection.cursor() as cursor:
            cursor.execute(f"{held} AND ((classid::bigint << 32) | objid::bigint) = %s", [self._number])
            if cursor.fetchone()[0]:
                return True
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [self._number])
            return bool(cursor.fetchone()[0])
