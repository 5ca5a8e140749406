"""What is checked and filled in when a larm is sent, answered and ended, under the append lock."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from gemensam.activation.domain import larms, rules, texts
from gemensam.activation.domain.alert_settings import pace, plain_pace, quiet_until
from gemensam.activation.domain.board import board, outcomes
from gemensam.activation.domain.calls import activated
from gemensam.activation.domain.escalation import course
from gemensam.activation.domain.larms import LarmData
from gemensam.activation.domain.lists import holders
from gemensam.activation.domain.targets import Reached, reached_by
from gemensam.core.kinds import FOR_OTHERS, Kind
from gemensam.core.policy import ROSTERS
from gemensam.core.refusal import Refused
from gemensam.core.writing import Decision
from gemensam.organisations.domain import function
from gemensam.organisations.domain.reading import vocabulary

BY_COLLEAGUE = "telefon"
COPIED = ("sms", "subject", "push", "voice", "voicemail")


def decide_sent(decision: Decision) -> Mapping[str, Any]:
    """Copy in the texts, the mark, the members with their functions, and the pace.

    Raises `Refused`: `unknown_text`, `text_not_here`, `larm_purpose`, `sent_already`, and what `check_fields` and
    `reached_by` raise.
    """
    payload, directory = decision.draft.payload, decision.directory
    item = rules.item_of(directory, texts.TEXTS, payload["text"], "unknown_text")
    if decision.space.kind not in item["spaces"]:
        raise Refused("text_not_here", text=item["name"])
    at = payload["scheduled_at"]
    if at and decision.state.size("larms_at", str(at)):
        raise Refused("sent_already")
    _check_related(decision)
    rules.check_words(name=payload["target"]["name"])
    is_exercise, told_of = decision.space.kind == "exercise", _told_of(decision)
    filled = {
        "fields": texts.check_fields(payload["fields"], texts.lengths_of(vocabulary(directory, texts.FIELDS).items)),
        # No exercise reaches a live channel; what was shown in the program only is taken back there only.
        "live": payload["live"] and not is_exercise and (told_of is None or told_of.live),
        "begins_at": 0 if item["wakes"] or payload["urgent"] else quiet_until(directory, decision.now),
        "mark": larms.EXERCISE if is_exercise else item["mark"] or (told_of.mark if told_of is not None else ""),
        "names_conference": bool(item["names_conference"]),
        "answers": list(item["answers"]),
        "texts": {name: item[name] for name in COPIED},
    }
    return {**payload, **filled, **_members(decision)}


def _members(decision: Decision) -> Mapping[str, Any]:
    payload, directory = decision.draft.payload, decision.directory
    match payload["purpose"]:
        case larms.ALERT:
            rosters, to = decision.wider(ROSTERS), "escalate_min"
            members = reached_by(directory, rosters, payload["target"], decision.now)
        case larms.ASSESS:
            members, to = _assessors(decision), "rsib_min"
        case larms.NOTICE:
            members, to = _reached(decision), "escalate_min"
        case _:
            raise Refused("larm_purpose", value=payload["purpose"])
    return {"members": [_plain(each) for each in members], "pace": plain_pace(pace(directory, escalate=to))}


def _reached(decision: Decision) -> tuple[Reached, ...]:
    """Return those whom the larm that is told of has reached by now: nobody else is woken by it."""
    told_of = _told_of(decision)
    if told_of is None or decision.draft.payload["text"] not in _without_answers(decision):
        raise Refused("larm_purpose", value=larms.NOTICE)
    found = [(each.organisation, course(told_of, each, decision.now).steps) for each in told_of.members]
    return tuple(Reached(one, tuple(step.function for step in steps)) for one, steps in found if steps)


def _told_of(decision: Decision) -> LarmData | None:
    named = next((ref.subject for ref in decision.draft.refs if ref.rel == larms.TELLS_OF), "")
    thing = decision.state.thing(named) if named else None
    return thing.data if thing is not None and isinstance(thing.data, LarmData) else None


def _without_answers(decision: Decision) -> frozenset[str]:
    items = vocabulary(decision.directory, texts.TEXTS).items
    return frozenset(item["code"] for item in items if not item["answers"])


def _plain(reached: Reached) -> dict[str, Any]:
    return {"organisation": reached.organisation, "functions": list(reached.functions)}


def _assessors(decision: Decision) -> tuple[Reached, ...]:
    """Return those who assess a call, in the order of the roles that the list names."""
    found: dict[str, list[str]] = {}
    for organisation, held in holders(decision.directory, activated(decision.directory).get("assessed_by") or ()):
        found.setdefault(organisation, []).append(held)
    if not found:
        raise Refused("target_empty")
    return tuple(Reached(organisation, tuple(functions)) for organisation, functions in found.items())


def _check_related(decision: Decision) -> None:
    """A larm belongs to a call and takes over from a larm of its own space only (design 3.4)."""
    wanted = {larms.CALL_OF: "call", larms.REPLACES: "larm", larms.TELLS_OF: "larm"}
    for ref in decision.draft.refs:
        thing = decision.state.thing(ref.subject) if ref.space == decision.space.id else None
        if ref.rel in wanted and (thing is None or thing.type != wanted[ref.rel]):
            raise Refused("not_found")


def decide_answered(decision: Decision) -> Mapping[str, Any]:
    """Say what an answer means. Raises `Refused`: `larm_over`, `not_alerted`, `unknown_answer`, `not_your_function`."""
    payload, thing = decision.draft.payload, decision.thing
    data = thing.data if thing is not None else None
    if not isinstance(data, LarmData) or thing is None:
        raise Refused("not_found")
    given_at = decision.draft.occurred_at if data.entered_later else None
    if thing.status != larms.SENT or (decision.now if given_at is None else given_at) >= data.ends_at:
        raise Refused("larm_over")
    if decision.organisation not in {each.organisation for each in data.members}:
        raise Refused("not_alerted")
    if payload["code"] not in data.codes:
        raise Refused("unknown_answer", value=payload["code"])
    _check_voice(decision)
    item = rules.item_of(decision.directory, "alert_answers", payload["code"], "unknown_answer")
    takes_part = bool(item["takes_part"]) and data.names_conference
    return {
        **payload, "acknowledges": bool(item["acknowledges"]), "takes_part": takes_part,
        "hands_on": bool(item["hands_on"]), "from_at": payload["from_at"] if item["asks_time"] and takes_part else 0,
    }  # fmt: skip


def _check_voice(decision: Decision) -> None:
    """A function answers for itself; what a colleague says by telephone is entered as such."""
    named, via = decision.draft.payload["function"], decision.draft.via
    if not _answers_for(decision, named):
        raise Refused("no_such_function", function=named)
    rules.item_of(decision.directory, "answer_ways", via, "unknown_via")
    if rules.by_program(decision):
        return
    if via not in ("app", BY_COLLEAGUE):
        raise Refused("unknown_via", value=via)
    if via != BY_COLLEAGUE and named != decision.principal.function:
        raise Refused("not_your_function")


def _answers_for(decision: Decision, named: str) -> bool:
    """Whether a function is the member's own, or of one that covers for it and was called in its place."""
    known, thing = function(decision.directory, named), decision.thing
    if known is None or thing is None:
        return False
    called = {held for each in thing.data.members if each.organisation == decision.organisation
              for held in each.functions}  # fmt: skip
    return known.organisation == decision.organisation or named in called


