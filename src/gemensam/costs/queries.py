"""Readers of costs: the years' budgets and each member's share of them. The whole network reads."""

from collections.abc import Mapping
from dataclasses import dataclass

from gemensam.core.moment import Moment
from gemensam.core.policy import STANDING
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.core.swedish import sort_key
from gemensam.costs.domain import budgets as b
from gemensam.costs.domain.budgets import Budget, Computed
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import organisation, organisations


@dataclass(frozen=True, slots=True)
class Line:
    """What a member pays, in öre; None where it has not been computed. `inhabitants` and `parts`: those that count."""

    organisation: str
    name: str
    kommunkod: str
    inhabitants: int | None
    parts: int | None
    estimated: int | None
    settled: int | None

    @property
    def amount(self) -> int | None:
        return self.settled if self.settled is not None else self.estimated

    @property
    def difference(self) -> int | None:
        if self.settled is None or self.estimated is None:
            return None
        return self.settled - self.estimated


@dataclass(frozen=True, slots=True)
class OwnShare:
    """A member's share of a year: final, or preliminary still."""

    budget: Budget
    line: Line

    @property
    def final(self) -> bool:
        return self.line.settled is not None


def reads_costs(lens: Lens) -> bool:
    return any(info.id == STANDING for info in lens.spaces())


def list_budgets_for(lens: Lens, moment: Moment | None = None) -> tuple[Budget, ...]:
    """Return the budgets, the last year first; none for who does not read the standing space."""
    return b.budgets(lens.state(STANDING, moment)) if reads_costs(lens) else ()


def get_budget_for(lens: Lens, year: int, moment: Moment | None = None) -> Budget:
    """Return a year's budget; raises `Refused("not_found")`."""
    found: Budget = budget_thing(lens.state(STANDING, moment), year).data
    return found


def budget_thing(state: SpaceState, year: int) -> Thing:
    """Return a year's budget as a thing of the space; raises `Refused("not_found")`."""
    thing = b.budget(state, year)
    if thing is None or not thing.data.year:
        raise Refused("not_found")
    return thing


def lines_of(directory: SpaceState, budget: Budget) -> list[Line]:
    """Return a line for each member that pays by either computation: municipalities first, in Swedish order."""
    bases = [computed.basis for computed in (budget.estimated, budget.settled) if computed is not None]
    names = {each.kommunkod: each.name for basis in bases for each in basis.figures}
    by_key = {each.organisation: each.name for basis in bases for each in basis.parts}
    ids = {each.kommunkod: each.id for each in organisations(directory) if each.kommunkod}
    codes = {ids.get(code, code): code for code in names}  # a municipality that has left is known by its code
    found = [_line(each, codes.get(each, ""), budget, _name(directory, each, by_key, names.get(codes.get(each, ""))))
             for each in {*codes, *by_key}]  # fmt: skip
    return sorted(found, key=lambda line: (not line.kommunkod, sort_key(line.name), line.organisation))


def _name(directory: SpaceState, member: str, by_key: Mapping[str, str], by_code: str | None) -> str:
    found = organisation(directory, member)
    return by_code or (found.short if found else by_key.get(member, member))


def line_of(directory: SpaceState, budget: Budget, member: str) -> Line | None:
    """Return a member's line of a year, or None where it pays nothing by either computation."""
    return next((line for line in lines_of(directory, budget) if line.organisation == member), None)


def own_share(lens: Lens, member: str, year: int) -> OwnShare | None:
    """Return a member's share of a year as far as it is known now."""
    found = next((each for each in list_budgets_for(lens) if each.year == year), None)
    line = line_of(lens.directory, found, member) if found is not None else None
    return OwnShare(found, line) if found is not None and line is not None and line.amount is not None else None


def _line(member: str, kommunkod: str, budget: Budget, name: str) -> Line:
    computed = budget.computed
    figures = {each.kommunkod: each.inhabitants for each in computed.basis.figures} if computed else {}
    parts = {each.organisation: each.parts for each in computed.basis.parts} if computed else {}
    return Line(
        member, name, kommunkod, figures.get(kommunkod), parts.get(member),
        _paid(budget.estimated, member, kommunkod), _paid(budget.settled, member, kommunkod),
    )  # fmt: skip


def _paid(computed: Computed | None, member: str, kommunkod: str) -> int | None:
    return computed.shares.of(member, kommunkod) if computed is not None else None
