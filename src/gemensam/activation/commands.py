"""The writers of calls, lägen and incidents. Each returns its receipts; all raise `Refused` as the kinds' rules do.

What belongs together is one commit: pressing the green button opens the incident, calls and reaches people, or does
nothing at all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gemensam.activation.alerting import Alert, dial_in, draft_of
from gemensam.activation.domain import incidents, larms, modes
from gemensam.activation.domain.alert_settings import proposed_conference, span
from gemensam.activation.domain.calls import CallData, first_agenda
from gemensam.activation.domain.reading import larm_to_replace
from gemensam.activation.domain.rules import data_of, item_of
from gemensam.activation.posting import NOT_TOLD, Content, Sent, new_subject, thing_in
from gemensam.coordination.domain.convening import CONVENES
from gemensam.core.entry import Ref
from gemensam.core.policy import STANDING
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import append
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import pinned_vocabulary
from gemensam.organisations.founding import pins

CALLED, TO_ASSESS, CONVENED_TEXT = "larm_forsta", "bedom", "larm_konferens"
Receipts = tuple[Receipt, ...]


@dataclass(frozen=True)
class Pressed:
    """What stood in the form of the green button. `conference_at` in ms UTC, 0 for the proposed time.

    `basis`: the thing that it comes from, as a known event.
    """

    words: str
    type: str = ""
    text: str = ""
    conference_at: int = 0
    basis: Ref | None = None

    @property
    def refs(self) -> tuple[Ref, ...]:
        return (self.basis,) if self.basis else ()


# Calls ------------------------------------------------------------------------------------------------------------


def make_call(lens: Lens, pressed: Pressed, *, space: str = "", sent: Sent = NOT_TOLD) -> Receipts:
    """Call for joint work: open the incident unless `space` is one, call, and reach all members and who assesses.

    Nobody's approval is needed (R1).
    """
    where, drafts = _opened(lens, pressed, space, sent)
    return _call(lens, pressed, where, drafts, sent)


def ask_help(lens: Lens, pressed: Pressed, *, space: str = "", sent: Sent = NOT_TOLD) -> Receipts:
    """Ask for help to judge: open the incident, and reach only those who assess."""
    where, drafts = _opened(lens, pressed, space, sent)
    call = new_subject(lens, sent, "call")
    content = _content(lens, pressed)
    drafts.append(Draft("call.help_asked", where.space, call, content, refs=pressed.refs, circle_seen=sent.circle))
    drafts.append(_to_assess(lens, where, call, pressed.words, sent))
    return append(lens.principal, drafts, key=sent.key)


def raise_call(lens: Lens, space: str, call: str, pressed: Pressed, *, sent: Sent = NOT_TOLD) -> Receipts:
    """Go on from *help me judge* to a call."""
    thing_in(lens, space, call, "call")
    return _call(lens, pressed, Where(space, lens.space(space).kind, call), [], sent)


@dataclass(frozen=True, slots=True)
class Where:
    """The space that a commit is for, opened by it or before, and its kind. `asked`: the help that was asked for."""

    space: str
    kind: str
    asked: str = ""


def _opened(lens: Lens, pressed: Pressed, space: str, sent: Sent) -> tuple[Where, list[Draft]]:
    if space:
        return Where(space, lens.space(space).kind), []
    opened = new_subject(lens, sent, "space")
    payload = {"space_kind": "incident", "title": pressed.words, "pins": pins(), "purpose": pressed.text[:200]}
    return Where(opened, "incident"), [Draft("space.opened", opened, opened, payload)]


def _call(lens: Lens, pressed: Pressed, where: Where, drafts: list[Draft], sent: Sent) -> Receipts:
    call = where.asked or new_subject(lens, sent, "call")
    content = _content(lens, pressed)
    # The list of readers that the form showed is of the whole network; a space opened here has no other.
    seen = None if drafts else sent.circle
    drafts.append(Draft("call.made", where.space, call, content, refs=pressed.refs, circle_seen=seen))
    word_by = lens.now + span(lens.directory, "convene_min")
    at = content["conference_at"] if where.kind == "exercise" else 0
    alert = Alert(CALLED, pressed.words, word_by=word_by, conference_at=at, call=call)
    drafts.append(draft_of(lens, where.space, where.kind, new_subject(lens, sent, "larm"), alert))
    if not where.asked:
        drafts.append(_to_assess(lens, where, call, pressed.words, sent))
    return append(lens.principal, drafts, key=sent.key)


def _content(lens: Lens, pressed: Pressed) -> dict[str, Any]:
    at = pressed.conference_at or proposed_conference(lens.directory, lens.now)
    return {"type": pressed.type, "words": pressed.words, "text": pressed.text, "conference_at": at}


def _to_assess(lens: Lens, where: Where, call: str, words: str, sent: Sent) -> Draft:
    word_by = lens.now + span(lens.directory, "rsib_min")
    alert = Alert(TO_ASSESS, words, word_by=word_by, purpose=larms.ASSESS, call=call)
    return draft_of(lens, where.space, where.kind, new_subject(lens, sent, "assess"), alert)


def withdraw_call(lens: Lens, space: str, call: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipts:
    """Take the own organisation's call back."""
    return append(lens.principal, [Draft("call.withdrawn", space, call, {"reason": reason})], key=sent.key)


