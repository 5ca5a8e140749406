"""The states of this process: folded on first use, caught up at every read (design 5.4)."""

import gc
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection
from pydantic_core import from_json

from gemensam.core.entry import header_from
from gemensam.core.fold import Arrived, Folder
from gemensam.core.kinds import EXTRACTS
from gemensam.core.state import SpaceState
from gemensam.ledger.registry import registry

BATCH = 5_000
MOST_ENTRIES = 2**62
# A moment of the past is folded from the checkpoint before it. They lie close where spaces are of ordinary size, and
# further apart beyond that, since each holds its groups' lists of members.
CLOSE_UNTIL, CLOSE_EVERY, FAR_EVERY = 10_000, 1_000, 5_000
# What takes texts away or lets them back: the things that it names are folded anew.
MOVING = frozenset({"disposal.decided", "quarantine.placed", "quarantine.lifted"})
IDLE_SPACES_KEPT, IDLE_ENTRIES_KEPT, MOST_SPACES_KEPT = 64, 50_000, 5_000
HISTORIES_KEPT = 16
WARM_S = 1.0
_ROWS = (
    "SELECT e.position, e.digest, e.header, x.value, CASE WHEN x.value IS NULL THEN (SELECT p.body "
    "FROM ledger_payload p WHERE p.space = e.space AND p.position = e.position) END FROM ledger_entry e "
    "LEFT JOIN ledger_extract x ON x.space = e.space AND x.position = e.position AND x.version = %s "
)
# The second condition lets PostgreSQL begin in the middle of both tables.
_AFTER = _ROWS + "AND x.position > %s WHERE e.space = %s AND e.position > %s ORDER BY e.position LIMIT %s"
# Asked first: for the statement above PostgreSQL plans longer than all the rest takes, and mostly nothing has come.
HEAD = "SELECT coalesce(max(position), 0) FROM ledger_entry WHERE space = %s"
_SUBJECT = _ROWS + "WHERE e.space = %s AND e.subject = %s AND e.position <= %s ORDER BY e.position"


def disposals(state: SpaceState) -> int:
    """Return how often texts have gone or come back: what was drawn or folded under another number holds others."""
    return state.size("disposals") + state.size("text_moves")


class _Cached:
    """One space's state in this process, and the lock that lets one thread fold it at a time."""

    def __init__(self, space: str) -> None:
        self.state = SpaceState(space)
        self.lock = threading.RLock()
        self.checkpoints: list[SpaceState] = []
        self.caught_up_at = -math.inf  # monotonic seconds

    def keep(self, state: SpaceState) -> None:
        """Take a newer state; every so often remember it as a place from which the past is folded.

        Places from before a disposal hold what has been disposed of: they are dropped.
        """
        if disposals(state) != disposals(self.state):
            self.checkpoints = []
        self.state = state
        last = self.checkpoints[-1].position if self.checkpoints else 0
        if state.position - last >= _distance(last):
            self.checkpoints.append(state)


def _distance(position: int) -> int:
    return CLOSE_EVERY if position < CLOSE_UNTIL else FAR_EVERY


class Log:
    """The states of all spaces that this process has been asked for; idle ones are dropped.

    `generation` rises with each disposal that this process hears of: what was drawn before is drawn anew.
    """

    def __init__(self) -> None:
        self.generation = 0
        self._cached: OrderedDict[str, _Cached] = OrderedDict()
        self._histories: OrderedDict[tuple[str, int, int], SpaceState] = OrderedDict()
        self._guard = threading.Lock()

    def forget(self, space: str | None = None) -> None:
        """Drop what is remembered of one space or of all: after a disposal, a restore, or between tests."""
        with self._guard:
            for name in [space] if space is not None else list(self._cached):
                self._cached.pop(name, None)
            for key in [key for key in self._histories if space in (None, key[0])]:
                del self._histories[key]

    def catch_up(self, space: str) -> SpaceState:
        """Return the state with everything that is committed by now."""
        cached = self._of(space)
        state, cached.caught_up_at = cached.state, time.monotonic()
        if fetch(HEAD, [space])[0][0] <= state.position:
            return state
        rows = _after(space, state.position, BATCH)
        with cached.lock:
            while rows:
                if rows[0][0] > cached.state.position:
                    self._extend(cached, rows)
                rows = _after(space, cached.state.position, BATCH)
            return cached.state

    def last_known(self, space: str) -> SpaceState:
        """Return the state as this process knew it last, without asking the log."""
        return self._of(space).state

    def warm(self, spaces: Iterable[str]) -> None:
        """Fold the spaces that this process has not looked at for a second, so that the append lock need not wait.

        What has come since then is taken in under the lock.
        """
        for space in spaces:
            if time.monotonic() - self._of(space).caught_up_at > WARM_S:
                self.catch_up(space)

    def advance(self, before: SpaceState, after: SpaceState) -> None:
        """Take over a state that this thread has just committed, if nothing came between."""
        cached = self._of(before.space)
        with cached.lock:
            if cached.state is before:
                self._keep(cached, after)

    def at(self, space: str, position: int) -> SpaceState:
        """Return the state after exactly `position` arrivals (what was known then)."""
        current = self.catch_up(space)
        if position >= current.position:
            return current
        # A history that was folded while a text went is kept under the number that nobody asks for any more.
        key = (space, position, disposals(current))
        with self._guard:
            found = self._histories.get(key)
        if found is None:
            found = self._folded_to(space, position)
            with self._guard:
                self._histories[key] = found
                while len(self._histories) > HISTORIES_KEPT:
                    self._histories.popitem(last=False)
        return found

    def _of(self, space: str) -> _Cached:
        with self._guard:
            cached = self._cached.get(space)
            if cached is None:
                cached = self._cached[space] = _Cached(space)
                self._drop_idle()
            else:
                self._cached.move_to_end(space)
            return cached

    def _drop_idle(self) -> None:
        """Drop those not asked for longest. Many small ones stay: a page that lists them all would fold them anew."""
        held = sum(cached.state.position for cached in self._cached.values())
        while len(self._cached) > (IDLE_SPACES_KEPT if held > IDLE_ENTRIES_KEPT else MOST_SPACES_KEPT):
            _, dropped = self._cached.popitem(last=False)
            held -= dropped.state.position

    def _extend(self, cached: _Cached, rows: Sequence[Any]) -> None:
        with _collector_paused(len(rows)):
            fresh = [arrived(row) for row in rows if row[0] > cached.state.position]
            while fresh:
                some = _distance(cached.state.position)
                self._keep(cached, _folded(cached.state, fresh[:some]))
                fresh = fresh[some:]

    def _keep(self, cached: _Cached, state: SpaceState) -> None:
        if disposals(state) != disposals(cached.state):
            self.generation += 1
        cached.keep(state)

    def _folded_to(self, space: str, position: int) -> SpaceState:
        earlier = [state for state in self._of(space).checkpoints if state.position <= position]
        state = earlier[-1] if earlier else SpaceState(space)
        rows = _after(space, state.position, position - state.position)
        with _collector_paused(len(rows), freeze=False):
            return _folded(state, [arrived(row) for row in rows])


