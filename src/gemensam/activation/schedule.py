"""What activation does by itself: end what is over, send the provlarm of the schedule. Called at each beat.

Both are computed from state and clock: a missed beat loses nothing, and a repeated one writes nothing twice.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from gemensam.activation.domain import larms
from gemensam.activation.domain.board import board
from gemensam.activation.domain.larms import LarmData
from gemensam.activation.domain.reading import settled_at
from gemensam.activation.domain.rules import data_of
from gemensam.activation.larm_commands import PROV_TEXT, end_over, send_scheduled
from gemensam.activation.lately import alerted_lately
from gemensam.core.policy import DIRECTORY, ROSTERS, STANDING
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.writing import Draft
from gemensam.ledger.ids import uuid7
from gemensam.ledger.log import LOG
from gemensam.organisations.domain.reading import vocabulary
from gemensam.rosters.domain.reading import call_list
from gemensam.rosters.testing import note_tested
from gemensam.web import times

SCHEDULE = "provlarm_schedule"
TESTS_NOTED_MS = 7 * 24 * 60 * 60_000
LATEST_MS = 30 * 60_000  # past this a missed provlarm is not sent: it would come when nobody expects it


def end_what_is_over(now: int) -> None:
    """End each larm whose time has passed, and each that asked for an assessment once there is one: its result is kept.

    One that another has taken the place of only stops reaching people: who holds its link is led on to the other.
    """
    for state in alerted_lately(now):
        for thing in state.group("larms_sent"):
            data, settled = data_of(thing, LarmData), settled_at(state, thing)
            if now >= data.ends_at or (settled and data.purpose == larms.ASSESS):
                end_over(state.space, thing)


def note_what_was_tested(now: int) -> None:
    """Note of each member that answered a larm which went out that its call list has been tested (R8).

    What no telephone rang for, and an exercise, tests none."""
    for state in alerted_lately(now):
        for thing in state.newest("larms"):
            data = data_of(thing, LarmData)
            if data.sent_at < now - TESTS_NOTED_MS:
                break
            if data.live and data.purpose == larms.ALERT:
                _note_tested(thing, data, now)


def _note_tested(thing: Thing, data: LarmData, now: int) -> None:
    directory, rosters = LOG.catch_up(DIRECTORY), LOG.catch_up(ROSTERS)
    for line in board(data, now).lines:
        at = line.acknowledged_at
        if at and call_list(directory, rosters, line.organisation).tested_at < at:
            note_tested([line.organisation], at=at, key=f"tested {thing.subject} {line.organisation}")


def send_what_is_scheduled(now: int) -> None:
    """Send the provlarm that the schedule has come to, once, even where two workers look at the same time."""
    for at, item in _due(now):
        if LOG.catch_up(STANDING).size("larms_at", str(at)):
            continue
        payload = {"text": PROV_TEXT, "live": item["live"], "scheduled_at": at}
        try:
            send_scheduled(Draft("larm.sent", STANDING, uuid7(), payload), item["organisation"])
        except Refused as refused:
            if refused.code != "sent_already":
                raise


def _due(now: int) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        items = vocabulary(LOG.catch_up(DIRECTORY), SCHEDULE).items
    except Refused:
        return
    for item in items:
        at = last_time(item, now)
        if item["on"] and not item.get("retired") and 0 <= now - at <= LATEST_MS:
            yield at, item


def last_time(item: Mapping[str, Any], now: int) -> int:
    """Return the last instant (ms UTC) before `now` that a schedule names, by the local calendar."""
    today = times.local(now).date()
    found = (_instant(today - timedelta(days=back), item["time"]) for back in range(40) if _names(item, today, back))
    return next((at for at in found if at <= now), 0)


def next_time(item: Mapping[str, Any], now: int) -> int:
    """Return the next instant (ms UTC) that a schedule names; local time, so that summer time does not move it."""
    today = times.local(now).date()
    found = (_instant(today + timedelta(days=-back), item["time"]) for back in range(0, -40, -1) if
             _names(item, today, back))  # fmt: skip
    return next((at for at in found if at > now), 0)


def _names(item: Mapping[str, Any], today: date, back: int) -> bool:
    day = today - timedelta(days=back)
    week = (day.day - 1) // 7 + 1
    return day.isoweekday() == item["weekday"] and item["week_of_month"] in (0, week)


def _instant(day: date, time: str) -> int:
    hour, minute = (int(part) for part in time.split(":"))
    return times.instant(datetime(day.year, day.month, day.day, hour, minute))  # noqa: DTZ001  local, as `instant` reads it
