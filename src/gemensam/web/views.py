"""The pages of this room: start, spaces, choices of look and language, what a refusal means, health."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from gemensam.core.refusal import Refused
from gemensam.web import labels, page
from gemensam.web.access import Request, open_to_all, signed_in
from gemensam.web.context import DENSITIES, THEMES
from gemensam.web.nav import CRISIS_SPACES, WORKING_SPACES
from gemensam.web.spaces import beats, home, is_within_period, summary
from gemensam.web.start import list_acts, list_notices, list_todos

if TYPE_CHECKING:
    from gemensam.core.policy import SpaceInfo

_YEAR = 365 * 24 * 60 * 60
_CHOICES = {
    "theme": THEMES,
    "density": DENSITIES,
    "language": tuple(code for code, _name in settings.LANGUAGES),
}


@signed_in
@require_GET
def start(request: Request) -> HttpResponse:
    """What there is to do for my organisation, and what goes on."""
    rows = [_row(page.page_now(request.lens, info)) for info in request.lens.spaces() if _goes_on(request, info)]
    context = {
        "acts": list_acts(request.lens),
        "todos": list_todos(request.lens),
        "notices": list_notices(request.lens),
        "incidents": [row for row in rows if row["info"].kind != "standing"],
        "standing": next((row for row in rows if row["info"].kind == "standing"), None),
    }
    return page.render(request, "web/start.html", context)


@signed_in
@require_GET
def spaces(request: Request) -> HttpResponse:
    """All spaces that the reader may read: those where one works, and the network's registers below."""
    rows = _rows(request)
    working = [row for row in rows if row["info"].kind in WORKING_SPACES]
    registers = [row for row in rows if row["info"].kind not in WORKING_SPACES]
    return page.render(request, "web/spaces.html", {"rows": working, "registers": registers})


@signed_in
@require_GET
def space(request: Request, space: str) -> HttpResponseRedirect:
    """A space's own address leads to where one begins in it; the registers' to their pages."""
    found = page.space_page(request, space)
    own = f"/spaces/{space}/{home(found)}"
    there = {"directory": "/directory/", "rosters": "/rosters/"}.get(found.info.kind, own)
    return HttpResponseRedirect(there + found.query)


@open_to_all
@require_POST
def set_preferences(request: HttpRequest) -> HttpResponse:
    """Language, theme and density, kept in this browser."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    for name, allowed in _CHOICES.items():
        if request.POST.get(name) in allowed:
            cookie = settings.LANGUAGE_COOKIE_NAME if name == "language" else name
            response.set_cookie(
                cookie, request.POST[name], max_age=_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
    return response


@open_to_all
@require_GET
def problem_page(request: HttpRequest, code: str) -> HttpResponse:
    """What a refusal's code means: the address that stands as `type` in problem documents."""
    if code not in labels.REFUSALS:
        raise Refused("not_found")
    context = {"code": code, "message": labels.words(Refused(code)), "status": labels.status_of(code)}
    return page.render(request, "web/problem.html", context)


@open_to_all
@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the process answers and its database can be read, else 503; says nothing about content."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except Exception:  # whatever the fault is, the answer is that this process is not well
        return JsonResponse({"status": "database unreachable"}, status=503)
    return JsonResponse({"status": "ok"})


def _rows(request: Request) -> list[dict[str, Any]]:
    return [_row(page.page_now(request.lens, info)) for info in request.lens.spaces()]


def _goes_on(request: Request, info: "SpaceInfo") -> bool:
    """Whether the start page lists it: what goes on now. Periods have their place among the steering documents."""
    return info.kind in CRISIS_SPACES and not info.closed and not is_within_period(request.lens, info)


def _row(found: page.SpacePage) -> dict[str, Any]:
    thing = found.state.thing(found.space)
    return {
        "info": found.info,
        "title": found.title,
        "opened_at": getattr(thing.data, "opened_at", None) if thing else None,
        "summary": summary(found),
        "beats": [] if found.info.closed else beats(found),
    }
