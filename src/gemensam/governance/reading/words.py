"""The words and the network as data: words.json of this room, decisions.json and the organisations of a region."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from gemensam.governance.reading.domain.grammar import Grammar, grammar
from gemensam.governance.reading.domain.words import Known, KnownOrganisation, Words
from gemensam.regions import Region, load_region


@cache
def grammar_of_region(name: str) -> Grammar:
    """Return the patterns for the network of a region; raises ValueError for a region that is not whole."""
    return grammar(words(), known_of(load_region(name)))


def words() -> Words:
    """Return the words of decision documents."""
    told = json.loads((files(__package__) / "words.json").read_text(encoding="utf-8"))
    return Words(**{key: _frozen(value) for key, value in told.items()})


def known_of(region: Region) -> Known:
    """Return what a region's data tells of its network."""
    file = files("gemensam.regions") / region.id / "decisions.json"
    told = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    others = told.get("other_names", {})
    organisations = tuple(
        KnownOrganisation(item["name"], tuple(others.get(item["id"], ())))
        for item in region.organisations
        if item["member"]
    )
    short = str(region.about["short"])
    names = (str(region.about["name"]), *told.get("network_names", ()))
    return Known(names, short, tuple(told.get("bodies", ())), organisations)


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(part) for part in value)
    if isinstance(value, dict):
        return {key: _frozen(part) for key, part in value.items()}
    return value
