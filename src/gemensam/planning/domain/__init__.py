"""Projects, known events and follow-up of agreements (G11–G13): entries, states and rules. Pure."""

from gemensam.planning.domain import follow_up_rules, known_event_rules, projects
from gemensam.planning.domain.follow_ups import FOLLOW_UP
from gemensam.planning.domain.known_events import KNOWN_EVENT

TYPES = (KNOWN_EVENT, projects.PROJECT, FOLLOW_UP)
KINDS = (*known_event_rules.KINDS, *projects.KINDS, *follow_up_rules.KINDS)
