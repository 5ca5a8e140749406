"""What the base template needs on every page: the network's name, who is reading, and how they want to see it."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from gemensam.web import times
from gemensam.web.nav import Link, main_links, moment_links, phone_links, space_links, space_tabs
from gemensam.web.page import SpacePage
from gemensam.web.reader import reader_of
from gemensam.web.spaces import beats, circle_of, headlines, takt
from gemensam.web.warnings import page_warnings

T = TypeVar("T")

THEMES = ("auto", "light", "dark", "contrast")
DENSITIES = ("comfortable", "compact")


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor; nothing here opens the log unless the template asks."""
    return {
        "network_name": settings.GEMENSAM_NETWORK_NAME,
        "demonstration": settings.GEMENSAM_DEMO,
        "now": times.now() // times.MINUTE * times.MINUTE,  # by the minute, so that equal pages are equal bytes
        "language": get_language(),
        "languages": settings.LANGUAGES,
        "theme": _choice(request, "theme", THEMES),
        "density": _choice(request, "density", DENSITIES),
        "principal": getattr(request, "principal", None),
        "page_warnings": SimpleLazyObject(lambda: page_warnings(times.now())),
        "reader": SimpleLazyObject(lambda: reader_of(request)),
        "main_links": SimpleLazyObject(lambda: _main_links(request)),
        "space_tabs": SimpleLazyObject(lambda: space_tabs(_space_links(request))),
        "moment_links": SimpleLazyObject(lambda: _of_space(request, moment_links) or []),
        "phone_links": SimpleLazyObject(lambda: phone_links(_main_links(request), _space_links(request))),
        "space_headlines": SimpleLazyObject(lambda: _of_space(request, headlines)),
        "space_circle": SimpleLazyObject(lambda: _of_space(request, circle_of)),
        "space_beats": SimpleLazyObject(lambda: _of_space(request, beats)),
        "space_takt": SimpleLazyObject(lambda: _of_space(request, takt)),
    }


def _main_links(request: HttpRequest) -> list[Link]:
    principal = getattr(request, "principal", None)
    return main_links(principal, request.path, lambda space: _reads(request, space)) if principal else []


def _reads(request: HttpRequest, space: str) -> bool:
    return any(info.id == space for info in request.lens.spaces())  # type: ignore[attr-defined]


def _space_links(request: HttpRequest) -> list[Link]:
    found = getattr(request, "space_page", None)
    return space_links(found) if found else []


def _of_space(request: HttpRequest, ask: Callable[[SpacePage], T]) -> T | None:
    found = getattr(request, "space_page", None)
    return ask(found) if found else None


def _choice(request: HttpRequest, name: str, allowed: tuple[str, ...]) -> str:
    chosen = request.COOKIES.get(name, "")
    return chosen if chosen in allowed else allowed[0]
