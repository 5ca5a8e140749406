"""The hub: who listens, what has moved in each space, and who may still hear it.

One per process. All of its state belongs to the event loop's thread; other threads speak to it through `published`,
`noticed`, `rights_changed` and `close` only. It imports no capability and no Django: whoever composes the program
gives it `authorise` and `log`.
"""

import asyncio
import logging
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

from gemensam.live.seat import Seat, Viewer

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")
Authorise = Callable[[Mapping[str, Any]], Viewer | None]
ALONE = "directory"  # the space whose entries decide what everybody may read


class Log(Protocol):
    """What the hub asks of the log; called in threads of the hub's own, never in the event loop."""

    def heads(self, spaces: Iterable[str]) -> dict[str, int]:
        """The last position of each space, 0 for an empty one."""

    def news(self, after: Mapping[str, int]) -> list[tuple[str, str, int]]:
        """Space, kind and newest position of every kind that has entries after the given positions."""

    def rights_version(self) -> object:
        """Something that differs whenever a space has been opened or its readers have changed."""


class Watch(Protocol):
    """Something that notices commits of other processes and calls `Hub.noticed`."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Pace:
    """How often things happen, in seconds; tests shorten them."""

    beat: float = 10.0
    judge: float = 50.0  # rights are judged at least each minute (F12)
    held: float = 90.0
    tick: float = 0.5
    per_viewer: float = 0.0001  # at least this long between two rounds of signals, times the viewers
    spread: float = 0.00005  # those who hear a signal ask within this long, times how many they are
    longest_spread: float = 2.0


class Refusal(Exception):
    """The stream is not opened; `code` is one of not_signed_in, not_found, too_many_streams, closing."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def decides_rights(space: str, kind: str) -> bool:
    """Whether an entry can change who may read what: anything in `directory`, and any space's own circle."""
    return space == ALONE or kind.startswith("space.")


