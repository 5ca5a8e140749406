"""What the levels amount to: common gaps, counts by group, the development. Never an average."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gemensam.capabilities import labels, queries
from gemensam.capabilities.chart import columns, half_year_word, highest
from gemensam.capabilities.domain.summary import every
from gemensam.capabilities.queries import EVERYBODY, Table, groups_of
from gemensam.capabilities.shown import Words, count_line, framework
from gemensam.capabilities.table_views import period_page, words_of
from gemensam.core.refusal import Refused
from gemensam.core.swedish import sort_key
from gemensam.ledger.noting import note_now
from gemensam.ledger.pages.log import table_marks
from gemensam.ledger.tables import csv_response
from gemensam.web import page as pages
from gemensam.web.access import Request, may, signed_in
from gemensam.web.page import SpacePage


@signed_in
@require_GET
def summary(request: Request, space: str) -> HttpResponse:
    """Common gaps, who can help, and counts by group, of what is shared with all."""
    page = period_page(request, space)
    return _summary(request, page, queries.get_table(page), "")


@may("govern")
@require_GET
def office_summary(request: Request, space: str) -> HttpResponse:
    """The same of what the joint office is told: no group is shown in which fewer than the fewest could be made out."""
    page = period_page(request, space)
    return _summary(request, page, queries.get_office_table(page), "office/")


def _summary(request: Request, page: SpacePage, table: Table, circle: str) -> HttpResponse:
    words, groups = words_of(page, table), [group.code for group in every(groups_of(table.members))]
    group = request.GET.get("group", EVERYBODY)
    if group not in groups:
        raise Refused("not_found")
    context = {
        "circle": circle,
        "gaps": _gaps(words, table),
        "groups": [(code, words.group(code)) for code in groups],
        "group": group,
        "group_name": words.group(group),
        "lines": list(_lines(words, table, group)),
        "keys": [words.standing(key) for key in words.keys],
        "marks": [words.labelled(key) for key in words.keys],
        "fewest": table.scale.fewest,
        "framework": framework(page),
        "base": f"/spaces/{page.space}/capabilities/",
    }
    return pages.render(request, "capabilities/summary.html", context)


def _gaps(words: Words, table: Table) -> list[dict[str, Any]]:
    """Return the delförmågor with most missing first; those whose counts are withheld last."""
    names = {one.id: one.short for one in table.members}
    found = []
    for item in table.capabilities:
        gap = table.gap(str(item["code"]))
        if gap is None or gap.told:
            helpers = sorted((names[one] for one in gap.helpers), key=sort_key) if gap is not None else []
            found.append({"code": item["code"], "name": words.capability(item), "gap": gap, "helpers": helpers,
                          "withheld": "" if gap is not None else labels.withheld(table.scale.fewest)})  # fmt: skip
    return sorted(found, key=lambda each: (each["gap"] is None, -(each["gap"].missing if each["gap"] else 0)))


def _lines(words: Words, table: Table, group: str) -> Iterator[Any]:
    for item in table.capabilities:
        count = next(one for one in table.counts(str(item["code"])) if one.group == group)
        yield count_line(words, words.capability(item), f"{item['code']}/", count)


@signed_in
@require_GET
def summary_csv(request: Request, space: str) -> StreamingHttpResponse:
    """Counts of every group and delförmåga, of what is shared with all."""
    page = period_page(request, space)
    return _csv(page, queries.get_table(page), "capability-summary")


@may("govern")
@require_GET
def office_summary_csv(request: Request, space: str) -> StreamingHttpResponse:
    """The same of what the joint office is told, with what must be withheld left out."""
    page = period_page(request, space)
    return _csv(page, queries.get_office_table(page), "capability-summary-office")


def _csv(page: SpacePage, table: Table, what: str) -> StreamingHttpResponse:
    note_now(page.lens.principal, "export", space=page.space, detail={"what": what, "format": "csv"})
    words = words_of(page, table)
    heads = [
        _("Sub-capability"),
        _("Group"),
        *(words.standing(key) for key in words.keys),
        _("Nothing shared"),
        _("Note"),
    ]
    return csv_response(what, heads, list(_csv_rows(words, table)), table_marks(page))


def _csv_rows(words: Words, table: Table) -> Iterator[list[object]]:
    for item in table.capabilities:
        for count in table.counts(str(item["code"])):
            line = count_line(words, words.group(count.group), "", count)
            numbers = [*line.counts, line.silent] if not line.withheld else [""] * (len(words.keys) + 1)
            yield [words.capability(item), line.name, *numbers, line.withheld]


@signed_in
@require_GET
def development(request: Request, space: str) -> HttpResponse:
    """How many were at each level per half-year, for every delförmåga, of what was shared with all."""
    page = period_page(request, space)
    table = queries.get_table(page)
    words, found = words_of(page, table), queries.get_development(page)
    first, most = next(iter(found.values()), []), highest(words, found.values())
    rows = [
        {
            "code": item["code"],
            "name": words.capability(item),
            "chart": columns(words, found[str(item["code"])], words.capability(item), most),
            "steps": [[each.counts.get(key, 0) for key in words.keys] for each in found[str(item["code"])]],
        }
        for item in table.capabilities
        if found
    ]
    context = {
        "rows": rows,
        "halves": [half_year_word(each.half_year) for each in first],
        "keys": [words.standing(key) for key in words.keys],
        "marks": [words.labelled(key) for key in words.keys],
    }
    return pages.render(request, "capabilities/development.html", context)


@signed_in
@require_GET
def development_csv(request: Request, space: str) -> StreamingHttpResponse:
    """The same as a table."""
    page = period_page(request, space)
    table = queries.get_table(page)
    words, found = words_of(page, table), queries.get_development(page)
    note_now(
        page.lens.principal, "export", space=page.space, detail={"what": "capability-development", "format": "csv"}
    )
    heads = [_("Sub-capability"), _("Half-year"), *(words.standing(key) for key in words.keys)]
    rows = [
        [words.capability(item), half_year_word(step.half_year), *(step.counts.get(key, 0) for key in words.keys)]
        for item in table.capabilities
        for step in found.get(str(item["code"]), [])
    ]
    return csv_response("capability-development", heads, rows, table_marks(page))
