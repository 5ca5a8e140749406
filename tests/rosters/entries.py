"""Entries of `rosters` and a small `directory` as the log would give them, for tests of the pure rules."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gemensam.core.entry import Clock, Header
from gemensam.core.fold import Arrived, fold
from gemensam.core.kinds import collect
from gemensam.core.policy import Principal, SpaceInfo
from gemensam.core.state import SpaceState
from gemensam.core.writing import Decision, Draft
from gemensam.organisations.domain import KINDS as ORGANISATIONS
from gemensam.rosters.domain import KINDS
from gemensam.rosters.domain.local import STOCKHOLM

REGISTRY, DIRECTORY_REGISTRY = collect(KINDS), collect(ORGANISATIONS)
OWNER, OTHER = "nacka", "taby"
HOUR, DAY = 3_600_000, 86_400_000
TIB, CHIEF, THEIRS = "nacka-tib", "nacka-chef", "taby-tib"


def at(text: str) -> int:
    """An instant from a local time such as `2026-11-29 18:00`."""
    return round(datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).timestamp() * 1000)


NOW = at("2026-11-29 18:00")
ADDRESSES = [{"channel": "sms", "value": "+46701740605"}, {"channel": "email", "value": "tib@nacka.example.org"}]
SHIFT: dict[str, Any] = {"function": TIB, "contact": "a", "from_at": NOW, "until_at": NOW + 12 * HOUR, "note": ""}
PAYLOADS: dict[str, dict[str, Any]] = {
    "call_list.set": {"steps": [TIB, CHIEF], "reserve_organisation": "ssbf", "reserve_text": "Vakthavande befäl"},
    "call_list.confirmed": {"tested": True, "note": ""},
    "duty_contact.set": {"label": "TiB-telefonen", "addresses": ADDRESSES, "standing_for": []},
    "duty_contact.withdrawn": {"reason": ""},
    "shift.planned": SHIFT,
    "shift.changed": {**SHIFT, "contact": "b"},
    "shift.cancelled": {"reason": ""},
    "shift.handed_over": {"contact": "b", "note": "Allt lugnt"},
    "cover.asked": {"by": OTHER, "from_at": NOW, "until_at": NOW + 7 * DAY, "note": ""},
    "cover.ended": {"note": ""},
    "cover.accepted": {"note": ""},
    "cover.declined": {"note": ""},
}


def entry(
    place: int, kind: str, organisation: str = OWNER, *, payload: Mapping[str, Any] | None = None, subject: str = "a",
    occurred_at: int | None = None, disposed: bool = False, node: str = "n1",
) -> Arrived:  # fmt: skip
    """An entry at a place in order; its own time is the place unless given."""
    said_at = place if occurred_at is None else occurred_at
    header = Header(
        kind, 1, "rosters", subject, organisation, organisation, f"{organisation}-tib", "", said_at, Clock(place, 0),
        (), (), 1, "", "p", node, 1, place, "", "k",
    )  # fmt: skip
    declared = REGISTRY.find(kind, 1)
    given = None if disposed else dict(PAYLOADS[kind] if payload is None else payload)
    return Arrived(place, f"{node}/{place}/{kind}", header, declared.for_fold(given) if declared else given)


def folded(*entries: Arrived) -> SpaceState:
    return fold("rosters", entries, REGISTRY)


class Roster:
    """Builds a state of `rosters` entry by entry, in the order given."""

    def __init__(self) -> None:
        self.entries: list[Arrived] = []

    def add(self, kind: str, subject: str, organisation: str = OWNER, said_at: int | None = None, **more: Any) -> None:
        payload = {**PAYLOADS[kind], **more}
        self.entries.append(
            entry(len(self.entries) + 1, kind, organisation, payload=payload, subject=subject, occurred_at=said_at)
        )

    def contact(self, subject: str, *standing_for: str, organisation: str = OWNER) -> None:
        self.add("duty_contact.set", subject, organisation, label=subject.upper(), standing_for=list(standing_for))

    def shift(self, subject: str, contact: str, span: tuple[int, int], function: str = TIB) -> None:
        self.add("shift.planned", subject, contact=contact, from_at=span[0], until_at=span[1], function=function)

    def state(self) -> SpaceState:
        return folded(*self.entries)


def directory() -> SpaceState:
    """Two members with their functions and one that helps."""
    made = []
    for organisation in (OWNER, OTHER, "ssbf"):
        reserve = {"organisation": "ssbf", "text": "Vakthavande befäl", "text_en": "Duty commander"}
        about = {"reserve_path": reserve}
        payload = {
            "name": organisation, "short": organisation, "kind": "kommun", "member": True, "insider": True,
            "about": about,
        }  # fmt: skip
        made.append(("organisation.joined", organisation, organisation, payload))
    for function, order in ((TIB, 1), (CHIEF, 2), (THEIRS, 1), ("nacka-lasare", None)):
        payload = {
            "name": function, "name_en": "", "roles": ["isk"], "levels": [], "about": {"call_order": order},
        }  # fmt: skip
        made.append(("function.created", function, function.partition("-")[0], payload))
    arrived = []
    for place, (kind, subject, organisation, payload) in enumerate(made, 1):
        template = entry(place, "cover.ended")
        header = template.header._replace(kind=kind, subject=subject, organisation=organisation)
        arrived.append(Arrived(place, f"d/{place}", header, payload))
    return fold("directory", arrived, DIRECTORY_REGISTRY)


DIRECTORY = directory()


def decision(
    kind: str, state: SpaceState, *, subject: str = "a", organisation: str = OWNER, by_function: str = TIB,
    permissions: frozenset[str] = frozenset({"read", "administer_own"}), occurred_at: int | None = None, **more: Any,
) -> Decision:  # fmt: skip
    """What a kind's `decide` is given for a payload, with some of its fields changed."""
    draft = Draft(kind, "rosters", subject, {**PAYLOADS[kind], **more}, occurred_at=occurred_at)
    return Decision(
        draft, Principal("1", organisation, by_function, permissions), organisation, SpaceInfo("rosters", "rosters"),
        state, DIRECTORY, NOW, "n1", lambda digests: {}, lambda space: state, lambda digests: {},
    )  # fmt: skip
