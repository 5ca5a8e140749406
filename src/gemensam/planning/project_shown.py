"""Projects in words, as a table, and as a picture of their time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gemensam.coordination.shown import Speech
from gemensam.planning import labels
from gemensam.planning.domain.projects import STATES
from gemensam.planning.project_queries import ProjectShown
from gemensam.web import times

Row = dict[str, Any]
Table = tuple[list[str], list[Sequence[object]]]
WIDTH, FIRST_LINE, LINE = 1000, 45, 34


def project_row(shown: ProjectShown, speech: Speech, today: date) -> Row:
    """Return a project as it is drawn; `today` decides which steps are late."""
    text, told = shown.text, today.isoformat()
    steps = [
        {**step, "is_late": not step["done_on"] and bool(step["due_on"]) and step["due_on"] < told}
        for step in text.get("steps", ())
    ]
    state = speech.lists.item(STATES, shown.moved.state) or {}
    return {
        "subject": shown.subject, "title": shown.title, "text": text, "steps": steps, "plan": shown.plan,
        "who": speech.organisation(shown.thing.organisation), "organisation": shown.thing.organisation,
        "state": shown.moved.state, "state_words": speech.lists.word(STATES, shown.moved.state),
        "has_ended": bool(state.get("ends")), "is_active": bool(state.get("active")),
        "reason": shown.told.get("reason", ""), "result": shown.told.get("result", ""), "since": shown.moved.at,
        "late": 0 if state.get("ends") else sum(step["is_late"] for step in steps),
        "done": sum(bool(step["done_on"]) for step in steps),
        "parts": [
            {"name": speech.organisation(each.organisation), "organisation": each.organisation, "status": each.status,
             "words": str(labels.TAKING[each.status]), "text": each.text, "at": each.at}
            for each in shown.parts
        ],
        "participants": speech.organisations(shown.participants), "count": len(shown.participants),
        "acts": {kind.partition(".")[2]: True for kind in shown.acts},
    }  # fmt: skip


def project_table(found: Iterable[ProjectShown], speech: Speech, today: date) -> Table:
    """Return head and lines: one line for each project, its steps in one cell."""
    head = [
        _("Title"), _("Leads"), pgettext("project", "State"), _("Purpose"), _("Goal"), _("Begins"),
        pgettext("project", "Ends"), _("Takes part"), _("Steps"), _("Steps done"), _("Steps late"),
        _("Result"), _("Entry"),
    ]  # fmt: skip
    return head, [_cells(each, speech, today) for each in found]


def _cells(shown: ProjectShown, speech: Speech, today: date) -> Sequence[object]:
    row = project_row(shown, speech, today)
    text = shown.text
    steps = "; ".join(f"{step['text']} ({step['done_on'] or step['due_on'] or '–'})" for step in row["steps"])
    return (
        row["title"], row["who"], row["state_words"], text.get("purpose", ""), text.get("goal_text", ""),
        shown.plan.begins_on, shown.plan.ends_on, row["participants"], steps, row["done"], row["late"], row["result"],
        shown.plan.digest,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """A project's time in the picture: from `x` over `width`, and its steps at their places."""

    row: Row
    x: float
    y: int
    width: float
    marks: tuple[tuple[float, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The projects of a period in time: bars, the years with their places, and where today is (None outside)."""

    bars: tuple[Bar, ...]
    years: tuple[tuple[int, float], ...]
    today: float | None
    height: int


def picture(rows: Sequence[Row], years: tuple[int, int], today: date) -> Picture | None:
    """Return the picture of what has days; None where nothing has. `years`: first and last of the period."""
    axis = _Axis(date(years[0], 1, 1), date(years[1] + 1, 1, 1))
    bars = [bar for row in rows if (bar := _bar(row, axis)) is not None]
    placed = tuple(
        Bar(each.row, each.x, 40 + LINE * number, each.width, each.marks) for number, each in enumerate(bars)
    )
    if not placed:
        return None
    marks = tuple((year, axis.place(date(year, 1, 1))) for year in range(years[0], years[1] + 1))
    return Picture(
        placed, marks, axis.place(today) if axis.begin <= today < axis.end else None, 50 + LINE * len(placed)
    )


@dataclass(frozen=True, slots=True)
class _Axis:
    begin: date
    end: date

    def place(self, day: date) -> float:
        kept = min(max(day, self.begin), self.end)
        return round(WIDTH * (kept - self.begin).days / (self.end - self.begin).days, 1)


def _bar(row: Row, axis: _Axis) -> Bar | None:
    due = [step["done_on"] or step["due_on"] for step in row["steps"]]
    told = sorted(day for day in (row["plan"].begins_on, row["plan"].ends_on, *due) if day)
    if not told:
        return None
    first, last = axis.place(date.fromisoformat(told[0])), axis.place(date.fromisoformat(told[-1]))
    marks = tuple(
        (axis.place(date.fromisoformat(day)), step["text"], bool(step["done_on"]))
        for step, day in zip(row["steps"], due, strict=True)
        if day
    )
    return Bar(row, first, 0, max(last - first, 4.0), marks)


def today_of(at: int) -> date:
    return times.local(at).date()
