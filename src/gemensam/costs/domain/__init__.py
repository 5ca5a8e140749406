"""The network's costs: shares of a budget by population and key (G9): entries, states and rules. Pure."""

from gemensam.core.kinds import Kind, SubjectType

TYPES: tuple[SubjectType, ...] = ()
KINDS: tuple[Kind, ...] = ()
