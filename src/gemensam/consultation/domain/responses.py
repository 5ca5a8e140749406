"""A bemötande: the joint office's answer to one synpunkt, or to several alike at once (starter data 13.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.consultation.domain import rules
from gemensam.coordination.domain.rules import check_words
from gemensam.core.entry import Header, Ref
from gemensam.core.kinds import Kind, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision

GIVEN, WITHDRAWN = "given", "withdrawn"
LIST = "view_responses"
VIEWS_MAX = 300


@dataclass(frozen=True)
class ResponseGiven:
    """A bemötande: `outcome` of the list `view_responses`; `text` is its reason, needed where the list says so."""

    outcome: str
    text: str = ""


@dataclass(frozen=True)
class ResponseWithdrawn:
    """Why it no longer stands; its synpunkter are unanswered again, or have the one before."""

    reason: str


@dataclass(frozen=True, slots=True)
class ResponseData:
    """A bemötande in the state: which synpunkter it answers, with the digest of each as it was read."""

    remiss: str
    views: tuple[tuple[str, str], ...] = ()
    outcome: str = ""
    content: str = ""
    at: int = 0


RESPONSE = SubjectType(
    "response",
    owner=Machine(
        {("", "response.given"): GIVEN, (GIVEN, "response.given"): GIVEN, (GIVEN, "response.withdrawn"): WITHDRAWN}
    ),
    index=lambda thing: [(("responses", thing.data.remiss), (thing.last_clock, thing.subject))],
)


def met(state: SpaceState, remiss: str) -> dict[str, Thing]:
    """Return the bemötande that stands for each synpunkt: the last that was given and not taken back."""
    found: dict[str, Thing] = {}
    for thing in state.group("responses", remiss):
        if thing.status == GIVEN:
            found.update((view, thing) for view, _digest in thing.data.views)
    return found


def _given(_data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> ResponseData:
    ref = rules.named(header.refs, rules.OF)
    views = tuple((each.subject, each.digest) for each in header.refs if each.rel == rules.MEETS)
    outcome = payload["outcome"] if payload else ""
    return ResponseData(ref.subject if ref is not None else "", views, outcome, digest, header.occurred_at)


def _withdrawn(data: ResponseData, _header: Header, _digest: str, _payload: Mapping[str, Any] | None) -> ResponseData:
    return data


def _decide_given(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `not_a_remiss`, `not_owner`, `views_missing`, `no_such_view`, `moved`, `reason_missing`."""
    payload, remiss = decision.draft.payload, rules.remiss_named(decision)
    rules.check_own(decision, remiss)
    word = rules.item(decision.directory, LIST, payload["outcome"], "unknown_response")
    if word.get("needs") == "reason" and not payload["text"].strip():
        raise Refused("reason_missing")
    check_words(longest=rules.TEXT_MAX, text=payload["text"])
    views = [ref for ref in decision.draft.refs if ref.rel == rules.MEETS]
    if not views:
        raise Refused("views_missing")
    if len(views) > VIEWS_MAX:
        raise Refused("too_many_views", limit=VIEWS_MAX)
    for ref in views:
        _check_view(decision, ref, remiss.subject)
    return payload


def _check_view(decision: Decision, ref: Ref, remiss: str) -> None:
    thing = decision.state.thing(ref.subject)
    if thing is None or thing.type != "view" or thing.data.remiss != remiss or thing.status != "marked":
        raise Refused("no_such_view", subject=ref.subject)
    if ref.digest and ref.digest != thing.data.content:
        raise Refused("moved", last=thing.data.content, based_on=ref.digest)


def _text(payload: Mapping[str, Any]) -> str:
    return "\n".join(payload[name] for name in ("text", "reason") if payload.get(name))


KINDS = (
    Kind("response.given", 1, RESPONSE, ResponseGiven, rules.GOVERN, _given, spaces=rules.HERE, decide=_decide_given,
         text=_text),
    Kind("response.withdrawn", 1, RESPONSE, ResponseWithdrawn, rules.GOVERN, _withdrawn, spaces=rules.HERE,
         decide=rules.decide_reason, text=_text, folds_payload=False),
)  # fmt: skip
TYPES = (RESPONSE,)
