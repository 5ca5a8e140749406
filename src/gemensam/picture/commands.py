"""The writers of reporting: requests, reports, quick answers and statements. Each returns the `Receipt` of its entry.

All raise `Refused` with what `ledger.judge` and the kinds' own rules refuse; then nothing is written.
"""

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from gemensam.core.entry import Ref
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import append
from gemensam.ledger.drafts import discard_draft
from gemensam.ledger.ids import uuid7
from gemensam.ledger.reading import Lens
from gemensam.picture.domain import reports
from gemensam.picture.domain.contacts import contact_subject
from gemensam.picture.domain.duplicates import OF, duplicate_subject
from gemensam.picture.domain.statements import StatementData
from gemensam.picture.domain.written import Written
from gemensam.picture.marking import marks_of

Content = Mapping[str, Any]
# Kinds whose texts say how they were written, where that was not in the program.
SAYS_HOW = frozenset(
    {"report.published", "report.relayed", "report.corrected", "statement.recorded", "statement.corrected"}
)
REPORT_DRAFT, CORRECTION_DRAFT, RELAY_DRAFT, REQUEST_DRAFT = "report", "correction", "relay", "request"


@dataclass(frozen=True, slots=True)
class Sent:
    """How a post was sent: what its author had seen, and the client's idempotency key.

    `circle`: version of the list of readers; `last`: the last entry of the thing that it changes; `follows`: the
    report seen as the organisation's latest, as `seen` gives it. A post with a key is written once. `marks`: the TLP
    mark that was chosen (R50). `written`: when and how it was written, where it could not be entered at once (R68,
    R71): the entry stands at that time.
    """

    circle: int | None = None
    last: str = ""
    follows: str = ""
    key: str = ""
    marks: tuple[str, ...] = ()
    written: Written | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """How a report that another organisation gave came in (R71): whose, via what, to which function, when (ms UTC).

    `answers`: the requests that it answers.
    """

    organisation: str
    via: str
    by: str
    at: int
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Replied:
    """An asked organisation's word on a request that another one enters: `kind` request.deferred or declined."""

    kind: str
    request: str
    organisation: str
    via: str


@dataclass(frozen=True, slots=True)
class Part:
    """The narrower part of a report: its circle and its content.

    `space`: the circle where it is there already, else "" and it is opened with `title`, `circle` and the lists `pins`.
    `seen`: the version of its readers that the author saw, None for a circle that is opened.
    """

    space: str
    title: str
    circle: tuple[tuple[str, str], ...]
    content: Content
    pins: tuple[Mapping[str, str], ...] = ()
    marks: tuple[str, ...] = ()
    seen: int | None = None


NOT_TOLD = Sent()


