"""The page and the table of key figures of a space."""

from collections.abc import Iterable, Iterator

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gemensam.ledger.noting import note_now, note_reading
from gemensam.ledger.pages.log import table_marks
from gemensam.ledger.tables import csv_response
from gemensam.picture import queries
from gemensam.picture.figures import FigureTable, figure_tables
from gemensam.picture.marking import mark_of_all
from gemensam.picture.matrix_words import MatrixWords
from gemensam.picture.queries import Live
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, signed_in


@signed_in
@require_GET
def figures(request: Request, space: str) -> HttpResponseBase:
    """Each key figure with what the members have given, and who has given none."""
    page, live, words = _live(request, space)
    note_reading(page.lens.principal, space, page.lens.rows(space, _entries(live)))

    def draw() -> HttpResponse:
        tables = figure_tables(page.lens, space, live, words)
        given, empty = [one for one in tables if one.given], [one for one in tables if not one.given]
        return pages.render(request, "picture/figures.html", {"tables": given, "empty": empty})

    return pages.conditional(request, page.key("figures"), draw)


@signed_in
@require_GET
def figures_csv(request: Request, space: str) -> StreamingHttpResponse:
    """The same as a table: a line for each figure given, and one without a value for each that is missing."""
    page, live, words = _live(request, space)
    tables = figure_tables(page.lens, space, live, words)
    note_now(page.lens.principal, "export", space=space, detail={"what": "figures", "format": "csv"})
    marks = [*table_marks(page), *mark_of_all(page.lens, space, _entries(live))]
    heads = [
        _("Key figure"), _("Code of the figure"), _("Organisation"), _("Value"), _("Unit"), _("Source"), _("True at"),
        _("Remarks"),
    ]  # fmt: skip
    return csv_response(_("key figures"), heads, _lines(tables), marks)


def _live(request: Request, space: str) -> tuple[pages.SpacePage, Live, MatrixWords]:
    page = pages.space_page(request, space, queries.KINDS_WITH_PICTURE)
    live = queries.get_live(page.lens, space, page.moment)
    return page, live, MatrixWords(page.lens.directory, page.state, page.moment.at)


def _entries(live: Live) -> list[str]:
    return [cell.entry for row in live.matrix.rows for cell in row.cells if cell.entry]


def _lines(tables: Iterable[FigureTable]) -> Iterator[list[str]]:
    for table in tables:
        for one in table.given:
            value = one.value if table.unit else times.iso(int(one.value)) if one.value.isdigit() else one.value
            remark = _("Unconfirmed") if one.is_unconfirmed else ""
            yield [table.name, table.code, one.name, value, table.unit, one.source, times.iso(one.at), remark]
        for name in table.missing:
            yield [table.name, table.code, name, "", table.unit, "", "", _("not given")]
