"""The målbild of a period at a glance: the timeline, the list, progress by year, the matrix; tables and prints."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from gemensam.core.state import Thing
from gemensam.ledger.noting import note_now
from gemensam.ledger.tables import csv_response, file_name
from gemensam.objectives import timeline
from gemensam.objectives.document import objectives_pdf
from gemensam.objectives.domain.progress import quarters, reached_by_year, read_day
from gemensam.objectives.domain.rules import years_in
from gemensam.objectives.domain.standing import NOT_STATED, REACHED
from gemensam.objectives.plan_queries import Chosen, MilestoneShown, day_of, list_milestones, list_of
from gemensam.objectives.shown import Row, Words, matrix_cell, milestone_row, state_labelled
from gemensam.objectives.tables import matrix_table, milestone_table
from gemensam.objectives.view_parts import period_page
from gemensam.organisations.domain import members
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, signed_in
from gemensam.web.page import SpacePage

Table = tuple[list[str], list[tuple[object, ...]]]


@dataclass(frozen=True, slots=True)
class GoalShown:
    """A goal with its milestones; `thing` None for those of an area that belong to no goal."""

    thing: Thing | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class AreaShown:
    """A målområde with its goals."""

    thing: Thing
    goals: tuple[GoalShown, ...]


@signed_in
@require_GET
def overview(request: Request, space: str) -> HttpResponseBase:
    """The timeline and the list of goals and milestones, narrowed as the reader chose."""
    page, chosen = period_page(request, space), chosen_of(request)
    return pages.conditional(request, page.key("objectives", chosen), lambda: _overview(request, page, chosen))


def _overview(request: Request, page: SpacePage, chosen: Chosen) -> HttpResponse:
    words = Words(page)
    found = list_milestones(page.lens, page.space, page.moment, chosen)
    rows = [milestone_row(each, words) for each in found]
    areas = [each for each in list_of(page.state, "areas", page.moment) if chosen.area in ("", each.subject)]
    context = {
        **_choices(page, words), "chosen": chosen, "timeline": draw_timeline(page, found, areas, words),
        "areas": [_area(each, page, rows) for each in areas], "rows": rows, "years": year_table(page, found),
        "governs": page.may("govern"), "has_areas": bool(page.state.size("areas")),
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return pages.render(request, "objectives/overview.html", context)


def chosen_of(request: Request) -> Chosen:
    """Return what the address narrows the page to; what cannot be read narrows nothing."""
    year = request.GET.get("year", "")
    return Chosen(request.GET.get("area", "")[:100], request.GET.get("level", "")[:100], int(year) if year.isdecimal() and len(year) == 4 else 0)  # fmt: skip  # noqa: E501


def _choices(page: SpacePage, words: Words) -> dict[str, Any]:
    years = years_in(page.state)
    return {
        "area_choices": [(each.subject, each.data.title) for each in list_of(page.state, "areas", page.moment)],
        "level_choices": words.lists.choices("levels"),
        "year_choices": list(range(years.first_year, years.last_year + 1)) if years else [],
    }


def _area(area: Thing, page: SpacePage, rows: Iterable[Row]) -> AreaShown:
    own = [row for row in rows if row.shown.data.area == area.subject]
    goals = [goal for goal in list_of(page.state, "goals", page.moment) if goal.data.area == area.subject]
    shown = [GoalShown(goal, tuple(row for row in own if row.shown.data.goal == goal.subject)) for goal in goals]
    loose = tuple(row for row in own if row.shown.data.goal not in {goal.subject for goal in goals})
    return AreaShown(area, (*shown, *([GoalShown(None, loose)] if loose else [])))


def draw_timeline(page: SpacePage, found: Iterable[MilestoneShown], areas: Iterable[Thing], words: Words) -> str:
    """Return the timeline as SVG, "" where there is nothing to draw."""
    years, marks = years_in(page.state), [_mark(each, page, words) for each in found]
    if years is None or not marks:
        return ""
    lanes = [timeline.Lane(area.subject, area.data.title) for area in areas]
    return timeline.draw(lanes, marks, quarters(years), day_of(page.moment))


def _mark(shown: MilestoneShown, page: SpacePage, words: Words) -> timeline.Mark:
    data, stands = shown.data, shown.stands
    kind = {REACHED: "reached", NOT_STATED: "unstated"}.get(stands.status, "open")
    late = [_("overdue")] if stands.overdue else []
    told = ", ".join([f"{data.label} {data.title}", words.day(data.due), words.reached(stands), *late])
    url = f"/spaces/{page.space}/milestones/{shown.subject}/{page.query}"
    due = read_day(data.due) or day_of(page.moment)
    return timeline.Mark(
        data.area, due, data.label, stands.reached, stands.asked, told, url, "late" if stands.overdue else kind
    )  # fmt: skip


def year_table(page: SpacePage, found: Iterable[MilestoneShown]) -> list[tuple[MilestoneShown, Any]]:
    """Return for each milestone how many had reached it when each year ended."""
    years = years_in(page.state)
    if years is None:
        return []
    today = day_of(page.moment)
    return [(each, reached_by_year(each.stands, years, today, times.STOCKHOLM)) for each in found]


@signed_in
@require_GET
def matrix(request: Request, space: str) -> HttpResponseBase:
    """Members by milestones, narrowed as the reader chose."""
    page, chosen = period_page(request, space), chosen_of(request)
    return pages.conditional(request, page.key("milestone_matrix", chosen), lambda: _matrix(request, page, chosen))


def _matrix(request: Request, page: SpacePage, chosen: Chosen) -> HttpResponse:
    words, found = Words(page), list_milestones(page.lens, page.space, page.moment, chosen)
    columns = [milestone_row(each, words) for each in found]
    context = {
        **_choices(page, words), "chosen": chosen, "columns": columns, "query": request.GET.urlencode(),
        "rows": [(each.short, list(_cells(each.id, found, page, words))) for each in members(page.lens.directory)],
        "legend": [state_labelled(code, words) for code in words.scale],
    }  # fmt: skip
    return pages.render(request, "objectives/matrix.html", context)


def _cells(member: str, found: Iterable[MilestoneShown], page: SpacePage, words: Words) -> Iterator[str]:
    name = words.organisation(member)
    for each in found:
        url = f"/spaces/{page.space}/milestones/{each.subject}/{page.query}#{member}"
        yield matrix_cell(each.stands.of(member), url, f"{name}, {each.data.label}", words)


@signed_in
@require_GET
def milestones_csv(request: Request, space: str) -> StreamingHttpResponse:
    """The milestones as a table."""
    page = period_page(request, space)
    found = list_milestones(page.lens, space, page.moment, chosen_of(request))
    return _csv(page, pgettext("file name", "milestones"), milestone_table(found, page, Words(page)))


@signed_in
@require_GET
def matrix_csv(request: Request, space: str) -> StreamingHttpResponse:
    """Each member's state of each milestone as a table: a line for each."""
    page = period_page(request, space)
    found = list_milestones(page.lens, space, page.moment, chosen_of(request))
    return _csv(page, pgettext("file name", "milestones-by-member"), matrix_table(found, page, Words(page)))


def _csv(page: SpacePage, name: str, table: Table) -> StreamingHttpResponse:
    head, lines = table
    note_now(page.lens.principal, "export", space=page.space, detail={"what": "objectives", "format": "csv"})
    marks = [page.title, times.exact(page.moment.at) if page.historical else ""]
    return csv_response(f"{name}-{page.title}", head, lines, marks)


@signed_in
@require_GET
def pdf(request: Request, space: str) -> HttpResponse:
    """The målbild with its milestones as a document; the local log notes that it was made."""
    page = period_page(request, space)
    made = objectives_pdf(page, Words(page))
    note_now(page.lens.principal, "print", space=space, detail={"what": "objectives", "format": "pdf"})
    response = HttpResponse(made, content_type="application/pdf")
    name = file_name(f"{pgettext('file name', 'joint-vision')}-{page.title}")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
