"""The threads of one channel: as many messages under way as it bears, and no other channel waits for them."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from gemensam.delivery.channel import UNKNOWN, Channel, Outcome
from gemensam.delivery.outbox import Message

CameBack = Callable[[str, Outcome], None]
logger = logging.getLogger(__name__)


class Lane:
    """Sends by one channel; `came_back(key, outcome)` is called in the sending thread."""

    def __init__(self, channel: Channel, came_back: CameBack) -> None:
        self._channel, self._came_back = channel, came_back
        self._pool = ThreadPoolExecutor(channel.threads, thread_name_prefix=f"send-{channel.name}")

    def send(self, message: Message, key: str) -> None:
        """Hand a message to a free thread."""
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
        self._came_back(key, outcome)
