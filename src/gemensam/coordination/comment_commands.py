"""The writers of comments on minutes and of diarienummer. All raise `Refused` as the ledger and the kinds' rules do."""

from gemensam.coordination.domain.minutes import minutes_subject
from gemensam.coordination.domain.registrations import registration_subject
from gemensam.coordination.domain.rules import OF
from gemensam.coordination.sending import NOT_TOLD, Content, Sent, entered_for, write
from gemensam.core.entry import Ref
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.reading import Lens


def comment_minutes(lens: Lens, space: str, conference: str, text: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Say what the own organisation would have otherwise in the minutes, while comments are taken."""
    draft = Draft("minutes.commented", space, minutes_subject(conference), {"text": text}, circle_seen=sent.circle)
    return write(lens, entered_for(draft, sent), sent)


def withdraw_comment(lens: Lens, space: str, conference: str, *, reason: str = "", sent: Sent = NOT_TOLD) -> Receipt:
    """Take the own organisation's comment back."""
    return write(lens, Draft("minutes.comment_withdrawn", space, minutes_subject(conference), {"reason": reason}), sent)


def register(lens: Lens, space: str, registered: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Say under which diarienummer the own organisation has registered a thing. `content`: `RegistrationMade`."""
    subject = registration_subject(lens.principal.organisation, registered)
    draft = Draft("registration.made", space, subject, content, refs=(Ref(OF, space, registered),))
    return write(lens, draft, sent)


def withdraw_registration(lens: Lens, space: str, registered: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Say that the own organisation's diarienummer no longer stands."""
    subject = registration_subject(lens.principal.organisation, registered)
    return write(lens, Draft("registration.withdrawn", space, subject, {"reason": reason}), sent)
