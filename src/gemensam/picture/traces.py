"""The trace of a thing in words: who wrote what, when it happened and when it was entered (R29, R32)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gemensam.core.state import SpaceState
from gemensam.ledger.describing import kind_word
from gemensam.ledger.reading import LogRow
from gemensam.organisations.domain import function
from gemensam.picture.lists import Lists

WORDS: Mapping[str, str | Promise] = {
    "report.published": gettext_lazy("Published"),
    "report.relayed": gettext_lazy("Entered for the organisation"),
    "report.sanitised": gettext_lazy("Sanitised version made for a wider circle"),
    "report.confirmed": gettext_lazy("Confirmed"),
    "report.denied": gettext_lazy("Denied"),
    "report.corrected": gettext_lazy("Corrected"),
    "report.withdrawn": gettext_lazy("Withdrawn"),
    "request.made": gettext_lazy("Requested"),
    "request.changed": gettext_lazy("Changed"),
    "request.reminded": gettext_lazy("Reminded"),
    "request.withdrawn": gettext_lazy("Withdrawn"),
    "request.deferred": gettext_lazy("Comes back later"),
    "request.declined": gettext_lazy("Declined"),
    "statement.recorded": gettext_lazy("Recorded"),
    "statement.corrected": gettext_lazy("Corrected"),
    "statement.withdrawn": gettext_lazy("Withdrawn"),
    "statement.confirmed": gettext_lazy("Confirmed"),
    "statement.denied": gettext_lazy("Denied"),
}
QUICK: Mapping[str, str | Promise] = {
    "unchanged": gettext_lazy("Unchanged"),
    "no_impact": gettext_lazy("No impact with us"),
    "nothing_to_report": gettext_lazy("Nothing to report"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the trace. Times in ms UTC: `occurred_at` when it happened, `received_at` when it was entered here."""

    digest: str
    word: str
    organisation: str
    by: str
    function: str
    via: str
    text: str
    occurred_at: int
    received_at: int
    position: int
    came_late: bool
    is_superseded: bool

    @property
    def has_two_times(self) -> bool:
        return abs(self.received_at - self.occurred_at) >= 60_000


def trace(rows: Iterable[LogRow], lists: Lists, directory: SpaceState) -> list[Step]:
    """Return a thing's trace in words, oldest first."""
    return [_step(row, lists, directory) for row in rows]


def _step(row: LogRow, lists: Lists, directory: SpaceState) -> Step:
    header = row.header
    found = function(directory, header.function)
    return Step(
        digest=row.digest,
        word=str(WORDS.get(header.kind) or kind_word(header.kind)),
        organisation=lists.organisation(header.organisation),
        by=lists.organisation(header.by_organisation) if header.on_behalf else "",
        function=found.name if found is not None else header.function,
        via=lists.word("via", header.via, "text") if header.via else "",
        text=_text(row.payload),
        occurred_at=header.occurred_at,
        received_at=row.received_at,
        position=row.position,
        came_late=row.came_late,
        is_superseded=row.verdict == "superseded",
    )


def _text(payload: Mapping[str, Any] | None) -> str:
    if payload is None:
        return _("The content has been removed.")
    return str(payload.get("note") or payload.get("reason") or "")


def quick_word(quick: str) -> str:
    """Return the words of a quick answer, or ""."""
    return str(QUICK.get(quick, ""))
