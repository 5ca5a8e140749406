"""Answer links as they are read: one by its secret, and all of a thing for the organisation that made them (R85)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from django.db.models import QuerySet

from gemensam.accounts.principals import token_digest
from gemensam.accounts.queries import principal_holding
from gemensam.answer_links.domain import EXPIRED, MADE, OPENED, LinkKind, LinkOf
from gemensam.answer_links.letter_words import fits, letter_word
from gemensam.answer_links.models import AnswerLink
from gemensam.core.policy import Principal
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.ledger.reading import Lens, lens_for
from gemensam.web.page import SpacePage, page_now

Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class OpenLink(Generic[Shown]):
    """A link that holds: what it leads to, read as the function that made it reads it.

    Of the space only `shown` is to be shown: whoever holds the link reads nothing else there.
    """

    link: AnswerLink
    page: SpacePage
    shown: Shown
    expires_at: int

    @property
    def lens(self) -> Lens:
        return self.page.lens


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link in its makers' list. `state`: made, opened, answered, expired or revoked; `expires_at` in ms UTC.

    `holds`: whether it can be used now.
    """

    link: AnswerLink
    state: str
    expires_at: int
    holds: bool


class LetterLink(NamedTuple):
    """What a letter tells of its link: the secret, and until when it holds (ms UTC)."""

    raw: str
    expires_at: int


def find_link(kind: LinkKind, raw: str, now: int, show: Callable[[SpacePage, Thing], Shown]) -> OpenLink[Shown]:
    """Return the link of a secret, with what `show` reads of its thing; nothing is written.

    Raises `Refused("link_unknown")`, the same for one that never was or is about something else, has expired or is
    revoked, whose maker may no longer let others answer by link, or whose thing is withdrawn, gone or closed: nobody is
    to learn which.
    """
    link = AnswerLink.objects.filter(sha256=token_digest(raw), about=kind.code, revoked_at=None).first()
    page = _page(kind, link, now) if link is not None else None
    thing = page.state.thing(link.subject) if link is not None and page is not None else None
    if link is None or page is None or thing is None or not _leads_to(LinkOf(kind, link.space, thing), link, now):
        raise Refused("link_unknown")
    return OpenLink(link, page, show(page, thing), link.times.expires_at(thing.data.deadline_at))


def links_of(lens: Lens, of: LinkOf) -> list[LinkRow]:
    """Return the links of a thing to the organisation whose it is, newest first; to any other organisation none."""
    if lens.principal.organisation != of.thing.organisation:
        return []
    links = list(rows_of(of).filter(made_for=of.thing.organisation).order_by("-made_at", "-pk"))
    makers = {(link.made_by, link.made_as): link for link in links}
    still = {who: _writer(of.kind, link, lens.now) is not None for who, link in makers.items()}
    return [_row(of, link, lens.now, still[link.made_by, link.made_as]) for link in links]


def letter_links(of: LinkOf, now: int) -> Mapping[str, LetterLink]:
    """Return by organisation the links that go out in the letters about a thing and hold now."""
    found = standing_in_letters(of).order_by("-pk")  # of two for one organisation the first stands
    told = ((link, letter_word(link)) for link in found if _leads_to(of, link, now) and _writer(of.kind, link, now))
    return {link.organisation: LetterLink(raw, link.times.expires_at(of.deadline_at)) for link, raw in told
            if fits(link, raw)}  # fmt: skip


def standing_in_letters(of: LinkOf) -> QuerySet[AnswerLink]:
    """Return the rows of a thing's links in letters that are not revoked."""
    return rows_of(of).filter(in_letter=True, revoked_at=None)


def rows_of(of: LinkOf) -> QuerySet[AnswerLink]:
    """Return the rows of a thing's links, whoever's they are."""
    return AnswerLink.objects.filter(about=of.kind.code, space=of.space, subject=of.thing.subject)


def _row(of: LinkOf, link: AnswerLink, now: int, maker_may: bool) -> LinkRow:
    holds = maker_may and _leads_to(of, link, now)
    state = link.times.state(of.deadline_at, now)
    is_over = not holds and state in (MADE, OPENED)
    return LinkRow(link, EXPIRED if is_over else state, link.times.expires_at(of.deadline_at), holds)


def _leads_to(of: LinkOf, link: AnswerLink, now: int) -> bool:
    """Whether a link can be used for its thing, if its maker still may."""
    is_open = of.kind.is_open(of.thing) and of.kind.asks(of.thing, link.organisation)
    return is_open and of.thing.organisation == link.made_for and link.times.holds(of.deadline_at, now)


def _page(kind: LinkKind, link: AnswerLink, now: int) -> SpacePage | None:
    writer = _writer(kind, link, now)
    if writer is None:
        return None
    lens = lens_for(writer, now)
    info = next((one for one in lens.spaces() if one.id == link.space), None)
    return page_now(lens, info) if info is not None and not info.closed else None


def _writer(kind: LinkKind, link: AnswerLink, now: int) -> Principal | None:
    """Return the function that made a link, where its account still holds it and may let others answer by link."""
    found = principal_holding(link.made_by, link.made_as, now)
    if found is None or found.organisation != link.made_for or kind.permission not in found.permissions:
        return None
    return found
