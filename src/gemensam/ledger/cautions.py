"""Cautions: what a writer is asked about before it is written, and may answer with one more press.

One place for every form, program and kind of entry: `append` asks here. What a request has answered is held for as long
as it is served (`heeding`); outside of it nothing is answered, and a caution refuses.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from gemensam.core.personal_numbers import find_personal_numbers
from gemensam.core.refusal import Refused

PERSONAL_NUMBER, STOP = "personal_number", "stop_question"


@dataclass(frozen=True, slots=True)
class Caution:
    """What was asked: `code` as in the refusal, `token` that answers it, and what it is about, as written."""

    code: str
    token: str
    about: str


@dataclass
class Heeded:
    """What a request has answered, by token or for all of a code, and what it was asked and had not answered."""

    answered: frozenset[str] = frozenset()
    asked: list[Caution] = field(default_factory=list)


_heeded: ContextVar[Heeded | None] = ContextVar("heeded", default=None)


@contextmanager
def heeding(answered: Iterable[str]) -> Iterator[Heeded]:
    """Hold a request's answers within the block, and collect what it is asked."""
    held = Heeded(frozenset(answered))
    token = _heeded.set(held)
    try:
        yield held
    finally:
        _heeded.reset(token)


def check_texts(texts: Iterable[str]) -> None:
    """Raise `Refused("personal_number")` where a text holds such a number that the writer has not answered for."""
    unanswered = [one for one in map(_number, find_personal_numbers(texts)) if not _ask(one)]
    if unanswered:
        raise Refused(PERSONAL_NUMBER)


def ask_stop(mark: str) -> None:
    """Raise `Refused("stop_question")` for a mark of secrecy that asks whether it belongs here at all (R49)."""
    if not _ask(Caution(STOP, hashlib.sha256(mark.encode()).hexdigest()[:16], mark)):
        raise Refused(STOP, mark=mark)


def _number(written: str) -> Caution:
    digits = "".join(sign for sign in written if sign.isdigit())
    return Caution(PERSONAL_NUMBER, hashlib.sha256(digits.encode()).hexdigest()[:16], written)


def _ask(caution: Caution) -> bool:
    """Return whether it is answered; note it where it is not."""
    held = _heeded.get()
    if held is None:
        return False
    if not held.answered.isdisjoint((caution.token, caution.code)):
        return True
    if caution not in held.asked:
        held.asked.append(caution)
    return False
