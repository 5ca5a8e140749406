"""Payloads of planning's entries, for tests of the pure fold and of the commands."""

from typing import Any

from tests.tables import Payloads

DAY = 86_400_000
# 6 June 2027, 15.00–18.00 in Stockholm.
MATCH: dict[str, Any] = {
    "title": "Derby", "kind": "match", "from_at": 1_812_286_800_000, "until_at": 1_812_297_600_000,
    "whole_days": False, "where": {"kommuner": ["0184"], "latitude": None, "longitude": None}, "place": "Arenan",
    "organiser": "", "effect": "Många resenärer", "source": "", "resources": ["polis"], "yearly_until": 0,
}  # fmt: skip
PAYLOADS: Payloads = {
    "known_event.entered": MATCH,
    "known_event.changed": {**MATCH, "reason": "ny tid"},
    "known_event.cancelled": {"reason": "inställt"},
    "known_event.planned": {"text": "Extra bussar", "attachments": []},
    "known_event.note_withdrawn": {"note": "digest-2", "reason": "fel"},
    "known_event.clash_accepted": {"key": "k", "reason": "det går"},
    "known_event.clash_reopened": {"key": "k", "reason": "det går inte"},
}
