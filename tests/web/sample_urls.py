"""Pages for testing what this room gives every page: access, moment, refusals, ETags."""

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import include, path

from gemensam.core.refusal import Refused
from gemensam.web import page as pages
from gemensam.web.access import Request, may, open_to_all, signed_in

drawn: list[str] = []


@may("report")
def reporting(request: Request, space: str) -> HttpResponse:
    page = pages.space_page(request, space)
    return pages.render(request, "web/spaces.html", {"rows": [], "may_report": page.may("report")})


@signed_in
def kept(request: Request, space: str) -> HttpResponseBase:
    page = pages.space_page(request, space)

    def draw() -> HttpResponse:
        drawn.append(space)
        return pages.render(request, "web/spaces.html", {"rows": []})

    return pages.conditional(request, page.key("kept"), draw)


@signed_in
def write(request: Request, space: str) -> HttpResponse:
    pages.space_page(request, space).require_now()
    return HttpResponse("written")


@open_to_all
def refuse(request: HttpRequest, code: str) -> HttpResponse:
    raise Refused(code)


@open_to_all
def broken(request: HttpRequest, what: str) -> HttpResponse:
    faults = {"full": "database or disk is full", "locked": "database is locked", "other": "no such table: x"}
    raise OperationalError(faults[what])


@open_to_all
def crash(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret detail")


urlpatterns = [
    path("t/<str:space>/reporting/", reporting),
    path("t/<str:space>/kept/", kept),
    path("t/<str:space>/write/", write),
    path("t/refuse/<str:code>/", refuse),
    path("api/v1/t/refuse/<str:code>/", refuse),
    path("t/broken/<str:what>/", broken),
    path("t/crash/", crash),
    path("", include("gemensam.web.urls")),
]
handler404 = "gemensam.web.errors.not_found"
handler500 = "gemensam.web.errors.fault"
