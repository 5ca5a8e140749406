"""Readers of the local log: a reviewer sees the own organisation's records, the joint office everybody's (R66)."""

from dataclasses import dataclass

from django.db.models import QuerySet

from gemensam.audit.models import Record
from gemensam.ledger.reading import Lens
from gemensam.organisations.domain import organisation

JOINT_OFFICE = "gemensam_funktion"  # the kind of organisation, in the region's data


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a reviewer looks for; empty means all. `since` and `until` in ms since epoch UTC, `until` excluded."""

    action: str = ""
    account: str = ""
    organisation: str = ""
    space: str = ""
    since: int | None = None
    until: int | None = None


def sees_everybody(lens: Lens) -> bool:
    """Whether a reviewer reviews every organisation: the joint office's do (G1)."""
    own = organisation(lens.directory, lens.principal.organisation)
    return own is not None and own.kind == JOINT_OFFICE


def list_records_for(lens: Lens, wanted: Filter) -> QuerySet[Record]:
    """Records that a reviewer may see, newest first.

    Only of spaces that the reviewer may read now: what happened in another space is not even counted, so that the log
    tells nobody of a space that is hidden from them (design 3.8).
    """
    records = Record.objects.filter(space__in=["", *(info.id for info in lens.spaces())])
    if not sees_everybody(lens):
        records = records.filter(organisation=lens.principal.organisation)
    return _narrowed(records, wanted).order_by("-at", "-number")


def _narrowed(records: QuerySet[Record], wanted: Filter) -> QuerySet[Record]:
    for name in ("action", "account", "organisation", "space"):
        if value := getattr(wanted, name):
            records = records.filter(**{name: value})
    if wanted.since is not None:
        records = records.filter(at__gte=wanted.since)
    return records if wanted.until is None else records.filter(at__lt=wanted.until)
