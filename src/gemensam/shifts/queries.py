"""Readers of handovers: only the function's own."""

from django.db.models import QuerySet

from gemensam.ledger.reading import Lens
from gemensam.shifts.models import Handover


def waiting(lens: Lens, space: str) -> Handover | None:
    """Return what the reader's function has handed over in a space and nobody has taken over yet."""
    return _own(lens, space).filter(taken_at=0).order_by("-pk").first()


def taken(lens: Lens, space: str, *, by: int) -> list[Handover]:
    """Return what the reader's function has taken over in a space by an instant, newest first."""
    return list(_own(lens, space).filter(taken_at__gt=0, taken_at__lte=by).order_by("-taken_at", "-pk")[:10])


def _own(lens: Lens, space: str) -> QuerySet[Handover]:
    principal = lens.principal
    return Handover.objects.filter(organisation=principal.organisation, function=principal.function, space=space)


def spaces_waiting(lens: Lens) -> set[str]:
    """Return the spaces in which the reader's function has something to take over."""
    principal = lens.principal
    found = Handover.objects.filter(organisation=principal.organisation, function=principal.function, taken_at=0)
    return set(found.values_list("space", flat=True))
