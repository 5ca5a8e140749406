"""Addresses for calendar programs: made, looked for, revoked. Each change and its record are one transaction."""

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from gemensam.accounts.principals import token_digest
from gemensam.accounts.queries import principal_holding
from gemensam.core.policy import ROSTERS
from gemensam.core.refusal import Refused
from gemensam.ledger.noting import note_now
from gemensam.ledger.reading import Lens, lens_for
from gemensam.organisations.domain import function
from gemensam.rosters.models import CalendarLink

SECRET_BYTES = 32
LINKS_MAX = 20  # in force of one organisation for one function


@dataclass(frozen=True, slots=True)
class MadeLink:
    """An address's secret, which is kept nowhere: show it now or never."""

    link: CalendarLink
    raw: str


def make_link(lens: Lens, function_id: str) -> MadeLink:
    """Make an address for the shifts of a function of any member. Raises `Refused`: `not_found`, `too_many_links`."""
    lens.space(ROSTERS)
    if function(lens.directory, function_id) is None:
        raise Refused("not_found")
    if links_of(lens, function_id).count() >= LINKS_MAX:
        raise Refused("too_many_links", limit=LINKS_MAX)
    raw, who = secrets.token_urlsafe(SECRET_BYTES), lens.principal
    with transaction.atomic():
        link = CalendarLink.objects.create(
            sha256=token_digest(raw), function=function_id, made_at=lens.now, made_by=who.account,
            made_as=who.function, made_for=who.organisation,
        )  # fmt: skip
        note_now(who, "calendar_link_made", space=ROSTERS, subject=function_id, detail={"number": link.pk})
    return MadeLink(link, raw)


def revoke_link(lens: Lens, link: int) -> CalendarLink:
    """Make an address of the own organisation worthless: whoever made it, and who administers, may.

    Raises `Refused("not_found")`.
    """
    found = CalendarLink.objects.filter(pk=link, revoked_at=None, made_for=lens.principal.organisation).first()
    if found is None or not (found.made_by == lens.principal.account or lens.may("administer_own")):
        raise Refused("not_found")
    with transaction.atomic():
        if CalendarLink.objects.filter(pk=found.pk, revoked_at=None).update(revoked_at=lens.now):
            detail = {"number": found.pk}
            note_now(lens.principal, "calendar_link_revoked", space=ROSTERS, subject=found.function, detail=detail)
    return found


def links_of(lens: Lens, function_id: str) -> QuerySet[CalendarLink]:
    """Return the addresses in force that the reader may revoke, newest first; nobody sees another organisation's."""
    found = CalendarLink.objects.filter(function=function_id, made_for=lens.principal.organisation, revoked_at=None)
    if not lens.may("administer_own"):
        found = found.filter(made_by=lens.principal.account)
    return found.order_by("-made_at", "-pk")


def open_link(raw: str, now: int) -> tuple[CalendarLink, Lens]:
    """Return an address's function and what its maker may read now.

    Raises `Refused("calendar_link_unknown")`, the same for one that never was, is revoked, or whose maker reads the
    rosters no longer: nobody is to learn which.
    """
    link = CalendarLink.objects.filter(sha256=token_digest(raw), revoked_at=None).first()
    principal = principal_holding(link.made_by, link.made_as, now) if link is not None else None
    if link is None or principal is None or principal.organisation != link.made_for:
        raise Refused("calendar_link_unknown")
    lens = lens_for(principal, now)
    is_read = any(info.id == ROSTERS for info in lens.spaces())
    if not is_read or function(lens.directory, link.function) is None:
        raise Refused("calendar_link_unknown")
    return link, lens
