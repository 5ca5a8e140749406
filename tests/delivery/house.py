"""What tests of the outbox share: items caused by an entry, a source that gives them, a dispatcher that runs."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from gemensam.delivery import outbox
from gemensam.delivery.channels import channels
from gemensam.delivery.dispatch import Dispatcher
from gemensam.delivery.outbox import Answer, Item, Message
from gemensam.delivery.rules import Attempt
from gemensam.ledger.append import now_ms
from tests.delivery.outside import PATIENCE_S
from tests.ledger.reports import report
from tests.network import Network

MINUTE = 60_000
NUMBER = "+46700000001"


@dataclass
class House:
    """A network with an incident, a source of items, and what was answered."""

    network: Network
    space: str
    cause: str
    items: list[Item] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    said: str | None = None

    def source(self, _now: int) -> Iterable[Item]:
        return list(self.items)

    def take(self, answer: Answer) -> str | None:
        self.answers.append(answer)
        return self.said

    def item(self, name: str = "larm", channel: str = "sms", address: str = NUMBER, **more: Any) -> Item:
        """Add an item that is due now and may be sent for ten minutes."""
        now = now_ms()
        told = {"text": "SSR LARM 15.08. Snöoväder. Svara 1 ja 2 senare 3 nej", "mark": more.pop("mark", "")}
        message = Message(channel, address, **{**told, **more.pop("message", {})})
        given = {"space": self.space, "cause": self.cause, "due_at": now, "not_after": now + 10 * MINUTE,
                 "reply_to": "callout", **more}  # fmt: skip
        made = Item(name, message=message, **given)
        self.items.append(made)
        return made

    def attempts(self, name: str = "larm") -> tuple[Attempt, ...]:
        return outbox.attempts_of([name]).get(name, ())

    def states(self, name: str = "larm") -> list[str]:
        return [one.state for one in self.attempts(name)]


def open_house(network: Network, space: str = "") -> House:
    """Register a source of a house's own, caused by a report in an incident."""
    space = space or network.open_incident()
    receipt = network.write("nacka-tib", report(space))[0]
    house = House(network, space, receipt.digest)
    outbox.register_source("house", house.source)
    outbox.register_answers("house", house.take)
    return house


class Running:
    """A dispatcher that is stepped by the test, with the real channels of the settings."""

    def __init__(self) -> None:
        self._woken = threading.Event()
        self.dispatcher = Dispatcher(channels(), self._woken.set)

    def run(self, now: int | None = None) -> None:
        """Look, send, and write what came of it, until nothing is under way."""
        self.dispatcher.step(now_ms() if now is None else now, asked=True)
        while self.dispatcher.is_busy:
            assert self._woken.wait(PATIENCE_S), "a channel did not come back"
            self._woken.clear()
            self.dispatcher.step(now_ms() if now is None else now)
