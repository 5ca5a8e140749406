"""What may be said of a follow-up, judged under the append lock; and how its report is copied together (G13)."""

from collections.abc import Iterable, Mapping
from typing import Any

from gemensam.coordination.domain import rules
from gemensam.core.kinds import FOR_OTHERS, Kind
from gemensam.core.refusal import Refused
from gemensam.core.writing import Decision
from gemensam.organisations.domain import organisation
from gemensam.organisations.domain.reading import vocabulary
from gemensam.planning.domain.follow_ups import (
    CHOICE,
    CLOSED,
    FOLLOW_UP,
    HERE,
    NUMBER,
    QUESTIONS_MAX,
    TEMPLATES,
    TITLE_MAX,
    FollowUpAnswered,
    FollowUpClosed,
    FollowUpData,
    FollowUpExtended,
    FollowUpOpened,
    FollowUpReported,
    apply_answered,
    apply_closed,
    apply_extended,
    apply_opened,
    apply_reported,
    due_of,
)
from gemensam.rosters.domain.local import local

NUMBER_MAX = 12
# Any of these may answer for its organisation; to read is not enough.
ANSWERING = frozenset({"plan", "undertake", "answer_remiss", "assess_capability"})


def _decide_opened(decision: Decision) -> Mapping[str, Any]:
    """Copy the template's questions and work out the last day.

    Raises `Refused`: `words_missing`, `text_too_long`, `follow_up_template`, `follow_up_recipients`,
    `no_such_organisation`, `planning_years`, `follow_up_due_passed`.
    """
    payload = decision.draft.payload
    rules.need_text("title", payload["title"])
    rules.need_text("about", payload["about"])
    rules.check_words(longest=TITLE_MAX, title=payload["title"], about=payload["about"])
    rules.check_words(longest=rules.TEXT_MAX, text=payload["text"])
    template = vocabulary(decision.directory, TEMPLATES).item(payload["template"])
    if template is None or template.get("retired"):
        raise Refused("follow_up_template", value=payload["template"])
    if not payload["recipients"]:
        raise Refused("follow_up_recipients")
    rules.check_organisations(decision, payload["recipients"])
    this_year = local(decision.now).year
    if not this_year - 10 <= payload["year"] <= this_year + 10:
        raise Refused("planning_years", first=this_year - 10, last=this_year + 10)
    due_at = payload["due_at"] or due_of(template, payload["year"])
    if due_at <= decision.now:
        raise Refused("follow_up_due_passed", due_at=due_at)
    questions = list(template["questions"])[:QUESTIONS_MAX]
    return {**payload, "recipients": sorted(set(payload["recipients"])), "due_at": due_at, "questions": questions}


