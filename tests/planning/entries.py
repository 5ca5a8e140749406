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
PROJECT: dict[str, Any] = {
    "title": "Cybersäkerhet", "purpose": "Tåligare system", "goal": "", "goal_text": "", "invited": ["taby"],
    "steps": [{"text": "Kartlägga", "due_on": "2027-03-01", "done_on": "", "code": ""}], "begins_on": "2027-01-01",
    "ends_on": "2028-12-31", "state": "ide",
}  # fmt: skip
QUESTIONS: list[dict[str, Any]] = [
    {"code": "foljs", "kind": "choice", "text": "Följs den?", "text_en": "", "required": True,
     "choices": [{"code": "ja", "text": "Ja", "text_en": "Yes"}, {"code": "nej", "text": "Nej", "text_en": "No"}]},
    {"code": "antal", "kind": "number", "text": "Hur många?", "text_en": "", "choices": [], "required": False},
    {"code": "gjort", "kind": "text", "text": "Vad?", "text_en": "", "choices": [], "required": False},
]  # fmt: skip
FOLLOW_UP: dict[str, Any] = {
    "title": "Uppföljning", "about": "Överenskommelsen 2015", "template": "arlig", "year": 2026,
    "recipients": ["taby", "nacka"], "about_subject": "", "text": "", "due_at": 90, "questions": QUESTIONS,
}  # fmt: skip
PAYLOADS: Payloads = {
    "known_event.entered": MATCH,
    "known_event.changed": {**MATCH, "reason": "ny tid"},
    "known_event.cancelled": {"reason": "inställt"},
    "known_event.planned": {"text": "Extra bussar", "attachments": []},
    "known_event.note_withdrawn": {"note": "digest-2", "reason": "fel"},
    "known_event.clash_accepted": {"key": "k", "reason": "det går"},
    "known_event.clash_reopened": {"key": "k", "reason": "det går inte"},
    "project.opened": PROJECT,
    "project.changed": {**PROJECT, "reason": "ny tid"},
    "project.moved": {"state": "pagar", "reason": "", "result": ""},
    "project.joined": {"text": "med två personer"},
    "project.declined": {"text": ""},
    "project.left": {"text": ""},
    "follow_up.opened": FOLLOW_UP,
    "follow_up.extended": {"due_at": 190, "reason": "fler hinner", "added": ["solna"]},
    "follow_up.closed": {"reason": ""},
    "follow_up.answered": {"answers": [{"code": "foljs", "value": "ja"}], "note": ""},
    "follow_up.reported": {"version": 1},
}
