"""Målbild: its text, målområden, goals and milestones of a period (G3, G4): entries, states and rules. Pure."""

from gemensam.objectives.domain import areas, drafting, milestones, schedule, versions

TYPES = (*versions.TYPES, *drafting.TYPES, *areas.TYPES, *milestones.TYPES, *schedule.TYPES)
KINDS = (*versions.KINDS, *drafting.KINDS, *areas.KINDS, *milestones.KINDS, *schedule.KINDS)
