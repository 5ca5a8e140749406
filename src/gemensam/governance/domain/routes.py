"""A member's own way to a decision: which steps, in which order, and which of them decide (G6, 13.4).

Set by the member, or for it by the joint office: in `standing` for all documents, beside a document for that one
alone. Where none is set the usual one for its kind is shown, marked *förslag*, and decides nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from sys import intern
from typing import Any

from gemensam.core.entry import Header
from gemensam.core.kinds import Kind, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.governance.domain import rules
from gemensam.governance.domain.decisions import REGISTERING

SET, CLEARED = "set", "cleared"


@dataclass(frozen=True)
class RouteSet:
    """The member's route: `route` of `decision_routes`, or "" with `steps` of its own; `deciding` among them.

    `official`: what the highest official is called there.
    """

    route: str = ""
    steps: tuple[str, ...] = ()
    deciding: tuple[str, ...] = ()
    official: str = ""


@dataclass(frozen=True)
class RouteCleared:
    """Why the usual route is to be shown again."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class RouteData:
    """A route in the state."""

    content: str
    route: str
    steps: tuple[str, ...]
    deciding: frozenset[str]
    official: str


@dataclass(frozen=True, slots=True)
class Route:
    """The route that holds for a member and a document. `is_own`: the member, or the office for it, has set it."""

    code: str
    steps: tuple[str, ...]
    deciding: frozenset[str]
    official: str = ""
    is_own: bool = False

    @property
    def preparing(self) -> frozenset[str]:
        """The steps that another one decides after, as the member itself has said; none on a proposed route."""
        return frozenset(self.steps) - self.deciding if self.is_own else frozenset()


NO_ROUTE = Route("", (), frozenset())
ROUTE = SubjectType(
    "route",
    owner=Machine(
        {
            ("", "route.set"): SET,
            (SET, "route.set"): SET,
            (SET, "route.cleared"): CLEARED,
            (CLEARED, "route.set"): SET,
        }
    ),
)


def route_subject(member: str, document: str = "") -> str:
    """Return the one subject of a member's route: for all documents in `standing`, or beside a document."""
    return f"{document}.route.{member}" if document else f"route.{member}"


def own_route(state: SpaceState, member: str, document: str = "") -> RouteData | None:
    """Return what a member has set, or None."""
    thing = state.thing(route_subject(member, document))
    return thing.data if thing is not None and thing.status == SET and isinstance(thing.data, RouteData) else None


def route_for(own: RouteData | None, kind: str, usual: Mapping[str, Mapping[str, Any]]) -> Route:
    """Return the route that holds: the member's own, or the usual one of its kind (items of `decision_routes`)."""
    if own is not None:
        return Route(own.route, own.steps, own.deciding, own.official, is_own=True)
    item = next((one for one in usual.values() if kind in one["kinds"] and one.get("usual")), None)
    return Route(item["code"], tuple(item["steps"]), frozenset(item["decides"])) if item is not None else NO_ROUTE


def _set(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> RouteData:
    given = payload or {}
    steps = tuple(intern(step) for step in given.get("steps", ()))
    return RouteData(
        digest, given.get("route", ""), steps, frozenset(given.get("deciding", ())), given.get("official", "")
    )  # fmt: skip


def _cleared(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Any:
    return data


def _decide_set(decision: Decision) -> Mapping[str, Any]:
    """Fill in a listed route's steps, so that a later list does not change what the member chose.

    Raises `Refused`: `route_subject`, `unknown_route`, `unknown_step`, `route_empty`, `route_without_decision`.
    """
    payload = decision.draft.payload
    rules.check_voice(decision)
    rules.check_members(decision, [decision.organisation])
    _check_subject(decision)
    rules.check_lines(official=payload["official"])
    if payload["route"]:
        item = rules.check_item(decision, "decision_routes", payload["route"], "unknown_route")
        payload = {**payload, "steps": list(item["steps"]), "deciding": list(item["decides"])}
    for step in payload["steps"]:
        rules.check_item(decision, "decision_steps", step, "unknown_step")
    if not payload["steps"] or len(set(payload["steps"])) != len(payload["steps"]):
        raise Refused("route_empty")
    if not set(payload["deciding"]) or not set(payload["deciding"]) <= set(payload["steps"]):
        raise Refused("route_without_decision")
    return {**payload, "deciding": sorted(set(payload["deciding"]))}


def _check_subject(decision: Decision) -> None:
    document, _, _member = decision.draft.subject.rpartition(".route.")
    if decision.draft.subject != route_subject(decision.organisation, document):
        raise Refused("route_subject")
    thing = decision.state.thing(document) if document else None
    if document and (thing is None or thing.type != "document"):
        raise Refused("document_not_here")
    if not document and decision.space.kind != "standing":
        raise Refused("route_subject")


def _decide_cleared(decision: Decision) -> Mapping[str, Any]:
    rules.check_voice(decision)
    rules.check_lines(reason=decision.draft.payload["reason"])
    return decision.draft.payload


KINDS = (
    Kind("route.set", 1, ROUTE, RouteSet, "register_decision", _set, spaces=rules.HERE, decide=_decide_set,
         on_behalf=REGISTERING),
    Kind("route.cleared", 1, ROUTE, RouteCleared, "register_decision", _cleared, spaces=rules.HERE,
         decide=_decide_cleared, on_behalf=REGISTERING, folds_payload=False),
)  # fmt: skip
TYPES = (ROUTE,)
