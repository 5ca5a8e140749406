"""Making answer links of remisses, and the entry that what comes by them becomes."""

from collections.abc import Mapping
from typing import Any

from gemensam.answer_links import commands as links
from gemensam.answer_links.commands import MadeLink
from gemensam.answer_links.domain import VIA, LinkFor, LinkOf
from gemensam.consultation import commands
from gemensam.consultation.domain.rules import GOVERN
from gemensam.consultation.link_queries import RemissLink
from gemensam.coordination.sending import Entered, Sent
from gemensam.core import policy
from gemensam.core.refusal import Refused
from gemensam.ledger.reading import Lens


def make_link(lens: Lens, of: LinkOf, wanted: LinkFor) -> MadeLink:
    """Make a link by which one member can answer the own organisation's remiss without an account.

    Raises `Refused`: `not_permitted`, `not_owner`, `remiss_not_open`, `not_on_send_list`, or of `checked_label`.
    """
    policy.require(lens.principal, GOVERN)
    if of.thing.organisation != lens.principal.organisation:
        raise Refused("not_owner")
    if not of.kind.is_open(of.thing):
        raise Refused("remiss_not_open")
    if not of.kind.asks(of.thing, wanted.organisation):
        raise Refused("not_on_send_list")
    return links.make_link(lens, of, wanted)


def revoke_link(lens: Lens, of: LinkOf, number: int) -> None:
    """Make a link of the own organisation worthless, whoever there made it. Raises `Refused("not_found")`."""
    policy.require(lens.principal, GOVERN)
    links.revoke_link(lens, of, number)


def answer_by_link(found: RemissLink, content: Mapping[str, Any], *, seen: str, key: str) -> str:
    """Enter what came by a link for the asked member; its digest is returned.

    It is written by the function that made the link. Raises `Refused` as `commands.answer_remiss` does.
    """
    link = found.link
    sent = Sent(seen=seen, key=links.keyed(link, key), entered=Entered(link.organisation, VIA))
    told = {**content, "link_for": link.label}
    receipt = commands.answer_remiss(found.lens, link.space, link.subject, told, sent=sent)
    links.note_answered(found)
    return receipt.digest
