"""How often one address or one key may come before it has to wait: for what django-allauth does not count.

It counts posts of its own pages; here looking counts too. Windows are whole minutes of the server's clock, counted in
the cache that all processes share.
"""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gemensam.accounts.queries import now_ms

MINUTE_MS, MINUTE_S = 60_000, 60


def too_often(request: HttpRequest, action: str, key: str = "") -> HttpResponse | None:
    """Count one attempt at an action of `GEMENSAM_PER_MINUTE`; the answer to give when there were too many, else None.

    Counted by `key` (e.g. a digest), or by the address where there is none.
    """
    who = key or str(get_adapter().get_client_ip(request))
    name = f"too_often:{action}:{who}:{now_ms() // MINUTE_MS}"
    cache.add(name, 0, timeout=2 * MINUTE_S)
    return render(request, "429.html", status=429) if _counted(name) > settings.GEMENSAM_PER_MINUTE[action] else None


def _counted(name: str) -> int:
    try:
        return int(cache.incr(name))
    except ValueError:  # thrown out meanwhile: the cache is small, and others count in it too
        return 1
