"""Who will read what is posted in a space: the exact list, shown before anything is published (R30)."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from gemensam.accounts.models import Appointment
from gemensam.accounts.queries import current
from gemensam.core.policy import ANY_FUNCTION, SpaceInfo
from gemensam.core.swedish import sort_key
from gemensam.ledger.reading import Lens, Readers
from gemensam.organisations.domain import function, organisation


@dataclass(frozen=True, slots=True)
class ReaderList:
    """Names of the organisations that read a space, in Swedish order, how many people, why these, and the version.

    Where a circle names functions they stand after the organisation's name.
    """

    readers: tuple[str, ...]
    people: int
    why: str
    version: int


def reader_list(lens: Lens, space: str) -> ReaderList:
    """Return who reads a space now; raises `Refused("not_found")`."""
    info, found = lens.space(space), lens.readers(space)
    names = sorted((_name(lens, one, info.circle) for one in found.organisations), key=sort_key)
    return ReaderList(tuple(names), count_people(found, info, lens.now), _why(info), found.version)


def readers_of_circle(lens: Lens, parent: str, circle: tuple[tuple[str, str], ...]) -> ReaderList:
    """Return who would read a narrower space if it were opened now with a circle; raises `Refused("not_found")`."""
    wide = set(lens.readers(parent).organisations)
    named = tuple(sorted({one for one, _function in circle if one in wide}))
    info = SpaceInfo("", "sub", parent, lens.principal.organisation, circle)
    names = sorted((_name(lens, one, circle) for one in named), key=sort_key)
    return ReaderList(tuple(names), count_people(Readers(named, circle, 0), info, lens.now), _why(info), 0)


def count_people(readers: Readers, info: SpaceInfo, at: int) -> int:
    """Return how many accounts hold a function that reads a space at an instant (ms UTC)."""
    held = Appointment.objects.filter(current(at), _circle(readers, info), user__is_active=True)
    return int(held.values("user").distinct().count())


def _circle(readers: Readers, info: SpaceInfo) -> Q:
    if info.kind != "sub":
        return Q(organisation__in=readers.organisations)
    named = Q(pk__in=[])
    for organisation_id, chosen in readers.circle:
        if organisation_id in readers.organisations:
            one = Q(organisation=organisation_id)
            named |= one if chosen == ANY_FUNCTION else one & Q(function=chosen)
    return named


def _name(lens: Lens, organisation_id: str, circle: tuple[tuple[str, str], ...] = ()) -> str:
    found = organisation(lens.directory, organisation_id)
    name = found.name if found is not None else organisation_id
    chosen = [one for owner, one in circle if owner == organisation_id]
    if not chosen or ANY_FUNCTION in chosen:
        return name
    known = [function(lens.directory, one) for one in chosen]
    return f"{name} ({', '.join(one.name for one in known if one is not None)})"


def _why(info: SpaceInfo) -> str:
    if info.kind == "sub":
        return _("This is a narrower circle: only those named when it was opened read it.")
    if info.kind == "outer":
        return _("The whole network reads this space, and the guests named here.")
    return _("This space belongs to the whole network. Everyone who joins the network later reads it too.")
