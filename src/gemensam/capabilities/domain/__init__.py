"""Grundförmågor: members' own assessments (G10): entries, states and rules. Pure."""

from gemensam.core.kinds import Kind, SubjectType

TYPES: tuple[SubjectType, ...] = ()
KINDS: tuple[Kind, ...] = ()
