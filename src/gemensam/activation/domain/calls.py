"""A call (påkallande): any member asks for joint work, or for help to judge whether it is needed (R1).

The call is its caller's; the assessment is the assessor's own machine. Nobody's approval stops a call: what has not
been assessed in time, or was declined, the caller may convene itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from sys import intern
from typing import Any

from gemensam.activation.domain import rules
from gemensam.activation.domain.alert_settings import span
from gemensam.activation.domain.modes import states
from gemensam.coordination.domain.convening import register_right
from gemensam.core.entry import Header, Ref
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision

ASKED, MADE, CONVENED, WITHDRAWN = "asked", "made", "convened", "withdrawn"
TAKEN, GIVEN = "taken", "given"
HANDLE_MAX = 30  # what the open channels carry of an incident (starter data 10)


@dataclass(frozen=True)
class CallMade:
    """What is called for. `type`: of `incident_types`, or ""; `words`: neutral, for open channels.

    `conference_at`: the first conference as proposed, ms UTC. `text`: more, for those who read the space.
    """

    type: str
    words: str
    conference_at: int = 0
    text: str = ""


@dataclass(frozen=True)
class CallWithdrawn:
    """Why it is taken back."""

    reason: str


@dataclass(frozen=True)
class CallConvened:
    """The caller convenes the conference itself. `conference_at` in ms UTC."""

    conference_at: int
    reason: str = ""


@dataclass(frozen=True)
class AssessmentTaken:
    """Somebody takes the assessment."""

    note: str = ""


@dataclass(frozen=True)
class AssessmentGiven:
    """An outcome of the list `assessment_outcomes`; a reason where it asks for one. `incident`: what it is added to."""

    outcome: str
    reason: str = ""
    incident: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """A step of an assessment, in order: who (organisation, function), when (ms UTC), what; text by `digest`."""

    organisation: str
    function: str
    at: int
    status: str
    outcome: str
    digest: str


@dataclass(frozen=True, slots=True)
class CallData:
    """A call in the state; times in ms UTC, 0 where there is none. `basis`: the thing that it comes from, if any."""

    content: str
    function: str
    asked_at: int = 0
    made_at: int = 0
    conference_at: int = 0
    type: str = ""
    convened_at: int = 0
    ended_at: int = 0
    last: str = ""
    assessments: tuple[Assessment, ...] = ()
    basis: Ref | None = None

    def unsaid(self) -> tuple[str, ...]:
        """The field that came later than the first logs, where it says nothing (`core.state.plain`)."""
        return () if self.basis else ("basis",)

    @property
    def since(self) -> int:
        """When somebody was first asked."""
        return self.asked_at or self.made_at

    @property
    def outcome(self) -> Assessment | None:
        """The last outcome that was given, by whoever gave it."""
        return next((each for each in reversed(self.assessments) if each.status == GIVEN), None)

    @property
    def taken(self) -> Assessment | None:
        """Who has taken the assessment, as long as there is no outcome after it."""
        last = self.assessments[-1] if self.assessments else None
        return last if last is not None and last.status == TAKEN else None

    @property
    def settled_at(self) -> int:
        """When nobody needs to be asked to assess any more: at the first outcome, or its end; 0 until then."""
        first = next((each.at for each in self.assessments if each.status == GIVEN), 0)
        return min((at for at in (first, self.ended_at) if at), default=0)


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    key = (thing.created_clock, thing.subject)
    yield ("calls",), key
    if thing.status in (ASKED, MADE) and thing.data.outcome is None:
        yield ("calls_open",), key
    if thing.status == CONVENED:
        yield ("convened_by", thing.organisation), key
    if thing.data.basis:
        yield ("calls_from", thing.data.basis.subject), key


CALL = SubjectType(
    "call",
    owner=Machine(
        {
            ("", "call.help_asked"): ASKED,
            ("", "call.made"): MADE,
            (ASKED, "call.made"): MADE,
            (ASKED, "call.withdrawn"): WITHDRAWN,
            (MADE, "call.withdrawn"): WITHDRAWN,
            (MADE, "call.convened"): CONVENED,
            (CONVENED, "call.withdrawn"): WITHDRAWN,
        }
    ),
    each=Machine(
        {
            ("", "assessment.taken"): TAKEN,
            ("", "assessment.given"): GIVEN,
            (TAKEN, "assessment.taken"): TAKEN,
            (TAKEN, "assessment.given"): GIVEN,
            (GIVEN, "assessment.given"): GIVEN,
        }
    ),
    index=_index,
)


def _asked(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> CallData:
    kind = intern((payload or {}).get("type", ""))
    return CallData(digest, intern(header.function), asked_at=header.occurred_at, type=kind, last=digest,
                    basis=_basis(header))  # fmt: skip


def _made(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> CallData:
    given = payload or {}
    before = data if isinstance(data, CallData) else CallData(digest, intern(header.function))
    return replace(
        before, content=digest, function=intern(header.function), made_at=header.occurred_at, last=digest,
        conference_at=given.get("conference_at", 0), type=intern(given.get("type", "")),
        basis=_basis(header) or before.basis,
    )  # fmt: skip


def _basis(header: Header) -> Ref | None:
    return next((ref for ref in header.refs if ref.rel == "basis"), None)


def _withdrawn(data: CallData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> CallData:
    return replace(data, ended_at=header.occurred_at, last=digest)


def _convened(data: CallData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> CallData:
    at = (payload or {}).get("conference_at", 0)
    return replace(data, convened_at=header.occurred_at, conference_at=at or data.conference_at, last=digest)


def _assessed(status: str) -> Any:
    def apply(data: CallData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> CallData:
        outcome = intern((payload or {}).get("outcome", ""))
        step = Assessment(
            intern(header.organisation), intern(header.function), header.occurred_at, status, outcome, digest
        )
        return replace(data, assessments=(*data.assessments, step))

    return apply


def _decide_call(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `words_missing`, `text_too_long`, `unknown_incident_type`, `not_your_step`."""
    payload = decision.draft.payload
    rules.need_text("words", payload["words"])
    rules.check_words(longest=HANDLE_MAX, words=payload["words"])
    rules.check_words(longest=rules.TEXT_MAX, text=payload["text"])
    if payload["type"]:
        rules.item_of(decision.directory, "incident_types", payload["type"], "unknown_incident_type")
    rules.require_role(decision, activated(decision.directory), "called_by")
    return payload


