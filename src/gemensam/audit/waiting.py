"""The queue between a page and the local log: a page never waits for it (design 5.7).

In a server a background thread writes what has gathered, a few times a second (`start`); other processes write it
themselves (`flush`). What waits when the process is killed is lost, at most `GATHER_SECONDS` of it; what the queue had
no room for is counted, and the count is itself a record.
"""

import atexit
import logging
import os
import threading
import time
from collections import deque

from django.db import Error, connection

from gemensam.audit.domain import Line, detail_text
from gemensam.audit.storing import Row, store
from gemensam.ledger.locks import append_lock

CAPACITY = 20_000
BATCH = 2_000
GATHER_SECONDS = 0.25
RETRY_SECONDS = 2.0
logger = logging.getLogger("gemensam.audit")


class Queue:
    """Rows on their way to the database. Methods may be called from any thread."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._rows: deque[Row] = deque()
        self._lost = 0
        self._counting = threading.Lock()
        self._writing = threading.Lock()
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def put(self, row: Row) -> bool:
        """Take a row for writing; False, and counted as lost, where the queue is full."""
        if len(self._rows) >= self._capacity:
            with self._counting:
                self._lost += 1
            return False
        self._rows.append(row)
        if not self._wake.is_set():
            self._wake.set()
        return True

    def start(self) -> None:
        """Write in the background from now on, until `close` or the end of the process."""
        if self._thread is None:
            self._stop.clear()
            self._thread = threading.Thread(target=self._run, name="audit", daemon=True)
            self._thread.start()
            atexit.register(self.close)

    def flush(self) -> None:
        """Write everything that waits, in the calling thread; raises the database's error and keeps the rows."""
        with self._writing:
            while self._rows or self._lost:
                self._write_batch()

    def close(self) -> None:
        """Stop the thread, if there is one, and write what is left; an error is logged: nobody is there to be told."""
        self._stop.set()
        self._wake.set()
        if self._thread:
            self._thread.join(timeout=5)
            self._thread = None
        try:
            self.flush()
        except Error:
            logger.exception("the local log lost %d records at the end of the process", len(self._rows))

    def clear(self) -> None:
        """Forget what waits: a forked child must not write its parent's rows again."""
        self._rows.clear()
        self._lost = 0
        self._thread = None
        self._wake.clear()

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                self._wake.wait()
                self._stop.wait(GATHER_SECONDS)
                self._wake.clear()
                self._try_flush()
        finally:
            connection.close()

    def _try_flush(self) -> None:
        try:
            self.flush()
        except Error:
            logger.exception("the local log cannot be written; %d records wait", len(self._rows))
            connection.close()
            self._wake.set()
            self._stop.wait(RETRY_SECONDS)

    def _write_batch(self) -> None:
        batch = [self._rows[place] for place in range(min(len(self._rows), BATCH))]
        lost, self._lost = self._lost, 0
        try:
            _store([*batch, *_lost_line(lost)])
        except BaseException:
            self._lost += lost
            raise
        for _ in batch:
            self._rows.popleft()


def _store(rows: list[Row]) -> None:
    """Write as one more writer in the log's queue, so that no append meets us in SQLite's busy handler (F19)."""
    if connection.in_atomic_block:
        store(rows)
        return
    with append_lock(()):
        store(rows)


def _lost_line(lost: int) -> list[Line]:
    at = time.time_ns() // 1_000_000
    return [Line(at=at, action="records_lost", detail=detail_text({"count": lost}))] if lost else []


queue = Queue()
os.register_at_fork(after_in_child=queue.clear)
