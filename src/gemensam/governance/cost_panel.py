"""What a period's page tells of costs: the budgets of its years. Costs lie below governance and cannot say it here."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from gemensam.core.policy import STANDING
from gemensam.costs.queries import list_budgets_for
from gemensam.costs.shown import kronor, stage_word
from gemensam.governance.domain.periods import years_of
from gemensam.governance.panels import Panel
from gemensam.web.page import SpacePage

ORDER = 90


def cost_panels(page: SpacePage) -> Iterator[Panel]:
    """Yield one panel with a line for each year of the period that has a budget; none where no year has."""
    thing = page.state.thing(years_of(page.space))
    if thing is None:
        return
    first, last = thing.data.first_year, thing.data.last_year
    found = [each for each in list_budgets_for(page.lens, page.moment) if first <= each.year <= last]
    lines = tuple(f"{each.year}: {kronor(each.amount)} kr · {stage_word(each)}" for each in reversed(found))
    if lines:
        yield Panel(_("Costs"), f"/spaces/{STANDING}/costs/{page.query}", ORDER, lines)
