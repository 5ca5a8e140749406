"""The writers of larm and of answers to them; also those that the program writes by itself: by link, channel, schedule.

What the program writes for somebody stands with how it came in (`via`): an SMS can be forged, and the page says so.
"""

from dataclasses import dataclass, replace
from typing import Any

from gemensam.activation.alerting import Alert, draft_of
from gemensam.activation.domain.larm_rules import BY_COLLEAGUE
from gemensam.activation.domain.larms import NOTICE, SENT, LarmData
from gemensam.activation.domain.rules import data_of
from gemensam.activation.posting import NOT_TOLD, Sent, new_subject, thing_in
from gemensam.activation.tokens import Holder
from gemensam.activation.wording import hours
from gemensam.core.policy import Principal
from gemensam.core.state import Thing
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import append, program
from gemensam.ledger.reading import Lens

PROV_TEXT, TAKEN_BACK = "prov", "atertaget"


def send_larm(lens: Lens, space: str, alert: Alert, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Reach members with a prepared text."""
    draft = draft_of(lens, space, lens.space(space).kind, new_subject(lens, sent, "larm"), alert)
    return append(lens.principal, [replace(draft, circle_seen=sent.circle)], key=sent.key)[0]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to a larm: `code` of `alert_answers`, `from_at`: takes part from (ms UTC, 0 for from the start).

    `function` and `organisation`: whose it is, where it is not the writer's own. `via` and `at` (ms UTC, None: now):
    how and when it came in, where the program enters it.
    """

    code: str
    from_at: int = 0
    function: str = ""
    organisation: str = ""
    via: str = ""
    at: int | None = None

    def content(self, function: str) -> dict[str, Any]:
        return {"function": self.function or function, "code": self.code, "from_at": self.from_at}


def answer_larm(lens: Lens, space: str, larm: str, reply: Reply, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Answer for the own function, in the program; where it was called in another member's place, for that one."""
    _thing, data = larm_in(lens, space, larm)
    own, function = lens.principal.organisation, lens.principal.function
    called_for = [each.organisation for each in data.members if function in each.functions]
    if called_for and own not in called_for:
        holders = [Holder(space, larm, each, function) for each in called_for]
        return [answer_for(holder, replace(reply, via="app"), key=sent.key) for holder in holders][-1]
    draft = Draft("larm.answered", space, larm, reply.content(lens.principal.function), via="app")
    return append(lens.principal, [draft], key=sent.key)[0]


def enter_answer(lens: Lens, space: str, larm: str, reply: Reply, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Enter what a colleague, or another member, answered by telephone.

    For another organisation than the own one the ledger asks for the permission to enter for others.
    """
    content = reply.content("")
    draft = Draft("larm.answered", space, larm, content, organisation=reply.organisation, via=BY_COLLEAGUE)
    return append(lens.principal, [draft], key=sent.key)[0]


def follow_up(lens: Lens, space: str, larm: str, note: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Say more to those who were reached; it stands on the board."""
    return append(lens.principal, [Draft("larm.followed_up", space, larm, {"note": note})], key=sent.key)[0]


def cancel_larm(lens: Lens, space: str, larm: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Stop a larm that was wrong: nobody more is reached, and whoever was is told so, in one commit."""
    thing, data = larm_in(lens, space, larm)
    drafts = [Draft("larm.cancelled", space, larm, {"reason": reason})]
    if data.codes and thing.status == SENT:
        drafts.append(_taken_back(lens, space, larm, data, sent))
    return append(lens.principal, drafts, key=sent.key)[0]


def _taken_back(lens: Lens, space: str, larm: str, data: LarmData, sent: Sent) -> Draft:
    told = lens.payloads(space, [data.content]).get(data.content) or {}
    words = (told.get("fields") or {}).get("handelse", "")
    alert = Alert(TAKEN_BACK, words, purpose=NOTICE, tells_of=larm, fields={"tid": hours(data.sent_at)})
    return draft_of(lens, space, lens.space(space).kind, new_subject(lens, sent, "taken-back"), alert)


def end_larm(lens: Lens, space: str, larm: str, *, note: str = "", sent: Sent = NOT_TOLD) -> Receipt:
    """End a larm and keep its result."""
    return append(lens.principal, [Draft("larm.ended", space, larm, {"note": note})], key=sent.key)[0]


# By the program -----------------------------------------------------------------------------------------------------


def answer_for(holder: Holder, reply: Reply, *, key: str = "") -> Receipt:
    """Enter what a function answered by link, SMS, key press or push; by the program, for that function.

    Raises `Refused` as `larm_rules.decide_answered` does.
    """
    draft = Draft(
        "larm.answered", holder.space, holder.larm, reply.content(holder.function), organisation=holder.organisation,
        via=reply.via, occurred_at=reply.at,
    )  # fmt: skip
    return append(_acting_for(holder), [draft], key=key, by_program=True)[0]


def _acting_for(holder: Holder) -> Principal:
    return replace(program(holder.organisation), function=holder.function)


def send_scheduled(draft: Draft, organisation: str) -> Receipt:
    """Send a provlarm that is due by the schedule, as the organisation that the schedule names."""
    return append(program(organisation), [replace(draft, organisation=organisation)], by_program=True)[0]


def end_over(space: str, thing: Thing) -> Receipt:
    """End a larm whose time is over, so that its result is kept."""
    draft = Draft("larm.ended", space, thing.subject, {"note": ""}, organisation=thing.organisation)
    return append(program(thing.organisation), [draft], by_program=True)[0]


def larm_in(lens: Lens, space: str, larm: str) -> tuple[Thing, LarmData]:
    """Return a larm of a space; raises `Refused("not_found")`."""
    thing = thing_in(lens, space, larm, "larm")
    return thing, data_of(thing, LarmData)
