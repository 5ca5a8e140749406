"""Attachments: taken in with a type and size that are checked, given out so that no browser runs them."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from gemensam.core.refusal import Refused
from gemensam.ledger.blobs import MAX_BYTES, Attachment, media_type_of, open_blob, store_blob
from gemensam.ledger.noting import note
from gemensam.ledger.pages.log import check_digest
from gemensam.web import page as pages
from gemensam.web.access import Request, may, principal_of, signed_in

_ROOM_FOR_FORM = 64 * 1024


@may("report")
@require_POST
def upload(request: Request, space: str) -> HttpResponse:
    """Store one file of a form's field `file`; 201 with what a report needs to name it."""
    page = pages.writable_page(request, space)
    sent = _sent(request)
    stored = store_blob(page.lens, space, sent.name or "", media_type_of(sent.name or ""), sent.read())
    if "HX-Request" in request.headers:
        return pages.render(request, "ledger/_attachment.html", {"file": stored, "url": _url(stored)}, status=201)
    return JsonResponse(_told(stored), status=201)


@signed_in
@require_GET
def download(request: Request, space: str, digest: str) -> HttpResponse:
    """Give a file out as a download, never to be shown or run in this site's name."""
    page = pages.space_page(request, space)
    check_digest(digest)
    stored, body = open_blob(page.lens, space, digest)
    note(principal_of(request), "attachment_read", space=space, subject=digest)
    response = HttpResponse(body, content_type=stored.media_type)
    response["Content-Disposition"] = content_disposition_header(True, stored.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _sent(request: Request) -> "UploadedFile[Any]":
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > MAX_BYTES + _ROOM_FOR_FORM:
        raise Refused("attachment_too_large", limit=MAX_BYTES, size=int(length))
    files = request.FILES.getlist("file")
    if len(files) != 1:
        raise Refused("attachment_missing")
    sent = files[0]
    if (sent.size or 0) > MAX_BYTES:
        raise Refused("attachment_too_large", limit=MAX_BYTES, size=sent.size)
    return sent


def _told(stored: Attachment) -> dict[str, object]:
    return {
        "digest": stored.digest,
        "name": stored.name,
        "media_type": stored.media_type,
        "size": stored.size,
        "url": _url(stored),
    }


def _url(stored: Attachment) -> str:
    return f"/spaces/{stored.space}/attachments/{stored.digest}/"
