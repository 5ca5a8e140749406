"""Pages of the live picture: the matrix, one member over time, one statement with its history, and the CSV.

The matrix is drawn once for each state of the space, minute, language and choice, and shared by its readers:
whether somebody may read the space at all is judged before, on every request.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gemensam.core.moment import Moment
from gemensam.core.policy import SpaceInfo
from gemensam.core.refusal import Refused
from gemensam.ledger.drafts import list_drafts
from gemensam.ledger.log import disposals
from gemensam.ledger.noting import note_now, note_reading
from gemensam.ledger.pages.log import table_marks
from gemensam.ledger.tables import csv_response
from gemensam.organisations.domain import organisation as find_organisation
from gemensam.picture import queries
from gemensam.picture.acts import own_word
from gemensam.picture.domain.contacts import contacts
from gemensam.picture.domain.frames import members_of
from gemensam.picture.domain.matrix import KEPT
from gemensam.picture.domain.statements import WRITERS
from gemensam.picture.lines_drawing import draw_gaps, draw_needs
from gemensam.picture.lists import told
from gemensam.picture.marking import mark_of_all
from gemensam.picture.matrix_drawing import (
    Drawing,
    Keep,
    draw_cards,
    draw_sums,
    draw_table,
    group_choices,
    group_of_columns,
    scale_values,
)
from gemensam.picture.matrix_shown import gap_groups, history_grid, needs_lines, said_by_others, shown_cells, shown_told
from gemensam.picture.matrix_tables import matrix_table, picture_file
from gemensam.picture.matrix_words import MatrixWords
from gemensam.picture.queries import Filter, Live
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, signed_in
from gemensam.web.fragments import kept_fragment
from gemensam.web.page import SpacePage
from gemensam.web.parts import Part, live_part
from gemensam.web.spaces import title_of

CONTACTS_SHOWN = 20
AGES_MS = {"1": times.HOUR, "3": 3 * times.HOUR, "6": 6 * times.HOUR, "12": 12 * times.HOUR, "24": 24 * times.HOUR}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader has chosen of the matrix: a filter, and the narrower circle laid over it ("" for none)."""

    filter: Filter
    circle: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        chosen = self.filter
        return (chosen.columns, chosen.kind, chosen.status, chosen.older_ms, chosen.overdue, self.circle)


@signed_in
@require_GET
def picture(request: Request, space: str) -> HttpResponseBase:
    """The live matrix with its sums, gaps and needs."""
    page = _page(request, space)
    choice = _choice(request, page)

    def draw(matrix: SafeString) -> HttpResponse:
        words = MatrixWords(page.lens.directory, page.state, page.moment.at)
        narrower = queries.narrower_spaces(page.lens, space)
        circles = [(info.id, title_of(page.lens, info)) for info in narrower]
        context = {
            "matrix": matrix,
            "position": page.state.position,
            "part_url": _part_url(request, page),
            "circles": circles,
            "circle": choice.circle,
            "circle_name": dict(circles).get(choice.circle, ""),
            "circle_readers": _circle_readers(page, choice.circle or space),
            "filter": choice.filter,
            "filters": _filters(words),
            "values": scale_values(words),
            "is_filtered": choice.filter.chosen,
            "next_at": None if page.info.closed else queries.next_picture(page.lens, page.state, page.moment),
        }
        return pages.render(request, "picture/picture.html", context)

    parts = ("picture", *choice.key, _circle_stands(page, choice))
    return pages.around(request, page, parts=parts, part=_matrix(page, choice).fragment, draw=draw)


@signed_in
@require_GET
@live_part
def matrix_part(request: Request, space: str) -> Part:
    """The matrix alone, for a page that follows the space."""
    page = _page(request, space)
    return _matrix(page, _choice(request, page))


@signed_in
@require_GET
def picture_csv(request: Request, space: str) -> StreamingHttpResponse:
    """The matrix as CSV: every row with words, times and what stands on them."""
    page = _page(request, space)
    choice = _choice(request, page)
    words = MatrixWords(page.lens.directory, page.state, page.moment.at)
    live = _filtered(page, choice, words)
    heads, lines = matrix_table(live, words)
    marks = mark_of_all(page.lens, space, (cell.entry for row in live.matrix.rows for cell in row.cells))
    note_now(page.lens.principal, "export", space=space, detail={"what": "matrix", "format": "csv"})
    return csv_response(picture_file(page.moment.at), heads, lines, [*table_marks(page), *marks])


