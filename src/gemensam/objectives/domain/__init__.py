"""Målbild: målområden, goals and milestones of a period (G3, G4): entries, states and rules. Pure."""

from gemensam.core.kinds import Kind, SubjectType

TYPES: tuple[SubjectType, ...] = ()
KINDS: tuple[Kind, ...] = ()
