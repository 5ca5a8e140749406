"""The schedule of a period's målbild with its steps, and the yearly plan of each målområde."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.ledger.noting import note_now
from gemensam.ledger.tables import csv_response
from gemensam.objectives import plan_commands as commands
from gemensam.objectives.domain.rules import years_in
from gemensam.objectives.domain.schedule import Step, step_of
from gemensam.objectives.forms import ReasonForm, StepForm
from gemensam.objectives.plan_queries import day_of, list_of, schedule_of, titles
from gemensam.objectives.shown import Words
from gemensam.objectives.view_parts import period_page, sent_of, writable
from gemensam.picture.lists import told
from gemensam.web import page as pages
from gemensam.web.access import Request, may, signed_in
from gemensam.web.answering import pressed, there
from gemensam.web.page import SpacePage


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step in words; `form` where it can be ticked off."""

    step: Step
    name: str
    help: str
    due: str
    status: str
    note: str
    form: StepForm | None


@signed_in
@require_GET
def schedule(request: Request, space: str) -> HttpResponse:
    """When each step of the work should be done, which are done and which are late."""
    page = period_page(request, space)
    return _draw(request, page)


def _draw(request: Request, page: SpacePage, *, wrong: tuple[str, StepForm] | None = None) -> HttpResponse:
    words, found = Words(page), schedule_of(page.lens, page.space, page.moment)
    rows = [_row(page, step, words) for step in found]
    context = {
        "rows": rows, "late": [row for row in rows if row.step.late], "governs": page.may("govern"),
        "wrong": wrong[0] if wrong else "", "form": wrong[1] if wrong else None, "reason_form": ReasonForm(),
    }  # fmt: skip
    return pages.render(request, "objectives/schedule.html", context, status=422 if wrong else 200)


def _row(page: SpacePage, step: Step, words: Words) -> StepRow:
    item = words.lists.item("objectives_schedule", step.code) or {"name": step.code}
    form = StepForm(auto_id=f"{step.code}-%s", initial={"on": day_of(page.moment).isoformat()})
    offered = page.may("govern") and step.done_on is None
    return StepRow(
        step, told(item), told(item, "help"), words.on(step.due), step_words(step, page, words),
        _note(page, step), form if offered else None,
    )  # fmt: skip


def _note(page: SpacePage, step: Step) -> str:
    thing = page.state.thing(step_of(step.code))
    if thing is None or step.done_on is None:
        return ""
    return str((page.lens.payloads(page.space, [thing.data.content]).get(thing.data.content) or {}).get("note", ""))


def step_words(step: Step, page: SpacePage, words: Words) -> str:
    """Return how a step stands: done when and how late, late by so many days, soon, or coming."""
    if step.done_on is not None:
        return _done_words(step, words)
    days = (day_of(page.moment) - step.due).days
    if step.late:
        return ngettext("Late by %(n)s day", "Late by %(n)s days", days) % {"n": days}
    if step.soon:
        return ngettext("%(n)s day left", "%(n)s days left", -days) % {"n": -days}
    return pgettext("schedule", "Coming")


def _done_words(step: Step, words: Words) -> str:
    if step.done_on is None or step.done_on.year < 1900:
        return pgettext("schedule", "Done")
    done = _("Done %(day)s") % {"day": words.on(step.done_on)}
    if not step.days_late:
        return done
    days = step.days_late
    return f"{done}, {ngettext('%(n)s day late', '%(n)s days late', days) % {'n': days}}"


@may("govern")
@require_POST
def tick(request: Request, space: str, code: str) -> HttpResponse:
    """Say that a step was done."""
    page, form = writable(period_page(request, space)), StepForm(request.POST)
    if not form.is_valid():
        return _draw(request, page, wrong=(code, form))
    return pressed(
        request, lambda: commands.tick_step(page.lens, space, code, form.cleaned_data, sent=sent_of(request)),
        _("The step is ticked off."), there(space, "schedule/"),
    )  # fmt: skip


