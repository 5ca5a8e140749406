"""What the views of this room share: the page of `rosters`, what a form was sent with, and a member's own page."""

from django.http import HttpRequest, HttpResponseRedirect

from gemensam.core.policy import ROSTERS
from gemensam.organisations.domain import organisations
from gemensam.organisations.names import organisation_name
from gemensam.rosters.commands import Sent
from gemensam.web import page as pages
from gemensam.web.access import Request
from gemensam.web.page import SpacePage

ADMINISTER_OWN = "administer_own"


def page_of(request: HttpRequest) -> SpacePage:
    """Return the page of `rosters` at the address's moment; raises `Refused("not_found")` for guests."""
    return pages.space_page(request, ROSTERS)


def writable(request: HttpRequest) -> SpacePage:
    """Return the page where it can be written on; raises `Refused`: `not_found`, `historical`."""
    return pages.writable_page(request, ROSTERS)


def key_of(request: Request) -> str:
    """The form's idempotency key."""
    return request.POST.get("key", "")[:100]


def seen_of(request: Request, name: str = "seen") -> str:
    """The last entry of the subject that the writer saw, "" for none."""
    return request.POST.get(name, "")[:64]


def sent_of(request: Request) -> Sent:
    """Return what a form was sent with."""
    return Sent(seen_of(request), key_of(request))


def own_page(page: SpacePage) -> str:
    return f"/rosters/members/{page.lens.principal.organisation}/"


def to_own_page(page: SpacePage) -> HttpResponseRedirect:
    """Send the reader on to the page of its own organisation."""
    return HttpResponseRedirect(own_page(page))


def other_organisations(page: SpacePage) -> list[tuple[str, str]]:
    """Return (id, name) of the network's organisations but the reader's own, in Swedish order."""
    own = page.lens.principal.organisation
    return [(each.id, organisation_name(each)) for each in organisations(page.lens.directory) if each.id != own]
