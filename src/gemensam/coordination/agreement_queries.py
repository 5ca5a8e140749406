"""The readers of agreements and needs: lists, one thing with its texts, and what its organisation may say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gemensam.coordination.conference_queries import check_has_conferences, find_thing, may_record, may_speak
from gemensam.coordination.domain import needs as needs_of
from gemensam.coordination.domain.agreements import AGREEMENT, CONFIRMED, AgreementData
from gemensam.coordination.domain.needs import NEED, NeedData, Offer
from gemensam.coordination.domain.rules import data_of
from gemensam.coordination.domain.series import was_open_before
from gemensam.coordination.domain.standing import OTHER_WORDING, Party, Standing, standing
from gemensam.core.moment import Moment
from gemensam.core.state import SpaceState, Thing
from gemensam.ledger.reading import Lens
from gemensam.picture.marking import marks_by_entry

Texts = Mapping[str, Mapping[str, Any] | None]
ANSWER_TEXTS = ("reservation", "reason", "note")


@dataclass(frozen=True, slots=True)
class PartyShown:
    """An organisation's undertaking with its words. `what` is "" where it is the agreement's own wording."""

    party: Party
    what: str
    said: str


@dataclass(frozen=True, slots=True)
class AgreementShown:
    """An agreement as it stood at the moment, with its wording. `acts`: what the reader's organisation may say."""

    thing: Thing
    data: AgreementData
    stands: Standing
    wording: str
    named: tuple[PartyShown, ...]
    others: tuple[PartyShown, ...]
    conference: Thing | None
    reason: str = ""
    acts: tuple[str, ...] = ()
    may_change: bool = False
    marks: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return self.data.label

    def mine(self, organisation: str) -> PartyShown | None:
        return next((each for each in self.named if each.party.organisation == organisation), None)


def list_agreements(lens: Lens, space: str, moment: Moment, conference: str = "") -> list[AgreementShown]:
    """Return the agreements of a space, or of one conference, in the order in which they were made."""
    check_has_conferences(lens, space)
    state = lens.state(space, moment)
    things = state.group("agreements_of", conference) if conference else state.group("agreements")
    by = moment.happened_by
    made = (thing for thing in things if by is None or thing.data.recorded_at <= by)
    return shown_agreements(lens, state, made, moment)


def earlier_agreements(lens: Lens, space: str, moment: Moment, conference: Thing) -> list[AgreementShown]:
    """Return what is still open of the conferences before one: what its follow-up is about."""
    state = lens.state(space, moment)
    found = shown_agreements(lens, state, _before(state, conference), moment)
    return [each for each in found if each.stands.open]


def _before(state: SpaceState, conference: Thing) -> list[Thing]:
    def is_earlier(thing: Thing) -> bool:
        its = state.thing(thing.data.conference)
        return its is not None and its.data.starts_at < conference.data.starts_at

    return [thing for thing in state.group("agreements") if is_earlier(thing)]


def get_agreement(lens: Lens, space: str, subject: str, moment: Moment) -> AgreementShown:
    """Return one agreement; raises `Refused("not_found")`."""
    thing = find_thing(lens, space, subject, moment, AGREEMENT)
    return shown_agreements(lens, lens.state(space, moment), [thing], moment)[0]


def shown_agreements(lens: Lens, state: SpaceState, things: Iterable[Thing], moment: Moment) -> list[AgreementShown]:
    """Return agreements with their texts, which are read in one go."""
    kept = list(things)
    digests = [thing.data.terms for thing in kept]
    digests += [thing.data.ended for thing in kept if thing.data.ended]
    digests += [answer.digest for thing in kept for answer in thing.data.answers]
    texts = lens.payloads(state.space, digests)
    marks = marks_by_entry(lens, state.space, (thing.data.terms for thing in kept))
    shown = (_agreement(lens, state, thing, texts, moment) for thing in kept)
    return [replace(each, marks=marks.get(each.data.terms, ())) for each in shown]


def _agreement(lens: Lens, state: SpaceState, thing: Thing, texts: Texts, moment: Moment) -> AgreementShown:
    data = data_of(thing, AgreementData)
    stands = standing(data, thing.status, moment.at, moment.happened_by)
    terms = texts.get(data.terms) or {}
    whats = {each["organisation"]: each["what"] for each in terms.get("undertakings", ())}
    writable = not moment.historical and not lens.space(state.space).closed
    return AgreementShown(
        thing, data, stands, str(terms.get("wording", "")),
        tuple(_party(each, whats, texts) for each in stands.named),
        tuple(_party(each, whats, texts) for each in stands.others),
        state.thing(data.conference),
        str((texts.get(data.ended) or {}).get("reason", "")),
        _answers(lens, thing, stands) if writable else (),
        writable and thing.status == "recorded" and may_record(lens, thing.organisation),
    )  # fmt: skip


def _party(party: Party, whats: Mapping[str, str], texts: Texts) -> PartyShown:
    said = (texts.get(party.answer.digest) or {}) if party.answer is not None else {}
    text = next((str(said[name]) for name in ANSWER_TEXTS if said.get(name)), "")
    return PartyShown(party, whats.get(party.organisation, ""), text)


