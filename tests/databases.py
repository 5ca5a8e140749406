"""Fresh databases for tests: a template is made once, and every test gets a copy with a data folder of its own.

Django's usual wrapping of a test in a transaction would hide that the log is appended to in the outermost one, and
flushing afterwards is what the log's triggers forbid.
"""

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test.utils import override_settings

from gemensam.web.configuration import database_settings, make_secret_key
from tests.postgres import Server

Build = Callable[[], object]
SQLITE_FILE = "gemensam.sqlite3"


@dataclass
class Databases:
    """Databases under one folder: files in SQLite, or databases of one PostgreSQL server."""

    home: Path
    server: Server | None = None
    _templates: dict[str, Path] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=count)

    @contextlib.contextmanager
    def copy(self, template: str = "empty", build: Build | None = None) -> Iterator[Path]:
        """Point Django at a fresh copy of a template; gives the copy's data folder.

        `build` fills the template the first time it is asked for, starting from an empty migrated database.
        """
        source = self._template(template, build)
        with self._open(self._copied(source), keep=False) as folder:
            yield folder

    def _template(self, name: str, build: Build | None) -> Path:
        if name not in self._templates:
            self._templates[name] = self._migrated() if name == "empty" else self._built(name, build)
        return self._templates[name]

    def _migrated(self) -> Path:
        folder = self._new_folder()
        make_secret_key(folder)
        if self.server:
            _command(self.server, f"CREATE DATABASE {folder.name}")
        with self._open(folder, keep=True):
            call_command("migrate", verbosity=0)
        return folder

    def _built(self, name: str, build: Build | None) -> Path:
        if build is None:
            raise LookupError(f"the template {name!r} has not been built yet")
        with self._open(self._copied(self._template("empty", None)), keep=True) as folder:
            build()
        return folder

    def _copied(self, source: Path) -> Path:
        folder = self._new_folder()
        shutil.copytree(source, folder, dirs_exist_ok=True)
        if self.server:
            _command(self.server, f"CREATE DATABASE {folder.name} TEMPLATE {source.name}")
        return folder

    def _new_folder(self) -> Path:
        folder = self.home / f"t{next(self._numbers)}"
        folder.mkdir()
        return folder

    @contextlib.contextmanager
    def _open(self, folder: Path, *, keep: bool) -> Iterator[Path]:
        """Use this folder and its database in all threads; afterwards leave it quiet, or gone."""
        url = self.server.url(folder.name) if self.server else ""
        configuration = replace(settings.GEMENSAM, data=folder, database=url)
        with _connected_to(database_settings(configuration)):
            changed = {"GEMENSAM": configuration, "GEMENSAM_DATA": folder}
            with override_settings(**changed):
                yield folder
        if keep:
            self._quieten(folder)
        else:
            self._remove(folder)

    def _quieten(self, folder: Path) -> None:
        """Bring everything into the one file, so that a copy of the file is a copy of the database."""
        if self.server is None:
            with contextlib.closing(sqlite3.connect(folder / SQLITE_FILE)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _remove(self, folder: Path) -> None:
        if self.server:
            _command(self.server, f"DROP DATABASE {folder.name} WITH (FORCE)")
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _connected_to(chosen: dict[str, Any]) -> Iterator[None]:
    """Let every thread's connections from now on go to this database.

    Django hands one dictionary of settings to the connections of all threads, so it is changed in place.
    """
    shared = connections.databases["default"]
    before = dict(shared)
    connections.close_all()
    shared.update(chosen)
    try:
        yield
    finally:
        connections.close_all()
        _forget()
        shared.clear()
        shared.update(before)


def _forget() -> None:
    """Let this process forget what it remembers of a database; positions of the next one would be taken for its own."""
    from gemensam.audit.deliveries import forget_noted
    from gemensam.audit.waiting import queue
    from gemensam.ledger.last_came import forget_last_came
    from gemensam.ledger.log import LOG
    from gemensam.ledger.spaces import forget_spaces
    from gemensam.web.fragments import FRAGMENTS
    from gemensam.web.warnings import look_again

    queue.clear()
    forget_noted()
    LOG.forget()
    forget_spaces()
    forget_last_came()
    FRAGMENTS.clear()
    look_again()


def _command(server: Server, sql: str) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(sql.encode())
