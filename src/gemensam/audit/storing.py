"""Writing to the local log's tables: one chain for all processes on this database."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields

from django.db import connection, transaction

from gemensam.audit.domain import ChainVerdict, Line, chain, check_chain
from gemensam.audit.models import Delivery, Opening, Record

CHAIN_LOCK = 0x61756469  # PostgreSQL's advisory lock for the end of the chain: "audi"
_FIELDS = tuple(field.name for field in fields(Line))

Row = Line | Delivery | Opening


def store(rows: Sequence[Row]) -> None:
    """Write rows in one transaction: lines at the end of the chain, watermarks where they are new."""
    lines = [row for row in rows if isinstance(row, Line)]
    deliveries = [row for row in rows if isinstance(row, Delivery)]
    openings = [row for row in rows if isinstance(row, Opening)]
    with transaction.atomic():
        append_lines(lines)
        Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
        Opening.objects.bulk_create(openings, ignore_conflicts=True)


def append_lines(lines: Iterable[Line]) -> None:
    """Chain lines to the end of the log, within the caller's transaction where there is one."""
    waiting = list(lines)
    if not waiting:
        return
    with transaction.atomic():
        _lock_end()
        number, head = chain_head()
        chained = chain(waiting, number=number, head=head)
        Record.objects.bulk_create([Record(**{name: getattr(line, name) for name in _FIELDS}) for line in chained])


def chain_head() -> tuple[int, str]:
    """Number and hash of the last record, (0, "") for an empty log. Whoever notes them can see a cut end later."""
    return Record.objects.order_by("-number").values_list("number", "hash").first() or (0, "")


def verify_chain() -> ChainVerdict:
    """Check every record's hash and its link to the one before, from the first."""
    return check_chain(_lines())


def _lines() -> Iterator[Line]:
    for values in Record.objects.order_by("number").values_list(*_FIELDS).iterator(chunk_size=2000):
        yield Line(**dict(zip(_FIELDS, values, strict=True)))


def _lock_end() -> None:
    """Hold the end of the chain until commit. SQLite's transactions here begin IMMEDIATE, which does it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
