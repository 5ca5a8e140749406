"""Who has been reached: a line for each member, the share that acknowledged, the clock to the target (R4, R5, R92)."""

from collections.abc import Sequence
from dataclasses import dataclass

from gemensam.activation.domain.escalation import Course, course, standing, stops_at
from gemensam.activation.domain.larms import Answer, LarmData, Outcome
from gemensam.activation.domain.targets import Reached

ACKNOWLEDGED, HANDED_ON, WAITING, UNREACHED = "acknowledged", "handed_on", "waiting", "unreached"
TOLD = "told"  # of a text that asks for no answer


@dataclass(frozen=True, slots=True)
class Line:
    """How it stands for one member. `answer`: the one that counts; `acknowledged_at` in ms UTC, 0 until then."""

    organisation: str
    status: str
    answer: Answer | None
    acknowledged_at: int
    course: Course

    @property
    def takes_part(self) -> bool:
        return self.answer is not None and self.answer.takes_part


@dataclass(frozen=True, slots=True)
class Board:
    """A larm at an instant. `target_at`: when the target's share had acknowledged (ms UTC), 0 until then.

    `needed`: how many members that share is. `percent` is rounded down: 89.9 is not 90.
    """

    lines: tuple[Line, ...]
    acknowledged: int
    take_part: int
    needed: int
    percent: int
    target_at: int
    due_at: int

    @property
    def members(self) -> int:
        return len(self.lines)

    def count(self, status: str) -> int:
        return sum(line.status == status for line in self.lines)


def board(larm: LarmData, at: int, *, settled_at: int = 0) -> Board:
    """Return how a larm stands at an instant (ms UTC), members in the larm's own order. `settled_at`: see `due`."""
    end = stops_at(larm, settled_at)
    lines = tuple(_line(larm, member, at, end) for member in larm.members)
    times = sorted(line.acknowledged_at for line in lines if line.acknowledged_at)
    needed = -(-len(lines) * larm.pace.target_percent // 100)
    reached = times[needed - 1] if 0 < needed <= len(times) else 0
    percent = 100 * len(times) // len(lines) if lines else 0
    part = sum(line.takes_part for line in lines)
    return Board(lines, len(times), part, needed, percent, reached, larm.begins_at + larm.pace.target)


def _line(larm: LarmData, member: Reached, at: int, end: int) -> Line:
    answers = larm.answers_of(member.organisation)
    run = course(larm, member, min(at, end))
    if not larm.codes:
        return Line(member.organisation, TOLD, None, 0, run)
    counts = counting(answers, at)
    if counts is not None and counts.acknowledges:
        return Line(member.organisation, ACKNOWLEDGED, counts, _since(answers, at), run)
    waits = HANDED_ON if counts is not None else WAITING
    return Line(member.organisation, UNREACHED if run.is_exhausted or at >= end else waits, counts, 0, run)


def counting(answers: Sequence[Answer], at: int) -> Answer | None:
    """Return the answer that stands for a member: one that takes part before one that acknowledges, else the last."""
    given = sorted(standing(answers, at).values(), key=lambda each: (each.clock, each.digest))
    return max(given, key=lambda each: (each.acknowledges, each.takes_part, each.clock), default=None)


def _since(answers: Sequence[Answer], at: int) -> int:
    """Return since when a member stands as having acknowledged: a function that changes *yes* to *later* keeps it."""
    since = 0
    for each in (one for one in answers if one.known_at <= at):
        now = any(one.acknowledges for one in standing(answers, each.known_at).values())
        since = (since or each.at) if now else 0
    return since


def outcomes(larm: LarmData, at: int) -> tuple[Outcome, ...]:
    """Return the result of a larm as it is kept when it ends."""
    return tuple(_outcome(line) for line in board(larm, at).lines)


def _outcome(line: Line) -> Outcome:
    answer, tried = line.answer, tuple(step.function for step in line.course.steps)
    if answer is None:
        return Outcome(line.organisation, tried=tried)
    return Outcome(
        line.organisation, line.acknowledged_at, answer.takes_part, answer.from_at, answer.function, answer.via, tried
    )  # fmt: skip
