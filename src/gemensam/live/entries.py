"""The log as the hub needs it: heads and kinds, never a header or a text. One statement per space (design 5.1)."""

from collections.abc import Iterable, Mapping

from django.db import close_old_connections, connection

_HEAD = "SELECT coalesce(max(position), 0) FROM ledger_entry WHERE space = %s"
_NEWS = "SELECT kind, max(position) FROM ledger_entry WHERE space = %s AND position > %s GROUP BY kind"
_RIGHTS = "SELECT count(*), coalesce(sum(version), 0) FROM ledger_space"


class Entries:
    """Reads on the connection of the thread that asks; a broken connection is replaced first."""

    def heads(self, spaces: Iterable[str]) -> dict[str, int]:
        """The last position of each space, 0 for an empty one."""
        close_old_connections()
        with connection.cursor() as cursor:
            found = {}
            for space in spaces:
                cursor.execute(_HEAD, [space])
                found[space] = int(cursor.fetchone()[0])
            return found

    def news(self, after: Mapping[str, int]) -> list[tuple[str, str, int]]:
        """Space, kind and newest position of every kind that has entries after the given positions."""
        close_old_connections()
        with connection.cursor() as cursor:
            found: list[tuple[str, str, int]] = []
            for space, position in after.items():
                cursor.execute(_NEWS, [space, position])
                found += [(space, kind, int(newest)) for kind, newest in cursor.fetchall()]
            return found

    def rights_version(self) -> object:
        """Something that differs whenever a space has been opened or its readers have changed, on any process."""
        close_old_connections()
        with connection.cursor() as cursor:
            cursor.execute(_RIGHTS)
            return tuple(cursor.fetchone())
