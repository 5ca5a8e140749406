"""The page of a period, and opening one."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from gemensam.governance import commands
from gemensam.governance.domain.periods import PERIOD, PeriodData, years_of
from gemensam.governance.forms import PeriodForm
from gemensam.governance.heightened import what_changes
from gemensam.governance.panels import panels
from gemensam.ledger.ids import uuid7
from gemensam.web import page as pages
from gemensam.web.access import Request, may, signed_in
from gemensam.web.answering import answered, there


@signed_in
@require_GET
def period(request: Request, space: str) -> HttpResponse:
    """What a period holds, and how far each part of it has come."""
    page = pages.space_page(request, space, PERIOD)
    years = page.state.thing(years_of(space))
    context = {"years": years.data if years else None, "panels": panels(page), "heightened": what_changes(page)}
    return pages.render(request, "governance/period.html", context)


@may("govern")
@require_http_methods(["GET", "POST"])
def new_period(request: Request) -> HttpResponse:
    """Open the space of a new period."""
    form = PeriodForm(request.POST or None)
    space = request.POST.get("space") or uuid7()

    def write() -> HttpResponse:
        given = form.cleaned_data
        years = PeriodData(given["first_year"], given["last_year"])
        commands.open_period(request.lens, years, title=given["title"], space=space, key=space)
        return there(space, "period/")

    return answered(request, "governance/new_period.html", {"form": form, "space": space}, write)
