"""The timeline: milestones by quarter and how far they have come, drawn as SVG without any style of its own.

Colours, fonts and the looks for print and high contrast are the style sheet's (`objectives.css`); the words of each
mark stand in its title, and the page has the same as a table.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from django.utils.safestring import SafeString, mark_safe

from gemensam.objectives.domain.progress import Quarter, quarter_of

LABEL_WIDTH, COLUMN, LANE_PADDING, MARK_HEIGHT, MARK_GAP, HEAD = 170, 62, 8, 34, 6, 44  # units of the drawing
INSET = 3
LABEL_CHARACTERS = 21


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone on the timeline: its name and count in a few characters, its words in full, and where it leads."""

    lane: str
    due: date
    label: str
    reached: int
    asked: int
    words: str
    url: str
    kind: str  # `reached`, `open`, `unstated` or `late`: the look


@dataclass(frozen=True, slots=True)
class Lane:
    """A målområde: a row of the timeline."""

    code: str
    title: str


def draw(lanes: Sequence[Lane], marks: Sequence[Mark], quarters: Sequence[Quarter], today: date) -> SafeString:
    """Return the timeline of a period as an SVG; marks outside its quarters are left out."""
    by_lane: dict[str, dict[Quarter, list[Mark]]] = {lane.code: defaultdict(list) for lane in lanes}
    for mark in sorted(marks, key=lambda each: (each.due, each.label)):
        if mark.lane in by_lane and quarter_of(mark.due) in quarters:
            by_lane[mark.lane][quarter_of(mark.due)].append(mark)
    heights = [_height(by_lane[lane.code]) for lane in lanes]
    width, height = LABEL_WIDTH + COLUMN * len(quarters), HEAD + sum(heights)
    parts = [*_columns(quarters, height), *_today(quarters, today, height)]
    top = HEAD
    for lane, tall in zip(lanes, heights, strict=True):
        parts += [*_lane(lane, top, width), *_marks(by_lane[lane.code], quarters, top)]
        top += tall
    return mark_safe(  # noqa: S308  every text is escaped where it is put in
        f'<svg class="timeline" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="group" aria-labelledby="timeline-title">{"".join(parts)}</svg>'
    )


def _height(found: dict[Quarter, list[Mark]]) -> int:
    most = max((len(marks) for marks in found.values()), default=1)
    return 2 * LANE_PADDING + max(most, 1) * (MARK_HEIGHT + MARK_GAP) - MARK_GAP


def _left(quarters: Sequence[Quarter], quarter: Quarter) -> int:
    return LABEL_WIDTH + COLUMN * quarters.index(quarter)


def _columns(quarters: Sequence[Quarter], height: int) -> Iterator[str]:
    for quarter in quarters:
        left = _left(quarters, quarter)
        if quarter.number == 1:
            yield f'<line class="tl-year" x1="{left}" y1="0" x2="{left}" y2="{height}"/>'
            yield f'<text class="tl-year-name" x="{left + 6}" y="16">{quarter.year}</text>'
        else:
            yield f'<line class="tl-quarter" x1="{left}" y1="{HEAD - 18}" x2="{left}" y2="{height}"/>'
        yield f'<text class="tl-quarter-name" x="{left + COLUMN // 2}" y="{HEAD - 8}">{quarter.number}</text>'


def _today(quarters: Sequence[Quarter], today: date, height: int) -> Iterator[str]:
    quarter = quarter_of(today)
    if quarter not in quarters:
        return
    first = date(quarter.year, quarter.number * 3 - 2, 1)
    share = (today - first).days * COLUMN // ((quarter.last_day - first).days + 1)
    across = _left(quarters, quarter) + share
    yield f'<line class="tl-today" x1="{across}" y1="{HEAD - 4}" x2="{across}" y2="{height}"/>'
    yield f'<path class="tl-today-head" d="M{across - 6} {HEAD - 12}h12l-6 8z"/>'


def _lane(lane: Lane, top: int, width: int) -> Iterator[str]:
    yield f'<line class="tl-lane" x1="0" y1="{top}" x2="{width}" y2="{top}"/>'
    for number, line in enumerate(_broken(lane.title)):
        yield f'<text class="tl-lane-name" x="4" y="{top + LANE_PADDING + 14 + 15 * number}">{escape(line)}</text>'


def _broken(title: str) -> list[str]:
    """Return a title in at most two lines."""
    lines = [""]
    for word in title.split():
        if lines[-1] and len(lines[-1]) + len(word) >= LABEL_CHARACTERS:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    kept = [line if len(line) <= LABEL_CHARACTERS else f"{line[: LABEL_CHARACTERS - 1]}…" for line in lines[:2]]
    return kept if len(lines) <= 2 else [kept[0], f"{kept[1][: LABEL_CHARACTERS - 1].rstrip('…')}…"]


def _marks(found: dict[Quarter, list[Mark]], quarters: Sequence[Quarter], top: int) -> Iterator[str]:
    for quarter, marks in sorted(found.items()):
        for number, mark in enumerate(marks):
            left = _left(quarters, quarter) + INSET
            yield _mark(mark, left, top + LANE_PADDING + number * (MARK_HEIGHT + MARK_GAP))


def _mark(mark: Mark, left: int, top: int) -> str:
    """A box that fills from the left as members reach it; one that is late has a thicker, broken edge and a sign."""
    wide = COLUMN - 2 * INSET
    filled = wide * mark.reached // mark.asked if mark.asked else 0
    name = f"{mark.label} !" if mark.kind == "late" else f"{mark.label} ✓" if mark.kind == "reached" else mark.label
    middle = left + wide // 2
    return (
        f'<a href="{escape(mark.url)}" class="tl-mark tl-{mark.kind}"><title>{escape(mark.words)}</title>'
        f'<rect class="tl-box" x="{left}" y="{top}" width="{wide}" height="{MARK_HEIGHT}" rx="4"/>'
        f'<rect class="tl-fill" x="{left}" y="{top + MARK_HEIGHT - 7}" width="{filled}" height="7"/>'
        f'<rect class="tl-edge" x="{left}" y="{top}" width="{wide}" height="{MARK_HEIGHT}" rx="4"/>'
        f'<text class="tl-name" x="{middle}" y="{top + 12}">{escape(name)}</text>'
        f'<text class="tl-count" x="{middle}" y="{top + 25}">{mark.reached}/{mark.asked}</text></a>'
    )
