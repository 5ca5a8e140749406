"""The writers of call lists, contacts, shifts and covers. All write for the own organisation (R6, R7).

All raise `Refused` with what `ledger.judge` and the kinds' own rules refuse; then nothing is written.
"""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gemensam.core.policy import ROSTERS
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import append
from gemensam.ledger.ids import uuid7
from gemensam.ledger.reading import Lens
from gemensam.rosters.domain import contacts, covers, lists, shifts
from gemensam.rosters.domain.series import Planned

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """How a form was sent. `seen`: the last entry of the subject that the writer saw, "" for none: if somebody has
    written since, `moved`. `key`: the form's idempotency key.
    """

    seen: str = ""
    key: str = ""


NOT_TOLD = Sent()


def set_list(lens: Lens, content: Content, sent: Sent = NOT_TOLD) -> Receipt:
    """Set the own call list. `content`: see `CallListSet`."""
    return _write(lens, lists.SET, lists.subject_of(lens.principal.organisation), content, sent)


def confirm_list(lens: Lens, sent: Sent = NOT_TOLD, *, tested: bool = False, note: str = "") -> Receipt:
    """Say that the own call list has been gone through and holds; `tested`: it was called, and somebody answered."""
    subject = lists.subject_of(lens.principal.organisation)
    return _write(lens, lists.CONFIRMED, subject, {"tested": tested, "note": note}, sent)


def set_contact(lens: Lens, content: Content, sent: Sent = NOT_TOLD, *, subject: str = "") -> Receipt:
    """Make a duty contact of the own organisation, or change the one with `subject`. `content`: `DutyContactSet`."""
    return _write(lens, contacts.SET, subject or subject_for(lens, sent.key), content, sent)


def withdraw_contact(lens: Lens, subject: str, reason: str, sent: Sent = NOT_TOLD) -> Receipt:
    """Take a duty contact out of use."""
    return _write(lens, contacts.WITHDRAWN, subject, {"reason": reason}, sent)


def plan_shifts(
    lens: Lens, function: str, planned: Sequence[Planned], *, note: str = "", key: str = ""
) -> tuple[Receipt, ...]:
    """Plan shifts of a function, all of them or none."""
    drafts = [
        Draft(
            shifts.PLANNED,
            ROSTERS,
            subject_for(lens, f"{key}/{place}" if key else ""),
            {
                "function": function, "contact": each.contact, "from_at": each.from_at, "until_at": each.until_at,
                "note": note,
            },
        )
        for place, each in enumerate(planned)
    ]  # fmt: skip
    return append(lens.principal, drafts, key=key)


def change_shift(lens: Lens, subject: str, content: Content, sent: Sent = NOT_TOLD) -> Receipt:
    """Give a shift other times, another contact or another note. `content`: see `ShiftPlanned`."""
    return _write(lens, shifts.CHANGED, subject, content, sent)


def cancel_shift(lens: Lens, subject: str, reason: str, sent: Sent = NOT_TOLD) -> Receipt:
    """Cancel a shift."""
    return _write(lens, shifts.CANCELLED, subject, {"reason": reason}, sent)


def hand_over_shift(lens: Lens, subject: str, contact: str, note: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Let another contact hold the rest of a shift from now on."""
    content = {"contact": contact, "note": note}
    return _write(lens, shifts.HANDED_OVER, subject, content, sent)


def swap_shifts(lens: Lens, pair: tuple[str, str], *, seen: tuple[str, str], key: str = "") -> tuple[Receipt, ...]:
    """Let two shifts of the own organisation exchange their contacts, in one commit.

    Raises `Refused` besides: `not_found`, `not_owner`, `same_shift`, `shift_over`, `swap_changes_nothing`.
    """
    first, second = _own_shift(lens, pair[0]), _own_shift(lens, pair[1])
    notes = (note_of(lens, first), note_of(lens, second))
    contents = shifts.swapped(first, second, notes, lens.now)
    drafts = [
        Draft(shifts.CHANGED, ROSTERS, thing.subject, content, based_on=digest)
        for thing, content, digest in zip((first, second), contents, seen, strict=True)
    ]
    return append(lens.principal, drafts, key=key)


def ask_cover(lens: Lens, content: Content, sent: Sent = NOT_TOLD) -> Receipt:
    """Ask another organisation to be called in one's place for a time. `content`: see `CoverAsked`."""
    return _write(lens, covers.ASKED, subject_for(lens, sent.key), content, sent)


def end_cover(lens: Lens, subject: str, note: str, sent: Sent = NOT_TOLD) -> Receipt:
    """Be called oneself again, or ask no longer."""
    return _write(lens, covers.ENDED, subject, {"note": note}, sent)


def answer_cover(lens: Lens, subject: str, note: str, *, accepts: bool, sent: Sent = NOT_TOLD) -> Receipt:
    """Accept to be called in another organisation's place, decline, or take back what one has said."""
    kind = covers.ACCEPTED if accepts else covers.DECLINED
    return _write(lens, kind, subject, {"note": note}, sent)


def note_of(lens: Lens, shift: Thing) -> str:
    """Return the note of a shift, "" where its text has been removed."""
    content = lens.payloads(ROSTERS, [shift.data.content]).get(shift.data.content) or {}
    return str(content.get("note", ""))


def _own_shift(lens: Lens, subject: str) -> Thing:
    thing = lens.state(ROSTERS).thing(subject)
    if thing is None or thing.type != shifts.SHIFT.name:
        raise Refused("not_found")
    if thing.organisation != lens.principal.organisation:
        raise Refused("not_owner")
    if thing.status != shifts.IN_FORCE:
        raise Refused("shift_over")
    return thing


def _write(lens: Lens, kind: str, subject: str, content: Content, sent: Sent) -> Receipt:
    return append(lens.principal, [Draft(kind, ROSTERS, subject, content, based_on=sent.seen or None)], key=sent.key)[0]


def subject_for(lens: Lens, key: str) -> str:
    """Return a new subject; the same for the same key of the same account, so that a repeat is the same request."""
    if not key:
        return uuid7()
    digest = hashlib.sha256(f"{lens.principal.account}/{key}".encode()).digest()
    return str(uuid.UUID(bytes=digest[:16], version=5))