@signed_in
@require_GET
def member(request: Request, space: str, organisation: str) -> HttpResponseBase:
    """One member over time: what it has shared here, row by row and report by report."""
    page = _page(request, space)
    found = find_organisation(page.lens.directory, organisation)
    if found is None:
        raise Refused("not_found")
    live = queries.get_live(page.lens, space, page.moment)
    row = queries.get_row(live, organisation)
    note_reading(page.lens.principal, space, page.lens.rows(space, (cell.entry for cell in row.cells)))

    def draw() -> HttpResponse:
        words = MatrixWords(page.lens.directory, page.state, page.moment.at)
        reports = queries.reports_newest_first(page.state, organisation, page.moment)
        context = {
            "organisation": found,
            "row": row,
            "warnings": list(words.row_warnings(row)),
            "kept": words.kept(row),
            "contact": words.contact(row.contact) if row.contact else "",
            "contacts": _contacts(page, organisation, words),
            "may_note_contact": not page.readonly and not WRITERS.isdisjoint(page.lens.principal.permissions),
            "cells": shown_cells(page.lens, space, row, words),
            "grid": history_grid(live, reports, words),
            "reports": reports,
            "said": said_by_others(page.lens, page.state, organisation, words),
            "is_own": organisation == page.lens.principal.organisation,
            "own_word": own_word(page, organisation),
            "trends": words.trends(row),
        }
        return pages.render(request, "picture/member.html", context)

    return pages.conditional(request, page.key("member", organisation), draw)


def _contacts(page: SpacePage, organisation: str, words: MatrixWords) -> list[tuple[str, str, int]]:
    """What has been noted of how a member is reached, newest first: in words, by whom, when."""
    notes = contacts(page.state, organisation, page.moment.happened_by)[:CONTACTS_SHOWN]
    return [(words.contact(note), words.name(note.by), note.clock.ms) for note in notes]


@signed_in
@require_GET
def statement(request: Request, space: str, organisation: str, row: str) -> HttpResponseBase:
    """One member on one function: what is said now, with text, source and both times, and what was said before."""
    page = _page(request, space)
    live = queries.get_live(page.lens, space, page.moment)
    found = find_organisation(page.lens.directory, organisation)
    if found is None or row not in live.matrix.columns:
        raise Refused("not_found")
    said = queries.timeline(page.lens, space, organisation, row, page.moment)
    note_reading(page.lens.principal, space, page.lens.rows(space, (one.cell.entry for one in said)))

    def draw() -> HttpResponse:
        words = MatrixWords(page.lens.directory, page.state, page.moment.at)
        cells = queries.get_row(live, organisation).cells
        cell = next(cell for cell in cells if cell.row == row)
        context = {
            "organisation": found,
            "row": row,
            "row_name": words.column(row),
            "value": words.value(cell.value, cell.until_at),
            "additions": [words.addition(one, organisation) for one in cell.additions if one.code != KEPT],
            "kept": next((words.addition(one, organisation) for one in cell.additions if one.code == KEPT), ""),
            "cell": cell,
            "own_word": own_word(page, organisation),
            "told": shown_told(said, words, page.lens, space),
        }
        return pages.render(request, "picture/statement.html", context)

    return pages.conditional(request, page.key("statement", organisation, row), draw)


@signed_in
@require_GET
def own(request: Request, space: str) -> HttpResponse:
    """Egen lägesbild: what the own organisation has here, drafts included, which nobody else sees."""
    page = _page(request, space)
    who = page.lens.principal.organisation
    found = find_organisation(page.lens.directory, who)
    live = queries.get_live(page.lens, space, page.moment)
    words = MatrixWords(page.lens.directory, page.state, page.moment.at)
    row = next((row for row in live.matrix.rows if row.organisation == who), None)
    context = {
        "organisation": found,
        "row": row,
        "cells": shown_cells(page.lens, space, row, words) if row else [],
        "drafts": [] if page.historical else list_drafts(page.lens, space),
        "unconfirmed": page.state.group("reports_unconfirmed", who),
        "warnings": list(words.row_warnings(row)) if row else [],
        "kept": words.kept(row) if row else "",
        "own_word": own_word(page, who),
    }
    return pages.render(request, "picture/own.html", context)


def _page(request: Request, space: str) -> SpacePage:
    return pages.space_page(request, space, queries.KINDS_WITH_PICTURE)


