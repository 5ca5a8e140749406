"""Takt: the operative rhythm of a space, set with a reason and changed at any time (starter data 9).

A register: each organisation that may set it has its own thing, and the last in order is in force (F20).
Older cadences stay, so that *what had happened by t* is judged with the takt of its own time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.core.clock import ZERO
from gemensam.core.entry import Clock, Header
from gemensam.core.kinds import Kind, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.picture.domain.rhythm import MINUTE, Beats, Rhythm, is_sound, rhythm_from

BEATS = ("report", "picture", "conference")


@dataclass(frozen=True)
class CadenceSet:
    """A takt as it was set. `anchor_at`: from when *every so many minutes* counts; 0: from when it was set.

    `is_adapted`: some part is not as the list has it.
    """

    code: str
    name: str
    stale_after_ms: int
    reason: str
    report: Rhythm | None = None
    picture: Rhythm | None = None
    conference: Rhythm | None = None
    anchor_at: int = 0
    name_en: str = ""
    is_adapted: bool = False


@dataclass(frozen=True, slots=True)
class Cadence:
    """A takt in force from `set_at` (ms UTC). `stale_after_ms`: how old a value may be before it is *inaktuell*."""

    code: str
    name: str
    name_en: str
    beats: Beats
    stale_after_ms: int
    set_at: int = 0
    digest: str = ""
    clock: Clock = ZERO
    is_adapted: bool = False

    def unsaid(self) -> tuple[str, ...]:
        """The fields that came later than the first logs, where they say nothing (`core.state.plain`)."""
        return () if self.is_adapted else ("is_adapted",)

    def too_short(self) -> bool:
        """Whether the limit is shorter than the longest gap: then an ordinary night makes everything stale."""
        return self.stale_after_ms <= self.beats.longest_gap("report")


@dataclass(frozen=True, slots=True)
class CadenceRegister:
    """What one organisation has set, oldest first."""

    versions: tuple[Cadence, ...] = ()


CADENCE = SubjectType(
    "cadence",
    owner=Machine({("", "cadence.set"): "set", ("set", "cadence.set"): "set"}),
    index=lambda thing: [(("cadences",), (thing.subject,))],
)


def cadence_subject(organisation: str) -> str:
    """Return the one subject in which an organisation sets the takt of a space."""
    return f"cadence-{organisation}"


def _set(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> CadenceRegister:
    before = data.versions if isinstance(data, CadenceRegister) else ()
    if payload is None:
        return CadenceRegister(before)
    beats = _beats(payload, payload["anchor_at"] or header.occurred_at)
    cadence = Cadence(
        payload["code"], payload["name"], payload["name_en"], beats, payload["stale_after_ms"],
        header.occurred_at, digest, header.clock, payload.get("is_adapted", False),
    )  # fmt: skip
    return CadenceRegister((*before, cadence))


def _beats(payload: Mapping[str, Any], anchor_at: int) -> Beats:
    found = {name: rhythm_from(payload.get(name)) for name in BEATS}
    return Beats({name: rhythm for name, rhythm in found.items() if rhythm is not None}, anchor_at)


def _decide(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    if decision.draft.subject != cadence_subject(decision.organisation):
        raise Refused("cadence_subject")
    if not payload["reason"].strip():
        raise Refused("reason_missing")
    rhythms = [rhythm_from(payload[name]) for name in BEATS]
    if any(rhythm is not None and not is_sound(rhythm) for rhythm in rhythms):
        raise Refused("cadence_rhythm")
    beats = _beats(payload, 0)
    if any(beats.following(name, 0) is None for name in beats.rhythms):
        raise Refused("cadence_circle")
    if payload["stale_after_ms"] < MINUTE:
        raise Refused("cadence_stale_limit")
    return payload


KINDS = (
    Kind("cadence.set", 1, CADENCE, CadenceSet, "set_cadence", _set, decide=_decide,
         text=lambda payload: f"{payload['name']} {payload['reason']}"),
)  # fmt: skip
TYPES = (CADENCE,)


def cadence_in_force(state: SpaceState, at: int | None = None) -> Cadence | None:
    """Return the takt in force (`at`: chosen among those set by then, for *what had happened by*), or None."""
    things = state.group("cadences")
    versions = [
        version
        for thing in things
        if isinstance(thing.data, CadenceRegister)
        for version in thing.data.versions
        if at is None or version.set_at <= at
    ]
    return max(versions, key=lambda version: (version.clock, version.digest), default=None)


def cadence_from(item: Mapping[str, Any]) -> Cadence:
    """Return the takt that an item of the list `cadences` describes, set by nobody yet."""
    return Cadence(
        item["code"], item["name"], item.get("name_en", ""), _beats(item, 0), item["stale_after_minutes"] * MINUTE
    )


def payload_of(cadence: Cadence, listed: Cadence | None, *, reason: str, anchor_at: int = 0) -> dict[str, Any]:
    """Return the payload that sets a takt. `listed`: the list's takt of the same code, None where it has none."""
    rhythms = {name: _plain(cadence.beats.rhythms.get(name)) for name in BEATS}
    is_adapted = listed is not None and cadence.beats.rhythms != listed.beats.rhythms
    return {
        "code": cadence.code, "name": cadence.name, "name_en": cadence.name_en, "reason": reason,
        "stale_after_ms": cadence.stale_after_ms, "anchor_at": anchor_at, "is_adapted": is_adapted, **rhythms,
    }  # fmt: skip


def payload_from(item: Mapping[str, Any], *, reason: str, anchor_at: int = 0) -> dict[str, Any]:
    """Return the payload that sets a takt as the list `cadences` has it."""
    listed = cadence_from(item)
    return payload_of(listed, listed, reason=reason, anchor_at=anchor_at)


def _plain(rhythm: Rhythm | None) -> dict[str, Any] | None:
    if rhythm is None:
        return None
    return {
        "kind": rhythm.kind, "days": list(rhythm.days), "times": list(rhythm.times),
        "minutes": rhythm.minutes, "to": rhythm.to,
    }  # fmt: skip