def _decide_withdrawn(decision: Decision) -> Mapping[str, Any]:
    rules.need_reason(decision.draft.payload["reason"])
    return decision.draft.payload


def _decide_convened(decision: Decision) -> Mapping[str, Any]:
    """The caller need not wait longer than the set time, whatever was answered (R1).

    Raises `Refused`: `convene_awaits` (fact `until_at`), `already_activated`.
    """
    thing = decision.thing
    data = rules.data_of(thing, CallData) if thing is not None else None
    if data is not None:
        until_at = may_convene_at(decision.directory, data)
        if decision.now < until_at:
            raise Refused("convene_awaits", until_at=until_at)
        if data.outcome is not None and sets_mode(decision.directory, data.outcome.outcome):
            raise Refused("already_activated")
    rules.check_words(reason=decision.draft.payload["reason"])
    return decision.draft.payload


def may_convene_at(directory: SpaceState, data: CallData) -> int:
    """Return from when (ms UTC) the caller may convene itself."""
    return data.made_at + span(directory, "convene_min")


def activated(directory: SpaceState) -> Mapping[str, Any]:
    """Return the lowest läge that somebody assesses a call for: what the green button asks for. From the list."""
    return next((item for item in states(directory) if item.get("assessed_by")), {})


def first_agenda(directory: SpaceState) -> str:
    """Return the agenda of the lowest läge that is assessed and has one, "" for none. From the list."""
    agendas = (str(item.get("agenda") or "") for item in states(directory) if item.get("assessed_by"))
    return next((agenda for agenda in agendas if agenda), "")


def sets_mode(directory: SpaceState, outcome: str) -> str:
    """Return the läge that an outcome of an assessment sets, "" for none."""
    return str(rules.item_of(directory, "assessment_outcomes", outcome, "unknown_outcome").get("mode") or "")


def _decide_taken(decision: Decision) -> Mapping[str, Any]:
    rules.require_role(decision, activated(decision.directory), "assessed_by")
    rules.check_words(note=decision.draft.payload["note"])
    return decision.draft.payload


def _decide_given(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `not_your_step`, `unknown_outcome`, `reason_missing`, `incident_missing`."""
    payload = decision.draft.payload
    rules.require_role(decision, activated(decision.directory), "assessed_by")
    item = rules.item_of(decision.directory, "assessment_outcomes", payload["outcome"], "unknown_outcome")
    if item.get("needs_reason"):
        rules.need_reason(payload["reason"])
    rules.check_words(longest=rules.TEXT_MAX, reason=payload["reason"])
    if item.get("links") and not payload["incident"]:
        raise Refused("incident_missing")
    return payload


def _text(payload: Mapping[str, Any]) -> str:
    return "\n".join(payload[name] for name in ("words", "text", "reason", "note") if payload.get(name))


def _kind(name: str, payload: type, apply: Any, decide: Any, permission: str) -> Kind:
    return Kind(name, 1, CALL, payload, permission, apply, spaces=rules.INCIDENTS, decide=decide, text=_text)


KINDS = (
    _kind("call.help_asked", CallMade, _asked, _decide_call, "call"),
    _kind("call.made", CallMade, _made, _decide_call, "call"),
    _kind("call.withdrawn", CallWithdrawn, _withdrawn, _decide_withdrawn, "call"),
    _kind("call.convened", CallConvened, _convened, _decide_convened, "call"),
    _kind("assessment.taken", AssessmentTaken, _assessed(TAKEN), _decide_taken, "assess"),
    _kind("assessment.given", AssessmentGiven, _assessed(GIVEN), _decide_given, "assess"),
)
TYPES = (CALL,)
# Whoever convened for want of an assessment calls the conference and leads it, with or without a leader's role (R1).
register_right(CALL.name, "call", lambda call: call.status == CONVENED)
