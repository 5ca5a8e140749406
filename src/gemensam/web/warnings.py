"""What stands at the top of every page while it lasts: that the program itself is not well."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from gemensam.web import times

Late = Callable[[int], int | None]
_late: list[Late] = []


def register_late(late_since: Late) -> None:
    """Have `late_since(now)` asked for every page: since when what runs by itself is late (ms UTC), None while well."""
    if late_since not in _late:
        _late.append(late_since)


def page_warnings(now: int) -> list[str]:
    """Return the warnings in words; asked for every page, so that each must be known at once."""
    return [text for text in (_worker_stands_still(now),) if text]


def _worker_stands_still(now: int) -> str:
    since = min((at for late in _late if (at := late(now)) is not None), default=None)
    if since is None:
        return ""
    time = times.clock(since, now)
    return _("What the program does by itself has stood still since %(time)s. Tell whoever looks after the server.") % {
        "time": time
    }
