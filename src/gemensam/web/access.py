"""Who may: every view says so with one of three decorators, and a test walks the routes for one that does not."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from gemensam.core.policy import Principal
from gemensam.core.refusal import Refused
from gemensam.ledger.reading import lens_for

if TYPE_CHECKING:
    from gemensam.ledger.reading import Lens

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class Request(HttpRequest):
    """A request as views get it: the middleware has put the reader's principal and lens on it.

    `lens` catches up with the log on first use; asking for it without a principal raises `Refused`.
    """

    principal: Principal | None
    lens: "Lens"


def open_to_all(view: View) -> View:
    """Anybody, signed in or not."""
    return _declared(view, "open")


def signed_in(view: View) -> View:
    """Anybody with a function; others go to sign in (a fragment gets 401 instead)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        away = _without_principal(request)
        return away or view(_with_lens(request), *args, **kwargs)

    return _declared(cast(View, guarded), "signed in")


def may(permission: str) -> Callable[[View], View]:
    """A function that holds `permission`; others signed in get 403 with the reason.

    For a view of a space call `page.space_page` first: what is not readable is 404 whatever one may.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            away = _without_principal(request)
            if away is None:
                require(request, permission)
            return away or view(_with_lens(request), *args, **kwargs)

        return _declared(cast(View, guarded), f"may {permission}")

    return decorate


def principal_of(request: HttpRequest) -> Principal:
    """The request's principal; raises `Refused("not_signed_in")` when there is none."""
    principal = getattr(request, "principal", None)
    if not isinstance(principal, Principal):
        raise Refused("not_signed_in")
    return principal


def require(request: HttpRequest, permission: str) -> Principal:
    """The request's principal if it holds `permission`; raises `Refused` otherwise."""
    principal = principal_of(request)
    if permission not in principal.permissions:
        raise Refused("not_permitted", permission=permission)
    return principal


def is_fragment(request: HttpRequest) -> bool:
    """Whether a script asks for a part of a page rather than a browser for a page."""
    return "HX-Request" in request.headers or request.headers.get("X-Requested-With") == "fetch"


def _without_principal(request: HttpRequest) -> HttpResponseBase | None:
    if getattr(request, "principal", None) is not None:
        return None
    if request.user.is_authenticated:
        raise Refused("no_function")
    if is_fragment(request) or request.method not in ("GET", "HEAD"):
        raise Refused("not_signed_in")
    return redirect_to_login(request.get_full_path())


def lens_of(request: HttpRequest) -> "Lens":
    """The lens of the request's principal, as far as the request has looked; raises `Refused("not_signed_in")`."""
    return lens_for(principal_of(request), seen=getattr(request, "seen", None))


def _with_lens(request: HttpRequest) -> HttpRequest:
    """Put the lens itself on the request: a view looks at it some forty times, and a wrapper costs at each."""
    request.lens = lens_of(request)  # type: ignore[attr-defined]
    return request


def _declared(view: View, access: str) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view
