"""Where one can go: the program's own links, and those that capabilities register."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from gemensam.core.policy import Principal

if TYPE_CHECKING:
    from gemensam.web.page import SpacePage


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a menu. `path` is absolute, or for a space's menu relative to it; `order` sorts.

    `permission`: shown only to functions that hold it. `spaces`: kinds of spaces that have it (empty: all).
    `phone`: stands in the bar at the bottom of a phone's screen; the others unfold from its last button.
    `readers_of`: in the main menu only for those who read that space.
    `rare`: on a wide screen it unfolds from the last of a space's tabs, so that those of every day stand in one row.
    """

    path: str
    label: str | Promise
    order: int
    permission: str = ""
    icon: str = ""
    phone: bool = True
    rare: bool = False
    writes: bool = False
    spaces: frozenset[str] = field(default_factory=frozenset)
    readers_of: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A place as it is drawn for this reader on this page."""

    url: str
    label: str | Promise
    icon: str
    phone: bool
    rare: bool
    current: bool


WORKING_SPACES = frozenset({"standing", "incident", "period", "exercise", "sub", "outer"})
CRISIS_SPACES = WORKING_SPACES - {"period"}  # where there are reports, conferences and pictures
PERIOD = frozenset({"period"})
GROUP = frozenset({"group"})  # the narrower spaces within a period

MAIN: list[Place] = [
    Place("/", pgettext_lazy("menu", "Start"), 10, icon="home"),
    Place("/spaces/", pgettext_lazy("menu", "Spaces"), 20, icon="spaces"),
    Place("/directory/", pgettext_lazy("menu", "Organisations"), 30, icon="people"),
    Place("/vocabularies/", pgettext_lazy("menu", "Lists"), 40, icon="list"),
    Place("/people/", pgettext_lazy("menu", "Our people"), 50, permission="administer_own", icon="person"),
]
SPACE: list[Place] = [
    Place("period/", pgettext_lazy("menu", "Period"), 5, icon="list", spaces=PERIOD),
    Place("picture/", pgettext_lazy("menu", "Common picture"), 10, icon="picture", spaces=CRISIS_SPACES),
    Place("report/", pgettext_lazy("menu", "Report"), 20, "report", "report", writes=True, spaces=CRISIS_SPACES),
    Place("requests/", pgettext_lazy("menu", "Requests"), 30, icon="request", spaces=CRISIS_SPACES),
    Place("conferences/", pgettext_lazy("menu", "Conference"), 40, icon="conference", spaces=CRISIS_SPACES),
    Place("log/", pgettext_lazy("menu", "Log"), 50, icon="log", phone=False),
    Place("search/", pgettext_lazy("menu", "Search"), 60, icon="search", phone=False, rare=True),
]
# Below the choice of a moment, in every space: other ways to look at its time.
MOMENT: list[Place] = []


def register_place(menu: list[Place], place: Place) -> None:
    """Add a place to `MAIN`, `SPACE` or `MOMENT`; the menu keeps its order whatever order apps start in."""
    menu.append(place)
    menu.sort(key=lambda each: (each.order, each.path))


def main_links(principal: Principal, path: str, reads: Callable[[str], bool]) -> list[Link]:
    """The links at the top of every page; in a space `Spaces` is where one is. `reads`: whether it reads a space."""
    allowed = [
        place
        for place in MAIN
        if (not place.permission or place.permission in principal.permissions)
        and (not place.readers_of or reads(place.readers_of))
    ]
    return [Link(each.path, each.label, each.icon, each.phone, each.rare, _within(path, each.path)) for each in allowed]


def space_links(page: "SpacePage") -> list[Link]:
    """The links within a space; they carry the chosen moment, and what writes is left out of a page that cannot."""
    return _links(SPACE, page)


def moment_links(page: "SpacePage") -> list[Link]:
    """Other ways to look at a space's time, below the choice of a moment; they carry the chosen one."""
    return _links(MOMENT, page)


def space_tabs(space: list[Link]) -> tuple[list[Link], list[Link]]:
    """The tabs of a space on a wide screen, with the page where one is, and what unfolds from the last of them."""
    tabs = [link for link in space if link.current or not link.rare]
    return tabs, [link for link in space if link not in tabs]


def phone_links(main: list[Link], space: list[Link]) -> tuple[list[Link], list[Link]]:
    """The bar at the bottom of a phone's screen, and what its last button unfolds: all other places.

    In a space where one works the bar holds the way to the start page and the space's own places.
    """
    own = [link for link in space if link.phone]
    if not own:
        return [link for link in main if link.phone], [*space, *(link for link in main if not link.phone)]
    # In a space every page is below `Spaces`: that is not where one is among the places of the unfolded list.
    elsewhere = [replace(link, current=False) for link in main[1:]]
    return [*main[:1], *own], [*(link for link in space if not link.phone), *elsewhere]


def _links(menu: list[Place], page: "SpacePage") -> list[Link]:
    base = f"/spaces/{page.space}/"
    return [_link(base + place.path, place, page) for place in menu if _offered(place, page)]


def _link(path: str, place: Place, page: "SpacePage") -> Link:
    return Link(path + page.query, place.label, place.icon, place.phone, place.rare, page.path.startswith(path))


def _offered(place: Place, page: "SpacePage") -> bool:
    if place.spaces and _kind(page) not in place.spaces:
        return False
    if place.writes and page.readonly:
        return False
    return not place.permission or place.permission in page.lens.principal.permissions


def _kind(page: "SpacePage") -> str:
    """The kind of a space as menus know it: a narrower one within a period is a working group's."""
    is_group = page.info.kind == "sub" and page.lens.root_kind(page.space) == "period"
    return "group" if is_group else page.info.kind


def _within(path: str, place: str) -> bool:
    return path == place if place == "/" else path.startswith(place)
