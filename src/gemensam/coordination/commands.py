"""The writers of coordination: conferences, attendance, needs, agreements and minutes. Each returns its `Receipt`.

All raise `Refused` with what `ledger.judge` and the kinds' own rules refuse; then nothing is written. What belongs
to the organisation that leads is written as its own, also when the joint office types it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from gemensam.coordination.domain.conferences import PRESENT, ConferenceData
from gemensam.coordination.domain.copying import Source, copy_agreements, copy_needs, copy_questions
from gemensam.coordination.domain.minutes import minutes_subject
from gemensam.coordination.domain.rules import ANSWERS, data_of
from gemensam.coordination.domain.weeks import last_called, propose_next
from gemensam.coordination.sending import (
    NOT_TOLD,
    Content,
    Sent,
    correcting,
    entered_for,
    of_conference,
    owned_by,
    owner_of,
    subject_for,
    thing_in,
    write,
)
from gemensam.core.entry import Ref
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.drafts import SavedDraft, discard_draft, save_draft
from gemensam.ledger.reading import Lens
from gemensam.picture.marking import mark_of_all

MINUTES_DRAFT, NOTE_DRAFT = "minutes", "conference_note"


@dataclass(frozen=True, slots=True)
class Presence:
    """What a registration says: functions, and organisations that are spoken for besides the own one.

    `keep_represented`: those that are spoken for already go on being, as when a second function registers.
    """

    functions: Sequence[str] = ()
    also_represents: Sequence[str] = ()
    keep_represented: bool = False


# Conferences ----------------------------------------------------------------------------------------------------


def call_conference(lens: Lens, space: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Call a conference of the own organisation. `content`: see `ConferenceCalled`."""
    draft = Draft("conference.called", space, subject_for(lens, sent), content, circle_seen=sent.circle)
    return write(lens, draft, sent)


