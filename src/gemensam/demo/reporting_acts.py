"""What functions do in the reporting of a scenario: ask, report, answer quickly, correct, say a thing, publish."""

from collections.abc import Mapping
from typing import Any

from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.demo.content import Lists, corrected_content, report_content
from gemensam.demo.moments import MINUTE, SECOND, next_weekday
from gemensam.demo.place_acts import where_of
from gemensam.demo.stage import Scene
from gemensam.organisations.domain import members, organisation, pinned_vocabulary
from gemensam.picture import commands
from gemensam.picture.commands import Received, Sent
from gemensam.picture.domain import reports
from gemensam.picture.domain.pictures import latest_picture
from gemensam.picture.reporting_queries import latest_report, open_requests_for

UNASKED_TEMPLATE = "forsta"


def make_request(scene: Scene) -> None:
    lens, about = scene.lens, scene.event.about
    named = [one.id for one in members(lens.directory)] if about["to"] == "all" else about["to"]
    content = {
        "purpose": about["purpose"],
        "purpose_text": about["text"],
        "template": about["template"],
        "deadline_at": _deadline(scene),
        "asked": [one for one in named if one != scene.organisation],
    }
    scene.write(lambda key: commands.make_request(lens, scene.space, content, sent=Sent(key=key)))


def _deadline(scene: Scene) -> int:
    """Return the answer's deadline: to come, also where the asking is told afterwards."""
    about = scene.event.about
    if "due" in about:
        return next_weekday(scene.real_now, about["due"]["day"], about["due"]["time"])
    return scene.now + int(about["deadline_min"]) * MINUTE


def report(scene: Scene) -> None:
    if scene.event.about.get("nothing"):
        _quick(scene, reports.NOTHING, scene.event.about["template"])
    elif scene.organisation == scene.actor.organisation:
        content, answers = _content(scene), _asked(scene)
        scene.write(
            lambda key: commands.publish_report(scene.lens, scene.space, content, answers=answers, sent=Sent(key=key))
        )
    else:
        _relay(scene)


def _relay(scene: Scene) -> None:
    received = Received(scene.organisation, scene.text("via"), scene.actor.name, scene.now, _asked(scene))
    content = _content(scene)
    scene.write(lambda key: commands.relay_report(scene.lens, scene.space, content, received, sent=Sent(key=key)))


def _content(scene: Scene) -> dict[str, Any]:
    lens = scene.lens
    state, about = lens.state(scene.space), scene.event.about
    template = pinned_vocabulary(lens.directory, state, "report_templates").item(about["template"])
    steps = pinned_vocabulary(lens.directory, state, "status").items
    found = organisation(lens.directory, scene.organisation)
    if template is None or found is None:
        raise Refused("unknown_template", value=about["template"])
    lowest = min(steps, key=lambda step: int(step["digit"]))["code"]
    content = report_content(about, Lists(template["fields"], found.rows, lowest), scene.now)
    return {**content, "stated_at": _after_what_stands(scene, content["stated_at"])}


def _after_what_stands(scene: Scene, stated_at: int) -> int:
    """Hours are played in minutes, so a report's age could make it speak of a time before what it follows.

    That is the organisation's latest report, and the latest picture, which it would revise.
    """
    state = scene.lens.state(scene.space)
    before = (latest_report(state, scene.organisation), latest_picture(state))
    return max([stated_at, *(int(one.data.stated_at) + SECOND for one in before if one is not None)])


def no_impact(scene: Scene) -> None:
    asked = _requests(scene)
    _quick(scene, reports.NO_IMPACT, asked[0].data.template if asked else UNASKED_TEMPLATE)


def _quick(scene: Scene, quick: str, template: str) -> None:
    about = scene.event.about
    stated_at = scene.now - int(about.get("stated_min_ago", 0)) * MINUTE
    summary = scene.text("text") or scene.text("summary")
    content = {"template": template, "stated_at": stated_at, "quick": quick, "summary": summary}
    answers = _asked(scene)
    scene.write(
        lambda key: commands.publish_report(scene.lens, scene.space, content, answers=answers, sent=Sent(key=key))
    )


def unchanged(scene: Scene) -> None:
    answers = _asked(scene)
    scene.write(lambda key: commands.report_unchanged(scene.lens, scene.space, answers=answers, sent=Sent(key=key)))


def defer(scene: Scene) -> None:
    about = scene.event.about
    request = scene.stage.subject(about["answers"])
    content = {"until_at": scene.now + int(about["minutes"]) * MINUTE, "text": scene.text("text")}
    scene.write(lambda key: commands.defer_request(scene.lens, scene.space, request, content, sent=Sent(key=key)))


def correct_report(scene: Scene) -> None:
    lens, latest = scene.lens, _latest(scene)
    content: Mapping[str, Any] | None = lens.payloads(scene.space, [latest.data.content])[latest.data.content]
    if content is None:
        raise Refused("not_found")
    corrected = corrected_content(content, scene.event.about["cells"], scene.now)
    scene.write(lambda key: commands.correct_report(lens, scene.space, latest.subject, corrected, sent=Sent(key=key)))


def withdraw_report(scene: Scene) -> None:
    reason, latest = scene.text("reason"), _latest(scene)
    scene.write(
        lambda key: commands.withdraw_report(scene.lens, scene.space, latest.subject, reason, sent=Sent(key=key))
    )


def statement(scene: Scene) -> None:
    about = scene.event.about
    content = {
        "text": about["text"],
        "stated_at": scene.now - int(about.get("stated_min_ago", 0)) * MINUTE,
        "type": about["type"],
        "source": about["source"],
        "source_text": scene.text("source_name"),
        "row": scene.text("row"),
        "about": scene.text("concerns"),
        "unconfirmed": bool(about.get("unconfirmed")),
        "status": scene.text("status"),
        "where": where_of(about),
    }
    scene.write(lambda key: commands.record_statement(scene.lens, scene.space, content, sent=Sent(key=key)))


def _latest(scene: Scene) -> Thing:
    found = latest_report(scene.lens.state(scene.space), scene.organisation)
    if found is None:
        raise Refused("not_found")
    return found


def _requests(scene: Scene) -> list[Thing]:
    """The requests that wait for the organisation's answer: a report answers them all."""
    views = open_requests_for(scene.lens.state(scene.space), scene.organisation, Moment(scene.now))
    return [view.thing for view in views]


def _asked(scene: Scene) -> tuple[str, ...]:
    return tuple(request.subject for request in _requests(scene))