def _choice(request: Request, page: SpacePage) -> Choice:
    given = request.GET.get
    circle = given("circle", "")
    if circle and circle not in {info.id for info in queries.narrower_spaces(page.lens, page.space)}:
        raise Refused("not_found")
    status = given("status", "")
    chosen = Filter(
        columns=given("columns", "")[:40],
        kind=given("kind", "")[:40],
        status=status[:40],
        older_ms=AGES_MS.get(given("age", ""), 0),
        overdue=given("overdue") == "1",
    )
    return Choice(chosen, circle)


def _circle_stands(page: SpacePage, choice: Choice) -> tuple[int, ...]:
    """What the narrower circle adds to a key: how far it has come, and what of it has gone by now."""
    if not choice.circle:
        return ()
    return page.lens.state(choice.circle, page.moment).position, disposals(page.lens.state(choice.circle))


def _circle_readers(page: SpacePage, space: str) -> int:
    return len(page.lens.readers(space).organisations)


def _part_url(request: Request, page: SpacePage) -> str:
    query = request.GET.urlencode()
    return f"/spaces/{page.space}/picture/_matrix/" + (f"?{query}" if query else "")


def _matrix(page: SpacePage, choice: Choice) -> Part:
    """The matrix, the same for all who read this space."""
    key = page.circle_key("matrix", _circle_stands(page, choice), *choice.key)
    return Part(key, lambda: _draw(page, choice, _whole_minute(page.moment)))


def _whole_minute(moment: Moment) -> Moment:
    """The end of this minute: all who look within it are shown the same bytes, and deadlines are whole minutes."""
    return replace(moment, now=moment.now // times.MINUTE * times.MINUTE + times.MINUTE - 1)


def _draw(page: SpacePage, choice: Choice, moment: Moment) -> str:
    words = MatrixWords(page.lens.directory, page.state, moment.at)
    live = _filtered(replace(page, moment=moment), choice, words)
    narrower = _chosen_circle(page, choice)
    overlay = queries.get_overlay(page.lens, page.space, narrower.id, moment) if narrower else {}
    name = title_of(page.lens, narrower) if narrower else ""
    drawing = Drawing(live, words, f"/spaces/{page.space}/", page.query, overlay, name, _keep_rows(page, live, words))
    needs = needs_lines(page.lens, page.state, live, words)
    context = {
        "page": replace(page, moment=moment),
        "live": live,
        "table": draw_table(drawing),
        "cards": draw_cards(drawing),
        "sums": draw_sums(drawing),
        "gaps": [(group, draw_gaps(drawing, group)) for group in gap_groups(live, words)],
        "needs": needs,
        "need_lines": draw_needs(drawing, needs),
        "latest": queries.get_latest_summary(page.lens, page.state, moment),
        "cadence": live.frame.cadence,
        "total": len(members_of(page.lens.directory, page.info)),
    }
    return render_to_string("picture/_matrix.html", context)


def _keep_rows(page: SpacePage, live: Live, words: MatrixWords) -> Keep:
    """Keep drawn rows for as long as what all of them share is the same: a post changes one member's, not 37."""
    shared = ("matrix row", page.space, page.query, words.at, words.lists.key, live.matrix.columns)
    return lambda key, draw: kept_fragment((shared, key), draw).text


def _chosen_circle(page: SpacePage, choice: Choice) -> SpaceInfo | None:
    return page.lens.space(choice.circle) if choice.circle else None


def _filtered(page: SpacePage, choice: Choice, words: MatrixWords) -> Live:
    live = queries.get_live(page.lens, page.space, page.moment)
    return queries.filtered(live, choice.filter, page.lens, group_of_columns(words))


def _filters(words: MatrixWords) -> dict[str, Any]:
    """Choices of the filter form, each a list of (value, word)."""
    lists = words.lists
    steps = sorted(lists.items("status"), key=lambda item: -int(item["digit"]))
    or_worse = _("%(value)s or worse")
    worse = [(f"{item['digit']}+", or_worse % {"value": told(item)}) for item in steps]
    others = [(item["code"], words.value(item["code"]).word) for item in lists.items("values")]
    return {
        "columns": group_choices(words),
        "kind": [*lists.choices("kinds_of_member"), *lists.choices("municipal_groups")],
        "status": [*worse[1:-1], *lists.choices("status"), *others],
        "age": [(value, times.duration(length)) for value, length in AGES_MS.items()],
    }
