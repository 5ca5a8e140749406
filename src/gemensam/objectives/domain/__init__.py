"""Målbild: its text, målområden, goals and milestones of a period (G3, G4): entries, states and rules. Pure."""

from gemensam.objectives.domain import versions

TYPES = versions.TYPES
KINDS = versions.KINDS
