"""An överenskommelse: what organisations say that they will do, never an order (R33).

The organisation that leads writes the wording down; each named organisation confirms, confirms with a
reservation, declines or completes its own undertaking. Until it does, the undertaking is only *antecknat*.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from sys import intern
from typing import Any

from gemensam.coordination.domain import rules
from gemensam.coordination.domain.conference_rules import decide_reason
from gemensam.core.clock import ZERO
from gemensam.core.entry import Clock, Header
from gemensam.core.kinds import FOR_OTHERS, GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision

RECORDED, WITHDRAWN = "recorded", "withdrawn"
CONFIRMED, RESERVED, DECLINED, COMPLETED, REOPENED = "confirmed", "reserved", "declined", "completed", "reopened"


@dataclass(frozen=True)
class Undertaking:
    """Who undertakes what until when (ms UTC). An empty `what` is the agreement's own wording."""

    organisation: str
    what: str = ""
    due_at: int | None = None


@dataclass(frozen=True)
class AgreementRecorded:
    """An agreement's wording; times in ms UTC. `label` (*47:3*), `number` and `node` are the program's."""

    wording: str
    undertakings: tuple[Undertaking, ...]
    follow_up_at: int | None = None
    valid_until_at: int | None = None
    number: int = 0
    label: str = ""
    node: str = ""


@dataclass(frozen=True)
class AgreementChanged:
    """A new wording, whole, with the reason. What was confirmed before was the earlier wording."""

    wording: str
    undertakings: tuple[Undertaking, ...]
    reason: str
    follow_up_at: int | None = None
    valid_until_at: int | None = None


@dataclass(frozen=True)
class AgreementWithdrawn:
    """Why it no longer holds."""

    reason: str


@dataclass(frozen=True)
class UndertakingAnswer:
    """A confirmation or completion, with a note if there is one."""

    note: str = ""


@dataclass(frozen=True)
class UndertakingReserved:
    """The organisation confirms with a reservation."""

    reservation: str


@dataclass(frozen=True)
class UndertakingReason:
    """Why the organisation does not undertake it, or takes it up again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Due:
    """An undertaking in the state: who and until when (ms UTC, 0: no time)."""

    organisation: str
    due_at: int


@dataclass(frozen=True, slots=True)
class Answer:
    """One word of an organisation about its undertaking, in order. `terms`: the wording that it saw, or ""."""

    organisation: str
    status: str
    at: int
    clock: Clock
    digest: str
    terms: str


@dataclass(frozen=True, slots=True)
class AgreementData:
    """An agreement in the state; times in ms UTC, 0 where there is none.

    `terms`: the entry whose wording is in force. `undertakings`: in the order written. `answers`: every word of
    every organisation, in the order of the fold.
    """

    terms: str
    recorded_at: int
    terms_at: int
    terms_clock: Clock
    conference: str = ""
    number: int = 0
    label: str = ""
    node: str = ""
    undertakings: tuple[Due, ...] = ()
    follow_up_at: int = 0
    valid_until_at: int = 0
    changes: int = 0
    ended_at: int = 0
    ended_clock: Clock = ZERO
    ended: str = ""
    answers: tuple[Answer, ...] = ()

    def due(self, organisation: str) -> Due | None:
        """Return an organisation's undertaking, or None where it is not named."""
        return next((due for due in self.undertakings if due.organisation == organisation), None)


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    key = (thing.created_clock, thing.subject)
    yield ("agreements",), key
    yield ("agreements_of", thing.data.conference), key
    for due in thing.data.undertakings:
        yield ("agreements_naming", due.organisation), key


_ANSWERS = {
    "undertaking.confirmed": CONFIRMED,
    "undertaking.reserved": RESERVED,
    "undertaking.declined": DECLINED,
    "undertaking.completed": COMPLETED,
    "undertaking.reopened": REOPENED,
}
AGREEMENT = SubjectType(
    "agreement",
    owner=Machine(
        {
            ("", "agreement.recorded"): RECORDED,
            (RECORDED, "agreement.changed"): RECORDED,
            (RECORDED, "agreement.withdrawn"): WITHDRAWN,
        }
    ),
    each=Machine(
        {
            ("", "undertaking.confirmed"): CONFIRMED,
            ("", "undertaking.reserved"): RESERVED,
            ("", "undertaking.declined"): DECLINED,
            (CONFIRMED, "undertaking.confirmed"): CONFIRMED,  # of a new wording
            (CONFIRMED, "undertaking.reserved"): RESERVED,
            (CONFIRMED, "undertaking.declined"): DECLINED,
            (CONFIRMED, "undertaking.completed"): COMPLETED,
            (RESERVED, "undertaking.confirmed"): CONFIRMED,
            (RESERVED, "undertaking.reserved"): RESERVED,
            (RESERVED, "undertaking.declined"): DECLINED,
            (RESERVED, "undertaking.completed"): COMPLETED,
            (DECLINED, "undertaking.confirmed"): CONFIRMED,
            (DECLINED, "undertaking.reserved"): RESERVED,
            (COMPLETED, "undertaking.reopened"): REOPENED,
            (REOPENED, "undertaking.confirmed"): CONFIRMED,
            (REOPENED, "undertaking.reserved"): RESERVED,
            (REOPENED, "undertaking.declined"): DECLINED,
            (REOPENED, "undertaking.completed"): COMPLETED,
        }
    ),
    index=_index,
)