def make_request(lens: Lens, space: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Ask chosen organisations for a report (R16). `content`: see `RequestPayload`."""
    receipt = _write(lens, Draft("request.made", space, subject_of(lens, sent), content, circle_seen=sent.circle), sent)
    discard_draft(lens, space, REQUEST_DRAFT, "")
    return receipt


def change_request(lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Replace a request's whole content; those who have answered have still answered."""
    return _write(lens, _on("request.changed", space, subject, content, sent), sent)


def withdraw_request(lens: Lens, space: str, subject: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Take a request back; answers that came stay."""
    return _write(lens, _on("request.withdrawn", space, subject, {"reason": reason}, sent), sent)


def remind(lens: Lens, space: str, subject: str, organisations: Sequence[str], *, sent: Sent = NOT_TOLD) -> Receipt:
    """Remind organisations that have not answered; the reminder stands in their to-do list and in the log."""
    payload = {"organisations": sorted(set(organisations))}
    return _write(lens, _on("request.reminded", space, subject, payload, sent), sent)


def defer_request(lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """*Återkommer kl.*: the own organisation answers later. `content`: see `RequestDeferred`."""
    return _write(lens, _on("request.deferred", space, subject, content, sent), sent)


def decline_request(lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """*Avböjer*, with a reason. `content`: see `RequestDeclined`."""
    return _write(lens, _on("request.declined", space, subject, content, sent), sent)


def enter_reply(lens: Lens, space: str, reply: Replied, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Enter *återkommer kl.* or *avböjer* for the asked organisation, as it came by an answer link (R85)."""
    draft = _on(reply.kind, space, reply.request, content, sent)
    return _write(lens, replace(draft, organisation=reply.organisation, via=reply.via), sent)


def publish_report(
    lens: Lens, space: str, content: Content, *, answers: Iterable[str] = (), sent: Sent = NOT_TOLD
) -> Receipt:
    """Publish the own organisation's report; it answers the named requests (R17).

    `content`: see `ReportPayload`. Raises `Refused("moved")` where a colleague has published since `sent.follows`.
    """
    receipt = _publish(lens, space, content, answers, sent)
    discard_draft(lens, space, REPORT_DRAFT, "")
    return receipt


def publish_report_in_two(  # noqa: PLR0913  the wide report, its narrower part, and how they were sent
    lens: Lens, space: str, content: Content, part: Part, *, answers: Iterable[str] = (), sent: Sent = NOT_TOLD
) -> Receipt:
    """Publish the own organisation's report and its narrower part, in one commit: both or neither (design 3.4).

    The circle is opened in the same commit where it is not there yet. What is sent once more with the same key is the
    same commit, whatever has become of it. Returns the receipt of the wide report.
    """
    subject, key = subject_of(lens, sent), sent.key
    refs = (*_answers(space, answers), *_follows(space, sent))
    wide = Draft(
        "report.published", space, subject, content, refs=refs, marks=sent.marks, circle_seen=sent.circle
    )  # fmt: skip
    own_circle = _derived(lens, key, "circle")
    narrow_space = part.space or own_circle
    narrow = Draft(
        "report.published", narrow_space, _derived(lens, key, "part"), part.content,
        refs=(Ref(reports.PART_OF, space, subject),), marks=part.marks, circle_seen=part.seen,
    )  # fmt: skip
    opening = [_opening(space, narrow_space, part)] if narrow_space == own_circle else []
    both = [_written(one, sent.written) for one in (wide, narrow)]
    receipts = append(lens.principal, [*opening, *both], key=key)
    discard_draft(lens, space, REPORT_DRAFT, "")
    return next(one for one in receipts if one.space == space)


def sanitise_report(  # noqa: PLR0913  the narrow report, the wide one, and how they were sent
    lens: Lens, narrow: tuple[str, str], space: str, content: Content, *, corrects: str = "", sent: Sent = NOT_TOLD
) -> Receipt:
    """Tell some of a report of a narrower circle in the wider one, in its owner's edited words (R52, design 3.3).

    `narrow`: space and subject of the report that it is made from, which keeps the reference; the wide one has none.
    `corrects`: the wide report whose new content it is, or "" for a report of its own. Both entries in one commit.
    Returns the receipt of the wide report.
    """
    if corrects:
        wide = _on("report.corrected", space, corrects, content, sent)
    else:
        wide = Draft(
            "report.published", space, subject_of(lens, sent), content, refs=_follows(space, sent), marks=sent.marks,
            circle_seen=sent.circle,
        )  # fmt: skip
    refs = (Ref(reports.SANITISED_AS, space, wide.subject),)
    basis = Draft("report.sanitised", *narrow, {"note": ""}, refs=refs)
    return append(lens.principal, [_written(wide, sent.written), basis], key=sent.key)[0]


def _opening(parent: str, space: str, part: Part) -> Draft:
    payload = {
        "space_kind": "sub", "title": part.title, "parent": parent, "pins": [dict(pin) for pin in part.pins],
        "circle": [{"organisation": organisation, "function": function} for organisation, function in part.circle],
    }  # fmt: skip
    return Draft("space.opened", space, space, payload)


def report_unchanged(lens: Lens, space: str, *, answers: Iterable[str] = (), sent: Sent = NOT_TOLD) -> Receipt:
    """Confirm the own organisation's latest report as it stands, its mark too, in one press (R21)."""
    latest = lens.state(space).latest("reports", lens.principal.organisation)
    if latest is None:
        raise Refused("no_report_to_confirm")
    content = {**_quick(lens, latest.data.template, reports.UNCHANGED, sent), "confirms": latest.data.content}
    refs = (*_answers(space, answers), *_follows(space, sent), _confirms(space, latest))
    marks = marks_of(lens, space, latest.data.content)
    draft = Draft(
        "report.published", space, subject_of(lens, sent), content, refs=refs, marks=marks, circle_seen=sent.circle
    )
    return _write(lens, draft, sent)


def report_no_impact(
    lens: Lens, space: str, template: str, *, answers: Iterable[str] = (), sent: Sent = NOT_TOLD
) -> Receipt:
    """Say *ingen påverkan hos oss*: the lowest status on every row that the organisation answers for (R21)."""
    return _publish(lens, space, _quick(lens, template, reports.NO_IMPACT, sent), answers, sent)


def nothing_to_report(
    lens: Lens, space: str, template: str, *, answers: Iterable[str] = (), sent: Sent = NOT_TOLD
) -> Receipt:
    """Give a report without deviations (R21)."""
    return _publish(lens, space, _quick(lens, template, reports.NOTHING, sent), answers, sent)


def relay_report(lens: Lens, space: str, content: Content, received: Received, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Enter what another organisation gave by telephone, radio or paper; unconfirmed until that one confirms (R71)."""
    receipt = enter_report(lens, space, content, received, sent=sent)
    discard_draft(lens, space, RELAY_DRAFT, received.organisation)
    return receipt


def enter_report(lens: Lens, space: str, content: Content, received: Received, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Enter another organisation's report as `relay_report` does, and leave what a colleague is writing for it."""
    draft = Draft(
        "report.relayed", space, subject_of(lens, sent), {**content, "received_by": received.by},
        occurred_at=received.at, refs=_answers(space, received.answers), organisation=received.organisation,
        via=received.via, marks=sent.marks, circle_seen=sent.circle,
    )  # fmt: skip
    return _write(lens, draft, sent)


def confirm_report(lens: Lens, space: str, subject: str, *, note: str = "", sent: Sent = NOT_TOLD) -> Receipt:
    """Confirm what another organisation entered for the own one."""
    return _write(lens, _on("report.confirmed", space, subject, {"note": note}, sent), sent)


def deny_report(lens: Lens, space: str, subject: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Say that what another organisation entered for the own one is not its report."""
    return _write(lens, _on("report.denied", space, subject, {"reason": reason}, sent), sent)


def correct_report(lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Replace a report's whole content; what stood before stays in its history (R29)."""
    receipt = _write(lens, _on("report.corrected", space, subject, content, sent), sent)
    discard_draft(lens, space, CORRECTION_DRAFT, subject)
    return receipt


def withdraw_report(lens: Lens, space: str, subject: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Take the own organisation's report back, with a visible trace (R29)."""
    return _write(lens, _on("report.withdrawn", space, subject, {"reason": reason}, sent), sent)


def record_statement(lens: Lens, space: str, content: Content, *, via: str = "", sent: Sent = NOT_TOLD) -> Receipt:
    """Write down a sentence with no report behind it (R32). `content`: see `StatementPayload`."""
    draft = Draft(
        "statement.recorded", space, subject_of(lens, sent), content, via=via, marks=sent.marks, circle_seen=sent.circle
    )
    return _write(lens, draft, sent)


def correct_statement(lens: Lens, space: str, subject: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Replace a statement's whole content; how it came in stays."""
    thing = lens.state(space).thing(subject)
    via = thing.data.via if thing is not None and isinstance(thing.data, StatementData) else ""
    return _write(lens, replace(_on("statement.corrected", space, subject, content, sent), via=via), sent)


def withdraw_statement(lens: Lens, space: str, subject: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Take a statement back, with a visible trace."""
    return _write(lens, _on("statement.withdrawn", space, subject, {"reason": reason}, sent), sent)


def confirm_statement(lens: Lens, space: str, subject: str, *, note: str = "", sent: Sent = NOT_TOLD) -> Receipt:
    """Confirm a statement about the own organisation (R22)."""
    return _write(lens, _on("statement.confirmed", space, subject, {"note": note}, sent), sent)


def deny_statement(lens: Lens, space: str, subject: str, reason: str, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Deny a statement about the own organisation."""
    return _write(lens, _on("statement.denied", space, subject, {"reason": reason}, sent), sent)


def judge_duplicate(lens: Lens, space: str, pair: tuple[str, str], *, same: bool, sent: Sent = NOT_TOLD) -> Receipt:
    """Say whether two statements are one (R26); both are kept, and what was said before stays in the history."""
    kind = "duplicate.linked" if same else "duplicate.dismissed"
    refs = tuple(Ref(OF, space, subject) for subject in sorted(pair))
    subject = duplicate_subject(lens.principal.organisation, *pair)
    draft = Draft(kind, space, subject, {}, refs=refs, circle_seen=sent.circle)
    return _write(lens, draft, sent)


def note_contact(lens: Lens, space: str, content: Content, *, sent: Sent = NOT_TOLD) -> Receipt:
    """Note how a member is reached. `content`: see `ContactNoted`."""
    subject = contact_subject(content["about"], lens.principal.organisation)
    return _write(lens, Draft("contact.noted", space, subject, content, circle_seen=sent.circle), sent)


def _publish(lens: Lens, space: str, content: Content, answers: Iterable[str], sent: Sent) -> Receipt:
    refs = (*_answers(space, answers), *_follows(space, sent))
    draft = Draft(
        "report.published", space, subject_of(lens, sent), content, refs=refs, marks=sent.marks, circle_seen=sent.circle
    )
    return _write(lens, draft, sent)


def _write(lens: Lens, draft: Draft, sent: Sent) -> Receipt:
    return append(lens.principal, [_written(draft, sent.written)], key=sent.key)[0]


def _written(draft: Draft, written: Written | None) -> Draft:
    """Return a draft at the time when it was written; what holds a text says how, too."""
    if written is None:
        return draft
    payload = {**draft.payload, "written": asdict(written)} if draft.kind in SAYS_HOW else draft.payload
    at = written.at if draft.occurred_at is None else draft.occurred_at
    return replace(draft, payload=payload, occurred_at=at)


def _on(kind: str, space: str, subject: str, payload: Content, sent: Sent) -> Draft:
    return Draft(kind, space, subject, payload, marks=sent.marks, circle_seen=sent.circle, based_on=sent.last or None)


def subject_of(lens: Lens, sent: Sent) -> str:
    """Return a new subject; the same for the same key of the same account, so that a repeat is the same request."""
    if not sent.key:
        return uuid7()
    digest = hashlib.sha256(f"{lens.principal.account}/{sent.key}".encode()).digest()
    return str(uuid.UUID(bytes=digest[:16], version=5))


def _derived(lens: Lens, key: str, name: str) -> str:
    """Return the identity that goes with a key under a name, or a new one without a key."""
    return subject_of(lens, Sent(key=f"{key}/{name}" if key else ""))


def _quick(lens: Lens, template: str, quick: str, sent: Sent) -> dict[str, Any]:
    stated_at = sent.written.at if sent.written is not None else lens.now
    return {"template": template, "stated_at": stated_at, "quick": quick}


def _answers(space: str, requests: Iterable[str]) -> tuple[Ref, ...]:
    return tuple(Ref(reports.ANSWERS, space, request) for request in sorted(set(requests)))


def _confirms(space: str, latest: Thing) -> Ref:
    return Ref(reports.CONFIRMS, space, latest.subject, latest.last)


def seen(latest: Thing | None) -> str:
    """Return what a form keeps of the report that its author saw as the latest; "" for none."""
    return f"{latest.subject} {latest.last}" if latest is not None else ""


def _follows(space: str, sent: Sent) -> tuple[Ref, ...]:
    """Return the reference to that report; the rules check under the lock that it still is the latest."""
    if not sent.follows:
        return ()
    subject, _, digest = sent.follows.rpartition(" ")
    return (Ref(reports.FOLLOWS, space, subject, digest),)
