"""Areas, lines and points that are drawn on the map, with a label and the time for which they hold.

A drawing belongs to the organisation that draws it. Its corners are whole numbers: ten-millionths of a degree in
WGS 84 (design 5.2), latitude before longitude.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from gemensam.core.entry import Clock, Header
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.picture.domain.coordinates import is_inside
from gemensam.picture.domain.report_rules import decide_reason, limit_texts
from gemensam.picture.domain.statements import HERE, check_writer

AREA, LINE, POINT = "area", "line", "point"
FEWEST = {AREA: 3, LINE: 2, POINT: 1}
CORNERS_MAX = 500
LABEL_MAX, NOTE_MAX = 120, 1_000


@dataclass(frozen=True)
class Corner:
    """A corner in WGS 84, in ten-millionths of a degree."""

    latitude: int
    longitude: int


@dataclass(frozen=True)
class DrawingPayload:
    """A drawing; a change carries the whole new content. `valid_from`, `valid_until` in ms UTC; None: until further."""

    shape: str
    label: str
    corners: tuple[Corner, ...]
    valid_from: int
    valid_until: int | None = None
    note: str = ""


@dataclass(frozen=True)
class DrawingWithdrawn:
    """Why a drawing no longer stands."""

    reason: str


class DrawingData(NamedTuple):
    """A drawing in the state. `content`: digest of the entry in force; times in ms UTC, 0: until further."""

    shape: str
    valid_from: int
    valid_until: int
    content: str
    clock: Clock
    changes: int = 0

    def is_valid(self, at: int) -> bool:
        return self.valid_from <= at and not self.is_over(at)

    def is_over(self, at: int) -> bool:
        return bool(self.valid_until) and self.valid_until <= at


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    if thing.status == "drawn":
        yield ("drawings",), (thing.created_clock, thing.subject)


DRAWING = SubjectType(
    "drawing",
    owner=Machine(
        {
            ("", "drawing.made"): "drawn",
            ("drawn", "drawing.changed"): "drawn",
            ("drawn", "drawing.withdrawn"): "withdrawn",
        }
    ),
    index=_index,
)


def _content(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> DrawingData:
    before = data if isinstance(data, DrawingData) else None
    given = payload or {}
    return DrawingData(
        given.get("shape", ""), given.get("valid_from", header.occurred_at), given.get("valid_until") or 0,
        digest, header.clock, before.changes + 1 if before else 0,
    )  # fmt: skip


def _kept(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Any:
    return data


def _decide(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    check_writer(decision)
    if payload["shape"] not in FEWEST:
        raise Refused("unknown_shape", value=payload["shape"])
    if not payload["label"].strip():
        raise Refused("drawing_label_missing")
    _check_corners(payload["shape"], payload["corners"])
    if payload["valid_from"] <= 0 or (payload["valid_until"] or payload["valid_from"] + 1) <= payload["valid_from"]:
        raise Refused("drawing_time_wrong")
    limit_texts(LABEL_MAX, label=payload["label"])
    limit_texts(NOTE_MAX, note=payload["note"])
    return payload


def _check_corners(shape: str, corners: list[Mapping[str, int]]) -> None:
    distinct = {(corner["latitude"], corner["longitude"]) for corner in corners}
    if len(distinct) < FEWEST[shape] or (shape == POINT and len(corners) > 1):
        raise Refused("too_few_corners", shape=shape, fewest=FEWEST[shape])
    if len(corners) > CORNERS_MAX:
        raise Refused("too_many_corners", limit=CORNERS_MAX)
    if not all(is_inside(*corner) for corner in distinct):
        raise Refused("point_outside")


def _decide_withdrawal(decision: Decision) -> Mapping[str, Any]:
    check_writer(decision)
    return decide_reason(decision)


def _text(payload: Mapping[str, Any]) -> str:
    return f"{payload['label']}\n{payload['note']}"


KINDS = (
    Kind("drawing.made", 1, DRAWING, DrawingPayload, "read", _content, spaces=HERE, decide=_decide, text=_text),
    Kind("drawing.changed", 1, DRAWING, DrawingPayload, "read", _content, spaces=HERE, decide=_decide, text=_text),
    Kind("drawing.withdrawn", 1, DRAWING, DrawingWithdrawn, "read", _kept, spaces=HERE, decide=_decide_withdrawal,
         text=lambda payload: payload["reason"], folds_payload=False),
)  # fmt: skip
TYPES = (DRAWING,)
