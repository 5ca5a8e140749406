"""What those who govern enter: budgets, their shares, the figures of a day, and the key."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gemensam.core.state import Thing
from gemensam.costs import commands
from gemensam.costs.domain import bases
from gemensam.costs.domain.budgets import Budget, budget, budgets
from gemensam.costs.domain.rules import GOVERN, municipalities
from gemensam.costs.domain.shares import ORE
from gemensam.costs.domain.tables import Member
from gemensam.costs.forms import BudgetForm, KeyForm, PopulationForm, ReasonForm
from gemensam.costs.queries import budget_thing
from gemensam.costs.shown import kronor, whole
from gemensam.costs.view_parts import page_of, root_of, sent_of, writable
from gemensam.organisations.domain import members
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, may, signed_in
from gemensam.web.answering import SAVED, answered, go_on, pressed, there
from gemensam.web.page import SpacePage


@may(GOVERN)
@require_http_methods(["GET", "POST"])
def new_budget(request: Request, space: str) -> HttpResponse:
    """Enter the budget of a year."""
    page = writable(request, space)
    last = next(iter(budgets(page.state)), None)
    initial = {"year": last.year + 1 if last else times.local(page.lens.now).year + 1,
               "decided_by": last.decided_by if last else _("Regionala chefsgruppen")}  # fmt: skip
    return _budget_form(request, page, BudgetForm(request.POST or None, initial=initial), None)


@may(GOVERN)
@require_http_methods(["GET", "POST"])
def change_budget(request: Request, space: str, year: int) -> HttpResponse:
    """Enter another budget for a year; what was decided before stays in the log."""
    page = writable(request, space)
    thing = budget_thing(page.state, year)
    found: Budget = thing.data
    initial = {"year": year, "amount": found.amount // ORE, "decided_by": found.decided_by,
               "decided_on": found.decided_on, "reference": found.reference}  # fmt: skip
    data = {**request.POST.dict(), "year": year} if request.method == "POST" else None
    form = BudgetForm(data, initial=initial)
    form.fields["year"].disabled = True
    return _budget_form(request, page, form, thing)


def _budget_form(request: Request, page: SpacePage, form: BudgetForm, thing: Thing | None) -> HttpResponse:
    year = str(form["year"].value() or "")
    now = budget(page.state, int(year)) if year.isdecimal() and len(year) == 4 else None
    stands = f"{kronor(now.data.amount)} kr, {now.data.decided_by} {now.data.decided_on}" if now is not None else ""
    context = {"form": form, "thing": thing, "back": root_of(page), "seen": _last(thing), "stands": stands}

    def write() -> HttpResponse:
        commands.decide_budget(page.lens, form.cleaned_data, sent_of(request))
        return go_on(request, SAVED, there(page.space, f"costs/{year}/"))

    return answered(request, "costs/budget_form.html", context, write)


def _last(thing: Thing | None) -> str:
    return thing.last if thing is not None else ""


@may(GOVERN)
@require_POST
def compute(request: Request, space: str, year: int) -> HttpResponse:
    """Compute a year's shares, preliminary or final."""
    page = writable(request, space)
    final = request.POST.get("stage") == "final"
    done = _("The final shares are computed.") if final else _("The preliminary shares are computed.")
    return pressed(
        request, lambda: commands.compute_shares(page.lens, year, sent_of(request), final=final), done,
        there(space, f"costs/{year}/"),
    )  # fmt: skip


@may(GOVERN)
@require_http_methods(["GET", "POST"])
def enter_population(request: Request, space: str) -> HttpResponse:
    """Enter the figures of a day, from a file or row by row; figures that were wrong are entered anew."""
    page = writable(request, space)
    day = request.GET.get("day", "")[:10]
    thing = page.state.thing(bases.population_of(page.space, day)) if day else None
    found: bases.Population | None = thing.data if thing is not None else None
    initial = {"day": day or _next_day(page)}
    if found is not None:
        initial |= {"source": found.source, **{f"row_{each.kommunkod}": str(each.inhabitants)
                                               for each in found.figures}}  # fmt: skip
    rows = sorted(municipalities(page.lens.directory).items(), key=lambda row: row[0])
    form = PopulationForm(request.POST or None, request.FILES or None, rows=rows, initial=initial)
    now = page.state.thing(bases.population_of(page.space, request.POST.get("day", "")[:10]))
    stands = f"{now.data.day}: {whole(now.data.total)} ({now.data.source})" if now is not None else ""
    context = {"form": form, "found": found, "back": root_of(page), "seen": _last(thing), "stands": stands}

    def write() -> HttpResponse:
        about = {"day": form.cleaned_data["day"], "source": form.cleaned_data["source"], "note": ""}
        commands.enter_population(page.lens, about, form.figures, sent_of(request))
        return go_on(request, SAVED, there(space, "costs/"))

    return answered(request, "costs/population_form.html", context, write)


def _next_day(page: SpacePage) -> str:
    """The 31 December after the last one whose figures are known, or the last that has been."""
    known = bases.populations(page.state)
    return f"{int(known[-1].day[:4]) + 1 if known else times.local(page.lens.now).year - 1}-12-31"


@signed_in
@require_http_methods(["GET"])
def key(request: Request, space: str) -> HttpResponse:
    """The key that holds, and its versions as the log has them."""
    page = page_of(request, space)
    thing = page.state.thing(bases.key_of(page.space))
    rows = page.lens.history(page.space, bases.key_of(page.space), page.moment)
    found = bases.key_now(page.state)
    context = {
        "found": found,
        "total": sum(part.parts for part in found.parts) if found else 0,
        "versions": [row for row in reversed(rows) if row.verdict == "in_force" and row.payload],
        "may_govern": page.may(GOVERN),
        "seen": thing.last if thing is not None else "",
        "reason_form": ReasonForm(),
        "back": root_of(page),
    }
    return pages.render(request, "costs/key.html", context)


@may(GOVERN)
@require_http_methods(["GET", "POST"])
def set_key(request: Request, space: str) -> HttpResponse:
    """Set a new version of the key, from a file or row by row."""
    page = writable(request, space)
    thing = page.state.thing(bases.key_of(page.space))
    found = bases.key_now(page.state)
    initial = (
        {"name": found.name, **{f"row_{each.organisation}": str(each.parts) for each in found.parts}} if found else {}
    )
    those = tuple(Member(each.id, each.name, each.short) for each in members(page.lens.directory))
    form = KeyForm(request.POST or None, request.FILES or None, members=those, initial=initial)
    stands = f"{found.version}: {found.name} ({found.source})" if found is not None else ""
    back = f"{root_of(page)}key/"
    context = {"form": form, "found": found, "back": back, "seen": _last(thing), "stands": stands}

    def write() -> HttpResponse:
        told = form.cleaned_data
        commands.set_key(page.lens, told["name"], told["source"], form.parts, sent_of(request))
        return go_on(request, SAVED, there(space, "costs/key/"))

    return answered(request, "costs/key_form.html", context, write)


@may(GOVERN)
@require_POST
def withdraw_key(request: Request, space: str) -> HttpResponse:
    """Take the key out of use."""
    page = writable(request, space)
    reason = request.POST.get("reason", "")
    return pressed(
        request, lambda: commands.withdraw_key(page.lens, reason, sent_of(request)), _("The key is out of use."),
        there(space, "costs/key/"),
    )  # fmt: skip
