"""Goals and milestones in words and shapes, for the pages, the tables and the prints."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from gemensam.coordination.shown import Speech
from gemensam.objectives import labels
from gemensam.objectives.domain.progress import read_day
from gemensam.objectives.domain.standing import REACHED, Party, Standing
from gemensam.objectives.plan_queries import MilestoneShown
from gemensam.picture.lists import told
from gemensam.web import times
from gemensam.web.page import SpacePage

STATES = "milestone_states"


class Words:
    """Names, words of lists and days, for one drawing of a period's page."""

    def __init__(self, page: SpacePage) -> None:
        self.page, self.speech = page, Speech(page.lens.directory, page.state)

    @property
    def lists(self) -> Any:
        return self.speech.lists

    @cached_property
    def scale(self) -> dict[str, Mapping[str, Any]]:
        return {item["code"]: item for item in self.lists.items(STATES)}

    def organisation(self, organisation_id: str) -> str:
        return self.speech.organisation(organisation_id)

    def state(self, code: str) -> str:
        return str(self.lists.word(STATES, code))

    def day(self, text: str) -> str:
        """Return a stored day in words: `30 juni 2027`."""
        found = read_day(text)
        return self.on(found) if found is not None else text

    def on(self, day: date) -> str:
        """Return a day in words, with its year unless it is the page's."""
        noon = datetime.combine(day, time(12), times.STOCKHOLM)
        return times.day(times.instant(noon), self.page.moment.at)

    def reached(self, stands: Standing) -> str:
        """Return how many have reached it: `21 av 37 har nått den`."""
        facts = {"reached": stands.reached, "asked": stands.asked}
        return _("%(reached)s of %(asked)s have reached it") % facts

    def remarks(self, party: Party) -> list[str]:
        """Return what must be said in words beside a member's state."""
        found = [_("overdue")] if party.overdue else []
        return [*found, *(str(labels.CONTRADICTIONS[code]) for code in party.contradictions)]


@dataclass(frozen=True, slots=True)
class Row:
    """A milestone as a list shows it."""

    subject: str
    label: str
    title: str
    level: str
    due: str
    year: int
    reached: str
    stands: Standing
    mine: str
    shown: MilestoneShown

    @property
    def is_reached(self) -> bool:
        return self.stands.status == REACHED


def milestone_row(shown: MilestoneShown, words: Words) -> Row:
    """Return a milestone in words, with what the reader's own organisation has said."""
    data, mine = shown.data, shown.stands.of(words.page.lens.principal.organisation)
    due = read_day(data.due)
    return Row(
        shown.subject, data.label, data.title, words.lists.word("levels", data.level), words.day(data.due),
        due.year if due else 0, words.reached(shown.stands), shown.stands,
        words.state(mine.state) if mine is not None else "", shown,
    )  # fmt: skip


def state_mark(code: str, words: Words) -> SafeString:
    """Return a state as its shape with its digit, or its short word where it has none; the words hidden."""
    item = words.scale.get(code, {"name": code})
    hidden = format_html('<span class="visually-hidden">{}</span>', told(item))
    return mark_safe(_shape(item) + hidden)  # noqa: S308  both are escaped


def state_labelled(code: str, words: Words) -> SafeString:
    """Return shape and words side by side."""
    item = words.scale.get(code, {"name": code})
    shape = _shape(item) if item.get("digit") is not None else SafeString("")
    return format_html('<span class="status">{}<span>{}</span></span>', shape, told(item))


def _shape(item: Mapping[str, Any]) -> SafeString:
    digit = item.get("digit")
    if digit is not None:
        return format_html('<svg class="shape ms" aria-hidden="true"><use href="#ms{}"/></svg>', int(digit))
    short = told(item, "short") or told(item)
    return format_html('<span class="no-shape" aria-hidden="true">{}</span>', short)


def matrix_cell(party: Party | None, url: str, about: str, words: Words) -> SafeString:
    """Return a cell of the matrix: shape, digit, and in words what does not show; `about`: who and which milestone."""
    if party is None:
        outside = _("does not concern this member")
        return format_html('<td class="value none"><span aria-hidden="true">·</span><span class="visually-hidden">{}</span></td>', outside)  # fmt: skip  # noqa: E501
    remarks = words.remarks(party)
    heard = ", ".join([about, words.state(party.state), *remarks])
    short = [pgettext("cell", "late")] if party.overdue else []
    short += [pgettext("cell", "check")] if party.contradictions else []
    note = format_html('<small class="cell-note" aria-hidden="true">{}</small>', " · ".join(short)) if short else ""
    look = "value not-reported" if party.word is None else "value"
    return format_html(
        '<td class="{}"><a href="{}" title="{}">{}{}</a></td>', look, url, heard,
        _spoken(party.state, heard, words), note,
    )  # fmt: skip


def _spoken(code: str, heard: str, words: Words) -> SafeString:
    item = words.scale.get(code, {"name": code})
    return format_html('{}<span class="visually-hidden">{}</span>', _shape(item), heard)


def tally(stands: Standing, words: Words) -> SafeString:
    """Return how many stand at each state, in the list's order; never an average."""
    counted = stands.counted()
    found = [(counted[code], _shape_if(item), told(item)) for code, item in words.scale.items() if counted[code]]
    parts = format_html_join("", "<li>{} {} <span>{}</span></li>", found)
    return format_html('<ul class="tally">{}</ul>', parts)


def _shape_if(item: Mapping[str, Any]) -> SafeString:
    return _shape(item) if item.get("digit") is not None else SafeString("")


def contradictory(rows: Iterable[Row]) -> int:
    """Return how many milestones have words that do not fit together."""
    return sum(1 for row in rows if row.stands.contradictory)


def summary_lines(found: Sequence[MilestoneShown]) -> tuple[str, ...]:
    """Return how far a period's milestones have come, in a line or two."""
    if not found:
        return ()
    reached = sum(1 for each in found if each.stands.status == REACHED)
    late = sum(1 for each in found if each.stands.overdue)
    total = len(found)
    lines = [ngettext("%(n)s milestone", "%(n)s milestones", total) % {"n": total}]
    lines.append(_("reached by all that it concerns: %(n)s") % {"n": reached})
    if late:
        lines.append(_("past its day and not reached by all: %(n)s") % {"n": late})
    return (", ".join(lines),)
