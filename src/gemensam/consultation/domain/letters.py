"""What goes out because of a remiss, computed from its state and the clock (design 6): nothing is queued.

The texts are items of the list `remiss_letters`; when reminders come is in `remiss_reminders` (`days_before`: negative
after the deadline). Who has answered gets no reminder; a deadline that is moved moves those that are still to come.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from gemensam.consultation.domain.board import has_answered
from gemensam.consultation.domain.remisses import SENT, WITHDRAWN, RemissData
from gemensam.core.state import Thing

DAY_MS = 86_400_000
GOES_ON_MS = 3 * DAY_MS  # past this a letter that could not be sent is shown as missed
SENDING, REMINDER, EXTENSION, WITHDRAWAL = "utskick", "paminnelse", "forlangd", "atertagen"


def with_link(text: str) -> str:
    """Return the item of `remiss_letters` for the same letter with the address of an answer link in it."""
    return f"{text}_svarslank"


class Letter(NamedTuple):
    """One letter to one member: `text` an item of `remiss_letters`, `cause` the entry that it goes out because of."""

    id: str
    member: str
    text: str
    cause: str
    due_at: int
    not_after: int


def letters(thing: Thing, reminders: Iterable[Mapping[str, Any]], now: int) -> Iterator[Letter]:
    """Yield the letters of a remiss that are due or still to come, not those that have become too old (ms UTC)."""
    data: RemissData = thing.data
    if not data.sent_at:
        return
    found = _withdrawal(thing, data) if thing.status == WITHDRAWN else _of_sent(thing, data, tuple(reminders))
    yield from (each for each in found if each.not_after > now)


def _withdrawal(thing: Thing, data: RemissData) -> Iterator[Letter]:
    for member in data.members:
        yield _letter(thing, member, WITHDRAWAL, (data.ended, data.ended_at))


def _of_sent(thing: Thing, data: RemissData, reminders: tuple[Mapping[str, Any], ...]) -> Iterator[Letter]:
    if thing.status != SENT:
        return
    for member in data.members:
        yield _letter(thing, member, SENDING, (data.sent, data.sent_at))
        if not has_answered(data, member):
            yield from _to_waiting(thing, member, reminders)


def _to_waiting(thing: Thing, member: str, reminders: tuple[Mapping[str, Any], ...]) -> Iterator[Letter]:
    data: RemissData = thing.data
    for extension in data.extensions[-1:]:
        yield _letter(thing, member, EXTENSION, extension)
    for reminder in data.reminders:
        yield _letter(thing, member, REMINDER, reminder)
    cause, since = data.extensions[-1] if data.extensions else (data.sent, data.sent_at)
    for item in reminders:
        due_at = data.deadline_at - int(item["days_before"]) * DAY_MS
        if due_at > since + DAY_MS:  # nobody is reminded of what has just come
            yield _letter(thing, member, REMINDER, (cause, due_at), str(item["code"]))


def _letter(thing: Thing, member: str, text: str, caused: tuple[str, int], which: str = "") -> Letter:
    """`caused`: by which entry, and when it is due (ms UTC)."""
    cause, due_at = caused
    own = f"{thing.subject}.{member}.{text}.{cause[:12]}"
    return Letter(f"{own}.{which}" if which else own, member, text, cause, due_at, due_at + GOES_ON_MS)
