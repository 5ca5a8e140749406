"""The connection of a thread, which is looked at before each request (CONN_HEALTH_CHECKS)."""

import select
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db.backends.postgresql import base

PLANNED_AFTER = 3  # times that a connection has been asked the same


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's; a server that has gone is noticed without a round trip to one that has not."""

    @contextmanager
    def planned_cursor(self) -> Iterator[Any]:
        """Give a cursor for one statement with values apart, which the server plans once for each connection.

        To plan the few questions of every request takes the server five times as long as to answer them.
        """
        if self.execute_wrappers or self.queries_logged:
            with self.cursor() as plain:
                yield plain
            return
        self.close_if_health_check_failed()
        self.ensure_connection()
        self.validate_no_broken_transaction()
        # Only here: Django's own cursors put the values into the text, so that hardly any is asked twice.
        self.connection.prepare_threshold = PLANNED_AFTER
        try:
            with self.wrap_database_errors, psycopg.Cursor(self.connection) as cursor:
                yield cursor
        finally:
            self.connection.prepare_threshold = None

    def is_usable(self) -> bool:
        """Whether the connection stands. A server that ends one says so: nothing to read means that it has not.

        After an error, and where there is something to read, it is asked. One that vanished without a word (its
        machine lost power) is no sooner noticed by a question that waits for an answer.
        """
        if self.connection is None or self.connection.closed:
            return False
        if self.errors_occurred or _has_something_to_read(self.connection.fileno()):
            return bool(super().is_usable())
        return True


def _has_something_to_read(descriptor: int) -> bool:
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN)
    return bool(waiting.poll(0))
