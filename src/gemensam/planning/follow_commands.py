"""Writers of follow-ups. All raise `Refused` with what the ledger and the kinds' own rules refuse."""

from gemensam.coordination.sending import NOT_TOLD, Content, Sent, entered_for, subject_for, write
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.reading import Lens


def open_follow_up(lens: Lens, space: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Ask members about a document or an agreement. `content`: `FollowUpOpened`."""
    draft = Draft("follow_up.opened", space, subject_for(lens, sent), content, circle_seen=sent.circle)
    return write(lens, draft, sent)


def extend_follow_up(lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Give a follow-up another last day, or ask more members; one that is closed is open again."""
    return write(lens, Draft("follow_up.extended", space, subject, content), sent)


def close_follow_up(lens: Lens, space: str, subject: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Take no more answers."""
    return write(lens, Draft("follow_up.closed", space, subject, {"reason": reason}), sent)


def answer_follow_up(lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Answer for the own organisation, or enter what another said. `content`: `FollowUpAnswered`."""
    draft = Draft("follow_up.answered", space, subject, content, marks=sent.marks, circle_seen=sent.circle)
    return write(lens, entered_for(draft, sent), sent)


def publish_report(lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Publish a version of the report with the answers as they stand. `content`: summary, proposals, reason."""
    draft = Draft("follow_up.reported", space, subject, content, based_on=sent.seen or None)
    return write(lens, draft, sent)