def _answers(lens: Lens, thing: Thing, stands: Standing) -> tuple[str, ...]:
    """Return the kinds that the reader's own organisation may answer with, from the table (design 4.3)."""
    own = lens.principal.organisation
    mine = next((party for party in stands.named if party.organisation == own), None)
    if "undertake" not in lens.principal.permissions or stands.status != "recorded" or thing.needs_upgrade:
        return ()
    allowed = AGREEMENT.each.allowed(thing.party(own))
    if mine is None:
        return tuple(kind for kind in allowed if kind == "undertaking.confirmed" and not thing.party(own))
    # To confirm again says something only where the wording has changed since.
    again = mine.status == CONFIRMED and OTHER_WORDING not in mine.contradictions
    return tuple(kind for kind in ANSWER_ORDER if kind in allowed and not (again and kind == "undertaking.confirmed"))


ANSWER_ORDER = (
    "undertaking.confirmed", "undertaking.completed", "undertaking.reserved", "undertaking.declined",
    "undertaking.reopened",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfferShown:
    """An organisation's offer with its words; `contradiction`: the code of what does not fit, or ""."""

    offer: Offer
    text: str
    contradiction: str


@dataclass(frozen=True, slots=True)
class NeedShown:
    """A need as it stood at the moment, with its text. `acts`: what this reader may do with it.

    `status`: the owner's word; `joint`: how it stands for all, *erbjudet* while open with an offer that stands.
    """

    thing: Thing
    data: NeedData
    status: str
    joint: str
    about: Mapping[str, Any]
    offers: tuple[OfferShown, ...]
    ending: str
    acts: frozenset[str]
    conference: Thing | None
    marks: tuple[str, ...] = ()

    @property
    def standing_offers(self) -> tuple[OfferShown, ...]:
        return tuple(each for each in self.offers if each.offer.status == needs_of.OFFERED)

    @property
    def told_offers(self) -> tuple[OfferShown, ...]:
        """The offers that are shown: those that stand, and those whose end contradicts the owner's word."""
        return tuple(each for each in self.offers if each.offer.status == needs_of.OFFERED or each.contradiction)


def list_needs(lens: Lens, space: str, moment: Moment) -> list[NeedShown]:
    """Return the needs of a space in the order in which they were raised."""
    check_has_conferences(lens, space)
    state = lens.state(space, moment)
    by = moment.happened_by
    raised = (thing for thing in state.group("needs") if by is None or thing.data.raised_at <= by)
    return shown_needs(lens, state, raised, moment)


def needs_at(lens: Lens, space: str, moment: Moment, conference: str) -> list[NeedShown]:
    """Return what a conference talks of: the open needs, and those raised at it."""
    return [
        need
        for need in list_needs(lens, space, moment)
        if need.status == needs_of.OPEN or need.data.conference == conference
    ]


def is_left(state: SpaceState, conference: Thing, need: NeedShown) -> bool:
    """Whether a need is left from an earlier conference: open then, and open still."""
    return need.status == needs_of.OPEN and was_open_before(state, conference, need.thing)


def get_need(lens: Lens, space: str, subject: str, moment: Moment) -> NeedShown:
    """Return one need; raises `Refused("not_found")`."""
    thing = find_thing(lens, space, subject, moment, NEED)
    return shown_needs(lens, lens.state(space, moment), [thing], moment)[0]


def shown_needs(lens: Lens, state: SpaceState, things: Iterable[Thing], moment: Moment) -> list[NeedShown]:
    """Return needs with their texts, which are read in one go."""
    kept = list(things)
    digests = [thing.data.content for thing in kept]
    digests += [thing.data.ended for thing in kept if thing.data.ended]
    digests += [offer.digest for thing in kept for offer in thing.data.offers]
    texts = lens.payloads(state.space, digests)
    marks = marks_by_entry(lens, state.space, (thing.data.content for thing in kept))
    shown = (_need(lens, state, thing, texts, moment) for thing in kept)
    return [replace(each, marks=marks.get(each.data.content, ())) for each in shown]


def _need(lens: Lens, state: SpaceState, thing: Thing, texts: Texts, moment: Moment) -> NeedShown:
    data = data_of(thing, NeedData)
    status = needs_of.status_at(data, thing.status, moment.happened_by)
    offers = tuple(
        OfferShown(offer, _offered(texts, offer), needs_of.contradiction(data, status, offer))
        for _, offer in sorted(needs_of.offers_at(data, moment.happened_by).items())
    )
    ending = texts.get(data.ended) or {} if status != needs_of.OPEN else {}
    writable = not moment.historical and not lens.space(state.space).closed
    acts = _need_acts(lens, thing) if writable else frozenset()
    told = str(ending.get("text") or ending.get("reason") or "")
    joint = needs_of.joint_status(data, thing.status, moment.happened_by)
    return NeedShown(
        thing, data, status, joint, texts.get(data.content) or {}, offers, told, acts, state.thing(data.conference)
    )


def _offered(texts: Texts, offer: Offer) -> str:
    said = texts.get(offer.digest) or {}
    return str(said.get("text") or said.get("reason") or "")


def _need_acts(lens: Lens, thing: Thing) -> frozenset[str]:
    if not may_speak(lens) or thing.needs_upgrade:
        return frozenset()
    own = lens.principal.organisation
    if thing.organisation == own:
        return frozenset(NEED.owner.allowed(thing.status))
    allowed = NEED.each.allowed(thing.party(own))
    # A need that has ended takes no new offers; one that stands can still be taken back.
    return frozenset(kind for kind in allowed if thing.status == needs_of.OPEN or kind == "need.offer_withdrawn")
