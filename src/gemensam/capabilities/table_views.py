"""The table of members and delförmågor, one delförmåga, one member, the list itself; for all, and for the office."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gemensam.capabilities import queries
from gemensam.capabilities.chart import columns, half_year_word, highest
from gemensam.capabilities.domain.rounds import PERIOD, open_round
from gemensam.capabilities.queries import Table
from gemensam.capabilities.shown import (
    Words,
    count_line,
    framework,
    headings,
    matrix_rows,
    milestone_url,
    told_text,
)
from gemensam.core.refusal import Refused
from gemensam.ledger.noting import note_now
from gemensam.ledger.pages.log import table_marks
from gemensam.ledger.tables import csv_response
from gemensam.organisations.domain import organisation as find_organisation
from gemensam.organisations.names import organisation_name
from gemensam.picture.lists import told
from gemensam.web import page as pages
from gemensam.web.access import Request, may, signed_in
from gemensam.web.page import SpacePage


def period_page(request: Request, space: str) -> SpacePage:
    """Return the page of a period; raises `Refused("not_found")` for any other space."""
    return pages.space_page(request, space, PERIOD)


def words_of(page: SpacePage, table: Table) -> Words:
    return Words(page.lens.directory, page.state, table.scale)


@signed_in
@require_GET
def matrix(request: Request, space: str) -> HttpResponseBase:
    """Every member's shared levels, as all see them."""
    page = period_page(request, space)
    return pages.conditional(
        request, page.key("capabilities"), lambda: _matrix(request, page, queries.get_table(page), "")
    )


@may("govern")
@require_GET
def office_matrix(request: Request, space: str) -> HttpResponse:
    """The same as the joint office sees it, with what members have told it alone."""
    page = period_page(request, space)
    return _matrix(request, page, queries.get_office_table(page), "office/")


def _matrix(request: Request, page: SpacePage, table: Table, circle: str) -> HttpResponse:
    words = words_of(page, table)
    lines = [
        count_line(words, words.capability(item), f"{item['code']}/", table.counts(str(item["code"]))[0])
        for item in table.capabilities
    ]
    context = {
        "circle": circle,
        "headings": headings(words, table.capabilities),
        "rows": matrix_rows(words, table),
        "lines": lines,
        "keys": [words.labelled(key) for key in words.keys],
        "nothing": not any(cell.standing for cell in table.cells.values()),
        "framework": framework(page),
        "round": open_round(page.state),
        "is_member": _is_member(page),
        "is_office": queries.is_office(page) and page.lens.may("govern"),
        "base": f"/spaces/{page.space}/capabilities/",
    }
    return pages.render(request, "capabilities/matrix.html", context)


def _is_member(page: SpacePage) -> bool:
    found = find_organisation(page.lens.directory, page.lens.principal.organisation)
    return found is not None and found.member


@signed_in
@require_GET
def matrix_csv(request: Request, space: str) -> StreamingHttpResponse:
    """The table as all see it, to take along."""
    page = period_page(request, space)
    return _csv(page, queries.get_table(page), "capabilities", [])


@may("govern")
@require_GET
def office_csv(request: Request, space: str) -> StreamingHttpResponse:
    """The office's table to take along; its first line says whose it is."""
    page = period_page(request, space)
    return _csv(
        page, queries.get_office_table(page), "capabilities-office", [_("the joint office's, not to be passed on")]
    )


def _csv(page: SpacePage, table: Table, what: str, marks: list[str]) -> StreamingHttpResponse:
    note_now(page.lens.principal, "export", space=page.space, detail={"what": what, "format": "csv"})
    words = words_of(page, table)
    heads = [_("Member"), *(words.capability(item) for item in table.capabilities)]
    return csv_response(what, heads, list(_csv_rows(words, table)), [*marks, *table_marks(page)])


