"""A year's budget and its shares: preliminary on the last figures known, final on those of its start (G9, 13.7).

A computation is self-contained: budget, figures, their day and source, key, rule and shares stand in the entry, so that
it can be made again for ever and gives the same. It is computed under the log's lock, from what stands in the space.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gemensam.core.entry import Header
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.costs.domain import rules
from gemensam.costs.domain.bases import FigureGiven, Key, PartGiven, Population, key_now, latest_population
from gemensam.costs.domain.shares import RULE, Basis, Figure, Part, Shares, check_budget, compute, reference_day_of
from gemensam.costs.domain.tables import check_complete

DECIDED, ESTIMATED, SETTLED = "budget.decided", "budget.estimated", "budget.settled"
BUDGETS = "budgets"


@dataclass(frozen=True)
class BudgetDecided:
    """A year's budget in öre. `decided_on`: a day, or "" where it is not known; `decided_by`: which body."""

    year: int
    amount: int
    decided_by: str
    decided_on: str = ""
    reference: str = ""
    note: str = ""


@dataclass(frozen=True)
class ShareGiven:
    """What a kommunkod or an organisation pays, in öre."""

    code: str
    amount: int


@dataclass(frozen=True)
class SharesComputed:
    """The shares and all that they are made from; everything is filled in by the program under the lock.

    `population` and `key` name the entries that the figures and the key were taken from; without a key the other half
    is not distributed.
    """

    budget: int = 0
    day: str = ""
    source: str = ""
    figures: tuple[FigureGiven, ...] = ()
    key_version: int = 0
    key_name: str = ""
    key_source: str = ""
    parts: tuple[PartGiven, ...] = ()
    rule: str = RULE
    municipal: tuple[ShareGiven, ...] = ()
    other: tuple[ShareGiven, ...] = ()
    population: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Computed:
    """A computation as its entry has it. `at` in ms UTC."""

    entry: str
    at: int
    basis: Basis
    day: str
    source: str
    key_version: int
    key_name: str
    key_source: str
    municipal: tuple[tuple[str, int], ...]
    other: tuple[tuple[str, int], ...]

    @property
    def shares(self) -> Shares:
        """The shares as they were written."""
        return Shares(self.basis.budget, dict(self.municipal), dict(self.other) if self.basis.parts else None)

    def holds(self) -> bool:
        """Whether computing it again from its own basis gives the same."""
        try:
            return compute(self.basis) == self.shares
        except Refused:
            return False


@dataclass(frozen=True, slots=True)
class Budget:
    """A year's budget as it was last decided, with its last preliminary and its last final shares."""

    year: int = 0
    amount: int = 0
    decided_by: str = ""
    decided_on: str = ""
    reference: str = ""
    estimated: Computed | None = None
    settled: Computed | None = None

    @property
    def computed(self) -> Computed | None:
        """The shares that count: the final ones where there are any."""
        return self.settled or self.estimated

    @property
    def moved(self) -> bool:
        """Whether another budget has been decided since the shares that count were computed."""
        return self.computed is not None and self.computed.basis.budget != self.amount

    def difference(self, organisation: str, kommunkod: str) -> int | None:
        """Return what a member's final share is above (or below) its preliminary one, in öre."""
        if self.settled is None or self.estimated is None:
            return None
        return self.settled.shares.of(organisation, kommunkod) - self.estimated.shares.of(organisation, kommunkod)


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    if thing.data.year:
        yield (BUDGETS,), (thing.data.year,)


BUDGET = SubjectType(
    "budget",
    Machine(
        {
            ("", DECIDED): "decided", ("decided", DECIDED): "decided",
            ("decided", ESTIMATED): "estimated", ("decided", SETTLED): "settled",
            ("estimated", DECIDED): "estimated", ("estimated", ESTIMATED): "estimated",
            ("estimated", SETTLED): "settled",
            ("settled", DECIDED): "settled", ("settled", SETTLED): "settled",
        }
    ),
    index=_index,
)  # fmt: skip


def budget_of(space: str, year: int) -> str:
    """Return the subject of a year's budget."""
    return f"budget-{year}-{space}"


def budgets(state: SpaceState) -> tuple[Budget, ...]:
    """Return the budgets, the last year first."""
    return tuple(thing.data for thing in reversed(state.group(BUDGETS)))


def budget(state: SpaceState, year: int) -> Thing | None:
    """Return a year's budget as a thing of the space."""
    return state.thing(budget_of(state.space, year))


