"""One look after the other: what is due is claimed, handed to the channels' threads, and what came of it is written.

The looking thread alone talks to the database: threads of channels only send, and put what came of it in a queue. An
attempt is claimed when a thread is free for it and what that did before is written, so that a worker killed at any
moment leaves no more attempts in doubt than it had threads.
"""

import json
import logging
import secrets
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from django.conf import settings

from gemensam.delivery import attempts, outbox, rules
from gemensam.delivery.attempts import Claim, Settled
from gemensam.delivery.channel import Channel, Outcome
from gemensam.delivery.lanes import Lane
from gemensam.delivery.outbox import Item
from gemensam.delivery.rules import Attempt
from gemensam.ledger.append import now_ms
from gemensam.ledger.origins import written_here
from gemensam.ledger.spaces import all_spaces

BEAT_S = 1.0
GAP_S = 0.05  # between two looks: a stream of commits must not have the sources asked without pause
FINISHED_KEPT = 20_000
LONGEST_MS = 60_000  # twice as long as any channel may take
STRAYS_EVERY_S = 10.0
DOUBT_S = 20.0  # after the clock was set nothing is called missed for so long
logger = logging.getLogger(__name__)


@dataclass
class Looked:
    """What the last look found: claims by channel in order, and what is only to be noted."""

    ready: dict[str, list[Claim]] = field(default_factory=dict)
    noted: list[Claim] = field(default_factory=list)
    ours: dict[tuple[str, str], bool] = field(default_factory=dict)
    exercises: dict[str, bool] = field(default_factory=dict)

    def is_ours(self, item: Item) -> bool:
        """Whether this node wrote, in its present life, what caused the item; asked once for each entry."""
        cause = (item.space, item.cause)
        if cause not in self.ours:
            self.ours[cause] = written_here(*cause)
        return self.ours[cause]

    def is_exercise(self, item: Item) -> bool:
        """Whether the item belongs to an exercise; asked once for each space."""
        if item.space not in self.exercises:
            self.exercises[item.space] = is_exercise(item.space)
        return self.exercises[item.space]


