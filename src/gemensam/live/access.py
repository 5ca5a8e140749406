"""The hub of this process, bound to the ledger and to whoever knows who is signed in.

`settings.GEMENSAM_SIGN_IN` names the function that makes a principal of a raw ASGI connection: live imports no
capability.
"""

import threading
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils.module_loading import import_string

from gemensam.ledger.append import on_appended
from gemensam.ledger.reading import lens_for
from gemensam.live.entries import Entries
from gemensam.live.hub import Hub
from gemensam.live.seat import Viewer
from gemensam.live.watch import Hang, Watcher, postgresql_bell, sqlite_bell

SIGN_IN = "gemensam.accounts.principals.principal_for_scope"

_hubs: list[Hub] = []  # none before the first stream, then one
_lock = threading.Lock()


def the_hub() -> Hub:
    """The hub of this process, made at the first call and told of every append of this process."""
    with _lock:
        if not _hubs:
            _hubs.append(_make())
        return _hubs[0]


def rights_changed() -> None:
    """Have every open stream judged anew at once: after a sign-out, a revoked token, a function given or taken."""
    for hub in tuple(_hubs):
        hub.rights_changed()


def close() -> None:
    """End all streams of this process; a later call of `the_hub` makes a new hub."""
    with _lock:
        while _hubs:
            _hubs.pop().close()


def authorise(scope: Mapping[str, Any]) -> Viewer | None:
    """Who asks and what may be read now; None when nobody is signed in. Reads the database: call it in a thread."""
    close_old_connections()
    principal = import_string(getattr(settings, "GEMENSAM_SIGN_IN", SIGN_IN))(scope)
    if principal is None:
        return None
    spaces = lens_for(principal).spaces()
    return Viewer(
        principal.account,
        frozenset(info.id for info in spaces),
        closed=frozenset(info.id for info in spaces if info.closed),
    )


def _make() -> Hub:
    hub = Hub(authorise, Entries())
    hub.watched_by(Watcher(bell(), hub.noticed))
    on_appended(hub.published)
    return hub


def bell() -> Hang:
    """Return the bell of this installation's database: what rings when another process has committed."""
    if connection.vendor == "sqlite":
        return sqlite_bell(str(connection.settings_dict["NAME"]))
    import psycopg

    parameters = {key: value for key, value in connection.get_connection_params().items() if key in _CONNINFO}
    return postgresql_bell(psycopg.conninfo.make_conninfo(**parameters))


_CONNINFO = frozenset({"dbname", "user", "password", "host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey"})