def convene(lens: Lens, space: str, call: str, conference_at: int, *, sent: Sent = NOT_TOLD) -> Receipts:
    """Convene the conference oneself, call it in the list of conferences and reach all members with its time.

    The call stands for the permission to lead: no approval stops it (R1).

    Raises `Refused("convene_awaits")` before the set time, and `already_activated`.
    """
    words = words_of_call(lens, space, call)
    alert = Alert(CONVENED_TEXT, words, conference_at=conference_at, call=call, replaces=_before(lens, space))
    drafts = [
        Draft("call.convened", space, call, {"conference_at": conference_at, "reason": ""}),
        *_conference(lens, space, call, conference_at, new_subject(lens, sent, "conference")),
        draft_of(lens, space, lens.space(space).kind, new_subject(lens, sent, "larm"), alert),
    ]
    return append(lens.principal, drafts, key=sent.key)


def _conference(lens: Lens, space: str, call: str, starts_at: int, subject: str) -> Iterator[Draft]:
    """Yield the call of the conference that is convened, with the agenda of the läge that was called for.

    None where the space's lists have no agenda at all: that must not stop the larm.
    """
    codes = [item["code"] for item in pinned_vocabulary(lens.directory, lens.state(space), "agendas").items]
    wanted = first_agenda(lens.directory)
    agenda = wanted if wanted in codes else next(iter(codes), "")
    known = dial_in(lens, space)
    content = {
        "agenda": agenda, "starts_at": starts_at,
        "dial_in": {"primary": known.get("tel", ""), "code": known.get("kod", ""), "reserve": known.get("reserv", "")},
    }  # fmt: skip
    if agenda:
        yield Draft("conference.called", space, subject, content, refs=(Ref(CONVENES, space, call),))


def words_of_call(lens: Lens, space: str, call: str) -> str:
    """Return the neutral words of a call; the space's title where its text has gone."""
    data = data_of(thing_in(lens, space, call, "call"), CallData)
    found = lens.payloads(space, [data.content]).get(data.content) or {}
    thing = lens.state(space).thing(space)
    return str(found.get("words") or getattr(thing.data if thing else None, "title", ""))


def _before(lens: Lens, space: str) -> str:
    return larm_to_replace(lens.state(space), lens.now)


# Assessment -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Assessed:
    """An outcome, and what comes of it. `conference_at` in ms UTC; `incident`: the space it is added to."""

    outcome: str
    reason: str = ""
    level: str = ""
    conference_at: int = 0
    incident: str = ""
    alerts: bool = True


def take_assessment(lens: Lens, space: str, call: str, *, note: str = "", sent: Sent = NOT_TOLD) -> Receipts:
    """Say that the own function assesses; others see it at once."""
    return append(lens.principal, [Draft("assessment.taken", space, call, {"note": note})], key=sent.key)


