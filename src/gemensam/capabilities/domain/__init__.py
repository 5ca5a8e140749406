"""Grundförmågor: members' own assessments (G10): entries, states and rules. Pure.

What a member says of itself lies in three circles: its own (`assessments`), its own and the joint office's, and the
period's (`levels`). A wider one is told anew what the member has chosen to tell, and never names a narrower one.
"""

from gemensam.capabilities.domain import assessments, levels, rounds

TYPES = (*assessments.TYPES, *levels.TYPES, *rounds.TYPES)
KINDS = (*assessments.KINDS, *levels.KINDS, *rounds.KINDS)
