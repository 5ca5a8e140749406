"""Names and words that the pages of this room draw with: lists, organisations, functions."""

from collections.abc import Iterable, Mapping
from typing import Any

from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.core.swedish import sort_key
from gemensam.ledger.describing import Names
from gemensam.organisations.domain import members
from gemensam.organisations.domain.reading import functions, vocabulary
from gemensam.organisations.names import function_name, in_language


class Speech:
    """Words for what the states of a space and the directory hold by code."""

    def __init__(self, directory: SpaceState, state: SpaceState) -> None:
        self.directory = directory
        self._names = Names(directory, state)

    def organisation(self, code: str) -> str:
        return self._names.organisation(code)

    def function(self, code: str) -> str:
        return self._names.function(code) if code else ""

    def kommun(self, code: str) -> str:
        """The member that is a kommun, by its four digits; the code where there is none."""
        return next((each.short for each in members(self.directory) if each.kommunkod == code), code)

    def who(self, organisation: str, function: str) -> str:
        """An organisation with its function: *Nacka – TiB*."""
        held = self.function(function)
        return f"{self.organisation(organisation)} – {held}" if held else self.organisation(organisation)

    def items(self, code: str) -> tuple[Mapping[str, Any], ...]:
        """The items in use of a list; none where the network has no such list."""
        try:
            return tuple(item for item in vocabulary(self.directory, code).items if not item.get("retired"))
        except Refused:
            return ()

    def word(self, code: str, value: str) -> str:
        """An item's word, also of one that is no longer in use; the code where there is none."""
        return self._names.item(code, value) or value

    def choices(self, code: str) -> list[tuple[str, str]]:
        return [(item["code"], in_language(item)) for item in self.items(code)]

    def member_choices(self) -> list[tuple[str, str]]:
        return [(each.id, each.short) for each in sorted(members(self.directory), key=lambda one: sort_key(one.short))]

    def function_choices(self, organisations: Iterable[str]) -> list[tuple[str, list[tuple[str, str]]]]:
        """Functions grouped by organisation, for a choice of whose answer is entered."""
        return [
            (self.organisation(each), [(held.id, function_name(held)) for held in functions(self.directory, each)])
            for each in organisations
        ]
