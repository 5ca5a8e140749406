"""In the program itself: a banner on every page of the function.

Its words are drawn by the ordinary path (`outbox.due_for`); an attempt here only records that it was there to be seen.
"""

from collections.abc import Mapping
from typing import Any

from gemensam.delivery.channel import SENT, Outcome
from gemensam.delivery.outbox import Message


class AppChannel:
    """Reaches nobody outside the program, so that exercises use it freely."""

    name = "app"
    is_live = False
    is_local = True
    threads = 1

    def missing(self) -> str:
        return ""

    def prepare(self, message: Message) -> Mapping[str, Any]:
        return {}

    def send(self, message: Message, key: str) -> Outcome:
        return Outcome(SENT)
