"""What the views of this room share: the page of the standing space, and what a form was sent with."""

from django.http import HttpRequest

from gemensam.costs.commands import Sent
from gemensam.costs.domain.rules import HERE
from gemensam.web import page as pages
from gemensam.web.access import Request
from gemensam.web.page import SpacePage


def page_of(request: HttpRequest, space: str) -> SpacePage:
    """Return the page; the network's account stands in the standing space, so that it runs through all periods."""
    return pages.space_page(request, space, HERE)


def writable(request: HttpRequest, space: str) -> SpacePage:
    """Return such a page that can be written on; raises `Refused`: `not_found`, `historical`."""
    return pages.writable_page(request, space, HERE)


def root_of(page: SpacePage) -> str:
    return f"/spaces/{page.space}/costs/"


def sent_of(request: Request) -> Sent:
    """Return what a form was sent with: its idempotency key, and the last entry of the subject that was seen."""
    seen = request.POST.get("seen")
    return Sent(seen[:64] if seen is not None else None, request.POST.get("key", "")[:100])
