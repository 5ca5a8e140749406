"""Larm handed to the delivery, answers taken from it, and what it tells of each member (R3): the seam between the two.

A function is reached by the addresses that it has at the instant when the message is due: whoever holds it by the
rosters then (R7). So a shift that changes during a larm changes who is reached, and no list.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from gemensam.activation.domain.larms import PROV, LarmData
from gemensam.activation.domain.rules import data_of
from gemensam.activation.larm_commands import Reply
from gemensam.activation.sending import NAME, Outgoing, outgoing, reply_holder, take_answer
from gemensam.core.policy import DIRECTORY, ROSTERS
from gemensam.core.state import SpaceState, Thing
from gemensam.delivery import outbox
from gemensam.delivery.outbox import Answer, Attempt, Item, Message
from gemensam.ledger.log import LOG
from gemensam.organisations.domain.reading import vocabulary
from gemensam.rosters.domain.reading import reach

PUSH = "push"


def register() -> None:
    """Have the delivery ask for larm, and take answers to them."""
    outbox.register_source(NAME, items, wakes=("larm.", "call.", "assessment."))
    outbox.register_answers(NAME, take)


def items(now: int) -> Iterator[Item]:
    """Yield one item for each address of each message of the larms that go on (ms UTC)."""
    directory, rosters = LOG.catch_up(DIRECTORY), LOG.catch_up(ROSTERS)
    for each in outgoing(now):
        for address in addresses(directory, rosters, each):
            yield _item(directory, each, address)


def addresses(directory: SpaceState, rosters: SpaceState, each: Outgoing) -> Iterable[str]:
    """Return where a message goes: a push to the browsers of the function, the others to its addresses."""
    if each.channel == PUSH:
        return (each.function,)
    found = reach(directory, rosters, each.function, each.due_at).addresses
    return tuple(dict.fromkeys(one.value for one in found if one.channel == each.channel and one.value))


def _item(directory: SpaceState, each: Outgoing, address: str) -> Item:
    """The id tells the address apart: who takes over a function, and a number that is corrected, is reached too."""
    known = hashlib.sha256(address.encode()).hexdigest()[:10]
    return Item(
        f"{each.id}.{known}", each.cause, each.space, each.due_at, each.not_after, _message(directory, each, address),
        reply_to=each.reply_to, for_real=each.mark == PROV,
    )  # fmt: skip


def _message(directory: SpaceState, each: Outgoing, address: str) -> Message:
    words = each.words
    match each.channel:
        case "voice":
            voice = {"say": words.voice, "after": spoken_answers(directory)}
            return Message("voice", address, words.voicemail, voice=voice, link=words.link, mark=each.mark)
        case "push":
            return Message(PUSH, address, words.push, subject=words.subject, link=words.link, mark=each.mark)
        case _:
            return Message(each.channel, address, words.sms, subject=words.subject, link=words.link, mark=each.mark)


def spoken_answers(directory: SpaceState) -> dict[str, str]:
    """Return what a call says after each key."""
    return {item["code"]: item["spoken"] for item in vocabulary(directory, "alert_answers").items if item.get("spoken")}


def take(answer: Answer) -> str:
    """Enter an answer that came by a channel; return what is said back."""
    return take_answer(answer.reply_to, Reply(answer.word, via=answer.via, at=answer.at), key=answer.key)


def attempts_by_function(larm: Thing) -> Mapping[tuple[str, str], tuple[Attempt, ...]]:
    """Return what was tried for a larm, by (organisation, function), in the order of the attempts."""
    found: dict[tuple[str, str], list[Attempt]] = {}
    for reply_to, attempt in outbox.attempts_because_of(data_of(larm, LarmData).content):
        holder = reply_holder(reply_to)
        if holder.larm == larm.subject:
            found.setdefault((holder.organisation, holder.function), []).append(attempt)
    return {held: tuple(attempts) for held, attempts in found.items()}
