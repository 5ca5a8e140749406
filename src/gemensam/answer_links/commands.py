"""The writers of answer links. Each change and its record in the local log are one transaction.

What may be linked, and by whom, is for the room to check whose thing it is; so is the entry that an answer becomes.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from gemensam.accounts.principals import token_digest
from gemensam.answer_links.domain import LinkFor, LinkOf, checked_label
from gemensam.answer_links.letter_words import letter_word
from gemensam.answer_links.models import AnswerLink
from gemensam.answer_links.queries import OpenLink, rows_of
from gemensam.audit.log import record_now
from gemensam.core.policy import Principal
from gemensam.core.refusal import Refused
from gemensam.ledger.reading import Lens

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A link and its secret, which is kept nowhere: show it now or never."""

    link: AnswerLink
    raw: str
    expires_at: int


def make_link(lens: Lens, of: LinkOf, wanted: LinkFor) -> MadeLink:
    """Make a link by which one asked organisation can answer without an account. Raises what `checked_label` raises."""
    who = lens.principal
    link = AnswerLink(
        about=of.kind.code, space=of.space, subject=of.thing.subject, organisation=wanted.organisation,
        label=checked_label(wanted.label), made_at=lens.now, made_by=who.account, made_as=who.function,
        made_for=who.organisation, margin_ms=wanted.margin_ms, in_letter=wanted.in_letter,
    )  # fmt: skip
    raw = letter_word(link) if wanted.in_letter else secrets.token_urlsafe(SECRET_BYTES)
    link.sha256 = token_digest(raw)
    with transaction.atomic():
        link.save(force_insert=True)
        _note(who, "link_made", link)
    return MadeLink(link, raw, link.times.expires_at(of.deadline_at))


def revoke_link(lens: Lens, of: LinkOf, number: int) -> None:
    """Make a link of the own organisation worthless, whoever there made it. Raises `Refused("not_found")`."""
    own = rows_of(of).filter(pk=number, made_for=lens.principal.organisation, revoked_at=None)
    with transaction.atomic():
        found = own.first()
        if found is None or not own.update(revoked_at=lens.now):
            raise Refused("not_found")
        _note(lens.principal, "link_revoked", found)


def note_opened(found: OpenLink[Any]) -> None:
    """Note the first time that somebody pressed to open a link's form; looking at its page notes nothing."""
    with transaction.atomic():
        if AnswerLink.objects.filter(pk=found.link.pk, opened_at=None).update(opened_at=found.lens.now):
            _note(_holder(found.link), "link_opened", found.link)


def note_answered(found: OpenLink[Any], answer: str = "") -> None:
    """Note that a link has been answered by. `answer`: the answer's subject, where it is a thing of its own."""
    told = {"answer": answer} if answer else {}
    with transaction.atomic():
        AnswerLink.objects.filter(pk=found.link.pk).update(answered_at=found.lens.now, **told)
        _note(_holder(found.link), "link_answered", found.link)


def keyed(link: AnswerLink, key: str) -> str:
    """The key is the holder's, among the keys of the account that made the link: it must meet none of those."""
    return f"link-{link.pk}-{key}" if key else ""


def _holder(link: AnswerLink) -> Principal:
    """Whoever holds the link, without account: filed under the organisation that let them in."""
    return Principal("", link.made_for, link.made_as, frozenset())


def _note(by: Principal, action: str, link: AnswerLink) -> None:
    detail = {"organisation": link.organisation, "number": link.pk}
    record_now(by, action, space=link.space, subject=link.subject, detail=detail)
