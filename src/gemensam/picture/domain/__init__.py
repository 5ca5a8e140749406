"""The entries, states and rules of reports, requests, pictures, cadences and contact: pure."""

from gemensam.picture.domain import (
    analysis,
    cadences,
    contacts,
    duplicates,
    excerpts,
    publishing,
    reports,
    requests,
    statements,
)

_ROOMS = (requests, reports, statements, publishing, excerpts, analysis, cadences, contacts, duplicates)
TYPES = tuple(found for room in _ROOMS for found in room.TYPES)
KINDS = tuple(found for room in _ROOMS for found in room.KINDS)
