"""A member's official address and meeting days, as a function's data: where a remiss goes and when it can be decided.

Starter data 13.5: officiell adress (registrator), sammanträdesdagar och manusstopp. Entries of `rosters`, where members
keep what they are reached at; the joint office may enter them for a member.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gemensam.consultation.domain import rules
from gemensam.coordination.domain.rules import check_words
from gemensam.core.entry import Header
from gemensam.core.kinds import Kind, SubjectType
from gemensam.core.policy import ROSTERS
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.rosters.domain.addresses import mail_address

SET = "registry.set"
MEETINGS_MAX = 60


@dataclass(frozen=True)
class MeetingDay:
    """A day when a body meets (YYYY-MM-DD), and the last day on which papers are taken for it, "" where unknown."""

    body: str
    on: str
    papers_by: str = ""


@dataclass(frozen=True)
class RegistrySet:
    """The official mail address (the registrar's), a function's address for the copy, and the coming meeting days."""

    address: str
    contact: str = ""
    meetings: tuple[MeetingDay, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting day in the state. `papers_by` is the meeting day itself where the member has not said."""

    body: str
    on: date
    papers_by: date


@dataclass(frozen=True, slots=True)
class RegistryData:
    """A member's registry in the state; empty where its text has been removed."""

    address: str = ""
    contact: str = ""
    meetings: tuple[Meeting, ...] = ()
    set_at: int = 0
    digest: str = ""


REGISTRY = SubjectType(
    "registry",
    owner=Machine({("", SET): "set", ("set", SET): "set"}),
    index=lambda thing: [(("registries",), (thing.organisation, thing.subject))],
)
NOTHING = RegistryData()


def subject_of(organisation: str) -> str:
    """Return the subject of a member's registry."""
    return f"registry-{organisation}"


def registry_of(rosters: SpaceState, organisation: str) -> RegistryData:
    """Return a member's registry; an empty one where nobody has set it."""
    thing = rosters.thing(subject_of(organisation))
    return thing.data if thing is not None and isinstance(thing.data, RegistryData) else NOTHING


def _set(_data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> RegistryData:
    if payload is None:
        return RegistryData(set_at=header.occurred_at, digest=digest)
    return RegistryData(
        payload["address"], payload["contact"], tuple(_meeting(each) for each in payload["meetings"]),
        header.occurred_at, digest,
    )  # fmt: skip


def _meeting(each: Mapping[str, Any]) -> Meeting:
    on = date.fromisoformat(each["on"])
    return Meeting(each["body"], on, date.fromisoformat(each["papers_by"]) if each["papers_by"] else on)


def _decide(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `not_your_organisation`, `mail_wrong`, `too_many_meetings`, `bad_day`, `papers_late`."""
    payload = decision.draft.payload
    if decision.draft.subject != subject_of(decision.organisation):
        raise Refused("not_your_organisation", organisation=decision.draft.subject)
    if len(payload["meetings"]) > MEETINGS_MAX:
        raise Refused("too_many_meetings", limit=MEETINGS_MAX)
    meetings = sorted(
        (dict(_checked(each)) for each in payload["meetings"]), key=lambda each: (each["on"], each["body"])
    )
    given = {name: mail_address(payload[name]) if payload[name].strip() else "" for name in ("address", "contact")}
    return {**given, "meetings": meetings}


def _checked(each: Mapping[str, Any]) -> Mapping[str, Any]:
    check_words(body=each["body"])
    on = rules.day(each["on"], "on")
    if each["papers_by"] and rules.day(each["papers_by"], "papers_by") > on:
        raise Refused("papers_late", on=each["on"])
    return each


KINDS = (
    Kind(SET, 1, REGISTRY, RegistrySet, rules.ANSWER, _set, spaces=frozenset({ROSTERS}), decide=_decide,
         on_behalf=rules.BY_OFFICE),
)  # fmt: skip
TYPES = (REGISTRY,)
