"""Insight: an organisation lets another one see what it had access to in a space, until a time.

It is the organisation's own decision about its own information, so it is a row of this node beside the log, as the
recorded deliveries are; every step leaves a record in the local log. Times in ms since epoch UTC.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from gemensam.audit import log
from gemensam.audit.models import Insight, Record
from gemensam.core.refusal import Refused
from gemensam.ledger.reading import Lens

LONGEST_MS = 90 * 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Given:
    """What is given: to whom, until when, and why."""

    organisation: str
    until: int
    reason: str


def give_insight(lens: Lens, space: str, given: Given) -> Insight:
    """Let another reader of the space see what the own organisation had access to there.

    Raises `Refused`: `not_found` for a space or an organisation that does not read it, `insight_time` for a time that
    has passed or is more than 90 days away.
    """
    principal = lens.principal
    others = set(lens.readers(space).organisations) - {principal.organisation}
    if given.organisation not in others:
        raise Refused("not_found")
    if not lens.now < given.until <= lens.now + LONGEST_MS:
        raise Refused("insight_time")
    detail = {"organisation": given.organisation, "until": given.until}
    with transaction.atomic():
        log.record_now(principal, "insight_given", space=space, detail=detail)
        return Insight.objects.create(
            organisation=principal.organisation, space=space, to_organisation=given.organisation,
            reason=given.reason, given_at=lens.now, given_by=principal.function, until=given.until,
        )  # fmt: skip


def withdraw_insight(lens: Lens, space: str, number: int) -> None:
    """End an insight that the own organisation gave; ending it again changes nothing. Raises `Refused("not_found")`."""
    principal = lens.principal
    lens.space(space)
    found = Insight.objects.filter(pk=number, organisation=principal.organisation, space=space).first()
    if found is None:
        raise Refused("not_found")
    if found.withdrawn_at:
        return
    with transaction.atomic():
        detail = {"organisation": found.to_organisation}
        log.record_now(principal, "insight_withdrawn", space=space, detail=detail)
        found.withdrawn_at, found.withdrawn_by = lens.now, principal.function
        found.save(update_fields=["withdrawn_at", "withdrawn_by"])


def require_insight(lens: Lens, space: str, organisation: str) -> None:
    """Check that the reader may see what an organisation had access to: its own, or one that has let it in.

    Raises `Refused`: `not_found` for one that does not read the space, `no_insight` without insight in force.
    """
    if organisation == lens.principal.organisation:
        return
    if organisation not in lens.readers(space).organisations:
        raise Refused("not_found")
    if not _in_force(lens, space).filter(organisation=organisation).exists():
        raise Refused("no_insight")


def list_given(lens: Lens, space: str) -> list[Insight]:
    """Every insight that the own organisation has given in a space, newest first; the ended ones too."""
    given = Insight.objects.filter(organisation=lens.principal.organisation, space=space)
    return list(given.order_by("-given_at", "-pk"))


def list_received(lens: Lens, space: str) -> list[Insight]:
    """The insights in force that others have given the own organisation in a space, soonest ended first."""
    return list(_in_force(lens, space).order_by("until", "pk"))


def last_used(lens: Lens, space: str) -> dict[str, int]:
    """Organisation → when it last looked at what the own organisation had access to in a space."""
    looked = Record.objects.filter(action="insight_used", space=space, subject=lens.principal.organisation)
    return dict(looked.order_by("at").values_list("organisation", "at"))


def _in_force(lens: Lens, space: str) -> QuerySet[Insight]:
    lens.space(space)
    return Insight.objects.filter(
        space=space, to_organisation=lens.principal.organisation, withdrawn_at=0, until__gt=lens.now
    )