def _recorded(_data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> AgreementData:
    given = payload or {}
    return AgreementData(
        digest, header.occurred_at, header.occurred_at, header.clock, rules.conference_of(header.refs),
        given.get("number", 0), given.get("label", ""), intern(header.node), **_terms(payload),
    )  # fmt: skip


def _changed(data: AgreementData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> AgreementData:
    changes = data.changes + 1
    return replace(
        data, terms=digest, terms_at=header.occurred_at, terms_clock=header.clock, changes=changes, **_terms(payload)
    )


def _terms(payload: Mapping[str, Any] | None) -> dict[str, Any]:
    if payload is None:
        return {}
    undertakings = tuple(Due(intern(each["organisation"]), each["due_at"] or 0) for each in payload["undertakings"])
    return {
        "undertakings": undertakings,
        "follow_up_at": payload["follow_up_at"] or 0,
        "valid_until_at": payload["valid_until_at"] or 0,
    }


def _ended(data: AgreementData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> AgreementData:
    return replace(data, ended_at=header.occurred_at, ended_clock=header.clock, ended=digest)


def _answered(data: AgreementData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> AgreementData:
    seen = next((ref.digest for ref in header.refs if ref.rel == rules.ANSWERS), "")
    answer = Answer(intern(header.organisation), _ANSWERS[header.kind], header.occurred_at, header.clock, digest, seen)
    return replace(data, answers=(*data.answers, answer))


def _decide_recorded(decision: Decision) -> Mapping[str, Any]:
    """Check an agreement and number it within its conference (*47:3*), under the lock (F16)."""
    payload = decision.draft.payload
    rules.require_any(decision, rules.RECORDING, named="record")
    conference = rules.check_conference(decision, needed=True)
    if conference is None or conference.status == "cancelled":
        raise Refused("conference_ended")
    _check_terms(decision, payload)
    # Things are counted, not payloads: disposal does not free a number. Another node's have its name before them.
    earlier = decision.state.group("agreements_of", conference.subject)
    number = 1 + sum(1 for thing in earlier if thing.data.node == decision.node)
    before = "" if decision.node == conference.data.node else f"{decision.node}-"
    label = f"{before}{conference.data.label}:{number}"
    return {**payload, "number": number, "label": label, "node": decision.node}


def _decide_changed(decision: Decision) -> Mapping[str, Any]:
    rules.require_any(decision, rules.RECORDING, named="record")
    if decision.thing is not None:
        rules.check_seen(decision, rules.CORRECTS, decision.thing.data.terms)
    _check_terms(decision, decision.draft.payload)
    return decide_reason(decision)


def _check_terms(decision: Decision, payload: Mapping[str, Any]) -> None:
    rules.need_text("wording", payload["wording"])
    rules.check_words(longest=rules.TEXT_MAX, wording=payload["wording"])
    named = [each["organisation"] for each in payload["undertakings"]]
    if not named:
        raise Refused("undertaking_missing")
    if len(set(named)) != len(named):
        raise Refused("undertaking_twice")
    rules.check_organisations(decision, named)
    for each in payload["undertakings"]:
        rules.check_words(what=each["what"])


def _decide_withdrawn(decision: Decision) -> Mapping[str, Any]:
    rules.require_any(decision, rules.RECORDING, named="record")
    return decide_reason(decision)


def _decide_answer(decision: Decision) -> Mapping[str, Any]:
    """An answer is to the wording that the writer saw; another is shown first (design 5.5)."""
    payload = decision.draft.payload
    if decision.thing is not None:
        rules.check_seen(decision, rules.ANSWERS, decision.thing.data.terms)
    if "reason" in payload:
        return decide_reason(decision)
    if "reservation" in payload:
        rules.need_text("reservation", payload["reservation"])
    rules.check_words(**payload)
    return payload


def _text(payload: Mapping[str, Any]) -> str:
    own = [str(payload[name]) for name in ("label", "wording", "note", "reservation", "reason") if payload.get(name)]
    return "\n".join([*own, *(each["what"] for each in payload.get("undertakings", ()) if each["what"])])


def _kind(name: str, payload: type, apply: Any, decide: Any, permission: str = "undertake", **more: Any) -> Kind:
    return Kind(name, 1, AGREEMENT, payload, permission, apply, spaces=rules.HERE, decide=decide, text=_text, **more)


def _answer(name: str, payload: type) -> Kind:
    return _kind(name, payload, _answered, _decide_answer, folds_payload=False)


KINDS = (
    # Leader or secretary, and the joint office for the one who leads: the decision asks which.
    _kind("agreement.recorded", AgreementRecorded, _recorded, _decide_recorded, "read", on_behalf=FOR_OTHERS),
    _kind("agreement.changed", AgreementChanged, _changed, _decide_changed, "read", on_behalf=FOR_OTHERS),
    _kind("agreement.withdrawn", AgreementWithdrawn, _ended, _decide_withdrawn, "read", on_behalf=FOR_OTHERS,
          folds_payload=False),
    # No other organisation can confirm, reserve or decline for the one that is named: never on behalf.
    _answer("undertaking.confirmed", UndertakingAnswer),
    _answer("undertaking.reserved", UndertakingReserved),
    _answer("undertaking.declined", UndertakingReason),
    _answer("undertaking.completed", UndertakingAnswer),
    _answer("undertaking.reopened", UndertakingReason),
)  # fmt: skip
TYPES = (AGREEMENT,)
