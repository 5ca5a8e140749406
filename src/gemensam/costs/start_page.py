"""What the start page tells of costs: each member's own new share, and what the joint office has to compute."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from gemensam.core.policy import STANDING
from gemensam.costs.domain import bases, rules
from gemensam.costs.domain.budgets import Budget
from gemensam.costs.domain.shares import reference_day_of
from gemensam.costs.queries import line_of, list_budgets_for
from gemensam.costs.shown import kronor
from gemensam.ledger.reading import Lens
from gemensam.web.spaces import title_of
from gemensam.web.start import Notice, Todo

ROOT = f"/spaces/{STANDING}/costs/"
NEW_FOR_MS = 60 * 24 * 60 * 60 * 1000  # so long a share is new
YEARS = 3


def notices(lens: Lens) -> Iterator[Notice]:
    """Yield the own share that was computed last, in the last sixty days, to all of the member."""
    own = lens.principal.organisation
    found = [(computed.at, each.year, each) for each in list_budgets_for(lens) if (computed := each.computed)]
    at, year, budget = max(found, key=lambda each: each[:2], default=(0, 0, None))
    line = line_of(lens.directory, budget, own) if budget is not None and lens.now - at <= NEW_FOR_MS else None
    if budget is None or line is None:
        return
    text = (
        _("Our share of the network's costs %(year)s: %(amount)s kr (final)")
        if budget.settled is not None
        else _("Our share of the network's costs %(year)s: %(amount)s kr (preliminary)")
    )
    yield Notice(text % {"year": year, "amount": kronor(line.amount)}, "info", f"{ROOT}{year}/{own}/")


def todos(lens: Lens) -> Iterator[Todo]:
    """Yield the years whose figures are known and whose final shares are not computed, to those who govern."""
    if not lens.may(rules.GOVERN):
        return
    for budget in list_budgets_for(lens)[:YEARS]:
        if text := _waits(lens, budget):
            where = title_of(lens, lens.space(STANDING))
            yield Todo(text, _("See to it"), f"{ROOT}{budget.year}/", where)


def _waits(lens: Lens, budget: Budget) -> str:
    if budget.moved:
        return _("The budget %(year)s has changed since its shares were computed") % {"year": budget.year}
    wanted = reference_day_of(budget.year).isoformat()
    known = bases.latest_population(lens.state(STANDING), wanted)
    if budget.settled is None and known is not None and known.day == wanted:
        return _("The figures for the costs of %(year)s are there: compute the final shares") % {"year": budget.year}
    return ""
