"""Physical limits: what the database, the disk and the server need for the least that the work contains."""

import contextlib
import gc
import hashlib
import json
import os
import sqlite3
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
from pydantic_core import from_json

from bench.houses import House

# The program's own, see gemensam.web.configuration.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON", "busy_timeout=10000")
DATABASE = "gemensam.sqlite3"
TABLE = "CREATE TABLE bench_raw (id INTEGER PRIMARY KEY, body TEXT NOT NULL)"
TABLE_PG = "CREATE TABLE IF NOT EXISTS bench_raw (id bigserial PRIMARY KEY, body text NOT NULL)"


def stored_bytes(house: House, space: str) -> int:
    """Return how many bytes the newest report of a space takes as stored: header, signature, salt, text."""
    sql = (
        "SELECT length(e.header) + length(e.signature) + length(p.salt) + length(p.body) FROM ledger_entry e "
        "JOIN ledger_payload p ON p.space = e.space AND p.position = e.position "
        "WHERE e.space = {0} AND e.kind = 'report.published' ORDER BY e.position DESC LIMIT 1"
    )
    return int(read(house, sql, [space])[0][0])


def read(house: House, sql: str, values: list[Any]) -> list[Any]:
    """Run one reading statement by the plain driver; `{0}` stands for a value's place."""
    if house.database == "sqlite":
        with contextlib.closing(sqlite3.connect(house.data / DATABASE)) as connection:
            return connection.execute(sql.replace("{0}", "?"), values).fetchall()
    with psycopg.connect(house.url) as connection:
        return connection.execute(sql.replace("{0}", "%s"), values).fetchall()


def insert_ms(house: House, size: int, count: int) -> list[float]:
    """Return the milliseconds of durable inserts of one row of `size` bytes, one after the other."""
    with _writer(house) as insert:
        body = "x" * size
        return [_timed(lambda: insert(body)) for _ in range(count)]


