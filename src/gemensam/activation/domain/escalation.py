"""What a larm has due: a pure function of the larm, what each member has answered, and the instant (R4; design 6).

All members run side by side. A member's next function is begun after the set time, or at once when one hands on; it
stops as soon as somebody there has acknowledged, and goes on if that is taken back. Where somebody is to assess a call
an acknowledgement is not enough: only the assessment stops it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gemensam.activation.domain.larms import ASSESS, NOTICE, Answer, LarmData
from gemensam.activation.domain.targets import Reached

SMS, EMAIL, PUSH, VOICE = "sms", "email", "push", "voice"


@dataclass(frozen=True, slots=True)
class Step:
    """A function that is reached from an instant (ms UTC) on; `number` counts from 1."""

    function: str
    number: int
    at: int


@dataclass(frozen=True, slots=True)
class Course:
    """How far a member's list has come. `next_at`: when the following function is begun unless somebody answers, or 0.

    `is_exhausted`: the last one has had its time and nobody has acknowledged, or there is none: ring the reserve path.
    """

    organisation: str
    steps: tuple[Step, ...]
    next_function: str = ""
    next_at: int = 0
    is_exhausted: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A message to one function by one channel. `id` is the same whenever it is computed; times in ms UTC."""

    id: str
    organisation: str
    function: str
    channel: str
    step: int
    due_at: int
    not_after: int


def standing(answers: Sequence[Answer], at: int) -> dict[str, Answer]:
    """Return the last answer of each function that was known at an instant."""
    return {each.function: each for each in answers if each.known_at <= at}


def acknowledged(answers: Sequence[Answer], at: int) -> bool:
    """Return whether some function of a member had acknowledged and not taken it back, at an instant."""
    return any(each.acknowledges for each in standing(answers, at).values())


def _taken_back(answers: Sequence[Answer], after: int) -> int:
    """Return the first instant after another at which nobody stands as having acknowledged; 0 if never."""
    later = (each.known_at for each in answers if each.known_at > after)
    return next((at for at in later if not acknowledged(answers, at)), 0)


def _over(answers: Sequence[Answer], step: Step, escalate: int) -> int:
    """Return when a function has had its time: after the set one, or when it hands on."""
    handed = (each.known_at for each in answers if each.function == step.function and each.hands_on)
    return min([step.at + escalate, *(max(at, step.at) for at in handed)])


def course(larm: LarmData, member: Reached, until: int) -> Course:
    """Return how far a member's list has come at an instant (ms UTC).

    A text that asks for no answer reaches the first function and nobody after it; a notice, all that it is for.
    """
    if not larm.codes:
        told = member.functions if larm.purpose == NOTICE else member.functions[:1]
        return Course(
            member.organisation,
            tuple(Step(function, number, larm.begins_at) for number, function in enumerate(told, start=1)),
        )
    answers = () if larm.purpose == ASSESS else larm.answers_of(member.organisation)
    handing = larm.answers_of(member.organisation)
    steps: list[Step] = []
    at = larm.begins_at
    for number, function in enumerate(member.functions, start=1):
        if at > until:
            return Course(member.organisation, tuple(steps), function, at)
        steps.append(Step(function, number, at))
        at = _over(handing, steps[-1], larm.pace.escalate)
        if acknowledged(answers, min(at, until)) and not (at := _taken_back(answers, min(at, until))):
            return Course(member.organisation, tuple(steps))
    return Course(member.organisation, tuple(steps), is_exhausted=at <= until)


def stops_at(larm: LarmData, settled_at: int = 0) -> int:
    """Return when a larm sends nothing more (ms UTC): its own time, its end, or what settled it, the first of them."""
    return min(at for at in (larm.ends_at, larm.stopped_at, settled_at) if at)


def due(larm: LarmData, subject: str, now: int, *, settled_at: int = 0) -> Iterator[Due]:
    """Yield what is to be sent of a larm at an instant; nothing once it has stopped.

    `settled_at`: when the assessment that it waits for was given, or when another larm took its place.
    What comes later of a function that has been begun, its second call, is there already with its own `due_at`.
    """
    end = stops_at(larm, settled_at)
    if now >= end:
        return
    for member in larm.members:
        answers = larm.answers_of(member.organisation)
        if larm.purpose != ASSESS and acknowledged(answers, now):
            continue
        spoken = {each.function for each in answers if each.known_at <= now}
        for step in course(larm, member, now).steps:
            if step.function not in spoken:
                yield from _messages(larm, f"{subject}.{member.organisation}", member.organisation, step, end)


def _messages(larm: LarmData, root: str, organisation: str, step: Step, end: int) -> Iterator[Due]:
    times = [(SMS, 0, 0), (PUSH, 0, 0), (EMAIL, 0, 0)]
    times += [(VOICE, number, after) for number, after in enumerate(larm.pace.voice, start=1)]
    for channel, number, after in times:
        at = step.at + after
        name = f"{root}.{step.function}.{channel}{number or ''}"
        not_after = min(at + larm.pace.item_late, end)
        yield Due(name, organisation, step.function, channel, step.number, at, not_after)
