"""What the pages of a published picture and of an excerpt say of taking it back."""

from typing import Protocol

from gemensam.core.state import Thing
from gemensam.web.page import SpacePage


class Published(Protocol):
    """Something published: its thing in the space, and whether it has been taken back."""

    @property
    def thing(self) -> Thing: ...

    @property
    def withdrawn(self) -> bool: ...


def may_withdraw(page: SpacePage, view: Published) -> bool:
    """Return whether this reader may take it back: of the organisation whose it is, with the right to publish."""
    owns = view.thing.organisation == page.lens.principal.organisation
    return owns and not view.withdrawn and page.may("publish_picture")


def reason_of(page: SpacePage, view: Published) -> str:
    """Return why it was taken back; "" where it stands, or where the reason has been removed."""
    if not view.withdrawn:
        return ""
    payload = page.lens.payloads(page.space, [view.thing.last]).get(view.thing.last)
    return str(payload["reason"]) if payload else ""
