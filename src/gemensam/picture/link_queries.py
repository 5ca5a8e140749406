"""Answer links as they are read: one by its secret, and all of a request for the organisation that made them (R85)."""

from dataclasses import dataclass

from gemensam.accounts.principals import token_digest
from gemensam.accounts.queries import principal_holding
from gemensam.core.policy import Principal
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.ledger.reading import Lens, lens_for
from gemensam.picture.domain.links import EXPIRED, MADE, OPENED, PERMISSION, LinkTimes
from gemensam.picture.models import AnswerLink
from gemensam.picture.reporting_queries import RequestView, request_view
from gemensam.web.page import SpacePage, page_now


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link that holds: what it leads to, read as the function that made it reads it.

    Of the space only `view` is to be shown: whoever holds the link reads nothing else there.
    """

    link: AnswerLink
    page: SpacePage
    view: RequestView
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


def find_link(raw: str, now: int) -> OpenLink:
    """Return the link of a secret; nothing is written.

    Raises `Refused("link_unknown")`, the same for one that never was, has expired or is revoked, whose maker may no
    longer let others answer by link, or whose request is withdrawn, gone or closed: nobody is to learn which.
    """
    link = AnswerLink.objects.filter(sha256=token_digest(raw), revoked_at=None).first()
    found = _opened(link, now) if link is not None else None
    if found is None:
        raise Refused("link_unknown")
    return found


def links_of(lens: Lens, space: str, request: Thing) -> list[LinkRow]:
    """Return the links of a request to the organisation that asks, newest first; to any other organisation none."""
    if lens.principal.organisation != request.organisation:
        return []
    found = AnswerLink.objects.filter(space=space, request=request.subject, made_for=request.organisation)
    links = list(found.order_by("-made_at", "-pk"))
    makers = {(link.made_by, link.made_as): link for link in links}
    still = {who: _writer(link, lens.now) is not None for who, link in makers.items()}
    return [_row(link, request, lens.now, still[link.made_by, link.made_as]) for link in links]


def times_of(link: AnswerLink) -> LinkTimes:
    """Return what has happened with a link."""
    return LinkTimes(
        made_at=link.made_at, margin_ms=link.margin_ms, opened_at=link.opened_at, answered_at=link.answered_at,
        revoked_at=link.revoked_at,
    )  # fmt: skip


def _row(link: AnswerLink, request: Thing, now: int, maker_may: bool) -> LinkRow:
    known, deadline_at = times_of(link), request.data.deadline_at
    holds = known.holds(deadline_at, now) and request.status == "open" and maker_may
    state = known.state(deadline_at, now)
    is_over = not holds and state in (MADE, OPENED)
    return LinkRow(link, EXPIRED if is_over else state, known.expires_at(deadline_at), holds)


def _writer(link: AnswerLink, now: int) -> Principal | None:
    """Return the function that made a link, where its account still holds it and may let others answer by link."""
    found = principal_holding(link.made_by, link.made_as, now)
    if found is None or found.organisation != link.made_for or PERMISSION not in found.permissions:
        return None
    return found


def _opened(link: AnswerLink, now: int) -> OpenLink | None:
    writer = _writer(link, now)
    if writer is None:
        return None
    lens = lens_for(writer, now)
    info = next((one for one in lens.spaces() if one.id == link.space), None)
    if info is None or info.closed:
        return None
    page = page_now(lens, info)
    request = page.state.thing(link.request)
    if request is None or request.status != "open" or link.organisation not in request.data.asked:
        return None
    known, deadline_at = times_of(link), request.data.deadline_at
    if request.organisation != link.made_for or not known.holds(deadline_at, now):
        return None
    return OpenLink(link, page, request_view(page.state, request, page.moment), known.expires_at(deadline_at))
