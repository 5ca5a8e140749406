"""Incoming files: taken in once, kept unchanged, of one organisation; found and discarded by it alone."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final

from django.db import DatabaseError, IntegrityError
from django.db.models import Q, QuerySet

from gemensam.core.refusal import Refused
from gemensam.governance.models import IncomingFile
from gemensam.ledger.append import storage_refusal
from gemensam.ledger.blobs import MAX_BYTES, MAX_NAME
from gemensam.ledger.ids import uuid7
from gemensam.ledger.reading import Lens

PERMISSION: Final = "register_decision"
WAITING, READING, READ, REFUSED, REGISTERED = "waiting", "reading", "read", "refused", "registered"
UNFINISHED: Final = (WAITING, READING)
MOST_FILES: Final = 60
MOST_WAITING: Final = 300
# What a person may read though the program cannot: pictures of pages, what is too much for it. The rest is not kept.
KEPT_UNREAD: Final = frozenset(
    {
        "document_without_text", "document_too_many_pages", "document_timeout", "document_memory", "document_unread",
        "reading_busy",
    }
)  # fmt: skip
_LISTED: Final = (
    "id", "organisation", "name", "size", "sha256", "uploaded_at", "uploaded_by", "status", "read_at", "answer", "code",
    "facts", "kept_in", "digest", "decision",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileRead:
    """An incoming file without its bytes. `answer`: what was read, empty where nothing could be."""

    id: str
    name: str
    size: int
    sha256: str
    uploaded_at: int
    uploaded_by: str
    status: str
    read_at: int
    code: str
    kept_in: str
    digest: str
    decision: str
    answer: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_unfinished(self) -> bool:
        return self.status in UNFINISHED

    @property
    def is_open(self) -> bool:
        """Whether a person can take it up: it was read, or is kept for a person to read."""
        return self.status == READ or (self.status == REFUSED and self.code in KEPT_UNREAD)

    @property
    def may_be_discarded(self) -> bool:
        return self.status not in (READING, REGISTERED)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of one file of an upload: its row, and whether the very same bytes were here already."""

    id: str
    name: str
    is_repeated: bool


def take_in(lens: Lens, name: str, data: bytes) -> Taken:
    """Keep one uploaded file for reading; the same bytes are kept once, and one that was refused is tried anew.

    Raises `Refused`: `not_permitted`, `too_many_incoming`, `storage_full`, `storage_busy`, `storage_failed`.
    """
    rows = own_rows(lens)
    digest, name = hashlib.sha256(data).hexdigest(), shown_name(name)
    rows.filter(sha256=digest, status=REFUSED).delete()
    if same := rows.filter(sha256=digest).values_list("id", flat=True).first():
        return Taken(str(same), name, is_repeated=True)
    if rows.exclude(status=REGISTERED).count() >= MOST_WAITING:
        raise Refused("too_many_incoming", limit=MOST_WAITING)
    return _created(lens, name, digest, data)


def _created(lens: Lens, name: str, digest: str, data: bytes) -> Taken:
    size = len(data)
    refused = {"code": "document_too_large", "facts": json.dumps({"most": MAX_BYTES})} if size > MAX_BYTES else {}
    row = IncomingFile(
        id=uuid7(), organisation=lens.principal.organisation, name=name, size=size, sha256=digest,
        body=b"" if refused else data, uploaded_at=lens.now, uploaded_by=lens.principal.function,
        status=REFUSED if refused else WAITING, **refused,
    )  # fmt: skip
    try:
        row.save(force_insert=True)
    except IntegrityError:
        same = own_rows(lens).filter(sha256=digest).values_list("id", flat=True).first()
        return Taken(str(same or ""), name, is_repeated=True)
    except DatabaseError as error:
        raise storage_refusal(error) from error
    return Taken(row.id, name, is_repeated=False)


def shown_name(name: str) -> str:
    """Return a file's own name without folders and control characters, short enough to be kept."""
    plain = unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).name)
    plain = "".join(sign for sign in plain if sign.isprintable()).strip()
    stem, dot, ending = plain.rpartition(".")
    return (f"{stem[: MAX_NAME - len(ending) - 1]}.{ending}" if dot and len(ending) < 10 else plain[:MAX_NAME]) or "?"


def own_rows(lens: Lens) -> "QuerySet[IncomingFile]":
    """Return the rows of the lens's organisation; raises `Refused("not_permitted")`."""
    if not lens.may(PERMISSION):
        raise Refused("not_permitted", permission=PERMISSION)
    return IncomingFile.objects.filter(organisation=lens.principal.organisation)


def list_files_for(lens: Lens) -> tuple[FileRead, ...]:
    """Return the organisation's files, the newest first; those of one upload in the order they came."""
    rows = own_rows(lens).order_by("-uploaded_at", "id").values(*_LISTED)
    return tuple(_file(row) for row in rows)


def count_open(lens: Lens) -> int:
    """Return how many of the organisation's files wait for a person."""
    rows = own_rows(lens).filter(Q(status=READ) | Q(status=REFUSED, code__in=KEPT_UNREAD))
    return rows.count()


def get_file_for(lens: Lens, file: str) -> FileRead:
    """Return one of the organisation's files; raises `Refused("not_found")` for another's, or none."""
    row = own_rows(lens).filter(id=file).values(*_LISTED).first()
    if row is None:
        raise Refused("not_found")
    return _file(row)


def body_of(lens: Lens, file: FileRead) -> bytes:
    """Return the bytes as they were uploaded; raises `Refused("not_found")` where they are not kept here."""
    body = own_rows(lens).filter(id=file.id).values_list("body", flat=True).first()
    if not body:
        raise Refused("not_found")
    return bytes(body)


def rows_of(lens: Lens, file: FileRead) -> tuple[tuple[Any, ...], ...]:
    """Return the lines that were read, each as extraction's `Row` in order of its fields."""
    told = own_rows(lens).filter(id=file.id).values_list("rows", flat=True).first()
    return tuple(tuple(row) for row in json.loads(told)) if told else ()


def discard_file(lens: Lens, file: FileRead) -> None:
    """Remove a file and all that was read in it; raises `Refused("incoming_moved")` if it is registered or read now."""
    removed, _of = own_rows(lens).filter(id=file.id).exclude(status__in=(READING, REGISTERED)).delete()
    if not removed:
        raise Refused("incoming_moved")


def read_again(lens: Lens, file: FileRead) -> None:
    """Have a file read once more that could not be read; raises `Refused("incoming_moved")`."""
    rows = own_rows(lens).filter(id=file.id, status=REFUSED, code__in=KEPT_UNREAD)
    if not rows.update(status=WAITING, attempts=0, code="", facts="{}"):
        raise Refused("incoming_moved")


def _file(row: Mapping[str, Any]) -> FileRead:
    told = {name: value for name, value in row.items() if name not in ("organisation", "answer", "facts")}
    answer, facts = (json.loads(row[name]) if row[name] else {} for name in ("answer", "facts"))
    return FileRead(**told, answer=answer, facts=facts)
