"""The attempts in the database: claimed before the effect, settled after it, amended by what the channel reports.

Every change is one short transaction; on SQLite writers queue with those of the log. Times are ms since epoch UTC.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gemensam.delivery import rules
from gemensam.delivery.channel import Outcome
from gemensam.delivery.models import AttemptRow
from gemensam.delivery.outbox import Item
from gemensam.delivery.rules import Attempt
from gemensam.ledger.locks import append_lock

AT_ONCE = 500  # ids in one question
TO_SAME_NUMBER_MS = 24 * 60 * 60 * 1000
ADDRESSES_KEPT_MS = 90 * 24 * 60 * 60 * 1000
_LONGEST_REASON = 200
_READ = (
    "item", "number", "channel", "address", "state", "started_at", "ended_at", "reported_at", "reason", "again",
)  # fmt: skip


@dataclass(frozen=True)
class Claim:
    """An attempt to be made, or, with another state than started, one that is only noted."""

    source: str
    item: Item
    number: int
    state: str = rules.STARTED
    reason: str = ""
    script: str = "{}"
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    def row(self, run: str, now: int) -> AttemptRow:
        item, message = self.item, self.item.message
        return AttemptRow(
            item=item.id, number=self.number, source=self.source, cause=item.cause, space=item.space,
            channel=message.channel, address=message.address, reply_to=item.reply_to, mark=message.mark,
            state=self.state, reason=self.reason, run=run, token=self.token, script=self.script, started_at=now,
            ended_at=0 if self.state == rules.STARTED else now,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of an attempt, known by its token, and when."""

    token: str
    outcome: Outcome
    at: int


def of(ids: Iterable[str]) -> dict[str, tuple[Attempt, ...]]:
    """Return the attempts of items by id, in the order of their numbers; an item without any is left out."""
    found: dict[str, list[Attempt]] = {}
    for some in _batches(sorted(set(ids))):
        rows = AttemptRow.objects.filter(item__in=some).order_by("item", "number").values_list(*_READ)
        for row in rows:
            found.setdefault(row[0], []).append(Attempt(*row))
    return {item: tuple(attempts) for item, attempts in found.items()}


def because_of(cause: str) -> list[tuple[str, Attempt]]:
    """Return (`reply_to`, attempt) of all items that an entry caused, in the order in which they were begun."""
    rows = AttemptRow.objects.filter(cause=cause).order_by("started_at", "id").values_list("reply_to", *_READ)
    return [(row[0], Attempt(*row[1:])) for row in rows]


def claim(claims: Sequence[Claim], run: str, now: int) -> set[str]:
    """Commit attempts; return the tokens of those that are ours: another worker may have claimed the same ones."""
    if not claims:
        return set()
    with append_lock(()):
        AttemptRow.objects.bulk_create([one.row(run, now) for one in claims], ignore_conflicts=True)
        tokens = [one.token for one in claims]
        return {token for some in _batches(tokens) for token in _present(some)}


def _present(tokens: Sequence[str]) -> list[str]:
    return list(AttemptRow.objects.filter(token__in=tokens).values_list("token", flat=True))


def settle(settled: Sequence[Settled]) -> None:
    """Commit what came of attempts; a report that the channel has given meanwhile is not undone."""
    if not settled:
        return
    told = {one.token: one for one in settled}
    with append_lock(()):
        for some in _batches(list(told)):
            for row in AttemptRow.objects.select_for_update().filter(token__in=some).order_by("id"):
                _settle(row, told[row.token])


def _settle(row: AttemptRow, settled: Settled) -> None:
    outcome = settled.outcome
    row.state = rules.merged(row.state, outcome.state)
    row.ended_at = settled.at
    row.again = outcome.again
    row.reason = row.reason or outcome.reason[:_LONGEST_REASON]
    row.reference = outcome.reference[:100] or row.reference
    row.save(update_fields=["state", "ended_at", "again", "reason", "reference"])


def abandon(run: str, now: int, *, older_ms: int = 0) -> int:
    """Note that attempts of other process lives will have no outcome; returns how many. For the one active worker.

    With `older_ms` only those that began so long ago.
    """
    left = AttemptRow.objects.filter(state=rules.STARTED, started_at__lte=now - older_ms).exclude(run=run)
    if not left.exists():
        return 0
    with append_lock(()):
        return left.update(state=rules.UNKNOWN, reason="stopped", ended_at=now)


def report(row: AttemptRow, *, state: str, at: int, reference: str, reason: str = "") -> bool:
    """Take in what the channel reports of an attempt; return whether it changed anything.

    False also where the provider's id is not the attempt's: such a report is about something else.
    """
    with append_lock(()):
        found = AttemptRow.objects.select_for_update().get(pk=row.pk)
        after = rules.merged(found.state, state)
        if (found.reference and found.reference != reference) or (after == found.state and found.reference):
            return False
        found.state, found.reference, found.reported_at = after, reference[:100], at
        found.reason = reason[:_LONGEST_REASON] if after == rules.FAILED else found.reason
        found.save(update_fields=["state", "reference", "reported_at", "reason"])
    return True


def with_token(token: str, channels: Iterable[str]) -> AttemptRow | None:
    """Return the attempt of a callback's token, of one of these channels."""
    return AttemptRow.objects.filter(token=token, channel__in=tuple(channels)).first()


def awaits_answer(token: str) -> bool:
    """Return whether an answer is expected to the message of this attempt."""
    return AttemptRow.objects.filter(token=token).exclude(reply_to="").exists()


def lately_to(channel: str, address: str, now: int) -> list[AttemptRow]:
    """Return what went to an address within a day and may be answered, newest first."""
    since = now - TO_SAME_NUMBER_MS
    rows = AttemptRow.objects.filter(channel=channel, address=address, started_at__gt=since).exclude(reply_to="")
    return list(rows.filter(state__in=tuple(rules.LEFT)).order_by("-started_at", "-id"))


def forget_addresses(now: int) -> None:
    """Forget whom attempts older than 90 days went to; what was tried, and when, stays."""
    with append_lock(()):
        old = AttemptRow.objects.filter(started_at__lt=now - ADDRESSES_KEPT_MS).exclude(address="")
        old.update(address="", reference="")


def _batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
