"""Answers that come by a channel: each is taken once, by whoever registered for the item's source.

What a provider tells may come twice, late, in another order, or from somebody else. An answer counts only for an
attempt that was made; by SMS only from a number that the message went to, and even then senders can be forged: `via`
says so.
"""

from dataclasses import dataclass

from django.db import IntegrityError

from gemensam.delivery import attempts, outbox
from gemensam.delivery.channel import Incoming, Press
from gemensam.delivery.models import AttemptRow, Received
from gemensam.delivery.outbox import Answer
from gemensam.ledger.locks import append_lock

OLDEST_MS = 24 * 60 * 60 * 1000
LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as a channel brought it: its own id there, the word, when (ms UTC)."""

    channel: str
    reference: str
    word: str
    at: int


def take_sms(incoming: Incoming, now: int) -> str:
    """Take an answer by SMS; return what is answered to it, empty for nothing.

    It is about what went to that number last; the answer names what else went there within a day.
    """
    found = attempts.lately_to("sms", incoming.sender, now)
    word = _word(incoming.text)
    if not found or not word:
        return ""
    given = Given("sms", incoming.reference, word, _when(incoming.at, now))
    return take(given, found[0], also=tuple(dict.fromkeys(row.item for row in found[1:])))


def take_press(row: AttemptRow, press: Press, now: int) -> str:
    """Take a key pressed in a call."""
    return take(Given("voice", f"{press.reference}/{press.digit}", press.digit, now), row)


def take_push(row: AttemptRow, word: str, now: int) -> str:
    """Take a button pressed on a notification."""
    return take(Given("push", f"{row.token}/{word}", word, now), row)


def take(given: Given, row: AttemptRow, *, also: tuple[str, ...] = ()) -> str:
    """Have an answer taken, unless it was; return what is to be said to whoever answered.

    Noted only after it was taken: where that fails the provider tells once more, and the key makes it harmless.
    """
    taker = outbox.taker_of(row.source)
    known = Received.objects.filter(channel=given.channel, reference=given.reference[:150])
    if taker is None or not row.reply_to or known.exists():
        return ""
    key = f"{given.channel}:{given.reference}"
    said = taker(Answer(row.item, given.word, given.channel, given.at, key, row.reply_to, also))
    _note(given, row)
    return said or ""


def _note(given: Given, row: AttemptRow) -> None:
    try:
        with append_lock(()):
            Received.objects.create(
                channel=given.channel, reference=given.reference[:150], item=row.item, word=given.word, at=given.at
            )
    except IntegrityError:
        return  # the same answer, told twice at once: whoever took it used the same key


def _word(text: str) -> str:
    """The first word, without what phones put around it: `1.`, `"1"`, `1 ja`."""
    words = text.split()
    return words[0].strip(".,;:!?\"'()").casefold()[:LONGEST_WORD] if words else ""


def _when(at: int, now: int) -> int:
    """When it was answered: what the provider says, where that can be true."""
    return at if now - OLDEST_MS < at <= now else now
