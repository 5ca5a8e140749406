"""The lists (verksamheter, status, sources, …) that a space has pinned, with words in the reader's language."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.organisations.domain import VocabularyVersion, organisation, pinned_vocabulary
from gemensam.picture.place_words import Places
from gemensam.web import times
from gemensam.web.shapes import Value

Item = Mapping[str, Any]
OTHER_ROW = "annat"
STATUS, VALUES, RETURNS = "status", "values", "aterkommer"


def told(item: Item, name: str = "name") -> str:
    """Return a text of a list's item in the active language; Swedish where there is no other."""
    english = item.get(f"{name}_en", "") if (get_language() or "sv").startswith("en") else ""
    return str(english or item.get(name, ""))


class Lists:
    """Lists as a space uses them, for one drawing in one language.

    `pins`: the vocabulary digest of an entry's header, for its own time's lists.
    """

    def __init__(self, directory: SpaceState, state: SpaceState, pins: str = "") -> None:
        self.directory, self._state, self._pins = directory, state, pins
        self._found: dict[str, dict[str, Item]] = {}
        self._words: dict[tuple[str, str, str], str] = {}

    @property
    def key(self) -> tuple[object, ...]:
        """What the words of all lists depend on."""
        thing = self._state.thing(self._state.space)
        pins = getattr(thing.data, "pins", ()) if thing is not None else ()
        return (self.directory.position, pins, self._pins, get_language())

    def version(self, code: str) -> VocabularyVersion:
        return pinned_vocabulary(self.directory, self._state, code, self._pins)

    def name(self, code: str) -> str:
        """Return what a list is called; "" where the network has no such list."""
        try:
            found = self.version(code)
        except Refused:
            return ""
        return told({"name": found.name, "name_en": found.name_en})

    def items(self, code: str) -> list[Item]:
        """Return a list's items in their order; empty where the network has no such list."""
        return list(self._by_code(code).values())

    def item(self, code: str, value: str) -> Item | None:
        return self._by_code(code).get(value)

    def word(self, code: str, value: str, name: str = "name") -> str:
        """Return the word for a code, or the code itself where it is in no list."""
        known = self._words.get((code, value, name))
        if known is None:
            found = self.item(code, value)
            known = self._words[code, value, name] = told(found, name) if found is not None else value
        return known

    def choices(self, code: str) -> list[tuple[str, str]]:
        """Return (code, word) of what a person may choose: what only the program sets is left out."""
        return [(item["code"], told(item)) for item in self.items(code) if item.get("set_by") != "program"]

    def default(self, code: str) -> str:
        """Return the code that a list marks as its default, or ""."""
        return next((str(item["code"]) for item in self.items(code) if item.get("default")), "")

    def row(self, code: str, name: str = "name") -> str:
        """Return the name of a verksamhet, *Annat* included."""
        return told(OTHER, name) if code == OTHER_ROW else self.word("rows", code, name)

    @cached_property
    def places(self) -> Places:
        """The names of places, as they are now."""
        return Places(self.directory)

    def organisation(self, organisation_id: str) -> str:
        """Return an organisation's short name, or its id."""
        found = organisation(self.directory, organisation_id)
        return found.short if found is not None else organisation_id

    def organisation_name(self, organisation_id: str) -> str:
        found = organisation(self.directory, organisation_id)
        return found.name if found is not None else organisation_id

    def _by_code(self, code: str) -> dict[str, Item]:
        if code not in self._found:
            self._found[code] = self._load(code)
        return self._found[code]

    def _load(self, code: str) -> dict[str, Item]:
        try:
            return {item["code"]: item for item in self.version(code).items}
        except Refused:
            return {}


# The free row that always stands last (starter data 1): a list of the region cannot take it away.
OTHER: Item = {"code": OTHER_ROW, "name": "Annat", "name_en": "Other", "short": "Annat", "short_en": "Other"}


def value_of(
    lists: Lists, status: str, *, until_at: int = 0, reference: int = 0, notes: tuple[str, ...] = ()
) -> Value:  # fmt: skip
    """Return a status or a value that is none as it is shown; `until_at` (ms UTC) goes with *återkommer*."""
    item = lists.item(STATUS, status)
    if item is not None:
        return Value(status, told(item), int(item["digit"]), told(item, "short"), notes)
    item = lists.item(VALUES, status) or {"name": status}
    time = times.clock(until_at, reference) if until_at else "…"
    word, short = (told(item, name).replace("{time}", time).strip() for name in ("name", "short"))
    return Value(status, word, 0, short, notes)
