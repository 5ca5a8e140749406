"""What is to leave the program because of larm, and the answers that come back by channel.

Computed anew at each look from the states of the spaces, the call lists and the clock (design 6): what has been
answered, cancelled or replaced is simply not there any more. An exercise, and a provlarm that does not say so, sends
nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from gemensam.activation.domain import escalation
from gemensam.activation.domain.escalation import VOICE
from gemensam.activation.domain.larms import LarmData
from gemensam.activation.domain.reading import is_active, settled_at
from gemensam.activation.domain.rules import data_of
from gemensam.activation.domain.simple import simplified
from gemensam.activation.domain.texts import TEXTS, filled
from gemensam.activation.larm_commands import Reply, answer_for
from gemensam.activation.lately import alerted_lately
from gemensam.activation.tokens import Holder, token_for
from gemensam.activation.wording import Words, hours, words_of
from gemensam.core.policy import DIRECTORY
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.ledger.append import now_ms
from gemensam.ledger.judge import load_payloads
from gemensam.ledger.log import LOG
from gemensam.organisations.domain.reading import vocabulary
from gemensam.web import labels

NAME = "larm"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to one function by one channel; see `escalation.Due`. `cause`: the digest of the larm's entry.

    `reply_to`: what an answer is about, as `reply_holder` reads it. `words`: what it says in each channel.
    """

    id: str
    cause: str
    space: str
    organisation: str
    function: str
    channel: str
    due_at: int
    not_after: int
    mark: str
    reply_to: str
    words: Words


def active(now: int) -> Iterator[tuple[SpaceState, Thing]]:
    """Yield every larm that still reaches people, with the state of its space; cheap where nothing is sent."""
    for state in alerted_lately(now):
        for thing in state.group("larms_sent"):
            if is_active(state, thing, now):
                yield state, thing


def outgoing(now: int) -> Iterator[Outgoing]:
    """Yield all messages of the larms that go on, due or still to come, that have not been answered (ms UTC)."""
    for state, thing in active(now):
        data = data_of(thing, LarmData)
        if data.live:
            yield from _messages(state, thing, data, now)


def _messages(state: SpaceState, thing: Thing, data: LarmData, now: int) -> Iterator[Outgoing]:
    payload = load_payloads(state.space, [data.content]).get(data.content)
    if payload is None:
        return
    words: dict[str, Words] = {}
    for due in escalation.due(data, thing.subject, now, settled_at=settled_at(state, thing)):
        holder = Holder(state.space, thing.subject, due.organisation, due.function)
        if due.channel == VOICE and not payload["texts"]["voice"]:
            continue  # a text that is not for calls
        if due.function not in words:
            words[due.function] = words_of(data, payload, token_for(holder))
        yield Outgoing(
            due.id, data.content, state.space, due.organisation, due.function, due.channel, due.due_at, due.not_after,
            data.mark, " ".join(holder), words[due.function],
        )  # fmt: skip


def reply_holder(reply_to: str) -> Holder:
    """Return whose answer something is; raises `Refused("not_found")`."""
    parts = reply_to.split(" ")
    if len(parts) != len(Holder._fields):
        raise Refused("not_found")
    return Holder(*parts)


def take_answer(reply_to: str, reply: Reply, *, key: str) -> str:
    """Enter an answer that came by a channel. Return what is said back, in the words of the list; "" for nothing.

    A word that is none of the answers, and an answer to what is over, changes nothing and says so.
    """
    holder = reply_holder(reply_to)
    try:
        answer_for(holder, reply, key=key)
    except Refused as refused:
        return _told(refused)
    return _receipt(holder, reply.code)


def _told(refused: Refused) -> str:
    return labels.words(refused)


def _receipt(holder: Holder, code: str) -> str:
    """Return the receipt of starter data 10 (text 15), without a link: the one in the larm's own message holds."""
    directory, thing = LOG.catch_up(DIRECTORY), LOG.catch_up(holder.space).thing(holder.larm)
    item = vocabulary(directory, TEXTS).item("kvitto")
    word = (vocabulary(directory, "alert_answers").item(code) or {}).get("name", "")
    if item is None or thing is None:
        return ""
    payload = load_payloads(holder.space, [thing.data.content]).get(thing.data.content) or {}
    fields = {**payload.get("fields", {}), "tid": hours(now_ms()), "svar": simplified(str(word), 34)}
    return filled(item["sms"], fields)
