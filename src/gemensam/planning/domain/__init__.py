"""Projects, known events and follow-up of agreements (G11–G13): entries, states and rules. Pure."""

from gemensam.core.kinds import Kind, SubjectType

TYPES: tuple[SubjectType, ...] = ()
KINDS: tuple[Kind, ...] = ()
