"""A remiss: prepared and sent by the joint office, answered by each member for itself (G5)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from sys import intern
from typing import Any

from gemensam.consultation.domain import answers, rules, texts
from gemensam.consultation.domain.answers import Answer, RemissAnswered
from gemensam.consultation.domain.registries import registry_of
from gemensam.consultation.domain.rules import FileRef
from gemensam.consultation.domain.texts import Section
from gemensam.consultation.domain.timing import Plan, warnings
from gemensam.coordination.domain.rules import check_words, need_text
from gemensam.core.entry import Header
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.policy import ROSTERS
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.organisations.domain import members
from gemensam.rosters.domain.local import local

PREPARED, SENT, WITHDRAWN, ANSWERED = "prepared", "sent", "withdrawn", "answered"
QUESTIONS_MAX, MEMBERS_MAX = 30, 200


@dataclass(frozen=True)
class RemissPrepared:
    """What is to be sent, whole: nothing else need be there to read it (design 4.5). `deadline_at` in ms UTC.

    `source` says where the text was taken from, in words.
    """

    title: str
    purpose: str
    sections: tuple[Section, ...]
    members: tuple[str, ...]
    deadline_at: int
    questions: tuple[str, ...] = ()
    attachments: tuple[FileRef, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class WarnedOf:
    """A warning that stood when the remiss was sent, with the members that it named."""

    code: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class RemissSent:
    """It goes out. The program fills in the number, and what was warned of before."""

    number: int = 0
    node: str = ""
    warned: tuple[WarnedOf, ...] = ()


@dataclass(frozen=True)
class RemissExtended:
    """A later deadline (ms UTC), with the reason."""

    deadline_at: int
    reason: str


@dataclass(frozen=True)
class RemissReminded:
    """A reminder besides those that follow from the deadline, to whoever has not answered."""

    text: str = ""


@dataclass(frozen=True)
class RemissWithdrawn:
    """Why it no longer holds."""

    reason: str


@dataclass(frozen=True)
class RemissRevised:
    """The text after the remiss, whole: paragraphs that go on keep their codes."""

    sections: tuple[Section, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class RemissData:
    """A remiss in the state; times in ms UTC, 0 where it has not happened. `content`, `sent`, … are entries' digests.

    `reminders`: (digest, time) of those sent by hand; `extensions` likewise. `answers`: in the order of the fold.
    """

    content: str
    title: str = ""
    members: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    deadline_at: int = 0
    sent: str = ""
    sent_at: int = 0
    number: int = 0
    node: str = ""
    extensions: tuple[tuple[str, int], ...] = ()
    reminders: tuple[tuple[str, int], ...] = ()
    revision: str = ""
    revised_codes: tuple[str, ...] = ()
    ended: str = ""
    ended_at: int = 0
    answers: tuple[Answer, ...] = ()

    def answer(self, organisation: str) -> Answer | None:
        """Return what an organisation answered last, or None."""
        return next((each for each in reversed(self.answers) if each.organisation == organisation), None)

    @property
    def all_codes(self) -> tuple[str, ...]:
        """Codes of the paragraphs that were sent, and of those that came after."""
        return tuple(dict.fromkeys((*self.codes, *self.revised_codes)))


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    yield ("remisses",), (thing.created_clock, thing.subject)
    if thing.status == SENT:
        for member in thing.data.members:
            yield ("remisses_to", member), (thing.created_clock, thing.subject)


REMISS = SubjectType(
    "remiss",
    owner=Machine(
        {
            ("", "remiss.prepared"): PREPARED,
            (PREPARED, "remiss.changed"): PREPARED,
            (PREPARED, "remiss.sent"): SENT,
            (PREPARED, "remiss.withdrawn"): WITHDRAWN,
            (SENT, "remiss.extended"): SENT,
            (SENT, "remiss.reminded"): SENT,
            (SENT, "remiss.revised"): SENT,
            (SENT, "remiss.withdrawn"): WITHDRAWN,
        }
    ),
    each=Machine({("", "remiss.answered"): ANSWERED, (ANSWERED, "remiss.answered"): ANSWERED}),
    index=_index,
)


def _extract(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    told = {name: payload[name] for name in ("title", "members", "deadline_at")}
    return {**told, "codes": list(texts.paragraphs(payload["sections"]))}


def _extract_codes(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"codes": list(texts.paragraphs(payload["sections"]))}


def _prepared(_data: Any, _header: Header, digest: str, payload: Mapping[str, Any] | None) -> RemissData:
    if payload is None:
        return RemissData(digest)
    named = tuple(intern(each) for each in payload["members"])
    return RemissData(digest, payload["title"], named, tuple(payload["codes"]), payload["deadline_at"])


def _sent(data: RemissData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> RemissData:
    number = (payload or {}).get("number", 0)
    return replace(data, sent=digest, sent_at=header.occurred_at, number=number, node=intern(header.node))


def _extended(data: RemissData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> RemissData:
    later = payload["deadline_at"] if payload else data.deadline_at
    return replace(data, deadline_at=later, extensions=(*data.extensions, (digest, header.occurred_at)))


def _reminded(data: RemissData, header: Header, digest: str, _payload: Mapping[str, Any] | None) -> RemissData:
    return replace(data, reminders=(*data.reminders, (digest, header.occurred_at)))


def _revised(data: RemissData, _header: Header, digest: str, payload: Mapping[str, Any] | None) -> RemissData:
    return replace(data, revision=digest, revised_codes=tuple(payload["codes"]) if payload else ())


def _withdrawn(data: RemissData, header: Header, digest: str, _payload: Mapping[str, Any] | None) -> RemissData:
    return replace(data, ended=digest, ended_at=header.occurred_at)


def _answered(data: RemissData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> RemissData:
    return replace(data, answers=(*data.answers, answers.folded(header, digest, payload)))


def _decide_prepared(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `words_missing`, `text_too_long`, `members_missing`, `no_such_organisation`, and of the text."""
    payload = decision.draft.payload
    need_text("title", payload["title"])
    check_words(title=payload["title"], source=payload["source"])
    check_words(longest=rules.TEXT_MAX, purpose=payload["purpose"])
    if len(payload["questions"]) > QUESTIONS_MAX:
        raise Refused("too_many_questions", limit=QUESTIONS_MAX)
    for question in payload["questions"]:
        check_words(longest=rules.QUOTE_MAX, question=question)
    texts.check_sections(payload["sections"])
    rules.check_files(payload["attachments"])
    _check_deadline(decision, payload["deadline_at"])
    return {**payload, "members": _checked_members(decision, payload["members"])}


