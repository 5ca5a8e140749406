"""What pages, tables and prints share: names and words in the reader's language, and a thing's texts."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from gemensam.coordination import labels
from gemensam.coordination.domain.standing import NOTED, Party
from gemensam.core.state import SpaceState
from gemensam.ledger.describing import Names
from gemensam.organisations.domain import function
from gemensam.picture.lists import Lists
from gemensam.web import times


def in_english() -> bool:
    return (get_language() or "sv").startswith("en")


def told(value: Any, name: str = "title") -> str:
    """Return a text of a payload or of data in the active language; Swedish where there is no other."""
    get = value.get if isinstance(value, Mapping) else lambda key, default="": getattr(value, key, default)
    return str((get(f"{name}_en", "") if in_english() else "") or get(name, ""))


class Speech:
    """Names of organisations and functions and words of lists, for one state of a space."""

    def __init__(self, directory: SpaceState, state: SpaceState) -> None:
        self.lists, self.names = Lists(directory, state), Names(directory, state)
        self._directory = directory

    def organisation(self, organisation_id: str) -> str:
        """Return the short name by which an organisation is called."""
        return self.lists.organisation(organisation_id)

    def organisations(self, ids: Any) -> str:
        return ", ".join(self.organisation(each) for each in ids)

    def function(self, function_id: str) -> str:
        """Return `Nacka – TiB`; an id stands for what the directory has not."""
        found = function(self._directory, function_id)
        if found is None:
            return self.names.function(function_id)
        return f"{self.organisation(found.organisation)} – {self.names.function(function_id)}"

    def functions(self, ids: Any) -> str:
        """Return the functions' own words without the organisation."""
        return ", ".join(self.names.function(each) for each in ids)

    def party(self, party: Party, reference: int, *, name: str = "") -> str:
        """Return how an undertaking stands: *Antecknat*, *Bekräftat av Nacka 10.41*."""
        at = party.answer.at if party.answer is not None else 0
        who = name or self.organisation(party.organisation)
        return undertaking_words(party.status, who, at, reference)

    def contradictions(self, party: Party) -> tuple[str, ...]:
        who = self.organisation(party.organisation)
        return contradiction_words(party.contradictions, who)


def undertaking_words(status: str, who: str, at: int | None, reference: int) -> str:
    """Return an undertaking's status with who said it and when."""
    if status == NOTED or not at:
        return str(labels.UNDERTAKING_SHORT.get(status, status))
    return str(labels.UNDERTAKING[status]) % {"who": who, "time": times.clock(at, reference)}


def contradiction_words(codes: Any, who: str) -> tuple[str, ...]:
    """Return in words what does not fit together."""
    return tuple(str(labels.CONTRADICTIONS[code]) % {"who": who} for code in codes if code in labels.CONTRADICTIONS)