def _decide_extended(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `reason_missing`, `text_too_long`, `follow_up_due_passed`, `no_such_organisation`."""
    payload = decision.draft.payload
    _need_reason(payload["reason"])
    rules.check_organisations(decision, payload["added"])
    if payload["due_at"] <= decision.now:
        raise Refused("follow_up_due_passed", due_at=payload["due_at"])
    return {**payload, "added": sorted(set(payload["added"]))}


def _decide_closed(decision: Decision) -> Mapping[str, Any]:
    rules.check_words(reason=decision.draft.payload["reason"])
    return decision.draft.payload


def _decide_answered(decision: Decision) -> Mapping[str, Any]:
    """Check a member's answers against the questions that were asked.

    Raises `Refused`: `not_permitted`, `follow_up_closed`, `follow_up_not_asked`, `text_too_long`, and what
    `check_answers` raises.
    """
    payload, thing = decision.draft.payload, decision.thing
    if decision.organisation == decision.principal.organisation:
        rules.require_any(decision, ANSWERING, named="plan")
    if thing is None:
        raise Refused("no_such_subject", subject=decision.draft.subject)
    data = rules.data_of(thing, FollowUpData)
    if thing.status == CLOSED:
        raise Refused("follow_up_closed")
    if decision.organisation not in data.span_at().recipients:
        raise Refused("follow_up_not_asked")
    opened = decision.load([data.content]).get(data.content) or {}
    check_answers(opened.get("questions", ()), payload["answers"])
    rules.check_words(longest=rules.TEXT_MAX, note=payload["note"])
    return payload


def check_answers(questions: Iterable[Mapping[str, Any]], answers: Iterable[Mapping[str, str]]) -> None:
    """Hold answers against the questions.

    Raises `Refused`: `follow_up_answer_unknown`, and with the fact `question`: `follow_up_answer_missing`,
    `follow_up_answer_choice`, `follow_up_answer_number`.
    """
    asked = {question["code"]: question for question in questions}
    values = {answer["code"]: answer["value"].strip() for answer in answers}
    if unknown := sorted(values.keys() - asked.keys()):
        raise Refused("follow_up_answer_unknown", value=unknown[0])
    for code, question in asked.items():
        _check_answer(question, values.get(code, ""))


def _check_answer(question: Mapping[str, Any], value: str) -> None:
    if not value:
        if question["required"]:
            raise Refused("follow_up_answer_missing", question=question["text"])
        return
    rules.check_words(longest=rules.TEXT_MAX, answer=value)
    if question["kind"] == CHOICE and value not in {each["code"] for each in question["choices"]}:
        raise Refused("follow_up_answer_choice", question=question["text"])
    is_number = value.isascii() and value.isdigit() and len(value) <= NUMBER_MAX
    if question["kind"] == NUMBER and not is_number:
        raise Refused("follow_up_answer_number", question=question["text"])


def _decide_reported(decision: Decision) -> Mapping[str, Any]:
    """Copy the answers as they stand and number the version (design 4.5).

    Raises `Refused`: `words_missing`, `text_too_long`, `reason_missing` from version 2 on.
    """
    given, thing = decision.draft.payload, decision.thing
    if thing is None:
        raise Refused("no_such_subject", subject=decision.draft.subject)
    data = rules.data_of(thing, FollowUpData)
    rules.need_text("summary", given["summary"])
    rules.check_words(longest=2 * rules.TEXT_MAX, summary=given["summary"], proposals=given["proposals"])
    own = 1 + sum(1 for version in data.versions if version.node == decision.node)
    if data.versions:
        _need_reason(given["reason"])
    opened = decision.load([data.content]).get(data.content) or {}
    chosen = {name: given[name] for name in ("summary", "proposals", "reason")}
    copied = {name: opened[name] for name in ("title", "about", "year", "questions") if name in opened}
    return {
        **given, **copied, **chosen, "due_at": data.span_at().due_at, "answers": _copied(decision, data),
        "version": own, "node": decision.node, "basis": decision.state.basis(),
    }  # fmt: skip


def _copied(decision: Decision, data: FollowUpData) -> list[dict[str, Any]]:
    latest = data.latest()
    texts = decision.load([given.digest for given in latest.values()])
    asked = sorted({*data.span_at().recipients, *latest})
    return [_copy(decision, each, latest.get(each), texts) for each in asked]


def _copy(decision: Decision, each: str, given: Any, texts: Mapping[str, Mapping[str, Any] | None]) -> dict[str, Any]:
    found = organisation(decision.directory, each)
    told = (texts.get(given.digest) if given else None) or {}
    return {
        "organisation": each, "name": found.name if found else each, "answered_at": given.at if given else None,
        "answers": list(told.get("answers", ())), "note": told.get("note", ""), "digest": given.digest if given else "",
    }  # fmt: skip


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("reason_missing")
    rules.check_words(reason=reason)


def _text(payload: Mapping[str, Any]) -> str:
    names = ("title", "about", "text", "note", "reason", "summary", "proposals")
    told = [str(payload[name]) for name in names if payload.get(name)]
    return "\n".join([*told, *(each["value"] for each in payload.get("answers", ()) if "value" in each)])


def _kind(name: str, payload: type, apply: Any, decide: Any, permission: str = "plan", **more: Any) -> Kind:
    return Kind(name, 1, FOLLOW_UP, payload, permission, apply, spaces=HERE, decide=decide, text=_text, **more)


KINDS = (
    _kind("follow_up.opened", FollowUpOpened, apply_opened, _decide_opened),
    _kind("follow_up.extended", FollowUpExtended, apply_extended, _decide_extended),
    _kind("follow_up.closed", FollowUpClosed, apply_closed, _decide_closed, folds_payload=False),
    _kind("follow_up.reported", FollowUpReported, apply_reported, _decide_reported, publishes=True),
    # Several permissions may answer: the decision asks which.
    _kind("follow_up.answered", FollowUpAnswered, apply_answered, _decide_answered, "read", on_behalf=FOR_OTHERS,
          folds_payload=False),
)  # fmt: skip
