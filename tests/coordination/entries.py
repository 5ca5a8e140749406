"""Entries of coordination as the log would give them, for tests of the pure fold."""

from collections.abc import Mapping
from typing import Any

from gemensam.coordination.domain import KINDS
from gemensam.core.entry import Clock, Header, Ref
from gemensam.core.fold import Arrived, fold
from gemensam.core.kinds import collect
from gemensam.core.state import SpaceState

REGISTRY = collect(KINDS)
SPACE, OWNER = "s", "lansstyrelsen"
PARTIES = ("lansstyrelsen", "nacka", "taby")
POINTS = [
    {"code": code, "number": number, "minute": number, "title": code, "title_en": code, "leader_line": "",
     "leader_line_en": "", "writes": "", "speakers": False}
    for number, code in enumerate(("upprop", "behov"), start=1)
]  # fmt: skip
PLAN: dict[str, Any] = {"starts_at": 3_600_000, "length_min": 30, "text": "", "dial_in": {}, "roles": []}
TERMS: dict[str, Any] = {
    "wording": "Vi plogar", "follow_up_at": 50, "valid_until_at": None,
    "undertakings": [{"organisation": "nacka", "what": "plogar", "due_at": 40}],
}  # fmt: skip
NEED: dict[str, Any] = {"text": "Plogbil", "row": "vag", "urgency": "nu", "until_at": None, "concerns": []}
PAYLOADS: dict[str, dict[str, Any]] = {
    "conference.called": {
        **PLAN, "title": "Konferens", "title_en": "Conference", "agenda": "ordinarie", "series": "vecka",
        "points": POINTS, "number": 1, "label": "47", "week": 47, "year": 2026, "node": "n1",
    },
    "conference.changed": {**PLAN, "reason": "senare"},
    "conference.point_noted": {"point": "behov", "text": "En plogbil"},
    "conference.moved_to": {"point": "behov"},
    "attendance.registered": {"functions": ["nacka-tib"], "also_represents": ["taby"], "keep": True},
    "need.raised": NEED,
    "need.changed": NEED,
    "agreement.recorded": {**TERMS, "number": 1, "label": "47:1", "node": "n1"},
    "agreement.changed": {**TERMS, "reason": "tydligare"},
    "minutes.published": {"version": 1},
    "registration.made": {"number": "452-1", "status": "received", "on": "2026-11-29"},
    "question.asked": {"text": "När öppnas vägen?", "to": ["taby"]},
}  # fmt: skip


def entry(
    place: int, kind: str, organisation: str = OWNER, *, payload: Mapping[str, Any] | None = None, subject: str = "a",
    refs: tuple[Ref, ...] = (), node: str = "n1", occurred_at: int | None = None, disposed: bool = False,
) -> Arrived:  # fmt: skip
    """Return an entry at a place in order; its own time is the place unless given."""
    at = place if occurred_at is None else occurred_at
    header = Header(
        kind, 1, SPACE, subject, organisation, organisation, f"{organisation}-tib", "", at, Clock(place, 0), refs,
        (), 1, "", "p", node, 1, place, "", "k",
    )  # fmt: skip
    given = None if disposed else dict(payload if payload is not None else PAYLOADS.get(kind, {}))
    return Arrived(place, f"{node}/{place}/{kind}", header, given)


def folded(*entries: Arrived) -> SpaceState:
    return fold(SPACE, entries, REGISTRY)
