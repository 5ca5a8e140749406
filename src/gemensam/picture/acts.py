"""Which acts a reader is offered on a thing: straight from the transition tables and permissions (design 4.3)."""

from collections.abc import Mapping
from dataclasses import dataclass

from gemensam.core.kinds import Kind
from gemensam.core.state import Thing
from gemensam.picture.domain import KINDS
from gemensam.web.page import SpacePage

_KINDS: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}


def acts_on(page: SpacePage, thing: Thing) -> frozenset[str]:
    """Return the kinds of entries that this reader may add to a thing now, e.g. `report.withdrawn`."""
    if page.readonly or thing.needs_upgrade:
        return frozenset()
    owns = page.lens.principal.organisation == thing.organisation
    return frozenset(name for name in _allowed(page, thing, owns) if page.may(_KINDS[name].permission))


@dataclass(frozen=True, slots=True)
class OwnWord:
    """What a reader may say in one press of what is shown of its own organisation as *obekräftat*.

    `confirms`: what others have entered for it; `settles`: what it has written so itself; the addresses to say it at.
    """

    confirms: bool
    settles: bool
    reports: str
    statements: str


def own_word(page: SpacePage, organisation: str) -> OwnWord:
    """Return whether the reader can lift or deny *obekräftad* where an organisation's statements are shown."""
    own = page.lens.principal.organisation == organisation
    place = f"/spaces/{page.space}/"
    return OwnWord(own and page.may("confirm"), own and page.may("report"), place + "reports/", place + "statements/")


def _allowed(page: SpacePage, thing: Thing, owns: bool) -> tuple[str, ...]:
    subject = next(kind.subject for kind in KINDS if kind.subject.name == thing.type)
    own = subject.owner.allowed(thing.status) if owns else ()
    party = subject.each.allowed(thing.party(page.lens.principal.organisation))
    return tuple(name for name in (*own, *party) if name in _KINDS)
