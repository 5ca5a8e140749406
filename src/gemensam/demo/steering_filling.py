"""The demonstration's steering documents and the members' known decisions on them: facts from public documents.

What is not stated there is not stated here. Nothing of it is invented.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from gemensam.core.policy import STANDING, Principal
from gemensam.core.writing import Receipt
from gemensam.demo.governing import OFFICE, STRATEGIST
from gemensam.demo.stage import ACCOUNT
from gemensam.governance.adoption_commands import register_decision, set_route
from gemensam.governance.document_commands import adopt_document, enter_document, send_document
from gemensam.governance.domain.decisions import DecisionGiven, DecisionTold, EarlierDecision
from gemensam.governance.domain.documents import (
    NOTHING,
    DocumentAdopted,
    DocumentGiven,
    DocumentPart,
    DocumentSent,
    DocumentTold,
    Link,
)
from gemensam.governance.domain.routes import RouteSet
from gemensam.governance.queries import list_periods_for
from gemensam.ledger.reading import Lens, lens_for
from gemensam.ledger.receipts import receipts_of
from gemensam.organisations.domain import members

REGISTRAR = "kansliet-registrerare"


def load_steering() -> Mapping[str, Any]:
    """Return the documents, routes and decisions."""
    data: Mapping[str, Any] = json.loads((files("gemensam.demo") / "steering.json").read_text(encoding="utf-8"))
    return data


def fill_steering(now: int) -> None:
    """Enter what is not there of documents, the network's own steps, routes and decisions. `now` in ms UTC."""
    filling = Filling(now, receipts_of(ACCOUNT))
    about = load_steering()
    for document in about["documents"]:
        filling.document(document)
    for route in about["routes"]:
        filling.route(route)
    for number, decision in enumerate(about["decisions"]):
        filling.decision(number, decision)


@dataclass(frozen=True)
class Filling:
    """Enters one thing after the other. `written`: receipts by key of what stands in the log already."""

    now: int
    written: Mapping[str, Receipt] = field(repr=False)
    links: dict[str, Link] = field(default_factory=dict)

    def _lens(self, function: str) -> Lens:
        return lens_for(Principal(ACCOUNT, OFFICE, function, frozenset()), self.now)

    def _space(self, lens: Lens, first_year: int | None) -> str:
        return next((each.id for each in list_periods_for(lens) if each.years.first_year == first_year), STANDING)

    def document(self, about: Mapping[str, Any]) -> None:
        """Enter a document with the network's own steps."""
        code, lens = about["code"], self._lens(STRATEGIST)
        key = f"governance/document/{code}"
        done = self.written.get(key)
        if done is None:
            done = enter_document(lens, self._space(lens, about.get("period")), self._given(about), key=key)
        self.links[code] = (done.space, done.subject)
        for number, one in enumerate(about.get("adopted", ())):
            if f"{key}/adopted/{number}" not in self.written:
                adopt_document(lens, *self.links[code], DocumentAdopted(**one), key=f"{key}/adopted/{number}")
        for number, one in enumerate(about.get("sent", ())):
            if f"{key}/sent/{number}" not in self.written:
                to = tuple(each.id for each in members(lens.directory))
                send_document(lens, *self.links[code], DocumentSent(to, **one), key=f"{key}/sent/{number}")

    def _given(self, about: Mapping[str, Any]) -> DocumentGiven:
        named = ("code", "type", "title", "version", "dated", "valid_from", "valid_until", "note")
        parts = tuple(DocumentPart(str(place), title) for place, title in enumerate(about.get("parts", ()), start=1))
        told = DocumentTold(**{name: about.get(name, "") for name in named}, parts=parts)
        replaced = tuple(self.links[code] for code in about.get("supersedes", ()))
        return DocumentGiven(told, self.links.get(about.get("part_of", ""), NOTHING), replaced)

    def route(self, about: Mapping[str, Any]) -> None:
        """Set a member's route for a document, as its own documents show it."""
        key = f"governance/route/{about['member']}"
        if key not in self.written:
            route = RouteSet(about["route"], official=about["official"])
            set_route(self._lens(REGISTRAR), about["member"], route, document=self.links[about["document"]], key=key)

    def decision(self, number: int, about: Mapping[str, Any]) -> None:
        """Register a member's step for it, as the joint office does."""
        key = f"governance/decision/{number}"
        if key in self.written:
            return
        space, document = self.links[about["document"]]
        told = {name: _told(name, value) for name, value in about.items() if name not in ("member", "document")}
        given = DecisionGiven(about["member"], document, DecisionTold(**told))
        register_decision(self._lens(REGISTRAR), space, given, key=key)


def _told(name: str, value: Any) -> Any:
    if name == "earlier_decisions":
        return tuple(EarlierDecision(**one) for one in value)
    return tuple(value) if isinstance(value, list) else value
