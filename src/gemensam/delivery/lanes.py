"""The threads of one channel: as many messages under way as it bears, and no other channel waits for them."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from gemensam.delivery.channel import UNKNOWN, Channel, Outcome
from gemensam.delivery.outbox import Message

CameBack = Callable[[str, Outcome], None]
Freed = Callable[[], None]
logger = logging.getLogger(__name__)


class Lane:
    """Sends by one channel. `came_back(key, outcome)` and then `freed()` are called in the sending thread."""

    def __init__(self, channel: Channel, came_back: CameBack, freed: Freed) -> None:
        self._channel, self._came_back, self._freed = channel, came_back, freed
        self._pool = ThreadPoolExecutor(channel.threads, thread_name_prefix=f"send-{channel.name}")
        self._lock = threading.Lock()
        self.active = 0

    @property
    def free(self) -> int:
        """How many more messages can be under way now."""
        return self._channel.threads - self.active

    def send(self, message: Message, key: str) -> None:
        """Hand a message to a free thread."""
        with self._lock:
            self.active += 1
        self._pool.submit(self._send, message, key)

    def close(self) -> None:
        """Wait for what is under way."""
        self._pool.shutdown(wait=True)

    def _send(self, message: Message, key: str) -> None:
        try:
            outcome = self._channel.send(message, key)
        except Exception:
            logger.exception("the channel %s failed", self._channel.name)
            outcome = Outcome(UNKNOWN, reason="fault")
        # Told before the thread counts as free: whoever sees nothing under way finds everything told.
        self._came_back(key, outcome)
        with self._lock:
            self.active -= 1
        self._freed()
