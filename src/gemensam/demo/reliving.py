"""Enters a day of the past at its own times, in a space of its own, before anybody looks: only in a demonstration.

Whoever looks then plays it, step by step, as any space (see the replay). What organisations had been sent by then is
recorded with the day's times as well.
"""

from pathlib import Path

from django.conf import settings

from gemensam.audit import log
from gemensam.demo.moments import SECOND
from gemensam.demo.player import Tell, play_event
from gemensam.demo.stage import Scene, Stage
from gemensam.ledger.log import LOG
from gemensam.ledger.node import read_node
from gemensam.ledger.seals import seal_arrivals
from gemensam.ledger.wall import living_at


def relive(stage: Stage, tell: Tell) -> bool:
    """Enter what is not there yet of a day of the past; return whether the whole day is there.

    It is not where the program was killed in the middle and something has been written since by the real time: then
    the clock of the space has passed the rest of the day. Raises `Refused("not_a_demo")` outside a demonstration.
    """
    at = stage.scenario.began_at
    for event in stage.scenario.events[stage.recall() :]:
        at = stage.scenario.began_at + event.after_s * SECOND
        if stage.space and _is_over(stage, at):
            return False
        with living_at(at):
            play_event(Scene(stage, event, at, at), tell)
    if stage.space:
        with living_at(at + SECOND):  # else the worker would seal it today
            seal_arrivals(stage.space, read_node(Path(settings.GEMENSAM_DATA)))
    log.flush()
    return True


def _is_over(stage: Stage, at: int) -> bool:
    """Whether the space's clock stands beyond the end of the day."""
    end = stage.scenario.began_at + stage.scenario.events[-1].after_s * SECOND
    return LOG.catch_up(stage.space).clock.ms > max(at, end) + SECOND
