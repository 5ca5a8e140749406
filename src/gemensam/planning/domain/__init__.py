"""Projects, known events and follow-up of agreements (G11–G13): entries, states and rules. Pure."""

from gemensam.planning.domain import known_event_rules
from gemensam.planning.domain.known_events import KNOWN_EVENT

TYPES = (KNOWN_EVENT,)
KINDS = known_event_rules.KINDS
