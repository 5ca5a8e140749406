"""Governance: periods, steering documents and the members' decisions on them: entries, states and rules. Pure."""

from gemensam.governance.domain import decisions, documents, periods, routes

TYPES = (*periods.TYPES, *documents.TYPES, *decisions.TYPES, *routes.TYPES)
KINDS = (*periods.KINDS, *documents.KINDS, *decisions.KINDS, *routes.KINDS)
