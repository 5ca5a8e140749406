"""How far the answers to a remiss have come: one standing for each member, counted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gemensam.consultation.domain.answers import Answer
from gemensam.consultation.domain.remisses import RemissData

ANSWERED, AWAITS, WAITING, OVERDUE = "answered", "awaits", "waiting", "overdue"


class Standing(NamedTuple):
    """Where one member is: its last answer if any, and whether that came after the deadline in force.

    `state`: answered; awaits (officials have answered, a political answer follows); waiting; overdue.
    """

    member: str
    state: str
    answer: Answer | None
    late: bool
    earlier: tuple[Answer, ...] = ()


def standings(data: RemissData, now: int) -> tuple[Standing, ...]:
    """Return every member's standing, in the order of the remiss; `now` in ms UTC."""
    said: dict[str, list[Answer]] = {}
    for each in data.answers:
        said.setdefault(each.organisation, []).append(each)
    return tuple(_standing(member, said.get(member, ()), data.deadline_at, now) for member in data.members)


def _standing(member: str, said: Iterable[Answer], deadline_at: int, now: int) -> Standing:
    answers = tuple(said)
    if not answers:
        return Standing(member, OVERDUE if now > deadline_at else WAITING, None, False)
    last = answers[-1]
    return Standing(member, AWAITS if last.awaits else ANSWERED, last, last.at > deadline_at, answers[:-1])


def counts(rows: Iterable[Standing]) -> Mapping[str, int]:
    """Return how many members are in each state, and how many gave each answer (`answer:<code>`)."""
    found: Counter[str] = Counter()
    for each in rows:
        found[each.state] += 1
        if each.answer is not None:
            found[f"answer:{each.answer.code}"] += 1
    return found


def has_answered(data: RemissData, member: str) -> bool:
    """Whether nothing more is awaited of a member."""
    last = data.answer(member)
    return last is not None and not last.awaits
