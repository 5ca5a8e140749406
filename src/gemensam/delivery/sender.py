"""The thread that empties the outbox: woken by commits, looking each second, active in one process at a time."""

import logging
import threading
import time
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from gemensam.delivery import heartbeat, outbox
from gemensam.delivery.attempts import ADDRESSES_KEPT_MS, forget_addresses
from gemensam.delivery.channels import channels
from gemensam.delivery.dispatch import BEAT_S, GAP_S, Dispatcher
from gemensam.delivery.speech import forget_sounds
from gemensam.delivery.turn import Turn
from gemensam.ledger.append import now_ms
from gemensam.live.access import bell
from gemensam.live.watch import Watcher

HEARD_S = 0.25
BEATS_EVERY_MS = 2_000
TIDIED_EVERY_MS = 60 * 60 * 1000
logger = logging.getLogger(__name__)


class Sender:
    """Looks and sends until stopped; a second one on the same data folder waits for its turn."""

    def __init__(self, beat_s: float = BEAT_S) -> None:
        self._beat_s = beat_s
        self._stopped, self._woken, self._asked = threading.Event(), threading.Event(), threading.Event()
        self._heard = threading.Event()
        self._thread = threading.Thread(target=self.run, name="sender", daemon=True)
        self._told_at = self._tidied_at = 0
        self._is_active = False

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End within seconds: nothing more is begun, what is under way is waited for."""
        self._stopped.set()
        self._woken.set()
        self._thread.join(timeout=30)

    def wake(self) -> None:
        """Look at once; from any thread."""
        self._asked.set()
        self._woken.set()

    def run(self) -> None:
        """The thread's work."""
        watcher = Watcher(bell(), self._heard.set, at_most_every=HEARD_S)  # what is committed, by whatever process
        outbox.on_wake(self.wake)
        watcher.start()
        dispatcher = Dispatcher(channels(), self._woken.set)
        try:
            with Turn("sender") as turn:
                while not self._stopped.is_set():
                    self._step(turn, dispatcher)
                    self._rest()
                self._close(dispatcher)
        finally:
            watcher.stop()
            outbox.forget_waker(self.wake)
            connection.close()

    def _rest(self) -> None:
        """Wait until woken, at most a beat; what has been committed meanwhile is looked at after a moment.

        A stream of reports rings without pause, and no look must take their writers' time.
        """
        until = time.monotonic() + (GAP_S if self._asked.is_set() else self._beat_s)
        while not self._woken.wait(min(HEARD_S, max(0.0, until - time.monotonic()))):
            if self._heard.is_set():
                self._heard.clear()
                self._asked.set()
                break
            if time.monotonic() >= until:
                break
        self._woken.clear()

    def _step(self, turn: Turn, dispatcher: Dispatcher) -> None:
        """One step in one's turn; a database that is away ends this step and not the thread."""
        asked = self._asked.is_set() and dispatcher.may_look
        if asked:
            self._asked.clear()
        try:
            close_old_connections()
            if self._mine(turn, dispatcher):
                dispatcher.step(now_ms(), asked=asked)
                self._tell(dispatcher, now_ms())
        except (DatabaseError, OSError):
            logger.exception("the outbox could not be emptied; it is tried again")
            self._stopped.wait(GAP_S)

    def _mine(self, turn: Turn, dispatcher: Dispatcher) -> bool:
        mine = turn.mine()
        if mine and not self._is_active:
            dispatcher.take_over(now_ms())
        self._is_active = mine
        return mine

    def _tell(self, dispatcher: Dispatcher, now: int) -> None:
        """Write the heartbeat, with when the oldest message fell due that has not been begun; tidy now and then."""
        if abs(now - self._told_at) >= BEATS_EVERY_MS:
            heartbeat.note_sending(now, dispatcher.oldest_due)
            self._told_at = now
        if abs(now - self._tidied_at) >= TIDIED_EVERY_MS:
            forget_addresses(now)
            forget_sounds(Path(settings.GEMENSAM_DATA), (now - ADDRESSES_KEPT_MS) / 1000)
            self._tidied_at = now

    def _close(self, dispatcher: Dispatcher) -> None:
        try:
            dispatcher.close()
        except DatabaseError:
            logger.exception("what came of the last messages could not be written: they will count as unknown")
