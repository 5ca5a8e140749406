"""What functions do in the conferences of a scenario: call, open, attend, note, need, agree, close, publish."""

from gemensam.coordination import commands, question_commands
from gemensam.coordination.commands import Presence
from gemensam.coordination.sending import Entered, Sent
from gemensam.core.refusal import Refused
from gemensam.core.writing import Receipt
from gemensam.demo.moments import GRACE, MINUTE, next_weekday
from gemensam.demo.place_acts import where_of
from gemensam.demo.stage import Scene
from gemensam.picture.compiling import Takt, set_cadence

# Fiction: the telephone number is one that Swedish authorities have set aside for films and books.
DIAL_IN = {
    "primary": "08-465 004 00",
    "code": "4711",
    "reserve": "Rakel, talgrupp enligt sambandsplanen",
    "reserve_code": "",
}
COUNTED_FROM_FIRST = "Takten räknas från första samverkanskonferensen."


def call_conference(scene: Scene) -> None:
    """Call a conference; the takt is counted from it where the event says so."""
    about, starts_at = scene.event.about, _starts_at(scene)
    content = {
        "agenda": about["agenda"],
        "starts_at": starts_at,
        "series": scene.text("series"),
        "text": about["text"],
        "dial_in": DIAL_IN,
        "roles": [{"role": role, "function": function} for role, function in about["roles"].items()],
    }
    scene.write(lambda key: commands.call_conference(scene.lens, scene.space, content, sent=_sent(scene, key)))
    if about.get("cadence"):
        takt = Takt(about["cadence"], COUNTED_FROM_FIRST, starts_at)
        scene.write(lambda key: set_cadence(scene.lens, scene.space, takt, key=key), step="cadence")


def _starts_at(scene: Scene) -> int:
    about = scene.event.about
    if "in_min" in about:
        return scene.now + int(about["in_min"]) * MINUTE
    weeks = int(about.get("week", 0))
    return next_weekday(scene.real_now - GRACE, about["weekday"], about["time"], weeks=weeks)


def open_conference(scene: Scene) -> None:
    subject, text = _conference(scene), scene.text("text")
    scene.write(
        lambda key: commands.open_conference(scene.lens, scene.space, subject, text=text, sent=_sent(scene, key))
    )


def attend(scene: Scene) -> None:
    """Each organisation's functions take part; the secretary enters those of others that phone in."""
    conference, represents = _conference(scene), tuple(scene.event.about.get("represents", ()))
    named: dict[str, list[str]] = {}
    for name in scene.event.about["functions"]:
        named.setdefault(scene.function(name).organisation, []).append(name)
    for organisation, functions in named.items():
        presence = Presence(functions, represents if organisation == scene.organisation else ())
        _register(scene, conference, organisation, presence)


def _register(scene: Scene, conference: str, organisation: str, presence: Presence) -> None:
    entered = _entered(scene, organisation)
    scene.write(
        lambda key: commands.attend(scene.lens, scene.space, conference, presence, sent=Sent(key=key, entered=entered)),
        step=organisation,
    )


def raise_need(scene: Scene) -> None:
    about = scene.event.about
    texts = {name: scene.text(name) for name in ("amount", "place", "when")}
    content = {"text": about["what"], "urgency": about["urgency"], "where": where_of(about), **texts}
    conference = _conference(scene) if about.get("conference") else ""
    entered = _entered(scene, scene.organisation)
    scene.write(
        lambda key: commands.raise_need(
            scene.lens, scene.space, content, conference=conference, sent=Sent(key=key, entered=entered)
        )
    )


def offer(scene: Scene) -> None:
    need = scene.stage.subject(scene.event.about["need"])
    scene.write(
        lambda key: commands.offer_to_need(scene.lens, scene.space, need, scene.text("text"), sent=_sent(scene, key))
    )


def ask_question(scene: Scene) -> None:
    content = {"text": scene.text("text"), "to": scene.event.about["to"]}
    conference = _conference(scene) if scene.event.about.get("conference") else ""
    scene.write(
        lambda key: question_commands.ask_question(
            scene.lens, scene.space, content, conference=conference, sent=_sent(scene, key)
        )
    )