class Dispatcher:
    """The outbox at work in one process life; `woken` is called whenever a thread of a channel has come back."""

    def __init__(
        self,
        channels: Mapping[str, Channel],
        woken: Callable[[], None] = lambda: None,
        *,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self.run = secrets.token_hex(8)
        self._channels, self._woken, self._steady = channels, woken, steady
        self._ended: SimpleQueue[Settled] = SimpleQueue()
        self._lanes = {name: Lane(channel, self._came_back) for name, channel in channels.items()}
        self._unsettled: list[Settled] = []
        self._under_way: dict[str, str] = {}  # channels by token: claimed, and what came of it is not written yet
        self._looked = Looked()
        self._finished: dict[str, None] = {}
        self._looked_at = -BEAT_S
        self._clock = (0, 0.0)
        self._doubt_until = 0.0
        self._strays_at = 0.0

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way, or what came of it is not written yet."""
        return bool(self._under_way)

    @property
    def oldest_due(self) -> int:
        """When the oldest message fell due that nobody has begun with (ms UTC); 0 where none waits."""
        return min((claim.item.due_at for claims in self._looked.ready.values() for claim in claims), default=0)

    @property
    def may_look(self) -> bool:
        """Whether the last look is long enough ago."""
        return self._steady() - self._looked_at >= GAP_S

    def take_over(self, now: int) -> None:
        """Begin one's turn: what earlier lives left under way is unknown now."""
        self._finished.clear()
        if left := attempts.abandon(self.run, now):
            logger.warning("%d attempts were left without outcome by a worker that stopped", left)

    def step(self, now: int, *, asked: bool = False) -> None:
        """Write what came back, look if it is time or `asked`, and hand over as much as there are threads for."""
        self.settle()
        if asked or self._steady() - self._looked_at >= BEAT_S:
            self._look(now)
        self._hand_over(now)

    def settle(self) -> None:
        """Commit what came back. What cannot be written now is kept for the next step."""
        while True:
            try:
                self._unsettled.append(self._ended.get_nowait())
            except Empty:
                break
        attempts.settle(self._unsettled)
        for settled in self._unsettled:
            self._under_way.pop(settled.token, None)
        self._unsettled = []

    def close(self) -> None:
        """Begin nothing more, wait for what is under way, and write what came of it."""
        self._looked = Looked()
        for lane in self._lanes.values():
            lane.close()
        self.settle()

    # Looking -----------------------------------------------------------------------------------------------------

    def _look(self, now: int) -> None:
        self._mind_the_clock(now)
        self._mind_strays(now)
        self._looked_at = self._steady()
        found = [(name, item) for name, item in outbox.items(now) if item.id not in self._finished]
        known = attempts.of(item.id for _, item in found)
        looked = Looked()
        for name, item in sorted(found, key=lambda pair: (pair[1].due_at, pair[1].id)):
            self._judge(looked, name, item, known.get(item.id, ()), now)
        attempts.claim(looked.noted, self.run, now)
        self._looked = looked

    def _judge(self, looked: Looked, source: str, item: Item, known: tuple[Attempt, ...], now: int) -> None:
        match rules.next_step(known, due_at=item.due_at, not_after=item.not_after, now=now):
            case rules.Send(number):
                self._send(looked, source, item, number)
            case rules.Miss():
                if looked.is_ours(item) and self._steady() >= self._doubt_until:
                    looked.noted.append(Claim(source, item, 1, rules.MISSED))
            case rules.Finish():
                self._finish(item.id)
            case rules.Wait():
                pass

    def _send(self, looked: Looked, source: str, item: Item, number: int) -> None:
        if not looked.is_ours(item):
            return  # imported, replayed or from before a restore: nobody's until a person takes it over
        if why := self._kept_back(item, exercise=looked.is_exercise(item)):
            looked.noted.append(Claim(source, item, number, rules.FAILED, why))
            return
        script = json.dumps(self._channels[item.message.channel].prepare(item.message), sort_keys=True)
        claim = Claim(source, item, number, script=script)
        looked.ready.setdefault(item.message.channel, []).append(claim)

    def _kept_back(self, item: Item, *, exercise: bool) -> str:
        """Return why a message may not or cannot be handed over at all; empty where it can."""
        message, channel = item.message, self._channels.get(item.message.channel)
        if channel is None:
            return "no_channel"
        if not rules.may_leave(exercise=exercise, mark=message.mark, allowed=item.for_real):
            return "exercise"
        if not message.address:
            return "no_address"
        return withheld(channel)

    def _finish(self, item: str) -> None:
        self._finished[item] = None
        while len(self._finished) > FINISHED_KEPT:
            del self._finished[next(iter(self._finished))]

    def _mind_strays(self, now: int) -> None:
        """Give up attempts that a worker began after its turn had passed, and then stopped: nobody else would."""
        if self._steady() - self._strays_at >= STRAYS_EVERY_S:
            self._strays_at = self._steady()
            attempts.abandon(self.run, now, older_ms=LONGEST_MS)

    def _mind_the_clock(self, now: int) -> None:
        """Notice a clock that was set: nothing is called missed until it has stood the test of some seconds."""
        wall, steady = self._clock
        here = self._steady()
        if wall and rules.jumped(now - wall, int((here - steady) * 1000)):
            logger.warning("the clock was set by %d s", (now - wall - (here - steady) * 1000) // 1000)
            self._doubt_until = here + DOUBT_S
        self._clock = (now, here)

    # Handing over ------------------------------------------------------------------------------------------------

    def _hand_over(self, now: int) -> None:
        chosen: list[Claim] = []
        under_way = Counter(self._under_way.values())
        for name, claims in self._looked.ready.items():
            free = max(0, self._channels[name].threads - under_way[name])
            chosen += claims[:free]
            self._looked.ready[name] = claims[free:]
        ours = attempts.claim(chosen, self.run, now)
        for claim in chosen:
            if claim.token in ours:
                self._under_way[claim.token] = claim.item.message.channel
                self._lanes[claim.item.message.channel].send(claim.item.message, claim.token)

    def _came_back(self, token: str, outcome: Outcome) -> None:
        self._ended.put(Settled(token, outcome, now_ms()))
        self._woken()


def withheld(channel: Channel) -> str:
    """Return why a channel cannot be used on this installation; a demonstration reaches nobody beyond this machine."""
    if settings.GEMENSAM_DEMO and not channel.is_local:
        return "demonstration"
    return channel.missing()


def is_exercise(space: str) -> bool:
    """Return whether a space is an exercise, or lies within one; a space that is not known is taken for one."""
    known = all_spaces()
    info = known.get(space)
    while info is not None and info.parent:
        info = known.get(info.parent)
    return info is None or info.kind == "exercise"
