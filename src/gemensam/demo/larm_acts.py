"""A provlarm that has been, and the activation of the storm: call, larm, assessment, first information, answers.

No larm of a demonstration goes out by a channel: it is shown in the program alone.
"""

from collections.abc import Iterator
from dataclasses import replace

from gemensam.activation import commands, larm_commands
from gemensam.activation.alerting import Alert, draft_of
from gemensam.activation.commands import CALLED, Assessed
from gemensam.activation.domain.larms import SENT, LarmData
from gemensam.activation.domain.rules import data_of
from gemensam.activation.posting import Sent
from gemensam.core.policy import STANDING
from gemensam.core.refusal import Refused
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


def make_call(scene: Scene) -> None:
    """Call for joint work in the space, and reach all members, in one commit as the green button does."""
    about, lens, larm = scene.event.about, scene.lens, uuid7()
    content = {"type": about["type"], "words": about["words"], "text": scene.text("text")}
    alert = Alert(CALLED, about["words"], word_by=scene.in_minutes("word_by") or 0, live=False)
    drafts = [Draft("call.made", scene.space, uuid7(), content), draft_of(lens, scene.space, "incident", larm, alert)]
    said = [replace(each, occurred_at=scene.said_at) for each in drafts]
    scene.write(lambda key: append(lens.principal, said, key=key)[0])


def assess(scene: Scene) -> None:
    """Assess the call that an earlier event made, and set the läge that it means."""
    about = scene.event.about
    given = Assessed(about["outcome"], scene.text("reason"), scene.text("level"), alerts=False)
    call = scene.stage.subject(about["call"])
    scene.write(lambda key: commands.assess(scene.lens, scene.space, call, given, sent=Sent(key=key))[0])


def first_information(scene: Scene) -> None:
    """Say what is known so far."""
    text = scene.text("text")
    scene.write(lambda key: commands.give_information(scene.lens, scene.space, text, sent=Sent(key=key))[0])


def answer_larm(scene: Scene) -> None:
    """Let members answer the larm of the space through their first function: each its `way`, with its `code`."""
    larm = _larm_of(scene)
    for organisation, (way, code) in scene.event.about["given"].items():
        member = next(each for each in data_of(larm, LarmData).members if each.organisation == organisation)
        draft = Draft("larm.answered", scene.space, larm.subject, {"function": member.functions[0], "code": code},
                      organisation=organisation, via=way, occurred_at=scene.said_at)  # fmt: skip
        scene.write(
            lambda key, draft=draft: append(program(draft.organisation), [draft], key=key, by_program=True)[0],  # type: ignore[misc]
            step=organisation,
        )


def follow_up(scene: Scene) -> None:
    """Say more to those whom the larm reached."""
    larm, text = _larm_of(scene).subject, scene.text("text")
    scene.write(lambda key: larm_commands.follow_up(scene.lens, scene.space, larm, text, sent=Sent(key=key)))


def _larm_of(scene: Scene) -> Thing:
    found = LOG.catch_up(scene.space).group("larms")
    if not found:
        raise Refused("not_played", ref="larm")
    return found[0]
