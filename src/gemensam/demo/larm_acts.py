"""A provlarm that has been: sent, answered by nearly all, ended with its result."""

from collections.abc import Iterator
from dataclasses import replace

from gemensam.activation.domain.larms import SENT, LarmData
from gemensam.activation.domain.rules import data_of
from gemensam.core.policy import STANDING
from gemensam.core.state import Thing
from gemensam.core.writing import Draft
from gemensam.demo.stage import Scene
from gemensam.ledger.append import append, program
from gemensam.ledger.ids import uuid7
from gemensam.ledger.log import LOG

SECOND = 1_000
UNANSWERED, BY_THE_NEXT = 17, 11  # every so many members: nobody answers, or the second in the list does


def provlarm(scene: Scene) -> None:
    """Send a provlarm in the program alone, and let the members answer it within some minutes."""
    payload = {"text": "prov", "live": False}
    draft = Draft("larm.sent", STANDING, uuid7(), payload, occurred_at=scene.said_at)
    receipt = scene.write(lambda key: append(scene.lens.principal, [draft], key=key)[0])
    thing = LOG.catch_up(STANDING).thing(receipt.subject)
    if thing is None or thing.status != SENT:  # played already
        return
    end = Draft("larm.ended", STANDING, thing.subject, {"note": ""}, organisation=thing.organisation)
    over = replace(end, occurred_at=scene.now + 20 * 60 * SECOND)
    append(program(thing.organisation), [*_answers(scene, thing), over], by_program=True)


def _answers(scene: Scene, thing: Thing) -> Iterator[Draft]:
    """Yield the answers in the order in which they came: spread over some minutes, the same in every demonstration."""
    for place, member in enumerate(data_of(thing, LarmData).members, start=1):
        if place % UNANSWERED == 0 or not member.functions:
            continue
        is_next = place % BY_THE_NEXT == 0 and len(member.functions) > 1
        seconds = (300 if is_next else 0) + 15 + place * 37 % 290
        content = {"function": member.functions[1 if is_next else 0], "code": "1"}
        via = ("app", "sms", "lank", "voice")[place % 4]
        yield Draft("larm.answered", STANDING, thing.subject, content, organisation=member.organisation, via=via,
                    occurred_at=scene.now + seconds * SECOND)  # fmt: skip
