"""What stands below the matrix, drawn in Python: a line for each member that is missing, and for each need.

There are some for every member after each post, and a template takes ten times as long for them.
"""

from collections.abc import Sequence

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gemensam.picture.matrix_drawing import Drawing
from gemensam.picture.matrix_shown import Gap, GapGroup, NeedLine
from gemensam.web import times
from gemensam.web.shapes import escape


def draw_gaps(drawing: Drawing, group: GapGroup) -> SafeString:
    """Return the members that are missing for one reason, as lines of a list."""
    return _safe("".join(_gap(drawing, group.code, gap) for gap in group.gaps))


def _gap(drawing: Drawing, code: str, gap: Gap) -> str:
    last = ""
    if gap.last_at and code != "stale":
        time = times.clock_html(gap.last_at, drawing.words.at)
        last = f' <span class="muted">{escape(_("Last reported"))} {time}</span>'
    name = f'<a href="{drawing.link(gap.organisation)}">{escape(gap.name)}</a>'
    key = f'data-key="gap-{escape(gap.organisation)}" data-version="{escape(code)}"'
    return f"<li {key}>{name} <span>{escape(gap.text)}</span>{last}</li>"


def draw_needs(drawing: Drawing, needs: Sequence[NeedLine]) -> SafeString:
    """Return the needs of the latest reports, as lines of a list."""
    return _safe("".join(_need(drawing, number, need) for number, need in enumerate(needs, start=1)))


def _need(drawing: Drawing, number: int, need: NeedLine) -> str:
    details = f" <span>{escape(need.details)}</span>" if need.details else ""
    urgency = f' <span class="badge-word warning">{escape(need.urgency)}</span>' if need.urgency else ""
    link = escape(f"{drawing.base}reports/{need.report}/{drawing.query}")
    said_by = f'<a href="{link}">{escape(need.name)}</a> · {drawing.words.age_html(need.stated_at)}'
    return (
        f'<li data-key="need-{escape(need.organisation)}-{number}"><strong>{escape(need.text)}</strong>'
        f'{details}{urgency}<br><span class="muted">{said_by}</span></li>'
    )


def _safe(text: str) -> SafeString:
    return mark_safe(text)  # noqa: S308  every text above is escaped where it is put in
