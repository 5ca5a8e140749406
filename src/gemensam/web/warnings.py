"""What stands at the top of every page while it lasts: that the program itself is not well."""

from django.utils.translation import gettext as _

from gemensam.web import times


def page_warnings(now: int) -> list[str]:
    """Return the warnings in words; asked for every page, so that each must be known at once."""
    return [text for text in (_worker_stands_still(now),) if text]


def _worker_stands_still(now: int) -> str:
    from gemensam.delivery.worker import late_since  # which reads the log, and is imported when that can be read

    since = late_since(now)
    if since is None:
        return ""
    time = times.clock(since, now)
    return _("What the program does by itself has stood still since %(time)s. Tell whoever looks after the server.") % {
        "time": time
    }
