"""What the page of a period shows of each room: the rooms register it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from gemensam.web.page import SpacePage


@dataclass(frozen=True, slots=True)
class Panel:
    """A room's part of a period's page: how far it has come, in a few lines. `url` leads on."""

    title: str | Promise
    url: str
    order: int
    lines: tuple[str, ...] = field(default=())


PANELS: list[Callable[["SpacePage"], Iterable[Panel]]] = []


def register_panels(provider: Callable[["SpacePage"], Iterable[Panel]]) -> None:
    """Add a room's panels to every period's page."""
    PANELS.append(provider)


def panels(page: "SpacePage") -> list[Panel]:
    """Return the panels of a period at the page's moment, in their order."""
    return sorted((panel for provider in PANELS for panel in provider(page)), key=lambda each: each.order)
