"""The writers of målområden, goals, milestones, activities and of the schedule. Each returns its `Receipt`.

All raise `Refused` with what `ledger.judge` and the kinds' own rules refuse; then nothing is written.
"""

from gemensam.coordination.domain.rules import ANSWERS, CORRECTS
from gemensam.core.entry import Ref
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.reading import Lens
from gemensam.objectives.domain.schedule import step_of
from gemensam.objectives.domain.traces import refs_of
from gemensam.objectives.posting import NOT_TOLD, Content, Sent, new_subject, write

NOUNS = ("area", "goal", "milestone", "activity")


def add(lens: Lens, space: str, noun: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Add a målområde, goal, milestone or activity; `content`: see `AreaContent` and its fellows."""
    refs = refs_of(content.get("traces", ()))
    return write(lens, Draft(f"{noun}.added", space, new_subject(lens, sent, noun), content, refs=refs), sent)


def change(lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Give one of them another content, as a whole; what stood before stays in the history."""
    refs = refs_of(content.get("traces", ()))
    if sent.seen:
        refs = (*refs, Ref(CORRECTS, space, subject, sent.seen))
    return write(lens, Draft(f"{_noun(lens, space, subject)}.changed", space, subject, content, refs=refs), sent)


def withdraw(lens: Lens, space: str, subject: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Take one of them back, with a visible trace."""
    kind = f"{_noun(lens, space, subject)}.withdrawn"
    return write(lens, Draft(kind, space, subject, {"reason": reason}), sent)


def state_milestone(lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Say how far the own organisation has come. `content`: see `MilestoneStated`; `sent.seen`: the wording it saw."""
    refs = (Ref(ANSWERS, space, subject, sent.seen),) if sent.seen else ()
    return write(lens, Draft("milestone.stated", space, subject, content, refs=refs), sent)


def tick_step(lens: Lens, space: str, code: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Say that a step of the period's schedule was done. `content`: see `StepDone`."""
    return write(lens, Draft("schedule_step.done", space, step_of(code), content), sent)


def reopen_step(lens: Lens, space: str, code: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Say that a step is not done after all."""
    return write(lens, Draft("schedule_step.reopened", space, step_of(code), {"reason": reason}), sent)


def _noun(lens: Lens, space: str, subject: str) -> str:
    thing = lens.state(space).thing(subject)
    if thing is None or thing.type not in NOUNS:
        raise Refused("not_found")
    return thing.type
