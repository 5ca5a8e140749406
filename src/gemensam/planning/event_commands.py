"""Writers of known events. All raise `Refused` with what the ledger and the kinds' own rules refuse."""

from gemensam.coordination.sending import (
    NOT_TOLD,
    Content,
    Sent,
    correcting,
    entered_for,
    owned_by,
    owner_of,
    subject_for,
    write,
)
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.reading import Lens
from gemensam.planning.domain.known_events import ACCEPTED, PLANNED, REOPENED, WITHDRAWN


def enter_event(lens: Lens, space: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Enter a known event of the own organisation, or one that another told of. `content`: `KnownEventEntered`."""
    draft = Draft("known_event.entered", space, subject_for(lens, sent), content, circle_seen=sent.circle)
    return write(lens, entered_for(draft, sent), sent)


def change_event(lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Say how the event is now, with the reason; one that was cancelled takes place again."""
    draft = correcting("known_event.changed", space, subject, content, sent)
    return write(lens, owned_by(draft, owner_of(lens, space, subject)), sent)


def cancel_event(lens: Lens, space: str, subject: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Say that it does not take place, and why."""
    draft = Draft("known_event.cancelled", space, subject, {"reason": reason})
    return write(lens, owned_by(draft, owner_of(lens, space, subject)), sent)


def note_planning(lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Tell what the own organisation has planned for it. `content`: `PlanningNoted`."""
    return write(lens, Draft(PLANNED, space, subject, content, circle_seen=sent.circle), sent)


def withdraw_note(lens: Lens, space: str, subject: str, given: tuple[str, str], *, sent: Sent = NOT_TOLD) -> Receipt:
    """Take an own planning note back; `given`: the note's digest, and why."""
    note, reason = given
    return write(lens, Draft(WITHDRAWN, space, subject, {"note": note, "reason": reason}), sent)


def accept_clash(lens: Lens, space: str, subject: str, given: tuple[str, str], *, sent: Sent = NOT_TOLD) -> Receipt:
    """Say that a clash may stand; `subject`: its first event, `given`: the clash's key, and why."""
    key, reason = given
    return write(lens, Draft(ACCEPTED, space, subject, {"key": key, "reason": reason}), sent)


def reopen_clash(lens: Lens, space: str, subject: str, given: tuple[str, str], *, sent: Sent = NOT_TOLD) -> Receipt:
    """Say that the own organisation does not accept a clash any longer; `given` as for `accept_clash`."""
    key, reason = given
    return write(lens, Draft(REOPENED, space, subject, {"key": key, "reason": reason}), sent)
