"""Likely duplicates among statements: same place, row and time (R26). Both are kept whatever a person says of them.

Each organisation says in a thing of its own whether two statements are one; who says what is shown, and where they
differ both are named (design 3.9).
"""

import hashlib
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from gemensam.core.entry import Clock, Header
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.picture.domain.coordinates import DEGREE
from gemensam.picture.domain.report_rules import REASON_MAX, limit_texts
from gemensam.picture.domain.statements import HERE, StatementData, check_writer

OF = "of"  # relation of the references to the two statements
LINKED, DISMISSED = "linked", "dismissed"
SAME_TIME_MS = 60 * 60 * 1000
NEAR_M, APART_M = 1_000, 5_000
LOOKED_THROUGH = 300  # statements, newest first, among which pairs are looked for
_METRES_PER_DEGREE = 111_320


@dataclass(frozen=True)
class DuplicateJudged:
    """A person's word on whether two statements are one; the references name them."""

    reason: str = ""


class DuplicateData(NamedTuple):
    """Which two statements are judged, and when (ms UTC)."""

    pair: tuple[str, ...]
    at: int
    clock: Clock


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    for subject in thing.data.pair:
        yield ("duplicates_of", subject), (thing.data.clock, thing.subject)


DUPLICATE = SubjectType(
    "duplicate",
    owner=Machine(
        {
            ("", "duplicate.linked"): LINKED,
            ("", "duplicate.dismissed"): DISMISSED,
            (LINKED, "duplicate.dismissed"): DISMISSED,
            (DISMISSED, "duplicate.linked"): LINKED,
        }
    ),
    index=_index,
)


def duplicate_subject(organisation: str, first: str, second: str) -> str:
    """Return the one subject in which an organisation judges two statements, in whichever order they are named."""
    told = " ".join([organisation, *sorted((first, second))])
    return f"duplicate-{hashlib.sha256(told.encode()).hexdigest()[:32]}"


def _judged(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> DuplicateData:
    pair = tuple(sorted(ref.subject for ref in header.refs if ref.rel == OF))
    return DuplicateData(pair, header.occurred_at, header.clock)


def _decide(decision: Decision) -> Mapping[str, Any]:
    check_writer(decision)
    pair = [ref.subject for ref in decision.draft.refs if ref.rel == OF and ref.space == decision.space.id]
    if len(set(pair)) != 2 or any(_statement(decision.state, subject) is None for subject in pair):
        raise Refused("not_two_statements")
    if decision.draft.subject != duplicate_subject(decision.organisation, *pair):
        raise Refused("not_two_statements")
    reason = decision.draft.payload["reason"]
    limit_texts(REASON_MAX, reason=reason)
    return decision.draft.payload


def _statement(state: SpaceState, subject: str) -> Thing | None:
    thing = state.thing(subject)
    return thing if thing is not None and thing.type == "statement" else None


KINDS = (
    Kind("duplicate.linked", 1, DUPLICATE, DuplicateJudged, "read", _judged,
         spaces=HERE, decide=_decide, text=lambda payload: payload["reason"], folds_payload=False),
    Kind("duplicate.dismissed", 1, DUPLICATE, DuplicateJudged, "read", _judged,
         spaces=HERE, decide=_decide, text=lambda payload: payload["reason"], folds_payload=False),
)  # fmt: skip
TYPES = (DUPLICATE,)


class Likeness(NamedTuple):
    """Another statement that may be the same, and what organisations have said: (organisation, status)."""

    other: Thing
    judged: tuple[tuple[str, str], ...] = ()

    @property
    def is_linked(self) -> bool:
        """Whether somebody says that they are one, and nobody that they are not."""
        said = {status for _, status in self.judged}
        return said == {LINKED}

    @property
    def is_open(self) -> bool:
        return not self.judged


def likenesses(state: SpaceState, thing: Thing) -> list[Likeness]:
    """Return what may be the same as a statement, or has been judged, newest first."""
    judged = _judgements(state, thing.subject)
    found = {other.subject: other for other in _neighbours(state, thing) if is_like(thing, other)}
    found |= {subject: other for subject in judged if (other := _statement(state, subject)) is not None}
    ordered = sorted(found.values(), key=lambda other: (other.data.stated_at, other.subject), reverse=True)
    return [Likeness(other, tuple(sorted(judged.get(other.subject, ())))) for other in ordered]


def open_pairs(state: SpaceState) -> list[tuple[Thing, Thing]]:
    """Return the pairs that may be one and that nobody has judged, newest first, among the newest statements."""
    newest = [thing for thing in islice(state.newest("statements"), LOOKED_THROUGH) if thing.status == "recorded"]
    return [
        (thing, one.other)
        for thing in newest
        for one in likenesses(state, thing)
        if one.is_open and _order(one.other) < _order(thing)
    ]


def _order(thing: Thing) -> tuple[int, str]:
    return thing.data.stated_at, thing.subject


def _judgements(state: SpaceState, subject: str) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for thing in state.group("duplicates_of", subject):
        for other in thing.data.pair:
            if other != subject:
                found.setdefault(other, []).append((thing.organisation, thing.status))
    return found


def _neighbours(state: SpaceState, thing: Thing) -> Iterator[Thing]:
    data: StatementData = thing.data
    keys = [*(("statements_in", code) for code in data.where.kommuner), *([("points",)] if data.where.point else [])]
    for key in keys:
        for other in state.newest(*key):
            if other.data.stated_at < data.stated_at - SAME_TIME_MS:
                break
            yield other


def is_like(one: Thing, other: Thing) -> bool:
    """Whether two statements that stand may say the same: made within an hour, on one row and in one place.

    Two points within a kilometre are one place whatever the row; two points five kilometres apart never are. What one
    organisation says twice without such points is taken for two things: it knows them apart.
    """
    first, second = one.data, other.data
    if one.subject == other.subject or {one.status, other.status} != {"recorded"}:
        return False
    if abs(first.stated_at - second.stated_at) > SAME_TIME_MS:
        return False
    away = _metres(first.where.point, second.where.point)
    if away is not None and away <= NEAR_M:
        return True
    shares = bool(set(first.where.kommuner) & set(second.where.kommuner)) and one.organisation != other.organisation
    return shares and first.row == second.row != "" and (away is None or away <= APART_M)


def _metres(first: tuple[int, ...], second: tuple[int, ...]) -> float | None:
    """Return how far two points are from each other, on a plane: near enough for a few kilometres."""
    if not first or not second:
        return None
    narrow = math.cos(math.radians(first[0] / DEGREE))
    north, east = (first[0] - second[0]) / DEGREE, (first[1] - second[1]) / DEGREE * narrow
    return math.hypot(north, east) * _METRES_PER_DEGREE


def linked_to(state: SpaceState, subject: str) -> frozenset[str]:
    """Return the statements that are said to be the same as this one, where nobody says otherwise."""
    said = _judgements(state, subject)
    return frozenset(other for other, judged in said.items() if {status for _, status in judged} == {LINKED})
