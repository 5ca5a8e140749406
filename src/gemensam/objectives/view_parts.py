"""What the views of this room share: the page of a period or group, what a post was sent with, where to go after."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gemensam.coordination.shown import Speech
from gemensam.core.refusal import Refused
from gemensam.core.swedish import sort_key
from gemensam.objectives.draft_queries import check_group
from gemensam.objectives.plan_queries import check_period
from gemensam.objectives.posting import Sent
from gemensam.organisations.domain import organisations
from gemensam.web import labels
from gemensam.web import page as pages
from gemensam.web.access import Request
from gemensam.web.page import SpacePage

REFUSED_IN_FORM = frozenset({409, 422})
KEY_MAX, DIGEST_MAX = 100, 64
Choice = tuple[str, str]


def period_page(request: HttpRequest, space: str) -> SpacePage:
    """Return the page of a period; raises `Refused("not_found")` for any other space."""
    page = pages.space_page(request, space)
    check_period(page.lens, space)
    return page


def group_page(request: HttpRequest, space: str) -> SpacePage:
    """Return the page of a working group's space; raises `Refused("not_found")` for any other."""
    page = pages.space_page(request, space)
    check_group(page.lens, space)
    return page


def writable(page: SpacePage) -> SpacePage:
    """Return a page that can be written on; raises `Refused`: `historical`, `space_closed`."""
    page.require_now()
    if page.info.closed:
        raise Refused("space_closed")
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


def there(space: str, path: str = "objectives/", anchor: str = "") -> HttpResponseRedirect:
    """Send the reader on to a page of the space."""
    return HttpResponseRedirect(f"/spaces/{space}/{path}{f'#{anchor}' if anchor else ''}")


def pressed(
    request: Request, act: Callable[[], object], done: str, where: HttpResponseRedirect
) -> HttpResponseRedirect:
    """Do what a button asks and go on; a refusal that the reader can mend is told on the page that comes."""
    try:
        act()
    except Refused as refused:
        if labels.status_of(refused.code) not in REFUSED_IN_FORM:
            raise
        messages.error(request, labels.words(refused))
    else:
        messages.success(request, done)
    return where


def is_ready(form: forms.Form) -> bool:
    """Whether a form has been sent and holds."""
    return form.is_bound and form.is_valid()


def form_page(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """Draw a page with its form; 422 where what was sent in it does not hold."""
    return pages.render(request, template, context, status=422 if context["form"].is_bound else 200)


def refused_page(request: HttpRequest, template: str, context: Mapping[str, Any], refused: Refused) -> HttpResponse:
    """Draw a form again with what was refused and why; what cannot be mended in it is raised."""
    status = labels.status_of(refused.code)
    if status not in REFUSED_IN_FORM:
        raise refused
    return pages.render(request, template, {**context, "refusal": labels.words(refused)}, status=status)


def organisation_choices(page: SpacePage, *, members_only: bool = False) -> list[Choice]:
    """Return the organisations by id and short name, in Swedish order."""
    found = [(each.id, each.short) for each in organisations(page.lens.directory) if each.member or not members_only]
    return sorted(found, key=lambda each: sort_key(each[1]))