def call_next(lens: Lens, space: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Call the next conference by the takt in force, with the roles and dial-in of the one before.

    Raises `Refused("no_next_conference")` where the takt has none.
    """
    content = next_content(lens, space)
    if content is None:
        raise Refused("no_next_conference")
    return call_conference(lens, space, content, sent=sent)


def next_content(lens: Lens, space: str) -> dict[str, Any] | None:
    """Return what the next call would say, or None where the takt in force has no conferences."""
    state = lens.state(space)
    found = propose_next(lens.directory, state, lens.now)
    if found is None or not found.agenda:
        return None
    plan = {"agenda": found.agenda, "starts_at": found.starts_at, "series": found.series}
    return {**plan, **_inherited(lens, space, last_called(state))}


def _inherited(lens: Lens, space: str, last: Thing | None) -> dict[str, Any]:
    if last is None:
        return {}
    terms = lens.payloads(space, [last.data.terms]).get(last.data.terms) or {}
    return {name: terms[name] for name in ("dial_in", "roles") if name in terms}


def change_conference(lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Give a conference a new time, dial-in or roles, with the reason. `content`: see `ConferenceChanged`."""
    return write(lens, correcting("conference.changed", space, subject, content, sent), sent)


def open_conference(lens: Lens, space: str, subject: str, *, text: str = "", sent: Sent = NOT_TOLD) -> Receipt:
    """Open the conference; one that was closed too early is opened again."""
    return write(lens, Draft("conference.opened", space, subject, {"text": text}), sent)


def close_conference(lens: Lens, space: str, subject: str, *, text: str = "", sent: Sent = NOT_TOLD) -> Receipt:
    """Close the conference."""
    return write(lens, Draft("conference.closed", space, subject, {"text": text}), sent)


def cancel_conference(lens: Lens, space: str, subject: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Cancel a conference that has not been opened."""
    return write(lens, Draft("conference.cancelled", space, subject, {"reason": reason}), sent)


def move_to(lens: Lens, space: str, subject: str, point: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Go to a point of the agenda."""
    owner = owner_of(lens, space, subject)
    return write(lens, Draft("conference.moved_to", space, subject, {"point": point}, organisation=owner), sent)


def note_point(
    lens: Lens, space: str, subject: str, note: tuple[str, str], *, sent: Sent = NOT_TOLD
) -> Receipt:  # fmt: skip
    """Write the note of a point (code, text), in place of the one before, which stays in the history."""
    point, text = note
    content = {"point": point, "text": text}
    draft = correcting("conference.point_noted", space, subject, content, sent)
    receipt = write(lens, owned_by(draft, owner_of(lens, space, subject)), sent)
    discard_draft(lens, space, NOTE_DRAFT, f"{subject}/{point}")
    return receipt


def keep_note(lens: Lens, space: str, subject: str, point: str, text: str) -> SavedDraft:
    """Save what is being written of a point; it reaches nobody outside the organisation."""
    return save_draft(lens, space, NOTE_DRAFT, f"{subject}/{point}", {"text": text})


def attend(
    lens: Lens, space: str, conference: str, presence: Presence, *, sent: Sent = NOT_TOLD
) -> Receipt:  # fmt: skip
    """Register that functions of an organisation take part, besides those who already do."""
    content = {
        "functions": list(presence.functions), "also_represents": list(presence.also_represents),
        "keep_represented": presence.keep_represented,
    }  # fmt: skip
    return write(lens, entered_for(Draft("attendance.registered", space, conference, content), sent), sent)


def leave(lens: Lens, space: str, conference: str, *, function: str = "", sent: Sent = NOT_TOLD) -> Receipt:
    """Register that a function leaves; with the last one, or with none named, the organisation leaves."""
    organisation = sent.entered.organisation or lens.principal.organisation
    thing = thing_in(lens, space, conference)
    here = data_of(thing, ConferenceData).latest_attendance().get(organisation)
    others = [each for each in here.functions if each != function] if here and here.status == PRESENT else []
    if not function or not others or here is None:
        return write(lens, entered_for(Draft("attendance.left", space, conference, {"note": ""}), sent), sent)
    content = {"functions": others, "also_represents": list(here.also_represents), "keep": False}
    return write(lens, entered_for(Draft("attendance.registered", space, conference, content), sent), sent)


# Needs ----------------------------------------------------------------------------------------------------------


def raise_need(lens: Lens, space: str, content: Content, *, conference: str = "", sent: Sent = NOT_TOLD) -> Receipt:
    """Raise a need of the own organisation, or enter one for another. `content`: see `NeedRaised`."""
    refs = of_conference(space, conference)
    draft = Draft(
        "need.raised", space, subject_for(lens, sent), content, refs=refs, marks=sent.marks, circle_seen=sent.circle
    )
    return write(lens, entered_for(draft, sent), sent)


def change_need(lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Replace a need's whole content; one that was met is open again."""
    return write(lens, correcting("need.changed", space, subject, content, sent), sent)


def resolve_need(lens: Lens, space: str, subject: str, *, text: str = "", sent: Sent = NOT_TOLD) -> Receipt:
    """Say that the own organisation's need is met."""
    return write(lens, Draft("need.resolved", space, subject, {"text": text}), sent)


def withdraw_need(lens: Lens, space: str, subject: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Take the own organisation's need back."""
    return write(lens, Draft("need.withdrawn", space, subject, {"reason": reason}), sent)


def offer_to_need(lens: Lens, space: str, subject: str, text: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Say what an organisation can contribute to a need."""
    return write(lens, entered_for(Draft("need.offered", space, subject, {"text": text}), sent), sent)


def withdraw_offer(lens: Lens, space: str, subject: str, *, reason: str = "", sent: Sent = NOT_TOLD) -> Receipt:
    """Take the own organisation's offer back."""
    return write(lens, Draft("need.offer_withdrawn", space, subject, {"reason": reason}), sent)


# Agreements -----------------------------------------------------------------------------------------------------


def record_agreement(
    lens: Lens, space: str, conference: str, content: Content, *, sent: Sent = NOT_TOLD
) -> Receipt:  # fmt: skip
    """Write down an agreement of a conference. `content`: see `AgreementRecorded`; nobody is bound by it."""
    draft = Draft(
        "agreement.recorded", space, subject_for(lens, sent), content, refs=of_conference(space, conference),
        marks=sent.marks, organisation=owner_of(lens, space, conference), circle_seen=sent.circle,
    )  # fmt: skip
    return write(lens, draft, sent)


def change_agreement(lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Give an agreement another wording. `content`: see `AgreementChanged`."""
    draft = correcting("agreement.changed", space, subject, content, sent)
    return write(lens, owned_by(draft, owner_of(lens, space, subject)), sent)


def withdraw_agreement(lens: Lens, space: str, subject: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Take an agreement back; what the named organisations have said stays."""
    owner = owner_of(lens, space, subject)
    return write(lens, Draft("agreement.withdrawn", space, subject, {"reason": reason}, organisation=owner), sent)


def answer_undertaking(
    lens: Lens, space: str, subject: str, answer: tuple[str, Content], *, sent: Sent = NOT_TOLD
) -> Receipt:
    """Say the own organisation's word on its undertaking: (kind, payload) of one of the `undertaking.` kinds.

    `sent.seen` is the wording that was answered; "" for the one in force now.
    """
    kind, content = answer
    seen = sent.seen or thing_in(lens, space, subject).data.terms
    refs = (Ref(ANSWERS, space, subject, seen),)
    return write(lens, Draft(kind, space, subject, content, refs=refs), sent)


def confirm_undertaking(lens: Lens, space: str, subject: str, *, note: str = "", sent: Sent = NOT_TOLD) -> Receipt:
    """Confirm the own organisation's undertaking."""
    return answer_undertaking(lens, space, subject, ("undertaking.confirmed", {"note": note}), sent=sent)


# Minutes --------------------------------------------------------------------------------------------------------


def publish_minutes(
    lens: Lens, space: str, conference: str, adjustments: Content, *, sent: Sent = NOT_TOLD
) -> Receipt:  # fmt: skip
    """Publish the next version of a conference's minutes. `adjustments`: `summary`, `texts`, `reason`.

    `sent.seen`: the conference's last entry as the draft was drawn; if more has been entered since, `moved`.
    """
    thing = thing_in(lens, space, conference)
    if sent.seen and sent.seen != thing.last:
        raise Refused("moved", last=thing.last, based_on=sent.seen)
    draft = Draft(
        "minutes.published", space, minutes_subject(conference), adjustments, refs=of_conference(space, conference),
        marks=minutes_marks(lens, space, thing), circle_seen=sent.circle,
    )  # fmt: skip
    receipt = write(lens, draft, sent)
    discard_draft(lens, space, MINUTES_DRAFT, conference)
    return receipt


def minutes_marks(lens: Lens, space: str, conference: Thing) -> tuple[str, ...]:
    """Return the mark of a conference's minutes: the strictest of what is copied into them (R50)."""
    texts = partial(lens.payloads, space)
    source = Source(lens.directory, lens.space(space), lens.state(space), texts, lens.now)
    questions = copy_questions(source, conference)
    copied = [*copy_needs(source, conference), *copy_agreements(source, conference), *questions]
    copied += [answer for question in questions for answer in question["answers"]]
    return mark_of_all(lens, space, (each["digest"] for each in copied))


def withdraw_minutes(lens: Lens, space: str, conference: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Take the latest version back; it stays readable as withdrawn."""
    return write(lens, Draft("minutes.withdrawn", space, minutes_subject(conference), {"reason": reason}), sent)


def keep_minutes(lens: Lens, space: str, conference: str, adjustments: Content, based_on: str) -> SavedDraft:
    """Save the organisation's draft of the adjustments."""
    return save_draft(lens, space, MINUTES_DRAFT, conference, adjustments, based_on=based_on)
