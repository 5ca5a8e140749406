"""The writers of self-assessments and of their rounds. Each returns the `Receipt` of its main entry.

All raise `Refused` with what `ledger.judge` and the kinds' own rules refuse; then nothing is written. What is told to
wider circles is written in the same commit as what the member keeps, from what the member has chosen to tell.
"""

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gemensam.capabilities.domain.assessments import ALL, OFFICE, assessment_of
from gemensam.capabilities.domain.levels import TOLD, level_of
from gemensam.capabilities.domain.rules import Circle, office_circle, office_of, own_circle
from gemensam.capabilities.domain.scale import SHARING, Item, scale_of
from gemensam.capabilities.queries import Own, circle_within, earlier_own, get_own
from gemensam.core.refusal import Refused
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import append
from gemensam.ledger.drafts import discard_draft, load_draft, save_draft
from gemensam.ledger.ids import uuid7
from gemensam.ledger.reading import Lens
from gemensam.ledger.receipts import receipt_of
from gemensam.organisations.domain import organisation, pinned_vocabulary

Content = Mapping[str, Any]
DRAFT = "assessment"


@dataclass(frozen=True, slots=True)
class Sent:
    """How a form was sent: the last entry of the assessment that its writer saw, the versions of the readers of the
    period and of the circle with the joint office, the client's key; `at`: its own time (ms UTC) where that is not now.
    """

    seen: str = ""
    everybody: int | None = None
    office: int | None = None
    key: str = ""
    at: int | None = None


NOT_TOLD = Sent()


def open_circle(lens: Lens, period: str, title: str, *, key: str = "") -> Receipt:
    """Open the narrower space of the period that only the own organisation's functions read."""
    opening = _opening(lens, period, _new(lens, key), own_circle(lens.principal.organisation), title)
    return append(lens.principal, [opening], key=key)[0]


def make_assessment(lens: Lens, period: str, content: Content, *, titles: Content, sent: Sent = NOT_TOLD) -> Receipt:
    """Assess a delförmåga anew, and tell whom the member chose. `content`: see `AssessmentPayload`.

    `titles`: what the circle with the joint office is called (`office`) where it has to be opened.
    """
    own = _own(lens, period)
    subject = assessment_of(own.member, content["capability"])
    if first := _repeated(lens, own, subject, sent, content):
        return first
    kept = _kept(own, content, sent)
    told = list(_telling(lens, period, content, titles, sent))
    receipts = append(lens.principal, [kept, *told], key=sent.key)
    discard_draft(lens, kept.space, DRAFT, content["capability"])
    return receipts[0]


def make_assessments(
    lens: Lens, period: str, contents: Iterable[tuple[Content, int]], *, titles: Content, key: str = ""
) -> tuple[Receipt, ...]:  # fmt: skip
    """Assess several delförmågor in one commit, each at a time of its own (ms UTC), in the order given.

    The circle with the joint office, where it is needed, is there already. Drafts stay.
    """
    own = _own(lens, period)
    drafts: list[Draft] = []
    for content, at in contents:
        sent = Sent(at=at)
        drafts += [_kept(own, content, sent), *_telling(lens, period, content, titles, sent)]
    return append(lens.principal, drafts, key=key) if drafts else ()


def _kept(own: Own, content: Content, sent: Sent) -> Draft:
    subject = assessment_of(own.member, content["capability"])
    return Draft("assessment.made", _space(own), subject, content, occurred_at=sent.at, based_on=sent.seen or None)


def confirm_assessment(lens: Lens, period: str, capability: str, *, titles: Content, sent: Sent = NOT_TOLD) -> Receipt:
    """*Oförändrat*: what stood still holds, here and where it has been told."""
    own = _own(lens, period)
    subject = assessment_of(own.member, capability)
    if first := _repeated(lens, own, subject, sent, {}):
        return first
    data = own.data(capability)
    content = lens.payloads(_space(own), [data.content]).get(data.content) if data is not None else None
    if content is None:
        raise Refused("not_found")
    kept = Draft("assessment.confirmed", _space(own), subject, {}, occurred_at=sent.at, based_on=sent.seen or None)
    return append(lens.principal, [kept, *_telling(lens, period, content, titles, sent)], key=sent.key)[0]


def save_assessment_draft(
    lens: Lens, period: str, capability: str, body: Content, *, version: int | None = None
) -> int:  # fmt: skip
    """Save what has been written so far; returns the draft's version. Raises `draft_moved`."""
    own = _own(lens, period)
    return save_draft(lens, _space(own), DRAFT, capability, body, version=version).version


def bring_earlier(lens: Lens, period: str) -> int:
    """Make drafts of what the own organisation assessed in the period before, where nothing stands; returns how many.

    A draft is a starting point: each is gone through and saved by a person.
    """
    own, before = _own(lens, period), earlier_own(lens, period)
    if before is None:
        raise Refused("no_earlier_assessment")
    return sum(_brought(lens, own, before[1], str(thing.data.capability)) for thing in _assessed(before[1]))


def _assessed(own: Own) -> tuple[Any, ...]:
    return own.state.group("assessments") if own.state is not None else ()


def _brought(lens: Lens, own: Own, before: Own, capability: str) -> bool:
    space, data = _space(own), before.data(capability)
    if own.thing(capability) is not None or load_draft(lens, space, DRAFT, capability) is not None or data is None:
        return False
    content = lens.payloads(_space(before), [data.content]).get(data.content)
    if content is None:
        return False
    save_draft(lens, space, DRAFT, capability, content)
    return True


