"""A member's own assessment of a delförmåga: level, reason, proof, planned measure. Only its own circle reads it.

A narrower space of the period with the member's functions as readers, and nobody else's. What others are told is
said anew in wider spaces (`levels`); `shared_as` here only remembers what the member chose.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from gemensam.capabilities.domain.rules import (
    ASSESSES,
    LINE_MAX,
    check_capability,
    check_level,
    check_member,
    check_texts,
    own_circle,
    period_of,
)
from gemensam.capabilities.domain.scale import SHARING, read_day
from gemensam.core.entry import Header
from gemensam.core.kinds import Kind, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.organisations.domain import function, pinned_vocabulary

HERE = frozenset({"sub"})
OWN, OFFICE, ALL = "own", "office", "all"  # whom a choice of the list of sharing tells


@dataclass(frozen=True)
class AssessmentPayload:
    """The whole assessment; a change carries it anew. Days are `YYYY-MM-DD`, "" for none (starter data 12).

    `measure_by`: the function that owns the measure. `tells_measure`: whether it is told where the level is.
    """

    capability: str
    level: str
    shared_as: str
    reason: str = ""
    proof: str = ""
    proven_on: str = ""
    measure: str = ""
    measure_by: str = ""
    measure_due: str = ""
    tells_measure: bool = False


@dataclass(frozen=True)
class AssessmentConfirmed:
    """*Oförändrat*: what stood still holds."""


class AssessmentData(NamedTuple):
    """An assessment in the state. `content`: digest of the entry with its texts; times in ms UTC."""

    capability: str = ""
    level: str = ""
    shared_as: str = ""
    proven_on: str = ""
    has_measure: bool = False
    content: str = ""
    at: int = 0
    confirmed_at: int = 0
    changes: int = 0


ASSESSMENT = SubjectType(
    "assessment",
    owner=Machine(
        {
            ("", "assessment.made"): "made",
            ("made", "assessment.made"): "made",
            ("made", "assessment.confirmed"): "made",
        }
    ),
    index=lambda thing: [(("assessments",), (thing.subject,))],
)


def assessment_of(member: str, capability: str) -> str:
    """Return the one subject in which a member assesses a delförmåga in its circle."""
    return f"assessment-{member}-{capability}"


def _made(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> AssessmentData:
    before = data if isinstance(data, AssessmentData) else None
    given = payload or {}
    return AssessmentData(
        given.get("capability", before.capability if before else ""), given.get("level", ""),
        given.get("shared_as", ""), given.get("proven_on", ""), bool(given.get("measure")), digest,
        header.occurred_at, 0, before.changes + 1 if before else 0,
    )  # fmt: skip


def _confirmed(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> AssessmentData:
    before = data if isinstance(data, AssessmentData) else AssessmentData()
    return before._replace(confirmed_at=header.occurred_at)


def _check_place(decision: Decision, capability: str) -> None:
    check_member(decision)
    if decision.space.circle != own_circle(decision.organisation):
        raise Refused("assessment_circle")
    if decision.draft.subject != assessment_of(decision.organisation, capability):
        raise Refused("assessment_subject")


def _decide_made(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    period = period_of(decision)
    _check_place(decision, payload["capability"])
    check_capability(decision, period, payload["capability"])
    level = check_level(decision, period, payload)
    if level.get("needs_reason") and not payload["reason"].strip():
        raise Refused("reason_missing_for_level")
    if level.get("needs_proof") and not payload["proof"].strip():
        raise Refused("proof_missing", level=level.get("digit") or level["code"])
    if pinned_vocabulary(decision.directory, period, SHARING).item(payload["shared_as"]) is None:
        raise Refused("unknown_assessment_sharing", value=payload["shared_as"])
    check_texts(reason=payload["reason"], proof=payload["proof"])
    _check_measure(decision, payload)
    return payload


def _check_measure(decision: Decision, payload: Mapping[str, Any]) -> None:
    check_texts(LINE_MAX, measure=payload["measure"])
    read_day(payload["measure_due"], "measure_due")
    given = payload["measure_by"] or payload["measure_due"] or payload["tells_measure"]
    if given and not payload["measure"].strip():
        raise Refused("measure_missing")
    owner = function(decision.directory, payload["measure_by"]) if payload["measure_by"] else None
    if payload["measure_by"] and (owner is None or owner.organisation != decision.organisation):
        raise Refused("measure_owner", value=payload["measure_by"])


def _decide_confirmed(decision: Decision) -> Mapping[str, Any]:
    thing = decision.thing
    period_of(decision)
    _check_place(decision, thing.data.capability if thing is not None else "")
    return decision.draft.payload


def _text(payload: Mapping[str, Any]) -> str:
    return "\n".join(payload[name] for name in ("reason", "proof", "measure") if payload[name])


TYPES = (ASSESSMENT,)
KINDS = (
    Kind("assessment.made", 1, ASSESSMENT, AssessmentPayload, ASSESSES, _made,
         spaces=HERE, decide=_decide_made, text=_text),
    Kind("assessment.confirmed", 1, ASSESSMENT, AssessmentConfirmed, ASSESSES, _confirmed,
         spaces=HERE, decide=_decide_confirmed, folds_payload=False),
)  # fmt: skip
