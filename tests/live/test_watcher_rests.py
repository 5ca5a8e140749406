"""A watcher that need not hear of each commit rests after a ring."""

import contextlib
import threading
import time
from collections.abc import Iterator

from gemensam.live.watch import Bell, Watcher

REST_S = 0.05


class AlwaysRinging:
    """Rings at once, and notes when it was waited for; after some rings it says so."""

    def __init__(self, rings: int) -> None:
        self.rings = rings
        self.waited_at: list[float] = []
        self.enough = threading.Event()

    def wait(self, seconds: float) -> bool:
        self.waited_at.append(time.monotonic())
        if len(self.waited_at) >= self.rings:
            self.enough.set()
        return True


def test_between_two_rings_it_rests() -> None:
    bell = AlwaysRinging(4)

    @contextlib.contextmanager
    def hung(_stopped: threading.Event) -> Iterator[Bell]:
        yield bell

    watcher = Watcher(hung, lambda: None, at_most_every=REST_S)
    watcher.start()
    assert bell.enough.wait(10)
    watcher.stop()
    gaps = [later - earlier for earlier, later in zip(bell.waited_at, bell.waited_at[1:], strict=False)]
    assert min(gaps[:3]) >= REST_S * 0.9
