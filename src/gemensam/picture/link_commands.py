"""Making answer links of requests (R85), and the entries that what comes by them becomes."""

from dataclasses import replace

from gemensam.answer_links import commands as links
from gemensam.answer_links.commands import MadeLink
from gemensam.answer_links.domain import VIA, LinkFor, LinkOf
from gemensam.answer_links.models import AnswerLink
from gemensam.core import policy
from gemensam.core.refusal import Refused
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import function
from gemensam.picture import commands
from gemensam.picture.commands import Content, Received, Replied, Sent
from gemensam.picture.domain.links import PERMISSION
from gemensam.picture.link_queries import RequestLink
from gemensam.picture.lists import Lists


def make_link(lens: Lens, of: LinkOf, wanted: LinkFor) -> MadeLink:
    """Make a link by which one asked organisation can answer the own organisation's request without an account.

    Raises `Refused`: `not_permitted`, `not_owner`, `link_not_here` (a narrower circle), `unknown_via` (the list has no
    links), `request_withdrawn`, `not_asked`, `bad_margin`, or what `checked_label` raises.
    """
    for permission in ("request", PERMISSION):
        policy.require(lens.principal, permission)
    _check_request(lens, of, wanted.organisation)
    if wanted.margin_ms not in margins(lens, of.space):
        raise Refused("bad_margin")
    return links.make_link(lens, of, wanted)


def revoke_link(lens: Lens, of: LinkOf, number: int) -> None:
    """Make a link of the own organisation worthless, whoever there made it. Raises `Refused("not_found")`."""
    policy.require(lens.principal, "request")
    links.revoke_link(lens, of, number)


def answer_by_link(found: RequestLink, content: Content, *, sent: Sent) -> str:
    """Enter what came by a link for the asked organisation; unconfirmed until that one confirms (R71, R85).

    The entry is written by the function that made the link; its digest is returned. `sent.key` stands for what was
    written: what comes again with it has been entered already, though the moment that it is stated at is another.
    Raises `Refused` as `commands.enter_report` does.
    """
    lens, link = found.lens, found.link
    known = function(lens.directory, link.made_as)
    received_by = known.name if known is not None else link.made_as
    received = Received(link.organisation, VIA, received_by, lens.now, (link.subject,))
    told, mine = {**content, "link_for": link.label}, _keyed(link, sent)
    try:
        receipt = commands.enter_report(lens, link.space, told, received, sent=mine)
    except Refused as refused:
        thing = lens.state(link.space).thing(commands.subject_of(lens, mine))
        if refused.code != "id_reused" or thing is None:
            raise
        return str(thing.data.content)
    if link.answer != receipt.subject:
        links.note_answered(found, receipt.subject)
    return receipt.digest


def reply_by_link(found: RequestLink, kind: str, content: Content, *, sent: Sent) -> None:
    """Enter *återkommer kl.* (`request.deferred`) or *avböjer* (`request.declined`) as it came by a link (R85).

    Its own next word, or a report, takes its place. Raises `Refused` as `commands.defer_request` does.
    """
    link = found.link
    reply = Replied(kind, link.subject, link.organisation, VIA)
    told = {**content, "link_for": link.label}
    commands.enter_reply(found.lens, link.space, reply, told, sent=_keyed(link, sent))
    links.note_answered(found)


def margins(lens: Lens, space: str) -> dict[int, bool]:
    """Return for how long after the deadline (ms) a link may hold, and which of them is the default; from the list.

    Empty where the space's list has no such way: then no links are made there.
    """
    item = Lists(lens.directory, lens.state(space)).item("via", VIA) or {}
    default = item.get("default_minutes")
    return {int(minutes) * 60_000: minutes == default for minutes in item.get("minutes_after_deadline", ())}


def _keyed(link: AnswerLink, sent: Sent) -> Sent:
    return replace(sent, key=links.keyed(link, sent.key))


def _check_request(lens: Lens, of: LinkOf, organisation: str) -> None:
    request = of.thing
    if request.organisation != lens.principal.organisation:
        raise Refused("not_owner")
    if lens.space(of.space).kind == "sub":  # whoever holds a link would read of a circle that nobody let them into
        raise Refused("link_not_here")
    if not margins(lens, of.space):
        raise Refused("unknown_via", value=VIA)
    if not of.kind.is_open(request):
        raise Refused("request_withdrawn")
    if not of.kind.asks(request, organisation) or organisation == request.organisation:
        raise Refused("not_asked", subject=request.subject)
