"""Entries of governance as the log would give them, for tests of the pure fold."""

from collections.abc import Mapping
from typing import Any

from gemensam.core.entry import Clock, Header, Ref
from gemensam.core.fold import Arrived, fold
from gemensam.core.kinds import collect
from gemensam.core.state import SpaceState
from gemensam.governance.domain import KINDS
from gemensam.governance.domain.rules import DECIDES

REGISTRY = collect(KINDS)
SPACE, OWNER = "s", "kansliet"
PARTIES = ("kansliet", "nacka", "taby")
DOCUMENT: dict[str, Any] = {
    "code": "M23", "type": "malbild", "title": "Målbild 2023–2026", "version": "1.0", "dated": "",
    "valid_from": "2023-01-01", "valid_until": "2026-12-31", "parts": [], "files": [], "note": "",
}  # fmt: skip
STEP: dict[str, Any] = {
    "step": "styrelse", "outcome": "antar", "body": "Kommunstyrelsen", "date": "2023-06-07", "paragraph": "13",
    "diarienummer": "KS-2023/780", "title": "", "conditions": "", "proposed_to": "", "approved_by_director": None,
    "immediately_adjusted": None, "attachments": None, "send_to": None, "earlier_decisions": [], "file": "",
    "file_name": "", "sha256": "", "fields_read": [], "note": "",
}  # fmt: skip
PAYLOADS: dict[str, dict[str, Any]] = {
    "period.dated": {"first_year": 2023, "last_year": 2026},
    "document.entered": DOCUMENT,
    "document.revised": DOCUMENT,
    "document.sent": {"to": ["nacka", "taby"], "on": "2023-03-13", "answer_by": "", "purpose": "adoption"},
    "document.adopted": {"body": "regionala_chefsgruppen", "on": "2023-03-10", "reference": "", "note": ""},
    "document.step_taken_back": {"step": "none", "reason": "fel"},
    "document.adoption_ruled": {"counts": [{"outcome": "noterar", "counts": "yes"}], "four_eyes": True},
    "document.withdrawn": {"reason": "ersatt", "on": "2026-12-31"},
    "route.set": {"route": "", "steps": ["chef", "delges"], "deciding": ["chef"], "official": "stadsdirektör"},
    "decision.registered": STEP,
    "decision.corrected": STEP,
}


def about(document: str = "doc") -> tuple[Ref, ...]:
    return (Ref(DECIDES, SPACE, document),)


def entry(
    place: int, kind: str, organisation: str = OWNER, *, payload: Mapping[str, Any] | None = None, subject: str = "a",
    refs: tuple[Ref, ...] = (), node: str = "n1", disposed: bool = False,
) -> Arrived:  # fmt: skip
    """Return an entry at a place in order, as the fold is given it."""
    header = Header(
        kind, 1, SPACE, subject, organisation, organisation, f"{organisation}-registrerare", "", place,
        Clock(place, 0), refs, (), 1, "", "p", node, 1, place, "", "k",
    )  # fmt: skip
    whole = None if disposed else dict(payload if payload is not None else PAYLOADS.get(kind, {}))
    return Arrived(place, f"{node}/{place}/{kind}", header, REGISTRY.kinds[kind, 1].for_fold(whole))


def folded(*entries: Arrived) -> SpaceState:
    return fold(SPACE, entries, REGISTRY)