def share_question(scene: Scene) -> None:
    question = scene.stage.subject(scene.event.about["question"])
    scene.write(lambda key: question_commands.share_question(scene.lens, scene.space, question, sent=_sent(scene, key)))


def answer_question(scene: Scene) -> None:
    question, text = scene.stage.subject(scene.event.about["question"]), scene.text("text")
    scene.write(
        lambda key: question_commands.answer_question(scene.lens, scene.space, question, text, sent=_sent(scene, key))
    )


def note_point(scene: Scene) -> None:
    """The secretary goes to the point, unless it is spoken of already, and writes its note."""
    conference, point = _conference(scene), scene.text("point")
    thing = scene.lens.state(scene.space).thing(conference)
    if thing is not None and thing.data.current != point:
        scene.write(
            lambda key: commands.move_to(scene.lens, scene.space, conference, point, sent=_sent(scene, key)),
            step="move",
        )
    note = (point, _noted(scene, conference, point))
    scene.write(lambda key: commands.note_point(scene.lens, scene.space, conference, note, sent=_sent(scene, key)))


def _noted(scene: Scene, conference: str, point: str) -> str:
    """What stands at the point with the event's text below: a note is written whole."""
    lens = scene.lens
    thing = lens.state(scene.space).thing(conference)
    last = thing.data.note(point) if thing is not None else None
    before = lens.payloads(scene.space, [last.digest]).get(last.digest) if last is not None else None
    return f"{before['text']}\n{scene.text('text')}" if before else scene.text("text")


def record_agreement(scene: Scene) -> None:
    about, conference = scene.event.about, _conference(scene)
    due_at = scene.in_minutes("due")
    content = {
        "wording": about["text"],
        "undertakings": [{"organisation": one, "due_at": due_at} for one in about["undertakes"]],
        "follow_up_at": scene.in_minutes("follow_up"),
    }
    scene.write(
        lambda key: commands.record_agreement(scene.lens, scene.space, conference, content, sent=_sent(scene, key))
    )


def confirm_undertaking(scene: Scene) -> None:
    agreement = scene.stage.subject(scene.event.about["agreement"])
    scene.write(lambda key: commands.confirm_undertaking(scene.lens, scene.space, agreement, sent=_sent(scene, key)))


def close_conference(scene: Scene) -> None:
    """Close the conference, and call the next one at once where the event says so."""
    subject, text = _conference(scene), scene.text("text")
    scene.write(
        lambda key: commands.close_conference(scene.lens, scene.space, subject, text=text, sent=_sent(scene, key))
    )
    if scene.event.about.get("call_next"):
        scene.write(lambda key: _call_following(scene, key), step="next")


def _call_following(scene: Scene, key: str) -> Receipt:
    """Call the next conference with the same roles, at the takt's own time."""
    content = commands.next_content(scene.lens, scene.space)
    if content is None:
        raise Refused("no_next_conference")
    return commands.call_conference(scene.lens, scene.space, content, sent=_sent(scene, key))


def publish_minutes(scene: Scene) -> None:
    """Publish the minutes; the members may comment on them for a day."""
    subject = _conference(scene)
    adjustments = {"summary": scene.text("text"), "comments_until_at": scene.now + 24 * 60 * MINUTE}
    scene.write(
        lambda key: commands.publish_minutes(scene.lens, scene.space, subject, adjustments, sent=_sent(scene, key))
    )


def _conference(scene: Scene) -> str:
    """Return the conference that an event names, else the one that was called last."""
    named = scene.event.about.get("conference")
    if named:
        return scene.stage.subject(named)
    return scene.stage.subject(scene.stage.scenario.last_called(scene.event.number))


def _sent(scene: Scene, key: str) -> Sent:
    return Sent(key=key, entered=Entered(at=scene.said_at))


def _entered(scene: Scene, organisation: str) -> Entered:
    if organisation == scene.actor.organisation:
        return Entered(at=scene.said_at)
    return Entered(organisation, scene.text("via"), scene.said_at)
