"""Every address of the program: this room's own, then each capability's if it has any."""

from functools import lru_cache
from importlib.util import find_spec

from django.urls import ResolverMatch, URLPattern, URLResolver, include, path
from django.urls.resolvers import RoutePattern

from gemensam.web import offline_views, views

CAPABILITIES = {
    "gemensam.picture": "",
    "gemensam.accounts": "",
    "gemensam.organisations": "",
    "gemensam.rosters": "",
    "gemensam.geography": "",
    "gemensam.coordination": "",
    "gemensam.activation": "",
    "gemensam.costs": "",
    "gemensam.governance": "",
    "gemensam.objectives": "",
    "gemensam.planning": "",
    "gemensam.consultation": "",
    "gemensam.capabilities": "",
    "gemensam.learning": "",
    "gemensam.shifts": "",
    "gemensam.reserve": "",
    "gemensam.audit": "",
    "gemensam.ledger": "",
    "gemensam.delivery": "",
}

REMEMBERED, LONGEST = 4_096, 200  # addresses, and the characters of one


class _Remembering(URLResolver):
    """Finds an address that was asked for before without trying the hundreds of patterns that stand before its own."""

    def __init__(self, patterns: list[URLPattern | URLResolver]) -> None:
        super().__init__(RoutePattern("", is_endpoint=False), patterns)
        self._remembered = lru_cache(REMEMBERED)(super().resolve)

    def resolve(self, path: str) -> ResolverMatch:
        """Return what answers an address; raises `Resolver404` for one that nothing does, and keeps none of these."""
        found = self._remembered(path) if len(path) <= LONGEST else super().resolve(path)
        found.tried = []  # what did not fit is told of an address that nothing answers, and copied at each call
        return found


def _pages_of(package: str, prefix: str) -> list[URLPattern | URLResolver]:
    return [path(prefix, include(f"{package}.urls"))] if find_spec(f"{package}.urls") else []


_PAGES: list[URLPattern | URLResolver] = [
    # First: each pattern before it would be tried at every post.
    path("api/v1/", include("gemensam.api.urls")),
    path("", views.start, name="start"),
    path("healthz", views.healthz, name="healthz"),
    path("preferences/", views.set_preferences, name="preferences"),
    path("sw.js", offline_views.service_worker, name="service_worker"),
    path("offline/", offline_views.offline, name="offline"),
    path("offline/words/<slug:language>/", offline_views.offline_words, name="offline_words"),
    path("offline/keep/", offline_views.keep, name="offline_keep"),
    path("offline/state/", offline_views.state, name="offline_state"),
    path("offline/arrived/", offline_views.arrived, name="offline_arrived"),
    path("problems/<slug:code>/", views.problem_page, name="problem"),
    path("spaces/", views.spaces, name="spaces"),
    path("accounts/", include("gemensam.accounts.allauth_urls")),
    *(pattern for package, prefix in CAPABILITIES.items() for pattern in _pages_of(package, prefix)),
    # After the capabilities' own addresses: /spaces/new/ is not a space called new.
    path("spaces/<str:space>/", views.space, name="space"),
]
urlpatterns: list[URLPattern | URLResolver] = [_Remembering(_PAGES)]

handler400 = "gemensam.web.errors.bad_request"
handler403 = "gemensam.web.errors.forbidden"
handler404 = "gemensam.web.errors.not_found"
handler500 = "gemensam.web.errors.fault"
