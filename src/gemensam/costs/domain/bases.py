"""What shares are made from: the figures of a day, and the key of the other half (G9). Both keep their history."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.core.entry import Header
from gemensam.core.kinds import GroupKey, Kind, SortKey, SubjectType
from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState, Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.costs.domain import rules
from gemensam.costs.domain.shares import Figure, Part
from gemensam.costs.domain.tables import MOST_INHABITANTS, MOST_PARTS, check_complete
from gemensam.organisations.domain import members

ENTERED, KEY_SET, KEY_WITHDRAWN = "population.entered", "cost_key.set", "cost_key.withdrawn"
POPULATIONS = "populations"


@dataclass(frozen=True)
class FigureGiven:
    """A municipality's inhabitants."""

    kommunkod: str
    name: str
    inhabitants: int


@dataclass(frozen=True)
class PopulationEntered:
    """The figures of a day (2025-12-31) for every municipality of the network, and where they come from."""

    day: str
    source: str
    figures: tuple[FigureGiven, ...]
    note: str = ""


@dataclass(frozen=True)
class PartGiven:
    """A member's parts of the other half."""

    organisation: str
    name: str
    parts: int


@dataclass(frozen=True)
class CostKeySet:
    """A version of the key; its number is the program's. `source`: the decision that it comes from."""

    name: str
    source: str
    parts: tuple[PartGiven, ...]
    version: int = 0


@dataclass(frozen=True)
class CostKeyWithdrawn:
    """No key holds any longer: the other half is not distributed."""

    reason: str


@dataclass(frozen=True, slots=True)
class Population:
    """The figures of a day as they were last entered; `entry` is the entry's digest."""

    day: str = ""
    source: str = ""
    figures: tuple[Figure, ...] = ()
    entry: str = ""

    @property
    def total(self) -> int:
        return sum(figure.inhabitants for figure in self.figures)


@dataclass(frozen=True, slots=True)
class Key:
    """The key as it was last set; without parts where none holds."""

    version: int = 0
    name: str = ""
    source: str = ""
    parts: tuple[Part, ...] = ()
    entry: str = ""


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    if thing.data.day:
        yield (POPULATIONS,), (thing.data.day,)


POPULATION = SubjectType(
    "population", Machine({("", ENTERED): "entered", ("entered", ENTERED): "entered"}), index=_index
)
KEY = SubjectType(
    "cost_key",
    Machine(
        {
            ("", KEY_SET): "set", ("set", KEY_SET): "set", ("set", KEY_WITHDRAWN): "withdrawn",
            ("withdrawn", KEY_SET): "set",
        }
    ),
)  # fmt: skip


def population_of(space: str, day: str) -> str:
    """Return the subject of a day's figures."""
    return f"population-{day}-{space}"


def key_of(space: str) -> str:
    """Return the subject of the key."""
    return f"cost-key-{space}"


def populations(state: SpaceState) -> tuple[Population, ...]:
    """Return the figures of every day, the earliest first."""
    return tuple(thing.data for thing in state.group(POPULATIONS))


def latest_population(state: SpaceState, day: str) -> Population | None:
    """Return the last figures known for a day or one before it."""
    return next((found for found in reversed(populations(state)) if found.day <= day), None)


def key_now(state: SpaceState) -> Key | None:
    """Return the key that holds, if one does."""
    thing = state.thing(key_of(state.space))
    return thing.data if thing is not None and thing.status == "set" and thing.data.parts else None


def _entered(_data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Population:
    if payload is None:
        return Population(entry=digest)
    figures = tuple(Figure(each["kommunkod"], each["name"], each["inhabitants"]) for each in payload["figures"])
    return Population(payload["day"], payload["source"], figures, digest)


def _set(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Key:
    if payload is None:
        return Key(entry=digest)
    parts = tuple(Part(each["organisation"], each["name"], each["parts"]) for each in payload["parts"])
    return Key(payload["version"], payload["name"], payload["source"], parts, digest)


def _withdrawn(data: Key, header: Header, digest: str, payload: Mapping[str, Any] | None) -> Key:
    return Key(version=data.version, entry=digest)


def _decide_entered(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `cost_day_wrong`, `cost_text_missing`, `text_too_long`, `population_missing`, `cost_figures`."""
    payload = decision.draft.payload
    day = rules.day_of(payload["day"])
    if (day.month, day.day) != (12, 31) or decision.draft.subject != population_of(
        decision.draft.space, payload["day"]
    ):
        raise Refused("cost_day_wrong", given=payload["day"])
    rules.check_texts(payload, needed=("source",), source=rules.NAME_MAX, note=rules.TEXT_MAX)
    here = rules.municipalities(decision.directory)
    figures = tuple(Figure(each["kommunkod"], each["name"], each["inhabitants"]) for each in payload["figures"])
    codes = [figure.kommunkod for figure in figures]
    sound = all(0 < figure.inhabitants <= MOST_INHABITANTS for figure in figures)
    if len(set(codes)) != len(codes) or not set(codes) <= set(here) or not sound:
        raise Refused("cost_figures")
    check_complete(figures, here)
    ordered = sorted(figures, key=lambda figure: figure.kommunkod)
    told = [{"kommunkod": each.kommunkod, "name": here[each.kommunkod], "inhabitants": each.inhabitants}
            for each in ordered]  # fmt: skip
    return {**payload, "figures": told}


def _decide_set(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `cost_text_missing`, `text_too_long`, `cost_figures`, `key_without_parts`."""
    payload = decision.draft.payload
    rules.check_texts(payload, needed=("name", "source"), name=rules.NAME_MAX, source=rules.NAME_MAX)
    named = {each.id: each.name for each in members(decision.directory)}
    parts = {each["organisation"]: each["parts"] for each in payload["parts"]}
    sound = all(0 <= each <= MOST_PARTS for each in parts.values())
    if len(parts) != len(payload["parts"]) or not set(parts) <= set(named) or not sound:
        raise Refused("cost_figures")
    if not any(parts.values()):
        raise Refused("key_without_parts")
    before = decision.thing.data.version if decision.thing is not None else 0
    told = [{"organisation": each, "name": named[each], "parts": parts[each]} for each in sorted(parts)]
    return {**payload, "parts": told, "version": before + 1}


def _decide_withdrawn(decision: Decision) -> Mapping[str, Any]:
    """Raise `Refused`: `cost_text_missing`, `text_too_long`."""
    rules.check_texts(decision.draft.payload, needed=("reason",), reason=rules.TEXT_MAX)
    return decision.draft.payload


TYPES = (POPULATION, KEY)
KINDS = (
    Kind(ENTERED, 1, POPULATION, PopulationEntered, rules.GOVERN, _entered, spaces=rules.HERE, decide=_decide_entered,
         disposable=False),
    Kind(KEY_SET, 1, KEY, CostKeySet, rules.GOVERN, _set, spaces=rules.HERE, decide=_decide_set, disposable=False),
    Kind(KEY_WITHDRAWN, 1, KEY, CostKeyWithdrawn, rules.GOVERN, _withdrawn, spaces=rules.HERE,
         decide=_decide_withdrawn, folds_payload=False),
)  # fmt: skip
