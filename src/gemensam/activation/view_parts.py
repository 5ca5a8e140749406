"""What the views of this room share: the page of a space, what a post was sent with, and where to go afterwards."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gemensam.activation.posting import Sent
from gemensam.activation.words import Speech
from gemensam.core.refusal import Refused
from gemensam.core.swedish import sort_key
from gemensam.web import labels
from gemensam.web import page as pages
from gemensam.web.access import Request
from gemensam.web.page import SpacePage
from gemensam.web.spaces import title_of

REFUSED_IN_FORM = frozenset({409, 422})
KEY_MAX = 100


def page_of(request: HttpRequest, space: str, kinds: frozenset[str]) -> SpacePage:
    """Return the page of a space of one of some kinds; raises `Refused("not_found")` for others."""
    page = pages.space_page(request, space)
    if page.info.kind not in kinds:
        raise Refused("not_found")
    return page


def writable(request: HttpRequest, space: str, kinds: frozenset[str]) -> SpacePage:
    """Return a page that can be written on; raises `Refused`: `historical`, `space_closed`."""
    page = page_of(request, space, kinds)
    page.require_now()
    if page.info.closed:
        raise Refused("space_closed")
    return page


def speech_of(page: SpacePage) -> Speech:
    return Speech(page.lens.directory, page.state)


def sent_of(request: Request) -> Sent:
    """Return what a form was sent with."""
    circle = request.POST.get("circle", "")
    return Sent(int(circle) if circle.isdecimal() else None, request.POST.get("key", "")[:KEY_MAX])


def there(space: str, path: str = "activation/", anchor: str = "") -> HttpResponseRedirect:
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
    return form.is_bound and form.is_valid()


def form_page(request: Request, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """Draw a page with its form; 422 where what was sent in it does not hold."""
    return pages.render(request, template, context, status=422 if context["form"].is_bound else 200)


def refused_page(request: Request, template: str, context: Mapping[str, Any], refused: Refused) -> HttpResponse:
    """Draw a form again with what was refused and why; what cannot be mended in it is raised."""
    status = labels.status_of(refused.code)
    if status not in REFUSED_IN_FORM:
        raise refused
    return pages.render(request, template, {**context, "refusal": labels.words(refused)}, status=status)


def other_incidents(page: SpacePage) -> list[tuple[str, str]]:
    """Return the other open incidents of the same kind (id, title), in Swedish order."""
    found = [
        (info.id, title_of(page.lens, info))
        for info in page.lens.spaces()
        if info.kind == page.info.kind and not info.closed and info.id != page.space
    ]
    return sorted(found, key=lambda each: sort_key(each[1]))
