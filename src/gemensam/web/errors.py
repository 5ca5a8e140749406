"""What is shown when a thing is refused, missing or broken: page, fragment or problem document."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gemensam.core.refusal import Refused
from gemensam.web import labels, problem
from gemensam.web.access import is_fragment

_log = logging.getLogger("gemensam.web")


def refused_response(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The refusal as its reader can use it; the code stands on the page, for telephone support."""
    if request.path.startswith("/api/"):
        return problem.response(refused)
    template = "web/_refused.html" if is_fragment(request) else "web/error.html"
    context = {"code": refused.code, "message": labels.words(refused), "status": labels.status_of(refused.code)}
    return render(request, template, context, status=labels.status_of(refused.code))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token; the reason goes to the log only."""
    _log.info("no valid form token: %s", reason)
    return refused_response(request, Refused("csrf"))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refused_response(request, Refused("bad_request"))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refused_response(request, Refused("not_permitted"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refused_response(request, Refused("not_found"))


def fault(request: HttpRequest) -> HttpResponse:
    """Drawn without the database, which may be what broke."""
    request.principal = None  # type: ignore[attr-defined]
    return refused_response(request, Refused("fault"))