@may("govern")
@require_POST
def reopen(request: Request, space: str, code: str) -> HttpResponse:
    """Say that a step is not done after all."""
    page, form = writable(period_page(request, space)), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return pressed(
        request, lambda: commands.reopen_step(page.lens, space, code, reason, sent=sent_of(request)),
        _("The step stands as not done."), there(space, "schedule/"),
    )  # fmt: skip


# The yearly plan ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity in words."""

    subject: str
    title: str
    responsible: str
    state: str
    look: str
    text: str


@signed_in
@require_GET
def yearly_plan(request: Request, space: str) -> HttpResponse:
    """Activities by målområde and quarter, a year at a time."""
    page = period_page(request, space)
    year = _year(request, page)
    context = {
        "year": year, "years": _years(page), "areas": _by_area(page, year), "governs": page.may("govern"),
        "has_areas": bool(page.state.size("areas")),
    }  # fmt: skip
    return pages.render(request, "objectives/yearly_plan.html", context)


def _years(page: SpacePage) -> list[int]:
    years = years_in(page.state)
    return list(range(years.first_year, years.last_year + 1)) if years else []


def _year(request: Request, page: SpacePage) -> int:
    """Return the year that the address names; else this one, or the period's nearest."""
    years, given = _years(page), request.GET.get("year", "")
    if not years:
        raise Refused("not_found")
    wanted = int(given) if given.isdecimal() and len(given) == 4 else day_of(page.moment).year
    return min(max(wanted, years[0]), years[-1])


def _by_area(page: SpacePage, year: int) -> list[tuple[str, list[list[ActivityRow]]]]:
    words = Words(page)
    things = [each for each in list_of(page.state, "activities", page.moment) if each.data.year == year]
    texts = page.lens.payloads(page.space, [each.data.content for each in things])
    found = []
    for area, title in titles(list_of(page.state, "areas", page.moment)).items():
        own = [each for each in things if each.data.area == area]
        quarters = [
            [_activity(each, texts, words) for each in own if each.data.quarter == number] for number in range(1, 5)
        ]
        found.append((title, quarters))
    return found


def _in_quarter(things: list[Thing], number: int, texts: Any, words: Words) -> list[ActivityRow]:
    return [_activity(each, texts, words) for each in things if each.data.quarter == number]


def _activity(thing: Thing, texts: Any, words: Words) -> ActivityRow:
    data = thing.data
    item = words.lists.item("activity_states", data.state) or {}
    look = {"done": "success", "apart": ""}.get(str(item.get("counts")), "accent")
    who = words.organisation(data.responsible) if data.responsible else ""
    text = str((texts.get(data.content) or {}).get("text", ""))
    state = words.lists.word("activity_states", data.state)
    return ActivityRow(thing.subject, data.title, who, state, look, text)


@signed_in
@require_GET
def yearly_csv(request: Request, space: str) -> StreamingHttpResponse:
    """The activities of the whole period as a table."""
    page = period_page(request, space)
    head = [
        _("Year"), _("Quarter"), pgettext("objectives", "Area"), _("Title"), _("Responsible"),
        pgettext("objectives", "State"), _("Text"), _("Entry"),
    ]  # fmt: skip
    note_now(page.lens.principal, "export", space=space, detail={"what": "yearly_plan", "format": "csv"})
    return csv_response(f"{pgettext('file name', 'yearly-plan')}-{page.title}", head, list(_lines(page)), [page.title])


def _lines(page: SpacePage) -> Iterator[tuple[object, ...]]:
    words, areas = Words(page), titles(list_of(page.state, "areas", page.moment))
    things = list_of(page.state, "activities", page.moment)
    texts = page.lens.payloads(page.space, [each.data.content for each in things])
    for each in things:
        row, data = _activity(each, texts, words), each.data
        yield (
            data.year,
            data.quarter,
            areas.get(data.area, ""),
            row.title,
            row.responsible,
            row.state,
            row.text,
            data.content,
        )
