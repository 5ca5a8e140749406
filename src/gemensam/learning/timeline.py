"""What a timeline is drawn from: what came when, in lanes of a kind each, with its landmarks and its table."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gemensam.core.swedish import sort_key
from gemensam.learning.domain import Axis, make_axis, make_steps
from gemensam.ledger import describing
from gemensam.ledger.describing import Names
from gemensam.ledger.pages.showing import show_all
from gemensam.ledger.reading import Arrival
from gemensam.ledger.registry import registry
from gemensam.web import times
from gemensam.web.page import SpacePage

LEFT, WIDTH = 170.0, 1_000.0
MOST_LANDMARKS = 60
SEAL = "arrivals.sealed"
# Beside what is published: what says that work in the space begins or ends, or that everybody is asked.
TURNS = frozenset({"space.opened", "space.closed", "conference.opened", "conference.closed", "request.made"})


@dataclass(frozen=True, slots=True)
class Landmark:
    """Something that one finds one's way by: `at` when it came, ms UTC; `number` counts from 1."""

    number: int
    at: int
    x: float
    text: str
    who: str
    url: str


@dataclass(frozen=True, slots=True)
class Span:
    """A line of the table: what came between two instants, by lane; `landmarks` that lie within."""

    begins: int
    ends: int
    counts: tuple[int, ...]
    landmarks: tuple[Landmark, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Timeline:
    """A space's time. `lanes`: (code, words) of groups of kinds; `arrivals` without the log's own seals."""

    axis: Axis
    lanes: tuple[tuple[str, str], ...]
    arrivals: tuple[Arrival, ...]
    landmarks: tuple[Landmark, ...]
    spans: tuple[Span, ...]

    @property
    def steps(self) -> tuple[int, ...]:
        return make_steps(arrival.received_at for arrival in self.arrivals)


def get_timeline(page: SpacePage) -> Timeline | None:
    """Return the timeline of a page's space up to its moment; None where nothing has come."""
    arrivals = tuple(one for one in page.lens.arrival_list(page.space, page.moment) if one.kind != SEAL)
    if not arrivals:
        return None
    axis = make_axis([one.received_at for one in arrivals], LEFT, WIDTH - LEFT - 20)
    lanes = _lanes(arrivals)
    landmarks = tuple(_landmarks(page, arrivals, axis))
    return Timeline(axis, lanes, arrivals, landmarks, tuple(_spans(arrivals, lanes, landmarks, axis)))


def _lanes(arrivals: Sequence[Arrival]) -> tuple[tuple[str, str], ...]:
    groups = sorted({describing.group_of(one.kind) for one in arrivals})
    return tuple(sorted(((code, describing.group_word(code)) for code in groups), key=lambda pair: sort_key(pair[1])))


def _landmarks(page: SpacePage, arrivals: Sequence[Arrival], axis: Axis) -> Iterator[Landmark]:
    """Publications and turns; where those are many, publications alone, and of those the last ones."""
    publishing = {kind.name for kind in registry().sorted() if kind.publishes}
    chosen = [one for one in arrivals if one.kind in publishing | TURNS]
    if len(chosen) > MOST_LANDMARKS:
        chosen = [one for one in arrivals if one.kind in publishing][-MOST_LANDMARKS:]
    rows = page.lens.rows(page.space, [one.digest for one in chosen])
    names = Names(page.lens.directory, page.state)
    for number, shown in enumerate(show_all(rows, names, page.state), 1):
        at = shown.row.received_at
        yield Landmark(number, at, axis.place(at), shown.line.text, shown.organisation, shown.line.url)


def _spans(
    arrivals: Sequence[Arrival], lanes: Sequence[tuple[str, str]], landmarks: Sequence[Landmark], axis: Axis
) -> Iterator[Span]:
    """What came in each tick of the axis, those without anything left out."""
    tick = axis.tick
    counted: dict[int, Counter[str]] = {}
    for one in arrivals:
        counted.setdefault(tick_of(one.received_at, tick), Counter())[describing.group_of(one.kind)] += 1
    for begins, counts in counted.items():
        within = tuple(each for each in landmarks if tick_of(each.at, tick) == begins)
        yield Span(begins, begins + tick, tuple(counts[code] for code, _word in lanes), within)


def tick_of(at: int, tick: int) -> int:
    """Return the beginning of the tick that an instant lies in; ticks are counted from local midnight."""
    midnight = times.instant(times.local(at).replace(hour=0, minute=0, second=0, microsecond=0, fold=0))
    return midnight if tick >= times.DAY else at - (at - midnight) % tick
