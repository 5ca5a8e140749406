"""What the views of this room share: the page of a period or group, what a post was sent with, choices."""

from django.http import HttpRequest

from gemensam.coordination.shown import Speech
from gemensam.core.swedish import sort_key
from gemensam.governance.domain.periods import PERIOD
from gemensam.objectives.draft_queries import check_group
from gemensam.objectives.posting import Sent
from gemensam.organisations.domain import organisations
from gemensam.web import page as pages
from gemensam.web.access import Request
from gemensam.web.page import SpacePage

KEY_MAX, DIGEST_MAX = 100, 64
Choice = tuple[str, str]


def period_page(request: HttpRequest, space: str) -> SpacePage:
    """Return the page of a period; raises `Refused("not_found")` for any other space."""
    return pages.space_page(request, space, PERIOD)


def group_page(request: HttpRequest, space: str) -> SpacePage:
    """Return the page of a working group's space; raises `Refused("not_found")` for any other."""
    page = pages.space_page(request, space)
    check_group(page.lens, space)
    return page


def writable(page: SpacePage) -> SpacePage:
    """Return a page that can be written on; raises `Refused`: `historical`, `space_closed`."""
    page.require_open()
    return page


def speech_of(page: SpacePage) -> Speech:
    return Speech(page.lens.directory, page.state)


def sent_of(request: Request) -> Sent:
    """Return what a form was sent with."""
    circle = request.POST.get("circle", "")
    return Sent(
        int(circle) if circle.isdecimal() else None, request.POST.get("key", "")[:KEY_MAX],
        request.POST.get("seen", "")[:DIGEST_MAX],
    )  # fmt: skip


def organisation_choices(page: SpacePage, *, members_only: bool = False) -> list[Choice]:
    """Return the organisations by id and short name, in Swedish order."""
    found = [(each.id, each.short) for each in organisations(page.lens.directory) if each.member or not members_only]
    return sorted(found, key=lambda each: sort_key(each[1]))
