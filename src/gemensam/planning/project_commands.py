"""Writers of projects. All raise `Refused` with what the ledger and the kinds' own rules refuse."""

from gemensam.coordination.sending import NOT_TOLD, Content, Sent, correcting, entered_for, subject_for, write
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.reading import Lens

ACTS = ("joined", "declined", "left")


def open_project(lens: Lens, space: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Open a project that the own organisation leads. `content`: `ProjectOpened`."""
    draft = Draft("project.opened", space, subject_for(lens, sent), content, circle_seen=sent.circle)
    return write(lens, draft, sent)


def change_project(lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Say how the project is now, whole, with the reason. `content`: `ProjectChanged`."""
    return write(lens, correcting("project.changed", space, subject, content, sent), sent)


def move_project(lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Give a project another state. `content`: `ProjectMoved`."""
    return write(lens, Draft("project.moved", space, subject, content), sent)


def answer_project(lens: Lens, space: str, subject: str, word: tuple[str, str], *, sent: Sent = NOT_TOLD) -> Receipt:
    """Say whether the own organisation takes part; `word`: one of `ACTS`, and with what or why not."""
    act, text = word
    draft = Draft(f"project.{act}", space, subject, {"text": text})
    return write(lens, entered_for(draft, sent), sent)
