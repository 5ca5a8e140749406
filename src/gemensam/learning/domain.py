"""Time in a replay: the steps that it goes through, and an axis on which quiet nights take no room. Pure.

Instants and lengths in ms (UTC); places on the axis in the drawing's own units.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000
GRAINS = (SECOND, 10 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, DAY)
MOST_STEPS = 2_000
SPEEDS = (1, 10, 60, 300, 600, 3_600)  # how many times faster than it happened
WHOLE_PLAY = 2 * MINUTE
TICKS = (MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, DAY, 7 * DAY, 28 * DAY)
MOST_TICKS = 12
SHORTEST_BREAK = 10 * MINUTE
BREAK_PART = 12  # a gap is broken off where it is more than this part of the whole
BREAK_WIDTH, LEAST_WIDTH = 28.0, 24.0


def make_steps(arrivals: Iterable[int], most: int = MOST_STEPS) -> tuple[int, ...]:
    """Return the instants that a replay goes through: after each of them something more had come.

    Whole seconds, rounded up, since addresses name moments so. Where there are more than `most`, arrivals close to
    each other make one step.
    """
    kept = sorted(arrivals)
    for grain in GRAINS:
        last = {-(-at // grain): at for at in kept}  # the latest of each grain stands last
        if len(last) <= most or grain == GRAINS[-1]:
            break
    return tuple(sorted({-(-at // SECOND) * SECOND for at in last.values()}))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which things came, and where it lies on the axis."""

    begins: int
    ends: int
    x: float
    width: float

    def place(self, at: int) -> float:
        length = self.ends - self.begins
        part = (min(max(at, self.begins), self.ends) - self.begins) / length if length else 0.5
        return self.x + part * self.width


@dataclass(frozen=True, slots=True)
class Axis:
    """Stretches of time one after the other, with breaks of equal width where nothing came for long."""

    stretches: tuple[Stretch, ...]

    def place(self, at: int) -> float:
        """Return where an instant lies; one within a break lies at its beginning."""
        begins = [stretch.begins for stretch in self.stretches]
        return self.stretches[max(0, bisect_right(begins, at) - 1)].place(at)

    @property
    def breaks(self) -> list[tuple[float, int]]:
        """Return the middle of each break and how long nothing came."""
        pairs = zip(self.stretches, self.stretches[1:], strict=False)
        return [((one.x + one.width + two.x) / 2, two.begins - one.ends) for one, two in pairs]

    @property
    def busy(self) -> int:
        """How long the stretches last together."""
        return sum(stretch.ends - stretch.begins for stretch in self.stretches)

    @property
    def tick(self) -> int:
        """The distance between two marks of the axis, so that there are at most a dozen or so."""
        return next((tick for tick in TICKS if self.busy / tick <= MOST_TICKS), TICKS[-1])

    @property
    def speed(self) -> int:
        """How many times faster than it happened a play is that lasts about two minutes."""
        return next((speed for speed in SPEEDS if self.busy / speed <= WHOLE_PLAY), SPEEDS[-1])


def make_axis(arrivals: Sequence[int], x: float, width: float) -> Axis:
    """Return an axis over instants (at least one) from `x` on; raises `ValueError` for none."""
    kept = sorted(arrivals)
    if not kept:
        raise ValueError("an axis of no time")
    parts = _parted(kept)
    lengths = [ends - begins for begins, ends in parts]
    room = width - BREAK_WIDTH * (len(parts) - 1) - LEAST_WIDTH * len(parts)
    made: list[Stretch] = []
    for (begins, ends), length in zip(parts, lengths, strict=True):
        wide = LEAST_WIDTH + room * (length / sum(lengths) if sum(lengths) else 1 / len(parts))
        made.append(Stretch(begins, ends, x, wide))
        x += wide + BREAK_WIDTH
    return Axis(tuple(made))


def _parted(kept: Sequence[int]) -> list[tuple[int, int]]:
    """Return (first, last) of what came without a long gap."""
    longest = max(SHORTEST_BREAK, (kept[-1] - kept[0]) // BREAK_PART)
    parts = [(kept[0], kept[0])]
    for at in kept[1:]:
        begins, ends = parts[-1]
        if at - ends > longest:
            parts.append((at, at))
        else:
            parts[-1] = (begins, at)
    return parts
