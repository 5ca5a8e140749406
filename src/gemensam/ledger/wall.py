"""The wall clock by which entries are stamped.

A demonstration may let one thread live through a day of the past, so that what happened then can be played into a
space of its own. The rule of the clock stands (design 5.3): it is given under the lock, and rises within the space.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings

from gemensam.core.refusal import Refused

_lived: ContextVar[int | None] = ContextVar("lived", default=None)


def now_ms() -> int:
    """Return the time in milliseconds since 1970, UTC."""
    lived = _lived.get()
    return time.time_ns() // 1_000_000 if lived is None else lived


@contextmanager
def living_at(instant: int) -> Iterator[None]:
    """Let this thread's clock stand at an instant (ms UTC) within the block.

    Raises `Refused("not_a_demo")` anywhere but in a demonstration: no real entry is ever stamped but by the real time.
    """
    if not settings.GEMENSAM_DEMO:
        raise Refused("not_a_demo")
    token = _lived.set(instant)
    try:
        yield
    finally:
        _lived.reset(token)
