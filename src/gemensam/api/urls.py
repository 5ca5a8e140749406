"""The addresses of the interface, its authentication and how its refusals are answered."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.utils import check_csrf

from gemensam.api.operations import router
from gemensam.core.policy import Principal
from gemensam.core.refusal import Refused
from gemensam.web import problem

SIGNALS = {
    "get": {
        "operationId": "signals",
        "summary": "What moves in a space, as server-sent events (signals, never content)",
        "parameters": [
            {"in": "path", "name": "space", "required": True, "schema": {"type": "string"}},
            {"in": "header", "name": "Last-Event-ID", "schema": {"type": "string"}},
        ],
        "responses": {"200": {"description": "text/event-stream: `signal` and `beat` events"}},
        "security": [{"Caller": []}],
    }
}


class Api(NinjaAPI):
    """Ninja's interface, with the signal stream (served beside Django) in its description."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        schema = super().get_openapi_schema(*args, **kwargs)
        schema["paths"]["/api/v1/spaces/{space}/signals"] = SIGNALS
        return schema


class Caller:
    """The caller's principal: from a bearer token, or from a session with its CSRF token."""

    openapi_type = "http"

    def __call__(self, request: HttpRequest) -> Principal:
        principal = getattr(request, "principal", None)
        if not isinstance(principal, Principal):
            raise Refused("not_signed_in")
        if "Authorization" not in request.headers and check_csrf(request) is not None:
            raise Refused("csrf")
        return principal


api = Api(
    title="Gemensam",
    version="1",
    description="The shared workplace of a crisis-collaboration network. Times are RFC 3339; errors RFC 9457.",
    urls_namespace="api",
    auth=Caller(),
)
api.add_router("", router)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    return problem.response(refused)


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem.response(Refused("not_signed_in"))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [{"field": str(fault["loc"][-1]), "problem": str(fault["type"])} for fault in error.errors]
    return problem.response(Refused("bad_request", faults=faults))


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem.response(Refused("bad_request" if error.status_code < 500 else "fault"))


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem.response(Refused("not_found"))


app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = api.urls[0]
