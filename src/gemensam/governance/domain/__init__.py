"""Governance: periods, steering documents and the members' decisions on them: entries, states and rules. Pure."""

from gemensam.governance.domain import periods

TYPES = periods.TYPES
KINDS = periods.KINDS
