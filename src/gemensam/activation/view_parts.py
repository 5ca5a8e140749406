"""What the views of this room share: its words, what a post was sent with, and the other incidents of a space."""

from gemensam.activation.posting import Sent
from gemensam.activation.words import Speech
from gemensam.core.swedish import sort_key
from gemensam.web.access import Request
from gemensam.web.page import SpacePage
from gemensam.web.spaces import title_of

KEY_MAX = 100
HOME = "activation/"  # the page of an incident's activation, below its space


def speech_of(page: SpacePage) -> Speech:
    return Speech(page.lens.directory, page.state)


def sent_of(request: Request) -> Sent:
    """Return what a form was sent with."""
    circle = request.POST.get("circle", "")
    return Sent(int(circle) if circle.isdecimal() else None, request.POST.get("key", "")[:KEY_MAX])


def other_incidents(page: SpacePage) -> list[tuple[str, str]]:
    """Return the other open incidents of the same kind (id, title), in Swedish order."""
    found = [
        (info.id, title_of(page.lens, info))
        for info in page.lens.spaces()
        if info.kind == page.info.kind and not info.closed and info.id != page.space
    ]
    return sorted(found, key=lambda each: sort_key(each[1]))
