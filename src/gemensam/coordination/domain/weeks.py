"""Weeks and the next conference, in local time (Europe/Stockholm) and so safe when summer time begins or ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.organisations.domain import pinned_vocabulary
from gemensam.picture.domain.cadences import cadence_from, cadence_in_force
from gemensam.picture.domain.rhythm import MINUTE, Beats

STOCKHOLM = ZoneInfo("Europe/Stockholm")
WEEKLY, FIRST_HOURS = "vecka", "akut"
FIRST_AGENDA, FOLLOWING_AGENDA = "aktiverat_forsta", "aktiverat_foljande"
# A conference that is called so near a point of the takt is that point's.
NEAR_MS = 30 * MINUTE
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Proposal:
    """When the next conference would be by the takt in force (ms UTC), in which series and after which agenda."""

    starts_at: int
    series: str
    agenda: str


def iso_week(at: int) -> tuple[int, int]:
    """Return (ISO year, ISO week) of an instant in local time: 1 January can lie in week 53 of the year before."""
    year, week, _day = (_EPOCH + timedelta(milliseconds=at)).astimezone(STOCKHOLM).isocalendar()
    return year, week


def is_weekly(item: Mapping[str, Any]) -> bool:
    """Whether a takt of the list `cadences` has one conference a week, which is then called by its week."""
    rhythm = item.get("conference") or {}
    return rhythm.get("kind") == "at" and len(rhythm["days"]) == len(rhythm["times"]) == 1


def propose_next(directory: SpaceState, state: SpaceState, now: int) -> Proposal | None:
    """Return the next conference by the takt in force, after the last one called; None where the takt has none.

    The times are the takt's own, those that the space's header shows. Until somebody has set a takt, what comes
    every so many minutes is counted from the last conference, else from now.
    """
    item, last = _takt(directory, state), last_called(state)
    after = max(now, last.data.starts_at) if last is not None else now
    cadence = cadence_in_force(state)
    if cadence is None and item is None:
        return None
    beats = cadence.beats if cadence is not None else Beats(cadence_from(item or {}).beats.rhythms, after)
    starts_at = next_unclaimed(state, beats, after)
    if starts_at is None:
        return None
    return Proposal(starts_at, str(item["code"]) if item else "", _agenda(item, is_first=last is None))


def last_called(state: SpaceState) -> Thing | None:
    """Return the latest conference of a space that was not cancelled."""
    return next((thing for thing in reversed(state.group("conferences")) if thing.status != "cancelled"), None)


def next_unclaimed(state: SpaceState, beats: Beats, after: int) -> int | None:
    """Return the first conference time of a takt after an instant that no conference has been called for, or None."""
    called = _called_for(state)
    at = beats.following("conference", after)
    while at is not None and any(abs(at - other) < NEAR_MS for other in called):
        at = beats.following("conference", at)
    return at


def unclaimed_between(state: SpaceState, beats: Beats, after: int, upto: int) -> list[int]:
    """Return the conference times of a takt within a stretch that no conference has been called for."""
    called = _called_for(state)
    found = beats.between("conference", after, upto)
    return [at for at in found if not any(abs(at - other) < NEAR_MS for other in called)]


def _called_for(state: SpaceState) -> list[int]:
    return [thing.data.starts_at for thing in state.group("conferences") if thing.status != "cancelled"]


def _takt(directory: SpaceState, state: SpaceState) -> Mapping[str, Any] | None:
    in_force = cadence_in_force(state)
    code = in_force.code if in_force else WEEKLY if state.space == "standing" else FIRST_HOURS
    try:
        return pinned_vocabulary(directory, state, "cadences").item(code)
    except Refused:
        return None


def _agenda(item: Mapping[str, Any] | None, *, is_first: bool) -> str:
    agenda = str(item.get("agenda") or "") if item else ""
    return FIRST_AGENDA if is_first and agenda == FOLLOWING_AGENDA else agenda
