"""The development of a delförmåga as columns, one a half-year: drawn as SVG, with the numbers as a table beside."""

from collections.abc import Iterable, Sequence

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gemensam.capabilities.domain.development import HalfYear, Step
from gemensam.capabilities.shown import Words
from gemensam.web.shapes import escape

COLUMN, SPACE, HEIGHT, FOOT, TOP = 34, 8, 96, 16, 14


def half_year_word(half_year: HalfYear) -> str:
    """Return `vår 2026`, `höst 2026`."""
    word = _("spring %(year)s") if half_year.half == 1 else _("autumn %(year)s")
    return word % {"year": half_year.year}


def highest(words: Words, developments: Iterable[Sequence[Step]]) -> int:
    """Return the most members that any half-year counts: the full height of all drawings of a page."""
    levels = [key for key in words.keys if words.scale.levels[key[0]].get("digit")]
    return max((sum(step.counts.get(key, 0) for key in levels) for steps in developments for step in steps), default=1)


def columns(words: Words, steps: Sequence[Step], name: str, most: int) -> SafeString:
    """Return the drawing; `most`: the members that the full height stands for, the same for all drawings of a page."""
    width = len(steps) * (COLUMN + SPACE) + SPACE
    inside = "".join(_column(words, step, place, max(most, 1)) for place, step in enumerate(steps))
    label = escape(
        _("%(name)s: how many at each level per half-year. The numbers stand in the table.") % {"name": name}
    )
    return mark_safe(  # noqa: S308  every value is escaped where it is put in
        f'<svg class="capability-chart" role="img" aria-label="{label}" viewBox="0 0 {width} {TOP + HEIGHT + FOOT}" '
        f'width="{width}" height="{TOP + HEIGHT + FOOT}"><line class="ground" x1="0" x2="{width}" y1="{TOP + HEIGHT}" '
        f'y2="{TOP + HEIGHT}"/>{inside}</svg>'
    )


def _column(words: Words, step: Step, place: int, most: int) -> str:
    x, total, drawn = SPACE + place * (COLUMN + SPACE), 0, []
    for key in words.keys:
        count = step.counts.get(key, 0)
        digit = words.scale.levels[key[0]].get("digit")
        if not count or not digit:
            continue
        y = TOP + HEIGHT - (total + count) * HEIGHT / most
        drawn.append(_segment(x, y, count * HEIGHT / most, f"{digit}{'u' if key[1] else ''}", count))
        total += count
    foot = f'<text class="foot" x="{x + COLUMN / 2:g}" y="{TOP + HEIGHT + 12}">{step.half_year.year % 100:02}'
    half = escape(pgettext("spring", "s") if step.half_year.half == 1 else pgettext("autumn", "a"))
    top = (
        f'<text class="total" x="{x + COLUMN / 2:g}" y="{TOP + HEIGHT - total * HEIGHT / most - 3:.1f}">{total}</text>'
    )
    return "".join(drawn) + f"{foot}{half}</text>{top}"


def _segment(x: float, y: float, height: float, level: str, count: int) -> str:
    digit = level.rstrip("u")
    word = f"{digit}{'?' if level.endswith('u') else ''}"
    text = f'<text x="{x + COLUMN / 2:g}" y="{y + height / 2 + 3.5:.1f}">{word}</text>' if height >= 11 else ""
    return (
        f'<g class="level-{level}"><title>{word}: {count}</title>'
        f'<rect x="{x}" y="{y:.1f}" width="{COLUMN}" height="{height:.1f}"/>{text}</g>'
    )
