"""Writers of the room: the remiss, its answers, synpunkter, bemötanden and sammanställning; a member's registry.

All raise `Refused` with what `ledger.judge` and the kinds' own rules refuse; then nothing is written.
"""

from collections.abc import Sequence
from dataclasses import replace

from gemensam.consultation.domain import registries
from gemensam.consultation.domain.rules import MEETS, OF, SEEN
from gemensam.consultation.domain.summaries import summary_subject
from gemensam.coordination.sending import NOT_TOLD, Content, Sent, entered_for, subject_for, write
from gemensam.core.entry import Ref
from gemensam.core.policy import ROSTERS
from gemensam.core.state import Thing
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.reading import Lens


def prepare_remiss(lens: Lens, space: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Prepare a remiss that nobody has been sent yet. `content`: see `RemissPrepared`."""
    return write(lens, Draft("remiss.prepared", space, subject_for(lens, sent), content), sent)


def change_remiss(lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Change what is to be sent, whole. `sent.seen`: the last entry of it that the writer saw."""
    return write(lens, Draft("remiss.changed", space, subject, content, based_on=sent.seen or None), sent)


def send_remiss(lens: Lens, space: str, subject: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Send a remiss to its members; letters follow from the entry."""
    return write(
        lens, Draft("remiss.sent", space, subject, {}, circle_seen=sent.circle, based_on=sent.seen or None), sent
    )


def extend_remiss(
    lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD
) -> Receipt:  # fmt: skip
    """Give all members a later deadline. `content`: see `RemissExtended`."""
    return write(lens, Draft("remiss.extended", space, subject, content), sent)


def remind(lens: Lens, space: str, subject: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Remind now those who have not answered, besides the reminders that come by themselves."""
    return write(lens, Draft("remiss.reminded", space, subject, {"text": ""}), sent)


def withdraw_remiss(lens: Lens, space: str, subject: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Take a remiss back; those who were sent it are told."""
    return write(lens, Draft("remiss.withdrawn", space, subject, {"reason": reason}), sent)


def revise_remiss(lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Enter the text after the remiss. `content`: see `RemissRevised`; `sent.seen`: the revision that was seen."""
    refs = (Ref(SEEN, space, subject, sent.seen),) if sent.seen else ()
    return write(lens, Draft("remiss.revised", space, subject, content, refs=refs), sent)


def answer_remiss(lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Answer for the own organisation, or enter what another sent. `content`: see `RemissAnswered`."""
    refs = (Ref(SEEN, space, subject, sent.seen),) if sent.seen else ()
    draft = Draft("remiss.answered", space, subject, content, refs=refs)
    return write(lens, entered_for(draft, sent), sent)


def mark_view(lens: Lens, space: str, remiss: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Mark a synpunkt in a yttrande. `content`: see `ViewMarked`."""
    draft = Draft("view.marked", space, subject_for(lens, sent), content, refs=_of(space, remiss))
    return write(lens, entered_for(draft, sent), sent)


def change_view(lens: Lens, space: str, view: Thing, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Put a synpunkt to another paragraph or kind; the bemötande that it had is of its earlier form."""
    draft = Draft("view.changed", space, view.subject, content, refs=_of(space, view.data.remiss))
    return write(lens, replace(draft, organisation=view.organisation), sent)


def withdraw_view(lens: Lens, space: str, view: Thing, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Take a synpunkt back that was marked by mistake."""
    draft = Draft("view.withdrawn", space, view.subject, {"reason": reason}, organisation=view.organisation)
    return write(lens, draft, sent)


def respond(lens: Lens, space: str, views: Sequence[Thing], content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Meet one or several synpunkter of a remiss with one bemötande. `content`: see `ResponseGiven`."""
    remiss = {each.data.remiss for each in views}
    of = tuple(ref for each in sorted(remiss) for ref in _of(space, each))
    refs = (*of, *(Ref(MEETS, space, each.subject, each.data.content) for each in views))
    return write(lens, Draft("response.given", space, subject_for(lens, sent), content, refs=refs), sent)


def withdraw_response(lens: Lens, space: str, response: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Take a bemötande back."""
    return write(lens, Draft("response.withdrawn", space, response, {"reason": reason}), sent)


def publish_summary(lens: Lens, space: str, remiss: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Publish the next version of the remissammanställning. `content`: `summary`, and `reason` from version 2."""
    draft = Draft("remiss_summary.published", space, summary_subject(remiss), content, refs=_of(space, remiss))
    return write(lens, replace(draft, circle_seen=sent.circle), sent)


def set_registry(
    lens: Lens, organisation: str, content: Content, *, sent: Sent = NOT_TOLD
) -> Receipt:  # fmt: skip
    """Set the official address and meeting days of the own organisation, or as the joint office of any member."""
    subject = registries.subject_of(organisation)
    draft = Draft(registries.SET, ROSTERS, subject, content, organisation=organisation, based_on=sent.seen or None)
    return write(lens, draft, sent)


def _of(space: str, remiss: str) -> tuple[Ref, ...]:
    return (Ref(OF, space, remiss),)
