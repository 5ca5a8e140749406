"""Regions as data: members, functions, roles and vocabularies that a network starts with (G15, R93).

A region is a folder of JSON files beside this module; README.md says what each holds. Nothing
here is law for a running network: `gemensam init` copies the region into its directory space,
and from then on the joint office changes it there, in the program.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from gemensam.regions.validation import Item, check_region

__all__ = ["Item", "Region", "load_region", "region_names"]


@dataclass(frozen=True, slots=True)
class Region:
    """A region's starting data, checked: every reference resolves and every shown text has both languages."""

    id: str
    about: Item
    organisations: tuple[Item, ...]
    functions: tuple[Item, ...]
    roles: tuple[Item, ...]
    permissions: tuple[Item, ...]
    vocabularies: Mapping[str, Item]
    bodies: tuple[Item, ...] = ()

    @property
    def members(self) -> tuple[Item, ...]:
        """The organisations that are members of the network, in the order of the file."""
        return tuple(item for item in self.organisations if item["member"])

    @property
    def demo_functions(self) -> tuple[Item, ...]:
        """The functions whose logins the demonstration prints."""
        return tuple(item for item in self.functions if item["demo_login"])

    def items(self, vocabulary: str) -> tuple[Item, ...]:
        """The items of one vocabulary, in its own order; raises KeyError for an unknown code."""
        return tuple(self.vocabularies[vocabulary]["items"])


def region_names() -> tuple[str, ...]:
    """The regions that come with the program, sorted."""
    folders = (entry for entry in files(__name__).iterdir() if entry.is_dir())
    return tuple(sorted(folder.name for folder in folders if (folder / "region.json").is_file()))


def load_region(name: str) -> Region:
    """Read and check one region; raises ValueError that names the file and the key at fault."""
    if name not in region_names():
        raise ValueError(f"{name}: no such region; there are {', '.join(region_names())}")
    return region_from(files(__name__) / name)


def region_from(folder: Traversable) -> Region:
    """Read and check the region in a folder, which may lie outside the program (a `pathlib.Path` will do)."""
    roles = _read(folder / "roles.json")
    region = Region(
        id=folder.name,
        about=_read(folder / "region.json"),
        organisations=_items(folder / "organisations.json"),
        functions=_items(folder / "functions.json"),
        roles=_list(roles, "items", "roles.json"),
        permissions=_list(roles, "permissions", "roles.json"),
        vocabularies=_vocabularies(folder / "vocabularies"),
        bodies=_items(folder / "bodies.json") if (folder / "bodies.json").is_file() else (),
    )
    check_region(region)
    return region


def _vocabularies(folder: Traversable) -> dict[str, Item]:
    if not folder.is_dir():
        raise ValueError("vocabularies: the folder is missing")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".json"))
    return {name.removesuffix(".json"): _read(folder / name) for name in names}


def _items(file: Traversable) -> tuple[Item, ...]:
    return _list(_read(file), "items", file.name)


def _list(data: Item, key: str, file: str) -> tuple[Item, ...]:
    items = data.get(key)
    if not isinstance(items, tuple) or not all(isinstance(item, dict) for item in items):
        raise ValueError(f"{file}: {key}: should be a list of objects")
    return items


def _read(file: Traversable) -> Item:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError) as error:
        raise ValueError(f"{file.name}: {error}") from error
    if not isinstance(data, dict):
        raise ValueError(f"{file.name}: should be an object")  # noqa: TRY004 - the file is at fault, not the caller
    return {key: _frozen(value) for key, value in data.items()}


def _frozen(value: Any) -> Any:
    """Lists become tuples, so that what one caller gets no other can change by accident."""
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return value
