"""Django's sessions in the database, with their account in a column of its own: so a request asks for its session, the
account and the posts in one plain statement (`principals`). What a session says is signed; the column only finds rows.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from gemensam.ledger.locks import append_lock
from gemensam.ledger.log import fetch

if TYPE_CHECKING:
    from gemensam.accounts.models import Session

REMEMBERED = 1_024
_LOAD = "SELECT session_data FROM accounts_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """As Django's in everything but how it is loaded, and that an account's sessions can be found."""

    @classmethod
    def get_model_class(cls) -> "type[Session]":
        """The table of sessions."""
        from gemensam.accounts.models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> "Session":
        """Return the row of a session, which names the account that is signed in by it."""
        row = cast("Session", super().create_model_instance(data))
        row.account_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row

    def _validate_session_key(self, key: str | None) -> bool:
        """Whether it may be one of ours: a cookie can say anything, and PostgreSQL takes no null in a question."""
        return super()._validate_session_key(key) and str(key).isalnum()  # type: ignore[misc]

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and no key any more, for one that is unknown or has ended."""
        rows = fetch(_LOAD, [self.session_key, now_in_database()])
        if rows:
            return dict(_decoded(rows[0][0]))
        self._session_key = None
        return {}

    @property
    def is_loaded(self) -> bool:
        """Whether it is known already what the session holds."""
        return hasattr(self, "_session_cache") or self.session_key is None

    def take(self, text: str) -> None:
        """Hold what another statement has read of it."""
        self._session_cache = dict(_decoded(text))


def forget_ended(_now: int) -> None:
    """Remove the sessions that have ended: a job of the worker, quick where there are none."""
    ended = SessionStore.get_model_class().objects.filter(expire_date__lt=timezone.now())
    if ended.exists():
        with append_lock(()):
            ended.delete()


def now_in_database() -> Any:
    """The present as the column of a session's end has it."""
    return connection.ops.adapt_datetimefield_value(timezone.now())


@lru_cache(REMEMBERED)
def _decoded(text: str) -> dict[str, Any]:
    """What a stored text says, whoever stores it: to check its signature costs as much as to ask for it."""
    return SessionStore().decode(text)
