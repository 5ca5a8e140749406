"""The network's costs: shares of a budget by population and key (G9): entries, states and rules. Pure."""

from gemensam.costs.domain import bases, budgets

TYPES = (*bases.TYPES, *budgets.TYPES)
KINDS = (*bases.KINDS, *budgets.KINDS)