def _decided(data: Budget | None, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Budget:
    before = data or Budget()
    if payload is None:
        return before
    return replace(
        before, year=payload["year"], amount=payload["amount"], decided_by=payload["decided_by"],
        decided_on=payload["decided_on"], reference=payload["reference"],
    )  # fmt: skip


def computed_from(payload: Mapping[str, Any], *, entry: str = "", at: int = 0) -> Computed:
    """Return a computation out of its payload; `at` in ms UTC."""
    figures = tuple(Figure(each["kommunkod"], each["name"], each["inhabitants"]) for each in payload["figures"])
    parts = tuple(Part(each["organisation"], each["name"], each["parts"]) for each in payload["parts"])
    return Computed(
        entry, at, Basis(payload["budget"], figures, parts, payload["rule"]), payload["day"],
        payload["source"], payload["key_version"], payload["key_name"], payload["key_source"],
        _pairs(payload["municipal"]), _pairs(payload["other"]),
    )  # fmt: skip


def _pairs(shares: Any) -> tuple[tuple[str, int], ...]:
    return tuple((each["code"], each["amount"]) for each in shares)


def _estimated(data: Budget, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Budget:
    return replace(data, estimated=computed_from(payload, entry=digest, at=header.occurred_at)) if payload else data


def _settled(data: Budget, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Budget:
    return replace(data, settled=computed_from(payload, entry=digest, at=header.occurred_at)) if payload else data


def _decide_decided(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `budget_year_wrong`, `cost_day_wrong`, `cost_text_missing`, `text_too_long`, `budget_…`."""
    payload = decision.draft.payload
    year = payload["year"]
    if not rules.FIRST_YEAR <= year <= rules.LAST_YEAR or decision.draft.subject != budget_of(
        decision.draft.space, year
    ):
        raise Refused("budget_year_wrong", first=rules.FIRST_YEAR, last=rules.LAST_YEAR)
    check_budget(payload["amount"])
    if payload["decided_on"]:
        rules.day_of(payload["decided_on"])
    rules.check_texts(
        payload, needed=("decided_by",), decided_by=rules.NAME_MAX, reference=rules.NAME_MAX, note=rules.TEXT_MAX
    )
    return payload


def _decide_estimated(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `budget_missing`, `population_unknown`, `population_missing`, `cost_figures`."""
    found = _budget(decision)
    return computation(found.amount, _population(decision, found, final=False), key_now(decision.state))


def _decide_settled(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: as a preliminary one, and `population_not_yet`."""
    found = _budget(decision)
    return computation(found.amount, _population(decision, found, final=True), key_now(decision.state))


def _budget(decision: Decision) -> Budget:
    thing = decision.thing
    if thing is None or not thing.data.year:
        raise Refused("budget_missing")
    found: Budget = thing.data
    return found


def _population(decision: Decision, found: Budget, *, final: bool) -> Population:
    wanted = reference_day_of(found.year).isoformat()
    known = latest_population(decision.state, wanted)
    if known is None:
        raise Refused("population_unknown", day=wanted)
    if final and known.day != wanted:
        raise Refused("population_not_yet", day=wanted, known=known.day)
    here = rules.municipalities(decision.directory)
    check_complete(known.figures, here)
    if any(figure.kommunkod not in here for figure in known.figures):
        raise Refused("cost_figures")
    return known


def computation(amount: int, population: Population, key: Key | None) -> dict[str, Any]:
    """Return the payload of a computation: the basis, copied, and the shares that it gives."""
    key = key or Key()
    shares = compute(Basis(amount, population.figures, key.parts))
    return {
        "budget": amount, "day": population.day, "source": population.source, "rule": RULE,
        "figures": [{"kommunkod": each.kommunkod, "name": each.name, "inhabitants": each.inhabitants}
                    for each in population.figures],
        "key_version": key.version if key.parts else 0, "key_name": key.name, "key_source": key.source,
        "parts": [{"organisation": each.organisation, "name": each.name, "parts": each.parts} for each in key.parts],
        "municipal": _given(shares.municipal), "other": _given(shares.other or {}),
        "population": population.entry, "key": key.entry if key.parts else "",
    }  # fmt: skip


def _given(shares: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"code": code, "amount": amount} for code, amount in shares.items()]


TYPES = (BUDGET,)
KINDS = (
    Kind(DECIDED, 1, BUDGET, BudgetDecided, rules.GOVERN, _decided, spaces=rules.HERE, decide=_decide_decided,
         disposable=False),
    Kind(ESTIMATED, 1, BUDGET, SharesComputed, rules.GOVERN, _estimated, spaces=rules.HERE, decide=_decide_estimated,
         disposable=False, publishes=True),
    Kind(SETTLED, 1, BUDGET, SharesComputed, rules.GOVERN, _settled, spaces=rules.HERE, decide=_decide_settled,
         disposable=False, publishes=True),
)  # fmt: skip
