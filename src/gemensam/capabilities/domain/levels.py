"""A level that a member tells others: the joint office in a circle of both, or everybody in the period's space.

Told anew in each space by the member itself; a space never says what stands in a narrower one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from gemensam.capabilities.domain.rules import (
    ASSESSES,
    LINE_MAX,
    check_capability,
    check_level,
    check_member,
    check_texts,
    office_circle,
    office_of,
    period_of,
)
from gemensam.capabilities.domain.scale import read_day
from gemensam.core.entry import Header
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision

HERE = frozenset({"period", "sub"})
TOLD = "shared"


@dataclass(frozen=True)
class LevelPayload:
    """A level with the day of its proof; reason and measure only where the member tells them too."""

    capability: str
    level: str
    proven_on: str = ""
    reason: str = ""
    measure: str = ""
    measure_due: str = ""


@dataclass(frozen=True)
class LevelWithdrawn:
    """The member no longer tells the level here."""


class Point(NamedTuple):
    """What was told at an instant (ms UTC); an empty level: withdrawn, or its text is gone. `entry`: its digest."""

    at: int
    level: str
    proven_on: str
    entry: str
    has_reason: bool = False
    has_measure: bool = False


class LevelData(NamedTuple):
    """What a member has told of a delförmåga, oldest first."""

    member: str = ""
    capability: str = ""
    points: tuple[Point, ...] = ()

    def at(self, instant: int | None = None) -> Point | None:
        """Return what was told by an instant (None: now), or None where nothing was or it has been withdrawn."""
        known = [point for point in self.points if instant is None or point.at <= instant]
        return known[-1] if known and known[-1].level else None


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    if thing.data.capability:
        yield ("levels",), (thing.subject,)


LEVEL = SubjectType(
    "level",
    owner=Machine(
        {
            ("", "level.shared"): TOLD,
            (TOLD, "level.shared"): TOLD,
            (TOLD, "level.withdrawn"): "withdrawn",
            ("withdrawn", "level.shared"): TOLD,
        }
    ),
    index=_index,
)


def level_of(member: str, capability: str) -> str:
    """Return the one subject in which a member tells its level of a delförmåga in a space."""
    return f"level-{member}-{capability}"


def _shared(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> LevelData:
    before, given = data if isinstance(data, LevelData) else LevelData(), payload or {}
    point = Point(
        header.occurred_at, given.get("level", ""), given.get("proven_on", ""), digest,
        bool(given.get("reason")), bool(given.get("measure")),
    )  # fmt: skip
    capability = given.get("capability", before.capability)
    return LevelData(header.organisation, capability, (*before.points, point))


def _withdrawn(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> LevelData:
    before = data if isinstance(data, LevelData) else LevelData(header.organisation)
    return before._replace(points=(*before.points, Point(header.occurred_at, "", "", digest)))


def _decide_shared(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    period = period_of(decision)
    check_member(decision)
    _check_circle(decision, period)
    if decision.draft.subject != level_of(decision.organisation, payload["capability"]):
        raise Refused("level_subject")
    check_capability(decision, period, payload["capability"])
    check_level(decision, period, payload)
    check_texts(reason=payload["reason"])
    check_texts(LINE_MAX, measure=payload["measure"])
    read_day(payload["measure_due"], "measure_due")
    return payload


def _check_circle(decision: Decision, period: SpaceState) -> None:
    """A level is told to the whole network, or to the joint office alone: never to some members."""
    wanted = office_circle(decision.organisation, office_of(period))
    if decision.space.kind == "sub" and decision.space.circle != wanted:
        raise Refused("assessment_circle")


def told_levels(state: SpaceState) -> dict[tuple[str, str], LevelData]:
    """Return what has been told in a space, by member and delförmåga."""
    return {(thing.data.member, thing.data.capability): thing.data for thing in state.group("levels")}


TYPES = (LEVEL,)
KINDS = (
    Kind("level.shared", 1, LEVEL, LevelPayload, ASSESSES, _shared, spaces=HERE, decide=_decide_shared,
         text=lambda payload: "\n".join(payload[name] for name in ("reason", "measure") if payload[name])),
    Kind("level.withdrawn", 1, LEVEL, LevelWithdrawn, ASSESSES, _withdrawn, spaces=HERE, folds_payload=False),
)  # fmt: skip
