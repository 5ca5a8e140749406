"""Who speaks at the report of the organisations, by exception (starter data 7.3).

*Talarlista: 4–5 först, sedan behov, sedan försämrat.* The others have nothing to add. It is computed from one space's
state: the same list for all who read it (F5).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from gemensam.coordination.domain.needs import OPEN
from gemensam.core.state import SpaceState, Thing
from gemensam.organisations.domain import pinned_vocabulary
from gemensam.picture.domain.reports import ReportData

SEVERE, NEEDS, WORSE = "status_4_5", "needs", "worse"
SEVERE_FROM = 4
WORSE_TREND = "samre"


@dataclass(frozen=True, slots=True)
class Speaker:
    """An organisation on the list. `reasons` in order of weight; `rows`: the verksamheter that put it there."""

    organisation: str
    reasons: tuple[str, ...]
    worst: int
    rows: tuple[tuple[str, str], ...]
    needs: int
    stated_at: int


@dataclass(frozen=True, slots=True)
class SpeakerList:
    """The speakers in order, and those who have nothing to add: with a report, and without one (*ej rapporterat*)."""

    speakers: tuple[Speaker, ...]
    nothing_to_add: tuple[str, ...]
    silent: tuple[str, ...]


def speaker_list(
    directory: SpaceState, state: SpaceState, organisations: Iterable[str], happened_by: int | None = None
) -> SpeakerList:
    """Return the order of speaking of some organisations (given in the order in which equals are to stand)."""
    digits = {item["code"]: int(item["digit"]) for item in pinned_vocabulary(directory, state, "status").items}
    found: list[Speaker] = []
    nothing: list[str] = []
    silent: list[str] = []
    for organisation in organisations:
        report = _latest(state, organisation, happened_by)
        speaker = _speaker(state, organisation, report, digits)
        if speaker is not None:
            found.append(speaker)
        else:
            (nothing if report is not None else silent).append(organisation)
    return SpeakerList(tuple(sorted(found, key=_weight)), tuple(nothing), tuple(silent))


def _latest(state: SpaceState, organisation: str, happened_by: int | None) -> Thing | None:
    reports = state.newest("reports", organisation)
    return next((each for each in reports if happened_by is None or each.data.stated_at <= happened_by), None)


def _speaker(state: SpaceState, organisation: str, report: Thing | None, digits: dict[str, int]) -> Speaker | None:
    data = report.data if report is not None and isinstance(report.data, ReportData) else None
    cells = data.cells if data else ()
    severe = tuple((cell.row, cell.status) for cell in cells if digits.get(cell.status, 0) >= SEVERE_FROM)
    worse = tuple((cell.row, cell.status) for cell in cells if cell.trend == WORSE_TREND)
    raised = sum(1 for need in state.group("needs_open") if need.organisation == organisation and need.status == OPEN)
    needs = raised + (data.needs if data else 0)
    reasons = [code for code, holds in ((SEVERE, severe), (NEEDS, needs), (WORSE, worse)) if holds]
    if not reasons:
        return None
    worst = max((digits.get(status, 0) for _, status in severe), default=0)
    rows = tuple(dict.fromkeys((*sorted(severe, key=lambda row: -digits[row[1]]), *worse)))
    return Speaker(organisation, tuple(reasons), worst, rows, needs, data.stated_at if data else 0)


def _weight(speaker: Speaker) -> tuple[int, int, int]:
    """First by the first reason, then by how bad and how many; equals keep the order given."""
    place = (SEVERE, NEEDS, WORSE).index(speaker.reasons[0])
    return place, -speaker.worst, -len(speaker.rows) if place != 1 else -speaker.needs
