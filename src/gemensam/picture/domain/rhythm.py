"""When the takt beats: report times, pictures and conferences of a cadence (starter data 9). Pure.

Instants are milliseconds since 1970 in UTC; `times` of a rhythm are local (Europe/Stockholm), so that 08.30 stays
08.30 when summer time begins or ends.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MINUTE = 60_000
WEEK = 8 * 1440 * MINUTE  # a beat on one weekday comes again within eight days, the change of hour included
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Rhythm:
    """One beat of a takt.

    `kind`: `at` local `times` (HH:MM) on `days` (1 = Monday); `every` so many `minutes` from the cadence's
    anchor; `relative` so many `minutes` after (or before, negative) the beat called `to`.
    """

    kind: str
    days: tuple[int, ...] = ()
    times: tuple[str, ...] = ()
    minutes: int = 0
    to: str = ""


@dataclass(frozen=True)
class Beats:
    """The rhythms of a cadence by name (`report`, `picture`, `conference`), and where `every` counts from."""

    rhythms: Mapping[str, Rhythm]
    anchor_at: int = 0

    def last(self, name: str, at: int) -> int | None:
        """Return the last beat at or before `at`, or None."""
        return self._shifted(name, at, _last)

    def following(self, name: str, at: int) -> int | None:
        """Return the first beat after `at`, or None."""
        return self._shifted(name, at, _following)

    def between(self, name: str, after: int, upto: int) -> list[int]:
        """Return the beats after one instant, up to and with another, oldest first."""
        rhythm, shift = self._base(name)
        if rhythm is None or upto <= after:
            return []
        return [beat + shift for beat in _between(rhythm, self.anchor_at, after - shift, upto - shift)]

    def longest_gap(self, name: str) -> int:
        """Return the longest time between two beats in ms; 0 where there is none."""
        rhythm = self._base(name)[0]
        if rhythm is None:
            return 0
        return rhythm.minutes * MINUTE if rhythm.kind == "every" else _longest_gap_in_week(rhythm)

    def _shifted(self, name: str, at: int, find: Any) -> int | None:
        rhythm, shift = self._base(name)
        found = find(rhythm, self.anchor_at, at - shift) if rhythm is not None else None
        return None if found is None else found + shift

    def _base(self, name: str) -> tuple[Rhythm | None, int]:
        """Follow `relative` at most as often as there are rhythms; a circle has no beat."""
        shift = 0
        for _ in range(len(self.rhythms) + 1):
            rhythm = self.rhythms.get(name)
            if rhythm is None or rhythm.kind != "relative":
                return rhythm, shift
            shift += rhythm.minutes * MINUTE
            name = rhythm.to
        return None, 0


def _last(rhythm: Rhythm, anchor_at: int, at: int) -> int | None:
    if rhythm.kind == "every":
        passed = (at - anchor_at) // (rhythm.minutes * MINUTE)
        return anchor_at + passed * rhythm.minutes * MINUTE if passed >= 0 else None
    return max(_between(rhythm, anchor_at, at - WEEK, at), default=None)


def _following(rhythm: Rhythm, anchor_at: int, at: int) -> int | None:
    if rhythm.kind == "every":
        passed = (at - anchor_at) // (rhythm.minutes * MINUTE)
        return anchor_at + max(passed + 1, 0) * rhythm.minutes * MINUTE
    return min(_between(rhythm, anchor_at, at, at + WEEK), default=None)


def _between(rhythm: Rhythm, anchor_at: int, after: int, upto: int) -> list[int]:
    if rhythm.kind == "every":
        step = rhythm.minutes * MINUTE
        first = max((after - anchor_at) // step + 1, 0)
        return list(range(anchor_at + first * step, upto + 1, step))
    return sorted(beat for beat in _on_days(rhythm, after, upto) if after < beat <= upto)


def _on_days(rhythm: Rhythm, first_at: int, last_at: int) -> Iterator[int]:
    """All beats of the local days from one instant's to another's."""
    day, last = local(first_at).date(), local(last_at).date()
    while day <= last:
        if day.isoweekday() in rhythm.days:
            for time in rhythm.times:
                there = datetime(day.year, day.month, day.day, *_hour_and_minute(time), tzinfo=STOCKHOLM)
                yield (there - _EPOCH) // timedelta(milliseconds=1)
        day += timedelta(days=1)


def local(at: int) -> datetime:
    """Return an instant (ms UTC) in Europe/Stockholm."""
    return (_EPOCH + timedelta(milliseconds=at)).astimezone(STOCKHOLM)


def _hour_and_minute(time: str) -> tuple[int, int]:
    hour, minute = time.split(":")
    return int(hour), int(minute)


def _longest_gap_in_week(rhythm: Rhythm) -> int:
    minutes = sorted((day - 1) * 1440 + _minute(time) for day in rhythm.days for time in rhythm.times)
    if not minutes:
        return 0
    gaps = [later - earlier for earlier, later in pairwise(minutes)]
    return max([*gaps, minutes[0] + 7 * 1440 - minutes[-1]]) * MINUTE


def _minute(time: str) -> int:
    hour, minute = _hour_and_minute(time)
    return hour * 60 + minute


def rhythm_from(value: Mapping[str, Any] | None) -> Rhythm | None:
    """Read a rhythm from a payload or from the list of cadences; None where there is none."""
    if not value or not value.get("kind"):
        return None
    return Rhythm(
        value["kind"], tuple(value.get("days", ())), tuple(value.get("times", ())),
        value.get("minutes", 0), value.get("to", ""),
    )  # fmt: skip


def is_sound(rhythm: Rhythm) -> bool:
    """Whether a rhythm can be read: days 1-7, times HH:MM, at least a minute between."""
    if rhythm.kind == "at":
        return bool(rhythm.days and rhythm.times) and _are_days(rhythm.days) and all(map(_is_time, rhythm.times))
    if rhythm.kind == "every":
        return rhythm.minutes >= 1
    return rhythm.kind == "relative" and rhythm.to in ("report", "picture", "conference")


def _are_days(days: tuple[int, ...]) -> bool:
    return all(1 <= day <= 7 for day in days)


def _is_time(text: str) -> bool:
    hour, colon, minute = text.partition(":")
    sound = colon == ":" and len(text) == 5 and hour.isdecimal() and minute.isdecimal()
    return sound and int(hour) < 24 and int(minute) < 60
