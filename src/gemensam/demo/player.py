"""Plays a scenario: each event at its time, by the ordinary commands; what is refused is told, never hidden."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event as Stopped
from typing import Protocol

from django.utils import translation

from gemensam.core.refusal import Refused
from gemensam.demo.acts import play
from gemensam.demo.moments import Week
from gemensam.demo.scenario import Event
from gemensam.demo.stage import Scene, Stage
from gemensam.ledger.append import now_ms
from gemensam.web import labels

# The first page that is seen shall not be empty: the first reports have come in when the play begins.
LEAD_S = 80
logger = logging.getLogger(__name__)


class Clock(Protocol):
    """The time that a scenario is played in."""

    def now(self) -> int:
        """Return the instant in ms since 1970, UTC."""

    def wait(self, seconds: float) -> bool:
        """Let so many seconds pass; return whether the play is to stop."""


class WallClock:
    """The real time, until `stop` is called."""

    def __init__(self) -> None:
        self._stopped = Stopped()

    def now(self) -> int:
        return now_ms()

    def wait(self, seconds: float) -> bool:
        return self._stopped.wait(seconds)

    def stop(self) -> None:
        self._stopped.set()


@dataclass(frozen=True)
class Fault:
    """An event that could not be played, and why."""

    event: Event
    why: Exception

    def __str__(self) -> str:
        """Return the fault in Swedish, for the console."""
        event = self.event
        return f"Händelse {event.number} ({event.act}, {event.actor}) kunde inte spelas: {self._words()}"

    def _words(self) -> str:
        if not isinstance(self.why, Refused):
            return f"fel i programmet ({type(self.why).__name__}: {self.why})"
        with translation.override("sv"):
            return f"{labels.words(self.why)} [{self.why}]"


Tell = Callable[[Fault], None]


def play_storm(stage: Stage, clock: Clock, tell: Tell, *, speed: int = 100) -> bool:
    """Play a scenario's events at their times, from where it was; return whether it came to its end.

    `speed` in percent: 200 plays it in half the time.
    """
    first = stage.recall()
    events = stage.scenario.events[first:]
    elapsed = max(LEAD_S, events[0].after_s) if first == 0 else events[0].after_s
    for event in events:
        pause = max(0, event.after_s - elapsed)
        if clock.wait(pause * 100 / speed):
            return False
        elapsed += pause
        now = clock.now()
        play_event(Scene(stage, event, now, now), tell)
    return True


def tell_past(stage: Stage, week: Week, tell: Tell) -> None:
    """Enter what a scenario says has happened in a week that ends now, at its own times."""
    for event in stage.scenario.events[stage.recall() :]:
        play_event(Scene(stage, event, week.at(event.days_ago, event.minute), week.now), tell)


def play_event(scene: Scene, tell: Tell) -> None:
    """Play one event; one that cannot be played is told and logged, and the next goes on."""
    try:
        play(scene)
    except Refused as refused:
        _told(Fault(scene.event, refused), tell)
    except Exception as error:
        logger.exception("event %d of %s", scene.event.number, scene.stage.scenario.code)
        _told(Fault(scene.event, error), tell)


def _told(fault: Fault, tell: Tell) -> None:
    logger.error("%s", fault)
    tell(fault)
