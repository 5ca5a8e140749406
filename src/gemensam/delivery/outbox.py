"""What leaves the program: items computed from state and clock, and the attempts to hand them over (design section 6).

A capability registers a source and, where it takes answers, a taker. Nothing here is a queue: each look asks the
sources anew, so that what has been cancelled, answered or has become too old is simply not there any more. Times are in
milliseconds since the epoch, UTC.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gemensam.core.refusal import Refused
from gemensam.delivery.rules import Attempt, marked

__all__ = [
    "Answer", "Attempt", "Item", "Message", "attempts_because_of", "attempts_of", "items",
    "register_answers", "register_source", "taker_of", "wake",
]  # fmt: skip

logger = logging.getLogger(__name__)
CHANNELS = ("sms", "voice", "email", "push")


@dataclass(frozen=True)
class Message:
    """What is said, and to what address: a number (+46…), a mail address; for `push` the function's id.

    `text` is enough by itself. `subject`: the subject of a letter, the title of a push. `link`: a full address.
    `voice`: what a call says where it differs: `say` (text), and `after`, a text for each key that may be pressed.
    """

    channel: str
    address: str
    text: str
    subject: str = ""
    voice: Mapping[str, Any] = field(default_factory=dict)
    link: str = ""
    mark: str = ""

    @property
    def marked_text(self) -> str:
        """The text with its mark: PROV and ÖVNING are said in every channel (R9)."""
        return marked(self.text, self.mark)

    @property
    def marked_subject(self) -> str:
        return marked(self.subject, self.mark)


@dataclass(frozen=True)
class Item:
    """One message that is due. `id` is stable: the same state gives the same id, on every node and at every look.

    `cause` is the digest of the entry that caused it: unless this node wrote it in its present incarnation nothing goes
    out. `reply_to` is what an answer is about, empty where none is expected. `for_real`: from an exercise, and yet for
    the real recipients (a provlarm that says so; its message must carry the mark PROV).
    """

    id: str
    cause: str
    space: str
    due_at: int
    not_after: int
    message: Message
    reply_to: str = ""
    for_real: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered: `word` as given ("1", "2", …), `via` sms, voice or push, `at` when (ms UTC).

    `key` is the same for the same answer told twice: use it as the idempotency key. `also` are the other items that
    went to the same number lately, newest first: one person may stand on several lists.
    """

    item: str
    word: str
    via: str
    at: int
    key: str
    reply_to: str = ""
    also: tuple[str, ...] = ()


Source = Callable[[int], Iterable[Item]]
# What it returns is told to whoever answered: by SMS as a receipt. Raising makes the provider tell once more.
Taker = Callable[[Answer], str | None]
_sources: dict[str, Source] = {}
_takers: dict[str, Taker] = {}
_wakers: list[Callable[[], None]] = []
_waking: set[str] = set()


def register_source(name: str, source: Source, *, wakes: Iterable[str] = ()) -> None:
    """Have `source(now)` asked at each look, at least once a second: all items not finished, due or still to come.

    `wakes`: beginnings of kinds of entries (`larm.`) after which it is asked at once, and not at the next look.
    """
    _sources[name] = source
    _waking.update(wakes)


def register_answers(name: str, take: Taker) -> None:
    """Have `take(answer)` called for each answer to an item of the source of the same name; it may come twice."""
    _takers[name] = take


def taker_of(name: str) -> Taker | None:
    """Return who takes the answers to a source's items."""
    return _takers.get(name)


def items(now: int) -> Iterator[tuple[str, Item]]:
    """Yield (source, item) of every source; one that fails is told in the log and holds no other up."""
    for name, source in tuple(_sources.items()):
        try:
            yield from [(name, _checked(item)) for item in source(now)]
        except Exception:
            logger.exception("the source %s failed", name)


def _checked(item: Item) -> Item:
    if item.message.channel not in CHANNELS:
        raise Refused("unknown_channel", channel=item.message.channel)
    return item


def attempts_of(ids: Iterable[str]) -> Mapping[str, tuple[Attempt, ...]]:
    """Return the attempts of items by id, in the order of their numbers; an item without any is left out."""
    from gemensam.delivery import attempts

    return attempts.of(ids)


def attempts_because_of(cause: str) -> list[tuple[str, Attempt]]:
    """Return (`reply_to`, attempt) of all items that an entry caused, those too that are not due any more, by start."""
    from gemensam.delivery import attempts

    return attempts.because_of(cause)


def wake() -> None:
    """Look at once instead of at the next beat; never waits, never raises. Appends wake by themselves."""
    for waker in tuple(_wakers):
        waker()


def may_make_due(kind: str) -> bool:
    """Return whether an entry of this kind may have made something due."""
    return kind.startswith(tuple(_waking))


def on_wake(waker: Callable[[], None]) -> None:
    """Have `waker()` called by `wake`; it must not wait."""
    if waker not in _wakers:
        _wakers.append(waker)


def forget_waker(waker: Callable[[], None]) -> None:
    """Undo `on_wake`."""
    if waker in _wakers:
        _wakers.remove(waker)
