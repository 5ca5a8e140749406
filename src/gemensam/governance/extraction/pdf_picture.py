"""A page of a PDF as a picture by pdfium, written as PNG (RFC 2083) by the standard library alone."""

import struct
import zlib
from typing import Final

import pypdfium2

from gemensam.governance.extraction.pdf_text import opened
from gemensam.governance.extraction.rows import Unreadable

WIDTH: Final = 1_000
# A page may be as long as it likes in points: no more dots than this are ever drawn.
MOST_HEIGHT: Final = 4_000


def draw_page(data: bytes, number: int) -> bytes:
    """Return a page (from 1) in greys, `WIDTH` dots wide; raises Unreadable: no_such_page, damaged, encrypted."""
    document = opened(data)
    if not 0 < number <= len(document):
        raise Unreadable("no_such_page", pages=len(document))
    try:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1.0), MOST_HEIGHT / max(height, 1.0))
        bitmap = page.render(scale=scale, grayscale=True)
    except pypdfium2.PdfiumError as fault:
        raise Unreadable("damaged", detail=f"page {number}: {fault}") from fault
    return _png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)


def _png(dots: bytes, width: int, height: int, stride: int) -> bytes:
    """Return one byte of grey per dot as PNG; `stride`: bytes from row to row."""
    rows = b"".join(b"\0" + dots[place : place + width] for place in range(0, height * stride, stride))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