def _csv_rows(words: Words, table: Table) -> Iterator[list[object]]:
    codes = [str(item["code"]) for item in table.capabilities]
    for one in table.members:
        yield [one.short, *(words.cell(table.cells[one.id, code]) for code in codes)]


@signed_in
@require_GET
def capability(request: Request, space: str, code: str) -> HttpResponse:
    """One delförmåga: who has told which level, reasons and measures that are shared, the development."""
    page = period_page(request, space)
    table = queries.get_table(page)
    item = next((one for one in table.capabilities if one["code"] == code), None)
    if item is None:
        raise Refused("unknown_capability", value=code)
    words = words_of(page, table)
    steps = queries.get_development(page).get(code, [])
    codes = [str(one["code"]) for one in table.capabilities]
    place = codes.index(code)
    context = {
        "item": item,
        "name": words.capability(item),
        "help": told(item, "help"),
        "proof": told(item, "proof"),
        "rows": list(_member_rows(page, words, table, code)),
        "chart": columns(words, steps, words.capability(item), highest(words, [steps])) if steps else "",
        "steps": [(half_year_word(each.half_year), [each.counts.get(key, 0) for key in words.keys]) for each in steps],
        "keys": [words.standing(key) for key in words.keys],
        "before": codes[place - 1] if place else "",
        "after": codes[place + 1] if place + 1 < len(codes) else "",
        "is_member": _is_member(page),
    }
    return pages.render(request, "capabilities/capability.html", context)


def _member_rows(page: SpacePage, words: Words, table: Table, code: str) -> Iterator[dict[str, Any]]:
    points = [cell.point for (_who, at), cell in table.cells.items() if at == code and cell.point is not None]
    payloads = page.lens.payloads(page.space, [one.entry for one in points if one.has_reason or one.has_measure])
    for one in table.members:
        cell = table.cells[one.id, code]
        payload = payloads.get(cell.point.entry) if cell.point is not None else None
        measure = told_text(payload, "measure")
        yield {
            "member": one,
            "cell": cell,
            "mark": words.labelled(cell.standing) if cell.standing is not None else words.nothing(cell),
            "reason": told_text(payload, "reason"),
            "measure": measure,
            "due": told_text(payload, "measure_due"),
            "milestone": milestone_url(page, code, one.id, measure) if measure and page.may("govern") else "",
        }


@signed_in
@require_GET
def member(request: Request, space: str, organisation: str) -> HttpResponse:
    """What one member has told all, delförmåga by delförmåga."""
    page = period_page(request, space)
    table = queries.get_table(page)
    one = next((each for each in table.members if each.id == organisation), None)
    if one is None:
        raise Refused("not_found")
    words = words_of(page, table)
    rows = [
        (item, words.capability(item), cell, words.labelled(cell.standing) if cell.standing else words.nothing(cell))
        for item in table.capabilities
        for cell in (table.cells[one.id, str(item["code"])],)
    ]
    return pages.render(
        request, "capabilities/member.html", {"member": one, "name": organisation_name(one), "rows": rows}
    )


@signed_in
@require_GET
def listed(request: Request, space: str) -> HttpResponse:
    """The delförmågor of the period with what each means, the scale, and which version it is."""
    page = period_page(request, space)
    table = queries.get_table(page)
    words = words_of(page, table)
    items = {str(item["code"]): item for item in table.capabilities}
    groups = [
        (heading.name, [_listed(items[code], name) for code, name in heading.items])
        for heading in headings(words, table.capabilities)
    ]
    levels = [(words.labelled((code, False)), told(item, "help")) for code, item in table.scale.levels.items()]
    context = {"groups": groups, "levels": levels, "framework": framework(page), "scale": table.scale}
    return pages.render(request, "capabilities/list.html", context)


def _listed(item: Any, name: str) -> dict[str, Any]:
    is_source = item.get("evidence") == "found"
    return {"code": item["code"], "name": name, "help": told(item, "help"), "proof": told(item, "proof"),
            "is_source": is_source}  # fmt: skip
