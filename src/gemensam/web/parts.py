"""Parts of pages, which every screen that shows them asks for anew in the moment when something has come.

Those that wait are judged together, in one statement, and answered one after the other in one thread: by the same views
as ever, and by those of the middleware that read nothing but the request once it is known who asks. What comes of that
is an answer or nothing: everything but a part that is shown (200) or known (304) is asked again in the ordinary way,
which tells what is wrong.
"""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any, TypeVar

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_finished, request_started
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.module_loading import import_string

from gemensam.web.bridge import Message, Scope, environ_of

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
Judge = Callable[[Sequence[HttpRequest]], None]
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
        "gemensam.web.middleware.deliveries",
        "gemensam.web.keeping.kept",
    }
)


def live_part(view: View) -> View:
    """Mark the view of a part: it reads, shows nothing of the session but who asks, and sets no cookie."""
    view.is_part = True  # type: ignore[attr-defined]
    return view


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


class Parts:
    """Answers requests for parts; `judge` puts on them who asks, with `principal` None where that is nobody."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    def answer(self, scopes: Sequence[Scope]) -> list[list[Message] | None]:
        """Return the messages that answer each request; None for one that is to be asked in the ordinary way."""
        request_started.send(sender=type(self), environ={})
        try:
            requests = [WSGIRequest(environ_of(scope)) for scope in scopes]
            self._judge(requests)
            return [_answered(request) for request in requests]
        finally:
            request_finished.send(sender=type(self))


def _answered(request: WSGIRequest) -> list[Message] | None:
    request.resolver_match = part_at(request.path_info)
    if request.principal is None or request.resolver_match is None:  # type: ignore[attr-defined]
        return None
    try:
        response = _way()(request)
    except Exception:  # the ordinary way meets it again, and tells
        return None
    return _messages(response) if isinstance(response, HttpResponse) and response.status_code in (200, 304) else None


@cache
def _way() -> Callable[[HttpRequest], HttpResponseBase]:
    """The middleware around the views of parts."""
    way: Callable[[HttpRequest], HttpResponseBase] = _view
    for name in reversed([name for name in settings.MIDDLEWARE if name in MIDDLEWARE]):
        way = import_string(name)(way)
    return way


def _view(request: HttpRequest) -> HttpResponseBase:
    found: Any = request.resolver_match
    return found.func(request, *found.args, **found.kwargs)  # type: ignore[no-any-return]


def _messages(response: HttpResponse) -> list[Message]:
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in response.items()]
    start: Message = {"type": "http.response.start", "status": response.status_code, "headers": headers}
    return [start, {"type": "http.response.body", "body": response.content}]
