"""A step of a member and its route in words, for pages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gemensam.core.moment import Moment
from gemensam.core.state import Thing
from gemensam.governance import adoption_labels as labels
from gemensam.governance.adoption_queries import Board, Rules, is_four_eyed
from gemensam.governance.adoption_words import word
from gemensam.governance.document_queries import DocumentShown
from gemensam.governance.domain import standing as s
from gemensam.governance.domain.chain import STATED, state_of
from gemensam.governance.domain.decisions import WITHDRAWN, DecisionData
from gemensam.governance.domain.routes import Route, RouteData, own_route
from gemensam.ledger.reading import Lens

TEXTS = ("body", "date", "paragraph", "diarienummer", "title", "conditions", "proposed_to")
TRUTHS = ("approved_by_director", "immediately_adjusted")
LISTS = ("attachments", "send_to")


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A step in one line: what, by whom, and whether it counts. `doubt`: not confirmed, returned, taken back."""

    document: DocumentShown
    thing: Thing
    step: str
    outcome: str
    is_proposal: bool
    doubt: str

    @property
    def data(self) -> DecisionData:
        data: DecisionData = self.thing.data
        return data

    @property
    def url(self) -> str:
        return f"/spaces/{self.document.space}/decisions/{self.thing.subject}/"


def decision_line(document: DocumentShown, thing: Thing, rules: Rules) -> DecisionLine:
    """Return a step in words."""
    data: DecisionData = thing.data
    return DecisionLine(
        document, thing, word(rules, "decision_steps", data.step), word(rules, "decision_outcomes", data.outcome),
        rules.stages.get(data.step) == s.PROPOSAL, doubt_of(document, thing, rules),
    )  # fmt: skip


def doubt_of(document: DocumentShown, thing: Thing, rules: Rules) -> str:
    """Return why a step does not simply stand, or ""."""
    if thing.status == WITHDRAWN:
        return pgettext("step", "taken back")
    state = state_of(thing.data, four_eyes=is_four_eyed(document, rules))
    return "" if state == STATED else str(labels.CELL[state])


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field of a step: its words, how sure it is, where it was read, and the text it was read from."""

    name: str
    value: str
    lines: tuple[str, ...]
    certainty: str
    place: str
    quote: str

    @property
    def is_stated(self) -> bool:
        return bool(self.value or self.lines)


def fields_shown(payload: Mapping[str, Any], rules: Rules) -> list[FieldShown]:
    """Return every field of a step, the missing ones too: *ej angivet* is said."""
    read = {one["field"]: one for one in payload.get("fields_read", ())}
    return [_field(name, value, lines, read.get(name)) for name, value, lines in _values(payload, rules)]


def _values(payload: Mapping[str, Any], rules: Rules) -> Iterator[tuple[str, str, Iterable[str]]]:
    yield "step", word(rules, "decision_steps", payload.get("step", "")), ()
    yield "outcome", word(rules, "decision_outcomes", payload.get("outcome", "")), ()
    for name in TEXTS:
        text = payload.get(name, "")
        yield name, f"§ {text}" if name == "paragraph" and text else text, ()
    for name in TRUTHS:
        yield name, {True: _("Yes"), False: _("No"), None: ""}[payload.get(name)], ()
    for name in LISTS:
        yield name, "", payload.get(name) or ()
    yield "earlier_decisions", "", [_earlier(one) for one in payload.get("earlier_decisions", ())]


def _earlier(one: Mapping[str, str]) -> str:
    mark = f"§ {one['paragraph']}" if one["paragraph"] else ""
    return " ".join(filter(None, [one["body"], one["date"], mark, one["diarienummer"]]))


def _field(name: str, value: str, lines: Iterable[str], read: Mapping[str, Any] | None) -> FieldShown:
    certainty = str(labels.CERTAINTY.get(read["certainty"], read["certainty"])) if read else ""
    place = ""
    if read and (read["page"] or read["line"]):
        place = _("page %(page)s, line %(line)s") % {"page": read["page"] or "–", "line": read["line"] or "–"}
    return FieldShown(str(labels.FIELDS[name]), value, tuple(lines), certainty, place, read["quote"] if read else "")


@dataclass(frozen=True, slots=True)
class RouteShown:
    """A member's route in words; `is_own` False: a proposal that nobody has confirmed."""

    steps: tuple[tuple[str, bool], ...]
    official: str
    is_own: bool


def route_shown(route: Route, rules: Rules) -> RouteShown:
    steps = tuple((word(rules, "decision_steps", step, "short"), step in route.deciding) for step in route.steps)
    return RouteShown(steps, route.official, route.is_own)


def own_routes(
    lens: Lens, member: str, board: Board, moment: Moment | None = None
) -> list[tuple[DocumentShown, RouteShown]]:
    """Return the routes that a member has set for single documents."""
    found = [
        (document, own_route(lens.state(document.space, moment), member, document.subject))
        for document in board.documents
    ]
    return [(document, _own_shown(own, board.rules)) for document, own in found if own is not None]


def _own_shown(own: RouteData, rules: Rules) -> RouteShown:
    return route_shown(Route(own.route, own.steps, own.deciding, own.official, is_own=True), rules)
