"""Answer links of remisses as they are read: one by its secret, and all of a remiss for those who made them."""

from dataclasses import dataclass
from typing import Any

from gemensam.accounts.principals import token_digest
from gemensam.accounts.queries import principal_holding
from gemensam.consultation.domain.rules import GOVERN
from gemensam.consultation.link_forms import LinkForm
from gemensam.consultation.models import RemissLink
from gemensam.consultation.queries import Remiss, get_remiss
from gemensam.consultation.view_parts import Row, Speech
from gemensam.core.policy import Principal
from gemensam.core.refusal import Refused
from gemensam.ledger.reading import Lens, lens_for
from gemensam.picture.domain.links import LinkTimes
from gemensam.web.page import SpacePage, page_now


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link that holds: what it leads to, read as the function that made it reads it; only `remiss` is to be shown."""

    link: RemissLink
    page: SpacePage
    remiss: Remiss
    expires_at: int

    @property
    def lens(self) -> Lens:
        return self.page.lens


def find_link(raw: str, now: int) -> OpenLink:
    """Return the link of a secret; nothing is written.

    Raises `Refused("link_unknown")`, the same for one that never was, has expired or is revoked, whose maker may no
    longer enter answers, or whose remiss is withdrawn: nobody is to learn which.
    """
    link = RemissLink.objects.filter(sha256=token_digest(raw), revoked_at=None).first()
    found = _opened(link, now) if link is not None else None
    if found is None:
        raise Refused("link_unknown")
    return found


def _opened(link: RemissLink, now: int) -> OpenLink | None:
    writer = _writer(link, now)
    lens = lens_for(writer, now) if writer is not None else None
    info = next((one for one in lens.spaces() if one.id == link.space), None) if lens is not None else None
    if lens is None or info is None or info.closed:
        return None
    page = page_now(lens, info)
    thing = page.state.thing(link.remiss)
    if thing is None or thing.status != "sent" or link.organisation not in thing.data.members:
        return None
    times = times_of(link)
    if thing.organisation != link.made_for or not times.holds(thing.data.deadline_at, now):
        return None
    remiss = get_remiss(lens, link.space, link.remiss, page.moment)
    return OpenLink(link, page, remiss, times.expires_at(thing.data.deadline_at))


def _writer(link: RemissLink, now: int) -> Principal | None:
    """Return the function that made a link, where its account still holds it and may enter answers."""
    found = principal_holding(link.made_by, link.made_as, now)
    if found is None or found.organisation != link.made_for or GOVERN not in found.permissions:
        return None
    return found


def times_of(link: RemissLink) -> LinkTimes:
    """Return what has happened with a link."""
    return LinkTimes(
        made_at=link.made_at, margin_ms=link.margin_ms, opened_at=link.opened_at, answered_at=link.answered_at,
        revoked_at=link.revoked_at,
    )  # fmt: skip


def link_panel(page: SpacePage, remiss: Remiss, speech: Speech) -> dict[str, Any]:
    """Return what the board shows of links: to those whose remiss it is, and as it is now."""
    own = remiss.thing.organisation == page.lens.principal.organisation
    if page.historical or not own or not page.lens.may(GOVERN):
        return {"links": [], "link_form": None}
    found = RemissLink.objects.filter(space=page.space, remiss=remiss.subject).order_by("-made_at", "-pk")
    form = LinkForm(asked=asked_of(remiss, speech)) if remiss.thing.status == "sent" and page.may(GOVERN) else None
    return {"links": [_row(link, remiss, speech, page.lens.now) for link in found], "link_form": form}


def asked_of(remiss: Remiss, speech: Speech) -> list[tuple[str, str]]:
    """Return (id, name) of the members that may get a link."""
    return [(member, speech.organisation(member)) for member in remiss.data.members]


def _row(link: RemissLink, remiss: Remiss, speech: Speech, now: int) -> Row:
    times, deadline_at = times_of(link), remiss.data.deadline_at
    holds = times.holds(deadline_at, now) and remiss.thing.status == "sent"
    return {
        "link": link, "name": speech.short(link.organisation), "state": times.state(deadline_at, now),
        "expires_at": times.expires_at(deadline_at), "holds": holds,
    }  # fmt: skip
