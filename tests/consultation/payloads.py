"""Payloads of this room's kinds, for folds and decisions."""

from typing import Any

SECTIONS = [
    {"code": "1", "title": "Inledning", "paragraphs": [{"code": "1.1", "text": "Aktörerna samverkar."}]},
    {
        "code": "2",
        "title": "Mål",
        "paragraphs": [
            {"code": "2.1", "text": "Alla övar varje år."},
            {"code": "2.2", "text": "Alla har reservkraft."},
        ],
    },
]
PREPARED: dict[str, Any] = {
    "title": "Målbild 2027–2030", "purpose": "Synpunkter på utkastet", "sections": SECTIONS,
    "members": ["nacka", "taby", "vaxholm"], "deadline_at": 10_000, "questions": ["Saknas något mål?"],
    "attachments": [], "source": "",
}  # fmt: skip
ANSWER: dict[str, Any] = {
    "answer": "tillstyrker_synpunkter", "text": "Bra. Mål 2.1 bör ändras.", "reason": "", "political_follows": None,
    "files": [], "body": "", "decided_on": "", "diary": "", "link_for": "",
}  # fmt: skip
VIEW: dict[str, Any] = {
    "paragraph": "2.1", "kind": "andring", "quote": "Mål 2.1 bör ändras.", "answer": "x", "file": "", "page": 0,
    "line_from": 2, "line_to": 2, "note": "",
}  # fmt: skip
REASON = {"reason": "Fel text"}
PAYLOADS: dict[str, dict[str, Any]] = {
    "registry.set": {
        "address": "registrator@exempel.se", "contact": "",
        "meetings": [{"body": "KSAU", "on": "2027-02-10", "papers_by": "2027-01-27"}],
    },
    "remiss.prepared": PREPARED,
    "remiss.changed": {**PREPARED, "title": "Målbild"},
    "remiss.sent": {"number": 1, "node": "n", "warned": []},
    "remiss.extended": {"deadline_at": 20_000, "reason": "Fler sammanträden"},
    "remiss.reminded": {"text": ""},
    "remiss.revised": {"sections": SECTIONS, "note": ""},
    "remiss.withdrawn": REASON,
    "remiss.answered": ANSWER,
    "view.marked": VIEW,
    "view.changed": {**VIEW, "paragraph": ""},
    "view.withdrawn": REASON,
    "response.given": {"outcome": "delvis", "text": "Ändras i 2.1"},
    "response.withdrawn": REASON,
    "remiss_summary.published": {"version": 1},
}  # fmt: skip
