"""The writers of answer links (R85). Each change and its record in the local log are one transaction."""

import secrets
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from gemensam.accounts.principals import token_digest
from gemensam.audit.log import record_now
from gemensam.core import policy
from gemensam.core.policy import Principal
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import function
from gemensam.picture import commands
from gemensam.picture.commands import Content, Received, Replied, Sent
from gemensam.picture.domain.links import PERMISSION, VIA, LinkFor, checked_label
from gemensam.picture.link_queries import OpenLink
from gemensam.picture.lists import Lists
from gemensam.picture.models import AnswerLink

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A link and its secret, which is kept nowhere: show it now or never."""

    link: AnswerLink
    raw: str


def make_link(lens: Lens, space: str, request: Thing, wanted: LinkFor) -> MadeLink:
    """Make a link by which one asked organisation can answer the own organisation's request without an account.

    Raises `Refused`: `not_permitted`, `not_owner`, `link_not_here` (a narrower circle), `unknown_via` (the list has no
    links), `request_withdrawn`, `not_asked`, `bad_margin`, or what `checked_label` raises.
    """
    for permission in ("request", PERMISSION):
        policy.require(lens.principal, permission)
    _check_request(lens, space, request, wanted.organisation)
    if wanted.margin_ms not in margins(lens, space):
        raise Refused("bad_margin")
    raw = secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        link = AnswerLink.objects.create(
            sha256=token_digest(raw), space=space, request=request.subject, organisation=wanted.organisation,
            label=checked_label(wanted.label), made_at=lens.now, made_by=lens.principal.account,
            made_as=lens.principal.function, made_for=lens.principal.organisation, margin_ms=wanted.margin_ms,
        )  # fmt: skip
        _note(lens.principal, "link_made", link)
    return MadeLink(link, raw)


def revoke_link(lens: Lens, space: str, request: Thing, link: int) -> None:
    """Make a link of the own organisation worthless, whoever there made it. Raises `Refused("not_found")`."""
    policy.require(lens.principal, "request")
    own = {"space": space, "request": request.subject, "made_for": lens.principal.organisation}
    found = AnswerLink.objects.filter(pk=link, revoked_at=None, **own).first()
    if found is None:
        raise Refused("not_found")
    with transaction.atomic():
        if AnswerLink.objects.filter(pk=found.pk, revoked_at=None).update(revoked_at=lens.now):
            _note(lens.principal, "link_revoked", found)


def note_opened(found: OpenLink) -> None:
    """Note the first time that somebody pressed to open a link's form; looking at its page notes nothing."""
    with transaction.atomic():
        if AnswerLink.objects.filter(pk=found.link.pk, opened_at=None).update(opened_at=found.lens.now):
            _note(_holder(found.link), "link_opened", found.link)


def answer_by_link(found: OpenLink, content: Content, *, sent: Sent) -> str:
    """Enter what came by a link for the asked organisation; unconfirmed until that one confirms (R71, R85).

    The entry is written by the function that made the link; its digest is returned. `sent.key` stands for what was
    written: what comes again with it has been entered already, though the moment that it is stated at is another.
    Raises `Refused` as `commands.enter_report` does.
    """
    lens, link = found.lens, found.link
    known = function(lens.directory, link.made_as)
    received_by = known.name if known is not None else link.made_as
    received = Received(link.organisation, VIA, received_by, lens.now, (link.request,))
    told, mine = {**content, "link_for": link.label}, _keyed(link, sent)
    try:
        receipt = commands.enter_report(lens, link.space, told, received, sent=mine)
    except Refused as refused:
        thing = lens.state(link.space).thing(commands.subject_of(lens, mine))
        if refused.code != "id_reused" or thing is None:
            raise
        return str(thing.data.content)
    if link.report != receipt.subject:
        _note_answered(found, report=receipt.subject)
    return receipt.digest


def reply_by_link(found: OpenLink, kind: str, content: Content, *, sent: Sent) -> None:
    """Enter *återkommer kl.* (`request.deferred`) or *avböjer* (`request.declined`) as it came by a link (R85).

    Its own next word, or a report, takes its place. Raises `Refused` as `commands.defer_request` does.
    """
    lens, link = found.lens, found.link
    reply = Replied(kind, link.request, link.organisation, VIA)
    commands.enter_reply(lens, link.space, reply, {**content, "link_for": link.label}, sent=_keyed(link, sent))
    _note_answered(found)


def margins(lens: Lens, space: str) -> dict[int, bool]:
    """Return for how long after the deadline (ms) a link may hold, and which of them is the default; from the list.

    Empty where the space's list has no such way: then no links are made there.
    """
    item = Lists(lens.directory, lens.state(space)).item("via", VIA) or {}
    default = item.get("default_minutes")
    return {int(minutes) * 60_000: minutes == default for minutes in item.get("minutes_after_deadline", ())}


def _keyed(link: AnswerLink, sent: Sent) -> Sent:
    """The key is the holder's, among the keys of the account that made the link: it must meet none of those."""
    return replace(sent, key=f"link-{link.pk}-{sent.key}" if sent.key else "")


def _note_answered(found: OpenLink, **answer: str) -> None:
    with transaction.atomic():
        AnswerLink.objects.filter(pk=found.link.pk).update(answered_at=found.lens.now, **answer)
        _note(_holder(found.link), "link_answered", found.link)


def _check_request(lens: Lens, space: str, request: Thing, organisation: str) -> None:
    info = lens.space(space)
    if request.organisation != lens.principal.organisation:
        raise Refused("not_owner")
    if info.kind == "sub":  # whoever holds a link would read of a circle that nobody has let them into
        raise Refused("link_not_here")
    if not margins(lens, space):
        raise Refused("unknown_via", value=VIA)
    if request.status != "open":
        raise Refused("request_withdrawn")
    if organisation not in request.data.asked or organisation == request.organisation:
        raise Refused("not_asked", subject=request.subject)


def _holder(link: AnswerLink) -> Principal:
    """Whoever holds the link, without account: filed under the organisation that let them in."""
    return Principal("", link.made_for, link.made_as, frozenset())


def _note(by: Principal, action: str, link: AnswerLink) -> None:
    detail: dict[str, Any] = {"organisation": link.organisation, "number": link.pk}
    record_now(by, action, space=link.space, subject=link.request, detail=detail)
