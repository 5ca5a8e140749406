"""Pages for testing what this room gives every page: access, moment, refusals, answers, ETags."""

from django import forms
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import include, path

from gemensam.core.refusal import Refused
from gemensam.web import page as pages
from gemensam.web.access import Request, may, open_to_all, signed_in
from gemensam.web.answering import SAVED, answered, pressed, there

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


class SampleForm(forms.Form):
    """One field, of at most ten characters."""

    words = forms.CharField(max_length=10)


ALSO = frozenset({"not_owner"})
NOTHING = "nothing"


def refusing(code: str) -> None:
    """Refuse what would be written, unless the code says that there is nothing to refuse."""
    if code == "moved":
        raise Refused(code, last="second", based_on="first")
    if code != NOTHING:
        raise Refused(code)


@signed_in
def fill_in(request: Request, code: str) -> HttpResponse:
    form = SampleForm(request.POST if request.method == "POST" else None)

    def write() -> HttpResponse:
        refusing(code)
        return there("standing", "log/", "last")

    context = {"form": form, "seen": "first", "stands": "rain"}
    return answered(request, "sample_form.html", context, write, also=ALSO)


@signed_in
def press(request: Request, code: str) -> HttpResponse:
    return pressed(request, lambda: refusing(code), SAVED, there("standing", "log/"), also=ALSO)


@signed_in
def of_kinds(request: Request, space: str) -> HttpResponse:
    pages.space_page(request, space, frozenset({"incident", "exercise"}))
    return HttpResponse("shown")


@signed_in
def write_in(request: Request, space: str) -> HttpResponse:
    pages.writable_page(request, space, frozenset({"incident", "exercise"}))
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
    path("t/<str:space>/kinds/", of_kinds),
    path("t/<str:space>/write-in/", write_in),
    path("t/form/<str:code>/", fill_in),
    path("t/press/<str:code>/", press),
    path("t/refuse/<str:code>/", refuse),
    path("api/v1/t/refuse/<str:code>/", refuse),
    path("t/broken/<str:what>/", broken),
    path("t/crash/", crash),
    path("", include("gemensam.web.urls")),
]
handler404 = "gemensam.web.errors.not_found"
handler500 = "gemensam.web.errors.fault"
