"""What a file is, by its bytes; its name is only what it says of itself."""

import io
import zipfile
from pathlib import PurePath
from typing import Final

from gemensam.governance.extraction.rows import Unreadable

SAID: Final = {".pdf": "pdf", ".docx": "docx", ".txt": "text", ".text": "text", ".md": "text"}
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Binary formats that decode as one-byte text by chance; named so that the refusal can say what came instead.
_OTHERS: Final = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif", b"{\\rtf": "rtf", b"II*\x00": "tiff"}
_HTML: Final = (b"<!doctype html", b"<html", b"<?xml", b"<svg")


def kind_of(data: bytes, name: str) -> str:
    """Return pdf, docx or text.

    Raises Unreadable: empty; not_what_it_says (facts `said`, `found`) where the name's ending says another format;
    kind_unknown (`found`) for a format that is not read; encrypted for an Office file with a password.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Unreadable("empty")
    said, found = SAID.get(PurePath(name).suffix.lower()), _found(data)
    if found == "ole" and _is_locked(data):
        raise Unreadable("encrypted")
    if said is not None and found != said:
        raise Unreadable("not_what_it_says", said=said, found=found)
    if found not in SAID.values():
        raise Unreadable("kind_unknown", found=found)
    return found


def _found(data: bytes) -> str:
    start = data[:1024].lstrip()
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if data.startswith(_OLE):
        return "ole"
    for mark, other in _OTHERS.items():
        if data.startswith(mark):
            return other
    if start.lower().startswith(_HTML):
        return "html"
    return "text" if _looks_like_text(data) else "binary"


def _zipped(data: bytes) -> str:
    """Return docx for a Word document, zip for every other archive, also one whose directory is cut off."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "docx" if "word/document.xml" in archive.NameToInfo else "zip"
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "docx" if b"word/document.xml" in data else "zip"


def _is_locked(data: bytes) -> bool:
    # An Office file with a password is an OLE container with this stream; the name is in UTF-16.
    return "EncryptedPackage".encode("utf-16-le") in data


def _looks_like_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    control = sum(data[:65536].count(bytes([code])) for code in (*range(9), *range(14, 32)) if code != 0x1B)
    return control == 0