def answer_round(lens: Lens, period: str, subject: str, *, key: str = "", at: int | None = None) -> Receipt:
    """Say to all that the own organisation has gone through its delförmågor."""
    return append(lens.principal, [Draft("round.answered", period, subject, {}, occurred_at=at)], key=key)[0]


def open_assessment_round(lens: Lens, period: str, content: Content, *, key: str = "") -> Receipt:
    """Ask the members to assess themselves by a day. `content`: see `RoundPayload`."""
    return append(lens.principal, [Draft("round.opened", period, f"round-{_new(lens, key)}", content)], key=key)[0]


def change_round(lens: Lens, period: str, subject: str, content: Content, *, based_on: str) -> Receipt:
    """Replace what a round says."""
    draft = Draft("round.changed", period, subject, content, based_on=based_on or None)
    return append(lens.principal, [draft])[0]


def close_round(lens: Lens, period: str, subject: str, *, key: str = "") -> Receipt:
    """Wait for no more answers."""
    return append(lens.principal, [Draft("round.closed", period, subject, {})], key=key)[0]


# What is told -----------------------------------------------------------------------------------------------------


def _telling(lens: Lens, period: str, content: Content, titles: Content, sent: Sent) -> Iterator[Draft]:
    """Yield the entries of the wider circles: the level in the one that was chosen, and in no other."""
    state = lens.state(period)
    sharing = pinned_vocabulary(lens.directory, state, SHARING).item(content["shared_as"])
    if sharing is None:
        raise Refused("unknown_assessment_sharing", value=content["shared_as"])
    payload = _level(lens, period, content, sharing)
    yield from _told(lens, period, payload if sharing["to"] == ALL else None, content, replace(sent, office=None))
    circle = office_circle(lens.principal.organisation, office_of(state))
    there = circle_within(lens, period, circle)
    if sharing["to"] == OFFICE and there is None:
        space = uuid7()
        yield _opening(lens, period, space, circle, titles["office"])
        yield _sharing(lens, space, payload, sent)
    elif there is not None:
        office = payload if sharing["to"] == OFFICE else None
        yield from _told(lens, there.id, office, content, replace(sent, everybody=sent.office))


def _told(lens: Lens, space: str, payload: Content | None, content: Content, sent: Sent) -> Iterator[Draft]:
    """Yield what tells the level in a space, or takes it back where it is told there and is to be no more."""
    if payload is not None:
        yield replace(_sharing(lens, space, payload, sent), circle_seen=sent.everybody)
        return
    subject = level_of(lens.principal.organisation, content["capability"])
    thing = lens.state(space).thing(subject)
    if thing is not None and thing.status == TOLD:
        yield Draft("level.withdrawn", space, subject, {}, occurred_at=sent.at)


def _sharing(lens: Lens, space: str, payload: Content, sent: Sent) -> Draft:
    subject = level_of(lens.principal.organisation, payload["capability"])
    return Draft("level.shared", space, subject, payload, occurred_at=sent.at)


def _level(lens: Lens, period: str, content: Content, sharing: Item) -> dict[str, Any]:
    """Return what the chosen readers are told, and nothing else of the assessment."""
    level = scale_of(lens.directory, lens.state(period)).item(content["level"])
    tells = bool(content.get("tells_measure"))
    return {
        "capability": content["capability"],
        "level": content["level"],
        "proven_on": content.get("proven_on", "") if level.get("needs_proof") else "",
        "reason": content.get("reason", "") if sharing.get("reason") else "",
        "measure": content.get("measure", "") if tells else "",
        "measure_due": content.get("measure_due", "") if tells else "",
    }


def _opening(lens: Lens, period: str, space: str, circle: Circle, title: str) -> Draft:
    """Return the opening of a narrower space of the period, with the lists that the period uses."""
    thing = lens.state(period).thing(period)
    pins = [{"code": code, "digest": digest} for code, digest in (thing.data.pins if thing is not None else ())]
    payload = {
        "space_kind": "sub", "title": title[:200], "parent": period, "pins": pins, "purpose": "",
        "circle": [{"organisation": one, "function": function} for one, function in circle],
    }  # fmt: skip
    return Draft("space.opened", space, space, payload)


def _new(lens: Lens, key: str) -> str:
    """Return a new identity; the same for the same key of the same account, so that a repeat is the same thing."""
    if not key:
        return uuid7()
    digest = hashlib.sha256(f"{lens.principal.account}/{key}".encode()).digest()
    return str(uuid.UUID(bytes=digest[:16], version=5))


def _own(lens: Lens, period: str) -> Own:
    """Return the own account; raises `Refused`: `assessment_by_member`, `assessment_circle_not_open`."""
    found = organisation(lens.directory, lens.principal.organisation)
    if found is None or not found.member:
        raise Refused("assessment_by_member", organisation=lens.principal.organisation)
    own = get_own(lens, period)
    if own.circle is None:
        raise Refused("assessment_circle_not_open")
    return own


def _repeated(lens: Lens, own: Own, subject: str, sent: Sent, content: Content) -> Receipt | None:
    """Return the first result of what is sent once more: what it told then may have been told otherwise since.

    Raises `Refused("id_reused")` where the key was another assessment's.
    """
    first = receipt_of(lens.principal.account, sent.key) if sent.key else None
    if first is None:
        return None
    written = lens.payloads(_space(own), [first.digest]).get(first.digest) if first.space == _space(own) else None
    if first.subject != subject or written is None or any(written.get(name) != content[name] for name in content):
        raise Refused("id_reused")
    return first


def _space(own: Own) -> str:
    assert own.circle is not None
    return own.circle.id
