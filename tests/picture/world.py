"""A space and a directory made of entries in memory: the pure rules of reporting are tried on them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from gemensam.core.entry import Clock, Header, Ref
from gemensam.core.fold import Arrived, fold
from gemensam.core.kinds import Kind, collect
from gemensam.core.policy import Principal, SpaceInfo
from gemensam.core.state import SpaceState, Thing
from gemensam.core.writing import Decision, Draft
from gemensam.ledger.registry import adapter
from gemensam.organisations.domain import KINDS as ORGANISATIONS
from gemensam.picture.domain import contacts, duplicates, reports, requests, statements
from gemensam.regions import load_region

REGISTRY = collect((*requests.KINDS, *reports.KINDS, *statements.KINDS, *contacts.KINDS, *duplicates.KINDS))
SPACE = "snow"
NOW = 1_800_000_000_000
MINUTE, HOUR = 60_000, 3_600_000


@cache
def directory() -> SpaceState:
    """The Stockholm region's organisations and lists, folded as a founded network has them."""
    region, entries = load_region("stockholm"), []
    for item in region.organisations:
        named = {name: item[name] for name in ("name", "short", "kind", "member")}
        about = {name: item[name] for name in ("rows", "kommunkod")}
        entries.append(("organisation.joined", item["id"], {**named, "insider": True, "about": about}))
    for code, found in region.vocabularies.items():
        given = {"code": code, "name": found["name"], "name_en": "", "items": found["items"], "source_note": ""}
        entries.append(("vocabulary.published", code, {**given, "version": 1, "reason": ""}))
    arrived = [
        Arrived(place, f"d{place}", header(kind, subject, "kansliet", at=place, space="directory"), payload)
        for place, (kind, subject, payload) in enumerate(entries, 1)
    ]
    return fold("directory", arrived, collect(ORGANISATIONS))


def header(kind: str, subject: str, organisation: str, *, at: int, space: str = SPACE, **more: Any) -> Header:
    given: dict[str, Any] = {
        "by_organisation": organisation, "function": f"{organisation}-tib", "via": "", "occurred_at": at, "refs": (),
        "marks": (), "circle": 1, "vocabulary": "", "payload": "p", "node": "n", "incarnation": 1, "number": at,
        "previous": "", "key": "k",
    }  # fmt: skip
    named = {"kind": kind, "version": 1, "space": space, "subject": subject, "organisation": organisation}
    return Header(clock=Clock(at, 0), **{**named, **given, **more})


@dataclass
class World:
    """The entries of one space so far, each decided as the log would."""

    entries: list[Arrived] = field(default_factory=list)
    now: int = NOW
    payloads: dict[str, Any] = field(default_factory=dict)

    @property
    def state(self) -> SpaceState:
        return fold(SPACE, self.entries, REGISTRY)

    def thing(self, subject: str) -> Thing:
        found = self.state.thing(subject)
        assert found is not None
        return found

    def decide(self, kind_name: str, subject: str, organisation: str, payload: Mapping[str, Any], **more: Any) -> Any:
        """Return the payload as the kind's rules complete it; raises `Refused`."""
        kind = REGISTRY.find(kind_name, 1)
        assert kind is not None
        return self._decided(kind, subject, organisation, payload, more)

    def write(self, kind_name: str, subject: str, organisation: str, payload: Mapping[str, Any], **more: Any) -> str:
        """Write an entry and return its digest."""
        completed = self.decide(kind_name, subject, organisation, payload, **more)
        return self.put(kind_name, subject, organisation, completed, **more)

    def put(self, kind_name: str, subject: str, organisation: str, payload: Any, **more: Any) -> str:
        """Add an entry as it is, undecided; `payload` None is one that has been disposed of."""
        self.now += 1
        number = len(self.entries) + 1
        made = header(kind_name, subject, organisation, at=more.pop("occurred_at", self.now), **more)
        made = made._replace(clock=Clock(self.now, 0), number=number)
        kind = REGISTRY.find(kind_name, 1)
        assert kind is not None
        self.entries.append(Arrived(number, f"e{number}", made, kind.for_fold(payload)))
        self.payloads[f"e{number}"] = payload
        return f"e{number}"

    def _decided(self, kind: Kind, subject: str, organisation: str, payload: Mapping[str, Any], more: Any) -> Any:
        validator: TypeAdapter[Any] = adapter(kind)
        complete = validator.dump_python(validator.validate_python(dict(payload), strict=False), mode="json")
        if kind.decide is None:
            return complete
        by, via = more.get("by_organisation", organisation), more.get("via", "")
        refs = more.get("refs", ())
        draft = Draft(kind.name, SPACE, subject, complete, refs=refs, organisation=organisation, via=via)
        permissions = frozenset({"report", "report_for_others", "confirm", "request"})
        who, space = Principal("a", by, f"{by}-tib", permissions), SpaceInfo(SPACE, "incident")
        state, load = self.state, lambda digests: {one: self.payloads.get(one) for one in digests}
        decision = Decision(
            draft, who, organisation, space, state, directory(), self.now, "n", load, lambda _space: state,
            lambda _digests: {},
        )  # fmt: skip
        return kind.decide(decision)


def answers(request: str) -> Ref:
    return Ref(reports.ANSWERS, SPACE, request)


def report(**more: Any) -> dict[str, Any]:
    """Return a small report's content."""
    return {"template": "full", "stated_at": NOW, "summary": "Snö.", **more}


def request(*asked: str, **more: Any) -> dict[str, Any]:
    """Return a request's content."""
    return {"purpose": "aktiverat", "template": "full", "deadline_at": NOW + HOUR, "asked": list(asked), **more}
