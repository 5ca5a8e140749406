"""What was sent to whom, and what was opened, and when: the answer to *what could organisation X see then* (design 6).

A page of a space, and an answer to a program, notes the position that it was drawn from. Only rising positions reach
the database, so a page that is read a hundred times costs one row. Nothing here waits for the database, and nothing
is written under the append lock of a space: the rows wait in the local log's queue.

Signals to browsers carry no content and are no delivery. Times in ms since epoch UTC.
"""

from collections.abc import Collection, Iterable

from django.db.models import Max, Min

from gemensam.audit.models import Delivery, Opening
from gemensam.audit.waiting import queue
from gemensam.web import times

OPENINGS_REMEMBERED = 50_000
_highest: dict[tuple[str, str], int] = {}
_opened: set[tuple[str, str, str]] = set()


def note_delivery(organisation: str, space: str, position: int, now: int) -> None:
    """Note that an organisation was shown a space up to `position` at `now` (ms since epoch UTC)."""
    key = (organisation, space)
    if not organisation or position <= _highest.get(key, 0):
        return
    if queue.put(Delivery(organisation=organisation, space=space, position=position, at=now)):
        _highest[key] = position


def note_opening(organisation: str, space: str, digest: str, now: int) -> None:
    """Note that an organisation opened one entry at `now`; only the first time is kept."""
    key = (organisation, space, digest)
    if not organisation or key in _opened:
        return
    if len(_opened) >= OPENINGS_REMEMBERED:
        _opened.clear()
    if queue.put(Opening(organisation=organisation, space=space, digest=digest, at=now)):
        _opened.add(key)


def note_openings(organisation: str, space: str, digests: Iterable[str]) -> None:
    """Note that a page which shows these entries has been opened now by one of an organisation's functions."""
    for digest in digests:
        note_opening(organisation, space, digest, times.now())


def delivered_position(organisation: str, space: str, *, by: int) -> int:
    """The highest position that had been made available to an organisation by a time; 0 where nothing had."""
    noted = Delivery.objects.filter(organisation=organisation, space=space, at__lte=by)
    return noted.aggregate(highest=Max("position"))["highest"] or 0


def first_delivered_at(organisation: str, space: str, position: int) -> int | None:
    """When a position was first available to an organisation (ms since epoch UTC), or None."""
    noted = Delivery.objects.filter(organisation=organisation, space=space, position__gte=position)
    found: int | None = noted.aggregate(first=Min("at"))["first"]
    return found


def first_delivered(organisation: str, space: str, positions: Collection[int]) -> dict[int, int]:
    """Position → when it was first sent to an organisation; positions that have not been sent are absent.

    What was sent up to a position held everything before it, so the first time of a position is the earliest among
    its own and all higher ones.
    """
    if not positions:
        return {}
    low, high = min(positions), max(positions)
    noted = Delivery.objects.filter(organisation=organisation, space=space, position__range=(low, high))
    own = dict(noted.values_list("position", "at"))
    earliest = first_delivered_at(organisation, space, high + 1)
    found = {}
    for position in range(high, low - 1, -1):
        earliest = min((at for at in (earliest, own.get(position)) if at is not None), default=None)
        if earliest is not None:
            found[position] = earliest
    return {position: found[position] for position in positions if position in found}


def last_delivered_at(organisation: str, space: str, *, by: int) -> int | None:
    """When an organisation was last sent something new of a space, by a time; None where nothing had been sent."""
    noted = Delivery.objects.filter(organisation=organisation, space=space, at__lte=by)
    found: int | None = noted.aggregate(last=Max("at"))["last"]
    return found


def opened_by(organisation: str, space: str, digests: Collection[str]) -> dict[str, int]:
    """Digest → when an organisation first opened the entry; those that it has not opened are absent."""
    rows = Opening.objects.filter(organisation=organisation, space=space, digest__in=list(digests))
    return dict(rows.values_list("digest", "at"))


def count_opened(organisation: str, space: str, *, by: int) -> int:
    """How many entries of a space an organisation had opened by a time."""
    return Opening.objects.filter(organisation=organisation, space=space, at__lte=by).count()


def forget_noted() -> None:
    """Forget what this process remembers to have noted: after a restored database, and between tests."""
    _highest.clear()
    _opened.clear()
