"""Noticing what other processes commit: a thread that a bell wakes, and that asks the log what is new.

A bell only wakes (F17): it may ring for nothing, and the log is asked once a second whether it rang or not.
"""

import contextlib
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol

import psycopg

logger = logging.getLogger(__name__)
CHANNEL = "gemensam"
AT_LEAST_EVERY = 1.0
LOOK_EVERY = 0.02  # 2.6 microseconds a look: 0.01 % of a core


class Bell(Protocol):
    """Waits for a sign of a commit."""

    def wait(self, seconds: float) -> bool:
        """Whether the bell rang within this time."""


class SQLiteBell:
    """Rings when another connection has committed: `PRAGMA data_version` on a connection that never writes."""

    def __init__(self, connection: sqlite3.Connection, stopped: threading.Event) -> None:
        self._connection, self._stopped = connection, stopped
        self._version = self._look()

    def wait(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while not self._stopped.wait(LOOK_EVERY) and time.monotonic() < until:
            if (version := self._look()) != self._version:
                self._version = version
                return True
        return False

    def _look(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])


class PostgreSQLBell:
    """Rings when a transaction that said `NOTIFY gemensam` has committed."""

    def __init__(self, connection: "psycopg.Connection[tuple[object, ...]]") -> None:
        self._connection = connection
        connection.execute(f"LISTEN {CHANNEL}")

    def wait(self, seconds: float) -> bool:
        # Several commits are one ringing: the log is asked once for all of them.
        return any(True for _ in self._connection.notifies(timeout=seconds, stop_after=1))


Hang = Callable[[threading.Event], AbstractContextManager[Bell]]


def sqlite_bell(path: str) -> Hang:
    """A bell on this database file, on a connection of its own."""

    @contextlib.contextmanager
    def hung(stopped: threading.Event) -> Iterator[Bell]:
        with contextlib.closing(sqlite3.connect(path, isolation_level=None, timeout=1)) as connection:
            connection.execute("PRAGMA query_only=ON")
            yield SQLiteBell(connection, stopped)

    return hung


def postgresql_bell(conninfo: str) -> Hang:
    """A bell on this PostgreSQL database, on a connection of its own outside every pool."""

    @contextlib.contextmanager
    def hung(_stopped: threading.Event) -> Iterator[Bell]:
        with psycopg.connect(conninfo, autocommit=True) as connection:
            yield PostgreSQLBell(connection)

    return hung


class Watcher:
    """The thread: rings through to `noticed`; hangs the bell up again when the database has been away.

    `at_most_every`: seconds to rest after a ring, for whoever need not hear of each commit of a stream.
    """

    def __init__(
        self, hang: Hang, noticed: Callable[[], None], *, at_least_every: float = AT_LEAST_EVERY,
        at_most_every: float = 0.0,
    ) -> None:  # fmt: skip
        self._hang, self._noticed = hang, noticed
        self._at_least_every, self._at_most_every = at_least_every, at_most_every
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live-watch", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Stop within a second, without waiting for it."""
        self._stopped.set()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._noticed()  # also where no bell can be hung: then once a second
                with self._hang(self._stopped) as bell:
                    self._listen(bell)
            except Exception as fault:  # the database is away; whatever it raises, the watch goes on
                if not self._stopped.wait(self._at_least_every):
                    logger.warning("The log could not be watched just now, trying again: %s", fault)

    def _listen(self, bell: Bell) -> None:
        while not self._stopped.is_set():
            self._noticed()
            bell.wait(self._at_least_every)
            if self._at_most_every:
                self._stopped.wait(self._at_most_every)
