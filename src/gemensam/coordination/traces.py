"""The history of a conference, need or agreement in words: every entry, with both its times (R32)."""

from collections.abc import Iterable
from dataclasses import dataclass

from gemensam.coordination.shown import Speech
from gemensam.ledger.describing import kind_word
from gemensam.ledger.reading import LogRow

TEXTS = ("wording", "text", "summary", "note", "reservation", "reason")


@dataclass(frozen=True, slots=True)
class Step:
    """One entry. Times in ms UTC: `at` when it happened, `received_at` when it was entered here."""

    digest: str
    word: str
    organisation: str
    by: str
    via: str
    texts: tuple[str, ...]
    at: int
    received_at: int
    superseded: bool
    late: bool

    @property
    def has_two_times(self) -> bool:
        return abs(self.received_at - self.at) >= 60_000


def history(rows: Iterable[LogRow], speech: Speech) -> list[Step]:
    """Return a thing's entries in words, oldest first."""
    return [_step(row, speech) for row in rows]


def _step(row: LogRow, speech: Speech) -> Step:
    header, payload = row.header, row.payload or {}
    texts = tuple(str(payload[name]) for name in TEXTS if payload.get(name))
    return Step(
        row.digest, kind_word(header.kind), speech.organisation(header.organisation), speech.function(header.function),
        speech.lists.word("via", header.via, "text") if header.via else "", texts, header.occurred_at,
        row.received_at, row.verdict == "superseded", row.came_late,
    )  # fmt: skip