def decide_followed_up(decision: Decision) -> Mapping[str, Any]:
    note = decision.draft.payload["note"]
    rules.need_text("note", note)
    rules.check_words(longest=rules.TEXT_MAX, note=note)
    return decision.draft.payload


def decide_cancelled(decision: Decision) -> Mapping[str, Any]:
    rules.need_reason(decision.draft.payload["reason"])
    return decision.draft.payload


def decide_ended(decision: Decision) -> Mapping[str, Any]:
    """Fill in the result as it stands now."""
    payload, thing = decision.draft.payload, decision.thing
    data = thing.data if thing is not None else None
    if not isinstance(data, LarmData):
        raise Refused("not_found")
    rules.check_words(longest=rules.TEXT_MAX, note=payload["note"])
    at = min(decision.now, data.ends_at)
    stands = board(data, at)
    return {
        **payload, "sent_at": data.sent_at, "target_at": stands.target_at, "percent": stands.percent,
        "target_percent": data.pace.target_percent, "mark": data.mark,
        "outcomes": [{**asdict(each), "tried": list(each.tried)} for each in outcomes(data, at)],
    }  # fmt: skip


def _text(payload: Mapping[str, Any]) -> str:
    fields = payload.get("fields") or {}
    told = (payload.get("mark"), fields.get("handelse"), payload.get("note"), payload.get("reason"))
    return "\n".join(each for each in told if each)


def _kind(name: str, payload: type, apply: Any, decide: Any, **more: Any) -> Kind:
    return Kind(
        name, 1, larms.LARM, payload, more.pop("permission", "call"), apply, spaces=larms.SPACES, decide=decide,
        text=_text, **more,
    )  # fmt: skip


KINDS = (
    _kind("larm.sent", larms.LarmSent, larms.sent, decide_sent),
    _kind("larm.answered", larms.LarmAnswered, larms.answered, decide_answered, permission="read",
          on_behalf=FOR_OTHERS),
    _kind("larm.followed_up", larms.LarmFollowedUp, larms.followed_up, decide_followed_up, folds_payload=False),
    _kind("larm.cancelled", larms.LarmCancelled, larms.stopped, decide_cancelled, folds_payload=False),
    _kind("larm.ended", larms.LarmEnded, larms.stopped, decide_ended, folds_payload=False),
)  # fmt: skip
TYPES = (larms.LARM,)
