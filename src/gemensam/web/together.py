"""Answers to many who ask for parts of pages at once (`parts`): judged together, and drawn and packed once for all.

Each is judged by its own session, and finds its part by the same guards and the same view as ever. Among those that ask
alike and find the same part the first is answered through those of the middleware that read nothing but the request;
its answer is everybody's. Everything but a part that is shown (200) or known (304) is asked again in the ordinary way,
which tells what is wrong.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_finished, request_started
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import translation
from django.utils.module_loading import import_string

from gemensam.web.bridge import Message, Scope, environ_of
from gemensam.web.keeping import keeps_for
from gemensam.web.parts import Part
from gemensam.web.sending import SENT, note_sent

Judge = Callable[[Sequence[HttpRequest]], None]
Messages = list[Message]
KNOWN_PATHS, LONGEST_PATH = 4_096, 200
# In the order of the settings. The others are for who signs in, what is written, and pages that are whole.
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


def is_of_part(scope: Scope) -> bool:
    """Whether a browser asks for a part, by its session."""
    path: str = scope["path"]
    if scope["method"] != "GET" or len(path) > LONGEST_PATH or part_at(path) is None:
        return False
    names = {name for name, _ in scope["headers"]}
    return b"cookie" in names and names.isdisjoint((b"authorization", b"content-length", b"transfer-encoding"))


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
            requests = [WSGIRequest(environ_of(scope)) for scope in scopes]
            self._judge(requests)
            told: dict[Hashable, Messages | None] = {}
            return [_answered(request, scope, told) for request, scope in zip(requests, scopes, strict=True)]
        finally:
            request_finished.send(sender=type(self))


def _answered(request: Any, scope: Scope, told: dict[Hashable, Messages | None]) -> Messages | None:
    """Answer one; `told`: what has been answered to those before it, by all that an answer depends on."""
    request.asked_together, request.resolver_match = True, part_at(request.path_info)
    if request.principal is None or request.resolver_match is None:
        return None
    try:
        with translation.override(translation.get_language_from_request(request)):
            request.part = _view(request)
        if not isinstance(request.part, Part):
            return None
        alike = (request.part.key, _likeness(request, scope))
        if alike not in told:
            told[alike] = _messages(_way()(request))
    except Exception:  # the ordinary way meets it again, and tells
        return None
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