def insert_rate(house: House, size: int, count: int, writers: int) -> float:
    """Return durable single-row inserts a second by several writers at once (SQLite's take turns on a lock)."""
    turn: Any = threading.Lock() if house.database == "sqlite" else contextlib.nullcontext()
    ready = threading.Barrier(writers + 1)

    def write() -> None:
        with _writer(house) as insert:
            ready.wait()
            for _ in range(count // writers):
                with turn:
                    insert("x" * size)

    threads = [threading.Thread(target=write) for _ in range(writers)]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return count // writers * writers / (time.perf_counter() - began)


def batch_rate(house: House, size: int, count: int, batch: int) -> float:
    """Return inserted rows a second where `batch` rows share a durable commit."""
    rows = [("x" * size,)] * batch
    began = time.perf_counter()
    with _connection(house) as connection, contextlib.closing(connection.cursor()) as cursor:
        for _ in range(max(1, count // batch)):
            cursor.execute("BEGIN")
            cursor.executemany(_insert_sql(house), rows)
            connection.commit()
    return max(1, count // batch) * batch / (time.perf_counter() - began)


def read_all_s(house: House, space: str) -> float:
    """Return the seconds in which the plain driver reads what a fold needs and a fast JSON reader parses it."""
    began = time.perf_counter()
    gc.disable()
    for header, body in read(house, _FOLDED, [space]):
        from_json(header)
        from_json(body)
    gc.enable()
    return time.perf_counter() - began


def hash_all_s(house: House) -> float:
    """Return the seconds in which the plain driver reads every entry and SHA-256 runs over it."""
    sql = _ALL.replace("WHERE e.space = {0}", "")
    began = time.perf_counter()
    for header, body in read(house, sql, []):
        hashlib.sha256(header.encode())
        hashlib.sha256(body.encode())
    return time.perf_counter() - began


def hash_file_s(file: Path) -> float:
    """Return the seconds in which a file is read, parsed line by line and hashed."""
    began = time.perf_counter()
    whole = hashlib.sha256()
    with file.open("rb") as lines:
        for line in lines:
            whole.update(line)
            json.loads(line)
    return time.perf_counter() - began


def page_ms(house: House, space: str, positions: list[int], rows: int) -> float:
    """Return the median milliseconds in which the plain driver reads as many entries as a log page shows."""
    sql = _PAGE + " AND e.position < {0} ORDER BY e.position DESC LIMIT {0}"
    with _reader(house) as run:
        return statistics.median(_timed(lambda at=at: run(sql, [space, at, rows])) for at in positions)  # type: ignore[misc]


_PAGE = (
    "SELECT e.header, (SELECT p.body FROM ledger_payload p WHERE p.space = e.space AND p.position = e.position) "
    "FROM ledger_entry e WHERE e.space = {0}"
)

_ALL = (
    "SELECT e.header, p.body FROM ledger_entry e "
    "JOIN ledger_payload p ON p.space = e.space AND p.position = e.position WHERE e.space = {0}"
)

_FOLDED = (
    "SELECT e.header, coalesce(x.value, (SELECT p.body FROM ledger_payload p WHERE p.space = e.space "
    "AND p.position = e.position)) FROM ledger_entry e "
    "LEFT JOIN ledger_extract x ON x.space = e.space AND x.position = e.position WHERE e.space = {0}"
)


def match_ms(house: House, stems: list[str], rows: int) -> float:
    """Return the median milliseconds of the bare full-text query for the newest places that hold these stems."""
    if house.database == "sqlite":
        sql = "SELECT rowid FROM ledger_search WHERE ledger_search MATCH {0} ORDER BY rowid DESC LIMIT {0}"
        wanted = " AND ".join(f'"{stem}"' for stem in stems)
    else:
        sql = "SELECT rowid FROM ledger_search WHERE stems @@ {0}::tsquery ORDER BY rowid DESC LIMIT {0}"
        wanted = " & ".join(f"'{stem}'" for stem in stems)
    with _reader(house) as run:
        return statistics.median(_timed(lambda: run(sql, [wanted, rows])) for _ in range(15))


@contextlib.contextmanager
def _reader(house: House) -> Iterator[Callable[[str, list[Any]], list[Any]]]:
    mark = "?" if house.database == "sqlite" else "%s"
    opened: Any = sqlite3.connect(house.data / DATABASE) if house.database == "sqlite" else psycopg.connect(house.url)
    with contextlib.closing(opened) as connection, contextlib.closing(connection.cursor()) as cursor:

        def run(sql: str, values: list[Any]) -> list[Any]:
            cursor.execute(sql.replace("{0}", mark), values)
            return list(cursor.fetchall())

        yield run


@contextlib.contextmanager
def _writer(house: House) -> Iterator[Callable[[str], None]]:
    with _connection(house) as connection, contextlib.closing(connection.cursor()) as cursor:

        def insert(body: str) -> None:
            cursor.execute("BEGIN IMMEDIATE" if house.database == "sqlite" else "BEGIN")
            cursor.execute(_insert_sql(house), (body,))
            connection.commit()

        yield insert


def _insert_sql(house: House) -> str:
    return f"INSERT INTO bench_raw(body) VALUES ({'?' if house.database == 'sqlite' else '%s'})"


@contextlib.contextmanager
def _connection(house: House) -> Iterator[Any]:
    """Open a raw database of the same kind on the same disk; the program's own settings, none of its code."""
    if house.database == "sqlite":
        connection: Any = sqlite3.connect(_raw_file(house), isolation_level=None, timeout=10, check_same_thread=False)
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    else:
        connection = psycopg.connect(house.url, autocommit=True, options="-c synchronous_commit=on")
        connection.execute(TABLE_PG)
    try:
        yield connection
    finally:
        connection.close()


def _raw_file(house: House) -> Path:
    """Return the raw database beside the program's own, so that readers find both on one disk."""
    file = house.data / "raw.sqlite3"
    if not file.exists():
        with contextlib.closing(sqlite3.connect(file)) as made:
            made.execute("PRAGMA journal_mode=WAL")
            made.execute(TABLE)
    return file


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - began) / 1e6


def rss_mb(pid: int) -> float:
    """Return the resident memory of a process in MB (10^6 bytes)."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
