"""The clock of a node: two integers, strictly rising, merged with what is received (design 5.3)."""

from gemensam.core.entry import Clock

AHEAD_LIMIT_MS = 5 * 60 * 1000
ZERO = Clock(0, 0)


def tick(last: Clock, now: int) -> Clock:
    """Return the next clock after `last` when the wall says `now` (ms, UTC); never goes back."""
    return Clock(now, 0) if now > last.ms else Clock(last.ms, last.counter + 1)


def is_ahead(clock: Clock, now: int) -> bool:
    """Whether a received entry's clock is so far ahead that it is held, not folded (F14)."""
    return clock.ms > now + AHEAD_LIMIT_MS


def merge(own: Clock, received: Clock, now: int) -> Clock:
    """Return our clock after receiving; a clock too far ahead does not move it."""
    return own if is_ahead(received, now) else max(own, received)
