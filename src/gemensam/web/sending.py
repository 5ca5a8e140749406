"""What has been sent of a space, and to whom: who keeps account of deliveries registers here (design 6)."""

from typing import TYPE_CHECKING, Protocol

from gemensam.web import times

if TYPE_CHECKING:
    from gemensam.web.page import SpacePage


SENT = frozenset({200, 304})  # statuses by which a reader has what a page shows


class Observer(Protocol):
    """Notes that an organisation was sent a space up to a position at `now` (ms UTC); must not wait for anything."""

    def __call__(self, organisation: str, space: str, position: int, now: int) -> None: ...


_OBSERVERS: list[Observer] = []


def register_observer(observer: Observer) -> None:
    """Name who is told of each page of a space that is sent; once, when the program starts."""
    if observer not in _OBSERVERS:
        _OBSERVERS.append(observer)


def note_sent(page: "SpacePage") -> None:
    """Tell that a page drawn from a space, at its moment, is sent to a reader's organisation now."""
    for observe in _OBSERVERS:
        observe(page.lens.principal.organisation, page.space, page.state.position, times.now())
