"""What stands at the top of every page while it lasts: that the program itself is not well."""

from collections.abc import Callable
from functools import lru_cache

from django.utils.translation import gettext as _

from gemensam.web import times

Late = Callable[[int], int | None]
_late: list[Late] = []


def register_late(late_since: Late) -> None:
    """Have `late_since(now)` asked for every page: since when what runs by itself is late (ms UTC), None while well."""
    if late_since not in _late:
        _late.append(late_since)
        look_again()


def look_again() -> None:
    """Forget what the last look of this second has found."""
    _late_in.cache_clear()


def page_warnings(now: int) -> list[str]:
    """Return the warnings in words; asked for every page, so that each must be known at once."""
    return [text for text in (_worker_stands_still(now),) if text]


@lru_cache(1)
def _late_in(second: int) -> int | None:
    """Since when something is late: looked at once a second, since every page asks."""
    return min((at for late in _late if (at := late(second * 1_000)) is not None), default=None)


def _worker_stands_still(now: int) -> str:
    since = _late_in(now // 1_000)
    if since is None:
        return ""
    time = times.clock(since, now)
    return _("What the program does by itself has stood still since %(time)s. Tell whoever looks after the server.") % {
        "time": time
    }
