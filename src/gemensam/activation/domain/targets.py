"""Whom a larm is for: all, a level, a geographic group, an area of kommuner, or chosen ones (R2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.organisations.domain import Organisation, function
from gemensam.organisations.domain.reading import members
from gemensam.rosters.domain.reading import call_steps

ALL, LEVEL, GROUP, AREA, CHOSEN = "all", "level", "group", "area", "chosen"
KINDS_OF_TARGET = (ALL, LEVEL, GROUP, AREA, CHOSEN)


@dataclass(frozen=True)
class Target:
    """A choice of members. `codes`: levels, groups, kommuner (four digits) or organisations, by `kind`; none for all.

    An area means those who are its kommuner, and the rescue services that serve them. `name`: what the area is called
    where it was drawn on the map.
    """

    kind: str = ALL
    codes: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """A member that a larm is for, and its functions in the order in which they are reached."""

    organisation: str
    functions: tuple[str, ...]


def reached_by(directory: SpaceState, rosters: SpaceState, target: Mapping[str, Any], at: int) -> tuple[Reached, ...]:
    """Return the members of a choice with their call lists at an instant (ms UTC), in Swedish order of names.

    Of a member that another one covers for, that one's functions come first.
    Raises `Refused`: `target_unknown`, `target_empty`.
    """
    kind, codes = str(target["kind"]), frozenset(target["codes"])
    if kind not in KINDS_OF_TARGET:
        raise Refused("target_unknown", value=kind)
    chosen = [each for each in members(directory) if _is_meant(each, kind, codes, members(directory))]
    if kind == CHOSEN and (unknown := codes - {each.id for each in chosen}):
        raise Refused("target_unknown", value=", ".join(sorted(unknown)))
    found = tuple(
        Reached(each.id, _of_level_first(directory, call_steps(directory, rosters, each.id, at), kind, codes))
        for each in chosen
    )
    if not found:
        raise Refused("target_empty")
    return found


def _is_meant(one: Organisation, kind: str, codes: frozenset[str], everyone: Iterable[Organisation]) -> bool:
    match kind:
        case "group":
            return one.about.get("group") in codes
        case "area":
            serves = {_rescue(each) for each in everyone if each.kommunkod in codes}
            return one.kommunkod in codes or one.id in serves
        case "chosen":
            return one.id in codes
        case _:
            return True


def _rescue(one: Organisation) -> str:
    served_by = one.about.get("rescue")
    return str(served_by.get("organisation") or "") if isinstance(served_by, dict) else ""


def _of_level_first(
    directory: SpaceState, steps: tuple[str, ...], kind: str, codes: frozenset[str]
) -> tuple[str, ...]:  # fmt: skip
    """Return functions in order; of a level, those who represent it first (R6)."""
    if kind != LEVEL:
        return steps
    return tuple(sorted(steps, key=lambda each: codes.isdisjoint(_levels(directory, each))))


def _levels(directory: SpaceState, held: str) -> tuple[str, ...]:
    found = function(directory, held)
    return found.levels if found is not None else ()
