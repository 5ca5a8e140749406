"""The writers of common questions. All raise `Refused` with what the ledger and the kinds' own rules refuse."""

from gemensam.coordination.sending import NOT_TOLD, Content, Sent, entered_for, of_conference, subject_for, write
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.reading import Lens


def ask_question(lens: Lens, space: str, content: Content, *, conference: str = "", sent: Sent = NOT_TOLD) -> Receipt:
    """Ask a question that others may share, of some organisations or of whoever knows. `content`: `QuestionAsked`."""
    draft = Draft(
        "question.asked", space, subject_for(lens, sent), content,
        refs=of_conference(space, conference), marks=sent.marks, circle_seen=sent.circle,
    )  # fmt: skip
    return write(lens, entered_for(draft, sent), sent)


def withdraw_question(lens: Lens, space: str, subject: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Say that the own organisation's question needs no answer any longer."""
    return write(lens, Draft("question.withdrawn", space, subject, {"reason": reason}), sent)


def share_question(lens: Lens, space: str, subject: str, *, text: str = "", sent: Sent = NOT_TOLD) -> Receipt:
    """Say *vi också*."""
    return write(lens, entered_for(Draft("question.shared", space, subject, {"text": text}), sent), sent)


def unshare_question(lens: Lens, space: str, subject: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Say that the own organisation does not ask it any longer."""
    return write(lens, Draft("question.unshared", space, subject, {"reason": ""}), sent)


def answer_question(lens: Lens, space: str, subject: str, text: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Answer a question for all who ask; the own answer can be given in other words."""
    draft = Draft("question.answered", space, subject, {"text": text}, marks=sent.marks, circle_seen=sent.circle)
    return write(lens, entered_for(draft, sent), sent)


def withdraw_answer(lens: Lens, space: str, subject: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Take the own organisation's answer back; the question is unanswered again."""
    return write(lens, Draft("question.answer_withdrawn", space, subject, {"reason": reason}), sent)
