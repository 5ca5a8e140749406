"""Entries of activation as the log would give them, and larms as values, for tests of the pure domain."""

from collections.abc import Mapping, Sequence
from typing import Any

from gemensam.activation.domain import KINDS
from gemensam.activation.domain.alert_settings import Pace, plain_pace
from gemensam.activation.domain.larms import ALERT, Answer, LarmData
from gemensam.activation.domain.targets import Reached
from gemensam.core.entry import Clock, Header, Ref
from gemensam.core.fold import Arrived, fold
from gemensam.core.kinds import collect
from gemensam.core.state import SpaceState

REGISTRY = collect(KINDS)
SPACE, OWNER = "s", "nacka"
PARTIES = ("nacka", "lansstyrelsen", "taby")
MINUTE = 60_000
PACE = Pace(5 * MINUTE, (0, 150_000), 10 * MINUTE, 240 * MINUTE, 90, 20 * MINUTE)
PAYLOADS: dict[str, dict[str, Any]] = {
    "call.help_asked": {"type": "snoovader", "words": "Snöoväder", "conference_at": 0, "text": ""},
    "call.made": {"type": "snoovader", "words": "Snöoväder", "conference_at": 60, "text": ""},
    "call.convened": {"conference_at": 70, "reason": ""},
    "assessment.given": {"outcome": "aktiveras", "reason": "", "incident": ""},
    "mode.set": {"mode": "aktiverat", "level": "verkstallande", "reason": "snö", "decided_by": "", "checks": []},
    "incident.linked": {"relation": "same", "reason": "samma snö"},
    "larm.sent": {
        "text": "larm_forsta", "purpose": ALERT, "mark": "", "live": True, "pace": plain_pace(PACE), "answers": ["1"],
        "members": [{"organisation": each, "functions": [f"{each}-tib"]} for each in PARTIES],
        "target": {"kind": "all", "codes": []}, "names_conference": True, "scheduled_at": 0,
    },
    "larm.answered": {
        "function": "lansstyrelsen-tib", "code": "1", "from_at": 0, "acknowledges": True, "takes_part": True,
        "hands_on": False,
    },
}  # fmt: skip


def entry(
    place: int, kind: str, organisation: str = OWNER, *, payload: Mapping[str, Any] | None = None, subject: str = "a",
    refs: tuple[Ref, ...] = (), disposed: bool = False,
) -> Arrived:  # fmt: skip
    """Return an entry at a place in order; its own time is the place."""
    header = Header(
        kind, 1, SPACE, subject, organisation, organisation, f"{organisation}-tib", "app", place, Clock(place, 0), refs,
        (), 1, "", "p", "n1", 1, place, "", "k",
    )  # fmt: skip
    given = None if disposed else dict(payload if payload is not None else PAYLOADS.get(kind, {}))
    return Arrived(place, f"{place}/{kind}", header, given)


def folded(*entries: Arrived) -> SpaceState:
    return fold(SPACE, entries, REGISTRY)


def said(organisation: str, function: str, code: str, at: int) -> Answer:
    """Return an answer as it stands in a larm: 1 takes part, 2 later, 3 hands on."""
    return Answer(
        organisation, function, code, at, Clock(at, 0), "sms", organisation, 0, code in "12", code in "12",
        code == "3", f"{at}/{function}/{code}",
    )  # fmt: skip


def larm(members: Mapping[str, Sequence[str]], *answers: Answer, **more: Any) -> LarmData:
    """Return a larm that was sent at 0 to members with their functions in order."""
    reached = tuple(Reached(organisation, tuple(functions)) for organisation, functions in members.items())
    given = tuple(sorted(answers, key=lambda each: each.clock))
    return LarmData(
        "d", "larm_konferens", more.pop("purpose", ALERT), "", True, 1, more.pop("pace", PACE), reached, "all", True,
        ("1", "2", "3"), answers=given, **more,
    )  # fmt: skip
