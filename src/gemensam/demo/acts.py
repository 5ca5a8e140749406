"""Which function plays which act of a scenario."""

from collections.abc import Callable, Mapping

from gemensam.demo import conference_acts, incident_acts, larm_acts, place_acts, reporting_acts
from gemensam.demo.stage import Scene

Act = Callable[[Scene], None]
ACTS: Mapping[str, Act] = {
    "open_incident": incident_acts.open_incident,
    "publish_picture": incident_acts.publish,
    "close_incident": incident_acts.close_incident,
    "look": incident_acts.look,
    "make_request": reporting_acts.make_request,
    "report": reporting_acts.report,
    "unchanged": reporting_acts.unchanged,
    "no_impact": reporting_acts.no_impact,
    "defer": reporting_acts.defer,
    "correct_report": reporting_acts.correct_report,
    "withdraw_report": reporting_acts.withdraw_report,
    "statement": reporting_acts.statement,
    "contact": place_acts.contact,
    "draw": place_acts.draw,
    "call_conference": conference_acts.call_conference,
    "open_conference": conference_acts.open_conference,
    "attend": conference_acts.attend,
    "raise_need": conference_acts.raise_need,
    "offer": conference_acts.offer,
    "ask_question": conference_acts.ask_question,
    "share_question": conference_acts.share_question,
    "answer_question": conference_acts.answer_question,
    "note_point": conference_acts.note_point,
    "record_agreement": conference_acts.record_agreement,
    "confirm_undertaking": conference_acts.confirm_undertaking,
    "provlarm": larm_acts.provlarm,
    "make_call": larm_acts.make_call,
    "assess": larm_acts.assess,
    "first_information": larm_acts.first_information,
    "answer_larm": larm_acts.answer_larm,
    "follow_up": larm_acts.follow_up,
    "close_conference": conference_acts.close_conference,
    "publish_minutes": conference_acts.publish_minutes,
}


def play(scene: Scene) -> None:
    """Play one event; raises `Refused` with what the program refuses."""
    ACTS[scene.event.act](scene)
