"""Compressed answers (gzip, RFC 1952). What many readers share is compressed once, when it is first sent.

A drawn fragment is compressed apart, ended at a whole byte and without looking back, so that it stands unchanged in
the stream of any page: forty readers of one matrix cost one compression. Pages hold no secret beside what a stranger
can put in them (no CSRF token, see `csrf_cookie`), so that their lengths tell nothing (BREACH).
"""

import struct
import zlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from gemensam.web import fragments
from gemensam.web.fragments import Fragment, Joined

GetResponse = Callable[[HttpRequest], HttpResponseBase]
KINDS = ("text/html", "application/json", "application/problem+json")
SMALLEST = 1_000  # bytes; below, the head is most of the answer
LEVEL, LEVEL_ONCE = 6, 8  # what is compressed once for all its readers may take longer
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # no name and no time: equal pages are equal bytes


def compressed(get_response: GetResponse) -> GetResponse:
    """Compress pages for browsers that take gzip; the ETag becomes weak, for it names the page and not these bytes."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        with fragments.noted() as used:
            response = get_response(request)
        if isinstance(response, HttpResponse) and _is_worth_it(response):
            patch_vary_headers(response, ("Accept-Encoding",))
            if "gzip" in request.headers.get("Accept-Encoding", ""):
                _compress(response, used)
        return response

    return middleware


def _is_worth_it(response: HttpResponse) -> bool:
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    return kind in KINDS and len(response.content) >= SMALLEST and "Content-Encoding" not in response.headers


def _compress(response: HttpResponse, used: list[Fragment]) -> None:
    # What is joined of fragments is not searched for them: the search takes longer than all the rest.
    response.content = joined(response) if isinstance(response, Joined) else gzip(response.content, used)
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.content))
    tag = response.headers.get("ETag", "")
    if tag and not tag.startswith("W/"):
        response.headers["ETag"] = f"W/{tag}"


def gzip(page: bytes, used: list[Fragment]) -> bytes:
    """Return a page as gzip; the parts of it that are known fragments are taken as they were compressed before."""
    found = sorted((_place(page, one.encoded), one.encoded, one.deflated(_once)) for one in used)
    parts, place = [], 0
    for start, encoded, compressed_once in found:
        if start >= place:  # not where it is absent, or within another
            parts += [deflated(page[place:start]), compressed_once]
            place = start + len(encoded)
    return _stream(page, parts, page[place:])


def joined(response: Joined) -> bytes:
    """Return a page as gzip that is nothing but its fragments."""
    return _stream(response.content, [one.deflated(_once) for one in response.fragments], b"")


def _stream(page: bytes, parts: list[bytes], rest: bytes) -> bytes:
    end = struct.pack("<LL", zlib.crc32(page), len(page) & 0xFFFFFFFF)
    return b"".join([_HEAD, *parts, deflated(rest, last=True) if rest else _NOTHING, end])


def _place(page: bytes, part: bytes) -> int:
    """Return where a part begins, or -1; its beginning is looked for first, which is found much sooner."""
    start = page.find(part[:100])
    return start if start < 0 or page.startswith(part, start) else page.find(part, start)


def _once(data: bytes) -> bytes:
    return deflated(data, level=LEVEL_ONCE)


def deflated(data: bytes, *, level: int = LEVEL, last: bool = False) -> bytes:
    """Return a piece of a deflate stream that needs nothing of what stands before it, ended at a whole byte."""
    work = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return work.compress(data) + work.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)


_NOTHING = deflated(b"", last=True)  # a compressor takes 0.1 ms to set up, which is much of a small answer