def _checked_members(decision: Decision, chosen: list[str]) -> list[str]:
    known = [each.id for each in members(decision.directory)]
    if not chosen:
        raise Refused("members_missing")
    if wrong := sorted(set(chosen) - set(known)):
        raise Refused("no_such_organisation", organisation=wrong[0])
    return [each for each in known if each in set(chosen)]


def _check_deadline(decision: Decision, deadline_at: int) -> None:
    if deadline_at <= decision.now:
        raise Refused("remiss_deadline_passed")


def _decide_sent(decision: Decision) -> Mapping[str, Any]:
    """Number the remiss within its space, and keep what was warned of when it went out."""
    thing = decision.thing
    if thing is None:
        raise Refused("no_such_subject")
    _check_deadline(decision, thing.data.deadline_at)
    earlier = decision.state.group("remisses")
    number = 1 + sum(1 for each in earlier if each.data.number and each.data.node == decision.node)
    plan = plan_of(thing.data, decision.now, len(members(decision.directory)))
    rosters = decision.wider(ROSTERS)
    known = {member: registry_of(rosters, member) for member in plan.members}
    found = warnings(plan, known, rules.items(decision.directory, "remiss_warnings"))
    warned = [{"code": each.code, "members": list(each.members)} for each in found]
    return {"number": number, "node": decision.node, "warned": warned}


def plan_of(data: RemissData, sent_at: int, of: int) -> Plan:
    """Return when and to whom a remiss goes if it is sent at an instant (ms UTC); `of`: how many members there are."""
    return Plan(local(sent_at).date(), local(data.deadline_at).date(), data.members, of)


def _decide_extended(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    if decision.thing is not None and payload["deadline_at"] <= decision.thing.data.deadline_at:
        raise Refused("deadline_not_later")
    _check_deadline(decision, payload["deadline_at"])
    return rules.decide_reason(decision)


def _decide_reminded(decision: Decision) -> Mapping[str, Any]:
    check_words(longest=rules.QUOTE_MAX, text=decision.draft.payload["text"])
    return decision.draft.payload


def _decide_revised(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    texts.check_sections(payload["sections"])
    check_words(longest=rules.QUOTE_MAX, note=payload["note"])
    return payload


def _decide_answered(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `remiss_not_open`, `not_on_send_list`, `moved`, or what `answers.checked` raises."""
    thing = decision.thing
    if thing is None or thing.status != SENT:
        raise Refused("remiss_not_open")
    if decision.organisation not in thing.data.members:
        raise Refused("not_on_send_list")
    before = thing.data.answer(decision.organisation)
    rules.check_seen(decision, before.digest if before is not None else "")
    return answers.checked(decision)


def _text(payload: Mapping[str, Any]) -> str:
    told = [payload[name] for name in ("title", "purpose", "reason", "note", "text") if payload.get(name)]
    sections = payload.get("sections", ())
    told += [*payload.get("questions", ()), *(each["title"] for each in sections), *texts.paragraphs(sections).values()]
    return "\n".join(told)


def _kind(name: str, payload: type, apply: Any, decide: Any, **more: Any) -> Kind:
    return Kind(name, 1, REMISS, payload, rules.GOVERN, apply, spaces=rules.HERE, decide=decide, text=_text, **more)


KINDS = (
    _kind("remiss.prepared", RemissPrepared, _prepared, _decide_prepared, extract=_extract),
    _kind("remiss.changed", RemissPrepared, _prepared, _decide_prepared, extract=_extract),
    _kind("remiss.sent", RemissSent, _sent, _decide_sent, publishes=True),
    _kind("remiss.extended", RemissExtended, _extended, _decide_extended),
    _kind("remiss.reminded", RemissReminded, _reminded, _decide_reminded, folds_payload=False),
    _kind("remiss.revised", RemissRevised, _revised, _decide_revised, extract=_extract_codes),
    _kind("remiss.withdrawn", RemissWithdrawn, _withdrawn, rules.decide_reason, folds_payload=False),
    # The member's own word; the joint office enters what came as a document or by a link.
    Kind("remiss.answered", 1, REMISS, RemissAnswered, rules.ANSWER, _answered, spaces=rules.HERE,
         decide=_decide_answered, text=answers.text, extract=answers.extract, on_behalf=rules.BY_OFFICE),
)  # fmt: skip
TYPES = (REMISS,)
