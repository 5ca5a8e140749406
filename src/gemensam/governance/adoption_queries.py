"""Readers of antagande: how the members stand to the documents on a day, and each member's chain."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.governance.document_queries import DocumentShown, list_documents_for
from gemensam.governance.domain import standing as s
from gemensam.governance.domain.chain import Cell, cells_of, state_of
from gemensam.governance.domain.decisions import REGISTERED, DecisionData
from gemensam.governance.domain.documents import FOR_ADOPTION, Link
from gemensam.governance.domain.routes import Route, own_route, route_for
from gemensam.governance.domain.rules import UNSAID, day_of
from gemensam.governance.domain.standing import Standing, Taken, facts_of, standing_on
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import Organisation, members
from gemensam.picture.lists import Lists

STANDING_SPACE = "standing"
LAST = 99  # the rank of a kind that no list has
FOUR_EYES, REMIND_AFTER = "four_eyes", "remind_after_days"


class Rules:
    """What the lists say of steps, outcomes, kinds of documents and routes; the newest, for one reading."""

    def __init__(self, lens: Lens) -> None:
        self.lists = Lists(lens.directory, lens.state(STANDING_SPACE)) if _reads_standing(lens) else None
        self.steps = self._items("decision_steps")
        self.stages = {item["code"]: str(item["stage"]) for item in self.steps}
        outcomes = self._items("decision_outcomes")
        self.counts = {item["code"]: str(item["counts"]) for item in outcomes}
        self.closing = frozenset(item["code"] for item in outcomes if item.get("closes"))
        self.routes = {item["code"]: item for item in self._items("decision_routes")}
        self.asked = frozenset(item["code"] for item in self._items("document_types") if item["adopted_by_members"])
        self.ranks = {item["code"]: int(item["rank"]) for item in self._items("document_types")}

    def setting(self, code: str) -> int:
        item = self.lists.item("adoption_settings", code) if self.lists is not None else None
        return int(item["value"]) if item is not None else 0

    @cached_property
    def four_eyes(self) -> bool:
        return bool(self.setting(FOUR_EYES))

    def _items(self, code: str) -> list[Mapping[str, Any]]:
        return self.lists.items(code) if self.lists is not None else []


def _reads_standing(lens: Lens) -> bool:
    return any(info.id == STANDING_SPACE for info in lens.spaces())


@dataclass(frozen=True, slots=True)
class Board:
    """Members × documents on a day; `standings` by (document's link, member)."""

    day: str
    documents: tuple[DocumentShown, ...]
    members: tuple[Organisation, ...]
    standings: Mapping[tuple[Link, str], Standing]
    decisions: Mapping[str, Thing]
    rules: Rules

    def of(self, document: DocumentShown, member: str) -> Standing:
        return self.standings[document.link, member]

    def basis(self, standing: Standing) -> DecisionData | None:
        """Return the step that a standing rests on."""
        thing = self.decisions.get(standing.basis)
        return thing.data if thing is not None else None

    def counted(self, document: DocumentShown) -> dict[str, int]:
        """Return how many members stand to a document in each way; those with none are left out."""
        found: dict[str, int] = {}
        for member in self.members:
            code = self.of(document, member.id).code
            found[code] = found.get(code, 0) + 1
        return found


def board_for(
    lens: Lens, day: str, moment: Moment | None = None, *, wanted: Sequence[Link] = (), only: str = ""
) -> Board:
    """Return the members' standing to the documents that members adopt, or to those wanted; of one member, or of all.

    `day` as 2023-02-01; `moment.knew_at`: from what had been entered by then.
    """
    rules = Rules(lens)
    everybody = tuple(each for each in members(lens.directory) if only in ("", each.id))
    documents = sorted(list_documents_for(lens, moment), key=lambda each: rules.ranks.get(each.data.type, LAST))
    asked = [each for each in documents if _is_asked(lens, each, rules, moment)]
    chosen = tuple(each for each in asked if not wanted or each.link in wanted)
    reading = _Reading(lens, moment, rules, day)
    for document in asked:
        reading.read(document)
    standings = {
        (document.link, member.id): reading.standing(document, member, asked)
        for document in chosen
        for member in everybody
    }
    return Board(day, chosen, everybody, standings, reading.decisions, rules)


def _is_asked(lens: Lens, document: DocumentShown, rules: Rules, moment: Moment | None) -> bool:
    sent = any(one.purpose == FOR_ADOPTION for one in document.data.sendings)
    state = lens.state(document.space, moment)
    return document.data.type in rules.asked or sent or state.size("decisions_of", document.subject) > 0


class _Reading:
    """The decisions of the documents at hand, by document and member, as the derivation sees them."""

    def __init__(self, lens: Lens, moment: Moment | None, rules: Rules, day: str) -> None:
        self._lens, self._moment, self._rules, self._day = lens, moment, rules, day
        self._taken: dict[tuple[Link, str], list[Taken]] = {}
        self._known: dict[tuple[Link, str], Standing] = {}
        self._gone_out: dict[Link, str] = {}  # first day on which any member took a step: it had gone out by then
        self.decisions: dict[str, Thing] = {}

    def read(self, document: DocumentShown) -> None:
        make = _taker(document, self._rules)
        things = self._lens.state(document.space, self._moment).group("decisions_of", document.subject)
        self._gone_out[document.link] = min((thing.data.date for thing in things if thing.data.date), default="")
        for thing in things:
            self.decisions[thing.subject] = thing
            self._taken.setdefault((document.link, thing.organisation), []).append(make(thing))

    def standing(self, document: DocumentShown, member: Organisation, asked: Iterable[DocumentShown]) -> Standing:
        key = document.link, member.id
        if key not in self._known:
            self._known[key] = Standing(s.NOT_STATED)  # while it is made: what replaces itself is none
            later = [each for each in asked if document.link in each.data.supersedes]
            replaced = any(self.standing(each, member, asked).in_force for each in later)
            preparing = route_of(self._lens, member, self._rules, document, self._moment).preparing
            facts = facts_of(document.data, member.id, self._taken.get(key, ()), preparing)
            facts = replace(facts, replaced=replaced, gone_out=self._gone_out.get(document.link, ""))
            self._known[key] = standing_on(facts, self._day)
        return self._known[key]


def _taker(document: DocumentShown, rules: Rules) -> Any:
    counts = s.counting(rules.counts, document.data)
    asked_twice = is_four_eyed(document, rules)

    def take(thing: Thing) -> Taken:
        data: DecisionData = thing.data
        return Taken(
            thing.subject, data.step, rules.stages.get(data.step, ""), data.outcome, counts.get(data.outcome, UNSAID),
            data.date, day_of(thing.created_clock.ms), data.outcome in rules.closing, data.conditional,
            bool(data.approved), state_of(data, four_eyes=asked_twice) == "stated" or not asked_twice, data.cites_until,
        )  # fmt: skip

    return take


def is_four_eyed(document: DocumentShown, rules: Rules) -> bool:
    """Return whether a registered decision counts only when another person has confirmed it."""
    return rules.four_eyes if document.data.four_eyes is None else document.data.four_eyes


def _own_route(lens: Lens, document: DocumentShown, member: str, moment: Moment | None) -> Any:
    beside = own_route(lens.state(document.space, moment), member, document.subject)
    return beside or (own_route(lens.state(STANDING_SPACE, moment), member) if _reads_standing(lens) else None)


def route_of(
    lens: Lens, member: Organisation, rules: Rules, document: DocumentShown | None = None, moment: Moment | None = None
) -> Route:
    """Return the route that a member goes, for a document or in general."""
    own = (
        _own_route(lens, document, member.id, moment)
        if document is not None
        else own_route(lens.state(STANDING_SPACE, moment), member.id)
    )
    return route_for(own, member.kind, rules.routes)


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One member's chain for a document, with its standing today."""

    member: Organisation
    route: Route
    cells: tuple[Cell, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class Chains:
    """Members × steps of one document; `steps` are the items that stand as columns."""

    document: DocumentShown
    steps: tuple[Mapping[str, Any], ...]
    rows: tuple[ChainRow, ...]
    board: Board


def chains_for(lens: Lens, document: DocumentShown, day: str, moment: Moment | None = None) -> Chains:
    """Return every member's chain for a document, in Swedish order of names."""
    board = board_for(lens, day, moment, wanted=[document.link])
    rules = board.rules
    by_member: dict[str, list[Thing]] = {}
    for thing in lens.state(document.space, moment).group("decisions_of", document.subject):
        by_member.setdefault(thing.organisation, []).append(thing)
    rows = []
    for member in board.members:
        route = route_of(lens, member, rules, document, moment)
        twice = is_four_eyed(document, rules)
        cells = cells_of(rules.steps, route, by_member.get(member.id, ()), four_eyes=twice)
        standing = board.standings.get((document.link, member.id), Standing(s.NOT_SENT))
        rows.append(ChainRow(member, route, cells, standing))
    return Chains(document, tuple(rules.steps), tuple(rows), board)


def get_decision_for(lens: Lens, space: str, subject: str, moment: Moment | None = None) -> Thing:
    """Return one step; raises `Refused("not_found")`."""
    thing = lens.state(space, moment).thing(subject)
    if thing is None or thing.type != "decision":
        raise Refused("not_found")
    return thing


def decisions_of_member(lens: Lens, member: str, moment: Moment | None = None) -> list[tuple[DocumentShown, Thing]]:
    """Return all that a member has decided, also what was taken back, the newest first; the undated last."""
    found = [
        (document, thing)
        for document in list_documents_for(lens, moment)
        for thing in lens.state(document.space, moment).group("decisions_ever_of", document.subject)
        if thing.organisation == member
    ]
    return sorted(found, key=lambda each: (each[1].data.date, each[1].created_clock), reverse=True)


def returned_to(lens: Lens, organisation: str) -> list[tuple[DocumentShown, Thing]]:
    """Return the steps that an organisation typed and a confirmer has returned, the oldest first."""
    found = [
        (document, thing)
        for document in list_documents_for(lens)
        for thing in lens.state(document.space).group("decisions_of", document.subject)
        if thing.data.is_returned and thing.data.by_organisation == organisation
    ]
    return sorted(found, key=lambda each: (each[1].data.registered_at, each[1].subject))


def waiting_for_confirmation(lens: Lens) -> list[tuple[DocumentShown, Thing]]:
    """Return the steps that another person has to confirm, the oldest first; those returned are not among them."""
    rules = Rules(lens)
    found = [
        (document, thing)
        for document in list_documents_for(lens)
        if is_four_eyed(document, rules)
        for thing in lens.state(document.space).group("decisions_of", document.subject)
        if thing.status == REGISTERED and thing.data.word is None
    ]
    return sorted(found, key=lambda each: (each[1].data.registered_at, each[1].subject))
