"""What a channel is, and what it tells: the whole interface that a further provider has to fill."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from gemensam.delivery.outbox import Message
from gemensam.delivery.rules import DELIVERED, FAILED, SENT, UNKNOWN

__all__ = ["DELIVERED", "FAILED", "SENT", "UNKNOWN", "Channel", "Incoming", "Outcome", "Press", "Provider", "Report"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of handing a message over: sent (taken by the channel), failed, or unknown.

    `again`: it certainly was not handed over, and may be in a moment. Unknown is what may have gone out: a time-out
    after the request was sent, an answer that says nothing. `reference` is the provider's id, `reason` its own words.
    """

    state: str
    reference: str = ""
    reason: str = ""
    again: bool = False


class Channel(Protocol):
    """A way to people. Each is used by several threads at once, and must answer or give up within 30 seconds."""

    @property
    def name(self) -> str:
        """sms, voice, email or push."""

    @property
    def is_local(self) -> bool:
        """Whether it leads to this machine alone, as in a demonstration or a test."""

    @property
    def threads(self) -> int:
        """How many messages may be under way at once."""

    def missing(self) -> str:
        """Return what is not set, as a code with words in `labels`; empty where the channel can be used."""

    def prepare(self, message: Message) -> Mapping[str, Any]:
        """Return what callbacks about the message will need, to be kept with the attempt. Quick; touches nothing."""

    def send(self, message: Message, key: str) -> Outcome:
        """Hand a message over; `key` is the attempt's secret, a part of the addresses for callbacks. Never raises."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a provider reports of a message: its id, the state, the time (ms UTC, 0 where it gives none)."""

    reference: str
    state: str
    at: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A key pressed in a call; `digit` is empty where none was, or the one that plays the message again (`again`).

    `reference` is the call's id.
    """

    reference: str
    digit: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """A text message that somebody sent us: the provider's id, numbers as +46…, the text, when it was sent (ms UTC)."""

    reference: str
    sender: str
    to: str
    text: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class CallScript:
    """What a call may play: addresses of sounds; `after` by the key that was pressed."""

    say: str
    after: Mapping[str, str] = field(default_factory=dict)


class Provider(Protocol):
    """Reads the callbacks of one provider. Each raises `Refused("bad_request")` for what it cannot read."""

    def read_report(self, form: Mapping[str, str]) -> Report: ...

    def read_hangup(self, form: Mapping[str, str]) -> Report: ...

    def read_press(self, form: Mapping[str, str]) -> Press: ...

    def read_incoming(self, form: Mapping[str, str]) -> Incoming: ...

    def call_goes_on(self, script: CallScript, press: Press, next_address: str) -> Mapping[str, Any]:
        """Return what the call does after a key: the JSON that the provider expects."""
