"""The network as its directory has it now, with what its region's data tells of names, steps and outcomes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from django.conf import settings

from gemensam.core.state import SpaceState
from gemensam.governance.reading.domain.grammar import Grammar, grammar
from gemensam.governance.reading.domain.words import Known, KnownOrganisation
from gemensam.governance.reading.words import known_of, words
from gemensam.organisations.domain import members
from gemensam.regions import Region, load_region, region_names

Names = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """How what was read becomes codes of the lists `decision_steps` and `decision_outcomes`."""

    steps: tuple[Mapping[str, Any], ...]
    outcomes: Mapping[str, str]


def names_of_members(directory: SpaceState) -> dict[str, tuple[str, ...]]:
    """Return each member's name and the other ways to write it."""
    region = _region(frozenset(member.id for member in members(directory)))
    others = _told(region.id).get("other_names", {}) if region else {}
    return {member.id: (member.name, *others.get(member.id, ())) for member in members(directory)}


def grammar_of(directory: SpaceState) -> Grammar:
    """Return the patterns for this network; the same as long as no member is renamed, joins or leaves."""
    return _grammar(tuple(names_of_members(directory).items()))


def mapped(directory: SpaceState) -> Mapped:
    """Return the rules for steps and outcomes; none where the region has none."""
    region = _region(frozenset(member.id for member in members(directory)))
    told = _told(region.id) if region else {}
    return Mapped(tuple(told.get("steps", ())), told.get("outcomes", {}))


@lru_cache(maxsize=4)
def _grammar(names: Names) -> Grammar:
    region = _region(frozenset(member for member, _told_names in names))
    known = known_of(region) if region else Known((settings.GEMENSAM_NETWORK_NAME,), "", (), ())
    organisations = tuple(KnownOrganisation(told[0], told[1:]) for _member, told in names)
    return grammar(words(), Known(known.network, known.short, known.bodies, organisations))


@lru_cache(maxsize=4)
def _region(ids: frozenset[str]) -> Region | None:
    """Return the region that the members were founded from: the one that has most of them."""
    regions = [load_region(name) for name in region_names()]
    shared = {region.id: len(ids & {item["id"] for item in region.organisations}) for region in regions}
    found = max(regions, key=lambda region: shared[region.id], default=None)
    return found if found and shared[found.id] else None


@cache
def _told(region: str) -> Mapping[str, Any]:
    file = files("gemensam.regions") / region / "decisions.json"
    told: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return told
