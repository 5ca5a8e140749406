"""The writers of the members' steps about a document. Each returns the `Receipt` of its entry.

All raise `Refused` with what `ledger.judge` and the kinds' own rules refuse; then nothing is written.
"""

from dataclasses import asdict

from gemensam.core.entry import Ref
from gemensam.core.policy import STANDING
from gemensam.core.writing import Draft, Receipt
from gemensam.governance.domain import rules
from gemensam.governance.domain.decisions import DecisionGiven, DecisionTold, decides
from gemensam.governance.domain.documents import NOTHING, Link
from gemensam.governance.domain.routes import RouteSet, route_subject
from gemensam.governance.sending import NOT_TOLD, Sent, subject_for, thing_in, write
from gemensam.ledger.reading import Lens


def register_decision(
    lens: Lens, space: str, given: DecisionGiven, *, based_on: str = "", key: str = ""
) -> Receipt:  # fmt: skip
    """Register a step of a member, as its own registrar or for it as the joint office.

    `based_on`: the version of the document that the form showed (`DocumentData.content`); the step keeps it.
    """
    draft = Draft(
        "decision.registered", space, subject_for(lens, key), asdict(given.told), organisation=given.member,
        refs=decides(space, given.document, based_on), via=given.via,
    )  # fmt: skip
    return write(lens, draft, key)


def correct_decision(
    lens: Lens, space: str, subject: str, told: DecisionTold, *, sent: Sent = NOT_TOLD
) -> Receipt:  # fmt: skip
    """Replace what is said of a step; one that was withdrawn is taken up again, one that was confirmed is no longer.

    Raises `Refused("moved")` where another text than `sent.seen` is in force.
    """
    owner = thing_in(lens, space, subject, "decision").organisation
    refs = (Ref(rules.CORRECTS, space, subject, sent.seen),) if sent.seen else ()
    draft = Draft("decision.corrected", space, subject, asdict(told), refs=refs, organisation=owner)
    return write(lens, draft, sent.key)


def withdraw_decision(lens: Lens, space: str, subject: str, reason: str, *, key: str = "") -> Receipt:
    """Take a step back that was registered wrongly; it stays in the history."""
    owner = thing_in(lens, space, subject, "decision").organisation
    return write(lens, Draft("decision.withdrawn", space, subject, {"reason": reason}, organisation=owner), key)


def confirm_decision(lens: Lens, space: str, subject: str, *, note: str = "", sent: Sent) -> Receipt:
    """Confirm the text `sent.seen` of a step, as another person than its registrar; raises `same_person`, `moved`."""
    refs = (Ref(rules.CONFIRMS, space, subject, sent.seen),)
    return write(lens, Draft("decision.confirmed", space, subject, {"note": note}, refs=refs), sent.key)


def return_decision(lens: Lens, space: str, subject: str, reason: str, *, sent: Sent) -> Receipt:
    """Return the text `sent.seen` of a step with what is to be looked at; raises `same_person`, `moved`."""
    refs = (Ref(rules.CONFIRMS, space, subject, sent.seen),)
    return write(lens, Draft("decision.returned", space, subject, {"reason": reason}, refs=refs), sent.key)


def set_route(
    lens: Lens, member: str, route: RouteSet, *, document: Link = NOTHING, key: str = ""
) -> Receipt:  # fmt: skip
    """Set a member's own route, in general or for one document; what decides on it is then the member's word."""
    draft = Draft("route.set", *_place(member, document), asdict(route), organisation=member)
    return write(lens, draft, key)


def clear_route(
    lens: Lens, member: str, *, reason: str = "", document: Link = NOTHING, key: str = ""
) -> Receipt:  # fmt: skip
    """Take a member's own route away; the usual one is shown again, as a proposal."""
    draft = Draft("route.cleared", *_place(member, document), {"reason": reason}, organisation=member)
    return write(lens, draft, key)


def _place(member: str, document: Link) -> tuple[str, str]:
    space, subject = document
    return space or STANDING, route_subject(member, subject)
