"""Pages and tables of how much each member has been asked: in a space, and in a year (R92)."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gemensam.core.policy import DIRECTORY
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.core.swedish import sort_key
from gemensam.ledger.noting import note_now
from gemensam.ledger.pages.log import table_marks
from gemensam.ledger.tables import csv_response
from gemensam.organisations.domain import organisation
from gemensam.picture import queries
from gemensam.picture.burden import Burden, burden_in, burden_of_year, years_of
from gemensam.web import page as pages
from gemensam.web.access import Request, signed_in

Row = tuple[str, Burden]


@signed_in
@require_GET
def space_burden(request: Request, space: str) -> HttpResponse:
    """How much each member has been asked in this space."""
    page = _page(request, space)
    rows = _named(page.lens.directory, burden_in(page.lens, space, page.moment))
    return pages.render(request, "picture/burden.html", {"rows": rows})


@signed_in
@require_GET
def space_burden_csv(request: Request, space: str) -> StreamingHttpResponse:
    """The same as a table."""
    page = _page(request, space)
    rows = _named(page.lens.directory, burden_in(page.lens, space, page.moment))
    note_now(page.lens.principal, "export", space=space, detail={"what": "burden", "format": "csv"})
    return csv_response(_("questions"), _heads(), _lines(rows), table_marks(page))


@signed_in
@require_GET
def year_burden(request: Request) -> HttpResponse:
    """How much each member has been asked in a year, in the spaces that every member reads; exercises apart."""
    years = years_of(request.lens)
    year = _year(request, years)
    rows = _named(request.lens.directory, burden_of_year(request.lens, year))
    return pages.render(request, "picture/burden.html", {"rows": rows, "year": year, "years": years})


@signed_in
@require_GET
def year_burden_csv(request: Request) -> StreamingHttpResponse:
    """The same as a table."""
    year = _year(request, years_of(request.lens))
    rows = _named(request.lens.directory, burden_of_year(request.lens, year))
    note_now(request.lens.principal, "export", space=DIRECTORY, detail={"what": "burden", "format": "csv"})
    return csv_response(f"{_('questions')}-{year}", _heads(), _lines(rows), [str(year)])


def _page(request: Request, space: str) -> pages.SpacePage:
    return pages.space_page(request, space, queries.KINDS_WITH_PICTURE)


def _year(request: Request, years: list[int]) -> int:
    given = request.GET.get("year", "")
    if not given:
        return years[0]
    if given not in {str(year) for year in years}:
        raise Refused("not_found")
    return int(given)


def _named(directory: SpaceState, found: Iterable[Burden]) -> list[Row]:
    named = ((_name(directory, one.organisation), one) for one in found)
    return sorted(named, key=lambda row: sort_key(row[0]))


def _name(directory: SpaceState, organisation_id: str) -> str:
    found = organisation(directory, organisation_id)
    return found.name if found is not None else organisation_id


def _heads() -> list[str]:
    return [
        _("Organisation"), _("Requests"), _("Questions"), _("Answered"), _("Declined"), _("Not answered"),
        _("Reminders"), _("Median answer time (min)"),
    ]  # fmt: skip


def _lines(rows: Iterable[Row]) -> Iterable[list[Any]]:
    for name, one in rows:
        took = "" if one.median_ms is None else round(one.median_ms / 60_000)
        yield [name, one.requests, one.questions, one.answered, one.declined, one.missing, one.reminders, took]