class Hub:
    """Every open stream of this process. `streams_per_account` bounds what one account can hold open."""

    def __init__(
        self, authorise: Authorise, log: Log, *, pace: Pace | None = None, streams_per_account: int = 40
    ) -> None:
        self._authorise, self._log = authorise, log
        self._pace = pace or Pace()
        self._limit = streams_per_account
        self._watch: Watch | None = None
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="live")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tending: asyncio.Task[None] | None = None
        self._lock = threading.Lock()
        self._arrived: list[tuple[str, str, int, bool]] = []
        self._heads: dict[str, int] = {}
        self._listeners: defaultdict[str, set[Seat]] = defaultdict(set)
        self._seats: set[Seat] = set()
        self._woken: set[Seat] = set()
        self._flushing: asyncio.TimerHandle | None = None
        self._flushed_at = 0.0
        self._generation = 0
        self._rights_version: object = None
        self._judging = False
        self._closing = False

    # From any thread ---------------------------------------------------------------------------------------------

    def published(self, space: str, kind: str, position: int) -> None:
        """Tell that an entry has been committed by this process. Never waits, never raises."""
        self._arrive([(space, kind, position, False)])

    def noticed(self) -> None:
        """Ask the log what has come since we last knew (called by the watch, in its thread)."""
        before, self._rights_version = self._rights_version, self._log.rights_version()
        if before not in (None, self._rights_version):
            self.rights_changed()
        if heads := dict(self._heads):
            news = sorted(self._log.news(heads), key=lambda entry: (entry[0], entry[2], entry[1]))
            self._arrive([(space, kind, position, True) for space, kind, position in news])

    def rights_changed(self) -> None:
        """Tell that somebody's sign-in, function or reading may have ended: everybody is judged anew at once."""
        self._in_loop(self._rejudge)

    def close(self) -> None:
        """End every stream, now and from now on."""
        self._closing = True
        self._in_loop(self._end_all)

    def watched_by(self, watch: Watch) -> None:
        """Start this watch with the first viewer and stop it when the hub closes."""
        self._watch = watch

    @property
    def viewers(self) -> int:
        """How many streams are open."""
        return len(self._seats)

    def _arrive(self, entries: list[tuple[str, str, int, bool]]) -> None:
        if self._loop is None or not entries:
            return
        with self._lock:
            first = not self._arrived
            self._arrived += entries
        if first:
            self._in_loop(self._drain)

    def _in_loop(self, act: Callable[[], None]) -> None:
        if self._loop is not None:
            try:
                self._loop.call_soon_threadsafe(act)
            except RuntimeError:  # the loop has closed: nobody is left to tell
                logger.debug("The event loop has closed; a signal was dropped.")

    # Signals -----------------------------------------------------------------------------------------------------

    def _drain(self) -> None:
        with self._lock:
            arrived, self._arrived = self._arrived, []
        for space, kind, position, complete in arrived:
            self._advance(space, kind, position, complete=complete)

    def _advance(self, space: str, kind: str, position: int, *, complete: bool) -> None:
        """Pass an entry on if it is the next one, or if the log itself says that nothing before it is missing.

        Two threads may report their commits in the wrong order, and another process may have committed between: then
        the watch brings both, in order.
        """
        head = self._heads.get(space)
        if head is None and decides_rights(space, kind):
            self._rejudge()  # a space that nobody follows yet: somebody may be among its readers
        if head is None or position <= head or (position > head + 1 and not complete):
            return
        self._heads[space] = position
        for seat in self._listeners[space]:
            seat.mark(space, kind, position)
        self._woken |= self._listeners[space]
        if decides_rights(space, kind):
            self._rejudge()
        self._flush_soon()

    def _flush_soon(self) -> None:
        """Wake the viewers now, or, under a stream of entries, when the last round has had time to go out."""
        if self._flushing is None and self._loop is not None:
            due = self._flushed_at + self._pace.per_viewer * len(self._seats)
            self._flushing = self._loop.call_at(max(due, self._loop.time()), self._flush)

    def _flush(self) -> None:
        self._flushing = None
        self._flushed_at = time.monotonic()  # the loop's own clock
        woken, self._woken = self._woken, set()
        for seat in woken:
            seat.awake.set()

    # Coming and going --------------------------------------------------------------------------------------------

    async def check(self, scope: Mapping[str, Any], only: str | None) -> Viewer:
        """Who asks, if that viewer may have a stream now; raises `Refusal`."""
        self._open()
        if self._rights_version is None:  # before anybody is judged, so that no change after that is missed
            self._rights_version = await self._in_pool(self._log.rights_version)
        viewer = await self._in_pool(partial(self._authorise, scope))
        if viewer is None:
            raise Refusal("not_signed_in")
        if only is not None and only not in viewer.spaces:
            raise Refusal("not_found")
        if Counter(seat.viewer.account for seat in self._seats)[viewer.account] >= self._limit:
            raise Refusal("too_many_streams")
        return viewer

    async def admit(self, scope: Mapping[str, Any], only: str | None, cursor: Mapping[str, int] | None) -> Seat:
        """Give a viewer a seat; with a cursor, what was missed is waiting in it. Raises `Refusal`."""
        generation = self._generation
        viewer = await self.check(scope, only)
        now = time.monotonic()
        seat = Seat(scope, only, viewer, generation, judged_at=now, beat_at=now + self._pace.beat)
        self._seats.add(seat)
        try:
            await self._subscribe(seat, seat.spaces, cursor)
        except BaseException:
            self.leave(seat)
            raise
        seat.seated = True
        self._judge_soon()  # rights may have changed meanwhile
        return seat

    def leave(self, seat: Seat) -> None:
        """The stream has ended."""
        seat.left = True
        self._seats.discard(seat)
        for space in seat.spaces:
            self._unsubscribe(seat, space)

    async def _subscribe(self, seat: Seat, spaces: Iterable[str], cursor: Mapping[str, int] | None) -> None:
        """Listen first and ask the log afterwards: what is committed between is heard twice rather than never."""
        wanted = sorted(spaces)
        for space in wanted:
            self._listeners[space].add(seat)
        await self._learn_heads([space for space in wanted if space not in self._heads])
        if seat.left:
            return
        for space in wanted:
            head = self._heads.get(space, 0)
            known = head if cursor is None or space in seat.viewer.closed else cursor.get(space, 0)
            seat.sent[space] = min(known, head)
        await self._fetch_missed(seat, wanted)

    async def _learn_heads(self, spaces: list[str]) -> None:
        """Start following these spaces; the question asked afterwards finds what was committed meanwhile."""
        if not spaces:
            return
        for space, head in (await self._in_pool(partial(self._log.heads, spaces))).items():
            if space in self._listeners:
                self._heads.setdefault(space, head)
        await self._in_pool(self.noticed)

    async def _fetch_missed(self, seat: Seat, spaces: list[str]) -> None:
        behind = {space: seat.sent[space] for space in spaces if seat.sent[space] < self._heads.get(space, 0)}
        if behind:
            for space, kind, position in await self._in_pool(partial(self._log.news, behind)):
                if space in seat.sent:
                    seat.mark(space, kind, position)
            seat.awake.set()

    def _unsubscribe(self, seat: Seat, space: str) -> None:
        listeners = self._listeners[space]
        listeners.discard(seat)
        seat.forget(space)
        if not listeners:
            del self._listeners[space]
            self._heads.pop(space, None)

    def _open(self) -> None:
        """Bind the hub to the running loop at the first viewer, and start what runs beside it."""
        if self._closing:
            raise Refusal("closing")
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            self._tending = self._loop.create_task(self._tend())
            if self._watch is not None:
                self._watch.start()

    async def _in_pool(self, work: Callable[[], Answer]) -> Answer:
        if self._closing:
            raise Refusal("closing")
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def _end_all(self) -> None:
        for seat in self._seats:
            self._end(seat, "closing")
        if self._tending is not None:
            self._tending.cancel()
        if self._watch is not None:
            self._watch.stop()
        self._pool.shutdown(wait=False)

    def _end(self, seat: Seat, reason: str) -> None:
        seat.ending = reason
        seat.awake.set()

    # Beats and rights --------------------------------------------------------------------------------------------

    async def _tend(self) -> None:
        """Wake those whose beat is due, and judge anew those whose time has come; goes on whatever happens."""
        while True:
            await asyncio.sleep(self._pace.tick)
            now = time.monotonic()
            for seat in self._seats:
                if seat.beat_at <= now:
                    seat.awake.set()
            self._judge_soon()

    def next_bytes(self, seat: Seat) -> bytes:
        """What this viewer should be sent now; nothing while its rights are being judged anew."""
        now = time.monotonic()
        said = b"" if self._is_held(seat, now) else seat.take_signals(self._spread)
        if seat.beat_at <= now:
            seat.beat_at = now + self._pace.beat
            said += seat.beat()
        return said

    def _spread(self, space: str) -> int:
        """Within how many ms those who hear of a space should ask for it.

        Not long, since those who ask for the same part are answered together (a whole page waits longer by itself); and
        counted within the space, whose readers may know of each other.
        """
        listeners = len(self._listeners.get(space, ()))
        return round(1_000 * min(self._pace.longest_spread, self._pace.spread * listeners))

    def _is_held(self, seat: Seat, now: float) -> bool:
        return seat.generation < self._generation or _is_past(seat.viewer) or now - seat.judged_at > self._pace.held

    def _rejudge(self) -> None:
        """From here on nobody hears anything before being judged anew (F12)."""
        self._generation += 1
        self._judge_soon()

    def _judge_soon(self) -> None:
        if not self._judging and self._loop is not None and not self._closing:
            self._judging = True
            task = self._loop.create_task(self._judge_due())
            task.add_done_callback(self._judged)

    def _judged(self, task: "asyncio.Task[None]") -> None:
        self._judging = False
        fault = None if task.cancelled() else task.exception()
        if fault is not None and not self._closing:
            # Whoever could not be judged hears nothing meanwhile; the next tick tries again.
            logger.error("Viewers could not be judged anew.", exc_info=fault)

    async def _judge_due(self) -> None:
        while due := self._due(time.monotonic())[:25]:
            generation = self._generation
            for seat, viewer in await self._in_pool(partial(self._judge, due)):
                if not seat.left:
                    await self._seat_again(seat, viewer, generation)

    def _judge(self, seats: list[Seat]) -> list[tuple[Seat, Viewer | None]]:
        return [(seat, self._authorise(seat.scope)) for seat in seats]

    def _due(self, now: float) -> list[Seat]:
        return [seat for seat in self._seats if seat.seated and not seat.ending and self._is_due(seat, now)]

    def _is_due(self, seat: Seat, now: float) -> bool:
        return seat.generation < self._generation or _is_past(seat.viewer) or now - seat.judged_at > self._pace.judge

    async def _seat_again(self, seat: Seat, viewer: Viewer | None, generation: int) -> None:
        """Let a viewer go on with the rights it has now, or end its stream."""
        if viewer is None or viewer.account != seat.viewer.account or _is_past(viewer):
            self._end(seat, "sign_in_ended")
        elif seat.only is not None and seat.only not in viewer.spaces:
            self._end(seat, "not_found")
        else:
            await self._change_spaces(seat, viewer)
            seat.generation, seat.judged_at = generation, time.monotonic()
            seat.awake.set()

    async def _change_spaces(self, seat: Seat, viewer: Viewer) -> None:
        for space in seat.spaces - viewer.spaces:
            self._unsubscribe(seat, space)
        seat.viewer = viewer
        if gained := seat.spaces - seat.sent.keys():
            await self._subscribe(seat, gained, {})


def _is_past(viewer: Viewer) -> bool:
    return viewer.valid_until is not None and viewer.valid_until <= time.time() * 1000
