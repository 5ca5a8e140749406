"""The pages of costs: all years, a year, a member's statement, the figures of a day, and the question what if."""

from collections.abc import Sequence

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gemensam.core.refusal import Refused
from gemensam.costs.domain import bases, rules
from gemensam.costs.domain.budgets import Budget, Computed, budgets, computation, computed_from
from gemensam.costs.domain.shares import reference_day_of
from gemensam.costs.forms import WhatIfForm
from gemensam.costs.queries import Line, budget_thing, line_of, lines_of
from gemensam.costs.shown import change, key_words, kronor, plain_kronor, rule_words, show_line, stage_word, whole
from gemensam.costs.statement import statement_of, statement_pdf
from gemensam.costs.view_parts import page_of
from gemensam.ledger.noting import note_now
from gemensam.ledger.tables import csv_response, file_name
from gemensam.web import page as pages
from gemensam.web.access import Request, signed_in
from gemensam.web.page import SpacePage


@signed_in
@require_GET
def overview(request: Request, space: str) -> HttpResponse:
    """All years, the last first, with the reader's own share; the figures and the key that are known."""
    page = page_of(request, space)
    own = page.lens.principal.organisation
    rows = [(each, stage_word(each), kronor(each.amount), _own(page, each, own)) for each in budgets(page.state)]
    context = {
        "rows": rows,
        "populations": [(each, whole(each.total)) for each in reversed(bases.populations(page.state))],
        "key": bases.key_now(page.state),
        "may_govern": page.may(rules.GOVERN),
        "rule": rule_words(),
    }
    return pages.render(request, "costs/overview.html", context)


def _own(page: SpacePage, budget: Budget, own: str) -> tuple[str, str] | None:
    line = line_of(page.lens.directory, budget, own)
    return (kronor(line.amount), change(line.difference)) if line is not None else None


@signed_in
@require_GET
def year(request: Request, space: str, year: int) -> HttpResponse:
    """A year: what each member pays, preliminary and final, and all that it is made from."""
    page = page_of(request, space)
    thing = budget_thing(page.state, year)
    budget: Budget = thing.data
    lines, own = lines_of(page.lens.directory, budget), page.lens.principal.organisation
    wanted = reference_day_of(year).isoformat()
    known = bases.latest_population(page.state, wanted)
    context = {
        "budget": budget,
        "stage": stage_word(budget),
        "amount": kronor(budget.amount),
        "half": kronor(budget.computed.shares.half) if budget.computed else "",
        "lines": [show_line(line, budget.computed, own) for line in lines],
        "sums": _sums(lines),
        "key_words": key_words(budget.computed) if budget.computed else "",
        "rule": rule_words(),
        "wanted": wanted,
        "known": known,
        "is_known": known is not None and known.day == wanted,
        "may_govern": page.may(rules.GOVERN),
        "seen": thing.last,
    }
    return pages.render(request, "costs/year.html", context)


def _sums(lines: Sequence[Line]) -> tuple[str, str, str]:
    """The sums of the columns; a dash where nothing has been computed."""
    estimated = [line.estimated for line in lines if line.estimated is not None]
    settled = [line.settled for line in lines if line.settled is not None]
    both = sum(settled) - sum(estimated) if estimated and settled else None
    return (kronor(sum(estimated) if estimated else None), kronor(sum(settled) if settled else None), change(both))


@signed_in
@require_GET
def shares_csv(request: Request, space: str, year: int) -> HttpResponseBase:
    """A year's shares as a table: the basis for the invoices."""
    page = page_of(request, space)
    budget: Budget = budget_thing(page.state, year).data
    computed = budget.computed
    heads = ("organisation", "kommunkod", _("Member"), _("Inhabitants"), _("Parts of the key"), _("Preliminary"),
             _("Final"), _("Difference"), _("To pay"), _("Figures of"), _("Source"), _("Stage"))  # fmt: skip
    day, source = (computed.day, computed.source) if computed else ("", "")
    rows = [
        (each.organisation, each.kommunkod, each.name, each.inhabitants, each.parts, plain_kronor(each.estimated),
         plain_kronor(each.settled), plain_kronor(each.difference), plain_kronor(each.amount), day, source,
         stage_word(budget))
        for each in lines_of(page.lens.directory, budget)
    ]  # fmt: skip
    note_now(page.lens.principal, "export", space=space, detail={"what": "cost_shares", "format": "csv"})
    title = _("Shares of costs %(year)s") % {"year": year}
    return csv_response(title, heads, rows, marks=(page.title, title))


