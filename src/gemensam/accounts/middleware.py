"""Who asks, on every request; and the gate: no work without a second factor and a chosen function (R61)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from gemensam.accounts import principals
from gemensam.accounts.domain import SignIn

GetResponse = Callable[[HttpRequest], HttpResponseBase]
# Reachable without a second factor: signing in and out and setting the factor up, a new account, a request answered
# by link, the language, the heartbeat. The API and the signals answer 401 themselves, since they see no principal.
OPEN_PATHS = (
    "/accounts/", "/invitation/", "/answer/", "/duty-calendar/", "/preferences/", "/healthz", "/api/", "/signals",
    "/static/", "/sw.js", "/offline/", "/callbacks/",
)  # fmt: skip
CHOOSING_PATHS = ("/function/",)


class PrincipalMiddleware:
    """Puts `principal` (None: no rights) and `sign_in` on the request, and sends on who has a step left to take."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        bearer = "HTTP_AUTHORIZATION" in request.META
        request.sign_in = None if bearer else principals.sign_in_for(request)  # type: ignore[attr-defined]
        request.principal = principals.principal_for(request)  # type: ignore[attr-defined]
        step = step_left(request)
        return HttpResponseRedirect(step) if step else self.get_response(request)


def step_left(request: HttpRequest) -> str:
    """The address of what a signed-in account must do before anything else, or ""."""
    sign_in: SignIn | None = request.sign_in  # type: ignore[attr-defined]
    if sign_in is None or request.principal is not None or request.path.startswith(OPEN_PATHS):  # type: ignore[attr-defined]
        return ""
    waived = principals.second_factor_waived(request.META.get("HTTP_HOST", ""), request.META.get("REMOTE_ADDR", ""))
    if not sign_in.second_factor and not waived:
        return _to_second_factor(request, sign_in)
    if request.path.startswith(CHOOSING_PATHS):
        return ""
    return f"{reverse('choose_function')}?{urlencode({'next': _here(request)})}"


def _to_second_factor(request: HttpRequest, sign_in: SignIn) -> str:
    if not sign_in.enrolled:
        return reverse("mfa_index")
    request.session.flush()  # it signed in before the account had a second factor
    return f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': _here(request)})}"


def _here(request: HttpRequest) -> str:
    return request.get_full_path() if request.method in ("GET", "HEAD") else settings.LOGIN_REDIRECT_URL
