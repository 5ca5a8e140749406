"""Remiss: sent, answered in several ways, met view by view, put together (G5): entries, states and rules. Pure."""

from gemensam.core.kinds import Kind, SubjectType

TYPES: tuple[SubjectType, ...] = ()
KINDS: tuple[Kind, ...] = ()
