"""The timeline as SVG: drawn with attributes of its own, so that it looks the same taken along; a page's style goes
before them. The same content stands in a table beside it."""

from collections import Counter
from collections.abc import Iterator

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gemensam.learning.timeline import LEFT, WIDTH, Landmark, Timeline, tick_of
from gemensam.ledger import describing
from gemensam.web import times
from gemensam.web.shapes import escape

LANE, BAR, COLUMN = 26.0, 20.0, 5.0
MARK, MARK_ROWS = 20.0, 4
LETTER = 7.2  # about how wide a letter is
INK, MUTED, BLUE, LINE = "#16202a", "#55606b", "#0b4f6c", "#c3ccd4"


def draw_timeline(timeline: Timeline, title: str, *, at: int, alone: bool = False) -> SafeString:
    """Return the timeline as an `<svg>`, days told as seen from `at` (ms UTC); `alone`: as a file of its own."""
    rows = _mark_rows(timeline)
    top = 8 + MARK * (max(rows.values(), default=0) + 1)
    bottom = top + LANE * len(timeline.lanes)
    height = bottom + 34
    parts = [
        _open(title, height, alone=alone),
        *_lanes(timeline, top),
        *_axis(timeline, top, bottom, at),
        *_marks(timeline, rows, bottom),
        f'<line class="tl-head" x1="{LEFT:.1f}" x2="{LEFT:.1f}" y1="0" y2="{bottom:.1f}" stroke="none"/></svg>',
    ]
    return mark_safe("".join(parts))  # noqa: S308  every text is escaped where it is put in


def _open(title: str, height: float, *, alone: bool) -> str:
    space = ' xmlns="http://www.w3.org/2000/svg" font-family="sans-serif"' if alone else ""
    size = f' width="{WIDTH:.0f}" height="{height:.0f}"' if alone else ""
    return (
        f'<svg class="timeline" role="img" aria-label="{escape(title)}" viewBox="0 0 {WIDTH:.0f} {height:.0f}"'
        f'{size}{space} font-size="13"><title>{escape(title)}</title>'
    )


def _lanes(timeline: Timeline, top: float) -> Iterator[str]:
    """A line for each group of kinds, with bars as high as much came."""
    for place, (code, word) in enumerate(timeline.lanes):
        foot = top + LANE * (place + 1)
        yield _text("tl-name", LEFT - 12, foot - 5, word, anchor="end")
        yield f'<line class="tl-line" x1="{LEFT - 6}" x2="{WIDTH}" y1="{foot:.1f}" y2="{foot:.1f}" stroke="{LINE}"/>'
        yield f'<g class="tl-bar" fill="{BLUE}">{"".join(_bars(timeline, code, foot))}</g>'


def _text(name: str, x: float, y: float, text: str, *, anchor: str = "middle") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text class="{name}" {place} fill="{INK}">{escape(text)}</text>'


def _upright(x: float, top: float, bottom: float, *, stroke: str, more: str = "") -> str:
    ends = f'x1="{x:.1f}" x2="{x:.1f}" y1="{top:.1f}" y2="{bottom:.1f}"'
    return f'<line class="tl-line" {ends} stroke="{stroke}"{more}/>'


def _bars(timeline: Timeline, code: str, foot: float) -> Iterator[str]:
    counts = Counter(
        int(timeline.axis.place(one.received_at) / COLUMN)
        for one in timeline.arrivals
        if describing.group_of(one.kind) == code
    )
    most = max(counts.values())
    for column, count in sorted(counts.items()):
        high = max(5.0, BAR * (count / most) ** 0.5)
        yield f'<rect x="{column * COLUMN:.1f}" y="{foot - high:.1f}" width="{COLUMN - 1:.1f}" height="{high:.1f}"/>'


def _axis(timeline: Timeline, top: float, bottom: float, at: int) -> Iterator[str]:
    """Marks of time below the lanes, and where nothing came for long; the day stands where a new one begins."""
    tick, free, day = timeline.axis.tick, 0.0, ""
    for stretch in timeline.axis.stretches:
        for instant in _ticks(stretch.begins, stretch.ends, tick):
            x, here = stretch.place(instant), times.day(instant, at)
            told = times.clock(instant, instant if here == day else at)
            half = len(told) * LETTER / 2
            if x - half >= free:
                free, day = x + half + LETTER, here
                yield _upright(x, top, bottom + 5, stroke=LINE)
                yield _text("tl-time", x, bottom + 20, told)
    yield from (_break(x, (top + bottom) / 2, length) for x, length in timeline.axis.breaks)


def _break(x: float, y: float, length: int) -> str:
    """Two slanting lines where the axis leaves out a time in which nothing came."""
    told = _("%(long)s without entries") % {"long": times.duration(length)}
    lines = f'<path class="tl-break" d="M{x - 6:.1f} {y + 9:.1f}l6 -18M{x:.1f} {y + 9:.1f}l6 -18" stroke="{MUTED}"/>'
    return f"<g><title>{escape(told)}</title>{lines}</g>"


def _ticks(begins: int, ends: int, tick: int) -> Iterator[int]:
    """Round instants within a stretch; its beginning where it has none."""
    at = tick_of(begins, tick)
    found = [each for each in range(at, ends + 1, tick) if each >= begins]
    yield from found or [begins]


def _mark_rows(timeline: Timeline) -> dict[int, int]:
    """In which of the rows above the lanes each landmark has room."""
    ends = [-MARK] * MARK_ROWS
    rows = {}
    for mark in timeline.landmarks:
        row = next((row for row, end in enumerate(ends) if mark.x - end >= MARK), MARK_ROWS - 1)
        ends[row] = mark.x
        rows[mark.number] = row
    return rows


def _marks(timeline: Timeline, rows: dict[int, int], bottom: float) -> Iterator[str]:
    yield from (_mark(mark, 10 + MARK * rows[mark.number], bottom) for mark in timeline.landmarks)


def _mark(mark: Landmark, y: float, bottom: float) -> str:
    told = f"{times.exact(mark.at)}: {mark.text}"
    number = (
        f'<text x="{mark.x:.1f}" y="{y + 4:.1f}" text-anchor="middle" font-size="11" fill="#fff">{mark.number}</text>'
    )
    return (
        f'<g class="tl-mark" fill="{INK}"><title>{escape(told)}</title>'
        + _upright(mark.x, y + 8, bottom, stroke=MUTED, more=' stroke-dasharray="2 4"')
        + f'<circle cx="{mark.x:.1f}" cy="{y:.1f}" r="9"/>{number}</g>'
    )
