"""Pages behind a secret address: the secret is the only right, whoever is signed in in this browser."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

_HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
View = Callable[[HttpRequest, str], HttpResponse]


def for_anybody(view: View) -> View:
    """The same page whoever is signed in here, telling no other page where it was."""

    @wraps(view)
    def answered(request: HttpRequest, token: str) -> HttpResponse:
        request.principal = request.sign_in = None  # type: ignore[attr-defined]
        response = view(request, token)
        for name, value in _HEADERS.items():
            response[name] = value
        return response

    return answered
