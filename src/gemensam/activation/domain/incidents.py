"""First information to all, and two incidents that are one: linked or merged, both histories kept (R13)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from sys import intern
from typing import Any

from gemensam.activation.domain import rules
from gemensam.core.entry import Header
from gemensam.core.kinds import FOR_OTHERS, GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision

GIVEN, WITHDRAWN, LINKED, UNLINKED = "given", "withdrawn", "linked", "unlinked"
SAME, MERGED = "same", "merged"  # two that are shown beside each other; one that goes on in the other
OTHER = "other_incident"  # the relation of the reference


@dataclass(frozen=True)
class InformationGiven:
    """What is known so far, said to all before anybody has assessed it. Nobody is bound by it."""

    text: str


@dataclass(frozen=True)
class InformationWithdrawn:
    """Why it no longer holds."""

    reason: str


@dataclass(frozen=True)
class IncidentLinked:
    """That this space's incident is the same as another's; `merged`: it goes on there. The other is the reference."""

    relation: str
    reason: str


@dataclass(frozen=True)
class IncidentUnlinked:
    """Why they were not one."""

    reason: str


@dataclass(frozen=True, slots=True)
class InformationData:
    """A first information; its text is in the payload of `content`."""

    content: str
    at: int
    function: str
    via: str = ""


@dataclass(frozen=True, slots=True)
class LinkData:
    """A link of this incident to another space's; its reason is in the payload of `content`."""

    content: str
    other: str
    relation: str
    at: int
    function: str


def _information_index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    if thing.status == GIVEN:
        yield ("information",), (thing.created_clock, thing.subject)


def _link_index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    if thing.status == LINKED:
        yield ("incident_links",), (thing.created_clock, thing.subject)


INFORMATION = SubjectType(
    "information",
    owner=Machine({("", "information.given"): GIVEN, (GIVEN, "information.withdrawn"): WITHDRAWN}),
    index=_information_index,
)
LINK = SubjectType(
    "incident_link",
    owner=Machine({("", "incident.linked"): LINKED, (LINKED, "incident.unlinked"): UNLINKED}),
    index=_link_index,
)


def _given(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> InformationData:
    return InformationData(digest, header.occurred_at, intern(header.function), intern(header.via))


def _kept(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Any:
    return data


def _linked(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> LinkData:
    other = next((ref.space for ref in header.refs if ref.rel == OTHER), "")
    relation = intern((payload or {}).get("relation", SAME))
    return LinkData(digest, other, relation, header.occurred_at, intern(header.function))


def _decide_given(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    rules.need_text("text", payload["text"])
    rules.check_words(longest=rules.TEXT_MAX, text=payload["text"])
    if decision.draft.via:
        rules.item_of(decision.directory, "via", decision.draft.via, "unknown_via")
    return payload


def _decide_reason(decision: Decision) -> Mapping[str, Any]:
    rules.need_reason(decision.draft.payload["reason"])
    return decision.draft.payload


def _decide_linked(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `reason_missing`, `unknown_relation`, `incident_missing`, `incident_itself`, `linked_already`,
    `exercise_apart`.
    """
    payload = decision.draft.payload
    rules.need_reason(payload["reason"])
    if payload["relation"] not in (SAME, MERGED):
        raise Refused("unknown_relation", value=payload["relation"])
    others = [ref.space for ref in decision.draft.refs if ref.rel == OTHER]
    if len(others) != 1:
        raise Refused("incident_missing")
    if others[0] == decision.space.id:
        raise Refused("incident_itself")
    other = decision.wider(others[0]).thing(others[0])
    kind = getattr(other.data, "kind", "") if other is not None else ""
    if kind != decision.space.kind:
        raise Refused("exercise_apart")
    if any(link.data.other == others[0] for link in decision.state.group("incident_links")):
        raise Refused("linked_already")
    return payload


def _text(payload: Mapping[str, Any]) -> str:
    return str(payload.get("text") or payload.get("reason") or "")


KINDS = (
    Kind("information.given", 1, INFORMATION, InformationGiven, "call", _given, spaces=rules.INCIDENTS,
         decide=_decide_given, text=_text, folds_payload=False, on_behalf=FOR_OTHERS),
    Kind("information.withdrawn", 1, INFORMATION, InformationWithdrawn, "call", _kept, spaces=rules.INCIDENTS,
         decide=_decide_reason, text=_text, folds_payload=False),
    Kind("incident.linked", 1, LINK, IncidentLinked, "assess", _linked, spaces=rules.INCIDENTS,
         decide=_decide_linked, text=_text),
    Kind("incident.unlinked", 1, LINK, IncidentUnlinked, "assess", _kept, spaces=rules.INCIDENTS,
         decide=_decide_reason, text=_text, folds_payload=False),
)  # fmt: skip
TYPES = (INFORMATION, LINK)
