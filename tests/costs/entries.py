"""Entries of costs as the log would give them, for tests of the pure rules."""

from typing import Any

from gemensam.core.entry import Clock, Header
from gemensam.core.fold import Arrived
from gemensam.core.kinds import collect
from gemensam.costs.domain import KINDS

REGISTRY = collect(KINDS)
FIGURES = [{"kommunkod": "0114", "name": "A", "inhabitants": 3}, {"kommunkod": "0180", "name": "B", "inhabitants": 4}]
COMPUTED: dict[str, Any] = {
    "budget": 1000, "day": "2025-12-31", "source": "SCB", "figures": FIGURES, "key_version": 0, "key_name": "",
    "key_source": "", "parts": [], "rule": "largest_remainder",
    "municipal": [{"code": "0114", "amount": 214}, {"code": "0180", "amount": 286}], "other": [], "population": "p",
    "key": "",
}  # fmt: skip
PAYLOADS: dict[str, dict[str, Any]] = {
    "population.entered": {"day": "2025-12-31", "source": "SCB", "figures": FIGURES, "note": ""},
    "cost_key.set": {
        "name": "Nyckel", "source": "beslut", "version": 1,
        "parts": [{"organisation": "polisen", "name": "Polisen", "parts": 1}],
    },
    "cost_key.withdrawn": {"reason": "upphävd"},
    "budget.decided": {
        "year": 2026, "amount": 1000, "decided_by": "chefsgruppen", "decided_on": "", "reference": "", "note": "",
    },
    "budget.estimated": COMPUTED,
    "budget.settled": COMPUTED,
}  # fmt: skip


def entry(place: int, kind: str, organisation: str, *, subject: str = "a", node: str = "n1") -> Arrived:
    """An entry at a place in order."""
    header = Header(
        kind, 1, "standing", subject, organisation, organisation, "f", "", place, Clock(place, 0), (), (), 1, "", "p",
        node, 1, place, "", "k",
    )  # fmt: skip
    return Arrived(place, f"{node}/{place}/{kind}", header, dict(PAYLOADS[kind]))
