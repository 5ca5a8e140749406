"""Times and targets of alerts, as the joint office has set them (list `alert_settings`)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.organisations.domain.reading import vocabulary

SETTINGS = "alert_settings"
SECOND, MINUTE = 1_000, 60_000
LOCAL = ZoneInfo("Europe/Stockholm")
_UNIT_MS = {"s": SECOND, "min": MINUTE, "h": 60 * MINUTE}
# Where a directory has no such list yet (an older network): what starter data 9 and 10 propose.
_PROPOSED = {
    "escalate_min": 5, "rsib_min": 5, "convene_min": 10, "voice_first_s": 0, "voice_second_s": 150, "item_late_min": 10,
    "larm_lasts_min": 240, "acknowledged_percent": 90, "acknowledged_min": 20, "first_conference_min": 60,
    "conference_after_min": 30, "conference_round_min": 5, "quiet_from_h": 22, "quiet_to_h": 6,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pace:
    """What a larm carries with it from when it was sent, in ms: a list that is edited later does not change it.

    `escalate`: to the next function. `voice`: when a function's two calls come, after it was begun with; both within
    three minutes, since many telephones let the second one through (starter data 10). `item_late`: past this after it
    was due a message is never sent.
    """

    escalate: int
    voice: tuple[int, ...]
    item_late: int
    lasts: int
    target_percent: int
    target: int


def setting(directory: SpaceState, code: str) -> int:
    """Return one number of the list; the proposed one where the directory has none."""
    return _numbers(directory).get(code, _PROPOSED[code])


def span(directory: SpaceState, code: str) -> int:
    """Return one time of the list in ms; its code ends with its unit."""
    return setting(directory, code) * _UNIT_MS[code.rpartition("_")[2]]


def _numbers(directory: SpaceState) -> dict[str, int]:
    try:
        items = vocabulary(directory, SETTINGS).items
    except Refused:
        return {}
    return {str(item["code"]): int(item["value"]) for item in items}


def pace(directory: SpaceState, *, escalate: str = "escalate_min") -> Pace:
    """Return the pace that a larm sent now gets."""
    voice = sorted({span(directory, "voice_first_s"), span(directory, "voice_second_s")})
    return Pace(
        span(directory, escalate), tuple(voice), span(directory, "item_late_min"), span(directory, "larm_lasts_min"),
        setting(directory, "acknowledged_percent"), span(directory, "acknowledged_min"),
    )  # fmt: skip


def plain_pace(given: Pace) -> dict[str, Any]:
    """Return a pace as an entry carries it."""
    return {**asdict(given), "voice": list(given.voice)}


def pace_from(payload: Mapping[str, Any]) -> Pace:
    """Return the pace that an entry carries."""
    return Pace(
        payload["escalate"], tuple(payload["voice"]), payload["item_late"], payload["lasts"],
        payload["target_percent"], payload["target"],
    )  # fmt: skip


def quiet_until(directory: SpaceState, at: int) -> int:
    """Return when the quiet night that an instant lies in ends, by the local clock (ms UTC); 0 by day."""
    begins, ends = setting(directory, "quiet_from_h"), setting(directory, "quiet_to_h")
    here = datetime.fromtimestamp(at / SECOND, LOCAL)
    is_night = begins <= here.hour or here.hour < ends if begins > ends else begins <= here.hour < ends
    if not is_night:
        return 0
    day = here.date() + timedelta(days=1 if here.hour >= ends else 0)
    return round(datetime(day.year, day.month, day.day, ends, tzinfo=LOCAL).timestamp()) * SECOND


def proposed_conference(directory: SpaceState, now: int) -> int:
    """Return when a first conference is proposed (ms UTC): a while from now, rounded up to whole minutes of the clock.

    Time zones with whole five minutes make it the same to round in UTC.
    """
    at, step = now + span(directory, "conference_after_min"), span(directory, "conference_round_min")
    return -(-at // step) * step if step else at
