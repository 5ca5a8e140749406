"""Areas that are drawn on the map of a space, for whoever is to reach the members within one (R2).

The map is a room above this one: it registers what gives its areas.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gemensam.web.page import SpacePage


@dataclass(frozen=True, slots=True)
class DrawnArea:
    """An area: its subject, what it is called, and the kommuner (four digits) that it covers some of."""

    subject: str
    label: str
    kommuner: tuple[str, ...]


Areas = Callable[[SpacePage], Iterable[DrawnArea]]
_sources: list[Areas] = []


def register_areas(areas: Areas) -> None:
    """Let areas be chosen among what `areas(page)` gives: those that hold at the moment of the page."""
    _sources.append(areas)


def drawn_areas(page: SpacePage) -> list[DrawnArea]:
    """Return the areas that hold, latest drawn first."""
    return [area for source in _sources for area in source(page)]