def assess(lens: Lens, space: str, call: str, given: Assessed, *, sent: Sent = NOT_TOLD) -> Receipts:
    """Give the outcome, set the läge that it means, link the incident it is added to, and reach all: one commit."""
    item = item_of(lens.directory, "assessment_outcomes", given.outcome, "unknown_outcome")
    content = {"outcome": given.outcome, "reason": given.reason, "incident": given.incident}
    drafts = [Draft("assessment.given", space, call, content)]
    if item.get("mode"):
        reason = given.reason or str(item["name"])
        mode = {"mode": item["mode"], "level": given.level, "reason": reason}
        drafts.append(Draft("mode.set", space, new_subject(lens, sent, "mode"), mode))
    if item.get("links") and given.incident:
        link = {"relation": incidents.MERGED, "reason": given.reason}
        drafts.append(_linked(space, given.incident, link, new_subject(lens, sent, "link")))
    if item.get("larm_text") and given.alerts:
        alert = Alert(
            item["larm_text"], words_of_call(lens, space, call), conference_at=given.conference_at, call=call,
            replaces=_before(lens, space),
        )  # fmt: skip
        drafts.append(draft_of(lens, space, lens.space(space).kind, new_subject(lens, sent, "larm"), alert))
    return append(lens.principal, drafts, key=sent.key)


# Information, läge, links -----------------------------------------------------------------------------------------


def give_information(lens: Lens, space: str, text: str, *, sent: Sent = NOT_TOLD) -> Receipts:
    """Say what is known so far to all: an act of its own, before any assessment."""
    subject = new_subject(lens, sent, "information")
    draft = Draft("information.given", space, subject, {"text": text}, circle_seen=sent.circle)
    return append(lens.principal, [draft], key=sent.key)


def withdraw_information(lens: Lens, space: str, subject: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipts:
    """Take the own organisation's first information back."""
    return append(lens.principal, [Draft("information.withdrawn", space, subject, {"reason": reason})], key=sent.key)


def set_mode(lens: Lens, space: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipts:
    """Set an incident's läge and level; with the checklist where it is closed. `content`: see `ModeSet`."""
    draft = Draft("mode.set", space, new_subject(lens, sent, "mode"), content, circle_seen=sent.circle)
    return append(lens.principal, [draft], key=sent.key)


def set_own_mode(lens: Lens, content: Content, *, space: str = STANDING, sent: Sent = NOT_TOLD) -> Receipts:
    """Say the own organisation's beredskapsläge in its own words. `content`: see `OwnModeSet`."""
    subject = modes.own_mode_subject(lens.principal.organisation)
    return append(lens.principal, [Draft("own_mode.set", space, subject, content)], key=sent.key)


def record_heightened(lens: Lens, content: Content, *, space: str = STANDING, sent: Sent = NOT_TOLD) -> Receipts:
    """Record an external decision on höjd beredskap. `content`: see `HeightenedRecorded`."""
    draft = Draft("heightened.recorded", space, new_subject(lens, sent, "heightened"), content)
    return append(lens.principal, [draft], key=sent.key)


def lift_heightened(
    lens: Lens, subject: str, content: Content, *, space: str = STANDING, sent: Sent = NOT_TOLD
) -> Receipts:  # fmt: skip
    """Record the external decision that ends it; by the organisation that recorded the first one."""
    return append(lens.principal, [Draft("heightened.lifted", space, subject, content)], key=sent.key)


def link_incident(
    lens: Lens, space: str, other: str, content: Mapping[str, str], *, sent: Sent = NOT_TOLD
) -> Receipts:  # fmt: skip
    """Say that two incidents are one. `content`: relation (`same` or `merged`) and reason; both histories stay."""
    lens.space(other)
    draft = _linked(space, other, content, new_subject(lens, sent, "link"))
    return append(lens.principal, [draft], key=sent.key)


def unlink_incident(lens: Lens, space: str, subject: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipts:
    """Say that they were not one."""
    return append(lens.principal, [Draft("incident.unlinked", space, subject, {"reason": reason})], key=sent.key)


def _linked(space: str, other: str, content: Content, subject: str) -> Draft:
    return Draft("incident.linked", space, subject, content, refs=(Ref(incidents.OTHER, other, other),))
