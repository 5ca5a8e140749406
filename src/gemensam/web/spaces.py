"""What a space is called and what its header says: capabilities register what they know of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from gemensam.core.swedish import sort_key

if TYPE_CHECKING:
    from gemensam.core.policy import SpaceInfo
    from gemensam.ledger.reading import Lens
    from gemensam.web.page import SpacePage


@dataclass(frozen=True, slots=True)
class Headline:
    """A short fact beside a space's title, e.g. `bild nr 4 (06.30)`; `strong` for the läge itself."""

    text: str
    url: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Beat:
    """A point of the takt, e.g. `Rapport 09.30`; `at` in milliseconds UTC. `counts_down`: how long it is until then."""

    text: str
    at: int
    url: str = ""
    counts_down: bool = False


@dataclass(frozen=True, slots=True)
class TaktName:
    """What a space's takt is called and where it is told in full; `stale_after_ms` 0 where nobody has set one."""

    text: str
    url: str
    stale_after_ms: int = 0


HOMES: list[Callable[["SpacePage"], str]] = []
HEADLINES: list[Callable[["SpacePage"], Iterable[Headline]]] = []
SUMMARIES: list[Callable[["SpacePage"], Iterable[str]]] = []
BEATS: list[Callable[["SpacePage"], Iterable[Beat]]] = []
TAKTS: list[Callable[["SpacePage"], TaktName | None]] = []


def register_home(provider: Callable[["SpacePage"], str]) -> None:
    """Say where one begins in some spaces, as a path within the space; "" for those that the room knows nothing of.

    Whoever registers later is asked first.
    """
    HOMES.insert(0, provider)


def home(page: "SpacePage") -> str:
    """Where one begins in a space, as a path within it."""
    told = next((path for provider in HOMES if (path := provider(page))), "")
    within = is_within_period(page.lens, page.info)
    return told or ("period/" if page.info.kind == "period" else "log/" if within else "picture/")


def register_headlines(provider: Callable[["SpacePage"], Iterable[Headline]]) -> None:
    """Add facts to every space's header, in the order of registration."""
    HEADLINES.append(provider)


def register_summaries(provider: Callable[["SpacePage"], Iterable[str]]) -> None:
    """Add facts that stand before the headlines where spaces are listed, e.g. `35 av 37 har rapporterat`."""
    SUMMARIES.append(provider)


def register_beats(provider: Callable[["SpacePage"], Iterable[Beat]]) -> None:
    """Add coming points of time to the takt line."""
    BEATS.append(provider)


def register_takt(provider: Callable[["SpacePage"], TaktName | None]) -> None:
    """Name the takt at the beginning of the takt line."""
    TAKTS.append(provider)


def headlines(page: "SpacePage") -> list[Headline]:
    """What the header says of the space at the page's moment."""
    return [headline for provider in HEADLINES for headline in provider(page)]


def summary(page: "SpacePage") -> list[str]:
    """What a list of spaces says of one of them: how far it has come, then the headlines."""
    told = [text for provider in SUMMARIES for text in provider(page)]
    return [*told, *(headline.text for headline in headlines(page))]


def beats(page: "SpacePage") -> list[Beat]:
    """The takt line: points of time, soonest first; none for a space that is closed."""
    if page.info.closed and not page.historical:
        return []
    return sorted((beat for provider in BEATS for beat in provider(page)), key=lambda beat: (beat.at, beat.text))


def takt(page: "SpacePage") -> TaktName | None:
    """The takt that the coming points of time belong to, None where the space has none."""
    return next((found for provider in TAKTS if (found := provider(page)) is not None), None)


@dataclass(frozen=True, slots=True)
class Circle:
    """Who reads a space, by name; `narrow` when that is not the whole network."""

    names: tuple[str, ...]
    narrow: bool


def circle_of(page: "SpacePage") -> Circle:
    """The circle that the page is drawn for (design 3.5), at present rights."""
    # By the field's name: the log's own pages stand below the directory's room, and use this module.
    found = (page.lens.directory.thing(one) for one in page.lens.readers(page.space).organisations)
    names = sorted((each.data.short for each in found if each is not None), key=sort_key)
    return Circle(tuple(names), page.info.kind == "sub")


def kind_of_root(lens: "Lens", info: "SpaceInfo") -> str:
    """The kind of the space that a narrower or outer one belongs to; a root's own kind."""
    return lens.root_kind(info.id)


def is_within_period(lens: "Lens", info: "SpaceInfo") -> bool:
    """Whether it is a narrower space of a period: its rooms are the period's, and nothing is reported in it."""
    return bool(info.parent) and lens.root_kind(info.id) == "period"


def title_of(lens: "Lens", info: "SpaceInfo") -> str:
    """The space's own title; the network's two registers are called what they hold, since both are its only ones."""
    registers = {"directory": _("Organisations and lists"), "rosters": _("Contacts and call lists")}
    if info.id in registers:
        return registers[info.id]
    thing = lens.state(info.id).thing(info.id)
    title = getattr(thing.data, "title", "") if thing is not None else ""
    return title or {"standing": _("Ordinary situation")}.get(info.id, info.id)
