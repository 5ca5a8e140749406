"""Attachments of a space: limited in type and size, never executed, served with safe headers by the web."""

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.db import DatabaseError

from gemensam.core.refusal import Refused
from gemensam.ledger.append import storage_refusal
from gemensam.ledger.log import fetch
from gemensam.ledger.models import Blob
from gemensam.ledger.reading import Lens

MAX_BYTES = 10 * 1024 * 1024
MAX_NAME = 200
# The end of the name decides the type, not what the browser says: the same file has many names for its type.
TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".txt": "text/plain",
    ".csv": "text/csv",
}
# How a file of each allowed type begins; a text must have no control characters but those that part lines and pages.
ALLOWED = {
    "application/pdf": (b"%PDF-",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (b"PK\x03\x04",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (b"PK\x03\x04",),
    "text/plain": (),
    "text/csv": (),
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored attachment; `digest` is salted, so that it says nothing about the same file elsewhere."""

    space: str
    digest: str
    name: str
    media_type: str
    size: int


def media_type_of(name: str) -> str:
    """Return the type that a file's name says; raises `Refused("attachment_type")`."""
    ending = PurePath(name).suffix.lower()
    if ending not in TYPES:
        raise Refused("attachment_type", media_type=ending or "?")
    return TYPES[ending]


def store_file(lens: Lens, space: str, name: str, body: bytes, *, permission: str) -> Attachment:
    """Store a file of the type that its name says, with the right to what it belongs to; raises as `store_blob`."""
    return store_blob(lens, space, name, media_type_of(name), body, permission=permission)


def store_blob(  # noqa: PLR0913  the file is named in full, and by which right it is stored
    lens: Lens, space: str, name: str, media_type: str, body: bytes, *, permission: str = "report"
) -> Attachment:
    """Store a file in a readable space, with the `permission` to what it belongs to.

    Raises `Refused`: `not_found`, `not_permitted`, `space_closed`, `attachment_too_large`, `attachment_empty`,
    `attachment_type`, `attachment_name`, `storage_full`, `storage_busy`, `storage_failed`.
    """
    info = lens.space(space)
    if not lens.may(permission):
        raise Refused("not_permitted", permission=permission)
    if info.closed:
        raise Refused("space_closed")
    _check(name, media_type, body)
    salt = secrets.token_bytes(32)
    digest = hashlib.sha256(salt + body).hexdigest()
    try:
        Blob.objects.create(
            space=space, digest=digest, name=name, media_type=media_type, size=len(body), salt=salt.hex(),
            body=body, stored_at=lens.now, organisation=lens.principal.organisation,
        )  # fmt: skip
    except DatabaseError as error:
        raise storage_refusal(error) from error
    return Attachment(space, digest, name, media_type, len(body))


def open_blob(lens: Lens, space: str, digest: str) -> tuple[Attachment, bytes]:
    """Return an attachment and its bytes; raises `Refused("not_found")`."""
    lens.space(space)
    sql = "SELECT name, media_type, size, body FROM ledger_blob WHERE space = %s AND digest = %s"
    rows = fetch(sql, [space, digest])
    if not rows or digest in held_text(space):
        raise Refused("not_found")
    name, media_type, size, body = rows[0]
    return Attachment(space, digest, name, media_type, size), bytes(body)


def held_text(space: str) -> str:
    """Return all texts of a space that are in quarantine: an attachment that one of them names is held with it."""
    return "\n".join(body for (body,) in fetch("SELECT body FROM ledger_quarantine WHERE space = %s", [space]))


def _check(name: str, media_type: str, body: bytes) -> None:
    limit = min(MAX_BYTES, getattr(settings, "GEMENSAM_ATTACHMENT_BYTES", MAX_BYTES))
    if len(body) > limit:
        raise Refused("attachment_too_large", limit=limit, size=len(body))
    if not body:
        raise Refused("attachment_empty")
    if not 0 < len(name) <= MAX_NAME or any(ord(sign) < 32 or sign in "/\\" for sign in name):
        raise Refused("attachment_name")
    if media_type not in ALLOWED or not _is_what_it_says(media_type, body):
        raise Refused("attachment_type", media_type=media_type)


def _is_what_it_says(media_type: str, body: bytes) -> bool:
    beginnings = ALLOWED[media_type]
    if beginnings:
        return body.startswith(beginnings)
    return any(_is_text(body, encoding) for encoding in _encodings(body))


def _encodings(body: bytes) -> tuple[str, ...]:
    """Return what a text may be written in: what older Swedish offices write, too."""
    return ("utf-16",) if body.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8", "cp1252")


def _is_text(body: bytes, encoding: str) -> bool:
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError:
        return False
    return all(sign in "\r\n\t\f" or ord(sign) >= 32 for sign in text)
