"""The worker: one active per data folder, a heartbeat, the jobs that rooms have registered, and the outbox.

A job is computed from the state and the clock each time, so that a missed beat loses nothing. The outbox has a thread
and a turn of its own (`sender`): no job holds a call-out up.
"""

import logging
import signal
import threading
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from gemensam.core.refusal import Refused
from gemensam.delivery import heartbeat
from gemensam.delivery.turn import Turn
from gemensam.ledger.append import now_ms
from gemensam.ledger.node import read_node
from gemensam.ledger.restoring import space_ids
from gemensam.ledger.seals import seal_due

BEAT_S = 10.0
Job = Callable[[int], None]
_jobs: list[Job] = []
logger = logging.getLogger(__name__)


def register_job(job: Job) -> None:
    """Have `job(now)` called at every beat by the active worker; it must be quick when nothing is due."""
    if job not in _jobs:
        _jobs.append(job)


def seal_spaces(now: int) -> None:
    """Seal the arrivals of every space where an hour has passed (design 5.7)."""
    node = read_node(Path(settings.GEMENSAM_DATA))
    for space in space_ids():
        seal_due(space, node, now)


register_job(seal_spaces)


class Worker:
    """Beats and sends until stopped. A second one on the same data folder waits for its turn."""

    def __init__(self, beat_s: float = BEAT_S) -> None:
        self._beat_s = beat_s
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)
        # Loaded here: channels bring much with them, and a process that only serves needs none of it at its start.
        from gemensam.delivery.sender import Sender

        self._sender = Sender()

    def start(self) -> None:
        self._thread.start()
        self._sender.start()

    def stop(self) -> None:
        self._stopped.set()
        self._sender.stop()
        self._thread.join(timeout=5)

    def run_alone(self) -> None:
        """Run in this process until SIGTERM or SIGINT; raises `Refused("worker_running")` at once if not the one."""
        with Turn() as turn:
            if not turn.mine():
                raise Refused("worker_running")
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stopped.set())
        self._sender.start()
        self._run()
        self._sender.stop()

    def _run(self) -> None:
        with Turn() as turn:
            while not self._stopped.is_set():
                _beat_if_mine(turn)
                self._stopped.wait(self._beat_s)
        connection.close()


def _beat_if_mine(turn: Turn) -> None:
    """Beat in one's turn; a full disk or a database that is away ends this beat and not the worker."""
    try:
        close_old_connections()
        if turn.mine():
            beat_once(now_ms())
    except (DatabaseError, OSError):
        logger.exception("the worker could not beat; it tries again")


def beat_once(now: int) -> None:
    """Do what is due now; a job that fails is told in the log and does not hold the others up."""
    close_old_connections()
    for job in _jobs:
        try:
            job(now)
        except Exception:
            logger.exception("the job %s failed", job.__name__)
    heartbeat.note_beat(now)
