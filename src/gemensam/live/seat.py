"""One viewer's place in the hub: what it may hear, what it has heard, and the bytes that it hears.

A signal says space, kind and position within that space (design 5.6), and within which time to ask, so that those who
hear it do not all ask in one moment. The cursor that a stream hands out names only
spaces that the viewer reads, so nothing of a hidden space can be told from it (design 3.8, F6).
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

CURSOR_LIMIT = 32_000


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: account, readable spaces now, those of them that are closed, and until when this holds (ms UTC).

    A closed space is still signalled when something comes, but is left out of the cursor so that years of old
    incidents do not weigh on every signal.
    """

    account: str
    spaces: frozenset[str]
    closed: frozenset[str] = frozenset()
    valid_until: int | None = None


class CursorNotUnderstood(ValueError):
    """A cursor that this program did not write."""


def read_cursor(text: str, only: str | None = None) -> dict[str, int]:
    """Positions per space from `space:position,…`; for the stream of one space a bare position is enough."""
    if len(text) > CURSOR_LIMIT:
        raise CursorNotUnderstood(text[:40])
    if only is not None and _is_position(text):
        return {only: int(text)}
    return dict(_read_place(place) for place in text.split(",") if place)


def _read_place(place: str) -> tuple[str, int]:
    space, _, position = place.rpartition(":")
    if not space or not _is_position(position):
        raise CursorNotUnderstood(place[:40])
    return space, int(position)


def _is_position(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 17


def write_cursor(positions: Mapping[str, int]) -> str:
    """The positions as text, sorted by space: equal positions are equal bytes on every process."""
    return ",".join(f"{space}:{positions[space]}" for space in sorted(positions))


def event_bytes(name: str, data: Mapping[str, Any], cursor: str = "") -> bytes:
    """One server-sent event; the data is never empty, since browsers drop events without data."""
    identity = f"id: {cursor}\n" if cursor else ""
    return f"event: {name}\n{identity}data: {json.dumps(data, separators=(',', ':'))}\n\n".encode()


@dataclass(slots=True, eq=False)
class Seat:
    """A viewer's place: all fields belong to the event loop's thread."""

    scope: Mapping[str, Any]
    only: str | None
    viewer: Viewer
    generation: int
    judged_at: float
    beat_at: float
    sent: dict[str, int] = field(default_factory=dict)
    dirty: dict[str, dict[str, int]] = field(default_factory=dict)
    awake: asyncio.Event = field(default_factory=asyncio.Event)
    seated: bool = False  # it has been found out where the stream begins
    ending: str = ""
    left: bool = False

    @property
    def spaces(self) -> frozenset[str]:
        """The spaces this stream is about: all that the viewer reads, or the one asked for."""
        return self.viewer.spaces if self.only is None else self.viewer.spaces & {self.only}

    def is_open(self) -> bool:
        """Whether the stream goes on: the viewer is there, and nothing has ended it."""
        return not (self.left or self.ending)

    def mark(self, space: str, kind: str, position: int) -> None:
        """Remember that a kind has moved; the newest position of each kind is enough."""
        if position > self.sent.get(space, 0):
            kinds = self.dirty.setdefault(space, {})
            kinds[kind] = max(position, kinds.get(kind, 0))

    def forget(self, space: str) -> None:
        """Drop what was waiting from a space that is no longer readable."""
        self.sent.pop(space, None)
        self.dirty.pop(space, None)

    def take_signals(self, spread: Callable[[str], int]) -> bytes:
        """All that has moved since last time, in order of space and position, each with the cursor after it.

        `spread`: within how many ms those who hear of a space should ask for it.
        """
        dirty, self.dirty = self.dirty, {}
        return b"".join(
            self._signal(space, kind, position, spread(space))
            for space in sorted(dirty)
            for kind, position in sorted(dirty[space].items(), key=lambda item: (item[1], item[0]))
        )

    def _signal(self, space: str, kind: str, position: int, spread: int) -> bytes:
        self.sent[space] = position
        said = {"space": space, "kind": kind, "position": position, "spread": spread}
        return event_bytes("signal", said, self.cursor())

    def cursor(self) -> str:
        """What has been heard, per open space; the bare position in the stream of one space."""
        if self.only is not None:
            return str(self.sent.get(self.only, 0))
        closed = self.viewer.closed
        return write_cursor({space: position for space, position in self.sent.items() if space not in closed})

    def beat(self) -> bytes:
        """The sign of life, with the cursor so that a stream cut before its first signal resumes rightly."""
        return event_bytes("beat", {"beat": True}, self.cursor())
