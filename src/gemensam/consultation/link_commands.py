"""Making answer links of remisses, and the entry that what comes by them becomes."""

from collections.abc import Mapping, Sequence
from typing import Any

from gemensam.answer_links import commands as links
from gemensam.answer_links.commands import MadeLink
from gemensam.answer_links.domain import VIA, LinkFor, LinkOf
from gemensam.answer_links.queries import standing_in_letters
from gemensam.consultation import commands
from gemensam.consultation.domain.remisses import PREPARED
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


def send_remiss(lens: Lens, of: LinkOf, wanted: Sequence[LinkFor], *, sent: Sent) -> None:
    """Send a remiss, with a link in the letters to each of those `wanted`.

    The links come first, since letters go out as soon as the entry is written; they hold once it is. Raises `Refused`:
    `not_permitted`, `not_owner`, `not_on_send_list`, or of `checked_label` and `commands.send_remiss`.
    """
    policy.require(lens.principal, GOVERN)
    if of.thing.organisation != lens.principal.organisation:
        raise Refused("not_owner")
    made = _made_for_letters(lens, of, wanted) if of.thing.status == PREPARED else []
    try:
        commands.send_remiss(lens, of.space, of.thing.subject, sent=sent)
    except Refused:
        for each in made:
            links.revoke_link(lens, of, each.link.pk)
        raise


def _made_for_letters(lens: Lens, of: LinkOf, wanted: Sequence[LinkFor]) -> list[MadeLink]:
    """Make the links that are not there already; what was left by a press that came to nothing is revoked."""
    if any(not of.kind.asks(of.thing, each.organisation) for each in wanted):
        raise Refused("not_on_send_list")
    told = {(each.organisation, each.label, each.margin_ms): each for each in wanted}
    for row in standing_in_letters(of):
        if told.pop((row.organisation, row.label, row.margin_ms), None) is None:
            links.revoke_link(lens, of, row.pk)
    return [links.make_link(lens, of, each) for each in told.values()]


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
