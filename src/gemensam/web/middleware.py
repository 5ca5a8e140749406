"""Our middlewares, outermost first: security headers, language, CSRF cookie, lens, refusals."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from gemensam.core.refusal import Refused
from gemensam.web.access import lens_of
from gemensam.web.sending import SENT, note_sent

GetResponse = Callable[[HttpRequest], HttpResponseBase]

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'; worker-src 'self'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}
_log = logging.getLogger("gemensam.web")


def security_headers(get_response: GetResponse) -> GetResponse:
    """The content security policy and its kin on everything; what is drawn for a person is never kept by others."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return middleware


def language(get_response: GetResponse) -> GetResponse:
    """The language of the cookie, else the browser's, else Swedish."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = translation.get_language_from_request(request)
        request.LANGUAGE_CODE = chosen
        with translation.override(chosen):
            response = get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    return middleware


def csrf_cookie(get_response: GetResponse) -> GetResponse:
    """Give every browser the CSRF cookie, since no page carries the token."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_view(request: HttpRequest, *_rest: object) -> None:
        if settings.CSRF_COOKIE_NAME not in request.COOKIES and not request.path.startswith("/api/"):
            get_token(request)

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def no_nulls(get_response: GetResponse) -> GetResponse:
    """Refuse addresses with a null character: no identity has one, and PostgreSQL takes none in a question."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            from gemensam.web.errors import not_found

            return not_found(request)
        return get_response(request)

    return middleware


def lens(get_response: GetResponse) -> GetResponse:
    """Put the reader's lens on the request; nothing is read until it is used."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.lens = SimpleLazyObject(lambda: lens_of(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def deliveries(get_response: GetResponse) -> GetResponse:
    """Tell who keeps account of deliveries what page of a space has been sent, when it is on its way (design 6)."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        page = getattr(request, "space_page", None)
        if page is not None and response.status_code in SENT and request.method != "HEAD":
            note_sent(page)
        return response

    return middleware


def refusals(get_response: GetResponse) -> GetResponse:
    """Turn `Refused`, and a database that cannot write, into a page, a fragment or a problem document."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_exception(request: HttpRequest, fault: Exception) -> HttpResponse | None:
        refused = fault if isinstance(fault, Refused) else _storage_fault(fault)
        if refused is None:
            return None
        from gemensam.web.errors import refused_response

        return refused_response(request, refused)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def _storage_fault(fault: Exception) -> Refused | None:
    if not isinstance(fault, DatabaseError):
        return None
    text = str(fault).lower()
    if "full" in text or "no space" in text or "disk i/o" in text:
        _log.error("the database cannot write: %s", fault)
        return Refused("storage_full")
    if "locked" in text or "timeout" in text:
        _log.warning("the database is busy: %s", fault)
        return Refused("storage_busy")
    return None
