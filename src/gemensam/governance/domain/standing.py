"""A member's standing to a document on a day: derived from the document and the decisions (13.3), never entered.

A *förslag* is no decision. What has no day in the member's document may have happened on any day until it was
registered: where that would make a difference, the standing is *ej angivet*. In the gap between the first day of a
document that a body of the network has adopted and the member's own decision it is *tillämpas i avvaktan på
antagande*, never in force.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from gemensam.governance.domain import rules
from gemensam.governance.domain.documents import FOR_ADOPTION, FOR_CONSULTATION, DocumentData

NOT_SENT, CONSULTED, SENT, PREPARED = "not_sent", "consulted", "sent", "prepared"
ADOPTED, BY_OFFICIAL, CONDITIONED, REJECTED = "adopted", "by_official", "conditioned", "rejected"
PENDING, ENDED, REPLACED, NOT_STATED = "pending", "ended", "replaced", "not_stated"
STANDINGS = (NOT_SENT, CONSULTED, SENT, PREPARED, ADOPTED, BY_OFFICIAL, CONDITIONED, REJECTED, PENDING, ENDED,
             REPLACED, NOT_STATED)  # fmt: skip
IN_FORCE = frozenset({ADOPTED, BY_OFFICIAL, CONDITIONED})
OPEN = frozenset({NOT_SENT, CONSULTED, SENT, PREPARED, PENDING, NOT_STATED})
# Stages of `decision_steps`.
PROPOSAL, OFFICIAL, DECISION, NOTED = "proposal", "official", "decision", "noted"
DECIDING = frozenset({OFFICIAL, DECISION, NOTED})
Happened = Callable[[str, str], bool]  # (day or "", day on which it was entered)


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that a member has taken: `on` as the member's document says it, `entered_on` when it was registered.

    `stage` of its step and `counts` of its outcome come from the lists and the document's own rule. `closes`: it ends
    the matter without adopting; `approved`: its document says that the highest official has approved.
    `counts_now`: False while another person has to confirm it. `not_before`: the latest day that its document cites.
    """

    subject: str
    step: str
    stage: str
    outcome: str
    counts: str
    on: str
    entered_on: str
    closes: bool = False
    conditional: bool = False
    approved: bool = False
    counts_now: bool = True
    not_before: str = ""

    @property
    def order(self) -> tuple[str, str, str]:
        return (self.on or self.entered_on, self.entered_on, self.subject)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the standing of one member to one document is derived from.

    `sent` and `consulted`: the days of sendings to the member; `adopted`: those of the network's own adoptions; each
    (day or "", the day on which it was entered). `preparing`: the steps that another one decides after on the member's
    own route, where it has said so. `replaced`: what replaces it is in force for the member. `gone_out`: the
    first day on which any member took a step: from then a sending that nobody recorded is *ej angivet*.
    """

    document: DocumentData
    taken: tuple[Taken, ...] = ()
    sent: tuple[tuple[str, str], ...] = ()
    consulted: tuple[tuple[str, str], ...] = ()
    adopted: tuple[tuple[str, str], ...] = ()
    preparing: frozenset[str] = field(default=frozenset())
    replaced: bool = False
    gone_out: str = ""

    @property
    def has_undated(self) -> bool:
        days = (*self.sent, *self.consulted, *self.adopted)
        return not (all(one.on for one in self.taken) and all(on for on, _entered in days))


@dataclass(frozen=True, slots=True)
class Standing:
    """How a member stands to a document on a day. `basis`: the deciding step, or the latest that leads to one.

    `was`: what it was but for the end of the document, or the gap. `waits`: a step that would count is unconfirmed.
    `possible`: what it is if the undated had happened by then, where the standing is *ej angivet*.
    """

    code: str
    basis: str = ""
    was: str = ""
    possible: str = ""
    waits: bool = False
    in_force: bool = False


def standing_on(facts: Facts, day: str) -> Standing:
    """Return the standing on a day (2023-02-01)."""
    least = _on(facts, day, undated=False)
    if not facts.has_undated:
        return least
    most = _on(facts, day, undated=True)
    if least.code == most.code:
        # What it was before its end may still be in doubt.
        return least if least.was == most.was else replace(least, was=NOT_STATED)
    return Standing(NOT_STATED, most.basis, possible=most.code, waits=least.waits)


def _on(facts: Facts, day: str, *, undated: bool) -> Standing:
    """Return the standing where what has no day had happened by then, or not before it was entered."""

    def had_happened(on: str, entered_on: str) -> bool:
        return on <= day if on else undated or entered_on <= day

    happened = (one for one in facts.taken if one.not_before <= day and had_happened(one.on, one.entered_on))
    taken = sorted(happened, key=lambda one: one.order)
    verdict, basis = _verdict([one for one in taken if one.counts_now], facts.preparing)
    waits = verdict != _verdict(taken, facts.preparing)[0]
    before = verdict or _before_decision(facts, taken, had_happened)
    if before == NOT_SENT and facts.gone_out and facts.gone_out <= day and not facts.sent:
        before = NOT_STATED
    if not basis:
        basis = next((one.subject for one in reversed(taken) if _leads(one)), "")
    code = _with_validity(facts, before, day, adopted=any(had_happened(*one) for one in facts.adopted))
    # Where no first day is stated, as in an agreement, the member's own decision puts it into force.
    in_force = code in IN_FORCE and (not facts.document.valid_from or facts.document.holds_on(day))
    return Standing(code, basis, before if before != code else "", waits=waits, in_force=in_force)


def _with_validity(facts: Facts, before: str, day: str, *, adopted: bool) -> str:
    document = facts.document
    if document.is_over(day):
        return ENDED
    if facts.replaced:
        return REPLACED
    if before in OPEN and adopted and document.holds_on(day):
        return PENDING
    return before


def _before_decision(facts: Facts, taken: Sequence[Taken], had_happened: Happened) -> str:
    if any(_leads(one) for one in taken):
        return PREPARED
    if any(had_happened(*one) for one in facts.sent):
        return SENT
    return CONSULTED if any(had_happened(*one) for one in facts.consulted) else NOT_SENT


def _leads(one: Taken) -> bool:
    """Whether a step leads to a decision on the document; an answer to a consultation does not."""
    return one.stage in (PROPOSAL, *DECIDING) and one.counts != rules.APART


def _verdict(taken: Iterable[Taken], preparing: frozenset[str]) -> tuple[str, str]:
    """Return what the steps, in order, amount to and the step that made it so; the last word stands.

    An official's approval counts together with that the board was told or took note (13.2, route B of 13.4). That
    the board took note alone is no adoption: whether the official has approved is *ej angivet*.
    """
    verdict, basis, approved, told = "", "", False, False
    for one in taken:
        if one.stage not in DECIDING or one.step in preparing:
            continue
        said = _said(one)
        approved |= one.approved or said == OFFICIAL
        told |= said == NOTED
        if said in (OFFICIAL, NOTED):
            said = BY_OFFICIAL if approved and told else NOT_STATED if told and not verdict else ""
        if said:
            verdict, basis = said, one.subject
    return verdict, basis


def _said(one: Taken) -> str:
    """Return what a deciding step says: a standing; that the official approves, or that the board was told; or ""."""
    if one.counts == rules.MARKED or (one.counts == rules.YES and one.conditional):
        return CONDITIONED
    if one.counts == rules.YES:
        return BY_OFFICIAL if one.stage == OFFICIAL else ADOPTED
    if one.closes:
        return REJECTED
    if one.counts == rules.OFFICIAL or (one.stage == OFFICIAL and one.counts == rules.UNSAID):
        return OFFICIAL
    return NOTED if one.counts == rules.WITH_OFFICIAL or (one.stage == NOTED and one.counts == rules.UNSAID) else ""


def sendings(document: DocumentData, member: str, purpose: str) -> tuple[tuple[str, str], ...]:
    """Return the days of a document's sendings of a purpose to a member, each with the day by which it had happened.

    One that went out on a day *at the latest* has no day, and had happened by that one.
    """
    return tuple(
        ("", one.on) if one.latest and one.on else (one.on, rules.day_of(one.entered_at))
        for one in document.sendings
        if one.purpose == purpose and member in one.to
    )


def facts_of(
    document: DocumentData, member: str, taken: Iterable[Taken] = (), preparing: frozenset[str] = frozenset()
) -> Facts:
    """Return what a member's standing to a document is derived from, but for what replaces it."""
    return Facts(
        document, tuple(taken), sendings(document, member, FOR_ADOPTION), sendings(document, member, FOR_CONSULTATION),
        tuple((one.on, rules.day_of(one.entered_at)) for one in document.adoptions), preparing,
    )  # fmt: skip


def counting(outcomes: Mapping[str, str], document: DocumentData) -> dict[str, str]:
    """Return how each outcome counts for a document: the list's word, and where the joint office set another, that."""
    return {**outcomes, **dict(document.counts)}
