"""The page of a period, and opening one."""

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods

from gemensam.core.refusal import Refused
from gemensam.governance import commands
from gemensam.governance.domain.periods import PeriodData, years_of
from gemensam.governance.forms import PeriodForm
from gemensam.governance.heightened import what_changes
from gemensam.governance.panels import panels
from gemensam.ledger.ids import uuid7
from gemensam.web import labels
from gemensam.web import page as pages
from gemensam.web.access import Request, may, signed_in


@signed_in
@require_GET
def period(request: Request, space: str) -> HttpResponse:
    """What a period holds, and how far each part of it has come."""
    page = pages.space_page(request, space)
    if page.info.kind != "period":
        raise Refused("not_found")
    years = page.state.thing(years_of(space))
    context = {"years": years.data if years else None, "panels": panels(page), "heightened": what_changes(page)}
    return pages.render(request, "governance/period.html", context)


@may("govern")
@require_http_methods(["GET", "POST"])
def new_period(request: Request) -> HttpResponse:
    """Open the space of a new period."""
    form = PeriodForm(request.POST or None)
    space = request.POST.get("space") or uuid7()
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "space": space}
        return pages.render(request, "governance/new_period.html", context, status=422 if form.errors else 200)
    try:
        given = form.cleaned_data
        years = PeriodData(given["first_year"], given["last_year"])
        commands.open_period(request.lens, years, title=given["title"], space=space, key=space)
    except Refused as refused:
        context = {"form": form, "space": space, "refusal": labels.words(refused)}
        status = labels.status_of(refused.code)
        return pages.render(request, "governance/new_period.html", context, status=status)
    return HttpResponseRedirect(f"/spaces/{space}/period/")
