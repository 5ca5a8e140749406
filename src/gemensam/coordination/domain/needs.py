"""A samverkansbehov: what an organisation needs that others can help with, and what they offer (R31).

The need is its owner's; each offer is its giver's. Neither takes the other away: what does not fit is shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from sys import intern
from typing import Any

from gemensam.coordination.domain import rules
from gemensam.coordination.domain.conference_rules import decide_reason
from gemensam.core.clock import ZERO
from gemensam.core.entry import Clock, Header
from gemensam.core.kinds import FOR_OTHERS, GroupKey, Kind, SortKey, SubjectType
from gemensam.core.state import Thing
from gemensam.core.transitions import Machine
from gemensam.core.writing import Decision
from gemensam.picture.domain.places import ANYWHERE, NOWHERE, Place, Where, checked_place, kommun_of, where_of
from gemensam.picture.domain.report_rules import OTHER_ROW

OPEN, RESOLVED, WITHDRAWN = "open", "resolved", "withdrawn"
OFFERED, OFFER_WITHDRAWN = "offered", "offer_withdrawn"


@dataclass(frozen=True)
class NeedRaised:
    """What is needed. `row`: the verksamhet, or ""; `urgency` from the list; `until_at` in ms UTC.

    `concerns`: the organisations that it is put to; none named means all. `place` says where in words, `where` by
    kommun or point; an empty one becomes the kommun that the organisation is, where it is one.
    """

    text: str
    amount: str = ""
    place: str = ""
    when: str = ""
    row: str = ""
    urgency: str = ""
    until_at: int | None = None
    concerns: tuple[str, ...] = ()
    where: Place = NOWHERE


@dataclass(frozen=True)
class NeedResolved:
    """How it was met."""

    text: str = ""


@dataclass(frozen=True)
class NeedWithdrawn:
    """Why it is no longer needed."""

    reason: str


@dataclass(frozen=True)
class NeedOffered:
    """What an organisation can contribute to the need, and when."""

    text: str


@dataclass(frozen=True)
class OfferWithdrawn:
    """Why the offer no longer stands."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """One word of an organisation about a need, in order; its text is in the payload of `digest`."""

    organisation: str
    status: str
    at: int
    clock: Clock
    digest: str


@dataclass(frozen=True, slots=True)
class NeedData:
    """A need in the state; times in ms UTC, 0 where there is none. `content`: the entry whose text is in force."""

    content: str
    raised_at: int
    conference: str = ""
    row: str = ""
    urgency: str = ""
    until_at: int = 0
    concerns: tuple[str, ...] = ()
    via: str = ""
    by_organisation: str = ""
    changes: int = 0
    ended_at: int = 0
    ended_clock: Clock = ZERO
    ended: str = ""
    offers: tuple[Offer, ...] = ()
    where: Where = ANYWHERE

    def unsaid(self) -> tuple[str, ...]:
        """The fields that came later than the first logs, where they say nothing (`core.state.plain`)."""
        return () if self.where.is_named else ("where",)

    def latest_offers(self) -> dict[str, Offer]:
        """Return the last word of each organisation, by organisation."""
        return {offer.organisation: offer for offer in self.offers}


def _index(thing: Thing) -> Iterator[tuple[GroupKey, SortKey]]:
    key = (thing.created_clock, thing.subject)
    yield ("needs",), key
    if thing.status == OPEN:
        yield ("needs_open",), key
    if thing.data.conference:
        yield ("needs_of", thing.data.conference), key
    for code in thing.data.where.kommuner:
        yield ("needs_in", code), key


NEED = SubjectType(
    "need",
    owner=Machine(
        {
            ("", "need.raised"): OPEN,
            (OPEN, "need.changed"): OPEN,
            (OPEN, "need.resolved"): RESOLVED,
            (OPEN, "need.withdrawn"): WITHDRAWN,
            (RESOLVED, "need.changed"): OPEN,
        }
    ),
    each=Machine(
        {
            ("", "need.offered"): OFFERED,
            (OFFERED, "need.offered"): OFFERED,
            (OFFERED, "need.offer_withdrawn"): OFFER_WITHDRAWN,
            (OFFER_WITHDRAWN, "need.offered"): OFFERED,
        }
    ),
    index=_index,
)


def _content(data: Any, header: Header, digest: str, payload: Mapping[str, Any] | None) -> NeedData:
    before = data if isinstance(data, NeedData) else None
    given = payload or {}
    return NeedData(
        content=digest,
        raised_at=before.raised_at if before else header.occurred_at,
        conference=before.conference if before else rules.conference_of(header.refs),
        row=intern(given.get("row", "")),
        urgency=intern(given.get("urgency", "")),
        until_at=given.get("until_at") or 0,
        concerns=tuple(given.get("concerns", ())),
        via=intern(header.via) if header.on_behalf else "",
        by_organisation=intern(header.by_organisation) if header.on_behalf else "",
        changes=before.changes + 1 if before else 0,
        offers=before.offers if before else (),
        where=where_of(given),
    )


def _ended(data: NeedData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> NeedData:
    return replace(data, ended_at=header.occurred_at, ended_clock=header.clock, ended=digest)


def _offer(status: str) -> Any:
    def apply(data: NeedData, header: Header, digest: str, payload: Mapping[str, Any] | None) -> NeedData:
        offer = Offer(intern(header.organisation), status, header.occurred_at, header.clock, digest)
        return replace(data, offers=(*data.offers, offer))

    return apply


def _decide_need(decision: Decision) -> Mapping[str, Any]:
    payload = decision.draft.payload
    rules.require_voice(decision)
    rules.check_conference(decision, needed=False)
    if decision.thing is not None:
        rules.check_seen(decision, rules.CORRECTS, decision.thing.data.content)
    rules.need_text("text", payload["text"])
    rules.check_words(**{name: payload[name] for name in ("text", "amount", "place", "when")})
    if payload["row"] not in ("", OTHER_ROW):
        rules.check_item(decision, "rows", payload["row"], "unknown_row")
    if payload["urgency"]:
        rules.check_item(decision, "urgency", payload["urgency"], "unknown_urgency")
    rules.check_organisations(decision, payload["concerns"])
    home = kommun_of(decision.directory, decision.organisation)
    where = checked_place(decision.directory, payload["where"], default=home)
    return {**payload, "concerns": sorted(set(payload["concerns"])), "where": where}


def _decide_resolved(decision: Decision) -> Mapping[str, Any]:
    rules.require_voice(decision)
    rules.check_words(text=decision.draft.payload["text"])
    return decision.draft.payload


def _decide_withdrawn(decision: Decision) -> Mapping[str, Any]:
    rules.require_voice(decision)
    return decide_reason(decision)


def _decide_offer(decision: Decision) -> Mapping[str, Any]:
    rules.require_voice(decision)
    rules.need_text("text", decision.draft.payload["text"])
    rules.check_words(text=decision.draft.payload["text"])
    return decision.draft.payload


def _decide_offer_withdrawn(decision: Decision) -> Mapping[str, Any]:
    rules.require_voice(decision)
    rules.check_words(reason=decision.draft.payload["reason"])
    return decision.draft.payload


def _text(payload: Mapping[str, Any]) -> str:
    return "\n".join(payload[name] for name in ("text", "amount", "place", "when", "reason") if payload.get(name))


def _kind(name: str, payload: type, apply: Any, decide: Any, **more: Any) -> Kind:
    return Kind(name, 1, NEED, payload, "read", apply, spaces=rules.HERE, decide=decide, text=_text, **more)


KINDS = (
    _kind("need.raised", NeedRaised, _content, _decide_need, on_behalf=FOR_OTHERS),
    _kind("need.changed", NeedRaised, _content, _decide_need, on_behalf=FOR_OTHERS),
    _kind("need.resolved", NeedResolved, _ended, _decide_resolved, folds_payload=False),
    _kind("need.withdrawn", NeedWithdrawn, _ended, _decide_withdrawn, folds_payload=False),
    _kind("need.offered", NeedOffered, _offer(OFFERED), _decide_offer, on_behalf=FOR_OTHERS, folds_payload=False),
    _kind("need.offer_withdrawn", OfferWithdrawn, _offer(OFFER_WITHDRAWN), _decide_offer_withdrawn,
          folds_payload=False),
)  # fmt: skip
TYPES = (NEED,)


def status_at(data: NeedData, status: str, happened_by: int | None) -> str:
    """Return how a need stood at an instant by its own times; its status where none is asked for."""
    if happened_by is None or status == OPEN or data.ended_at <= happened_by:
        return status
    return OPEN


def offers_at(data: NeedData, happened_by: int | None) -> dict[str, Offer]:
    """Return the last word of each organisation, of those said by an instant."""
    said = (offer for offer in data.offers if happened_by is None or offer.at <= happened_by)
    return {offer.organisation: offer for offer in said}


def joint_status(data: NeedData, status: str, happened_by: int | None = None) -> str:
    """Return how a need stands for all: the owner's word, and *erbjudet* while it is open and an offer stands."""
    stands = status_at(data, status, happened_by)
    offered = any(offer.status == OFFERED for offer in offers_at(data, happened_by).values())
    return OFFERED if stands == OPEN and offered else stands


# What does not fit between the owner's word and a giver's: somebody should ring them (F7).
AFTER_END = "offer_after_end"  # offered although the need had ended
OFFER_LEFT = "offer_left"  # the need was withdrawn, the offer still stands
OFFER_GONE = "offer_gone"  # the need is said to be met, but the offer was taken back afterwards


def contradiction(data: NeedData, status: str, offer: Offer) -> str:
    """Return the code of what does not fit an organisation's last word about a need, or "".

    `status`: the owner's at the moment. That an offer stands when its need is met is no contradiction: it met it.
    """
    if status == OPEN or not data.ended:
        return ""
    is_later = offer.clock > data.ended_clock
    if offer.status == OFFERED:
        return AFTER_END if is_later else OFFER_LEFT if status == WITHDRAWN else ""
    return OFFER_GONE if is_later and status == RESOLVED else ""
