"""How an agreement stands: each organisation's own word joined, and what does not fit together named (F7)."""

from dataclasses import dataclass, replace

from gemensam.coordination.domain.agreements import (
    COMPLETED,
    CONFIRMED,
    DECLINED,
    RECORDED,
    REOPENED,
    RESERVED,
    WITHDRAWN,
    AgreementData,
    Answer,
    Due,
)

NOTED = "noted"
AGREED = frozenset({CONFIRMED, RESERVED, COMPLETED, REOPENED})
# What the view must say in words beside a status.
OTHER_WORDING = "other_wording"  # answered before the wording was changed
AFTER_END = "after_end"  # answered although the agreement had been withdrawn
ENDED_AFTER = "ended_after"  # withdrawn although the organisation had confirmed: ring them
NOT_NAMED = "not_named"  # answers without being named


@dataclass(frozen=True, slots=True)
class Party:
    """One organisation's part. `status`: `noted` (*antecknat*) until it has answered itself.

    `contradictions`: codes of what does not fit. `overdue`: not completed though its time has passed.
    """

    organisation: str
    status: str
    due_at: int
    answer: Answer | None
    overdue: bool
    contradictions: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether something remains to be done or said by it."""
        return self.status not in (COMPLETED, DECLINED)


@dataclass(frozen=True, slots=True)
class Standing:
    """An agreement at a moment: the named parties in the order written, and apart from them those not named."""

    status: str
    named: tuple[Party, ...]
    others: tuple[Party, ...]
    follow_up_due: bool
    expired: bool

    @property
    def confirmed(self) -> int:
        """How many of the named have confirmed, with or without a reservation."""
        return sum(1 for party in self.named if party.status in AGREED)

    @property
    def open(self) -> bool:
        """Whether it still asks something of somebody."""
        return self.status == RECORDED and any(party.open for party in self.named)

    @property
    def contradictory(self) -> bool:
        return any(party.contradictions for party in (*self.named, *self.others))


def standing(data: AgreementData, status: str, at: int, happened_by: int | None = None) -> Standing:
    """Return how an agreement stands at `at` (ms UTC), of what had happened by an instant where one is asked for."""
    if happened_by is not None and status == WITHDRAWN and data.ended_at > happened_by:
        status = RECORDED
    said = (answer for answer in data.answers if happened_by is None or answer.at <= happened_by)
    latest = {answer.organisation: answer for answer in said}
    reworded = data.changes > 0 and (happened_by is None or data.terms_at <= happened_by)
    parties = [_party(data, status, due, latest.get(due.organisation), at) for due in data.undertakings]
    named = tuple(party if reworded else _without(party, OTHER_WORDING) for party in parties)
    apart = sorted(set(latest) - {due.organisation for due in data.undertakings})
    others = tuple(_unnamed(_party(data, status, Due(each, 0), latest[each], at)) for each in apart)
    is_open = status == RECORDED and any(party.open for party in named)
    return Standing(
        status, named, others,
        follow_up_due=is_open and 0 < data.follow_up_at <= at,
        expired=0 < data.valid_until_at <= at,
    )  # fmt: skip


def _unnamed(party: Party) -> Party:
    return replace(party, contradictions=(NOT_NAMED, *party.contradictions))


def _party(data: AgreementData, status: str, due: Due, answer: Answer | None, at: int) -> Party:
    said = answer.status if answer is not None else NOTED
    late = status == RECORDED and 0 < due.due_at <= at and said not in (COMPLETED, DECLINED)
    contradictions = tuple(_contradictions(data, status, answer)) if answer is not None else ()
    return Party(due.organisation, said, due.due_at, answer, late, contradictions)


def _contradictions(data: AgreementData, status: str, answer: Answer) -> list[str]:
    found = []
    if answer.status in (CONFIRMED, RESERVED, REOPENED) and _saw_other_wording(data, answer):
        found.append(OTHER_WORDING)
    if status == WITHDRAWN and answer.status in AGREED:
        found.append(AFTER_END if answer.clock > data.ended_clock else ENDED_AFTER)
    return found


def _saw_other_wording(data: AgreementData, answer: Answer) -> bool:
    """Whether an answer was to another wording; one that does not say is judged by its place in order."""
    return answer.terms != data.terms if answer.terms else answer.clock < data.terms_clock


def _without(party: Party, code: str) -> Party:
    return replace(party, contradictions=tuple(each for each in party.contradictions if each != code))
