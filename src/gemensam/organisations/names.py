"""What things of the directory are called, in the active language."""

from collections.abc import Iterable, Mapping
from typing import Any

from gemensam.core.refusal import Refused
from gemensam.core.state import SpaceState
from gemensam.core.swedish import sort_key
from gemensam.organisations import domain
from gemensam.web import times


def in_language(item: Mapping[str, Any], name: str = "name") -> str:
    """Return a text of an item, in English where the page is and the item has it."""
    english = item.get(f"{name}_en") if times.language() == "en" else ""
    return str(english or item.get(name) or "")


def function_name(function: domain.Function) -> str:
    """The function's own word, the long one where there is one."""
    return in_language({**function.about, "name": function.name, "name_en": function.name_en})


def function_long_name(function: domain.Function) -> str:
    """The word written out, e.g. *Tjänsteman i beredskap* for TiB; nothing where the short one says it all."""
    return in_language(function.about, "name_long")


def organisation_name(organisation: domain.Organisation) -> str:
    return in_language({**organisation.about, "name": organisation.name})


class Lists:
    """Items of the directory's lists by code; an unknown code is shown as it is."""

    def __init__(self, directory: SpaceState) -> None:
        self._directory = directory
        self._known: dict[str, tuple[Mapping[str, Any], ...]] = {}

    def items(self, vocabulary: str) -> tuple[Mapping[str, Any], ...]:
        """Return the items of the newest version, those out of use too; none where there is no such list."""
        if vocabulary not in self._known:
            try:
                self._known[vocabulary] = domain.vocabulary(self._directory, vocabulary).items
            except Refused:
                self._known[vocabulary] = ()
        return self._known[vocabulary]

    def item(self, vocabulary: str, code: str) -> Mapping[str, Any]:
        return next((item for item in self.items(vocabulary) if item["code"] == code), {"code": code, "name": code})

    def word(self, vocabulary: str, code: str) -> str:
        return in_language(self.item(vocabulary, code))

    def words(self, vocabulary: str, codes: Iterable[str]) -> list[str]:
        return [self.word(vocabulary, code) for code in codes]

    def choices(self, vocabulary: str, *, also: Iterable[str] = ()) -> list[tuple[str, str]]:
        """Return (code, word) of the items in use, and of those out of use that are chosen already."""
        kept = set(also)
        return [
            (item["code"], in_language(item))
            for item in self.items(vocabulary)
            if not item.get("retired") or item["code"] in kept
        ]


def organisation_choices(directory: SpaceState) -> list[tuple[str, str]]:
    """Return (id, name) of all organisations, in Swedish order."""
    found = [(each.id, organisation_name(each)) for each in domain.organisations(directory)]
    return sorted(found, key=lambda each: sort_key(each[1]))
