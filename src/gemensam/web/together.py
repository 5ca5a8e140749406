"""Answers to many who ask for parts of pages at once (`parts`): judged together, and drawn and packed once for all.

Each is judged by its own session, and finds its part by the same guards and the same view as ever. Among those that ask
alike and find the same part the first is answered through those of the middleware that need no session; its answer is
everybody's. Everything but a part that is shown (200) or known (304) is asked again in the ordinary way, which tells
what is wrong.
"""

import logging
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_finished, request_started
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver, get_resolver, resolve
from django.utils import translation
from django.utils.module_loading import import_string

from gemensam.core.refusal import Refused
from gemensam.web.bridge import Message, Scope, environ_of
from gemensam.web.keeping import keeps_for
from gemensam.web.parts import Part
from gemensam.web.sending import SENT, note_sent

Judge = Callable[[Sequence[HttpRequest]], None]
Messages = list[Message]
KNOWN_PATHS, LONGEST_PATH = 4_096, 200
# Applied in the order of the settings. The others are for who signs in, what is written, and pages that are whole.
MIDDLEWARE = frozenset(
    {
        "gemensam.web.middleware.security_headers",
        "gemensam.web.compression.compressed",
        "django.middleware.security.SecurityMiddleware",
        "gemensam.web.middleware.language",
        "django.middleware.common.CommonMiddleware",
        "gemensam.web.middleware.no_nulls",
        "gemensam.web.keeping.kept",
    }
)
# What the ordinary way expects to meet, and tells of.
EXPECTED = (Refused, Http404, SuspiciousOperation, DatabaseError)
_OF_THE_PAST = (b"knew_at", b"happened_by")  # nobody follows it, and it takes long
_NOT_PLAIN = (b"authorization", b"content-length", b"transfer-encoding")
_log = logging.getLogger("gemensam.web")


def is_of_part(scope: Scope) -> bool:
    """Whether a browser asks for a part as it is now, by its session; asked of every request, so the quickest first."""
    path: str = scope["path"]
    if scope["method"] != "GET" or len(path) > LONGEST_PATH or not path.endswith(tails()):
        return False
    headers = dict(scope["headers"])
    has_session = settings.SESSION_COOKIE_NAME.encode() in headers.get(b"cookie", b"")
    if not has_session or not headers.keys().isdisjoint(_NOT_PLAIN):
        return False
    return not any(name in scope["query_string"] for name in _OF_THE_PAST) and part_at(path) is not None


@cache
def tails() -> tuple[str, ...]:
    """Return how the addresses of parts end; reads all routes, which takes long: once, when the program starts."""
    return tuple(sorted({route.rpartition(">")[2] for route, view in routes() if getattr(view, "is_part", False)}))


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every route of the program with its view."""
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one, route)
        elif isinstance(one, URLPattern):
            yield route, one.callback


@lru_cache(KNOWN_PATHS)
def part_at(path: str) -> ResolverMatch | None:
    """Return the view of the part at an address, and what it is called with; None where there is another page."""
    try:
        found = resolve(path)
    except Resolver404:
        return None
    return found if getattr(found.func, "is_part", False) else None


class Together:
    """Answers requests for parts; `judge` puts on them who asks, with `principal` None where that is nobody."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    def answer(self, scopes: Sequence[Scope]) -> list[Messages | None]:
        """Return the messages that answer each request; None for one that is to be asked in the ordinary way."""
        request_started.send(sender=type(self), environ={})
        try:
            requests = [_request_of(scope) for scope in scopes]
            self._judge([request for request in requests if request is not None])
            told: dict[Hashable, Messages | None] = {}
            return [_answered(request, scope, told) for request, scope in zip(requests, scopes, strict=True)]
        finally:
            request_finished.send(sender=type(self))


def _request_of(scope: Scope) -> WSGIRequest | None:
    """Return the request; None for one that cannot be read."""
    try:
        return WSGIRequest(environ_of(scope))
    except (ValueError, SuspiciousOperation):
        return None


def _answered(request: Any, scope: Scope, told: dict[Hashable, Messages | None]) -> Messages | None:
    """Answer one, where that goes well."""
    if request is None or request.principal is None:
        return None
    try:
        return _found(request, scope, told)
    except EXPECTED:
        return None
    except Exception:  # a fault of this way alone, it may be
        _log.warning("a part could not be answered together with others", exc_info=True)
        return None


def _found(request: Any, scope: Scope, told: dict[Hashable, Messages | None]) -> Messages | None:
    """Find the part of one; `told`: what has been answered to those before it, by all that an answer depends on."""
    request.asked_together, request.resolver_match = True, part_at(request.path_info)
    with translation.override(translation.get_language_from_request(request)):
        request.part = _view(request)
    if not isinstance(request.part, Part):
        return None
    alike = (request.part.key, _likeness(request, scope))
    if alike not in told:
        told[alike] = None  # where it fails, it is tried once
        told[alike] = _messages(_way()(request))
    page = getattr(request, "space_page", None)
    if told[alike] is not None and page is not None:
        note_sent(page)
    return told[alike]


def _likeness(request: HttpRequest, scope: Scope) -> Hashable:
    """All of a request but who asks; and who, where the answer names its reader to a device that keeps pages."""
    own = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    cookies = tuple(pair for pair in sorted(request.COOKIES.items()) if pair[0] not in own)
    headers = tuple((name, value) for name, value in scope["headers"] if name != b"cookie")
    reader = request.principal if keeps_for(request) else None  # type: ignore[attr-defined]
    return (scope["scheme"], scope["path"], scope["query_string"], headers, cookies, reader)


@cache
def _way() -> Callable[[HttpRequest], HttpResponseBase]:
    """The middleware around the part that has been found."""
    way: Callable[[HttpRequest], HttpResponseBase] = _drawn
    for name in reversed([name for name in settings.MIDDLEWARE if name in MIDDLEWARE]):
        way = import_string(name)(way)
    return way


def _drawn(request: Any) -> HttpResponseBase:
    found: Part = request.part
    return found.response(request)


def _view(request: Any) -> object:
    found: ResolverMatch = request.resolver_match
    return found.func(request, *found.args, **found.kwargs)


def _messages(response: HttpResponseBase) -> Messages | None:
    if not isinstance(response, HttpResponse) or response.status_code not in SENT:
        return None
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in response.items()]
    start: Message = {"type": "http.response.start", "status": response.status_code, "headers": headers}
    return [start, {"type": "http.response.body", "body": response.content}]
