"""Payloads of every kind of this room, as the log would give them, for tests of the pure fold."""

from typing import Any

from gemensam.core.kinds import collect
from gemensam.objectives.domain import KINDS

REGISTRY = collect(KINDS)
SECTIONS = [{"code": "a1", "part": "malsattningar", "heading": "A", "paragraphs": [{"code": "p1", "text": "B"}]}]
MILESTONE: dict[str, Any] = {
    "title": "Reservväg provad", "area": "o", "goal": "", "level": "verkstallande", "due": "2027-06-30",
    "concerns": [], "number": 1,
}  # fmt: skip
ACTIVITY: dict[str, Any] = {
    "title": "Prov", "area": "o", "year": 2027, "quarter": 2, "responsible": "", "state": "planerad",
}  # fmt: skip
PAYLOADS: dict[str, Any] = {
    "vision_version.published": {"kind": "antagande", "title": "Målbild", "sections": SECTIONS, "number": 1},
    "vision_version.withdrawn": {"reason": "fel"},
    "revision.written": {
        "title": "Utkast", "sections": SECTIONS, "number": 1, "last_section": 1, "last_paragraph": 1, "changed": "",
    },
    "draft_comment.made": {"paragraph": "p1", "text": "Otydligt"},
    **{
        f"draft_comment.{verb}": {"text": "ja"}
        for verb in ("resolved", "reopened", "withdrawn", "answered", "settled")
    },
    **{f"area.{verb}": {"title": "Robusthet", "order": 1, "text": ""} for verb in ("added", "changed")},
    **{f"goal.{verb}": {"title": "Mål", "area": "o", "text": "", "traces": []} for verb in ("added", "changed")},
    **{f"activity.{verb}": ACTIVITY for verb in ("added", "changed")},
    **{f"milestone.{verb}": MILESTONE for verb in ("added", "changed")},
    **{f"{noun}.withdrawn": {"reason": "fel"} for noun in ("area", "goal", "activity", "milestone")},
    "milestone.stated": {"state": "natt", "evidence": "Provad", "on": "2027-05-01", "note": ""},
    "schedule_step.done": {"on": "2026-01-01", "note": ""},
    "schedule_step.reopened": {"reason": "fel"},
}  # fmt: skip
