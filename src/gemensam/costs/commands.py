"""The writers of costs: figures, keys, budgets and their shares. All need `govern`.

All raise `Refused` with what `ledger.judge` and the kinds' own rules refuse; then nothing is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.core.policy import STANDING
from gemensam.core.writing import Draft, Receipt
from gemensam.costs.domain import bases, budgets
from gemensam.costs.domain.shares import Figure, Part, reference_day_of
from gemensam.ledger.append import append
from gemensam.ledger.reading import Lens

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """How a form was sent. `seen`: the last entry of the subject that the writer saw, "" for none, None where it does
    not matter: if somebody has written since, `moved`. `key`: the form's idempotency key.
    """

    seen: str | None = None
    key: str = ""


NOT_TOLD = Sent()


def enter_population(lens: Lens, about: Content, figures: tuple[Figure, ...], sent: Sent = NOT_TOLD) -> Receipt:
    """Enter the figures of a day, or enter them anew where they were wrong. `about`: `day`, `source` and `note`."""
    told = [{"kommunkod": each.kommunkod, "name": each.name, "inhabitants": each.inhabitants} for each in figures]
    content = {**about, "figures": told}
    return _write(lens, bases.ENTERED, bases.population_of(STANDING, about["day"]), content, sent)


def set_key(lens: Lens, name: str, source: str, parts: tuple[Part, ...], sent: Sent = NOT_TOLD) -> Receipt:
    """Set a new version of the key of the other half. Shares that were computed keep theirs."""
    told = [{"organisation": each.organisation, "name": each.name, "parts": each.parts} for each in parts]
    return _write(lens, bases.KEY_SET, bases.key_of(STANDING), {"name": name, "source": source, "parts": told}, sent)


def withdraw_key(lens: Lens, reason: str, sent: Sent = NOT_TOLD) -> Receipt:
    """Take the key out of use: the other half is not distributed until another is set."""
    return _write(lens, bases.KEY_WITHDRAWN, bases.key_of(STANDING), {"reason": reason}, sent)


def decide_budget(lens: Lens, content: Content, sent: Sent = NOT_TOLD) -> tuple[Receipt, ...]:
    """Enter a year's budget, with its preliminary shares in the same commit where figures are known.

    `content`: see `BudgetDecided`. A budget that has final shares keeps them until they are computed again.
    """
    year = content["year"]
    subject, state = budgets.budget_of(STANDING, year), lens.state(STANDING)
    drafts = [Draft(budgets.DECIDED, STANDING, subject, content, based_on=sent.seen)]
    thing = state.thing(subject)
    settled = thing is not None and thing.status == "settled"
    known = bases.latest_population(state, reference_day_of(year).isoformat()) if 1 < year < 9999 else None
    if known is not None and not settled:
        drafts.append(Draft(budgets.ESTIMATED, STANDING, subject, {}))
    return append(lens.principal, drafts, key=sent.key)


def compute_shares(lens: Lens, year: int, sent: Sent = NOT_TOLD, *, final: bool) -> Receipt:
    """Compute a year's shares: final, or preliminary on the last figures known before its start."""
    kind = budgets.SETTLED if final else budgets.ESTIMATED
    return _write(lens, kind, budgets.budget_of(STANDING, year), {}, sent)


def _write(lens: Lens, kind: str, subject: str, content: Content, sent: Sent) -> Receipt:
    draft = Draft(kind, STANDING, subject, content, based_on=sent.seen)
    return append(lens.principal, [draft], key=sent.key)[0]
