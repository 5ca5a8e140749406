"""Felinförd uppgift: who is to handle a quarantine, and who had been sent or had opened what is held (R47)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Min, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gemensam.audit.models import Delivery, Opening
from gemensam.core.entry import Ref
from gemensam.core.policy import ANY_FUNCTION, SpaceInfo
from gemensam.core.state import Thing
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import append
from gemensam.ledger.domain import HANDLES, LIFTED, PLACED, QUARANTINES, UPHELD, QuarantineData
from gemensam.ledger.ids import uuid7
from gemensam.ledger.reading import Lens, LogRow
from gemensam.ledger.registry import registry
from gemensam.organisations.domain import functions, permissions_of
from gemensam.web.spaces import title_of
from gemensam.web.start import Notice, Todo


@dataclass(frozen=True, slots=True)
class HadRead:
    """An organisation to which something that is held had been sent, and when it first opened it (ms UTC)."""

    organisation: str
    sent_at: int | None
    opened_at: int | None


def may_be_held(row: LogRow) -> bool:
    """Whether an entry has a text that can be put in quarantine."""
    kind = registry().find(row.header.kind, row.header.version)
    return row.payload is not None and (kind is None or kind.disposable)


def place_quarantine(lens: Lens, space: str, rows: Sequence[LogRow], reason: str, *, key: str = "") -> Receipt:
    """Have the texts of some entries held apart, at once. Anybody who reads them may."""
    refs = tuple(Ref(QUARANTINES, space, row.header.subject, row.digest) for row in rows)
    draft = Draft(PLACED, space, uuid7(), {"reason": reason}, refs=refs)
    return append(lens.principal, [draft], key=key)[0]


def settle_quarantine(lens: Lens, space: str, thing: Thing, reason: str, *, lift: bool) -> Receipt:
    """Let the texts back, or let the quarantine stand, with a reason."""
    data: QuarantineData = thing.data
    refs = tuple(Ref(QUARANTINES, space, subject, digest) for subject, digest in data.entries)
    draft = Draft(LIFTED if lift else UPHELD, space, thing.subject, {"reason": reason}, refs=refs)
    return append(lens.principal, [draft])[0]


def owners(lens: Lens, space: str, thing: Thing) -> set[str]:
    """Return the organisations whose information is held."""
    state = lens.state(space)
    found = (state.thing(subject) for subject, _digest in thing.data.entries)
    return {one.organisation for one in found if one is not None}


def who_had_read(lens: Lens, space: str, rows: Sequence[LogRow], before: int) -> list[HadRead]:
    """Return the organisations that had been sent or had opened any of some entries before an instant, by id.

    Those that read the space without a trace of either are among them: nothing is known to have reached them.
    """
    digests, first = [row.digest for row in rows], min((row.position for row in rows), default=0)
    opened = _first(Opening.objects.filter(space=space, digest__in=digests, at__lt=before))
    sent = _first(Delivery.objects.filter(space=space, position__gte=first, at__lt=before))
    named = sorted({*lens.readers(space).organisations, *opened, *sent})
    return [HadRead(one, sent.get(one), opened.get(one)) for one in named]


def _first(rows: QuerySet[Any]) -> dict[str, int]:
    return dict(rows.values_list("organisation").annotate(first=Min("at")))


def todos(lens: Lens) -> Iterator[Todo]:
    """Yield the quarantines that the reader's function is to decide on."""
    for info, thing in _waiting(lens):
        act, url = _("Decide"), f"/spaces/{info.id}/quarantine/{thing.subject}/"
        yield Todo(_("Misplaced information is in quarantine"), act, url, title_of(lens, info))


def notices(lens: Lens) -> Iterator[Notice]:
    """Yield one notice where quarantines wait for the reader's function."""
    waiting = list(_waiting(lens))
    if waiting:
        told = ngettext(
            "Somebody has reported misplaced information. %(n)s quarantine waits for you.",
            "Somebody has reported misplaced information. %(n)s quarantines wait for you.", len(waiting),
        )  # fmt: skip
        info, thing = waiting[0]
        yield Notice(told % {"n": len(waiting)}, "danger", f"/spaces/{info.id}/quarantine/{thing.subject}/")


def _waiting(lens: Lens) -> Iterator[tuple[SpaceInfo, Thing]]:
    if not lens.may(HANDLES):
        return
    for info in lens.spaces():
        for thing in lens.state(info.id).group("quarantines"):
            if thing.data.held and thing.data.settled is None and _is_told(lens, info, thing):
                yield info, thing


def _is_told(lens: Lens, info: SpaceInfo, thing: Thing) -> bool:
    """Whether a contact is told: that of the organisation whose information it is; where there is none, every one."""
    concerned = owners(lens, info.id, thing)
    if lens.principal.organisation in concerned:
        return True
    return not any(_has_contact(lens, info, one) for one in concerned)


def is_read_by_a_contact(lens: Lens, info: SpaceInfo) -> bool:
    """Whether anybody who may decide on a quarantine reads a space: in a narrower circle it may be that nobody does."""
    return any(_has_contact(lens, info, one) for one in lens.readers(info.id).organisations)


def _has_contact(lens: Lens, info: SpaceInfo, organisation: str) -> bool:
    found = (
        one.id for one in functions(lens.directory, organisation) if HANDLES in permissions_of(lens.directory, one.id)
    )
    if info.kind != "sub":
        return any(found)
    return any((organisation, one) in info.circle or (organisation, ANY_FUNCTION) in info.circle for one in found)