def _after(space: str, position: int, most: int) -> list[Any]:
    return fetch(_AFTER, [EXTRACTS, position, space, position, most])


def _folded(state: SpaceState, entries: Iterable[Arrived]) -> SpaceState:
    folder = new_folder(state)
    for entry in entries:
        folder.add(entry)
    return folder.state()


def folded_subject(space: str, subject: str) -> SpaceState:
    """Return a state that holds nothing but one thing, folded from its own entries."""
    return _folded(SpaceState(space), map(arrived, fetch(_SUBJECT, [EXTRACTS, space, subject, MOST_ENTRIES])))


def new_folder(state: SpaceState) -> Folder:
    """Return a folder that continues from a state and loads a late entry's subject from the log."""
    reached = [state.position]

    def load(subject: str) -> Iterable[Arrived]:
        return [arrived(row) for row in fetch(_SUBJECT, [EXTRACTS, state.space, subject, reached[0]])]

    return _Tracking(state, load, reached)


class _Tracking(Folder):
    """A folder that tells its loader how far it has come, and drops texts that an entry disposes of."""

    def __init__(self, state: SpaceState, load: Callable[[str], Iterable[Arrived]], reached: list[int]) -> None:
        super().__init__(state, registry(), load)
        self._reached = reached

    def add(self, arrived: Arrived) -> None:
        self._reached[0] = arrived.position
        super().add(arrived)
        if arrived.header.kind in MOVING:
            for subject in sorted({ref.subject for ref in arrived.header.refs}):
                self.renew(subject)


class _collector_paused:  # noqa: N801  reads as a word in the with statement
    """Keep the cyclic collector off during a large fold; it would take most of the time (F15)."""

    def __init__(self, rows: int, *, freeze: bool = True) -> None:
        self._pause = rows >= CLOSE_EVERY // 2 and gc.isenabled()
        self._freeze = freeze

    def __enter__(self) -> None:
        if self._pause:
            gc.disable()

    def __exit__(self, *_error: object) -> None:
        if self._pause:
            if self._freeze:
                gc.freeze()
            gc.enable()


def arrived(row: Sequence[Any]) -> Arrived:
    """Build an arrival from (position, digest, header, extract or None, body or None).

    Without an extract it is made of the body, as for rows that an older program has written.
    """
    position, digest, header_text, extract, body = row
    header = header_from(read_stored(header_text))
    if extract is not None:
        return Arrived(position, digest, header, read_stored(extract))
    kind = registry().find(header.kind, header.version)
    if body is None or kind is None or not kind.folds_payload:
        return Arrived(position, digest, header, None)
    return Arrived(position, digest, header, kind.for_fold(read_stored(body)))


def read_stored(text: str) -> Any:
    """Read JSON that this node has checked and stored: half the time of the standard library's reader."""
    return from_json(text)


def places(values: Sequence[Any]) -> str:
    """Return the placeholders of an IN list, in parentheses."""
    return "(" + ", ".join(["%s"] * len(values)) + ")"


def fetch(sql: str, values: Sequence[Any]) -> list[Any]:
    """Run one reading statement, outside any transaction of its own."""
    with getattr(connection, "planned_cursor", connection.cursor)() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


LOG = Log()