@signed_in
@require_GET
def statement(request: Request, space: str, year: int, organisation: str) -> HttpResponse:
    """What a member pays of a year, and how it was computed."""
    page = page_of(request, space)
    budget, line = _found(page, year, organisation)
    shown = statement_of(page, budget, line)
    passages = [
        (each, [list(zip(row, each.columns, strict=True)) for row in each.rows]) for each in shown.passages
    ]  # each cell with its column, whose name stands beside it on a narrow screen
    context = {
        "shown": shown, "passages": passages, "budget": budget, "line": line, "holds": shown.computed.holds(),
    }  # fmt: skip
    return pages.render(request, "costs/statement.html", context)


@signed_in
@require_GET
def statement_as_pdf(request: Request, space: str, year: int, organisation: str) -> HttpResponse:
    """The same as a document; the local log notes that it was made."""
    page = page_of(request, space)
    budget, line = _found(page, year, organisation)
    made = statement_pdf(page, budget, line)
    note_now(page.lens.principal, "print", space=space, detail={"what": "cost_statement", "format": "pdf"})
    response = HttpResponse(made, content_type="application/pdf")
    name = file_name(f"{_('share of costs')}-{year}-{line.name}")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _found(page: SpacePage, year: int, member: str) -> tuple[Budget, Line]:
    budget: Budget = budget_thing(page.state, year).data
    line = line_of(page.lens.directory, budget, member)
    if line is None:
        raise Refused("not_found")
    return budget, line


@signed_in
@require_GET
def population(request: Request, space: str, day: str) -> HttpResponse:
    """The figures of a day, and where they come from."""
    page = page_of(request, space)
    found = _population(page, day)
    rows = [(each, whole(each.inhabitants)) for each in found.figures]
    context = {"found": found, "rows": rows, "total": whole(found.total), "may_govern": page.may(rules.GOVERN)}
    return pages.render(request, "costs/population.html", context)


@signed_in
@require_GET
def population_csv(request: Request, space: str, day: str) -> HttpResponseBase:
    """The figures of a day as the command `cost-shares` takes them, once the first line is taken away."""
    page = page_of(request, space)
    found = _population(page, day)
    heads = ("kommunkod", "kommunnamn", f"folkmangd_{day.replace('-', '_')}")
    rows = [(each.kommunkod, each.name, each.inhabitants) for each in found.figures]
    title = _("Population %(day)s") % {"day": day}
    return csv_response(title, heads, rows, marks=(page.title, title, found.source))


def _population(page: SpacePage, day: str) -> bases.Population:
    thing = page.state.thing(bases.population_of(page.space, day))
    if thing is None or not thing.data.day:
        raise Refused("not_found")
    found: bases.Population = thing.data
    return found


@signed_in
@require_GET
def what_if(request: Request, space: str) -> HttpResponse:
    """Another budget or other figures, beside what stands now. Nothing of it is written."""
    page = page_of(request, space)
    known, key = bases.populations(page.state), bases.key_now(page.state)
    days = [(each.day, f"{each.day} ({each.source})") for each in reversed(known)]
    form = WhatIfForm(request.GET if "budget" in request.GET else None, days=days, has_key=key is not None)
    context: dict[str, object] = {"form": form, "known": known}
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        chosen = next(each for each in known if each.day == given["day"])
        supposed = computed_from(computation(given["budget"], chosen, key if given.get("key") else None))
        context |= _compared(page, supposed)
    return pages.render(request, "costs/what_if.html", context, status=422 if form.errors else 200)


def _compared(page: SpacePage, supposed: Computed) -> dict[str, object]:
    """Return the supposed shares beside those of the last year that has any."""
    last = next((each for each in budgets(page.state) if each.computed is not None), None)
    before = {line.organisation: line.amount for line in lines_of(page.lens.directory, last)} if last else {}
    lines = lines_of(page.lens.directory, Budget(amount=supposed.basis.budget, estimated=supposed))
    own = page.lens.principal.organisation
    rows = [(show_line(line, supposed, own), kronor(before.get(line.organisation)),
             change(_less(line.amount, before.get(line.organisation)))) for line in lines]  # fmt: skip
    total = sum(line.amount or 0 for line in lines)
    return {"supposed": supposed, "last": last, "rows": rows, "total": kronor(total), "key_words": key_words(supposed)}


def _less(after: int | None, before: int | None) -> int | None:
    return after - before if after is not None and before is not None else None
