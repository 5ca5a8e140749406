"""The writers of answer links of remisses. Each change and its record in the local log are one transaction."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from gemensam.accounts.principals import token_digest
from gemensam.audit.log import record_now
from gemensam.consultation import commands
from gemensam.consultation.domain.rules import GOVERN
from gemensam.consultation.link_queries import OpenLink
from gemensam.consultation.models import RemissLink
from gemensam.coordination.sending import Entered, Sent
from gemensam.core import policy
from gemensam.core.policy import Principal
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.ledger.reading import Lens
from gemensam.picture.domain.links import VIA, LinkFor, checked_label

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A link and its secret, which is kept nowhere: show it now or never."""

    link: RemissLink
    raw: str


def make_link(lens: Lens, space: str, remiss: Thing, wanted: LinkFor) -> MadeLink:
    """Make a link by which one member can answer the own organisation's remiss without an account.

    Raises `Refused`: `not_permitted`, `not_owner`, `remiss_not_open`, `not_on_send_list`, or of `checked_label`.
    """
    policy.require(lens.principal, GOVERN)
    if remiss.organisation != lens.principal.organisation:
        raise Refused("not_owner")
    if remiss.status != "sent":
        raise Refused("remiss_not_open")
    if wanted.organisation not in remiss.data.members:
        raise Refused("not_on_send_list")
    raw = secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        link = RemissLink.objects.create(
            sha256=token_digest(raw), space=space, remiss=remiss.subject, organisation=wanted.organisation,
            label=checked_label(wanted.label), made_at=lens.now, made_by=lens.principal.account,
            made_as=lens.principal.function, made_for=lens.principal.organisation, margin_ms=wanted.margin_ms,
        )  # fmt: skip
        _note(lens.principal, "link_made", link)
    return MadeLink(link, raw)


def revoke_link(lens: Lens, space: str, remiss: Thing, link: int) -> None:
    """Make a link of the own organisation worthless, whoever there made it. Raises `Refused("not_found")`."""
    policy.require(lens.principal, GOVERN)
    own = {"space": space, "remiss": remiss.subject, "made_for": lens.principal.organisation}
    found = RemissLink.objects.filter(pk=link, revoked_at=None, **own).first()
    if found is None:
        raise Refused("not_found")
    with transaction.atomic():
        if RemissLink.objects.filter(pk=found.pk, revoked_at=None).update(revoked_at=lens.now):
            _note(lens.principal, "link_revoked", found)


def note_opened(found: OpenLink) -> None:
    """Note the first time that somebody pressed to open a link's form; looking at its page notes nothing."""
    with transaction.atomic():
        if RemissLink.objects.filter(pk=found.link.pk, opened_at=None).update(opened_at=found.lens.now):
            _note(_holder(found.link), "link_opened", found.link)


def answer_by_link(found: OpenLink, content: Mapping[str, Any], *, seen: str, key: str) -> str:
    """Enter what came by a link for the asked member; its digest is returned.

    It is written by the function that made the link. Raises `Refused` as `commands.answer_remiss` does.
    """
    link = found.link
    sent = Sent(seen=seen, key=f"remiss-link-{link.pk}-{key}" if key else "", entered=Entered(link.organisation, VIA))
    told = {**content, "link_for": link.label}
    receipt = commands.answer_remiss(found.lens, link.space, link.remiss, told, sent=sent)
    with transaction.atomic():
        RemissLink.objects.filter(pk=link.pk).update(answered_at=found.lens.now)
        _note(_holder(link), "link_answered", link)
    return receipt.digest


def _holder(link: RemissLink) -> Principal:
    """Whoever holds the link, without account: filed under the organisation that let them in."""
    return Principal("", link.made_for, link.made_as, frozenset())


def _note(by: Principal, action: str, link: RemissLink) -> None:
    detail: dict[str, Any] = {"organisation": link.organisation, "number": link.pk}
    record_now(by, action, space=link.space, subject=link.remiss, detail=detail)
